"""Volume driver that stores nothing: every operation succeeds at once.

A volume whose name contains "practice-fail" goes to error, which gives a
way to see the failure path."""
import io

from cinder import exception
from cinder import interface
from cinder.volume import driver


@interface.volumedriver
class StorelessVolumeDriver(driver.VolumeDriver):
    VERSION = '1.0'
    CI_WIKI_NAME = 'none'

    def check_for_setup_error(self):
        pass

    def _update_volume_stats(self):
        name = (self.configuration.safe_get('volume_backend_name') or 'practice')
        self._stats = {
            'volume_backend_name': name, 'vendor_name': 'practice',
            'driver_version': self.VERSION, 'storage_protocol': 'fake',
            'multiattach': True, 'consistent_group_snapshot_enabled': False,
            'pools': [{
                'pool_name': name, 'total_capacity_gb': 1000000,
                'free_capacity_gb': 1000000, 'reserved_percentage': 0,
                'provisioned_capacity_gb': 0, 'QoS_support': True,
                'max_over_subscription_ratio': 20.0,
                'thin_provisioning_support': True,
                'thick_provisioning_support': False,
                'multiattach': True, 'online_extend_support': True}]}

    def get_volume_stats(self, refresh=False):
        if refresh or not self._stats:
            self._update_volume_stats()
        return self._stats

    def create_volume(self, volume):
        if 'practice-fail' in (volume.display_name or ''):
            raise exception.VolumeBackendAPIException(
                data='practice: asked to fail by the volume name')

    def delete_volume(self, volume):
        pass

    def create_snapshot(self, snapshot):
        pass

    def delete_snapshot(self, snapshot):
        pass

    def create_volume_from_snapshot(self, volume, snapshot):
        pass

    def create_cloned_volume(self, volume, src_vref):
        pass

    def clone_image(self, context, volume, image_location, image_meta,
                    image_service):
        return {}, True

    def copy_image_to_volume(self, context, volume, image_service, image_id,
                             disable_sparse=False):
        pass

    def copy_image_to_encrypted_volume(self, context, volume, image_service,
                                       image_id, disable_sparse=False):
        pass

    def copy_volume_to_image(self, context, volume, image_service,
                             image_meta):
        image_service.update(context, image_meta['id'], {},
                             io.BytesIO(b'practice volume ' + volume.id.encode()))

    def extend_volume(self, volume, new_size):
        pass

    def retype(self, context, volume, new_type, diff, host):
        return True, None

    def migrate_volume(self, context, volume, host):
        return True, None

    def revert_to_snapshot(self, context, volume, snapshot):
        pass

    def ensure_export(self, context, volume):
        pass

    def create_export(self, context, volume, connector):
        pass

    def remove_export(self, context, volume):
        pass

    def initialize_connection(self, volume, connector, **kwargs):
        return {'driver_volume_type': 'fake',
                'data': {'volume_id': volume.id, 'target_discovered': True,
                         'encrypted': bool(volume.encryption_key_id),
                         'access_mode': 'rw'}}

    def terminate_connection(self, volume, connector, **kwargs):
        pass

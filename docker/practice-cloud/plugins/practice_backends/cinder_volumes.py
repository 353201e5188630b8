"""A volume driver that stores nothing: every operation succeeds at once.

A volume whose name contains "practice-fail" goes to `error`.
"""

import io

from cinder import exception, interface
from cinder.volume import driver

CAPACITY_GIB = 1_000_000


@interface.volumedriver
class StorelessVolumeDriver(driver.VolumeDriver):
    VERSION = "1.0"
    CI_WIKI_NAME = "none"

    def check_for_setup_error(self):
        pass

    def get_volume_stats(self, refresh=False):
        name = self.configuration.safe_get("volume_backend_name")
        pool = {
            "pool_name": name,
            "total_capacity_gb": CAPACITY_GIB,
            "free_capacity_gb": CAPACITY_GIB,
            "reserved_percentage": 0,
            "provisioned_capacity_gb": 0,
            "QoS_support": True,
            "max_over_subscription_ratio": 20.0,
            "thin_provisioning_support": True,
            "thick_provisioning_support": False,
            "multiattach": True,
            "online_extend_support": True,
        }
        self._stats = {
            "volume_backend_name": name,
            "vendor_name": "practice",
            "driver_version": self.VERSION,
            "storage_protocol": "fake",
            "multiattach": True,
            "consistent_group_snapshot_enabled": False,
            "pools": [pool],
        }
        return self._stats

    def create_volume(self, volume):
        if "practice-fail" in (volume.display_name or ""):
            raise exception.VolumeBackendAPIException(
                data="practice cloud: the volume's name asks for this failure"
            )

    def clone_image(self, context, volume, image_location, image_meta, image_service):
        return {}, True

    def copy_volume_to_image(self, context, volume, image_service, image_meta):
        image_service.update(context, image_meta["id"], {}, io.BytesIO(b"volume " + volume.id.encode()))

    def retype(self, context, volume, new_type, diff, host):
        return True, None

    def migrate_volume(self, context, volume, host):
        return True, None

    def initialize_connection(self, volume, connector, **kwargs):
        data = {
            "volume_id": volume.id,
            "target_discovered": True,
            "encrypted": bool(volume.encryption_key_id),
            "access_mode": "rw",
        }
        return {"driver_volume_type": "fake", "data": data}

    def _nothing(self, *args, **kwargs):
        pass

    delete_volume = create_volume_from_snapshot = create_cloned_volume = extend_volume = _nothing
    create_snapshot = delete_snapshot = revert_to_snapshot = _nothing
    copy_image_to_volume = copy_image_to_encrypted_volume = _nothing
    ensure_export = create_export = remove_export = terminate_connection = _nothing

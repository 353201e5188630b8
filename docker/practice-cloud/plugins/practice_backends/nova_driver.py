"""nova's own fake driver plus what API clients notice: instances survive a
restart of nova-compute, snapshots become active images, the console log
has text.  Registered as nova.virt.practice by practice_backends.nova_compute."""
import io

from nova import exception
from nova.compute import power_state
from nova.compute import task_states
from nova.image import glance
from nova.virt import fake


class BodilessDriver(fake.FakeDriverWithoutFakeNodes):

    def _known(self, instance):
        if instance.uuid not in self.instances:
            self.instances[instance.uuid] = fake.FakeInstance(
                instance.name, power_state.RUNNING, instance.uuid)

    def spawn(self, context, instance, *args, **kwargs):
        # metadata practice_fail=spawn makes the build fail on the host
        if instance.metadata.get('practice_fail') == 'spawn':
            raise exception.InstanceDeployFailure(
                reason='practice: asked to fail by metadata practice_fail=spawn')
        return super().spawn(context, instance, *args, **kwargs)

    def get_info(self, instance, use_cache=True):
        if instance.uuid not in self.instances and instance.vm_state in (
                'active', 'paused', 'suspended', 'stopped', 'rescued',
                'resized'):
            self.instances[instance.uuid] = fake.FakeInstance(
                instance.name, instance.power_state, instance.uuid)
        return super().get_info(instance, use_cache)

    def power_off(self, instance, *args, **kwargs):
        self._known(instance)
        return super().power_off(instance, *args, **kwargs)

    def power_on(self, context, instance, *args, **kwargs):
        self._known(instance)
        return super().power_on(context, instance, *args, **kwargs)

    def unrescue(self, context, instance):
        self._known(instance)
        return super().unrescue(context, instance)

    def snapshot(self, context, instance, image_id, update_task_state):
        update_task_state(task_state=task_states.IMAGE_PENDING_UPLOAD)
        update_task_state(task_state=task_states.IMAGE_UPLOADING,
                          expected_state=task_states.IMAGE_PENDING_UPLOAD)
        api = glance.API()
        meta = {'disk_format': 'raw', 'container_format': 'bare',
                'name': api.get(context, image_id)['name']}
        api.update(context, image_id, meta,
                   io.BytesIO(b'practice snapshot of ' + instance.uuid.encode()),
                   purge_props=False)

    def get_console_output(self, context, instance):
        return ('[    0.000000] fake guest %s\n%s login: \n'
                % (instance.uuid, instance.hostname)).encode()


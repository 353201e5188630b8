"""Nova's own fake hypervisor, and what clients notice of it.

Servers survive a restart of nova-compute, snapshots become active images, the console log has a
line. A server with the metadata practice_fail=spawn fails to build on every host.
"""

import io

from nova import exception
from nova.compute import power_state, task_states
from nova.image import glance
from nova.virt import fake

LIVING_STATES = {"active", "paused", "suspended", "stopped", "rescued", "resized"}


class BodilessDriver(fake.FakeDriverWithoutFakeNodes):
    """Its one node is the host. fake.FakeDriver makes new nodes at each start, which Nova refuses."""

    def spawn(self, context, instance, *args, **kwargs):
        if instance.metadata.get("practice_fail") == "spawn":
            raise exception.InstanceDeployFailure(
                reason="practice cloud: the server's metadata asks for this failure"
            )
        return super().spawn(context, instance, *args, **kwargs)

    def get_info(self, instance, use_cache=True):
        if instance.vm_state in LIVING_STATES:
            self._remember(instance, instance.power_state)
        return super().get_info(instance, use_cache)

    def power_off(self, instance, *args, **kwargs):
        self._remember(instance, power_state.RUNNING)
        return super().power_off(instance, *args, **kwargs)

    def power_on(self, context, instance, *args, **kwargs):
        self._remember(instance, power_state.RUNNING)
        return super().power_on(context, instance, *args, **kwargs)

    def unrescue(self, context, instance):
        self._remember(instance, power_state.RUNNING)
        return super().unrescue(context, instance)

    def snapshot(self, context, instance, image_id, update_task_state):
        update_task_state(task_state=task_states.IMAGE_PENDING_UPLOAD)
        update_task_state(
            task_state=task_states.IMAGE_UPLOADING, expected_state=task_states.IMAGE_PENDING_UPLOAD
        )
        images = glance.API()
        facts = {
            "disk_format": "raw",
            "container_format": "bare",
            "name": images.get(context, image_id)["name"],
        }
        content = io.BytesIO(b"snapshot of " + instance.uuid.encode())
        images.update(context, image_id, facts, content, purge_props=False)

    def get_console_output(self, context, instance):
        return f"[    0.000000] practice cloud, no guest\n{instance.hostname} login: \n".encode()

    def _remember(self, instance, state):
        """A guest from before a restart of this process is as good as one spawned since."""
        if instance.uuid not in self.instances:
            self.instances[instance.uuid] = fake.FakeInstance(instance.name, state, instance.uuid)

"""The product's own settings, but a call to a cloud is given up after a quarter of a minute."""

from functools import partial

from django.apps import AppConfig

CALL_SECONDS = 20


class Impatient(AppConfig):
    name = "tests.faults"
    label = "faults"

    def ready(self) -> None:
        from deployer.cloud import openstack_cloud

        openstack_cloud.connect = partial(openstack_cloud.connect, timeout_seconds=CALL_SECONDS)

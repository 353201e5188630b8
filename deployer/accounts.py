"""From the row of a cloud to a cloud that can be spoken to."""

from django.conf import settings

from deployer.cloud.addresses import AddressPolicy
from deployer.cloud.openstack_cloud import open_cloud
from deployer.domain.cloud import Cloud
from deployer.models import Cloud as CloudRow


def address_policy() -> AddressPolicy:
    return AddressPolicy(settings.ALLOW_PRIVATE_CLOUD_ADDRESSES, tuple(settings.CLOUD_HOST_ALLOW_LIST))


def open_account(row: CloudRow) -> Cloud:
    """Raises: AddressRefused, Unreachable; whether the credential is good shows at the first question."""
    return open_cloud(row.credential, address_policy())

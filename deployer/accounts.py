"""From the row of a cloud to a cloud that can be spoken to."""

from collections.abc import Iterable, Iterator

from django.conf import settings

from deployer.cloud.addresses import AddressPolicy
from deployer.cloud.openstack_cloud import open_cloud
from deployer.domain.cloud import ClosedCloud, Cloud, CloudError
from deployer.models import Cloud as CloudRow


def address_policy() -> AddressPolicy:
    return AddressPolicy(settings.ALLOW_PRIVATE_CLOUD_ADDRESSES, tuple(settings.CLOUD_HOST_ALLOW_LIST))


def open_account(row: CloudRow, region: str = "") -> Cloud:
    """One region of it; the cloud's default one when none is named.

    Raises: AddressRefused, Unreachable; whether the credential is good shows at the first question.
    """
    named = {"region_name": region or row.region} if region or row.region else {}
    return open_cloud(row.credential | named, address_policy())


class Accounts:
    """The regions of a cloud that something needs, opened at once. No name means the default one.

    One that cannot be opened answers every question with the reason.
    """

    def __init__(self, row: CloudRow, regions: Iterable[str]) -> None:
        self._row = row
        self._opened: dict[str, Cloud] = {
            region: self._open(region) for region in {one or row.region for one in regions}
        }

    def __iter__(self) -> Iterator[str]:
        """Names of the regions, the cloud's default first."""
        return iter(sorted(self._opened, key=lambda name: (name != self._row.region, name)))

    def at(self, region: str) -> Cloud:
        return self._opened[region or self._row.region]

    def _open(self, region: str) -> Cloud:
        try:
            return open_account(self._row, region)
        except CloudError as error:
            return ClosedCloud(error)

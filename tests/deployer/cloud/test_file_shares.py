"""Shares of a cloud that has them, as Manila's reference tells of it."""

from collections.abc import Iterator

import pytest

from deployer.cloud.addresses import AddressPolicy
from deployer.cloud.connection import connect
from deployer.cloud.openstack_cloud import OpenStackCloud
from deployer.domain.cloud import LiveStatus, NotFound, Order, Tag
from designer.domain import resources as kind
from tests.deployer.share_cloud import CIDR, ShareCloud, share_cloud

TAG = Tag("d1", "files/file_share")
SPEC = {"name": "Pictures", "size_gb": 50, "protocol": "NFS", "network": "net-1", "subnet": "sn-1"}


@pytest.fixture
def manila() -> Iterator[ShareCloud]:
    with share_cloud() as cloud:
        yield cloud


@pytest.fixture
def account(manila: ShareCloud) -> OpenStackCloud:
    account = OpenStackCloud(connect(manila.credential, AddressPolicy(allow_private=True)))
    account._services = frozenset({"shared-file-system"})
    return account


def test_a_share_is_ready_when_its_subnet_may_mount_it(manila: ShareCloud, account: OpenStackCloud) -> None:
    made = account.create(Order(kind.FILE_SHARE, TAG, SPEC))

    looks = [account.get(kind.FILE_SHARE, made.cloud_id) for _ in range(4)]

    assert [look.status for look in looks] == [*[LiveStatus.WORKING] * 3, LiveStatus.ACTIVE]
    assert looks[-1].outputs["path"] == f"10.0.0.5:/{made.cloud_id}"
    (rule,) = manila.rules[made.cloud_id]
    assert (rule["access_to"], rule["access_level"]) == (CIDR, "rw")
    assert manila.networks == {}


def test_an_interrupted_share_is_found_by_its_tag_and_grows_in_place(
    manila: ShareCloud, account: OpenStackCloud
) -> None:
    order = Order(kind.FILE_SHARE, TAG, SPEC)
    made = account.create(order)

    found = account.find(order)
    account.update(kind.FILE_SHARE, made.cloud_id, {**SPEC, "size_gb": 80}, frozenset({"size_gb"}))

    assert found is not None
    assert found.cloud_id == made.cloud_id
    assert manila.shares[made.cloud_id]["size"] == 80
    assert [item.tag for item in account.inventory([kind.FILE_SHARE])] == [TAG]


def test_a_share_with_a_server_of_its_own_takes_its_network_along_when_it_goes(
    manila: ShareCloud, account: OpenStackCloud
) -> None:
    manila.own_servers = True
    made = account.create(Order(kind.FILE_SHARE, TAG, SPEC))
    (network,) = manila.networks.values()
    assert (network["neutron_net_id"], network["neutron_subnet_id"]) == ("net-1", "sn-1")

    account.delete(kind.FILE_SHARE, made.cloud_id)
    with pytest.raises(NotFound):
        account.get(kind.FILE_SHARE, made.cloud_id)

    assert (manila.shares, manila.networks) == ({}, {})


def test_a_network_whose_share_was_never_asked_for_is_residue_that_can_be_removed(
    manila: ShareCloud, account: OpenStackCloud
) -> None:
    manila.networks["sn-1"] = {"id": "sn-1", "name": "Pictures", "description": str(TAG)}

    (item,) = account.inventory([kind.FILE_SHARE])
    account.delete(kind.FILE_SHARE, item.cloud_id)

    assert (item.tag, item.status) == (TAG, LiveStatus.FAILED)
    assert manila.networks == {}

"""The same stack in two regions, through the commands; looked at region by region with openstacksdk alone."""

import ipaddress

import pytest
from openstack.connection import Connection
from openstack.exceptions import NotFoundException

from tests.cloud.conftest import LAB, Checkout, everything
from tests.cloud.test_templates import deployed, rules_in, succeeded

pytestmark = [pytest.mark.cloud, pytest.mark.timeout(1500)]

DESIGN = "cyb-multi:hardened"
SERVERS = [
    "Active database 1",
    "App servers 1",
    "App servers 2",
    "HAProxy 1",
    "HAProxy, second 1",
    "tinc node 1",
]
# The other way round than they are dealt in turn, so that it is the choice that counts.
CHOICE = ("--region", "calgary=RegionTwo", "--region", "edmonton=RegionOne")


@pytest.fixture(autouse=True)
def nothing_left(untouched: None) -> None:
    """Whatever the residue report says, both regions are as they were."""


def test_two_drawn_regions_stand_in_two_regions_and_nowhere_else(
    checkout: Checkout, outside: Connection, trove_outside: Connection
) -> None:
    named = ("--name", "two regions")
    with deployed(checkout, DESIGN, name="two regions", more=(*CHOICE, *named)) as told:
        assert "Region calgary goes to RegionTwo." in told
        assert "Region edmonton goes to RegionOne." in told

        edmonton, calgary = outside, trove_outside
        assert ranges_in(calgary) == ["10.1.10.0/24", "10.1.20.0/24", "10.1.30.0/24", "10.1.40.0/24"]
        assert ranges_in(edmonton) == ["10.2.10.0/24", "10.2.20.0/24", "10.2.30.0/24", "10.2.40.0/24"]
        for here, there, inside in ((calgary, edmonton, "10.1.0.0/16"), (edmonton, calgary, "10.2.0.0/16")):
            servers = list(here.compute.servers())
            assert sorted(server.name for server in servers) == SERVERS
            assert {server.status for server in servers} == {"ACTIVE"}
            for server in servers:
                (port,) = here.network.ports(device_id=server.id)
                assert ipaddress.ip_address(port.fixed_ips[0]["ip_address"]) in ipaddress.ip_network(inside)
                with pytest.raises(NotFoundException):
                    there.compute.get_server(server.id)
            (volume,) = here.block_storage.volumes()
            assert (volume.status, volume.size) == ("in-use", 100)
            assert volume.attachments[0]["server_id"] in {server.id for server in servers}
            public = public_range(here)
            assert len(list(here.network.ips())) == 3
            assert all(ipaddress.ip_address(one.floating_ip_address) in public for one in here.network.ips())
        assert not ids_of(calgary) & ids_of(edmonton)
        # Each tunnel's end lets in the other region's public address, which the other cloud region gave it.
        for here, there in ((calgary, edmonton), (edmonton, calgary)):
            elsewhere = public_range(there)
            peers = {source for _, port, source in rules_in(here) if port == 655 and "/" in source}
            assert len(peers) == 1 and ipaddress.ip_network(peers.pop()).subnet_of(elsewhere)

        again = succeeded(checkout.manage("deploy", DESIGN, "--cloud", LAB, "--yes", *named))
        assert "Nothing to change." in again  # what stands stays, without saying it again


def ranges_in(conn: Connection) -> list[str]:
    return sorted(one.cidr for one in conn.network.subnets(project_id=conn.current_project_id))


def public_range(conn: Connection) -> "ipaddress.IPv4Network | ipaddress.IPv6Network":
    network = conn.network.find_network("public", ignore_missing=False)
    (subnet,) = conn.network.subnets(network_id=network.id)
    return ipaddress.ip_network(subnet.cidr)


def ids_of(conn: Connection) -> set[tuple[str, str]]:
    """All but the object store, which is one behind both regions here, as on many clouds."""
    shared = {"container", "secret"}
    return {(kind, one) for kind, one in everything(conn) if kind not in shared}

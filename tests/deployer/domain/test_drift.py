"""Records against what a cloud says: what differs, what does not, and what of it can be put right."""

from typing import Any

import pytest

from deployer.domain.cloud import Flavor, Item, Live, LiveStatus, Tag
from deployer.domain.drift import Difference, Drift, find_drift
from deployer.domain.drift_costs import live_graph
from deployer.domain.observing import with_flavor_named
from deployer.domain.plan import Action, Recorded, recorded_graph
from deployer.domain.repair import build_repair_plan, mends_of, value_text, why_not_redeployed
from tests.fakes.cloud import a_profile

SIZE = {"vcpus": 4, "ram_gib": 8.0, "disk_gib": 80}


def a_record(kind: str, key: str, cloud_id: str = "", **properties: Any) -> Recorded:
    matched = properties.pop("matched", {})
    power = properties.pop("power", "")
    said = {"name": key, **properties}
    return Recorded(key, kind, key.partition("/")[0], cloud_id or f"id-{key}", said, matched, power=power)


def an_item(kind: str, cloud_id: str, *, status: LiveStatus = LiveStatus.ACTIVE, **observed: Any) -> Item:
    tag = observed.pop("tag", None)
    return Item(kind, cloud_id, observed.get("name", cloud_id), tag, status, observed=observed)


def drift_of(*pairs: tuple[Recorded, Item | None], others: list[Item] | None = None) -> list[Difference]:
    recorded = {one.key: one for one, _ in pairs}
    outputs = {one.key: {"id": one.cloud_id} for one, _ in pairs}
    items = [item for _, item in pairs if item is not None]
    return find_drift(recorded, outputs, [*items, *(others or [])])


SERVER = a_record(
    "server", "web/server[0]", "s1", size={"vcpus": 1}, flavor=None, matched={"flavor_name": "small"}
)
GROUP = a_record("security_group", "web/security_group", "g1")
GROUP_THERE = an_item("security_group", "g1", name="web/security_group")


def test_what_stands_as_recorded_is_no_drift() -> None:
    item = an_item("server", "s1", name="web/server[0]", flavor="small", power="running")

    assert drift_of((SERVER, item), (GROUP, GROUP_THERE)) == []


def test_what_is_gone_is_missing() -> None:
    (one,) = drift_of((SERVER, None))

    assert (one.drift, one.key, one.component) == (Drift.MISSING, "web/server[0]", "web")
    assert one.detail == "The server is no longer in the cloud."


def test_a_resized_server_says_from_what_to_what() -> None:
    item = an_item("server", "s1", name="web/server[0]", flavor="large", size=SIZE, power="running")

    (one,) = drift_of((SERVER, item))

    assert (one.drift, one.attribute, one.recorded, one.live) == (Drift.CHANGED, "flavor", "small", "large")


def test_an_error_in_the_cloud_is_told_in_its_words() -> None:
    item = Item("server", "s1", "web", None, LiveStatus.FAILED, "No valid host was found.")

    (one,) = drift_of((SERVER, item))

    assert (one.drift, one.detail) == (Drift.FAILED, "No valid host was found.")


def test_what_is_being_worked_on_is_not_judged() -> None:
    item = an_item("server", "s1", status=LiveStatus.WORKING, flavor="large", power="resize")

    assert drift_of((SERVER, item)) == []


def test_a_server_stopped_on_purpose_is_no_drift_and_one_stopped_by_somebody_is() -> None:
    stopped = an_item("server", "s1", name="web/server[0]", flavor="small", power="stopped")
    on_purpose = a_record("server", "web/server[0]", "s1", matched={"flavor_name": "small"}, power="stopped")

    assert drift_of((on_purpose, stopped)) == []
    (one,) = drift_of((SERVER, stopped))
    assert (one.attribute, one.recorded, one.live) == ("power", "running", "stopped")


def test_only_what_the_cloud_tells_is_compared() -> None:
    """Old Nova tells no flavor's name."""
    assert drift_of((SERVER, an_item("server", "s1", power="running"))) == []


def test_a_flavor_that_is_told_by_its_id_gets_its_name() -> None:
    item = an_item("server", "s1", flavor_id="f-l", power="running")
    named = with_flavor_named(item, [Flavor("f-l", "large", 4, 8192, 80)])

    (one,) = drift_of((SERVER, named))

    assert one.live == "large"
    assert one.observed["size"] == SIZE


@pytest.mark.parametrize(
    ("kind", "recorded", "observed"),
    [
        ("subnet", {"dns_nameservers": [], "dhcp": True}, {"dns_nameservers": [], "dhcp": True}),
        ("port", {"security_groups": ["a", "b"]}, {"security_groups": ["b", "a"]}),
        ("port", {"security_groups": []}, {"security_groups": None}),
        ("pool", {"algorithm": None, "session_persistence": None}, {"algorithm": "ROUND_ROBIN"}),
        (
            "pool",
            {"session_persistence": {"type": "SOURCE_IP"}},
            {"session_persistence": {"type": "SOURCE_IP", "cookie_name": None}},
        ),
        ("volume", {"size_gib": 10.0}, {"size_gib": 10}),
        ("object_container", {"public_read": None}, {"public_read": False}),
        ("member", {}, {"enabled": True}),
        ("listener", {"certificate": None}, {"certificate": ""}),
    ],
)
def test_what_means_the_same_is_no_drift(
    kind: str, recorded: dict[str, Any], observed: dict[str, Any]
) -> None:
    assert (
        drift_of((a_record(kind, "x/y", "i", **recorded), an_item(kind, "i", name="x/y", **observed))) == []
    )


def test_a_rule_that_somebody_added_to_our_group_is_extra() -> None:
    rule = an_item(
        "security_group_rule",
        "r9",
        security_group="g1",
        direction="ingress",
        protocol="tcp",
        port_min=22,
        port_max=22,
        remote_cidr="0.0.0.0/0",
    )

    (one,) = drift_of((GROUP, GROUP_THERE), others=[rule])

    assert (one.drift, one.key, one.component) == (Drift.EXTRA, "web/security_group~r9", "web")
    assert one.detail == "web/security_group also lets tcp 22 through from 0.0.0.0/0."


def test_rules_that_neutron_makes_itself_and_groups_of_others_are_not_ours() -> None:
    default = an_item(
        "security_group_rule", "r1", security_group="g1", direction="egress", protocol="any", family="IPv4"
    )
    elsewhere = an_item("security_group_rule", "r2", security_group="g-other", direction="ingress")

    assert drift_of((GROUP, GROUP_THERE), others=[default, elsewhere]) == []


def test_a_server_that_somebody_connected_to_our_network_is_told() -> None:
    network = a_record("network", "net/network", "n1")
    there = an_item("network", "n1", name="net/network")
    port = an_item("port", "p9", network="n1", owner="compute:nova", attached_to="s9", address="10.0.0.9")
    dhcp = an_item("port", "p8", network="n1", owner="network:dhcp", attached_to="x")
    guest = an_item("server", "s9", name="guest")

    (one,) = drift_of((network, there), others=[port, dhcp, guest])

    assert one.detail == "guest is connected to net/network at 10.0.0.9."
    assert why_not_redeployed(one) == "The port is somebody else's. Whoever added it has to remove it."


def test_a_scaling_groups_servers_join_its_pool_by_themselves() -> None:
    pool = a_record("pool", "lb/pool[80]", "pool-1")
    group = a_record(
        "scaling_group", "web/scaling_group", "st", pools=[{"pool": {"ref": "lb/pool[80]", "output": "id"}}]
    )
    member = an_item("member", "pool-1/m", pool="pool-1", address="10.0.0.7", port=80)
    there = an_item("pool", "pool-1", name="lb/pool[80]"), an_item("scaling_group", "st")

    assert drift_of((pool, there[0]), (group, there[1]), others=[member]) == []


def test_a_port_that_is_off_its_server_is_told_with_the_server() -> None:
    port = a_record("port", "web/port[0]", "p1")
    server = a_record("server", "web/server[0]", "s1", ports=[{"ref": "web/port[0]", "output": "id"}])
    loose = an_item("port", "p1", name="web/port[0]", attached_to="")

    (one,) = drift_of((port, loose), (server, an_item("server", "s1", name="web/server[0]")))

    assert (one.key, one.attribute) == ("web/server[0]", "ports")


def test_a_stray_is_told_once() -> None:
    item = an_item("port", "p9", tag=Tag("d1", "web/port[0]"), network="n1", owner="compute:x")
    network = a_record("network", "net/network", "n1")

    found = find_drift(
        {network.key: network}, {}, [an_item("network", "n1", name="net/network"), item], [item]
    )

    assert [one.drift for one in found] == [Drift.STRAY]


def test_a_difference_is_known_again_until_it_changes() -> None:
    def resized(flavor: str) -> Difference:
        return drift_of(
            (SERVER, an_item("server", "s1", name="web/server[0]", flavor=flavor, power="running"))
        )[0]

    assert resized("large").id == resized("large").id
    assert resized("large").id != resized("medium").id


# --- Its price ----------------------------------------------------------------------------------------


def test_the_live_graph_is_without_what_is_gone_and_with_what_was_added() -> None:
    volume = a_record("volume", "db/volume", "v1", size_gib=10)
    found = drift_of(
        (SERVER, an_item("server", "s1", name="web/server[0]", flavor="large", size=SIZE, power="running")),
        (volume, None),
    )
    stray = Difference(
        Drift.STRAY,
        "volume",
        "db/volume~v7",
        "db",
        "old",
        "v7",
        observed={"size_gib": 50, "volume_type": "sata"},
    )

    live = live_graph(recorded_graph([SERVER, volume]), [*found, stray])

    assert live["web/server[0]"].properties["size"] == SIZE
    assert "db/volume" not in live.resources
    assert live["db/volume~v7"].properties == {"name": "old", "size_gib": 50, "type": "hdd"}


# --- Putting it right ---------------------------------------------------------------------------------


def changed(kind: str, attribute: str, recorded: Any, live: Any) -> Difference:
    return Difference(Drift.CHANGED, kind, "x/y", "x", "X", "i", attribute, recorded, live)


@pytest.mark.parametrize(
    ("one", "why"),
    [
        (changed("server", "flavor", "small", "large"), ""),
        (changed("server", "power", "running", "stopped"), ""),
        (changed("server", "power", "running", "paused"), "It is paused. Wake it up in the cloud."),
        (changed("server", "image_id", "a", "b"), ""),
        (changed("volume", "size_gib", 10, 5), ""),
        (
            changed("volume", "size_gib", 10, 20),
            "It has grown, and cannot shrink without losing its data. Adopt its size.",
        ),
        (
            changed("volume", "volume_type", "ssd", "hdd"),
            "It would have to be made anew, which would lose its data.",
        ),
    ],
)
def test_what_a_deployment_can_put_right(one: Difference, why: str) -> None:
    assert why_not_redeployed(one) == why


def test_an_ordinary_plan_replaces_nothing_for_drift() -> None:
    rebuilt = changed("server", "image_id", "a", "b")

    assert not mends_of([rebuilt])["x/y"].replaces
    assert mends_of([rebuilt], replaces=True)["x/y"].replaces


def test_power_says_which_way() -> None:
    assert mends_of([changed("server", "power", "running", "stopped")])["x/y"].changed == {"power_on"}
    assert mends_of([changed("server", "power", "stopped", "running")])["x/y"].changed == {"power_off"}


def test_a_repair_touches_what_was_chosen_and_nothing_else() -> None:
    volume = a_record("volume", "db/volume", "v1", size_gib=10)
    found = drift_of(
        (SERVER, an_item("server", "s1", name="web/server[0]", flavor="large", size=SIZE, power="running")),
        (volume, None),
    )

    live = {"web/server[0]": Live("s1", LiveStatus.ACTIVE)}
    steps = build_repair_plan([SERVER, volume], live, a_profile(), found[:1])

    by_key = {step.key: step for step in steps}
    assert by_key["db/volume"].action == Action.NOTHING
    assert by_key["web/server[0]"].action == Action.UPDATE
    assert by_key["web/server[0]"].changed == {"flavor"}
    assert by_key["web/server[0]"].reason == "was changed in the cloud: flavor from small to large"


def test_values_are_told_as_people_say_them() -> None:
    assert value_text(None) == value_text([]) == "nothing"
    assert value_text(True) == "yes"
    assert value_text(["a", "b"]) == "a, b"

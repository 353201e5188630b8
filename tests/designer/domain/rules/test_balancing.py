"""Rules about balancers, what stands behind them, and how visitors find them."""

from typing import Any

from tests.designer.designs import Design, a_design


def two_regions() -> Design:
    design = Design()
    for number, place in enumerate(("north", "south")):
        design = design.with_(place, "region").with_(
            f"net-{place}", "network", parent=place, cidr=f"10.{number}.0.0/16"
        )
        design = design.with_(f"sn-{place}", "subnet", parent=f"net-{place}", cidr=f"10.{number}.0.0/24")
        design = design.with_(f"app-{place}", "app_server", parent=f"sn-{place}", count=2)
    return design


def two_entrances(**properties: Any) -> Design:
    design = a_design().with_("www", "internet").with_("app", "app_server", parent="sn", count=2)
    for name in ("one", "two"):
        design = design.with_(name, "lb_vm", parent="sn", **properties)
        design = design.linked("www", name, port=443).linked(name, "app", protocol="HTTP", port=8080)
    return design


def named(design: Design, type_: str = "dns_zone", **properties: Any) -> Design:
    design = design.with_("dns", type_, **properties)
    for name in ("one", "two"):
        design = design.without_link(f"www-{name}").linked("dns", name, protocol="HTTPS", port=443)
    return design


def test_names_that_go_round_stand_in_front_and_a_single_name_does_not() -> None:
    design = a_design().with_("dns", "dns_zone").with_("web", "web_server", parent="sn", count=2)
    design = design.linked("dns", "web", protocol="HTTPS", port=443)

    assert not design.findings("HA-03")
    single = design.edited({"components": {"dns": {"properties": {"policy": "single"}}}})
    assert [finding.components for finding in single.findings("HA-03")] == [("web",)]


def test_what_comes_over_an_interconnect_from_a_balancer_has_one_in_front() -> None:
    design = (
        a_design().with_("www", "internet").with_("dc", "datacenter").with_("rc", "interconnect", parent="dc")
    )
    design = design.with_("f5", "hw_load_balancer", parent="dc").with_(
        "web", "web_server", parent="sn", count=2
    )
    design = design.linked("rc", "web", protocol="HTTP", port=80)

    behind = design.linked("www", "f5", port=443).linked("f5", "rc", protocol="HTTP", port=80)
    assert not behind.findings("HA-03")
    assert not behind.findings("SEC-08"), "the balancer takes HTTPS, and plain HTTP is its own affair"
    bare = design.with_("fw", "hw_firewall", parent="dc").linked("www", "fw", protocol="HTTP", port=80)
    assert bare.linked("fw", "rc", protocol="HTTP", port=80).findings("HA-03")


def test_one_balancer_machine_in_a_place_is_one_too_few() -> None:
    alone = a_design().with_("lb", "lb_vm", parent="sn")

    assert alone.findings("HA-04")[0].components == ("lb",)
    assert not alone.with_("lb2", "lb_vm", parent="sn").findings("HA-04")
    assert not a_design().with_("lb", "lb_vm", parent="sn", count=2).findings("HA-04")


def test_balancers_are_counted_in_each_place() -> None:
    design = two_regions().with_("one", "lb_vm", parent="sn-north").with_("two", "lb_vm", parent="sn-south")

    assert {finding.components for finding in design.findings("HA-04")} == {("one",), ("two",)}


def test_a_hardware_balancer_gets_its_twin_by_the_fix() -> None:
    design = Design().with_("dc", "datacenter").with_("f5", "hw_load_balancer", parent="dc", ha_pair=False)

    assert not design.repaired("HA-04").findings("HA-04")


def test_a_managed_balancer_is_the_weakest_point_once_its_servers_are_spread() -> None:
    design = a_design().with_("reg", "region").with_("lb", "load_balancer", parent="sn")
    for index in range(2):
        design = design.with_(f"z{index}", "zone", parent="reg", index=index)
    design = design.with_("web", "web_server", parent="sn", count=2).linked("lb", "web")

    assert not design.findings("HA-04"), "HA-02 comes first"
    spread = design.edited({"components": {"web": {"properties": {"zones": ["z0", "z1"]}}}})
    assert spread.findings("HA-04")[0].components == ("lb",)
    assert not spread.repaired("HA-04").findings("HA-04")


def test_two_entrances_want_names_or_a_shared_address() -> None:
    assert two_entrances().findings("HA-05")[0].components == ("one", "two")
    assert not named(two_entrances()).findings("HA-05")
    assert not two_entrances().linked("one", "two", "ha").findings("HA-05")
    assert named(two_entrances(), policy="single").findings("HA-05")


def test_entrances_to_different_things_are_not_each_others_spare() -> None:
    design = two_entrances().without_link("two-app").with_("web", "web_server", parent="sn", count=2)

    assert not design.linked("two", "web", protocol="HTTP", port=80).findings("HA-05")


def test_copies_of_a_balancer_share_an_address_or_are_two_entrances() -> None:
    design = a_design().with_("www", "internet").with_("app", "app_server", parent="sn", count=2)
    design = design.with_("lb", "lb_vm", parent="sn", count=2).linked("www", "lb", port=443)
    design = design.linked("lb", "app", protocol="HTTP", port=8080)

    assert design.findings("HA-05")
    assert not design.edited({"components": {"lb": {"properties": {"vrrp": True}}}}).findings("HA-05")


def test_names_in_front_of_two_balancers_change_within_a_minute() -> None:
    slow = named(two_entrances(), ttl_seconds=300, health_check=False)
    quick = named(two_entrances(), "dns_external", ttl_seconds=60, health_check=True)

    assert "300 s" in slow.findings("HA-06")[0].detail
    assert not slow.repaired("HA-06").findings("HA-06")
    assert not quick.findings("HA-06")
    assert not slow.without_link("dns-two").findings("HA-06"), "one balancer has nobody to take over"


def test_a_pool_stays_in_its_region() -> None:
    design = two_regions().with_("lb", "load_balancer", parent="sn-north")
    design = design.linked("lb", "app-north", protocol="HTTP", port=8080)

    assert not design.findings("HA-07")
    across = design.linked("lb", "app-south", protocol="HTTP", port=8080)
    assert across.findings("HA-07")[0].components == ("lb", "app-south")
    repaired = across.repaired("HA-07")
    assert not repaired.findings("HA-07")
    assert repaired.data["links"].keys() == {"lb-app-north"}


def test_a_pool_with_nobody_left_at_home_is_for_people_to_move() -> None:
    design = two_regions().with_("lb", "load_balancer", parent="sn-north")

    assert design.linked("lb", "app-south", protocol="HTTP", port=8080).findings("HA-07")[0].fix is None

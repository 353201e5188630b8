"""Rules about data centres and private clouds beside the cloud."""

from typing import Any

from tests.designer.designs import Design
from tests.designer.domain.test_arrivals import a_hub_with


def a_site_and_a_cloud() -> Design:
    design = Design().with_("reg", "region").with_("net", "network", parent="reg", cidr="10.0.0.0/16")
    design = design.with_("sn", "subnet", parent="net", cidr="10.0.1.0/24")
    design = design.with_("dc", "datacenter").with_("dnet", "network", parent="dc", cidr="10.200.0.0/16")
    design = design.with_("dsn", "subnet", parent="dnet", cidr="10.200.1.0/24")
    return design.with_("web", "web_server", parent="sn").with_("db", "baremetal_db", parent="dsn")


def with_a_way(design: Design, id_: str = "rc", **properties: Any) -> Design:
    design = design.with_(id_, "interconnect", parent="dc", **properties)
    return design.linked("web", id_, protocol="MySQL", port=3306).linked(id_, "db")


def test_a_link_to_a_site_needs_a_way() -> None:
    bare = a_site_and_a_cloud().linked("web", "db")

    assert bare.findings("HYB-01")[0].components == ("web", "db")
    assert not with_a_way(bare).findings("HYB-01"), "an interconnect joins the two"
    assert not with_a_way(a_site_and_a_cloud()).findings("HYB-01")


def test_links_inside_a_site_or_to_its_firewall_need_none() -> None:
    design = a_site_and_a_cloud().with_("old", "baremetal_server", parent="dsn").linked("old", "db")
    design = design.with_("fw", "hw_firewall", parent="dc").linked("web", "fw", protocol="HTTPS", port=443)

    assert not design.findings("HYB-01")


def test_a_region_in_a_data_centre_is_a_cloud() -> None:
    design = a_site_and_a_cloud().edited({"components": {"reg": {"parent": "dc"}}})

    assert design.linked("web", "db").findings("HYB-01")


def test_a_cloud_balancer_serves_the_cloud() -> None:
    design = a_site_and_a_cloud().with_("lb", "load_balancer", parent="sn").linked("lb", "web")
    design = design.with_("old", "baremetal_server", parent="dsn")

    assert not design.findings("HYB-02")
    mixed = design.linked("lb", "old", protocol="HTTP", port=80)
    assert mixed.findings("HYB-02")[0].components == ("lb", "old", "web")


def test_a_hardware_balancer_may_serve_both() -> None:
    design = with_a_way(a_site_and_a_cloud()).with_("old", "baremetal_server", parent="dsn")
    design = design.with_("f5", "hw_load_balancer", parent="dc").linked("f5", "old", protocol="HTTP", port=80)

    assert not design.linked("f5", "rc", protocol="HTTP", port=80).findings("HYB-02")


def test_one_way_to_a_site_is_one_too_few() -> None:
    one = with_a_way(a_site_and_a_cloud())

    assert one.findings("HYB-03")[0].components == ("rc",)
    assert not with_a_way(one, "second").findings("HYB-03")


def test_gateways_with_a_tunnel_between_them_are_one_way() -> None:
    design = (
        a_site_and_a_cloud()
        .with_("near", "vpn_gateway", parent="reg")
        .with_("far", "vpn_gateway", parent="dc")
    )
    design = design.linked("near", "far", "tunnel")

    assert design.findings("HYB-03")[0].components == ("far", "near")


def test_networks_that_a_way_joins_must_not_overlap() -> None:
    design = with_a_way(a_site_and_a_cloud())
    clash = design.edited({"components": {"dnet": {"properties": {"cidr": "10.0.0.0/8"}}}})

    assert not design.findings("NET-06")
    assert ("net", "dnet") in {tuple(reversed(one.components)) for one in clash.findings("NET-06")}


def test_a_vpn_does_not_lead_to_its_own_range() -> None:
    design = a_site_and_a_cloud().with_("vpn", "vpn_gateway", parent="reg", peer_cidrs=["10.0.8.0/24"])

    assert [one.components for one in design.findings("NET-06")] == [("vpn", "net")]
    other = a_site_and_a_cloud().with_("vpn", "vpn_gateway", parent="reg", peer_cidrs=["10.200.0.0/16"])
    assert not other.findings("NET-06")


def test_a_way_carries_what_visitors_send() -> None:
    design = with_a_way(a_site_and_a_cloud()).with_(
        "user", "client", visits_per_month=10_000_000, page_kb=1000
    )
    design = (
        design.with_("site", "storefront").linked("user", "site").with_("f5", "hw_load_balancer", parent="dc")
    )
    design = design.linked("site", "f5", port=443).linked("f5", "rc", protocol="HTTP", port=80)

    (finding,) = design.findings("HYB-04")
    assert "304 Mbit/s" in finding.detail, "10 million × 1,000 kB × 8 bit ÷ 730 h × 10 for a busy second"
    assert not design.repaired("HYB-04").findings("HYB-04")
    assert design.repaired("HYB-04").data["components"]["rc"]["properties"]["bandwidth_mbps"] == 400
    quiet = design.edited({"components": {"user": {"properties": {"visits_per_month": 1000}}}})
    assert not quiet.findings("HYB-04")


def test_a_way_ends_at_its_ceiling() -> None:
    design = with_a_way(a_site_and_a_cloud(), bandwidth_mbps=2000)

    assert "ends at 1000" in design.findings("HYB-04")[0].detail
    assert not design.repaired("HYB-04").findings("HYB-04")
    assert not with_a_way(a_site_and_a_cloud(), bandwidth_mbps=2000, version="v2").findings("HYB-04")


def test_a_database_is_not_asked_over_a_slow_way() -> None:
    assert with_a_way(a_site_and_a_cloud(), latency_ms=20).findings("HYB-04")[0].components == ("rc", "db")
    assert not with_a_way(a_site_and_a_cloud(), latency_ms=5).findings("HYB-04")


def test_what_grows_belongs_into_the_cloud() -> None:
    group = a_site_and_a_cloud().with_("asg", "scaling_group", parent="dsn")
    cloud = a_site_and_a_cloud().with_("asg", "scaling_group", parent="sn")
    own = Design().with_("pc", "private_cloud").with_("n", "network", parent="pc")
    own = own.with_("s", "subnet", parent="n").with_("job", "worker", parent="s")

    assert group.findings("HYB-05")[0].components == ("asg",)
    assert not cloud.findings("HYB-05")
    assert not own.findings("HYB-05"), "a private cloud can grow"
    assert a_site_and_a_cloud().with_("job", "worker", parent="dsn").findings("HYB-05")


def test_devices_at_the_edge_have_a_twin() -> None:
    design = Design().with_("dc", "datacenter").with_("fw", "hw_firewall", parent="dc", ha=False)
    design = design.with_("f5", "hw_load_balancer", parent="dc", ha_pair=False)

    assert {one.components for one in design.findings("HYB-06")} == {("fw",), ("f5",)}
    assert {one.components for one in design.repaired("HYB-06").findings("HYB-06")} == {("f5",)}
    twins = design.with_("f5b", "hw_load_balancer", parent="dc", ha_pair=False).linked("f5", "f5b", "ha")
    assert {one.components for one in twins.findings("HYB-06")} == {("fw",)}


def test_servers_on_a_site_are_counted_there_and_asked_nothing_of_a_cloud() -> None:
    design = a_site_and_a_cloud().with_("own", "web_server", parent="dsn", count=2)

    rules = {rule for one in design.findings() if "own" in one.components for rule in [one.rule]}
    assert not rules & {"NET-01", "SEC-03", "HA-02", "OPS-04", "HA-01"}
    single = a_site_and_a_cloud().with_("own", "web_server", parent="dsn")
    assert {"web", "own"} <= {place for one in single.findings("HA-01") for place in one.components}


def test_a_crowd_that_is_let_in_by_its_subnet_is_told() -> None:
    (finding,) = a_hub_with(51, 2).findings("HYB-07")

    assert finding.components == ("line", "sn")
    assert "More than 50 components send through" in finding.detail
    assert "(10.0.1.0/24)" in finding.detail
    assert not a_hub_with(50, 2).findings("HYB-07")

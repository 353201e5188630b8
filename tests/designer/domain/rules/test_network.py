from tests.designer.designs import Design, a_design, template


def test_a_server_in_a_network_without_subnets_is_offered_one() -> None:
    design = Design().with_("net", "network", cidr="10.4.0.0/16").with_("web", "web_server", parent="net")
    (finding,) = design.findings("NET-01")

    assert finding.components == ("web", "net")
    assert finding.fix is not None
    assert finding.fix["components"]["subnet"]["properties"] == {"cidr": "10.4.0.0/24"}


def test_a_balancer_in_a_region_with_nothing_behind_it_has_nowhere_to_be() -> None:
    design = Design().with_("reg", "region").with_("lb", "load_balancer", parent="reg")

    assert [finding.components for finding in design.findings("NET-01")] == [("lb",)]


def test_a_subnet_outside_its_network_is_moved_to_the_first_free_range() -> None:
    design = a_design().with_("b", "subnet", parent="net", cidr="192.168.0.0/24")
    (finding,) = design.findings("NET-06")

    assert finding.fix == {"components": {"b": {"properties": {"cidr": "10.0.0.0/24"}}}}


def test_overlapping_subnets_are_named_with_their_ranges() -> None:
    (finding,) = (
        a_design().with_("b", "subnet", parent="net", label="B", cidr="10.0.1.128/25").findings("NET-06")
    )

    assert "(10.0.1.0/24) and B (10.0.1.128/25) overlap" in finding.detail
    assert finding.fix == {"components": {"b": {"properties": {"cidr": "10.0.0.0/25"}}}}


def test_networks_behind_one_router_must_not_overlap_others_may() -> None:
    design = Design().with_("reg", "region")
    for name in ("one", "two"):
        design = design.with_(name, "network", parent="reg", cidr="10.0.0.0/16")

    assert not design.findings("NET-06")
    (finding,) = design.with_("r", "router", parent="reg").findings("NET-06")
    assert finding.components == ("one", "two")


def test_one_service_in_a_subnet_is_as_it_should_be() -> None:
    design = a_design().with_("a", "web_server", parent="sn").with_("b", "web_server", parent="sn")

    assert not design.findings("NET-02")
    (finding,) = design.with_("c", "cache_server", parent="sn").findings("NET-02")
    assert "web servers and caches" in finding.detail


def test_route_tables_matter_only_where_some_are_drawn() -> None:
    design = a_design().with_("b", "subnet", parent="net", cidr="10.0.2.0/24")

    assert not design.findings("NET-04")
    assert [one.components for one in design.with_("rt", "route_table", parent="b").findings("NET-04")] == [
        ("sn",)
    ]


def test_the_front_may_speak_to_the_data_while_there_is_no_application() -> None:
    design = (
        a_design()
        .with_("web", "web_server", parent="sn")
        .with_("db", "dbaas", parent="sn")
        .linked("web", "db")
    )

    assert not design.findings("NET-05")
    (finding,) = design.with_("app", "app_server", parent="sn").findings("NET-05")
    repaired = design.with_("app", "app_server", parent="sn").edited(finding.fix or {})
    assert repaired.data["links"].keys() == {"web-app", "app-db"}


def test_software_needs_a_way_to_the_internet() -> None:
    design = template("osc-net").edited(
        {"components": {"igw": {"properties": {"enable_snat": False}}, "nat": None}}
    )
    design = design.edited(
        {"links": {"int-nat": None}, "components": {"rt2": {"properties": {"routes": None}}}}
    )

    assert {finding.components for finding in design.findings("NET-07")} == {("int",), ("dbm",), ("dbr",)}


def test_a_nat_gateway_moves_to_the_public_subnet_where_there_is_one() -> None:
    design = a_design().with_("nat", "nat_gateway", parent="sn")

    assert design.findings("NET-08")[0].fix == {"components": {"sn": {"properties": {"public": True}}}}
    with_public = design.with_("open", "subnet", parent="net", cidr="10.0.9.0/24", public=True)
    assert with_public.findings("NET-08")[0].fix == {"components": {"nat": {"parent": "open"}}}

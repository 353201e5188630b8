"""Ways between networks that have routers of their own. See designer/domain/routing.py."""

from designer.domain.resources import Ref, references
from tests.designer.designs import Design, keys_of, rules_of


def three_networks() -> Design:
    """As in the eCommerce reference: each router sits in one network, and the arrows cross all three.

    web (100.0/24) ──► app (101.0/24) ──► db (102.0/24)
      r1                 r2                 r3
    """
    design = Design()
    for name, number in (("w", 100), ("a", 101), ("d", 102)):
        design = (
            design.with_(f"{name}net", "network", cidr=f"192.168.{number}.0/24")
            .with_(f"{name}sn", "subnet", parent=f"{name}net", cidr=f"192.168.{number}.0/24")
            .with_(f"r{number - 99}", "router", parent=f"{name}net")
        )
    return (
        design.with_("web", "web_server", parent="wsn")
        .with_("app", "app_server", parent="asn")
        .with_("db", "db_server", parent="dsn")
        .linked("web", "app", protocol="HTTP", port=8080)
        .linked("app", "db", protocol="MySQL", port=3306)
    )


def test_the_router_of_the_network_that_is_reached_has_a_leg_where_the_sender_is() -> None:
    graph = three_networks().graph()

    assert graph["wsn/router_interface"].properties["router"].key == "r1/router"
    leg = graph["wsn/router_interface[r2]"].properties
    assert (leg["router"].key, leg["address"]) == ("r2/router", "192.168.100.254")
    assert graph["asn/router_interface[r3]"].properties["address"] == "192.168.101.254"
    assert "dsn/router_interface[r2]" not in graph.resources, "the way back is through r3, which has the leg"


def test_the_senders_subnet_routes_there_and_keeps_the_legs_address_to_itself() -> None:
    subnet = three_networks().graph()["wsn/subnet"].properties

    assert subnet["host_routes"] == [{"destination": "192.168.101.0/24", "next_hop": "192.168.100.254"}]
    assert subnet["allocation_pools"] == [{"start": "192.168.100.2", "end": "192.168.100.253"}]


def test_a_subnet_from_which_nothing_crosses_has_neither() -> None:
    subnet = three_networks().graph()["dsn/subnet"].properties

    assert "host_routes" not in subnet
    assert "allocation_pools" not in subnet


def test_without_the_arrow_there_is_no_leg() -> None:
    graph = three_networks().without_link("web-app").graph()

    assert not any("[r2]" in key for key in keys_of(graph.of_kind("router_interface")))


def test_a_network_without_a_router_gets_one_when_another_reaches_into_it() -> None:
    design = (
        Design()
        .with_("n1", "network", cidr="10.1.0.0/16")
        .with_("s1", "subnet", parent="n1", cidr="10.1.0.0/24")
        .with_("n2", "network", cidr="10.2.0.0/16")
        .with_("s2", "subnet", parent="n2", cidr="10.2.0.0/24")
        .with_("a", "server", parent="s1")
        .with_("b", "server", parent="s2")
    )
    assert not list(design.graph().of_kind("router"))

    graph = design.linked("a", "b", protocol="HTTP", port=80).graph()

    assert graph["n2/router"].properties["external"] is False
    assert graph["s1/router_interface[n2]"].properties["address"] == "10.1.0.254"
    assert "s1/router_interface" not in graph.resources, "nothing in the first network needs a gateway"


def test_two_that_reach_each_other_need_one_leg() -> None:
    design = three_networks().linked("app", "web", protocol="HTTP", port=80)

    legs = [key for key in keys_of(design.graph().of_kind("router_interface")) if "[" in key]

    assert sorted(legs) == ["asn/router_interface[r1]", "asn/router_interface[r3]"]


def test_a_router_in_the_region_serves_all_the_networks_and_needs_no_legs() -> None:
    design = three_networks().edited({"components": {"r1": None, "r2": None, "r3": None}})
    design = design.edited(
        {
            "components": {
                "reg": {"type": "region"},
                "r": {"type": "router", "parent": "reg"},
                **{f"{name}net": {"parent": "reg"} for name in "wad"},
            }
        }
    )
    graph = design.graph()

    assert keys_of(graph.of_kind("router")) == {"r/router"}
    assert keys_of(graph.of_kind("router_interface")) == {f"{name}sn/router_interface" for name in "wad"}


def test_networks_that_overlap_get_no_way_that_neutron_would_refuse() -> None:
    design = three_networks().edited(
        {
            "components": {
                name: {"properties": {"cidr": "192.168.100.0/24"}} for name in ("anet", "asn", "wnet", "wsn")
            }
        }
    )

    assert "wsn/router_interface[r2]" not in design.graph().resources
    assert design.findings("NET-06")


def test_networks_of_two_regions_have_no_router_in_common() -> None:
    design = Design()
    for number in "12":
        design = (
            design.with_(f"reg{number}", "region", name=f"region-{number}")
            .with_(f"net{number}", "network", parent=f"reg{number}", cidr=f"10.{number}.0.0/16")
            .with_(f"sn{number}", "subnet", parent=f"net{number}", cidr=f"10.{number}.1.0/24")
            .with_(f"app{number}", "app_server", parent=f"sn{number}")
        )
    graph = design.linked("app1", "app2", protocol="HTTP", port=8080).graph()

    assert not [key for key in keys_of(graph.of_kind("router_interface")) if "[" in key]
    for resource in graph:
        objects = {ref.key for ref in references(resource.properties) if ref.output == "id"}
        assert {graph[key].region for key in objects} <= {resource.region}, resource.key


# --- Tunnels that servers keep --------------------------------------------------------------------


def two_regions_with_a_tunnel() -> Design:
    """db1 ─┐                          ┌─ db2
    one (tinc) ══ tunnel ══ two (tinc)      drawn as db1 ──► mesh ──► db2, each in its own region
    """
    design = Design().with_("mesh", "vpn_mesh")
    for number, name in ((1, "one"), (2, "two")):
        design = (
            design.with_(f"reg{number}", "region", name=f"region-{number}")
            .with_(f"net{number}", "network", parent=f"reg{number}", cidr=f"10.{number}.0.0/16")
            .with_(f"sn{number}", "subnet", parent=f"net{number}", cidr=f"10.{number}.1.0/24")
            .with_(f"db{number}", "db_server", parent=f"sn{number}")
            .with_(name, "vpn_vm", parent=f"sn{number}")
        )
    return (
        design.linked("one", "two", "tunnel")
        .linked("db1", "mesh", "replication", protocol="MySQL", port=3306)
        .linked("mesh", "db2", "replication", protocol="MySQL", port=3306)
    )


def test_the_router_sends_what_is_for_the_other_side_to_the_server_that_keeps_the_tunnel() -> None:
    graph = two_regions_with_a_tunnel().graph()

    route = graph["one/router_route[10.2.0.0-16]"]
    assert route.properties["router"].key == "net1/router"
    assert route.properties["next_hop"] == Ref("one/port[0]", "address")
    assert "sn1/router_interface" in route.needs
    assert graph["one/port[0]"].properties["allowed_addresses"] == ["10.2.0.0/16"]


def test_that_server_takes_what_it_hands_on_and_nothing_else() -> None:
    let_in = rules_of(two_regions_with_a_tunnel().without_link("one-two").graph(), "one")
    assert let_in == {("tcp", 3306, "db1")}

    closed = two_regions_with_a_tunnel().without_link("one-two").without_link("db1-mesh").graph()
    assert rules_of(closed, "one") == set()


def test_that_server_takes_all_that_a_cluster_says_to_its_members_beyond() -> None:
    """Galera speaks UDP on one of its ports too, which no arrow says."""
    design = two_regions_with_a_tunnel()
    for number in (1, 2):
        design = design.with_(
            f"db{number}", "db_server", parent=f"sn{number}", software="mariadb", role="multi-master"
        )

    let_in = rules_of(design.without_link("one-two").graph(), "one")

    galera = {("tcp", 4444), ("tcp", 4567), ("udp", 4567), ("tcp", 4568)}
    assert let_in == {("tcp", 3306, "db1")} | {(protocol, port, "db1") for protocol, port in galera}


def test_a_server_without_a_tunnel_is_on_nobodys_way() -> None:
    graph = two_regions_with_a_tunnel().without_link("one-two").graph()

    assert not list(graph.of_kind("router_route"))
    assert "allowed_addresses" not in graph["one/port[0]"].properties

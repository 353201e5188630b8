"""VPN gateways, between regions of a design and towards sites."""

from designer.domain.resources import Ref
from tests.designer.designs import Design, keys_of, only


def a_region(design: Design, number: int) -> Design:
    return (
        design.with_(f"reg{number}", "region", name=f"region-{number}")
        .with_(f"net{number}", "network", parent=f"reg{number}", cidr=f"10.{number}.0.0/16")
        .with_(f"sn{number}", "subnet", parent=f"net{number}", cidr=f"10.{number}.1.0/24")
        .with_(f"vpn{number}", "vpn_gateway", parent=f"reg{number}")
    )


def two_regions() -> Design:
    """reg1 (10.1/16) ── vpn1 ══ tunnel ══ vpn2 ── reg2 (10.2/16)"""
    return a_region(a_region(Design(), 1), 2).linked("vpn1", "vpn2", "tunnel")


def test_two_gateways_know_each_others_address_networks_and_secret() -> None:
    graph = two_regions().graph()
    here, there = (
        graph[key].properties for key in ("vpn1/vpn_connection[vpn2]", "vpn2/vpn_connection[vpn1]")
    )

    assert here["peer_address"] == Ref("vpn2/vpn_service", "address")
    assert there["peer_address"] == Ref("vpn1/vpn_service", "address")
    assert here["psk"] == there["psk"] == Ref("vpn1/password[vpn2]", "value")
    assert graph["vpn1/vpn_endpoint_group[vpn2]"].properties["endpoints"] == ["10.2.0.0/16"]
    assert graph["vpn1/vpn_endpoint_group[local]"].properties["endpoints"] == [Ref("sn1/subnet")]


def test_each_gateway_stands_in_its_own_region_on_a_router_that_leads_outside() -> None:
    graph = two_regions().graph()

    assert {one.region for one in graph.of_component("vpn2")} == {"region-2"}
    assert graph["vpn2/vpn_service"].properties["router"].key == "net2/router"
    assert graph["net2/router"].properties["external"] is True
    assert "sn2/router_interface" in graph["vpn2/vpn_service"].needs


def test_a_tunnel_to_a_site_takes_what_the_site_says() -> None:
    design = (
        a_region(Design(), 1)
        .with_("dc", "datacenter", peer_public_ip="198.51.100.7", peer_cidrs=["172.16.0.0/16"])
        .linked("vpn1", "dc", "tunnel")
    )
    graph = design.graph()

    assert graph["vpn1/vpn_connection[dc]"].properties["peer_address"] == "198.51.100.7"
    assert graph["vpn1/vpn_endpoint_group[dc]"].properties["endpoints"] == ["172.16.0.0/16"]
    assert graph["vpn1/password[dc]"].kind == "password"


def test_what_the_gateway_says_itself_comes_first_and_adds_to_the_networks() -> None:
    design = (
        a_region(Design(), 1)
        .with_("dc", "datacenter", peer_public_ip="198.51.100.7", peer_cidrs=["172.16.0.0/16"])
        .linked("vpn1", "dc", "tunnel")
        .edited(
            {
                "components": {
                    "vpn1": {"properties": {"peer_address": "203.0.113.9", "peer_cidrs": ["172.20.0.0/16"]}}
                }
            }
        )
    )
    graph = design.graph()

    assert graph["vpn1/vpn_connection[dc]"].properties["peer_address"] == "203.0.113.9"
    assert graph["vpn1/vpn_endpoint_group[dc]"].properties["endpoints"] == ["172.16.0.0/16", "172.20.0.0/16"]


def test_an_address_that_nobody_knows_is_said_to_be_missing() -> None:
    design = a_region(Design(), 1).with_("dc", "datacenter").linked("vpn1", "dc", "tunnel")
    connection = only(design.graph().of_kind("vpn_connection"))

    assert connection.properties["peer_address"] is None
    assert "fill it in" in connection.note


def test_the_other_end_of_a_gateway_in_a_site_is_that_site() -> None:
    design = (
        a_region(Design(), 1)
        .with_("dc", "datacenter", peer_public_ip="198.51.100.7")
        .with_("dnet", "network", parent="dc", cidr="10.200.0.0/16")
        .with_("far", "vpn_gateway", parent="dc")
        .linked("far", "vpn1", "tunnel")
    )
    graph = design.graph()

    assert keys_of(graph.of_component("far")) == {"far/external"}
    assert graph["vpn1/vpn_connection[far]"].properties["peer_address"] == "198.51.100.7"
    assert graph["vpn1/vpn_endpoint_group[far]"].properties["endpoints"] == ["10.200.0.0/16"]


def test_a_gateway_without_anything_at_its_other_end_is_a_service_that_says_so() -> None:
    gateway = only(a_region(Design(), 1).graph().of_component("vpn1"))

    assert gateway.kind == "vpn_service"
    assert "Nothing is at its other end yet" in gateway.note


def test_a_gateway_in_a_region_without_networks_is_no_mistake_of_the_program() -> None:
    gateway = only(Design().with_("reg", "region").with_("vpn", "vpn_gateway", parent="reg").graph())

    assert gateway.properties["router"] is None
    assert "There is no network" in gateway.note

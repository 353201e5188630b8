"""Data centres and private clouds: drawn, priced and listed, never deployed."""

import pytest

from tests.designer.designs import Design, keys_of, only


def a_site(kind: str = "datacenter") -> Design:
    """site ─ network `net` ─ subnet `sn`"""
    return (
        Design()
        .with_("site", kind)
        .with_("net", "network", parent="site", cidr="10.10.0.0/16")
        .with_("sn", "subnet", parent="net", cidr="10.10.1.0/24")
    )


def externals(design: Design) -> dict[str, tuple[str, int]]:
    """What there is of each component: service and count."""
    return {
        one.component: (one.properties["service"], one.properties.get("count", 1))
        for one in design.graph().of_kind("external")
    }


def test_networks_of_a_site_are_there_already() -> None:
    assert keys_of(a_site().graph()) == {"site/external"}


def test_nothing_in_a_site_is_deployed_whatever_it_is() -> None:
    design = (
        a_site()
        .with_("web", "web_server", parent="sn", count=2, public_address=True)
        .with_("lb", "load_balancer", parent="sn")
        .with_("db", "dbaas", parent="sn")
        .with_("disk", "volume", parent="sn")
        .with_("grow", "growth_pool", parent="sn", current=3)
        .with_("share", "file_share", parent="sn")
        .with_("vpn", "vpn_gateway", parent="site")
        .with_("keep", "server_group", parent="sn", members=["web"])
        .linked("lb", "web", protocol="HTTP", port=80)
        .linked("web", "db")
        .linked("web", "disk", "attach")
    )

    assert {one.kind for one in design.graph()} == {"external"}
    assert externals(design) == {
        "db": ("site_database", 1),
        "disk": ("site_volume", 1),
        "grow": ("site_server", 3),
        "lb": ("site_load_balancer", 1),
        "share": ("site_file_share", 1),
        "site": ("site", 1),
        "vpn": ("vpn_gateway", 1),
        "web": ("site_server", 2),
    }


def test_servers_of_a_private_cloud_are_charged_by_its_hosts() -> None:
    design = a_site("private_cloud").with_("work", "server", parent="sn", count=3)

    assert externals(design) == {"site": ("private_cloud", 1), "work": ("private_cloud_server", 3)}
    assert only(design.graph().of_component("site")).properties["hypervisors"] == 6


def test_a_scaling_group_in_a_private_cloud_counts_the_servers_that_it_starts_with() -> None:
    design = (
        a_site("private_cloud")
        .with_("group", "scaling_group", parent="sn", desired=4)
        .with_("work", "web_server", parent="group")
    )

    assert externals(design)["work"] == ("private_cloud_server", 4)
    assert not list(design.graph().of_component("group"))


def test_what_is_in_a_region_is_in_the_cloud_even_where_the_region_is_drawn_in_a_data_centre() -> None:
    design = (
        Design()
        .with_("site", "datacenter", owner="provider")
        .with_("reg", "region", parent="site")
        .with_("net", "network", parent="reg")
        .with_("sn", "subnet", parent="net")
        .with_("web", "web_server", parent="sn")
    )

    assert {"net/network", "sn/subnet", "web/server[0]"} <= keys_of(design.graph())


def test_hardware_is_the_service_that_it_is_anywhere() -> None:
    design = (
        a_site()
        .with_("fw", "hw_firewall", parent="site")
        .with_("f5", "hw_load_balancer", parent="site", count=2)
        .with_("nas", "nas", parent="site")
        .with_("none", "hw_firewall", parent="site", count=0)
    )

    assert {one: what for one, what in externals(design).items() if one != "site"} == {
        "fw": ("hardware_firewall", 1),
        "f5": ("hardware_load_balancer", 2),
        "nas": ("nas", 1),
    }


@pytest.mark.parametrize("without", [frozenset(), frozenset({"database", "key-manager"})])
def test_a_cloud_server_may_be_linked_to_anything_in_a_site(without: frozenset[str]) -> None:
    """The graph names nothing of the site as a need: there is nothing to wait for."""
    design = (
        a_site()
        .with_("reg", "region")
        .with_("cloud", "network", parent="reg", cidr="10.0.0.0/16")
        .with_("csn", "subnet", parent="cloud", cidr="10.0.1.0/24")
        .with_("app", "app_server", parent="csn")
        .with_("lb", "load_balancer", parent="csn")
        .with_("db", "dbaas", parent="sn")
        .with_("own", "db_server", parent="sn")
        .with_("cache", "cache_server", parent="sn")
        .with_("behind", "web_server", parent="sn")
        .with_("disk", "volume", parent="csn")
        .linked("app", "db")
        .linked("app", "own")
        .linked("app", "cache")
        .linked("lb", "behind", protocol="HTTP", port=80)
        .linked("own", "disk", "attach")
    )
    graph = design.graph(without=without)

    assert keys_of(graph.of_component("app")) >= {"app/server[0]", "app/port[0]"}
    assert not list(graph.of_kind("member"))

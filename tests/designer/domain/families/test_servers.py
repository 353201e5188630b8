from tests.designer.designs import a_design, keys_of


def test_copies_are_kept_apart_and_dealt_over_the_zones() -> None:
    design = a_design().with_("reg", "region").with_("z0", "zone", parent="reg", index=0)
    design = design.with_("z1", "zone", parent="reg", index=1)
    graph = design.with_("web", "web_server", parent="sn", count=3, zones=["z0", "z1"]).graph()

    assert [graph[f"web/server[{copy}]"].properties["zone_index"] for copy in range(3)] == [0, 1, 0]
    assert graph["web/server_group"].properties["policy"] == "soft-anti-affinity"


def test_one_server_alone_needs_no_group() -> None:
    assert not list(a_design().with_("web", "web_server", parent="sn").graph().of_kind("server_group"))


def test_a_tier_that_is_spread_keeps_all_its_servers_apart() -> None:
    design = a_design().with_("t", "tier", parent="sn", spread=True)
    graph = design.with_("a", "web_server", parent="t", count=2).with_("b", "app_server", parent="t").graph()

    assert keys_of(graph.of_kind("server_group")) == {"t/server_group"}
    assert {server.properties["server_group"].key for server in graph.of_kind("server")} == {"t/server_group"}


def test_a_boot_volume_is_made_from_the_image() -> None:
    graph = a_design().with_("web", "web_server", parent="sn", boot_volume_gib=30).graph()

    assert graph["web/boot_volume[0]"].properties["image"] == "ubuntu-24.04"
    assert graph["web/server[0]"].properties["boot_volume"].key == "web/boot_volume[0]"


def test_drawn_addresses_come_first_and_the_servers_own_fill_up() -> None:
    design = a_design().with_("web", "web_server", parent="sn", count=3, public_address=True)
    graph = design.with_("eip", "floating_ip", count=2, bound_to="web").graph()

    assert {one.key: one.properties["port"].key for one in graph.of_kind("floating_ip")} == {
        "eip/floating_ip[0]": "web/port[0]",
        "eip/floating_ip[1]": "web/port[1]",
        "web/floating_ip[2]": "web/port[2]",
    }


def test_addresses_left_over_are_kept_and_say_so() -> None:
    design = (
        a_design()
        .with_("web", "web_server", parent="sn")
        .with_("eip", "floating_ip", count=2, bound_to="web")
    )
    spare = design.graph()["eip/floating_ip[1]"]

    assert "port" not in spare.properties
    assert "Bound to nothing" in spare.note


def test_a_component_of_several_servers_gets_a_volume_for_each() -> None:
    design = a_design().with_("web", "web_server", parent="sn", count=2).with_("v", "volume", parent="sn")
    graph = design.linked("web", "v", "attach").graph()

    assert {one.key: one.properties["server"].key for one in graph.of_kind("volume_attachment")} == {
        "v/volume_attachment[0]": "web/server[0]",
        "v/volume_attachment[1]": "web/server[1]",
    }


def test_a_volume_linked_to_nobody_exists_all_the_same() -> None:
    graph = a_design().with_("v", "volume", parent="sn").graph()

    assert keys_of(graph.of_component("v")) == {"v/volume[0]"}


def test_a_component_of_no_servers_is_nothing() -> None:
    design = a_design().with_("web", "web_server", parent="sn", count=0).with_("v", "volume", parent="sn")

    assert keys_of(design.linked("web", "v", "attach").graph()) == {"net/network", "sn/subnet"}


def test_a_pinned_flavor_is_handed_on() -> None:
    graph = a_design().with_("web", "web_server", parent="sn", flavor="general1-4").graph()

    assert graph["web/server[0]"].properties["flavor"] == "general1-4"


def test_a_nat_gateway_makes_the_router_translate_addresses() -> None:
    design = a_design().with_("r", "router", parent="net", enable_snat=False)

    assert design.graph()["r/router"].properties["enable_snat"] is False
    assert (
        design.with_("nat", "nat_gateway", parent="sn").graph()["r/router"].properties["enable_snat"] is True
    )


def test_a_container_in_front_of_a_cdn_can_be_read_by_it() -> None:
    design = a_design().with_("files", "object_store").with_("cdn", "cdn").linked("files", "cdn", "origin")

    assert design.graph()["files/object_container"].properties["public_read"] is True


def test_containers_with_one_label_have_two_names() -> None:
    design = (
        a_design()
        .with_("a", "object_store", label="Files / 2026")
        .with_("b", "object_store", label="Files / 2026")
    )
    names = {one.properties["name"] for one in design.graph().of_kind("object_container")}

    assert names == {"files-2026-a", "files-2026-b"}


def test_an_analytics_server_names_its_engine_and_has_no_volume_for_it() -> None:
    design = a_design().with_("spark", "analytics", parent="sn", engine="spark")

    assert not list(design.graph().of_kind("volume"))

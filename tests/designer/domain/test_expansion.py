import json
import random
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.domain.templates import build_document
from catalog.selectors import component_types, get_template, templates
from designer.domain.document import DocumentInvalid
from designer.domain.expansion import expand
from designer.domain.parsing import parse_document
from designer.domain.resources import ResourceGraph, references, to_json
from designer.domain.topology import Topology
from tests.designer.designs import Design, a_design, keys_of, rules_of, template


def test_the_basic_cloud_makes_a_balancer_with_a_certificate_a_server_and_a_managed_database() -> None:
    graph = template("rax-basic").graph()

    assert graph["lb/listener[443]"].properties["protocol"] == "TERMINATED_HTTPS"
    assert graph["lb/listener[443]"].properties["certificate"].key == "lb/secret"
    assert graph["lb/floating_ip"].properties["load_balancer"].output == "vip_port_id"
    assert graph["lb/member[443-web-0-80]"].properties["address"].key == "web/port[0]"
    assert graph["db/database_instance"].properties["allowed_cidrs"] == ["10.0.10.0/24"]
    assert keys_of(graph.of_component("grow")) == {"grow/external[growth]"}, "nothing but what may come"
    assert not any(resource.component == "db" for resource in graph.of_kind("security_group", "server"))


def test_a_network_that_goes_outside_gets_a_router_when_none_is_drawn() -> None:
    graph = template("rax-basic").graph()

    assert graph["svc/router"].properties["external"] is True
    assert graph["sn/router_interface"].properties["router"].key == "svc/router"
    assert "sn/router_interface" in graph["lb/floating_ip"].needs, "Neutron refuses the address before"
    assert "sn/router_interface" in graph["web/server[0]"].needs, "software is fetched on the first boot"


def test_a_drawn_router_serves_its_network_and_no_second_one_is_made() -> None:
    graph = template("osc-net").graph()

    assert [router.key for router in graph.of_kind("router")] == ["igw/router"]
    assert keys_of(graph.of_kind("router_interface")) == {
        f"{subnet}/router_interface" for subnet in ("adm", "front", "intel", "dbs")
    }


def test_several_subnets_reach_each_other_through_a_router_that_stays_inside() -> None:
    design = a_design().with_("two", "subnet", parent="net", cidr="10.0.2.0/24")

    assert design.graph()["net/router"].properties["external"] is False


def test_one_subnet_with_nothing_that_goes_outside_needs_no_router() -> None:
    assert not list(a_design().with_("a", "server", parent="sn").graph().of_kind("router"))


def test_the_three_tier_net_has_the_rules_of_its_reference() -> None:
    graph = template("osc-net").graph()

    assert rules_of(graph, "ngx") == {("tcp", 80, "0.0.0.0/0"), ("tcp", 443, "0.0.0.0/0"), ("tcp", 22, "bas")}
    assert rules_of(graph, "int") == {("tcp", 8080, "ngx"), ("tcp", 22, "bas")}
    assert rules_of(graph, "dbm") == {("tcp", 3306, "int"), ("tcp", 3306, "dbr"), ("tcp", 22, "bas")}
    assert rules_of(graph, "dbr") == {("tcp", 3306, "dbm"), ("tcp", 22, "bas")}
    assert rules_of(graph, "bas") == {("tcp", 22, "203.0.113.0/24")}


def test_the_three_tier_net_spreads_over_its_zones_and_gives_the_front_both_addresses() -> None:
    graph = template("osc-net").graph()

    assert [graph[f"ngx/server[{copy}]"].properties["zone_index"] for copy in (0, 1)] == [0, 1]
    assert (
        graph["dbr/server[0]"].properties["zone_index"] == graph["v2/volume[0]"].properties["zone_index"] == 1
    )
    assert graph["ngx/server[1]"].properties["server_group"].key == "ngx/server_group"
    assert [graph[f"eip/floating_ip[{copy}]"].properties["port"].key for copy in (0, 1)] == [
        "ngx/port[0]",
        "ngx/port[1]",
    ]
    assert keys_of(graph.of_kind("floating_ip")) == {
        "eip/floating_ip[0]",
        "eip/floating_ip[1]",
        "bas/floating_ip[0]",
    }
    assert graph["v1/volume_attachment[0]"].properties["server"].key == "dbm/server[0]"
    assert {resource.region for resource in graph} == {"eu-west-2"}


def test_a_cloud_without_databases_gets_a_server_with_a_volume_and_is_told_so() -> None:
    graph = template("rax-basic").graph(without=frozenset({"database"}))

    assert not list(graph.of_kind("database_instance"))
    assert graph["db/server[0]"].note == (
        "This cloud has no managed database, so a server with a volume runs MySQL."
    )
    assert graph["db/volume_attachment[0]"].properties["volume"].key == "db/volume[0]"
    assert graph["db/volume[0]"].properties["size_gib"] == 50
    assert rules_of(graph, "db") == {("tcp", 3306, "web")}


def test_a_cloud_without_a_certificate_store_answers_plain_http_and_is_told_so() -> None:
    graph = template("rax-basic").graph(without=frozenset({"key-manager"}))

    assert not list(graph.of_kind("secret"))
    assert graph["lb/listener[80]"].properties["protocol"] == "HTTP"
    assert "plain HTTP" in graph["lb/listener[80]"].note
    assert [listener.key for listener in graph.of_kind("listener")] == ["lb/listener[80]"]


def test_without_an_arrow_there_is_no_rule() -> None:
    design = template("osc-net")
    assert ("tcp", 3306, "int") in rules_of(design.graph(), "dbm")

    assert ("tcp", 3306, "int") not in rules_of(design.without_link("int-dbm").graph(), "dbm")


def test_keys_stay_when_other_components_come_and_go() -> None:
    design = template("rax-basic")
    before = keys_of(design.graph())

    grown = design.with_("a-first", "web_server", parent="sn").linked(
        "lb", "a-first", protocol="HTTP", port=80
    )

    assert before < keys_of(grown.graph())


def test_what_exists_stays_the_same_when_a_second_web_server_is_drawn() -> None:
    """The plan for it must not touch the first server."""
    design = template("rax-basic")
    before, after = (
        one.graph()
        for one in (
            design,
            design.with_("web2", "web_server", parent="sn").linked("lb", "web2", protocol="HTTP", port=80),
        )
    )

    assert {key for key in before.resources if before[key] != after[key]} == set()


def test_a_second_copy_leaves_the_first_one_its_name_and_port() -> None:
    one, two = (a_design().with_("web", "web_server", parent="sn", count=count).graph() for count in (1, 2))

    assert one["web/port[0]"] == two["web/port[0]"]
    assert one["web/server[0]"].properties["name"] == two["web/server[0]"].properties["name"]


def test_the_same_design_makes_the_same_graph_in_whatever_order_its_keys_come() -> None:
    data = get_template("osc-net").document
    shuffled = {**data}
    for name in ("components", "links"):
        items = list(data[name].items())
        random.Random(7).shuffle(items)
        shuffled[name] = dict(items)

    assert to_json(Design(shuffled).graph()) == to_json(Design(dict(data)).graph())


def test_an_ssh_key_in_the_settings_is_on_every_server() -> None:
    key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl mara"
    graph = template("osc-net").with_settings(ssh_public_key=key).graph()

    assert graph["settings/key_pair"].properties["public_key"] == key
    assert {server.properties["key_pair"].key for server in graph.of_kind("server")} == {"settings/key_pair"}


def test_a_server_with_no_subnet_to_sit_in_keeps_its_price_and_nothing_else() -> None:
    design = Design().with_("net", "network").with_("web", "web_server", parent="net", public_address=True)
    graph = design.graph()

    assert keys_of(graph.of_component("web")) == {"web/server[0]"}
    assert graph["web/server[0]"].properties["ports"] == []
    assert design.findings("NET-01")


def test_labels_of_any_kind_become_names_that_openstack_takes() -> None:
    label = "  Wéb \u2028 \u202eserver\U0001f680 " + "x" * 190
    name = (
        a_design()
        .with_("web", "web_server", parent="sn", label=label)
        .graph()["web/port[0]"]
        .properties["name"]
    )

    assert len(name) <= 200
    assert name == name.strip()
    assert name.endswith(" 1 port")
    assert all(ord(character) <= 0xFFFF for character in name)
    assert "\u202e" not in name


def test_a_label_of_signs_only_still_gives_a_name() -> None:
    graph = a_design().with_("web", "web_server", parent="sn", label="\U0001f680").graph()

    assert graph["web/security_group"].properties["name"] == "Unnamed security group"


def test_resources_by_hand_say_how() -> None:
    externals = list(template("osc-net").graph().of_kind("external"))

    assert {one.properties["service"]: one.properties["by_hand"] for one in externals} == {
        "backup": True,
        "nat_gateway": False,
    }
    assert all(one.properties["how"].endswith(".") for one in externals)


def test_what_a_refused_document_would_break_cannot_get_this_far() -> None:
    data = a_design().with_("web", "web_server", parent="sn").data
    data["components"]["web"]["parent"] = "nowhere"
    try:
        parse_document(data, component_types())
    except DocumentInvalid as invalid:
        assert invalid.problems
    else:
        raise AssertionError("a dangling parent was taken")


# --- Every template -------------------------------------------------------------------------------

FORMS = [(key, form) for key, one in templates().items() for form in one.forms()]


@pytest.mark.parametrize(("key", "form"), FORMS)
def test_every_form_of_every_template_is_sound_also_where_a_cloud_lacks_services(key: str, form: str) -> None:
    design = Design(build_document(templates()[key], form=form))

    for without in (frozenset[str](), frozenset({"database", "key-manager"})):
        graph = design.graph(without=without)
        assert_sound(graph)
        assert_told_by_its_types(design, graph)


def assert_told_by_its_types(design: Design, graph: ResourceGraph) -> None:
    """A type names all that it may become; what stands in a site becomes nothing that a cloud creates."""
    document, types = design.document(), component_types()
    topology = Topology(document, types)
    for resource in graph:
        if resource.component not in document.components:
            continue
        if topology.site(resource.component):
            assert resource.kind == "external", resource.key
        else:
            assert resource.kind in types[document.components[resource.component].type].makes, resource.key


# --- Any part of a template -----------------------------------------------------------------------


@st.composite
def parts_of_a_template(draw: st.DrawFn) -> Mapping[str, object]:
    key, form = draw(st.sampled_from(FORMS))
    data = build_document(templates()[key], form=form)
    components = {key: value for key, value in data["components"].items() if draw(st.booleans())}
    links = {key: value for key, value in data["links"].items() if draw(st.booleans())}
    ends = components.keys()
    links = {key: link for key, link in links.items() if {link["source"], link["target"]} <= ends}
    return {**data, "components": components, "links": links, "callouts": {}}


@given(parts_of_a_template(), st.sets(st.sampled_from(["database", "key-manager"])))
@settings(max_examples=150, deadline=None)
def test_any_part_of_a_template_is_refused_or_has_everything_it_needs_in_order(
    data: Mapping[str, object], without: set[str]
) -> None:
    try:
        document = parse_document(data, component_types())
    except DocumentInvalid:
        return
    assert_sound(expand(document, component_types(), without=frozenset(without)))


@given(
    st.integers(0, 3),
    st.integers(0, 3),
    st.integers(0, 2),
    st.sampled_from(["nginx", "apache", "none"]),
    st.sampled_from(["mysql", "mariadb", "postgresql"]),
    st.booleans(),
    st.booleans(),
    st.sets(st.sampled_from(["database", "key-manager"])),
)
@settings(max_examples=100, deadline=None)
def test_any_numbers_make_a_sound_graph(
    web: int, grow: int, replicas: int, software: str, engine: str, tls: bool, public: bool, without: set[str]
) -> None:
    design = template("rax-basic").edited(
        {
            "components": {
                "web": {
                    "properties": {"count": web, "software": software, "tls": tls, "public_address": public}
                },
                "grow": {"properties": {"current": grow, "max": 3}},
                "db": {"properties": {"engine": engine, "replicas": replicas, "backup": public, "ha": tls}},
                "lb": {"properties": {"tls": tls, "scheme": "public" if public else "internal"}},
            }
        }
    )
    graph = design.graph(without=frozenset(without))

    assert_sound(graph)
    assert len(list(graph.of_kind("member"))) == web + grow


def assert_sound(graph: ResourceGraph) -> None:
    """Every need is there and comes first, names are names, rules are no twins, and it survives JSON.

    What a resource refers to by its id is an object of the same region.
    """
    made: set[str] = set()
    for resource in graph:
        assert set(resource.needs) <= made, resource.key
        named = list(references(resource.properties))
        assert {ref.key for ref in named} <= set(resource.needs)
        assert {graph[ref.key].region for ref in named if ref.output == "id"} <= {resource.region, ""}
        assert resource.key.startswith(f"{resource.component}/")
        assert 0 < len(resource.properties["name"]) <= 200
        made.add(resource.key)
    rules = [
        json.dumps(
            {
                key: value
                for key, value in to_json(one.properties).items()
                if key not in {"name", "description"}
            },
            sort_keys=True,
        )
        for one in graph.of_kind("security_group_rule")
    ]
    assert len(rules) == len(set(rules))
    json.dumps(to_json(graph)).encode()

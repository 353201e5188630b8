from textwrap import dedent

import pytest

from catalog.domain.shipped import read_component_types
from catalog.domain.template_files import read_templates
from catalog.domain.yaml_files import CatalogueBroken, Files
from catalog.selectors import component_types

SERVER = """
family: server
category: compute
icon: server
singular: a server
labels: {generic: Server, rackspace: Server, openstack: Server, outscale: VM}
summary: A machine.
parents: [canvas]
makes: [server]
billed: [hours]
shares: [machine]
properties:
  size: {default: 2}
"""
MACHINE = """
count: {title: Count, description: How many., type: integer, minimum: 0, maximum: 9, default: 1}
size: {title: Size, description: How large., type: integer, minimum: 1, maximum: 9, default: 1}
"""


def types_from(server: str = SERVER, machine: str = MACHINE, links: str = "traffic: []") -> dict[str, object]:
    return dict(
        read_component_types(
            {"component_types/server.yaml": server},
            property_sets={"property_sets/machine.yaml": machine},
            links={"links.yaml": links},
        )
    )


def reasons_for(template: str) -> list[str]:
    files: Files = {"templates/shop.yaml": dedent(template)}
    with pytest.raises(CatalogueBroken) as broken:
        read_templates(files, component_types())
    return [f"{problem.at}: {problem.detail}" for problem in broken.value.problems]


def test_a_type_takes_the_shared_properties_and_amends_them() -> None:
    server = types_from()["server"]

    assert server.properties["count"]["default"] == 1
    assert server.properties["size"] == {
        "title": "Size",
        "description": "How large.",
        "type": "integer",
        "minimum": 1,
        "maximum": 9,
        "default": 2,
    }


def test_a_type_can_leave_shared_properties_out() -> None:
    server = types_from(SERVER + "leaves_out: [count]\n")["server"]

    assert list(server.properties) == ["size"]


def test_the_table_of_links_says_what_a_type_reaches() -> None:
    server = types_from(links="traffic: [{from: [server], to: [server]}]")["server"]

    assert server.links == {"traffic": ("server",)}


@pytest.mark.parametrize(
    ("links", "said"),
    [
        (
            "traffic: [{from: [server], to: [sever]}]",
            'links.yaml: traffic.0: There is no component type "sever". Did you mean server?',
        ),
        (
            "traffic: [{from: [moon], to: [server]}]",
            'links.yaml: traffic.0: There is no component type "moon".',
        ),
        ("traffic: [[server, server]]", "links.yaml: traffic.0: A row has two lists of types, from and to."),
        ("traffic: [{from: server, to: [server]}]", "links.yaml: traffic.0: A row has two lists of types"),
        ("traffic: server", "links.yaml: traffic: is a list of rows."),
    ],
)
def test_a_broken_table_of_links_is_refused_with_place_and_reason(links: str, said: str) -> None:
    with pytest.raises(CatalogueBroken) as caught:
        types_from(links=links)

    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (
            SERVER.replace("category: compute", "category: cloud"),
            "component_types/server.yaml: category: is one of",
        ),
        (SERVER.replace("icon: server\n", ""), "component_types/server.yaml: icon: is missing."),
        (SERVER.replace("[canvas]", "[rack]"), 'parents: There is no component type "rack".'),
        (SERVER.replace("[machine]", "[motor]"), 'shares: There is no property set "motor".'),
        (SERVER.replace("default: 2", "default: 0"), "properties.size.default: does not allow 0."),
        (SERVER.replace("default: 2", "type: whole"), "properties.size: is no JSON Schema"),
        (SERVER.replace("singular", "plural"), "plural: is none of"),
        (SERVER.replace("makes: [server]\n", ""), "makes: is missing: a list of words, [] for none."),
        (SERVER.replace("billed: [hours]", "billed: hours"), 'billed: is a list of words, not "hours".'),
        (SERVER.replace("family: server", "family: 7"), "family: is text, not 7."),
        (SERVER.replace("[canvas]", "canvas"), 'parents: is a list of words, not "canvas".'),
        (SERVER.replace("{default: 2}", "2"), "properties.size: is a JSON Schema, not 2."),
        (SERVER.replace("generic: Server", "generic: 1"), "labels.generic: is a name, not 1."),
        (
            SERVER.replace("default: 2", "maximun: 2"),
            "properties.size.maximun: is no word of a property. Did",
        ),
        (SERVER.replace("default: 2", "$ref: '#'"), 'properties.size."$ref": is no word of a property.'),
        (SERVER.replace("default: 2", "type: [integer]"), "properties.size.type: is one of string, integer"),
        (SERVER.replace("size: {", "speed: {title: Speed, "), "properties.speed.type: is missing. The form"),
        (
            SERVER.replace("size: {default: 2}", "rate: {title: Rate, description: X., type: number}"),
            "properties.rate.minimum: is missing. A number has limits.",
        ),
        (SERVER.replace(", outscale: VM", ""), "labels: has a name for each of"),
        (SERVER + "icon: other\n", "line 14, column 1: is no YAML: 'icon' stands here twice."),
        (SERVER.replace("default: 2", "default: .inf"), ".inf is no number to build with."),
        (SERVER + "x: [", "is no YAML"),
        ("- a list", "component_types/server.yaml: is empty or no mapping."),
        ("", "component_types/server.yaml: is empty or no mapping."),
    ],
)
def test_a_broken_type_file_is_refused_with_file_place_and_reason(broken: str, said: str) -> None:
    with pytest.raises(CatalogueBroken) as caught:
        types_from(broken)

    assert said in str(caught.value)


def test_an_unknown_link_kind_in_the_table_is_refused() -> None:
    with pytest.raises(CatalogueBroken, match=r"links\.yaml: telepathy: There is no such link kind"):
        types_from(links="telepathy: [{from: [server], to: [server]}]")


TEMPLATE = """
title: Shop
summary: A shop.
source: Us
price_book: some-book
document:
  format: 1
  components:
    net: {type: network}
    sn: {type: subnet, parent: net}
    web: {type: web_server, parent: sn}
  links: {}
"""


def test_a_template_is_read_under_its_file_name() -> None:
    template = read_templates({"templates/shop.yaml": TEMPLATE}, component_types())["shop"]

    assert template.title == "Shop"
    assert template.document["components"]["sn"] == {"type": "subnet", "parent": "net"}


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (
            TEMPLATE.replace("web_server", "web_sever"),
            'templates/shop.yaml: document.components.web.type: There is no component type "web_sever". '
            "Did you mean web_server?",
        ),
        (
            TEMPLATE.replace("links: {}", "links: {l1: {source: web, target: db, kind: traffic}}"),
            'templates/shop.yaml: document.links.l1.target: The target "db" is not in the design.',
        ),
        (
            TEMPLATE.replace("{type: subnet, parent: net}", "{type: tier, parent: t2}").replace(
                "net: {type: network}", "t2: {type: tier, parent: sn}"
            ),
            "templates/shop.yaml: document.components.t2.parent: "
            "These components sit in each other: t2 in sn in t2.",
        ),
        (
            TEMPLATE.replace("parent: sn", "parent: attic"),
            'templates/shop.yaml: document.components.web.parent: The parent "attic" is not in the design.',
        ),
        (
            TEMPLATE.replace("parent: sn}", "parent: sn, properties: {count: many}}"),
            "templates/shop.yaml: document.components.web.properties.count: "
            'Count is a whole number, not "many".',
        ),
        (TEMPLATE.replace("title: Shop\n", ""), "templates/shop.yaml: title: is missing."),
        (
            TEMPLATE.partition("document:")[0],
            "templates/shop.yaml: document: A template's document is a mapping with components and links.",
        ),
        (
            TEMPLATE.replace("links: {}", "links: [1]"),
            "templates/shop.yaml: document.links: is a mapping of ids.",
        ),
        (
            TEMPLATE.replace("web: {type: web_server, parent: sn}", "web: nginx"),
            "templates/shop.yaml: document.components.web: is a mapping.",
        ),
    ],
)
def test_a_broken_template_is_refused_with_file_place_and_reason(broken: str, said: str) -> None:
    assert said in reasons_for(broken)


def test_all_broken_templates_are_named_at_once() -> None:
    files = {f"templates/{name}.yaml": TEMPLATE.replace("web_server", name) for name in ("one", "two")}

    with pytest.raises(CatalogueBroken) as broken:
        read_templates(files, component_types())

    assert {problem.at.partition(":")[0] for problem in broken.value.problems} == {
        "templates/one.yaml",
        "templates/two.yaml",
    }

"""A template in two forms, and what its parameters do to the document."""

from textwrap import dedent
from typing import Any

import pytest

from catalog.domain.template_files import read_templates
from catalog.domain.templates import Template, TemplateParametersInvalid, build_document
from catalog.domain.yaml_files import CatalogueBroken
from catalog.selectors import component_types

SHOP = """
title: Shop
summary: A shop.
source: Us
price_book: some-book
version: 3
document:
  format: 1
  settings: {admin_cidr: 203.0.113.0/24}
  components:
    net: {type: network, properties: {cidr: 10.0.0.0/16}}
    sn: {type: subnet, parent: net, label: "Front 10.0.1.0/24", properties: {cidr: 10.0.1.0/24}}
    web: {type: web_server, parent: sn, properties: {count: 1, size: {vcpus: 1, ram_gib: 2, disk_gib: 20}}}
    db: {type: dbaas, parent: sn, properties: {backup: false}}
  links:
    web-db: {source: web, target: db, kind: traffic, properties: {protocol: MySQL, port: 3306}}
  callouts:
    "1": {text: Behind 10.0.0.0/16 answers 10.0.1.5. Nothing at 10.1.0.1., components: [web]}
hardened:
  - rules: [DAT-03]
    what: The database is backed up every night.
    why: Without backups one wrong command loses everything.
    patch: {components: {db: {properties: {backup: true}}}}
  - rules: [HA-01]
    what: Two web servers.
    why: One can fail.
    patch: {components: {web: {properties: {count: 2}}}}
parameters:
  web_servers:
    {title: Web servers, type: integer, minimum: 1, maximum: 20, default: 1,
     sets: [components.web.properties.count]}
  region: {title: Region, type: string, pattern: "^[a-z-]+$", sets: [settings.region]}
  size:
    title: Size
    type: object
    properties: {vcpus: {type: integer, minimum: 1}, ram_gib: {type: number}, disk_gib: {type: number}}
    default: {vcpus: 1, ram_gib: 2, disk_gib: 20}
    sets: [components.web.properties.size]
  scale:
    title: Scale
    type: string
    enum: [drawn, real]
    default: drawn
    patches:
      real:
        components: {web: {properties: {count: 9}}, extra: {type: web_server, parent: sn}}
  addresses: {title: Address range, type: string, format: ipv4-cidr, default: 10.0.0.0/16, moves: 10.0.0.0/16}
"""


def read(text: str = SHOP) -> Template:
    return read_templates({"templates/shop.yaml": dedent(text)}, component_types())["shop"]


def built(form: str = "published", **parameters: Any) -> dict[str, Any]:
    return build_document(read(), form=form, parameters=parameters)


def refusals(**parameters: Any) -> list[str]:
    with pytest.raises(TemplateParametersInvalid) as refused:
        built(**parameters)
    return [f"{one.at}: {one.detail}" for one in refused.value.problems]


def test_the_hardened_form_is_the_published_one_with_all_repairs() -> None:
    shop = read()

    assert (shop.version, shop.forms()) == (3, ("published", "hardened"))
    assert build_document(shop) == shop.document
    hardened = build_document(shop, form="hardened")["components"]
    assert (hardened["db"]["properties"]["backup"], hardened["web"]["properties"]["count"]) == (True, 2)


def test_a_template_without_repairs_has_one_form() -> None:
    text = SHOP.partition("hardened:")[0] + "parameters:" + SHOP.partition("parameters:")[2]

    assert read(text).forms() == ("published",)


def test_a_built_document_is_a_copy() -> None:
    shop = read()
    build_document(shop)["components"]["web"]["properties"]["count"] = 99

    assert shop.document["components"]["web"]["properties"]["count"] == 1


def test_a_parameter_s_default_is_what_the_form_draws() -> None:
    shop = read()

    assert shop.schemas("published")["web_servers"]["default"] == 1
    assert shop.schemas("hardened")["web_servers"]["default"] == 2
    assert "default" not in shop.schemas("hardened")["region"]


def test_a_value_is_set_where_the_parameter_says() -> None:
    assert built(web_servers=7)["components"]["web"]["properties"]["count"] == 7
    assert built(web_servers=7.0)["components"]["web"]["properties"]["count"] == 7
    assert built(region="eu-west")["settings"] == {"admin_cidr": "203.0.113.0/24", "region": "eu-west"}


def test_a_group_of_values_is_set_whole_and_completed() -> None:
    size = built(size={"vcpus": 8})["components"]["web"]["properties"]["size"]

    assert size == {"vcpus": 8, "ram_gib": 2, "disk_gib": 20}


def test_a_choice_patches_and_a_single_value_goes_before_it() -> None:
    document = built(scale="real")
    assert document["components"]["web"]["properties"]["count"] == 9
    assert "extra" in document["components"]
    assert built(scale="real", web_servers=3)["components"]["web"]["properties"]["count"] == 3
    assert built(scale="drawn") == built()


def test_addresses_move_with_their_range_and_keep_their_place_in_it() -> None:
    document = built(addresses="172.20.0.0/16")

    assert document["components"]["net"]["properties"]["cidr"] == "172.20.0.0/16"
    assert document["components"]["sn"]["properties"]["cidr"] == "172.20.1.0/24"
    assert document["components"]["sn"]["label"] == "Front 172.20.1.0/24"
    assert document["settings"]["admin_cidr"] == "203.0.113.0/24"
    said = document["callouts"]["1"]["text"]
    assert said == "Behind 172.20.0.0/16 answers 172.20.1.5. Nothing at 10.1.0.1."


def test_a_smaller_range_is_taken_while_everything_fits() -> None:
    document = built(addresses="192.168.0.0/23")

    assert document["components"]["net"]["properties"]["cidr"] == "192.168.0.0/23"
    assert document["components"]["sn"]["properties"]["cidr"] == "192.168.1.0/24"


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({"web_servers": 21}, "parameters.web_servers: Web servers is 20 at most, not 21."),
        ({"web_servers": "x"}, 'parameters.web_servers: Web servers is a whole number, not "x".'),
        ({"web_servers": None}, "parameters.web_servers: Web servers can't be null. Leave it out instead."),
        ({"servers": 1}, 'parameters.servers: shop has no parameter "servers". Did you mean web_servers?'),
        ({"a\nb": 1}, "There are web_servers, region, size, scale, addresses."),
        ({"scale": "huge"}, 'parameters.scale: Scale is one of drawn, real, not "huge".'),
        ({"addresses": "10.0.0.0/24"}, 'so its length is /8 to /23, not "10.0.0.0/24".'),
        ({"addresses": "10.0.0.0/4"}, "Address range starts at the range's first address: 0.0.0.0/4"),
        ({"addresses": "0.0.0.0/0"}, 'so its length is /8 to /23, not "0.0.0.0/0".'),
        ({"region": "\u202ex" * 500}, "Region can't be"),
    ],
)
def test_a_parameter_that_does_not_fit_is_refused_with_its_name(parameters: Any, said: str) -> None:
    (sentence,) = refusals(**parameters)

    assert said in sentence


def test_all_parameters_that_do_not_fit_are_named() -> None:
    assert len(refusals(web_servers=0, scale="x", other=1)) == 3


ONE_REPAIR = "patch: {components: {db: {properties: {backup: true}}}}"
COUNT = "sets: [components.web.properties.count]"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("version: 3", "version: three", 'version: is a whole number from 1 up, not "three".'),
        ("version: 3", "verison: 3", "verison: is none of"),
        (
            "parent: sn, properties",
            "parent: sn, position: {x: .nan, y: 1}, properties",
            ".nan is no number to build with.",
        ),
        ("components: [web]", "components: [wbe]", "callouts.1.components: The component"),
        ("[DAT-03]", "[]", "hardened.0.rules: lists the rules"),
        ("[DAT-03]", "[backups]", 'hardened.0.rules: "backups" is no rule\'s id, such as DAT-03.'),
        (ONE_REPAIR, "patch: [1]", "hardened.0.patch: is a merge patch on the document: a mapping."),
        (ONE_REPAIR, "", "hardened.0: has patch, rules, what, why and nothing else."),
        ("backup: true", "backup: false", "hardened.0.patch: changes nothing of the document."),
        ("backup: true", "bakcup: true", "hardened: document.components.db.properties.bakcup: "),
        (ONE_REPAIR, "patch: {components: {db: null}}", "hardened: document.links.web-db.target: "),
        ("    why: One can fail.\n", "    why: ''\n", "hardened.1.why: is a sentence for people."),
        (COUNT, "help: x", "parameters.web_servers: has no effect. A parameter has exactly one of"),
        (COUNT, COUNT + ", moves: 10.0.0.0/16", "parameters.web_servers: has moves and sets."),
        (COUNT, "sets: [components.wbe.properties.count]", "components.wbe.properties.count is in no form"),
        (COUNT, "sets: [components.web.properties.cuont]", "is no property of a web server."),
        (COUNT, "sets: [components.web.label.text]", '"components.web.label.text" is no setting'),
        (COUNT, "sets: [components]", 'web_servers.sets: "components" is no setting'),
        (
            "default: 1,",
            "default: 21,",
            "parameters.web_servers.default: Web servers is 20 at most",
        ),
        ("default: 1,", "default: 2,", "count is 1 as drawn, so that is the default too, not 2."),
        (
            "minimum: 1, maximum: 20",
            "minimun: 1",
            "parameters.web_servers.minimun: is no word of a parameter",
        ),
        ("type: integer, minimum", "type: whole, minimum", "parameters.web_servers: is no JSON Schema"),
        ("    enum: [drawn, real]\n", "", "parameters.scale.enum: lists the texts to choose from"),
        ("enum: [drawn, real]", "enum: [drawn, real, huge]", "patches: says nothing about huge."),
        ("      real:\n", "      reel:\n", "parameters.scale.patches.reel: is none of drawn, real."),
        ("{type: web_server, parent: sn}}", "{type: web_sever}}", "There is no component type"),
        ("default: 10.0.0.0/16, moves", "default: 10.1.0.0/16, moves", "its default what it moves."),
        ("moves: 10.0.0.0/16", "moves: 10.0.0.1/16", "parameters.addresses.moves: is an address range"),
        (
            "default: 10.0.0.0/16, moves: 10.0.0.0/16",
            "default: 10.7.0.0/16, moves: 10.7.0.0/16",
            "parameters.addresses.moves: Nothing in the document lies in 10.7.0.0/16.",
        ),
        ("  web_servers:\n", "  Web-servers:\n", "A parameter's name is lower-case letters, digits and _"),
    ],
)
def test_a_broken_form_or_parameter_is_refused_with_file_place_and_reason(
    old: str, new: str, said: str
) -> None:
    assert old in SHOP
    with pytest.raises(CatalogueBroken) as broken:
        read(SHOP.replace(old, new, 1))

    assert "templates/shop.yaml: " in str(broken.value)
    assert said in str(broken.value)


def test_a_choice_leaves_alone_what_a_form_does_not_have() -> None:
    text = SHOP.replace("    patch: {components: {web: {properties: {count: 2}}}}",
                        "    patch: {components: {db: null}, links: {web-db: null}}")  # fmt: skip
    text = text.replace(
        "{properties: {count: 9}}", "{properties: {count: 9}}, db: {properties: {volume_gib: 500}}"
    )

    document = build_document(read(text), form="hardened", parameters={"scale": "real"})

    assert "db" not in document["components"]
    assert document["components"]["web"]["properties"]["count"] == 9

import copy
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.domain.merge_patches import merge_patch
from catalog.selectors import component_types, templates
from designer.domain.document import DocumentInvalid, Json
from designer.domain.parsing import parse_document

TYPES = component_types()

#   lb ──HTTP 80──► web ──MySQL 3306──► db      all in sn, in net
SHOP: Json = {
    "format": 1,
    "settings": {"environment": "test"},
    "components": {
        "net": {"type": "network"},
        "sn": {"type": "subnet", "parent": "net", "position": {"x": 12, "y": 48}},
        "lb": {"type": "load_balancer", "parent": "sn"},
        "web": {"type": "web_server", "parent": "sn", "label": "Web", "properties": {"count": 2}},
        "db": {"type": "dbaas", "parent": "sn"},
        "ip": {"type": "floating_ip", "properties": {"bound_to": "lb"}},
    },
    "links": {
        "l1": {"source": "lb", "target": "web", "kind": "traffic"},
        "l2": {
            "source": "web",
            "target": "db",
            "kind": "traffic",
            "properties": {"protocol": "MySQL", "port": 3306},
        },
    },
    "callouts": {
        "2": {"text": "Later.", "components": ["db"]},
        "1": {"text": "First.", "components": ["web"]},
    },
}

A_PORT_IS = 'A port is a number from 1 to 65535, several as "80,443" or "4567-4568" (20 at most), or "any",'


def shop(**patch: Any) -> Json:
    """The shop with something changed, as a merge patch says it."""
    patched = merge_patch(copy.deepcopy(SHOP), patch)
    assert isinstance(patched, dict)
    return patched


def problems(document: Any) -> dict[str, str]:
    with pytest.raises(DocumentInvalid) as invalid:
        parse_document(document, TYPES)
    return {problem.at: problem.detail for problem in invalid.value.problems}


@pytest.mark.parametrize("key", templates())
def test_every_shipped_template_is_a_valid_document(key: str) -> None:
    template = templates()[key]

    document = parse_document(template.document, TYPES)

    assert document.components.keys() == template.document["components"].keys()
    assert document.links.keys() == template.document["links"].keys()
    assert json.loads(json.dumps(template.document)) == template.document


def test_the_smallest_document_is_empty() -> None:
    document = parse_document({"format": 1}, TYPES)

    assert not document.components
    assert not document.links
    assert document.settings == {"environment": "production", "usage_profile": "expected"}


def test_a_component_gets_its_types_label_and_defaults() -> None:
    document = parse_document(shop(), TYPES)

    assert document.components["lb"].label == "Load balancer"
    assert document.components["web"].label == "Web"
    assert document.components["web"].properties["count"] == 2
    assert document.components["web"].properties["image"] == "ubuntu-24.04"
    assert document.components["sn"].position == {"x": 12, "y": 48}
    assert document.components["net"].parent is None


def test_a_link_takes_protocol_and_port_from_its_target_unless_it_says_them() -> None:
    links = {
        "l1": {"properties": {"protocol": "HTTP", "port": "80,443,80"}},
        "l2": {"properties": None, "style": "dashed"},
        "l3": {"source": "ip", "target": "lb", "kind": "traffic", "properties": {"protocol": "ICMP"}},
    }
    document = parse_document(shop(links=links), TYPES)

    assert document.links["l1"].ports == (80, 443)
    assert document.links["l1"].style == "solid"
    assert (document.links["l2"].protocol, document.links["l2"].ports) == ("MySQL", (3306,))
    assert document.links["l2"].style == "dashed"
    assert (document.links["l3"].protocol, document.links["l3"].ports) == ("ICMP", ())


def test_a_link_may_open_a_range_of_ports_or_all_of_them() -> None:
    said = {"protocol": "Galera", "port": "4444,4567-4568"}
    ranged = parse_document(shop(links={"l1": {"properties": said}}), TYPES).links["l1"]
    assert (ranged.ports, ranged.any_port) == ((4444, 4567, 4568), False)

    anything = parse_document(shop(links={"l1": {"properties": {"port": "any"}}}), TYPES).links["l1"]
    assert (anything.ports, anything.any_port) == ((), True)


def test_callouts_come_in_the_order_of_their_numbers_without_components_that_are_gone() -> None:
    document = parse_document(shop(callouts={"1": {"components": ["web", "gone"]}}), TYPES)

    assert document.callouts == (
        {"number": 1, "text": "First.", "components": ["web"]},
        {"number": 2, "text": "Later.", "components": ["db"]},
    )


def test_parsing_leaves_the_document_as_it_was() -> None:
    document = shop()
    parse_document(document, TYPES)

    assert document == SHOP


@pytest.mark.parametrize("value", [None, 1, "x", [], True, 1.5])
def test_what_is_no_object_is_refused(value: Any) -> None:
    assert problems(value) == {"": "A document is a JSON object."}


@pytest.mark.parametrize(
    ("patch", "at", "detail"),
    [
        ({"format": 2}, "format", "This program reads format 1, not 2."),
        ({"format": None}, "format", "This program reads format 1, not null."),
        ({"format": True}, "format", "This program reads format 1, not true."),
        (
            {"extra": 1},
            "extra",
            'There is no "extra" here, only callouts, components, format, links, settings.',
        ),
        ({"components": []}, "components", "Components are a JSON object by id, not []."),
        ({"settings": 3}, "settings", "Settings are a JSON object, not 3."),
        (
            {"settings": {"environment": "moon"}},
            "settings.environment",
            'Environment is one of production, staging, test, development, not "moon".',
        ),
        (
            {"settings": {"hours_per_month": 745}},
            "settings.hours_per_month",
            "Hours a month is 744 h at most, not 745.",
        ),
        (
            {"settings": {"admin_cidr": "0.0.0.0/0"}},
            "settings.admin_cidr",
            "SSH never opens to the whole internet. Name your office's range, such as 203.0.113.0/24.",
        ),
        (
            {"settings": {"ssh_public_key": "-----BEGIN OPENSSH PRIVATE KEY-----"}},
            "settings.ssh_public_key",
            "A public key is one line that begins with ssh-ed25519 or ssh-rsa.",
        ),
        ({"settings": {"colour": "red"}}, "settings.colour", 'A design has no property called "colour".'),
        ({"components": {"web": 3}}, "components.web", "This is a JSON object, not 3."),
        (
            {"components": {"Web 1": {"type": "internet"}}},
            'components."Web 1"',
            "Ids are up to 40 lower-case letters, digits, - and _, no sign first.",
        ),
        (
            {"components": {"x" * 41: {"type": "internet"}}},
            f"components.{'x' * 41}",
            "Ids are up to 40 lower-case letters, digits, - and _, no sign first.",
        ),
        (
            {"components": {"web": {"colour": "red"}}},
            "components.web.colour",
            'There is no "colour" here, only label, parent, position, properties, size, type, usage.',
        ),
        (
            {"components": {"web": {"type": "web_sever"}}},
            "components.web.type",
            'There is no component type "web_sever". Did you mean web_server?',
        ),
        (
            {"components": {"web": {"type": None}}},
            "components.web.type",
            "A component has a type, such as web_server.",
        ),
        (
            {"components": {"web": {"type": ["a"]}}},
            "components.web.type",
            'There is no component type ["a"].',
        ),
        ({"components": {"web": {"label": 5}}}, "components.web.label", "A label is text, not 5."),
        (
            {"components": {"web": {"label": "two\nlines"}}},
            "components.web.label",
            "Texts are one line, without control characters and broken ones.",
        ),
        (
            {"components": {"web": {"label": "nul\x00"}}},
            "components.web.label",
            "Texts are one line, without control characters and broken ones.",
        ),
        (
            {"components": {"web": {"label": "half \ud83d"}}},
            "components.web.label",
            "Texts are one line, without control characters and broken ones.",
        ),
        (
            {"components": {"web": {"label": "x" * 10_001}}},
            "components.web.label",
            "Texts have 10,000 characters at most, not 10,001.",
        ),
        (
            {"components": {"web": {"position": {"x": float("nan"), "y": 0}}}},
            "components.web.position.x",
            "Numbers are finite and below 2 to the power of 53.",
        ),
        (
            {"components": {"web": {"position": {"x": float("inf"), "y": 0}}}},
            "components.web.position.x",
            "Numbers are finite and below 2 to the power of 53.",
        ),
        (
            {"components": {"web": {"position": {"x": 2_000_000, "y": 0}}}},
            "components.web.position.x",
            "x is a number from -1,000,000 to 1,000,000, not 2000000.",
        ),
        (
            {"components": {"web": {"position": {"x": True, "y": 0}}}},
            "components.web.position.x",
            "x is a number from -1,000,000 to 1,000,000, not true.",
        ),
        (
            {"components": {"web": {"position": {"x": 1}}}},
            "components.web.position",
            'The position is a JSON object with x and y, not {"x": 1}.',
        ),
        (
            {"components": {"sn": {"size": {"width": 0, "height": 10}}}},
            "components.sn.size.width",
            "width is a number from 1 to 1,000,000, not 0.",
        ),
        (
            {"components": {"web": {"properties": {"count": 10**400}}}},
            "components.web.properties.count",
            "Numbers are finite and below 2 to the power of 53.",
        ),
        (
            {"components": {"web": {"properties": 7}}},
            "components.web.properties",
            "Properties are a JSON object, not 7.",
        ),
        (
            {"components": {"web": {"parent": "attic"}}},
            "components.web.parent",
            'The parent "attic" is not in the design.',
        ),
        (
            {"components": {"web": {"parent": 4}}},
            "components.web.parent",
            "The parent 4 is not in the design.",
        ),
        (
            {"components": {"sn": {"parent": None}}},
            "components.sn.parent",
            "A subnet sits in a network, not on the canvas.",
        ),
        (
            {"components": {"web": {"parent": "lb"}}},
            "components.web.parent",
            "A web server sits in a subnet, in a tier, in a scaling group or in a network, "
            "not in a load balancer.",
        ),
        (
            {"components": {"ip": {"properties": {"bound_to": "web9"}}}},
            "components.ip.properties.bound_to",
            'Bound to names "web9", which is not in the design.',
        ),
        (
            {"components": {"ip": {"properties": {"bound_to": "db"}}}},
            "components.ip.properties.bound_to",
            'Bound to names "db", which is a managed database.',
        ),
        (
            {"components": {"web": {"properties": {"zones": ["sn"]}}}},
            "components.web.properties.zones.0",
            'Zone names "sn", which is a subnet.',
        ),
        ({"links": {"l2": {"target": "gone"}}}, "links.l2.target", 'The target "gone" is not in the design.'),
        ({"links": {"l2": {"source": None}}}, "links.l2.source", "The source null is not in the design."),
        ({"links": {"l2": {"target": "web"}}}, "links.l2", "A link joins two different components."),
        ({"links": {"l2": {"kind": None}}}, "links.l2.kind", "A link has a kind, such as traffic."),
        (
            {"links": {"l2": {"source": "lb"}}},
            "links.l2",
            "A load balancer doesn't reach a managed database. Link an app server on MySQL 3306 instead.",
        ),
        (
            {"links": {"l3": {"source": "lb", "target": "web", "kind": "traffic"}}},
            "links.l3",
            "Link l1 already says this. Change that one instead.",
        ),
        (
            {"links": {"l1": {"style": "wavy"}}},
            "links.l1.style",
            'A link\'s style is solid or dashed, not "wavy".',
        ),
        (
            {"links": {"l1": {"properties": {"port": 0}}}},
            "links.l1.properties.port",
            f"{A_PORT_IS} not 0.",
        ),
        (
            {"links": {"l1": {"properties": {"port": "1-65535"}}}},
            "links.l1.properties.port",
            f'{A_PORT_IS} not "1-65535".',
        ),
        (
            {"links": {"l1": {"properties": {"port": "80; rm -rf /"}}}},
            "links.l1.properties.port",
            f'{A_PORT_IS} not "80; rm -rf /".',
        ),
        (
            {"links": {"l1": {"properties": {"protocol": "<script>"}}}},
            "links.l1.properties.protocol",
            'A protocol is a short name such as HTTPS, not "<script>".',
        ),
        ({"callouts": {"0": {"text": "x"}}}, "callouts.0", "A callout's id is its number, 1 to 999."),
        ({"callouts": {"1": {"text": None}}}, "callouts.1.text", "A callout has a text."),
        (
            {"callouts": {"1": {"components": "web"}}},
            "callouts.1.components",
            'Components are a list of ids, not "web".',
        ),
    ],
)
def test_one_wrong_thing_is_one_sentence_at_its_place(patch: Json, at: str, detail: str) -> None:
    assert problems(shop(**patch))[at] == detail


@pytest.mark.parametrize(
    "port", [True, -1, 65536, 80.0, "", "80,", "80, 443", "٨٠", "1" * 300, [80], {"a": 1}, "0,80"]
)
def test_what_is_no_port_is_refused(port: Any) -> None:
    assert "links.l1.properties.port" in problems(shop(links={"l1": {"properties": {"port": port}}}))


def test_two_links_between_the_same_components_may_differ_in_port() -> None:
    second = {
        "source": "lb",
        "target": "web",
        "kind": "traffic",
        "properties": {"protocol": "HTTP", "port": 8080},
    }

    assert parse_document(shop(links={"l3": second}), TYPES).links["l3"].ports == (8080,)


def test_containers_that_sit_in_each_other_are_refused_once() -> None:
    tiers = {
        "t1": {"type": "tier", "parent": "t3"},
        "t2": {"type": "tier", "parent": "t1"},
        "t3": {"type": "tier", "parent": "t2"},
        "inside": {"type": "web_server", "parent": "t2"},
    }

    assert problems(shop(components=tiers)) == {
        "components.t1.parent": "These components sit in each other: t1 in t3 in t2 in t1."
    }


def test_a_component_cannot_sit_in_itself() -> None:
    own = {"t1": {"type": "tier", "parent": "t1"}}

    assert problems(shop(components=own)) == {
        "components.t1.parent": "These components sit in each other: t1 in t1."
    }


def test_all_problems_are_told_together() -> None:
    found = problems(
        shop(
            format=3,
            settings={"region": "no such\u2028place"},
            components={"web": {"properties": {"count": -1}}, "sn": {"parent": None}},
            links={"l1": {"target": "gone"}},
            callouts={"x": {"text": "?"}},
        )
    )

    assert list(found) == [
        "format",
        "settings.region",
        "components.sn.parent",
        "components.web.properties.count",
        "links.l1.target",
        "callouts.x",
    ]


def test_null_anywhere_else_than_the_parent_is_refused() -> None:
    document = shop()
    document["components"]["web"] |= {"parent": None, "label": None}
    document["links"]["l1"]["label"] = None

    found = problems(document)

    assert found["components.web.label"] == "null says nothing. Leave it out instead."
    assert found["links.l1.label"] == "null says nothing. Leave it out instead."
    assert found["components.web.parent"].endswith("not on the canvas.")


def test_a_parent_of_null_means_the_canvas() -> None:
    document = shop()
    document["components"]["net"]["parent"] = None

    assert parse_document(document, TYPES).components["net"].parent is None


def test_a_remark_may_have_several_lines_and_any_script() -> None:
    text = "Erste Zeile\n\tzweite: 日本語 עברית 👩‍🚒"

    assert parse_document(shop(callouts={"1": {"text": text}}), TYPES).callouts[0]["text"] == text


def test_labels_keep_any_script_and_any_markup() -> None:
    label = "</svg><script>alert('1')</script> 日本 \u202e {{7*7}} $(reboot) \"'`"

    assert parse_document(shop(components={"web": {"label": label}}), TYPES).components["web"].label == label


def test_too_many_components_are_refused() -> None:
    many = {"format": 1, "components": {f"c{number}": {"type": "internet"} for number in range(5_001)}}

    assert problems(many) == {"components": "A document has 5,000 components at most, not 5,001."}


def test_a_document_over_two_mebibytes_is_refused() -> None:
    large = {f"c{number}": {"type": "internet", "label": "x" * 9_999} for number in range(220)}

    assert problems({"format": 1, "components": large}) == {
        "": "A document has 2 MiB at most. Split the design in two."
    }


def test_endless_nesting_is_refused_and_not_followed() -> None:
    nested: Any = 1
    for _ in range(100_000):
        nested = [nested]

    assert problems({"format": 1, "settings": nested}) == {
        "settings.0.0": "Values are nested 16 levels deep at most."
    }


def test_what_no_json_holds_is_refused() -> None:
    assert problems({"format": 1, "settings": {1: 2, "region": {3}}}) == {
        "settings.1": "Names are texts without control characters.",
        "settings.region": "set is no JSON value.",
    }


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


def places(value: Any, above: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if not isinstance(value, dict):
        return [above]
    return [above] * bool(above) + [place for name in value for place in places(value[name], (*above, name))]


@settings(max_examples=300, deadline=None)
@given(place=st.sampled_from(places(SHOP)), value=JSON_VALUES)
def test_any_value_in_any_place_is_understood_or_refused(place: tuple[str, ...], value: Any) -> None:
    document = copy.deepcopy(SHOP)
    inner = document
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = value

    try:
        parsed = parse_document(document, TYPES)
    except DocumentInvalid as invalid:
        for problem in invalid.problems:
            assert problem.at.isprintable()
            assert problem.detail.isprintable()
            assert problem.detail.endswith((".", "?"))
    else:
        assert parsed.components.keys() == document.get("components", {}).keys()

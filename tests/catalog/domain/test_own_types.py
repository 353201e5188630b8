from typing import Any

import pytest

from catalog.domain.drawing_rules import find_drawing_problems
from catalog.domain.link_rules import find_refusal
from catalog.domain.own_types import OwnTypeInvalid, newest, read_own_type, with_own_types
from catalog.selectors import shipped_component_types
from tests.catalog.own_types import RACKS, a_type

SHIPPED = shipped_component_types()


def reasons(**said: Any) -> list[str]:
    with pytest.raises(OwnTypeInvalid) as refused:
        read_own_type(a_type(**said), SHIPPED)
    return [f"{problem.at}: {problem.detail}" for problem in refused.value.problems]


def test_an_own_type_takes_over_what_it_is_like() -> None:
    probe, server = read_own_type(a_type(), SHIPPED), SHIPPED["server"]

    assert (probe.family, probe.category, probe.parents) == (server.family, server.category, server.parents)
    assert (probe.links, probe.accepts) == (server.links, server.accepts)
    assert (probe.makes, probe.billed) == (server.makes, server.billed)
    assert probe.properties.keys() == {*server.properties, "probes"}
    assert probe.defaults()["size"] == {"vcpus": 2, "ram_gib": 8, "disk_gib": 40}
    assert probe.properties["size"]["title"] == "Size"
    assert (probe.label, probe.noun, probe.archetype) == ("Rack probe", "a rack probe", "server")


def test_without_properties_all_are_inherited_as_they_are() -> None:
    assert read_own_type(a_type(properties="\n"), SHIPPED).properties == SHIPPED["server"].properties


def test_json_is_taken_as_well() -> None:
    text = '{"count": {"maximum": 5}}'

    assert read_own_type(a_type(properties=text), SHIPPED).properties["count"]["maximum"] == 5


def test_a_name_that_the_family_knows_means_the_same_here() -> None:
    probe = read_own_type(a_type(properties="port: {default: 9100}"), SHIPPED)

    assert probe.properties["port"]["maximum"] == 65535
    assert probe.defaults()["port"] == 9100


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"key": "web_server"}, "key: web_server is a shipped type. Choose another key."),
        ({"key": "Rack Probe"}, "key: A key is 3 to 50 small letters"),
        ({"key": "rack@2"}, "key: A key is 3 to 50 small letters"),
        ({"like": "rack"}, 'like: There is no shipped type "rack".'),
        ({"icon": "rocket"}, 'icon: There is no icon "rocket".'),
        ({"summary": "Two\nlines."}, "summary: is one line of 300 characters at most."),
        ({"singular": "x" * 61}, "singular: is one line of 60 characters at most"),
        (
            {"labels": {"generic": "\u202eevil", "rackspace": "R", "openstack": "O", "outscale": "S"}},
            "labels.generic: is one line of 60 characters at most.",
        ),
        (
            {"labels": {"generic": "", "rackspace": "R", "openstack": "O", "outscale": "S"}},
            "labels.generic: is a name",
        ),
        ({"labels": {"generic": "G"}}, "labels: has a name for each of"),
    ],
)
def test_facts_that_make_no_type_are_refused_with_place_and_reason(said: dict[str, Any], reason: str) -> None:
    assert any(one.startswith(reason) for one in reasons(**said))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("probes: [", "properties: line 1, column 10: is no YAML"),
        ("- a list", "properties: is empty or no mapping."),
        ("just words", "properties: is empty or no mapping."),
        ("probes: 3", "properties.probes: is a JSON Schema, not 3."),
        ("Probes: {type: integer}", "properties.Probes: A name is small letters, digits and _."),
        ("7: {type: integer}", "properties.7: A name is small letters, digits and _."),
        ("since: {title: S, description: D, type: string, default: 2026-11-21}", "properties: holds a value"),
        ("a: &a {type: string}\nb: *a", "properties: Write each property out"),
        ("a: " + "[" * 5_000, "properties: "),
        ("a: " + "x" * 30_000, "properties: The text has 20,000 characters at most."),
        ("probes: {type: integer}", "properties.probes.title: is missing. The form shows it."),
        (
            "probes: {title: P, description: D, type: integer}",
            "properties.probes.minimum: is missing. A number has limits.",
        ),
        (
            "probes: {title: P, description: D, type: integer, minimum: 0, maximum: 9, default: 10}",
            "properties.probes.default: does not allow 10.",
        ),
        ("probes: {type: rope}", "properties.probes: is no JSON Schema"),
        ('probes: {$ref: "http://example.com/x"}', 'properties.probes."$ref": is no word of a property.'),
        ("probes: {title: P, description: D, type: string, pattern: '('}", "properties.probes: is no JSON"),
        ("count: {type: string}", "properties.count.default: does not allow 1."),
        ("count: {type: number}", "properties.count.type: is inherited and stays as it is."),
        ("count: {maximum: 5000}", "properties.count.maximum: is 200 at most, as it is inherited."),
        ("count: {minimum: -1}", "properties.count.minimum: is 0 at least, as it is inherited."),
        ("count: {minimum: 5}", "properties.count.default: does not allow 1."),
        ("software: {enum: [none, doom]}", 'properties.software.enum: "doom" is none of the inherited'),
        ("zones: {items: {type: string}}", "properties.zones.items: is inherited and stays as it is."),
        ("size: {default: {vcpus: 0}}", "properties.size.default: does not allow"),
        ("tls: {type: string, default: x}", "properties.tls.type: is inherited and stays as it is."),
        (
            "beside: {title: B, description: D, type: string, x-refers-to: [rack]}",
            'properties.beside.x-refers-to: There is no shipped type "rack".',
        ),
        (
            "\n".join(f"p{n}: {{title: P, description: D, type: string}}" for n in range(61)),
            "properties: A type has 60 own properties at most.",
        ),
    ],
)
def test_properties_that_would_break_something_are_refused_with_place_and_reason(
    text: str, reason: str
) -> None:
    assert any(one.startswith(reason) for one in reasons(properties=text)), reasons(properties=text)


def test_all_that_is_wrong_is_told_at_once() -> None:
    text = "count: {maximum: 5000}\nprobes: {title: P, description: D, type: integer}"

    assert [one.partition(":")[0] for one in reasons(properties=text)] == [
        "properties.count.maximum",
        "properties.probes.minimum",
        "properties.probes.maximum",
    ]


def test_versions_stand_side_by_side_and_the_newest_is_offered() -> None:
    own = [read_own_type(a_type(), SHIPPED), read_own_type(a_type(version=2, properties=RACKS), SHIPPED)]
    types = with_own_types(SHIPPED, own)

    assert "probes" in types["rack_probe"].properties
    assert "racks" in types["rack_probe@2"].properties
    assert {one.key for one in types.values()} == {*SHIPPED, "rack_probe"}
    assert newest(types)["rack_probe"].reference == "rack_probe@2"
    assert len(newest(types)) == len(SHIPPED) + 1


def test_a_retired_version_is_offered_no_more() -> None:
    first = read_own_type(a_type(retired=True), SHIPPED)
    second = read_own_type(a_type(version=2, properties=RACKS), SHIPPED)

    assert "rack_probe" not in newest(with_own_types(SHIPPED, [first]))
    assert newest(with_own_types(SHIPPED, [first, second]))["rack_probe"].version == 2


def test_an_own_type_stands_wherever_its_like_does() -> None:
    own = [read_own_type(a_type(), SHIPPED), read_own_type(a_type(version=2, properties=RACKS), SHIPPED)]
    types = with_own_types(SHIPPED, own)

    for probe in (types["rack_probe"], types["rack_probe@2"]):
        assert find_refusal(types["load_balancer"], probe, "traffic", types) is None
        assert find_refusal(probe, types["dbaas"], "traffic", types) is None
        assert find_refusal(probe, probe, "traffic", types) is None
        assert find_refusal(types["monitoring"], probe, "monitor", types) is None
    components = {
        "net": {"type": "network"},
        "sn": {"type": "subnet", "parent": "net"},
        "probe": {"type": "rack_probe", "parent": "sn", "properties": {"probes": 64}},
        "newer": {"type": "rack_probe@2", "parent": "sn", "properties": {"racks": "left"}},
        "apart": {"type": "server_group", "parent": "sn", "properties": {"members": ["probe", "newer"]}},
        "address": {"type": "floating_ip", "properties": {"bound_to": "newer"}},
    }
    links = {"l": {"source": "probe", "target": "newer", "kind": "traffic"}}

    assert list(find_drawing_problems(components, links, types)) == []


def test_the_shipped_types_are_left_as_they_are() -> None:
    with_own_types(SHIPPED, [read_own_type(a_type(), SHIPPED)])

    assert all("rack_probe" not in targets for one in SHIPPED.values() for targets in one.links.values())


@pytest.mark.parametrize("deep", ["[" * 9_000, "{a: " * 4_000, "- " * 9_000])
def test_a_text_nested_without_end_is_refused_and_the_process_lives(deep: str) -> None:
    assert reasons(properties=deep)

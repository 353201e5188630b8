import json
import re

import pytest
from django.conf import settings

from catalog.domain.component_specs import CANVAS, ComponentType
from catalog.domain.drawing_rules import find_placement_refusal
from catalog.domain.link_rules import accepted_by
from catalog.domain.type_page import render_page
from catalog.selectors import shipped_component_types
from designer.domain import resources

TYPES = shipped_component_types()
EACH = pytest.mark.parametrize("component_type", TYPES.values(), ids=lambda one: one.key)

# What a name ends in when it counts something, so that nobody has to guess what 300 means. Plain numbers are
# how many there are of a thing that the name itself is.
UNITS = ("_gib", "_gb", "_mib", "_kb", "_tb", "_mbps", "_seconds", "_ms", "_days", "_percent", "_month")
COUNTED = frozenset({
    "count", "port", "replicas", "shards", "replicas_per_shard", "checks", "zones", "nodes", "disks",
    "cpu_cores", "instances", "current", "min", "max", "desired", "adjustment", "eval_periods",
    "concurrency", "index", "hypervisors", "vcpus_per_host", "ram_gib_per_host", "health_retries",
    "visits_per_month", "threshold",
})  # fmt: skip
ICONS = json.loads((settings.BASE_DIR / "designer/diagrams/icons/icons.json").read_text())["icons"]
SCREEN_ICONS = (settings.BASE_DIR / "frontend/src/catalog/ComponentIcon.tsx").read_text()


def test_all_sixty_five_are_there() -> None:
    assert len(TYPES) == 65


@EACH
def test_a_type_has_a_name_for_every_provider(component_type: ComponentType) -> None:
    assert component_type.labels.keys() == {"generic", "rackspace", "openstack", "outscale"}
    assert all(2 <= len(label) <= 40 for label in component_type.labels.values())
    assert component_type.summary.endswith(".")
    assert component_type.noun[0].islower() or component_type.noun.split()[0].isupper()


@EACH
def test_a_type_has_an_icon_in_diagrams_and_on_the_screen(component_type: ComponentType) -> None:
    assert component_type.icon in ICONS
    assert re.search(rf'^  "?{component_type.icon}"?: Icon', SCREEN_ICONS, re.MULTILINE)


@EACH
def test_a_type_can_be_placed(component_type: ComponentType) -> None:
    assert component_type.parents
    assert all(parent == CANVAS or TYPES[parent].is_container for parent in component_type.parents)


def test_every_type_can_stand_on_the_canvas_by_way_of_its_containers() -> None:
    reachable = {CANVAS}
    for _ in TYPES:
        reachable |= {key for key, one in TYPES.items() if reachable & set(one.parents)}

    assert reachable == {CANVAS, *TYPES}


@EACH
def test_every_property_can_be_shown_in_a_form(component_type: ComponentType) -> None:
    for name, schema in component_type.properties.items():
        assert schema["title"], name
        assert schema["description"].endswith("."), name
        assert schema["type"] in {"string", "integer", "number", "boolean", "array", "object"}, name
        if schema["type"] in {"integer", "number"}:
            assert "minimum" in schema, name
            assert "maximum" in schema, name


@EACH
def test_a_number_has_its_unit_in_its_name(component_type: ComponentType) -> None:
    for name, schema in component_type.properties.items():
        if schema["type"] in {"integer", "number"}:
            assert name.endswith(UNITS) or name in COUNTED or name.endswith("_port"), name
            assert "x-unit" in schema or name.endswith("port") or name in {"index", "threshold"}, name


@EACH
def test_the_defaults_are_valid_values(component_type: ComponentType) -> None:
    schema = component_type.property_schema

    assert list(schema.find_problems(component_type.defaults(), at="properties", owner="It")) == []


@EACH
def test_a_property_that_names_components_names_types_that_exist(component_type: ComponentType) -> None:
    for named in re.findall(r'"x-refers-to": \[([^]]*)\]', json.dumps(dict(component_type.properties))):
        assert set(json.loads(f"[{named}]")) <= TYPES.keys()


@EACH
def test_what_a_type_becomes_are_kinds_of_resources(component_type: ComponentType) -> None:
    kinds = {value for name, value in vars(resources).items() if name.isupper() and isinstance(value, str)}

    assert set(component_type.makes) <= kinds
    assert len(set(component_type.makes)) == len(component_type.makes)


@EACH
def test_only_what_becomes_something_is_charged(component_type: ComponentType) -> None:
    assert component_type.makes or not component_type.billed


@EACH
def test_every_linked_type_says_what_it_accepts(component_type: ComponentType) -> None:
    for kind, targets in component_type.links.items():
        for target in targets:
            assert accepted_by(TYPES[target], kind)["protocol"], f"{component_type.key} {kind} {target}"


def test_server_like_types_share_their_properties() -> None:
    shared = {"size", "flavor", "image", "boot_volume_gib", "public_address", "zones", "software"}
    for component_type in TYPES.values():
        if component_type.family == "server":
            assert shared <= component_type.properties.keys(), component_type.key
            assert {"count", "shards"} & component_type.properties.keys(), component_type.key


def test_wherever_one_server_is_named_all_of_them_are() -> None:
    servers = {key for key, one in TYPES.items() if one.family == "server"}
    for key, name in (
        ("floating_ip", "bound_to"),
        ("server_group", "members"),
        ("security_group", "members"),
    ):
        schema = TYPES[key].properties[name]
        assert servers <= set(schema.get("items", schema)["x-refers-to"]), key


@pytest.mark.parametrize(
    ("key", "container", "sentence"),
    [
        ("subnet", None, "A subnet sits in a network, not on the canvas."),
        (
            "web_server",
            "region",
            "A web server sits in a subnet, in a tier, in a scaling group or in a network, not in a region.",
        ),
        ("internet", "region", "The internet sits on the canvas, not in a region."),
        (
            "private_cloud",
            "region",
            "A private cloud sits in a data centre or on the canvas, not in a region.",
        ),
        (
            "volume",
            "load_balancer",
            "A volume sits in a subnet, in a tier or in a network, not in a load balancer.",
        ),
    ],
)
def test_a_wrong_place_is_refused_with_the_right_ones(key: str, container: str | None, sentence: str) -> None:
    refused = find_placement_refusal(TYPES[key], TYPES[container] if container else None, TYPES)

    assert refused == sentence


@EACH
def test_a_right_place_is_accepted(component_type: ComponentType) -> None:
    for parent in component_type.parents:
        container = None if parent == CANVAS else TYPES[parent]
        assert find_placement_refusal(component_type, container, TYPES) is None


def test_the_documentation_is_the_catalogue() -> None:
    page = (settings.BASE_DIR / "docs/component-types.md").read_text()

    assert page == render_page(TYPES), "manage.py component_types > docs/component-types.md"

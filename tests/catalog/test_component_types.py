import pytest
from django.conf import settings

from catalog.domain.component_specs import CANVAS, ComponentType
from catalog.domain.drawing_rules import find_placement_refusal
from catalog.selectors import component_types

TYPES = component_types()
FAMILIES = {
    "server", "load_balancer", "database", "volume", "object_store", "network", "subnet", "router",
    "floating_ip", "growth_pool", "external", "container", "boundary", "route_table",
}  # fmt: skip
EACH = pytest.mark.parametrize("component_type", TYPES.values(), ids=lambda one: one.key)


@EACH
def test_a_type_belongs_to_a_family_and_can_be_placed(component_type: ComponentType) -> None:
    assert component_type.family in FAMILIES
    assert component_type.parents
    assert all(parent == CANVAS or TYPES[parent].is_container for parent in component_type.parents)


@EACH
def test_every_property_can_be_shown_in_a_form(component_type: ComponentType) -> None:
    for name, schema in component_type.properties.items():
        assert schema["title"], name
        assert schema["type"] in {"string", "integer", "number", "boolean", "array", "object"}, name
        if schema["type"] in {"integer", "number"}:
            assert "minimum" in schema, name
            assert "maximum" in schema, name


@EACH
def test_every_linked_type_says_what_it_accepts(component_type: ComponentType) -> None:
    for kind, targets in component_type.links.items():
        for target in targets:
            assert TYPES[target].accepts, f"{component_type.key} {kind} {target}"


def test_server_like_types_share_their_properties() -> None:
    shared = {"count", "size", "flavor", "image", "boot_volume_gib", "public_address", "zones", "software"}
    for component_type in TYPES.values():
        if component_type.family == "server":
            assert shared <= component_type.properties.keys(), component_type.key


@pytest.mark.parametrize(
    ("key", "container", "sentence"),
    [
        ("subnet", None, "A subnet sits in a network, not on the canvas."),
        (
            "web_server",
            "region",
            "A web server sits in a subnet, in a tier or in a network, not in a region.",
        ),
        ("internet", "region", "The internet sits on the canvas, not in a region."),
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


@EACH
def test_the_documentation_lists_the_type_with_its_properties(component_type: ComponentType) -> None:
    page = (settings.BASE_DIR / "docs/component-types.md").read_text()
    (row,) = [line for line in page.splitlines() if line.startswith(f"| `{component_type.key}` |")]

    *_, parents, properties, _ = (cell.strip() for cell in row.split("|"))
    assert parents == ", ".join(component_type.parents)
    assert [name.strip("`? ") for name in properties.split(",") if properties != "none"] == list(
        component_type.properties
    )

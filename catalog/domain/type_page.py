"""`docs/component-types.md`, written from the catalogue so that it can't say anything else."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from catalog.domain.component_specs import CANVAS, ComponentType
from catalog.domain.link_rules import LINK_KINDS

Types = Mapping[str, ComponentType]

# In the order of the palette.
HEADINGS: Mapping[str, str] = {
    "edge": "Network edge",
    "compute": "Compute",
    "data": "Data",
    "storage": "Storage",
    "network": "Network",
    "security": "Security",
    "messaging": "Messaging",
    "observability": "Observability",
    "external": "External services",
    "dedicated": "On-premises and dedicated",
    "container": "Containers",
}
_OPENING = """\
# Component types

Every type is a file in `catalog/data/component_types/`; `catalog/README.md` says how to add one, and how
operators add their own without code. Who may link to whom is the table `catalog/data/links.yaml`.
`manage.py check` verifies all of it, and `manage.py component_types` writes this page from it.

A size is `{"vcpus", "ram_gib", "disk_gib"}`: what is needed, matched to the cheapest flavor that covers it. A
pinned `flavor` wins. *Becomes* lists the kinds of resources that a component may turn into, as the design
asks for them; `external` is what no cloud makes: it is priced, and somebody arranges it. What a price book
has no price for is a line without an amount, never zero.
"""


def render_page(types: Types) -> str:
    """The shipped `types`, by category."""
    parts = [_OPENING]
    for category, heading in HEADINGS.items():
        members = sorted((one for one in types.values() if one.category == category), key=lambda one: one.key)
        if members:
            parts.append(f"## {heading}\n\n{_overview(members)}")
            parts += [_section(one, types) for one in members]
    parts.append(_link_kinds())
    return "\n".join(parts)


def _overview(members: Iterable[ComponentType]) -> str:
    rows = [
        [f"`{one.key}`", one.label, one.labels["rackspace"], one.labels["openstack"], one.labels["outscale"]]
        for one in members
    ]
    return _table(["key", "name", "Rackspace", "OpenStack", "Outscale"], rows)


def _section(component_type: ComponentType, types: Types) -> str:
    facts = [
        ("Family", component_type.family),
        ("Sits", _places(component_type, types)),
        ("Becomes", _code(component_type.makes) or "nothing: it is only drawn"),
        ("Charged by", "; ".join(component_type.billed) or "nothing"),
    ]
    if component_type.accepts:
        protocol_and_port = " ".join(str(value) for value in component_type.accepts.values())
        facts.append(("A link to it starts as", protocol_and_port))
    facts += [(f"Can {LINK_KINDS[kind].verb}", _code(to)) for kind, to in component_type.links.items()]
    lines = [f"### {component_type.label}: `{component_type.key}`", "", component_type.summary, ""]
    lines += [f"- {name}: {value}" for name, value in facts]
    if component_type.properties:
        header = ["property", "what it is", "values", "unless said"]
        lines += ["", _table(header, _property_rows(component_type.properties)).rstrip()]
    return "\n".join(lines) + "\n"


def _property_rows(properties: Mapping[str, Mapping[str, Any]]) -> Iterator[Sequence[str]]:
    for name, schema in properties.items():
        what = f"{schema['title']}. {schema.get('description', '')}".strip()
        yield f"`{name}`", what, _values(schema), _default(schema)


def _values(schema: Mapping[str, Any]) -> str:
    unit = f" {schema['x-unit']}" if "x-unit" in schema else ""
    if "enum" in schema:
        return _code(str(one) for one in schema["enum"])
    if "x-refers-to" in schema:
        return "a component"
    match schema["type"]:
        case "integer" | "number":
            return f"{_number(schema['minimum'])} to {_number(schema['maximum'])}{unit}"
        case "boolean":
            return "true, false"
        case "array":
            return f"a list: {_values(schema['items'])}"
        case "object":
            return ", ".join(f"`{name}`: {_values(part)}" for name, part in schema["properties"].items())
    return {"ipv4-cidr": "an address range", "ipv4": "an address"}.get(schema.get("format", ""), "text")


def _number(value: float) -> str:
    return f"{value:,}".replace(",", " ") if abs(value) >= 10_000 else str(value)


def _default(schema: Mapping[str, Any]) -> str:
    if "default" not in schema:
        return ""
    default = schema["default"]
    if isinstance(default, bool):
        return str(default).lower()
    if isinstance(default, dict):
        return ", ".join(f"{value} {name}" for name, value in default.items())
    if isinstance(default, list):
        return ", ".join(f"`{one}`" for one in default) or "none"
    return f"`{default}`" if isinstance(default, str) else str(default)


def _places(component_type: ComponentType, types: Types) -> str:
    inside = [f"`{key}`" for key in component_type.parents if key in types]
    places = [f"in {', '.join(inside)}"] if inside else []
    if CANVAS in component_type.parents:
        places.append("on the canvas")
    return ", ".join(places)


def _code(words: Iterable[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)


def _link_kinds() -> str:
    rows = [
        [
            f"`{kind}`",
            f"can {known.verb}",
            " ".join(str(value) for value in known.accepts.values()) or "what the target accepts",
            known.style,
        ]
        for kind, known in LINK_KINDS.items()
    ]
    return (
        "## Kinds of links\n\n"
        "When two types may be linked in several ways, a new link is of the first of these kinds.\n\n"
        + _table(["kind", "a source ... its target", "protocol and port unless said", "drawn"], rows)
    )


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', '¦') for cell in line)} |\n" for line in lines)

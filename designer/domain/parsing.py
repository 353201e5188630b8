"""Reads a document's JSON into values, or refuses it with every reason at once.

Nothing after this door has to ask whether an id exists, a number is finite or a text fits into XML.
"""

import json
import re
from collections.abc import Generator, Iterator, Mapping
from typing import Any

from catalog.domain.component_specs import ComponentType
from catalog.domain.drawing_rules import find_drawing_problems
from catalog.domain.link_rules import LINK_KINDS, accepted_by
from catalog.domain.problems import Problem, path, shown
from designer.domain.design_settings import SETTINGS_SCHEMA
from designer.domain.document import FORMAT, Component, DesignDocument, DocumentInvalid, Json, Link
from designer.domain.json_values import find_json_problems
from designer.domain.usage_assumptions import USAGE_SCHEMA

Types = Mapping[str, ComponentType]

MAX_BYTES = 2 * 1024 * 1024
MAX_COMPONENTS = 5_000
MAX_LINKS = 20_000
MAX_CALLOUTS = 200
MAX_PORTS = 20
_FAR = 1_000_000  # pixels from the canvas's origin

_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_PROTOCOL = re.compile(r"[A-Za-z0-9][A-Za-z0-9 +/._-]{0,31}")
_PORTS = re.compile(rf"[0-9]{{1,5}}(-[0-9]{{1,5}})?(,[0-9]{{1,5}}(-[0-9]{{1,5}})?){{0,{MAX_PORTS - 1}}}")
ANY_PORT = "any"
_CALLOUT_NUMBER = re.compile(r"[1-9][0-9]{0,2}")

_DOCUMENT_KEYS = frozenset({"format", "settings", "components", "links", "callouts"})
_COMPONENT_KEYS = frozenset({"type", "label", "parent", "properties", "position", "size", "usage"})
_LINK_KEYS = frozenset({"source", "target", "kind", "label", "style", "properties"})
_LINK_PROPERTIES = frozenset({"protocol", "port"})
_CALLOUT_KEYS = frozenset({"text", "components"})
_STYLES = ("solid", "dashed")


def parse_document(data: Any, types: Types) -> DesignDocument:
    """A document as values, properties completed with their types' defaults.

    Raises: DocumentInvalid with all problems, in the document's order.
    """
    problems = list(_find_value_problems(data)) or list(_find_size_problems(data))
    if not problems:
        problems = list(_find_problems(data, types))
    if problems:
        raise DocumentInvalid(problems)
    return _document(data, types)


def _find_value_problems(data: Any) -> Iterator[Problem]:
    if not isinstance(data, dict):
        yield Problem("", "A document is a JSON object.")
        return
    yield from find_json_problems(data)


def _find_size_problems(data: Json) -> Iterator[Problem]:
    if len(json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()) > MAX_BYTES:
        yield Problem("", "A document has 2 MiB at most. Split the design in two.")
    limits = {"components": MAX_COMPONENTS, "links": MAX_LINKS, "callouts": MAX_CALLOUTS}
    for name, limit in limits.items():
        if isinstance(entries := data.get(name), dict) and len(entries) > limit:
            yield Problem(name, f"A document has {limit:,} {name} at most, not {len(entries):,}.")


def _find_problems(data: Json, types: Types) -> Iterator[Problem]:
    if (said := data.get("format")) != FORMAT or isinstance(said, bool):
        yield Problem("format", f"This program reads format {FORMAT}, not {shown(said)}.")
    yield from _find_unknown_keys(data, _DOCUMENT_KEYS, "")
    yield from _find_settings_problems(data.get("settings", {}))
    components = yield from _well_formed(data.get("components", {}), "components", _COMPONENT_KEYS)
    for id_, entry in components.items():
        yield from _find_shape_problems(path("components", id_), entry)
        yield from _find_usage_problems(path("components", id_, "usage"), entry.get("usage", {}))
    links = yield from _well_formed(data.get("links", {}), "links", _LINK_KEYS)
    for id_, entry in links.items():
        yield from _find_link_shape_problems(path("links", id_), entry)
    yield from find_drawing_problems(components, links, types)
    callouts = yield from _well_formed(data.get("callouts", {}), "callouts", _CALLOUT_KEYS)
    for number, callout in callouts.items():
        yield from _find_callout_problems(number, callout)


def _find_settings_problems(settings: Any) -> Iterator[Problem]:
    if not isinstance(settings, dict):
        yield Problem("settings", f"Settings are a JSON object, not {shown(settings)}.")
    else:
        yield from SETTINGS_SCHEMA.find_problems(settings, at="settings", owner="A design")


def _well_formed(entries: Any, name: str, known: frozenset[str]) -> Generator[Problem, None, dict[str, Json]]:
    """Yields what is wrong with the map and its ids; returns the entries that can be looked into."""
    if not isinstance(entries, dict):
        yield Problem(name, f"{name.capitalize()} are a JSON object by id, not {shown(entries)}.")
        return {}
    sound: dict[str, Json] = {}
    for id_, entry in entries.items():
        at = path(name, id_)
        if not _ID.fullmatch(id_):
            yield Problem(at, "Ids are up to 40 lower-case letters, digits, - and _, no sign first.")
        if isinstance(entry, dict):
            yield from _find_unknown_keys(entry, known, f"{at}.")
            sound[id_] = {name: value for name, value in entry.items() if value is not None}
        else:
            yield Problem(at, f"This is a JSON object, not {shown(entry)}.")
    return sound


def _find_unknown_keys(entry: Json, known: frozenset[str], prefix: str) -> Iterator[Problem]:
    for name, value in entry.items():
        if name not in known:
            detail = f"There is no {shown(name)} here, only {', '.join(sorted(known))}."
            yield Problem(f"{prefix}{path(name)}", detail)
        elif value is None and name != "parent":  # no parent and "parent": null both mean the canvas
            yield Problem(f"{prefix}{name}", "null says nothing. Leave it out instead.")


def _find_shape_problems(at: str, component: Json) -> Iterator[Problem]:
    yield from _find_label_problems(at, component)
    for name, parts, least in (("position", ("x", "y"), -_FAR), ("size", ("width", "height"), 1)):
        value = component.get(name)
        if value is None:
            continue
        if not isinstance(value, dict) or value.keys() != set(parts):
            detail = f"The {name} is a JSON object with {' and '.join(parts)}, not {shown(value)}."
            yield Problem(f"{at}.{name}", detail)
            continue
        for part in parts:
            if not _is_number(value[part]) or not least <= value[part] <= _FAR:
                detail = f"{part} is a number from {least:,} to {_FAR:,}, not {shown(value[part])}."
                yield Problem(f"{at}.{name}.{part}", detail)


def _find_usage_problems(at: str, usage: Any) -> Iterator[Problem]:
    if not isinstance(usage, dict):
        yield Problem(at, f"Usage is a JSON object, not {shown(usage)}.")
    else:
        yield from USAGE_SCHEMA.find_problems(usage, at=at, owner="The usage of a component")


def _find_label_problems(at: str, entry: Json) -> Iterator[Problem]:
    label = entry.get("label", "")
    if not isinstance(label, str):
        yield Problem(f"{at}.label", f"A label is text, not {shown(label)}.")


def _find_link_shape_problems(at: str, link: Json) -> Iterator[Problem]:
    yield from _find_label_problems(at, link)
    if (style := link.get("style", "solid")) not in _STYLES:
        yield Problem(f"{at}.style", f"A link's style is solid or dashed, not {shown(style)}.")
    properties = link.get("properties", {})
    if not isinstance(properties, dict):
        yield Problem(f"{at}.properties", f"Properties are a JSON object, not {shown(properties)}.")
        return
    yield from _find_unknown_keys(properties, _LINK_PROPERTIES, f"{at}.properties.")
    protocol = properties.get("protocol")
    if protocol is not None and not (isinstance(protocol, str) and _PROTOCOL.fullmatch(protocol)):
        detail = f"A protocol is a short name such as HTTPS, not {shown(protocol)}."
        yield Problem(f"{at}.properties.protocol", detail)
    port = properties.get("port")
    if port is not None and port != ANY_PORT and not _ports(port):
        detail = (
            f'A port is a number from 1 to 65535, several as "80,443" or "4567-4568" ({MAX_PORTS} at most), '
            f'or "any", not {shown(port)}.'
        )
        yield Problem(f"{at}.properties.port", detail)


def _find_callout_problems(number: str, callout: Json) -> Iterator[Problem]:
    at = path("callouts", number)
    if not _CALLOUT_NUMBER.fullmatch(number):
        yield Problem(at, "A callout's id is its number, 1 to 999.")
    if not isinstance(callout.get("text"), str):
        yield Problem(f"{at}.text", "A callout has a text.")
    components = callout.get("components", [])
    if not isinstance(components, list) or not all(isinstance(id_, str) for id_ in components):
        yield Problem(f"{at}.components", f"Components are a list of ids, not {shown(components)}.")


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _ports(port: Any) -> tuple[int, ...]:
    """80 -> (80,), "80,443" -> (80, 443), "4567-4568" -> (4567, 4568); nothing when it is no port."""
    if isinstance(port, bool) or not isinstance(port, (int, str)):
        return ()
    if not _PORTS.fullmatch(str(port)):
        return ()
    numbers: dict[int, None] = {}
    for part in str(port).split(","):
        first, _, last = part.partition("-")
        low, high = int(first), int(last or first)
        if not 1 <= low <= high <= 65535 or high - low >= MAX_PORTS:
            return ()
        numbers.update(dict.fromkeys(range(low, high + 1)))
    return tuple(numbers) if len(numbers) <= MAX_PORTS else ()


def _document(data: Json, types: Types) -> DesignDocument:
    components = {id_: _component(id_, entry, types) for id_, entry in data.get("components", {}).items()}
    return DesignDocument(
        settings=SETTINGS_SCHEMA.completed(data.get("settings", {})),
        components=components,
        links={
            id_: _link(id_, entry, types[components[entry["target"]].reference])
            for id_, entry in data.get("links", {}).items()
        },
        callouts=tuple(
            {
                "number": int(number),
                "text": callout["text"],
                # A callout is a remark: deleting what it points at leaves the remark standing.
                "components": [id_ for id_ in callout.get("components", ()) if id_ in components],
            }
            for number, callout in sorted(data.get("callouts", {}).items(), key=lambda item: int(item[0]))
        ),
    )


def _component(id_: str, entry: Json, types: Types) -> Component:
    component_type = types[entry["type"]]
    return Component(
        id=id_,
        type=component_type.archetype,
        label=entry.get("label") or component_type.label,
        parent=entry.get("parent"),
        properties=component_type.property_schema.completed(entry.get("properties", {})),
        position=entry.get("position"),
        size=entry.get("size"),
        own_type=component_type.reference if component_type.like else "",
        usage=USAGE_SCHEMA.completed(entry.get("usage", {})),
    )


def _link(id_: str, entry: Json, target: ComponentType) -> Link:
    """What the link doesn't say about protocol and port is what its target accepts."""
    properties = entry.get("properties", {})
    usual = accepted_by(target, entry["kind"])
    protocol = properties.get("protocol", usual.get("protocol", ""))
    # A protocol of its own with the port of another would be a guess.
    port = properties.get("port", usual.get("port") if protocol == usual.get("protocol") else None)
    return Link(
        id=id_,
        source=entry["source"],
        target=entry["target"],
        kind=entry["kind"],
        protocol=protocol,
        ports=_ports(port),
        any_port=port == ANY_PORT,
        label=entry.get("label", ""),
        style=entry.get("style", LINK_KINDS[entry["kind"]].style),
        properties=properties,
    )

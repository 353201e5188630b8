"""What may be drawn: which types sit in which, which links hold, which values a property takes.

Works on the JSON maps of a document, so that shipped templates and people's documents meet the same rules.
"""

import difflib
from collections.abc import Iterator, Mapping
from typing import Any

from catalog.domain.component_specs import CANVAS, ComponentType
from catalog.domain.link_rules import find_refusal
from catalog.domain.problems import Problem, path, shown

Types = Mapping[str, ComponentType]
Entries = Mapping[str, Mapping[str, Any]]  # id -> what the document says about it


def find_drawing_problems(components: Entries, links: Entries, types: Types) -> Iterator[Problem]:
    """Everything the catalogue has against these components and links."""
    placed = {id_: types[entry["type"]] for id_, entry in components.items() if _is_known(entry, types)}
    for id_, entry in components.items():
        yield from _find_component_problems(id_, entry, components, placed, types)
    yield from _find_parent_cycles(components)
    yield from _find_link_problems(links, placed, components, types)


def find_placement_refusal(
    component: ComponentType, container: ComponentType | None, types: Types
) -> str | None:
    """Why this type can't sit in that container (None: on the canvas), or None when it can."""
    if (container.key if container else CANVAS) in component.parents:
        return None
    places = [f"in {types[key].noun}" for key in component.parents if key in types]
    if CANVAS in component.parents:
        places.append("on the canvas")
    *first, last = places
    right = f"{', '.join(first)} or {last}" if first else last
    wrong = f"in {container.noun}" if container else "on the canvas"
    noun = component.noun
    return f"{noun[:1].upper()}{noun[1:]} sits {right}, not {wrong}."


def _is_known(entry: Mapping[str, Any], types: Types) -> bool:
    return isinstance(entry.get("type"), str) and entry["type"] in types


def _find_component_problems(
    id_: str,
    entry: Mapping[str, Any],
    components: Entries,
    placed: Mapping[str, ComponentType],
    types: Types,
) -> Iterator[Problem]:
    at = path("components", id_)
    component_type = placed.get(id_)
    if component_type is None:
        yield Problem(f"{at}.type", _unknown_type(entry.get("type"), types))
        return
    yield from _find_parent_problems(
        at, entry.get("parent"), component_type, components=components, placed=placed, types=types
    )
    values = entry.get("properties", {})
    if not isinstance(values, Mapping):
        yield Problem(f"{at}.properties", f"Properties are a JSON object, not {shown(values)}.")
        return
    schema = component_type.property_schema
    owner = f"{component_type.noun[:1].upper()}{component_type.noun[1:]}"
    problems = list(schema.find_problems(values, at=f"{at}.properties", owner=owner))
    yield from problems
    wrong = {problem.at for problem in problems}
    for reference in schema.references(values, at=f"{at}.properties"):
        if reference.at in wrong:
            continue
        named = placed.get(reference.component)
        if reference.component not in components:
            detail = f"{reference.title} names {shown(reference.component)}, which is not in the design."
            yield Problem(reference.at, detail)
        elif named is not None and named.key not in reference.types:
            yield Problem(
                reference.at, f"{reference.title} names {shown(reference.component)}, which is {named.noun}."
            )


def _find_parent_problems(
    at: str,
    parent: Any,
    component_type: ComponentType,
    *,
    components: Entries,
    placed: Mapping[str, ComponentType],
    types: Types,
) -> Iterator[Problem]:
    if parent is not None and (not isinstance(parent, str) or parent not in components):
        yield Problem(f"{at}.parent", f"The parent {shown(parent)} is not in the design.")
    elif parent is None or parent in placed:  # a parent of unknown type is reported at the parent
        container = placed[parent] if parent is not None else None
        if refusal := find_placement_refusal(component_type, container, types):
            yield Problem(f"{at}.parent", refusal)


def _find_parent_cycles(components: Entries) -> Iterator[Problem]:
    """Each cycle once, reported at its first component."""
    settled: set[str] = set()
    for start in components:
        chain: dict[str, None] = {}  # in order, quick to search
        current: Any = start
        while isinstance(current, str) and current in components and current not in settled:
            if current in chain:
                cycle = list(chain)[list(chain).index(current) :]
                around = " in ".join(path(id_) for id_ in [*cycle, current][:8])
                yield Problem(
                    path("components", current, "parent"), f"These components sit in each other: {around}."
                )
                break
            chain[current] = None
            current = components[current].get("parent")
        settled.update(chain)


def _find_link_problems(
    links: Entries, placed: Mapping[str, ComponentType], components: Entries, types: Types
) -> Iterator[Problem]:
    first_with: dict[tuple[Any, ...], str] = {}
    for id_, entry in links.items():
        at = path("links", id_)
        ends = [entry.get("source"), entry.get("target")]
        dangling = False
        for name, end in zip(("source", "target"), ends, strict=True):
            if not isinstance(end, str) or end not in components:
                dangling = True
                yield Problem(f"{at}.{name}", f"The {name} {shown(end)} is not in the design.")
        if dangling:
            continue
        source, target, kind = *ends, entry.get("kind")
        if source == target:
            yield Problem(at, "A link joins two different components.")
            continue
        if not isinstance(kind, str):
            yield Problem(f"{at}.kind", "A link has a kind, such as traffic.")
            continue
        pair = placed.get(str(source)), placed.get(str(target))  # None: reported at the component
        if pair[0] and pair[1] and (refusal := find_refusal(pair[0], pair[1], kind, types)):
            yield Problem(at, refusal)
        properties = entry.get("properties")
        port = properties.get("port") if isinstance(properties, Mapping) else None
        twin = first_with.setdefault((source, target, kind, str(port)), id_)
        if twin != id_:
            yield Problem(at, f"Link {path(twin)} already says this. Change that one instead.")


def _unknown_type(key: Any, types: Types) -> str:
    if key is None:
        return "A component has a type, such as web_server."
    near = difflib.get_close_matches(key, types, n=1) if isinstance(key, str) else []
    return f"There is no component type {shown(key)}." + (f" Did you mean {near[0]}?" if near else "")

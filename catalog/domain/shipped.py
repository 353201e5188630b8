"""Turns shipped YAML texts into component types, or says which file is wrong, where and why."""

import difflib
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from catalog.domain.component_specs import ComponentType
from catalog.domain.link_rules import LINK_KINDS
from catalog.domain.problems import Problem, path, shown
from catalog.domain.type_checks import find_property_problems, find_type_problems, is_words
from catalog.domain.yaml_files import CatalogueBroken, Files, key_of, parsed_files


def read_component_types(files: Files, *, property_sets: Files, links: Files) -> dict[str, ComponentType]:
    """Types by key, which is the file's name.

    `property_sets` are shared groups of properties that a type names under `shares`; `links` is one file with
    the table of allowed links. Raises: CatalogueBroken.
    """
    problems: list[Problem] = []
    sets = {key_of(name): value for name, value in parsed_files(property_sets, problems).items()}
    facts = {key_of(name): (name, value) for name, value in parsed_files(files, problems).items()}
    unread = {key_of(name) for name in files} - facts.keys()  # their own problem is enough
    allowed = _allowed_links(parsed_files(links, problems), facts.keys() | unread, problems)
    types: dict[str, ComponentType] = {}
    for key, (file_name, fact) in facts.items():
        found = list(find_type_problems(fact, sets, facts.keys()))
        found = found or list(find_property_problems(_properties(fact, sets)))
        problems += [Problem(f"{file_name}: {one.at}", one.detail) for one in found]
        if not found:
            types[key] = _component_type(key, fact, sets, allowed.get(key, {}))
    if problems:
        raise CatalogueBroken(problems)
    return types


def _component_type(
    key: str, fact: dict[str, Any], sets: Mapping[str, Any], links: Mapping[str, list[str]]
) -> ComponentType:
    return ComponentType(
        key=key,
        family=fact["family"],
        category=fact["category"],
        icon=fact["icon"],
        labels=fact["labels"],
        summary=fact["summary"],
        parents=tuple(fact["parents"]),
        properties=_properties(fact, sets),
        links={kind: tuple(targets) for kind, targets in links.items()},
        accepts=fact.get("accepts") or {},
        software=fact.get("software"),
        version=fact.get("version", 1),
        singular=fact["singular"],
        makes=tuple(fact["makes"]),
        billed=tuple(fact["billed"]),
    )


def _properties(fact: dict[str, Any], sets: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The shared properties, then the type's own; a property that both have is the shared one, amended."""
    own: dict[str, dict[str, Any]] = fact.get("properties") or {}
    shared = {name: schema for one in fact.get("shares") or () for name, schema in sets[one].items()}
    kept = {name: schema for name, schema in shared.items() if name not in (fact.get("leaves_out") or ())}
    return {name: {**kept.get(name, {}), **own.get(name, {})} for name in {**kept, **own}}


def _allowed_links(
    tables: Mapping[str, Any], known: Collection[str], problems: list[Problem]
) -> dict[str, dict[str, list[str]]]:
    """Shape: {source type: {kind: [target types]}}, kinds in order of preference."""
    allowed: dict[str, dict[str, list[str]]] = {}
    for file_name, table in tables.items():
        for kind in table.keys() - LINK_KINDS.keys():
            problems.append(Problem(f"{file_name}: {path(kind)}", "There is no such link kind."))
        for kind in LINK_KINDS:
            rows = table.get(kind) or []
            if not isinstance(rows, list):
                problems.append(Problem(f"{file_name}: {path(kind)}", "is a list of rows."))
                continue
            for number, row in enumerate(rows):
                found = list(_find_row_problems(row, known))
                problems += [Problem(f"{file_name}: {path(kind, number)}", detail) for detail in found]
                for source in () if found else row["from"]:
                    allowed.setdefault(source, {}).setdefault(kind, []).extend(row["to"])
    return allowed


def _find_row_problems(row: Any, known: Collection[str]) -> Iterator[str]:
    if not isinstance(row, dict) or row.keys() != {"from", "to"} or not all(map(is_words, row.values())):
        yield "A row has two lists of types, from and to."
        return
    for key in [*row["from"], *row["to"]]:
        if key not in known:
            near = difflib.get_close_matches(str(key), known, n=1)
            yield f"There is no component type {shown(key)}." + (f" Did you mean {near[0]}?" if near else "")

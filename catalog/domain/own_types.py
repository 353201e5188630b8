"""Operators' own component types: what they wrote down becomes a type that behaves as a shipped one does.

An own type is like a shipped type. It takes over that one's family, places, links and properties, so the code
that expands, checks and prices the one serves the other. Its own properties narrow the inherited ones or add
to them; they never widen them, so no value can reach that code which it doesn't expect.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import yaml

from catalog.domain.component_specs import ComponentType
from catalog.domain.problems import Problem, path, shown
from catalog.domain.type_checks import find_property_problems, find_type_problems
from catalog.domain.yaml_files import parsed_by_hand

Types = Mapping[str, ComponentType]

MAX_TEXT, MAX_PROPERTIES = 20_000, 60
_KEY = re.compile(r"[a-z][a-z0-9_]{1,48}[a-z0-9]")
_NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")
# What stays as it is inherited, because the family's code relies on it.
_FIXED = (
    "type", "format", "pattern", "items", "properties", "required", "additionalProperties", "x-refers-to",
)  # fmt: skip
_AT_LEAST = ("minimum", "exclusiveMinimum", "minLength", "minItems")
_AT_MOST = ("maximum", "exclusiveMaximum", "maxLength", "maxItems")


@dataclass(frozen=True)
class OwnType:
    """One version as an operator wrote it. `properties` is a YAML (and so a JSON) text, name -> schema."""

    key: str
    version: int
    like: str
    icon: str
    singular: str
    labels: Mapping[str, str]
    summary: str
    properties: str = ""
    retired: bool = False


class OwnTypeInvalid(ValueError):
    """`problems` hold every reason; a problem's `at` begins with the name of what was written."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("; ".join(f"{problem.at}: {problem.detail}" for problem in problems))


def read_own_type(own: OwnType, shipped: Types) -> ComponentType:
    """Raises: OwnTypeInvalid."""
    if problems := list(_find_naming_problems(own, shipped)):
        raise OwnTypeInvalid(problems)
    base = shipped[own.like]
    said = _read_properties(own.properties, problems)
    fact = {
        "family": base.family,
        "category": base.category,
        "icon": own.icon,
        "singular": own.singular or base.singular,
        "labels": dict(own.labels),
        "summary": own.summary,
        "parents": list(base.parents),
        "makes": list(base.makes),
        "billed": list(base.billed),
        "properties": said,
    }
    problems += find_type_problems(fact, {}, shipped)
    if not problems:
        inherited = {**_known_in_family(base.family, shipped), **base.properties}
        merged = {name: {**inherited.get(name, {}), **schema} for name, schema in said.items()}
        for name, schema in said.items():
            problems += list(find_property_problems({name: merged[name]})) or list(
                _find_widening(path("properties", name), inherited.get(name, {}), schema, shipped)
            )
    if problems:
        raise OwnTypeInvalid(problems)
    return replace(
        base,
        key=own.key,
        version=own.version,
        like=own.like,
        icon=own.icon,
        singular=own.singular,
        labels=dict(own.labels),
        summary=own.summary,
        properties={**base.properties, **merged},
        retired=own.retired,
    )


def with_own_types(shipped: Types, own: Iterable[ComponentType]) -> dict[str, ComponentType]:
    """All types by the names that documents use: `rack_probe` for version 1, `rack_probe@2` for version 2.

    An own type stands wherever the type that it is like does: in links, places and lists of members.
    """
    own = list(own)
    kin: dict[str, list[str]] = {}
    for one in own:
        if one.key not in kin.setdefault(one.like, []):
            kin[one.like].append(one.key)
    together = {**shipped, **{one.reference: one for one in own}}
    return {reference: _with_kin(one, kin) for reference, one in together.items()}


def newest(types: Types) -> dict[str, ComponentType]:
    """What is offered: of each key the newest version that is not retired."""
    offered: dict[str, ComponentType] = {}
    for one in types.values():
        if not one.retired and (one.key not in offered or offered[one.key].version < one.version):
            offered[one.key] = one
    return offered


def _find_naming_problems(own: OwnType, shipped: Types) -> Iterator[Problem]:
    if not _KEY.fullmatch(own.key):
        yield Problem("key", "A key is 3 to 50 small letters, digits and _, such as rack_probe.")
    elif own.key in shipped:
        yield Problem("key", f"{own.key} is a shipped type. Choose another key.")
    if own.like not in shipped:
        yield Problem("like", f"There is no shipped type {shown(own.like)}.")
    if own.icon not in {one.icon for one in shipped.values()}:
        yield Problem("icon", f"There is no icon {shown(own.icon)}. Choose one that a shipped type has.")
    for naming, label in own.labels.items():
        if not label.isprintable() or len(label) > 60:
            yield Problem(f"labels.{naming}", "is one line of 60 characters at most.")
    if not own.summary.isprintable() or len(own.summary) > 300:
        yield Problem("summary", "is one line of 300 characters at most.")
    if not own.singular.isprintable() or len(own.singular) > 60:
        yield Problem("singular", "is one line of 60 characters at most, such as a rack probe.")


def _read_properties(text: str, problems: list[Problem]) -> dict[str, dict[str, Any]]:
    """The text's mapping as JSON knows it; an empty text is an empty mapping."""
    if not text.strip():
        return {}
    if len(text) > MAX_TEXT:
        problems.append(Problem("properties", f"The text has {MAX_TEXT:,} characters at most."))
        return {}
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=yaml.SafeLoader)):
            problems.append(Problem("properties", "Write each property out: & and * are not read here."))
            return {}
    except yaml.YAMLError:
        pass  # told below, with its place
    found: list[Problem] = []
    try:
        parsed = parsed_by_hand({"properties": text}, found).get("properties", {})
        said = json.loads(json.dumps(parsed, allow_nan=False))
    except (RecursionError, TypeError, ValueError):
        found.append(Problem("properties", "holds a value that JSON doesn't know, such as a date."))
        said = {}
    problems += found
    if len(said) > MAX_PROPERTIES:
        problems.append(Problem("properties", f"A type has {MAX_PROPERTIES} own properties at most."))
    for name, schema in said.items():
        if not _NAME.fullmatch(name):
            problems.append(Problem(path("properties", name), "A name is small letters, digits and _."))
        elif not isinstance(schema, dict):
            problems.append(Problem(path("properties", name), f"is a JSON Schema, not {shown(schema)}."))
    return said


def _known_in_family(family: str, shipped: Types) -> dict[str, Mapping[str, Any]]:
    """A name that another type of the family has means the same here: the family's code reads it."""
    known: dict[str, Mapping[str, Any]] = {}
    for one in shipped.values():
        if one.family == family:
            for name, schema in one.properties.items():
                known.setdefault(name, schema)
    return known


def _find_widening(
    at: str, inherited: Mapping[str, Any], said: Mapping[str, Any], shipped: Types
) -> Iterator[Problem]:
    """What the own schema would allow beyond the inherited one."""
    for word in _FIXED:
        if word in inherited and word in said and said[word] != inherited[word]:
            detail = "is inherited and stays as it is. A property of another kind has another name."
            yield Problem(f"{at}.{word}", detail)
    for words, widens, limit in ((_AT_LEAST, float.__lt__, "least"), (_AT_MOST, float.__gt__, "most")):
        for word in words:
            if word in inherited and word in said and widens(float(said[word]), float(inherited[word])):
                yield Problem(f"{at}.{word}", f"is {inherited[word]} at {limit}, as it is inherited.")
    if "enum" in said and "enum" in inherited:
        for value in said["enum"]:
            if value not in inherited["enum"]:
                known = ", ".join(map(str, inherited["enum"]))
                yield Problem(f"{at}.enum", f"{shown(value)} is none of the inherited values: {known}.")
    for named in _named_types(said):
        if named not in shipped:
            yield Problem(f"{at}.x-refers-to", f"There is no shipped type {shown(named)}.")


def _named_types(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        for word, value in schema.items():
            if word == "x-refers-to":
                yield from value if isinstance(value, list) else [str(value)]
            else:
                yield from _named_types(value)


def _with_kin(one: ComponentType, kin: Mapping[str, list[str]]) -> ComponentType:
    links = {kind: _extended(targets, kin) for kind, targets in one.links.items()}
    parents = _extended(one.parents, kin)
    properties = {name: _refers_to_kin(schema, kin) for name, schema in one.properties.items()}
    if (links, parents, properties) == (one.links, one.parents, one.properties):
        return one
    return replace(one, links=links, parents=parents, properties=properties)


def _refers_to_kin(schema: Any, kin: Mapping[str, list[str]]) -> Any:
    if not isinstance(schema, dict):
        return schema
    return {
        word: list(_extended(value, kin)) if word == "x-refers-to" else _refers_to_kin(value, kin)
        for word, value in schema.items()
    }


def _extended(keys: Iterable[str], kin: Mapping[str, list[str]]) -> tuple[str, ...]:
    return tuple(found for key in keys for found in (key, *kin.get(key, ())))

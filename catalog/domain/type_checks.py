"""What is wrong with a component type as somebody wrote it down, a shipped file's or an operator's own."""

import difflib
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError

from catalog.domain.component_specs import CANVAS
from catalog.domain.problems import Problem, path, shown
from catalog.domain.property_schemas import formats

CATEGORIES = frozenset({"edge", "compute", "data", "storage", "network", "security", "messaging",
                        "observability", "external", "dedicated", "container"})  # fmt: skip
FORM_TYPES = ("string", "integer", "number", "boolean", "array", "object")
SCHEMA_WORDS = frozenset({
    "title", "description", "type", "enum", "default", "examples", "format", "pattern",
    "minLength", "maxLength", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum",
    "items", "minItems", "maxItems", "uniqueItems", "properties", "required", "additionalProperties",
    "x-unit", "x-hint", "x-refers-to", "x-titles",
})  # fmt: skip
NAMINGS = frozenset({"generic", "rackspace", "openstack", "outscale"})
_TEXTS = ("family", "category", "icon", "singular", "summary")
_LISTS = ("parents", "makes", "billed", "shares", "leaves_out")
_MAPPINGS = ("labels", "accepts", "properties")
_TYPE_KEYS = {*_TEXTS, *_LISTS, *_MAPPINGS, "software", "version"}
_TYPE_NEEDS = (*_TEXTS, "labels", "parents")
_MAY_BE_EMPTY = ("makes", "billed")  # for what is only drawn, and then they say so


def find_type_problems(
    fact: Mapping[str, Any], sets: Mapping[str, Any], known: Collection[str]
) -> Iterator[Problem]:
    """Everything wrong with one file, apart from its properties. `known` are the types there are."""
    if misshapen := list(_find_shape_problems(fact)):
        yield from misshapen
        return
    if (category := fact["category"]) not in CATEGORIES:
        yield Problem("category", f"is one of {', '.join(sorted(CATEGORIES))}, not {shown(category)}.")
    if fact["labels"].keys() != NAMINGS:
        yield Problem("labels", f"has a name for each of {', '.join(sorted(NAMINGS))}.")
    for parent in fact["parents"]:
        if parent != CANVAS and parent not in known:
            yield Problem("parents", f"There is no component type {shown(parent)}.")
    for shared in fact.get("shares") or ():
        if shared not in sets:
            yield Problem("shares", f"There is no property set {shown(shared)}.")


def _find_shape_problems(fact: Mapping[str, Any]) -> Iterator[Problem]:
    for name in fact.keys() - _TYPE_KEYS:
        yield Problem(path(name), f"is none of {', '.join(sorted(_TYPE_KEYS))}.")
    for name in _TYPE_NEEDS:
        if not fact.get(name):
            yield Problem(name, "is missing.")
        elif name in _TEXTS and not isinstance(fact[name], str):
            yield Problem(name, f"is text, not {shown(fact[name])}.")
    for name in _MAY_BE_EMPTY:
        if fact.get(name) is None:
            yield Problem(name, "is missing: a list of words, [] for none.")
    for name in _LISTS:
        said = fact.get(name)
        if said is not None and not is_words(said):
            yield Problem(name, f"is a list of words, not {shown(said)}.")
    yield from _find_mapping_problems(fact)


def _find_mapping_problems(fact: Mapping[str, Any]) -> Iterator[Problem]:
    for name in _MAPPINGS:
        if fact.get(name) is not None and not isinstance(fact[name], dict):
            yield Problem(name, f"is a mapping, not {shown(fact[name])}.")
    for name, schema in _mapping(fact.get("properties")).items():
        if not isinstance(schema, dict):
            yield Problem(path("properties", name), f"is a JSON Schema, not {shown(schema)}.")
    for naming, label in _mapping(fact.get("labels")).items():
        if not isinstance(label, str) or not label:
            yield Problem(path("labels", naming), f"is a name, not {shown(label)}.")


def find_property_problems(properties: Mapping[str, Mapping[str, Any]]) -> Iterator[Problem]:
    """A broken schema, a default that its own schema refuses, a form that would have nothing to say."""
    for name, schema in properties.items():
        at = path("properties", name)
        unknown = list(_find_unknown_words(schema, at))
        try:
            Draft202012Validator.check_schema(schema)
        except SchemaError as error:
            yield Problem(at, f"is no JSON Schema: {error.message}")
            continue
        if unknown:
            yield from unknown
            continue
        validator = Draft202012Validator(schema, format_checker=formats)
        if "default" in schema and not validator.is_valid(schema["default"]):
            yield Problem(f"{at}.default", f"does not allow {shown(schema['default'])}.")
        for lacking in [one for one in ("title", "type", "description") if not schema.get(one)]:
            yield Problem(f"{at}.{lacking}", "is missing. The form shows it.")
        if schema.get("type") in ("integer", "number"):
            for limit in [one for one in ("minimum", "maximum") if one not in schema]:
                yield Problem(f"{at}.{limit}", "is missing. A number has limits.")


def _find_unknown_words(schema: Any, at: str) -> Iterator[Problem]:
    """JSON Schema has more words than our forms know, and takes a misspelt one for a remark."""
    if not isinstance(schema, dict):
        return
    for word in schema.keys() - SCHEMA_WORDS:
        near = difflib.get_close_matches(str(word), SCHEMA_WORDS, n=1)
        hint = f" Did you mean {near[0]}?" if near else ""
        yield Problem(f"{at}.{path(word)}", f"is no word of a property.{hint}")
    if (said := schema.get("type")) is not None and said not in FORM_TYPES:
        yield Problem(f"{at}.type", f"is one of {', '.join(FORM_TYPES)}, not {shown(said)}.")
    if "items" in schema:
        yield from _find_unknown_words(schema["items"], f"{at}.items")
    for name, part in _mapping(schema.get("properties")).items():
        yield from _find_unknown_words(part, f"{at}.properties.{path(name)}")


def is_words(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _mapping(value: Any) -> Mapping[Any, Any]:
    return value if isinstance(value, dict) else {}

"""What a template file has to look like, before anybody asks what it draws."""

import re
from collections.abc import Iterator
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError

from catalog.domain.problems import Problem, path, shown
from catalog.domain.property_schemas import PropertySchema, formats

Json = dict[str, Any]

NEEDS = ("title", "summary", "source", "price_book", "document")
_KEYS = frozenset({*NEEDS, "version", "hardened", "parameters"})
_REPAIR_KEYS = frozenset({"rules", "what", "why", "patch"})
EFFECTS = frozenset({"sets", "patches", "moves"})
_SCHEMA_WORDS = frozenset({
    "title", "description", "type", "default", "enum", "format", "pattern", "minimum", "maximum", "minLength",
    "maxLength", "items", "minItems", "maxItems", "uniqueItems", "properties", "required",
    "additionalProperties", "multipleOf", "x-unit", "x-hint", "x-titles",
})  # fmt: skip
_RULE = re.compile(r"[A-Z]{2,4}-[0-9]{2}")
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")


def find_shape_problems(facts: Json) -> Iterator[Problem]:
    for name in NEEDS:
        if not facts.get(name):
            yield Problem(name, "is missing.")
        elif name != "document" and not isinstance(facts[name], str):
            yield Problem(name, f"is text, not {shown(facts[name])}.")
    for name in facts.keys() - _KEYS:
        yield Problem(path(name), f"is none of {', '.join(sorted(_KEYS))}.")
    version = facts.get("version", 1)
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        yield Problem("version", f"is a whole number from 1 up, not {shown(version)}.")
    repairs = facts.get("hardened", [])
    if not isinstance(repairs, list) or ("hardened" in facts and not repairs):
        yield Problem("hardened", "is a list of repairs. Leave it out where there is nothing to repair.")
    else:
        for number, repair in enumerate(repairs):
            yield from _find_repair_problems(path("hardened", number), repair)
    parameters = facts.get("parameters", {})
    if not isinstance(parameters, dict):
        yield Problem("parameters", "is a mapping of names.")
    else:
        for name, parameter in parameters.items():
            yield from _find_parameter_problems(name, parameter)


def _find_repair_problems(at: str, repair: Any) -> Iterator[Problem]:
    if not isinstance(repair, dict) or repair.keys() != _REPAIR_KEYS:
        yield Problem(at, f"has {', '.join(sorted(_REPAIR_KEYS))} and nothing else.")
        return
    rules = repair["rules"]
    if not isinstance(rules, list) or not rules:
        yield Problem(f"{at}.rules", "lists the rules that this repairs, such as DAT-03.")
    else:
        for rule in rules:
            if not isinstance(rule, str) or not _RULE.fullmatch(rule):
                yield Problem(f"{at}.rules", f"{shown(rule)} is no rule's id, such as DAT-03.")
    for name in ("what", "why"):
        if not isinstance(repair[name], str) or not repair[name].strip():
            yield Problem(f"{at}.{name}", "is a sentence for people.")
    if not isinstance(repair["patch"], dict):
        yield Problem(f"{at}.patch", "is a merge patch on the document: a mapping.")


def _find_parameter_problems(name: str, parameter: Any) -> Iterator[Problem]:
    at = path("parameters", name)
    if not _NAME.fullmatch(name):
        yield Problem(at, "A parameter's name is lower-case letters, digits and _, a letter first.")
    if not isinstance(parameter, dict):
        yield Problem(at, "is a mapping.")
        return
    effects = sorted(EFFECTS & parameter.keys())
    if len(effects) != 1:
        said = f"has {' and '.join(effects)}" if effects else "has no effect"
        yield Problem(at, f"{said}. A parameter has exactly one of {', '.join(sorted(EFFECTS))}.")
    for word in parameter.keys() - EFFECTS - _SCHEMA_WORDS:
        yield Problem(f"{at}.{path(word)}", "is no word of a parameter's schema.")
    schema = {word: value for word, value in parameter.items() if word not in EFFECTS}
    try:
        Draft202012Validator.check_schema(schema)
    except SchemaError as error:
        yield Problem(at, f"is no JSON Schema: {error.message}")
        return
    if "title" not in schema or "type" not in schema:
        yield Problem(at, "needs a title and a type.")
    if "default" in schema:
        yield from _find_default_problems(name, schema)
    yield from _find_effect_shape_problems(at, parameter)


def _find_default_problems(name: str, schema: Json) -> Iterator[Problem]:
    checked = PropertySchema({name: schema})
    for problem in checked.find_problems({name: schema["default"]}, at="parameters", owner="It"):
        yield Problem(f"{path('parameters', name)}.default", problem.detail)


def _find_effect_shape_problems(at: str, parameter: Json) -> Iterator[Problem]:
    if "sets" in parameter:
        places = parameter["sets"]
        if not isinstance(places, list) or not places or not all(isinstance(one, str) for one in places):
            detail = "lists places in the document, such as components.web.properties.count."
            yield Problem(f"{at}.sets", detail)
    if "patches" in parameter:
        yield from _find_choice_problems(at, parameter)
    if "moves" in parameter:
        moves = parameter["moves"]
        if not isinstance(moves, str) or not formats.conforms(moves, "ipv4-cidr"):
            yield Problem(f"{at}.moves", f"is an address range such as 10.0.0.0/16, not {shown(moves)}.")
        if parameter.get("format") != "ipv4-cidr" or parameter.get("default", moves) != moves:
            yield Problem(at, "moves addresses, so its format is ipv4-cidr and its default what it moves.")


def _find_choice_problems(at: str, parameter: Json) -> Iterator[Problem]:
    patches, enum = parameter["patches"], parameter.get("enum")
    if not isinstance(enum, list) or not all(isinstance(one, str) for one in enum):
        yield Problem(f"{at}.enum", "lists the texts to choose from, each with its patch.")
        return
    if not isinstance(patches, dict) or not patches:
        yield Problem(f"{at}.patches", "has a merge patch for each value that isn't as drawn.")
        return
    for value, patch in patches.items():
        if value not in enum:
            yield Problem(f"{at}.patches.{path(value)}", f"is none of {', '.join(enum)}.")
        if not isinstance(patch, dict) or not patch:
            yield Problem(f"{at}.patches.{path(value)}", "is a merge patch on the document: a mapping.")
    drawn = parameter.get("default")
    if missing := [value for value in enum if value not in patches and value != drawn]:
        yield Problem(f"{at}.patches", f"says nothing about {', '.join(missing)}.")

"""A template: a published starting design, the repairs of what its original got wrong, and its parameters."""

import copy
import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from ipaddress import IPv4Network
from typing import Any

from catalog.domain.address_moves import longest_prefix, moved_addresses
from catalog.domain.component_specs import ComponentType
from catalog.domain.drawing_rules import find_drawing_problems
from catalog.domain.merge_patches import merge_patch
from catalog.domain.problems import Problem, path, shown
from catalog.domain.property_schemas import PropertySchema

Json = dict[str, Any]

FORMS = PUBLISHED, HARDENED = "published", "hardened"
_ENTRIES = ("components", "links", "callouts")  # the document's maps by id
_LARGEST_RANGE = 8


@dataclass(frozen=True)
class Repair:
    """What makes the original keep some rules: `what` was changed and `why`, in words for people."""

    rules: tuple[str, ...]
    what: str
    why: str
    patch: Json


@dataclass(frozen=True)
class TemplateParameter:
    """Something to choose at the start.

    `schema` is a property's schema, as component types have them. One of the effects is filled:
    `sets` are dotted places in the document that take the value, `patches` a merge patch for each value that
    isn't as drawn, `moves` the address range that goes to where the value says.
    """

    schema: Mapping[str, Any]
    sets: tuple[str, ...] = ()
    patches: Mapping[str, Json] = field(default_factory=dict)
    moves: str | None = None


@dataclass(frozen=True)
class Template:
    """`source` says where it comes from, `price_book` what it is priced with, `document` is as published."""

    key: str
    title: str
    summary: str
    source: str
    price_book: str
    document: Json
    version: int = 1
    repairs: tuple[Repair, ...] = ()
    parameters: Mapping[str, TemplateParameter] = field(default_factory=dict)

    def forms(self) -> tuple[str, ...]:
        """As published, and hardened where the original breaks a rule."""
        return FORMS if self.repairs else (PUBLISHED,)

    def drawn(self, form: str) -> Json:
        """The document of one form, nothing chosen. Treat it as read-only. Raises: KeyError."""
        return {PUBLISHED: self.document, HARDENED: self._hardened}[form]

    def schemas(self, form: str = PUBLISHED) -> dict[str, Json]:
        """The parameters as property schemas, each default being what this form draws."""
        return {
            name: {**parameter.schema, **_default(parameter, self.drawn(form))}
            for name, parameter in self.parameters.items()
        }

    @cached_property
    def parameter_schema(self) -> PropertySchema:
        return PropertySchema({name: one.schema for name, one in self.parameters.items()})

    @cached_property
    def _hardened(self) -> Json:
        document = self.document
        for repair in self.repairs:
            document = merge_patch(document, repair.patch)
        return document


class TemplateParametersInvalid(ValueError):
    """The chosen parameters don't fit; every reason, `at` being `parameters.web_servers`."""

    status, code = 400, "template_parameters_invalid"

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        self.reasons = [{"at": problem.at, "detail": problem.detail} for problem in problems]
        super().__init__(problems[0].detail if problems else "These parameters don't fit the template.")


def build_document(
    template: Template, *, form: str = PUBLISHED, parameters: Mapping[str, Any] | None = None
) -> Json:
    """The document to begin with. What no parameter says stays as the form draws it.

    Patches come before single values, and addresses move last, so that each reaches what the others brought.

    Raises: TemplateParametersInvalid.
    """
    document = copy.deepcopy(template.drawn(form))
    said = parameters or {}
    problems = list(_find_parameter_problems(template, said))
    if problems:
        raise TemplateParametersInvalid(problems)
    schemas = template.parameter_schema.properties
    chosen = [
        (name, template.parameters[name], value)
        for name, value in PropertySchema(schemas).completed(said).items()
        if name in said
    ]
    for _, parameter, value in chosen:
        if patch := parameter.patches.get(str(value)):
            document = merge_patch(document, applicable_patch(patch, document))
    for _, parameter, value in chosen:
        for place in parameter.sets:
            if has_place(document, place):
                _put(document, place, copy.deepcopy(value))
    moves: dict[IPv4Network, IPv4Network] = {}
    for name, parameter, value in chosen:
        if parameter.moves is not None:
            problems += _find_move_problems(name, parameter, value, document)
            moves[IPv4Network(parameter.moves)] = IPv4Network(value)
    if problems:
        raise TemplateParametersInvalid(problems)
    return dict(moved_addresses(document, moves)) if moves else document


def checked_document(
    template: Template,
    types: Mapping[str, ComponentType],
    *,
    form: str = PUBLISHED,
    parameters: Mapping[str, Any],
) -> Json:
    """`build_document`, and a drawing by all rules too. Raises: TemplateParametersInvalid."""
    if not parameters:
        return template.drawn(form)
    document = build_document(template, form=form, parameters=parameters)
    problems = list(find_drawing_problems(document["components"], document.get("links", {}), types))
    if problems:
        raise TemplateParametersInvalid(problems)
    return document


def applicable_patch(patch: Json, document: Json) -> Json:
    """The patch without changes of components and links that this form doesn't have."""
    kept = dict(patch)
    for name in _ENTRIES:
        if isinstance(entries := patch.get(name), dict):
            there = document.get(name, {})
            kept[name] = {id_: one for id_, one in entries.items() if id_ in there or _is_whole(one)}
    return kept


def find_value(document: Json, place: str) -> Any:
    """What stands at a dotted place, or None."""
    value: Any = document
    for step in place.split("."):
        if not isinstance(value, dict) or step not in value:
            return None
        value = value[step]
    return value


def has_place(document: Json, place: str) -> bool:
    """Whether a value could be put there: the component, link or callout it is about exists."""
    steps = place.split(".")
    return steps[0] not in _ENTRIES or (len(steps) > 2 and steps[1] in document.get(steps[0], {}))


def _find_parameter_problems(template: Template, said: Mapping[str, Any]) -> Iterator[Problem]:
    known = {name: value for name, value in said.items() if name in template.parameters}
    for name in said.keys() - known.keys():
        names = f"There are {', '.join(template.parameters)}." if template.parameters else "It has none."
        near = difflib.get_close_matches(str(name), template.parameters, n=1)
        hint = f"Did you mean {near[0]}?" if near else names
        yield Problem(path("parameters", name), f"{template.key} has no parameter {shown(name)}. {hint}")
    yield from template.parameter_schema.find_problems(known, at="parameters", owner="It")


def _is_whole(entry: Any) -> bool:
    """A patch's entry that says enough to stand by itself."""
    return isinstance(entry, dict) and bool({"type", "kind", "text"} & entry.keys())


def _put(document: Json, place: str, value: Any) -> None:
    *above, last = place.split(".")
    inner = document
    for step in above:
        inner = inner.setdefault(step, {})
    inner[last] = value


def _default(parameter: TemplateParameter, document: Json) -> Json:
    """`{"default": ...}`: what the form draws, else what the parameter says."""
    for place in parameter.sets:
        if (drawn := find_value(document, place)) is not None:
            return {"default": drawn}
    return {"default": parameter.schema["default"]} if "default" in parameter.schema else {}


def _find_move_problems(
    name: str, parameter: TemplateParameter, value: str, document: Json
) -> Iterator[Problem]:
    old, new = IPv4Network(str(parameter.moves)), IPv4Network(value)
    longest = longest_prefix(document, old)
    if not _LARGEST_RANGE <= new.prefixlen <= longest:
        title = parameter.schema.get("title", name)
        lengths = f"/{_LARGEST_RANGE}" + (f" to /{longest}" if longest > _LARGEST_RANGE else "")
        detail = f"{title} holds all addresses drawn in it, so its length is {lengths}, not {shown(value)}."
        yield Problem(path("parameters", name), detail)

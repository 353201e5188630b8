"""Reads template files, or says which file is wrong, where and why.

A file has to make a valid drawing in every form and with every choice that comes as a patch. That single
values hold at their limits is what the tests try out: it takes longer than a start-up may.
"""

import json
import re
from collections.abc import Container, Iterator, Mapping
from ipaddress import IPv4Network
from typing import Any

from catalog.domain.address_moves import is_named
from catalog.domain.component_specs import ComponentType
from catalog.domain.drawing_rules import find_drawing_problems
from catalog.domain.merge_patches import merge_patch
from catalog.domain.problems import Problem, path, shown
from catalog.domain.template_shapes import EFFECTS, NEEDS, find_shape_problems
from catalog.domain.templates import (
    HARDENED,
    PUBLISHED,
    Json,
    Repair,
    Template,
    TemplateParameter,
    applicable_patch,
    find_value,
    has_place,
)
from catalog.domain.yaml_files import CatalogueBroken, Files, key_of, parsed_files

Types = Mapping[str, ComponentType]

_PLACE = re.compile(
    r"settings\.\w+|(components|links)\.[\w-]+\.(label|style|properties(\.\w+)+)|callouts\.\d+\.text"
)
_SUCH_AS = "components.web.properties.count"


def read_templates(
    files: Files, types: Types, *, price_books: Container[str] | None = None
) -> dict[str, Template]:
    """Templates by key, which is the file's name, each drawn by the rules of people's designs.

    `price_books`: the keys that a template may name; None when any will do.

    Raises: CatalogueBroken with the problems of all files.
    """
    problems: list[Problem] = []
    templates: dict[str, Template] = {}
    for file_name, parsed in parsed_files(files, problems).items():
        # YAML knows more than JSON: numbers as keys, dates. A template is JSON.
        try:
            read = read_template(key_of(file_name), json.loads(json.dumps(parsed, default=str)), types)
        except CatalogueBroken as broken:
            problems += [Problem(f"{file_name}: {one.at}", one.detail) for one in broken.problems]
        else:
            templates[read.key] = read
            if price_books is not None and read.price_book not in price_books:
                detail = f"There is no price book called {read.price_book}."
                problems.append(Problem(f"{file_name}: price_book", detail))
            for one in _find_callouts_of_nobody(read.document):
                problems.append(Problem(f"{file_name}: {one.at}", one.detail))
    if problems:
        raise CatalogueBroken(problems)
    return templates


def read_template(key: str, facts: Json, types: Types) -> Template:
    """A template from what its file says. Raises: CatalogueBroken, places within the file."""
    problems = list(find_shape_problems(facts)) + list(_find_document_problems(facts.get("document"), types))
    if problems:
        raise CatalogueBroken(problems)
    template = _template(key, facts)
    problems = list(_find_form_problems(template, types))
    if not problems:
        problems = [
            problem
            for name, parameter in template.parameters.items()
            for problem in _find_effect_problems(name, parameter, template, types)
        ]
    if problems:
        raise CatalogueBroken(problems)
    return template


def _template(key: str, facts: Json) -> Template:
    return Template(
        key=key,
        **{name: facts[name] for name in NEEDS},
        version=facts.get("version", 1),
        repairs=tuple(
            Repair(tuple(one["rules"]), one["what"], one["why"], one["patch"])
            for one in facts.get("hardened", ())
        ),
        parameters={name: _parameter(fact) for name, fact in facts.get("parameters", {}).items()},
    )


def _parameter(fact: Json) -> TemplateParameter:
    return TemplateParameter(
        schema={name: value for name, value in fact.items() if name not in EFFECTS},
        sets=tuple(fact.get("sets", ())),
        patches=fact.get("patches", {}),
        moves=fact.get("moves"),
    )


# --- What it has to draw --------------------------------------------------------------------------


def _find_form_problems(template: Template, types: Types) -> Iterator[Problem]:
    """A repair that changes nothing, and what is wrong with the hardened form."""
    if HARDENED not in template.forms():
        return
    document = template.document
    for number, repair in enumerate(template.repairs):
        after = merge_patch(document, repair.patch)
        if after == document:
            yield Problem(path("hardened", number, "patch"), "changes nothing of the document.")
        document = after
    for problem in _find_document_problems(document, types):
        yield Problem(f"hardened: {problem.at}", problem.detail)


def _find_effect_problems(
    name: str, parameter: TemplateParameter, template: Template, types: Types
) -> Iterator[Problem]:
    at = path("parameters", name)
    forms = {form: template.drawn(form) for form in template.forms()}
    for place in parameter.sets:
        yield from _find_place_problems(f"{at}.sets", place, parameter, forms, types)
    for value, patch in parameter.patches.items():
        changed = False
        for form, document in forms.items():
            after = merge_patch(document, applicable_patch(patch, document))
            changed = changed or after != document
            for problem in _find_document_problems(after, types):
                yield Problem(f"{at}.patches.{path(value)} ({form}): {problem.at}", problem.detail)
        if not changed:
            yield Problem(f"{at}.patches.{path(value)}", "changes nothing of the document.")
    if parameter.moves is not None:
        old = IPv4Network(parameter.moves)
        if not any(is_named(document, old) for document in forms.values()):
            yield Problem(f"{at}.moves", f"Nothing in the document lies in {parameter.moves}.")


def _find_place_problems(
    at: str, place: str, parameter: TemplateParameter, forms: Mapping[str, Json], types: Types
) -> Iterator[Problem]:
    if not _PLACE.fullmatch(place):
        yield Problem(at, f"{shown(place)} is no setting, label, text or property, such as {_SUCH_AS}.")
        return
    holding = [form for form, document in forms.items() if has_place(document, place)]
    if not holding:
        yield Problem(at, f"{place} is in no form of the document.")
        return
    document = forms[holding[0]]
    steps = place.split(".")
    if steps[0] == "components" and steps[2] == "properties":
        type_ = types[document["components"][steps[1]]["type"]]
        if len(steps) < 4 or steps[3] not in type_.properties:
            yield Problem(at, f"{place} is no property of {type_.noun}.")
            return
    above = [find_value(document, ".".join(steps[:length])) for length in range(1, len(steps))]
    if any(one is not None and not isinstance(one, dict) for one in above):
        yield Problem(at, f"{place} leads into a single value.")
        return
    drawn = find_value(document, place)
    default = parameter.schema.get("default", drawn)
    if holding[0] == PUBLISHED and drawn is not None and drawn != default:
        detail = f"{place} is {shown(drawn)} as drawn, so that is the default too, not {shown(default)}."
        yield Problem(at, detail)


def _find_callouts_of_nobody(document: Json) -> Iterator[Problem]:
    """People may delete what a callout of theirs explains; a shipped one explains something."""
    for number, callout in document.get("callouts", {}).items():
        for id_ in sorted(set(callout.get("components", ())) - document["components"].keys()):
            at = path("document", "callouts", number, "components")
            yield Problem(at, f"The component {shown(id_)} is not in the design.")


def _find_document_problems(document: Any, types: Types) -> Iterator[Problem]:
    if not isinstance(document, dict):
        yield Problem("document", "A template's document is a mapping with components and links.")
        return
    maps = {name: document.get(name) or {} for name in ("components", "links")}
    for name, entries in maps.items():
        if not isinstance(entries, dict):
            yield Problem(f"document.{name}", "is a mapping of ids.")
            return
        for id_, entry in entries.items():
            if not isinstance(entry, dict):
                yield Problem(path("document", name, id_), "is a mapping.")
                return
    for problem in find_drawing_problems(maps["components"], maps["links"], types):
        yield Problem(f"document.{problem.at}", problem.detail)

"""As published a template may break rules; hardened it must not, and each repair names what it is for."""

from collections.abc import Iterator
from ipaddress import IPv4Network
from typing import Any

import pytest

from catalog.domain.address_moves import is_named
from catalog.domain.merge_patches import merge_patch
from catalog.domain.templates import HARDENED, Repair, build_document, find_value, has_place
from catalog.selectors import get_template, templates
from designer.domain.findings import Severity
from tests.designer.designs import Design
from tests.shipped_templates import FORMS, design_of, name_of

REPAIRED = [key for key, form in FORMS if form == HARDENED]


def errors_of(design: Design) -> set[str]:
    return {finding.rule for finding in design.findings() if finding.severity is Severity.ERROR}


@pytest.mark.parametrize("key", REPAIRED)
def test_a_hardened_template_has_no_error(key: str) -> None:
    errors = [one for one in design_of(key, HARDENED).findings() if one.severity is Severity.ERROR]

    assert not errors, [(one.rule, one.detail) for one in errors]


def test_every_template_has_a_hardened_form() -> None:
    assert set(REPAIRED) == templates().keys()


@pytest.mark.parametrize("key", REPAIRED)
def test_a_published_template_breaks_no_error_rule_that_no_repair_names(key: str) -> None:
    named = {rule for repair in get_template(key).repairs for rule in repair.rules}

    assert errors_of(design_of(key)) <= named


def repairs() -> Iterator[Any]:
    for key in REPAIRED:
        for number, repair in enumerate(get_template(key).repairs):
            yield pytest.param(key, number, id=f"{key}-{number}-{'-'.join(repair.rules)}")


def before_and_after(key: str, number: int) -> tuple[Repair, Design, Design]:
    *earlier, repair = get_template(key).repairs[: number + 1]
    document = get_template(key).document
    for one in earlier:
        document = merge_patch(document, one.patch)
    return repair, Design(document), Design(merge_patch(document, repair.patch))


@pytest.mark.parametrize(("key", "number"), list(repairs()))
def test_a_repair_makes_the_findings_that_it_names_go_away(key: str, number: int) -> None:
    repair, before, after = before_and_after(key, number)
    later = {rule for one in get_template(key).repairs[number + 1 :] for rule in one.rules}
    broken, left = before.rules_broken(), after.rules_broken()

    for rule in repair.rules:
        assert rule in broken, f"{rule} is not broken before this repair"
        if rule in later:  # a rule that is broken in several places may take several repairs
            assert places(after, rule) < places(before, rule), f"{rule} is as broken as before"
        else:
            assert rule not in left, f"{rule}: {[one.detail for one in after.findings(rule)]}"


def places(design: Design, rule: str) -> int:
    return sum(max(1, len(finding.components)) for finding in design.findings(rule))


@pytest.mark.parametrize(("key", "number"), list(repairs()))
def test_a_repair_brings_no_error_of_its_own(key: str, number: int) -> None:
    _, before, after = before_and_after(key, number)

    assert errors_of(after) <= errors_of(before)


@pytest.mark.parametrize(("key", "number"), list(repairs()))
def test_a_repair_is_told_in_whole_sentences(key: str, number: int) -> None:
    repair = get_template(key).repairs[number]

    for text in (repair.what, repair.why):
        assert text[0].isupper()
        assert text.endswith(".")
        assert "!" not in text


def choices() -> Iterator[Any]:
    for key, form in FORMS:
        for name, schema in get_template(key).schemas(form).items():
            for value in extremes(schema):
                yield pytest.param(key, form, name, value, id=f"{name_of(key, form)}-{name}-{value}")


def extremes(schema: Any) -> list[Any]:
    """The values at the edges of what a parameter takes."""
    if "enum" in schema:
        return list(schema["enum"])
    match schema["type"]:
        case "boolean":
            return [True, False]
        case "integer" | "number":
            return [schema[limit] for limit in ("minimum", "maximum") if limit in schema]
        case "object":
            sizes = [extremes(inner) for inner in schema["properties"].values()]
            return [dict(zip(schema["properties"], each, strict=True)) for each in zip(*sizes, strict=True)]
        case "string" if schema.get("format") == "ipv4-cidr":
            length = schema["default"].partition("/")[2] if "default" in schema else "16"
            return [f"172.16.0.0/{length}", f"10.0.0.0/{length}"] if int(length) > 11 else ["10.0.0.0/8"]
    return [schema["default"]] if "default" in schema else []


@pytest.mark.parametrize(("key", "form", "name", "value"), list(choices()))
def test_a_parameter_holds_at_both_limits(key: str, form: str, name: str, value: Any) -> None:
    template = get_template(key)
    parameter = template.parameters[name]

    document = build_document(template, form=form, parameters={name: value})

    assert len(Design(document).graph()) > 0
    for place in parameter.sets:
        assert not has_place(document, place) or find_value(document, place) == value
    if parameter.moves is not None and parameter.moves != value:
        assert is_named(document, IPv4Network(value))
        assert not is_named(document, IPv4Network(parameter.moves))
    if (
        isinstance(value, str)
        and value in parameter.patches
        and any(
            id_ in template.drawn(form).get(part, {})
            for part in ("components", "links")
            for id_ in parameter.patches[value].get(part, {})
        )
    ):
        assert document != template.drawn(form)


@pytest.mark.parametrize(("key", "form"), FORMS, ids=[name_of(*one) for one in FORMS])
def test_choosing_what_is_drawn_changes_nothing(key: str, form: str) -> None:
    template = get_template(key)
    drawn = {
        name: schema["default"]
        for name, schema in template.schemas(form).items()
        if "default" in schema and len(template.parameters[name].sets) < 2  # several may differ in this form
    }

    assert build_document(template, form=form, parameters=drawn) == build_document(template, form=form)

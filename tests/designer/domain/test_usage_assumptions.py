"""What a document may say about its use, and the sentence for what it may not."""

from typing import Any

import pytest

from catalog.selectors import component_types
from designer.domain.document import DesignDocument, DocumentInvalid
from designer.domain.parsing import parse_document


def parsed(settings: Any = None, **component: Any) -> DesignDocument:
    document = {
        "format": 1,
        "settings": settings or {},
        "components": {"files": {"type": "object_store", **component}},
        "links": {},
    }
    return parse_document(document, component_types())


def refusal(settings: Any = None, **component: Any) -> str:
    with pytest.raises(DocumentInvalid) as refused:
        parsed(settings, **component)
    [problem] = refused.value.problems
    return f"{problem.at}: {problem.detail}"


def test_a_design_that_says_nothing_expects_what_is_drawn() -> None:
    found = parsed()

    assert found.settings["usage_profile"] == "expected"
    assert not found.settings.keys() & {"schedule", "commitment", "tax", "growth_percent_month"}
    assert found.components["files"].usage == {}


def test_a_component_may_differ_from_its_design() -> None:
    found = parsed({"growth_percent_month": 2}, usage={"growth_percent_month": 5, "high_percent": 300})

    assert found.components["files"].usage == {"growth_percent_month": 5, "high_percent": 300}


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"growth_percent_month": -1}, "growth_percent_month: Growth a month is 0 % or more, not -1."),
        ({"growth_percent_month": 101}, "growth_percent_month: Growth a month is 100 % at most, not 101."),
        ({"schedule": {"hours_per_day": 25}}, "schedule.hours_per_day: Hours a day is 24 h at most, not 25."),
        (
            {"schedule": {"weekdays": ["moonday"]}},
            'schedule.weekdays.0: A weekday is one of mon, tue, wed, thu, fri, sat, sun, not "moonday".',
        ),
        ({"schedule": {"weekdays": []}}, "schedule.weekdays: Weekdays can't be empty. Leave it out instead."),
        ({"schedule": "nights"}, 'schedule: Schedule is a group of values, not "nights".'),
        ({"tax": {"rate_percent": 1000}}, "tax.rate_percent: Tax rate is 100 % at most, not 1000."),
        ({"tax": {"rate_percent": "20"}}, 'tax.rate_percent: Tax rate is a number, not "20".'),
        ({"commitment": {"months": 13}}, "commitment.months: Term is one of 1, 12, 24, 36, not 13."),
        (
            {"usage_profile": "wild"},
            'usage_profile: Usage profile is one of low, expected, high, not "wild".',
        ),
    ],
)
def test_what_no_month_can_be_is_refused_in_one_sentence(settings: Any, sentence: str) -> None:
    assert refusal(settings) == f"settings.{sentence}"


@pytest.mark.parametrize(
    ("usage", "sentence"),
    [
        ({"low_percent": -5}, ".low_percent: Low use is 0 % or more, not -5."),
        ({"low_percent": 120}, ".low_percent: Low use is 100 % at most, not 120."),
        ({"high_percent": 50}, ".high_percent: High use is 100 % or more, not 50."),
        ({"peak": 3}, '.peak: The usage of a component has no property called "peak".'),
        ([], ": Usage is a JSON object, not []."),
    ],
)
def test_a_component_s_usage_is_held_to_the_same(usage: Any, sentence: str) -> None:
    assert refusal(usage=usage) == f"components.files.usage{sentence}"

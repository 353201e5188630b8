"""A price book's file is taken whole or refused whole, with every problem, its place and its reason."""

import json
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.domain.price_book_fields import PriceBookInvalid
from catalog.domain.price_book_files import parse_price_book, read_price_book

BOOK: dict[str, Any] = {
    "schema": 2,
    "key": "small-cloud",
    "provider": "Small",
    "title": "Small cloud, 2026",
    "version": 1,
    "region": "eu",
    "currency": "EUR",
    "tax": {"kind": "net"},
    "valid_from": "2026-01-01",
    "collected_at": "2026-01-01",
    "month_rule": {"rule": "fixed_hours", "hours": "730"},
    "metering": "started_hour",
    "unit_basis": "decimal",
    "rounding": {"line": None, "total": "0.01", "mode": "half_up"},
    "sources": [
        {"id": "page", "url": "https://example.test/", "kind": "primary", "retrieved": "2026-01-01"},
    ],
    "prices": [
        {
            "sku": "volume",
            "service": "volume",
            "description": "Volume",
            "unit": "GB-month",
            "price": "0.10",
            "source": "page",
            "locator": "table 1",
            "confidence": "verbatim",
        },
        {
            "sku": "traffic",
            "service": "egress",
            "description": "Traffic",
            "unit": "GB",
            "tiers": [{"from": "0", "to": "1000", "price": "0.12"}, {"from": "1000", "price": "0.10"}],
            "source": "page",
            "locator": "table 2",
            "confidence": "verbatim",
        },
    ],
}


def refusals(book: Any) -> dict[str, str]:
    with pytest.raises(PriceBookInvalid) as refused:
        parse_price_book(book, file="small.json")
    assert all(problem.file == "small.json" for problem in refused.value.problems)
    return {problem.place: problem.reason for problem in refused.value.problems}


def book_with(change: Any) -> dict[str, Any]:
    book = deepcopy(BOOK)
    change(book)
    return book


def test_a_complete_book_is_read() -> None:
    book = parse_price_book(BOOK, file="small.json")

    assert (book.key, book.currency, book.price_count) == ("small-cloud", "EUR", 2)
    assert str(book.month_hours) == "730"
    price = book.find_price("volume", {})
    assert price is not None
    assert (str(price.unit), str(price.unit_price)) == ("GB-month", "0.10")


@pytest.mark.parametrize(
    ("change", "place", "reason"),
    [
        (lambda b: b["prices"][0].update(price=0.1), "prices[0] volume.price", "JSON number"),
        (lambda b: b["prices"][0].update(price="-0.10"), "prices[0] volume.price", "negative"),
        (lambda b: b["prices"][0].update(price="1e3"), "prices[0] volume.price", "no plain decimal"),
        (lambda b: b["prices"][0].update(price="٣"), "prices[0] volume.price", "no plain decimal"),
        (lambda b: b["prices"][0].pop("price"), "prices[0] volume.price", "missing"),
        (lambda b: b["prices"][0].update(unit="GB-week"), "prices[0] volume.unit", "no unit we know"),
        (lambda b: b["prices"][0].update(currency="USD"), "prices[0] volume.currency", "one currency"),
        (lambda b: b["prices"][0].update(source="rumour"), "prices[0] volume.source", "No source"),
        (lambda b: b["prices"][0].update(prize="1"), "prices[0] volume.prize", "No field has this name"),
        (lambda b: b["prices"][0].update(charge="perhaps"), "prices[0] volume.charge", "not one of"),
        (lambda b: b["prices"][0].update(charge="included"), "prices[0] volume.price", "costs 0"),
        (
            lambda b: b["prices"][1]["tiers"][1].update({"from": "1001"}),
            "prices[1] traffic.tiers[1].from",
            "gap",
        ),
        (
            lambda b: b["prices"][1]["tiers"][1].update({"from": "999"}),
            "prices[1] traffic.tiers[1].from",
            "overlap",
        ),
        (lambda b: b["prices"][1]["tiers"][0].pop("to"), "prices[1] traffic.tiers[1].from", "has no end"),
        (lambda b: b["prices"][1].update(price="1"), "prices[1] traffic.price", "not both"),
        (lambda b: b["prices"].append(b["prices"][0]), "prices[2] volume.sku", "Two rows"),
        (lambda b: b["rounding"].update(total="0"), "rounding.total", "more than 0"),
        (lambda b: b["month_rule"].update(hours="0"), "month_rule.hours", "more than 0"),
        (lambda b: b.update(version="1"), "version", "whole number"),
        (lambda b: b.update(valid_to="2025-01-01"), "valid_to", "before it begins"),
        (lambda b: b.update(key="Small Cloud"), "key", "right form"),
        (lambda b: b.update(prices={}), "prices", "list"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(change: Any, place: str, reason: str) -> None:
    assert reason in refusals(book_with(change))[place]


def test_all_problems_are_said_at_once() -> None:
    def spoil(book: dict[str, Any]) -> None:
        book["tax"] = "maybe"
        book["prices"][0]["unit"] = "parsec"
        book["prices"][1]["tiers"][0]["price"] = 0.12

    assert refusals(book_with(spoil)).keys() == {
        "tax",
        "tax.kind",
        "prices[0] volume.unit",
        "prices[1] traffic.tiers[0].price",
    }


def test_two_rows_may_not_answer_the_same_question() -> None:
    other = {**BOOK["prices"][0], "sku": "volume-2"}

    found = refusals(book_with(lambda book: book["prices"].append(other)))

    assert "Two rows answer for volume" in found["prices[2] volume-2.selector"]


def test_a_composed_row_needs_its_parts() -> None:
    composed = {key: value for key, value in BOOK["prices"][0].items() if key != "price"} | {
        "sku": "c{vcpus}r{ram_gib}",
        "service": "server",
        "unit": "hour",
        "composed_of": [{"sku": "Core:{generation}", "per": "vcpus"}],
    }

    found = refusals(book_with(lambda book: book["prices"].append(composed)))

    assert "No row has the SKU" in found["prices[2] c{vcpus}r{ram_gib}.composed_of"]


def test_a_file_that_is_no_json_is_refused() -> None:
    with pytest.raises(PriceBookInvalid, match=r"small\.json: file: This is no JSON"):
        read_price_book("{", file="small.json")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=10,
)


@given(json_values, st.sampled_from(sorted(BOOK)))
def test_no_value_anywhere_in_the_header_breaks_the_reader(value: Any, name: str) -> None:
    try:
        parse_price_book({**BOOK, name: value}, file="small.json")
    except PriceBookInvalid as refused:
        assert refused.problems


@given(
    json_values,
    st.sampled_from(["selector", "attributes", "composed_of", "tiers", "applies_to", *BOOK["prices"][0]]),
)
def test_no_value_anywhere_in_a_row_breaks_the_reader(value: Any, name: str) -> None:
    book = {**BOOK, "prices": [{**BOOK["prices"][0], name: value}]}
    try:
        parse_price_book(json.loads(json.dumps(book)), file="small.json")
    except PriceBookInvalid as refused:
        assert refused.problems

"""What contradicts itself in a book's file is refused, with the place and the reason."""

from copy import deepcopy
from typing import Any

import pytest

from catalog.domain.price_book_fields import PriceBookInvalid
from catalog.domain.price_book_files import parse_price_book, read_price_book
from tests.catalog.domain.test_price_books_files import BOOK, refusals

STATED = {"source": "page", "locator": "table", "confidence": "verbatim"}
A_SIZE = {"flavor": "x", "vcpus": "2", "ram_gib": "4", "disk_gib": "0"}


def a_row(sku: str, **fields: Any) -> dict[str, Any]:
    return {"sku": sku, "service": sku, "description": sku, "unit": "hour", "price": "1", **STATED, **fields}


def a_percentage(sku: str, **fields: Any) -> dict[str, Any]:
    row = {"charge": "percent", "percent": "-30", "order": 1, "applies_to": {"service": "volume"}}
    return {"sku": sku, "service": "discount", "description": sku, **row, **STATED, **fields}


def refused(*rows: dict[str, Any], **header: Any) -> dict[str, str]:
    """Place below the last row (or in the header) -> reason."""
    book = {**deepcopy(BOOK), **header}
    book["prices"] = [*book["prices"], *rows]
    last = f"prices[{len(book['prices']) - 1}]"
    found = refusals(book)
    return {place.removeprefix(last).split(".", 1)[-1]: reason for place, reason in found.items()}


@pytest.mark.parametrize(
    ("row", "place", "reason"),
    [
        # Absurd figures
        (a_row("x", price="1000000001"), "price", "too much to be meant"),
        (a_row("x", minimum="1" + "0" * 17), "minimum", "too much to be meant"),
        (a_row("x", minimum="-1"), "minimum", "negative"),
        (a_row("x", tier_mode="block", block_size="0"), "block_size", "more than 0"),
        (a_percentage("x", percent="-101"), "percent", "outside of -100 to 1000"),
        (a_percentage("x", percent=-30), "percent", "JSON number"),
        (a_percentage("x", order=-1), "order", "whole number from 0"),
        # What doesn't go together
        (a_row("x", block_size="2"), "block_size", "Only tier_mode block"),
        (a_row("x", tier_mode="block", scope="account"), "scope", "counted for each resource"),
        (a_row("x", tier_mode="volume", free_quantity="1"), "free_quantity", "Only graduated"),
        (a_row("x", free_basis="per_ram_gib"), "free_basis", "no free_quantity"),
        (a_row("x", free_basis="per_ram_gib", free_quantity="1"), "free_basis", "needs the scope account"),
        (a_row("x", unit="month", cap_per_month="5"), "cap_per_month", "Only one price an hour"),
        (a_row("x", charge="included", minimum_charge="1", price="0"), "minimum_charge", "charged by use"),
        (a_row("x", order=1), "order", "Only a percent row"),
        (a_row("x", ceiling_percent="30"), "ceiling_percent", "Only a percent row"),
        (a_row("x", charge="recurring", applies_to={"service": "volume"}), "scope", "scope is account"),
        (a_row("x", applies_to={"service": "volume"}), "applies_to", "not with a service"),
        (
            a_row("x", service="server", unit="GB-month", attributes=A_SIZE),
            "unit",
            "by the hour or the month",
        ),
        (a_row("x", service="server", unit="item", attributes=A_SIZE), "unit", "by the hour or the month"),
        (
            {
                **a_row("x"),
                "price": None,
                "tiers": [{"from": "0", "to": "9", "price": "1"}, {"from": "8", "price": "1"}],
            },
            "tiers[1].from",
            "There is an overlap: the tiers before end at 9, not 8.",
        ),
        # Terms
        (a_row("x", term_months=12), "term_months", "Only what is reserved"),
        (a_row("x", payment="upfront"), "payment", "Only what is reserved"),
        (a_row("x", purchase="reserved", term_months=12), "payment", "paid monthly"),
        (a_row("x", purchase="reserved", payment="monthly"), "term_months", "whole number from 1"),
        (a_row("x", purchase="reserved", payment="monthly", term_months=999), "term_months", "to 120"),
        # Validity
        (a_row("x", effective_from="2026-06-31"), "effective_from", "no day of the calendar"),
        (
            a_row("x", effective_from="2026-07-01", effective_to="2026-06-30"),
            "effective_to",
            "before it begins",
        ),
        # What a row is about
        (a_percentage("x", applies_to={"service": "unicorns"}), "applies_to", "of the service unicorns"),
        (a_percentage("x", applies_to={"services": ["volume", "elves"]}), "applies_to", "service elves"),
        (a_percentage("x", applies_to={"sku": "nothing"}), "applies_to", "No row has the SKU nothing"),
        (
            a_percentage("x", applies_to={"service": "all", "excluding": ["licence"]}),
            "applies_to",
            "nothing is excluded",
        ),
        (a_percentage("x", applies_to={}), "applies_to", "names one of"),
        (a_percentage("x", applies_to={"sku": "volume", "service": "volume"}), "applies_to", "names one of"),
        (a_percentage("x", applies_to={"servce": "volume"}), "applies_to.servce", "No field has this name"),
        ({**a_percentage("x"), "applies_to": None}, "applies_to", "says what it applies to"),
        ({**a_percentage("x"), "order": None}, "order", "in which order"),
        (a_percentage("x", unit="hour"), "unit", "counts in percent"),
        (a_percentage("x", price="5"), "price", "no such thing"),
        (
            {**a_percentage("x"), "percent": None, "tiers": [{"from": "0", "percent": "-5"}]},
            "scope",
            "scope account",
        ),
        (
            {
                **a_percentage("x", scope="account"),
                "percent": None,
                "tiers": [{"from": "0", "to": "5000", "percent": "0"}, {"from": "5001", "percent": "-3"}],
            },
            "tiers[1].from",
            "gap",
        ),
        (a_row("x", charge="minimum"), "applies_to", "names the service"),
    ],
)
def test_a_row_that_can_t_be_meant_is_refused(row: dict[str, Any], place: str, reason: str) -> None:
    found = refused(row)

    assert reason in found[place]


@pytest.mark.parametrize(
    ("header", "place", "reason"),
    [
        ({"schema": 1}, "schema", "reads schema 2"),
        ({"tax": {"kind": "unstated", "rate": "0.19"}}, "rate", "unstated"),
        ({"tax": {"kind": "gross", "rate": "19"}}, "rate", "too much"),
        ({"month_rule": {"rule": "calendar", "hours": "730"}}, "hours", "own hours"),
        ({"month_rule": {"rule": "fixed_hours", "hours": "745"}}, "hours", "too much"),
        ({"month_rule": {"rule": "lunar", "hours": "672"}}, "rule", "not one of"),
        ({"rounding": {"unit": "0"}}, "unit", "more than 0"),
        ({"rounding": {"line": 0.01}}, "line", "JSON number"),
        ({"rounding": {"mode": "bankers"}}, "mode", "not one of"),
        ({"metering": "hour"}, "metering", "not one of"),
        ({"version": 0}, "version", "whole number from 1"),
        ({"version": True}, "version", "whole number"),
        ({"supersedes": 1}, "supersedes", "can't take the place"),
        ({"collected_at": None}, "collected_at", "missing"),
        ({"valid_from": "2026-02-30"}, "valid_from", "no day of the calendar"),
        ({"status": "published"}, "status", "No field has this name"),
    ],
)
def test_a_header_that_can_t_be_meant_is_refused(header: dict[str, Any], place: str, reason: str) -> None:
    assert reason in refused(**header)[place]


# --- Between rows -----------------------------------------------------------------------------------


def test_validity_may_follow_and_not_overlap() -> None:
    """Elastx raised its list by 10 % on 2026-07-01."""
    old = a_row("disk", price="1.00", effective_to="2026-06-30")
    new = a_row("disk", price="1.10", effective_from="2026-07-01")
    early = a_row("disk", price="1.10", effective_from="2026-06-30")

    book = parse_price_book({**BOOK, "prices": [old, new]}, file="small.json")
    found = refused(old, early)

    assert [str(book.on(day).price_of_sku("disk").unit_price) for day in DAYS] == ["1.00", "1.10"]  # type: ignore[union-attr]
    assert "validity overlaps: ever to 2026-06-30 and 2026-06-30 to ever" in found["sku"]


DAYS = ("2026-06-30", "2026-07-01")


def test_another_sku_for_the_same_question_may_not_overlap_either() -> None:
    found = refused(a_row("disk-1", service="disk"), a_row("disk-2", service="disk"))

    assert "Two rows answer for disk with the same selector" in found["selector"]


def test_a_book_is_read_with_the_prices_of_the_day_it_was_collected() -> None:
    rows = [a_row("disk", effective_to="2025-12-31"), a_row("disk", price="2", effective_from="2026-01-01")]

    price = parse_price_book({**BOOK, "prices": rows}, file="small.json").find_price("disk", {})

    assert price is not None
    assert price.unit_price == 2


def test_the_same_sku_may_be_sold_on_several_terms() -> None:
    """Open Telekom Cloud lists one flavor with R12, R24, RU12 and RU24."""
    terms = [
        {"purchase": "reserved", "term_months": months, "payment": payment}
        for months in (12, 24)
        for payment in ("monthly", "upfront")
    ]
    rows = [a_row("s3.medium.1"), *(a_row("s3.medium.1", **one) for one in terms)]

    book = parse_price_book({**BOOK, "prices": rows}, file="small.json")

    assert [str(offered) for offered in book.offered_terms] == [
        "12 months, paid monthly",
        "12 months, paid upfront",
        "24 months, paid monthly",
        "24 months, paid upfront",
    ]


def test_percentages_may_not_go_round_in_a_circle() -> None:
    one = a_percentage("one", applies_to={"sku": "two"})
    two = a_percentage("two", applies_to={"sku": "one"}, order=2)

    found = refused(one, two)

    assert found["applies_to"] == "Percentages in a circle: two of one of two."


def test_a_percentage_of_itself_is_a_circle() -> None:
    assert "in a circle" in refused(a_percentage("one", applies_to={"sku": "one"}))["applies_to"]


def test_a_percentage_of_a_percentage_comes_after_it() -> None:
    found = refused(a_percentage("one"), a_percentage("two", applies_to={"sku": "one"}))

    assert "its order comes after 1" in found["order"]


def test_parts_are_sold_by_the_same_time_as_the_whole() -> None:
    part = a_row("core", unit="vcore-month")
    whole = {**a_row("c{vcpus}r{ram_gib}", service="server"), "price": None}

    found = refused(part, {**whole, "composed_of": [{"sku": "core", "per": "vcpus"}]})

    assert found["composed_of"] == "core is sold by vcore-month, this row by hour."


def test_a_name_that_stands_twice_is_no_json() -> None:
    with pytest.raises(PriceBookInvalid, match=r"'price' stands twice in one object"):
        read_price_book('{"price": "1", "price": "2"}', file="small.json")


def test_nothing_is_half_read() -> None:
    """One bad row of two, and there is no book."""
    with pytest.raises(PriceBookInvalid):
        parse_price_book({**BOOK, "prices": [BOOK["prices"][0], a_row("x", price="-1")]}, file="small.json")

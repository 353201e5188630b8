"""A mapping is a table of rules; each row becomes what the first rule that fits says."""

import csv
import io
from typing import Any

import pytest

from catalog.domain.price_book_fields import PriceBookInvalid
from catalog.domain.price_imports.collected_rows import COLUMNS, CollectedRow, read_rows
from catalog.domain.price_imports.mappings import BookPlan, CellOf, PriceOf, Rule, leave, take

HEADER = {"key": "acme", "provider": "Acme", "title": "Acme", "region": "ber", "currency": "EUR"}
DISK = {
    "provider": "acme",
    "region": "ber",
    "sku": "disk.ssd.hour",
    "service": "disks",
    "resource_type": "block-storage",
    "unit": "GB-hour",
    "price": "0.0001",
    "currency": "EUR",
    "effective_date": "2026-08-01",
    "source_url": "https://acme.example/prices",
    "source_note": "[secondary] a dataset (CC BY 4.0)",
}
CAP = DISK | {"sku": "disk.ssd.cap", "resource_type": "cap", "unit": "GB-month", "price": "0.05"}


def rows(*cells: dict[str, str]) -> list[CollectedRow]:
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS)
    writer.writeheader()
    writer.writerows(cells)
    return read_rows(text.getvalue(), file="acme.csv")


def book(*cells: dict[str, str], rules: tuple[Rule, ...], **plan: Any) -> dict[str, Any]:
    made = BookPlan(header=HEADER, rules=rules, **plan).book(rows(*cells), file="acme.csv")
    assert made is not None
    return made


def refusal(*cells: dict[str, str], rules: tuple[Rule, ...]) -> str:
    with pytest.raises(PriceBookInvalid) as refused:
        book(*cells, rules=rules)
    return str(refused.value)


def test_what_a_row_says_needs_no_words_in_the_rule() -> None:
    made = book(DISK, rules=(take("volume", resource_type="block-storage"),))

    assert made["prices"] == [
        {
            "sku": "disk.ssd.hour",
            "service": "volume",
            "product": "disks",
            "resource_type": "block-storage",
            "description": "disk.ssd.hour",
            "unit": "GB-hour",
            "price": "0.0001",
            "source": "list-1",
            "locator": "disk.ssd.hour",
            "confidence": "verbatim",
        }
    ]
    [source] = made["sources"]
    assert (source["kind"], source["retrieved"], source["licence"]) == (
        "secondary",
        "2026-08-01",
        "CC BY 4.0",
    )


def test_texts_name_columns_and_what_the_conditions_caught() -> None:
    rule = take(
        "volume",
        sku=r"disk\.(?P<type>\w+)\.hour",
        says={"selector": {"type": "{type}"}, "description": "{type} in {region}", "product": None},
    )

    [price] = book(DISK, rules=(rule,))["prices"]

    assert price["selector"] == {"type": "ssd"}
    assert price["description"] == "ssd in ber"
    assert "product" not in price


def test_the_cap_of_a_price_is_another_row() -> None:
    rules = (
        take("volume", sku=r"disk\.(?P<type>\w+)\.hour", says={"cap_per_month": PriceOf("disk.{type}.cap")}),
        leave("It is the cap of the price beside it.", resource_type="cap"),
    )

    [price] = book(DISK, CAP, rules=rules)["prices"]

    assert price["cap_per_month"] == "0.05"
    assert "line 2 disk.ssd.hour: The mapping looks for 'disk.ssd.cap'" in refusal(DISK, rules=rules)


def test_what_a_row_leaves_out_may_stand_in_another() -> None:
    hour = DISK | {"sku": "m1", "unit": "hour", "disk_gib": "50"}
    month = DISK | {"sku": "m1.month", "unit": "month", "price": "30"}
    disk = CellOf("disk_gib", "{flavor}", "hour")
    rules = (
        take("server", sku="(?P<flavor>m1).month", says={"attributes": {"disk_gib": disk}}),
        leave("Only the plans are tried here."),
    )

    [price] = book(hour, month, rules=rules)["prices"]

    assert price["attributes"] == {"disk_gib": "50"}


def test_one_row_may_become_several_prices() -> None:
    rules = (
        take("volume", says={"sku": "{sku}:until", "effective_to": "2026-09-30"}, and_more=True),
        take("volume", says={"sku": "{sku}:from", "effective_from": "2026-10-01"}),
    )

    assert [price["sku"] for price in book(DISK, rules=rules)["prices"]] == [
        "disk.ssd.hour:until",
        "disk.ssd.hour:from",
    ]


def test_a_row_that_no_rule_fits_is_refused() -> None:
    rules = (take("server", resource_type="server"),)

    assert "acme.csv: line 2 disk.ssd.hour: The mapping doesn't know disks / block-storage." in refusal(
        DISK, rules=rules
    )


def test_what_costs_nothing_is_included() -> None:
    [price] = book(DISK | {"price": "0.00"}, rules=(take("volume"),))["prices"]

    assert price["charge"] == "included"


def test_rows_of_one_sku_that_follow_each_other_are_tiers() -> None:
    first = DISK | {"tier_from": "0", "tier_to": "100"}
    second = DISK | {"tier_from": "100", "price": "0.00005"}

    [price] = book(first, second, rules=(take("volume"),))["prices"]

    assert price["tiers"] == [
        {"from": "0", "to": "100", "price": "0.0001"},
        {"from": "100", "to": None, "price": "0.00005"},
    ]


def test_a_list_without_a_row_for_a_book_makes_none() -> None:
    plan = BookPlan(header=HEADER, rules=(take("volume"),), rows={"region": "muc"})

    assert plan.book(rows(DISK), file="acme.csv") is None


def test_braces_in_a_cell_are_only_text() -> None:
    """Whoever writes a list writes values, never templates."""
    odd = DISK | {"description": "{sku.__class__} {0} {"}

    [price] = book(odd, rules=(take("volume", says={"locator": "{description}"}),))["prices"]

    assert price["locator"] == "{sku.__class__} {0} {"

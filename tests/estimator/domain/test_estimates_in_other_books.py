"""What the two shipped books don't need, and other providers do: a small book that has it all."""

from decimal import Decimal
from typing import Any

from catalog.domain.price_book_files import parse_price_book
from catalog.domain.price_books import PriceBook
from designer.domain import resources as kinds
from designer.domain.resources import Resource, ResourceGraph
from estimator.domain.assumptions import Assumptions
from estimator.domain.estimates import Estimate, estimate

HEADER: dict[str, Any] = {
    "schema": 2,
    "key": "small-cloud",
    "provider": "Small",
    "title": "Small cloud",
    "version": 1,
    "region": "eu",
    "currency": "CHF",
    "tax": {"kind": "net"},
    "valid_from": "2026-01-01",
    "collected_at": "2026-01-01",
    "month_rule": {"rule": "fixed_hours", "hours": "720"},
    "metering": "started_hour",
    "unit_basis": "decimal",
    "rounding": {"line": None, "total": None, "mode": "half_up"},
    "sources": [{"id": "page", "url": "https://example.test/", "kind": "primary", "retrieved": "2026-01-01"}],
}


def a_book(*prices: dict[str, Any], **header: Any) -> PriceBook:
    rows = [
        {"description": price["sku"], "source": "page", "locator": "table", "confidence": "verbatim", **price}
        for price in prices
    ]
    return parse_price_book({**HEADER, **header, "prices": rows}, file="small.json")


def an_external(service: str, **quantities: Any) -> Resource:
    return Resource("one/external", kinds.EXTERNAL, "one", {"service": service, **quantities})


def priced(book: PriceBook, *resources: Resource, **options: Any) -> Estimate:
    return estimate(ResourceGraph.build(resources), book, **options)


def test_what_is_paid_once_is_no_monthly_cost() -> None:
    book = a_book({"sku": "setup", "service": "vpn", "charge": "one_time", "unit": "month", "price": "200"})

    result = priced(book, an_external("vpn"))

    assert (result.totals.monthly, result.totals.one_time) == (0, Decimal(200))
    assert str(result.coverage) == "1.00"


def test_the_smallest_quantity_that_is_sold_is_charged_and_said() -> None:
    book = a_book(
        {
            "sku": "disk",
            "service": "volume",
            "unit": "GB-month",
            "price": "0.10",
            "minimum": "75",
            "selector": {"type": "hdd"},
        },
        unit_basis="binary",
    )
    small = Resource("disk/volume[0]", kinds.VOLUME, "disk", {"size_gib": 10, "type": "hdd"})

    [line] = priced(book, small).line_items

    assert line.monthly == Decimal("7.50")
    assert "Charged as 75 GB-month, the least there is." in line.assumption


def test_a_book_may_round_every_line() -> None:
    """flow.swiss rounds up to whole francs."""
    rounding = {"line": "1", "total": None, "mode": "up"}
    book = a_book({"sku": "cdn", "service": "cdn", "unit": "GB", "price": "0.03"}, rounding=rounding)

    assert priced(book, an_external("cdn", egress_gb_month=41)).totals.monthly == Decimal(2)


def test_a_month_price_stays_whole_when_servers_run_part_of_the_month() -> None:
    size = {"flavor": "s1", "vcpus": "2", "ram_gib": "4", "disk_gib": "40"}
    book = a_book({"sku": "s1", "service": "server", "unit": "month", "price": "30", "attributes": size})
    server = Resource("web/server[0]", kinds.SERVER, "web", {"size": {"vcpus": 1, "ram_gib": 1}})

    assert priced(
        book, server, assumptions=Assumptions(hours_per_month=Decimal(100))
    ).totals.monthly == Decimal(30)


def test_hourly_and_monthly_flavors_are_compared_for_the_same_time() -> None:
    """13 a month of 720 hours are 0.018 an hour, less than 0.02."""
    size = {"vcpus": "1", "ram_gib": "1", "disk_gib": "10"}
    book = a_book(
        {"sku": "by-month", "service": "server", "unit": "month", "price": "13", "attributes": size},
        {"sku": "by-hour", "service": "server", "unit": "hour", "price": "0.02", "attributes": size},
    )
    server = Resource("web/server[0]", kinds.SERVER, "web", {"size": {"vcpus": 1, "ram_gib": 1}})

    [line] = priced(book, server).line_items
    assert line.sku == "by-month"


def test_a_price_in_a_unit_of_another_sort_is_no_price() -> None:
    book = a_book({"sku": "cdn", "service": "cdn", "unit": "hour", "price": "1"})

    [line] = priced(book, an_external("cdn", egress_gb_month=10)).line_items

    assert line.monthly is None
    assert line.assumption == "GB can't be counted in hour."


def test_a_server_without_a_disk_in_a_book_without_volumes_leaves_the_disk_open() -> None:
    size = {"vcpus": "1", "ram_gib": "1", "disk_gib": "0"}
    book = a_book({"sku": "s1", "service": "server", "unit": "hour", "price": "0.02", "attributes": size})
    need = {"vcpus": 1, "ram_gib": 1, "disk_gib": 20}

    server, disk = priced(book, Resource("web/server[0]", kinds.SERVER, "web", {"size": need})).line_items

    assert server.is_priced
    assert (disk.description, disk.monthly, str(disk.quantity)) == ("Boot volume", None, "20")


def test_all_digits_are_kept_where_the_book_does_not_round() -> None:
    book = a_book({"sku": "cdn", "service": "cdn", "unit": "GB", "price": "0.000001"})

    assert priced(book, an_external("cdn", egress_gb_month=1.5)).to_json()["totals"]["monthly"] == "0.0000015"

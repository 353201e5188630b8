"""Providers' own catalogues, as their interfaces answer, become books that price a design."""

import json
from decimal import Decimal
from typing import Any

from catalog.domain.price_books import PriceBook
from tests.catalog.price_list_files import converted, recorded, refusals, the_book

OVH = recorded("ovh-order-catalogue.json")
OUTSCALE = recorded("outscale-read-public-catalog.json")


def unit_price(book: PriceBook, sku: str) -> Decimal:
    price = book.price_of_sku(sku)
    assert price is not None
    return price.unit_price


# --- OVHcloud -------------------------------------------------------------------------------------------


def test_whole_prices_of_the_order_catalogue_are_hundred_millionths() -> None:
    book = the_book(converted(OVH, file="ovh.json", kind="ovh"))

    assert (book.key, book.currency, book.collected_at) == ("ovh", "EUR", "2026-11-21")
    assert unit_price(book, "b2-7") == Decimal("0.0709")
    assert unit_price(book, "volume.classic.consumption") == Decimal("0.00005556")
    server = book.price_of_sku("b3-16")
    assert server is not None
    assert server.attributes == {"flavor": "b3-16", "vcpus": "4", "ram_gib": "16", "disk_gib": "100"}
    assert (server.source.kind, server.locator) == ("primary", "addons, planCode b3-16.consumption")


def test_the_monthly_plan_of_a_flavor_is_the_same_sku_on_other_terms() -> None:
    plans = [
        price
        for price in converted(OVH, file="ovh.json", kind="ovh").books[0]["prices"]
        if price["sku"] == "b2-7"
    ]

    assert [(one["unit"], one["price"], one.get("term_months")) for one in plans] == [
        ("hour", "0.0709", None),
        ("month", "24.2", 1),
    ]


def test_what_a_book_does_not_take_is_listed_with_its_reason() -> None:
    reasons = {one.what: one.reason for one in converted(OVH, file="ovh.json", kind="ovh").left_out}

    assert reasons["win-b2-7.consumption"] == "Its price includes a Windows licence."
    assert reasons["b3-8.consumption.3AZ"] == "It is for local zones or regions of three zones."
    assert reasons["b3-8.consumption.LZ.EUROZONE"] == reasons["b3-8.consumption.3AZ"]
    assert "how many cores" in reasons["t9-1.consumption"]
    assert "octavia-loadbalancer.loadbalancer-m.hour.consumption" in reasons


def a_row(sku: str, service: str, price: str = "1", **said: Any) -> dict[str, Any]:
    facts = {"sku": sku, "service": service, "description": sku, "unit": "hour", "price": price}
    return {**facts, "source": "page", "locator": "l", "confidence": "derived", **said}


def the_book_after(*rows: dict[str, Any]) -> PriceBook:
    """What the catalogue makes of a book that had these rows."""
    page = {"id": "page", "url": "https://example.com", "kind": "secondary", "retrieved": "2026-09"}
    rounding = {"unit": None, "line": "0.01", "total": "0.01", "mode": "up"}
    said = {"provider": "OVH", "region": "eu", "tax": {"kind": "net"}, "metering": "started_hour"}
    so_far = {
        "key": "ovh",
        "title": "Ours",
        "rounding": rounding,
        "sources": [page],
        "prices": list(rows),
        **said,
    }
    return the_book(converted(OVH, file="ovh.json", kind="ovh", so_far=so_far))


def test_what_stands_in_no_catalogue_stays_as_the_book_had_it() -> None:
    egress = a_row("egress", "egress", "0", charge="included", unit="GB")

    book = the_book_after(egress, a_row("ours", "dns"), a_row("gone", "load_balancer"))

    assert book.price_of_sku("egress") is not None
    assert book.price_of_sku("ours") is not None
    assert book.price_of_sku("gone") is None
    assert (book.title, str(book.rounding.line)) == ("Ours", "0.01")
    assert {source.id for source in book.sources} == {"order-catalogue", "page"}


def test_what_the_book_has_already_gets_the_price_of_today_and_keeps_the_rest() -> None:
    capped = a_row("volume.classic.consumption", "volume", "0.00004", unit="GB-hour", cap_per_month="0.042",
                   selector={"type": "hdd"})  # fmt: skip
    larger = a_row(
        "octavia-loadbalancer.loadbalancer-m.hour.consumption", "load_balancer", selector={"size": "m"}
    )
    size = {"flavor": "b3-8", "vcpus": "2", "ram_gib": "8"}
    until = a_row("b3-8", "server", attributes={**size, "disk_gib": "50"}, effective_to="2026-09-30")
    since = a_row("b3-8", "server", attributes=size, effective_from="2026-10-01")

    book = the_book_after(capped, larger, until, since)

    volume, balancer, server = (book.price_of_sku(row["sku"]) for row in (capped, larger, since))
    assert volume is not None
    assert (volume.unit_price, volume.cap_per_month) == (Decimal("0.00005556"), Decimal("0.042"))
    assert balancer is not None
    assert (balancer.unit_price, balancer.selector) == (Decimal("0.0208"), {"size": "m"})
    assert server is not None
    assert (server.unit_price, server.attributes, server.effective_from) == (Decimal("0.0512"), size, "")
    assert {price.source.kind for price in (volume, balancer, server)} == {"primary"}


def test_what_is_no_order_catalogue_is_refused_in_a_sentence() -> None:
    def ovh(content: bytes, **said: str) -> str:
        return refusals(content, file="f.json", kind="ovh", **said)

    assert "This is no order catalogue of OVHcloud" in ovh(b'{"addons": []}')
    assert "This is no order catalogue" in ovh(b"[1, 2]")
    assert "This is no JSON" in ovh(b"<html>")
    assert "is not UTF-8" in ovh(b'{"a": "\xff"}')
    assert "The catalogue is in EUR, not in USD" in ovh(OVH, currency="USD")
    assert "The file is empty" in ovh(b"  ")
    assert "This is no JSON" in ovh(b"[" * 100_000)


def test_a_price_that_is_none_is_refused_with_its_plan_and_never_read_as_no_longer_sold() -> None:
    data = json.loads(OVH)
    strange: list[Any] = [-1, 7.5, "12", True, None, 10**40]
    for addon, price in zip(data["addons"], strange, strict=False):
        addon["pricings"][0]["price"] = price

    said = refusals(json.dumps(data).encode(), file="f.json", kind="ovh")

    plans = [addon["planCode"] for addon in data["addons"][: len(strange)]]
    assert [plan for plan in plans if f"addons {plan}.price: This is no whole number" not in said] == []


# --- OUTSCALE -------------------------------------------------------------------------------------------


def test_each_region_of_the_public_catalogue_is_a_book() -> None:
    found = converted(OUTSCALE, file="catalog.json", kind="outscale")

    assert [book["key"] for book in found.books] == ["outscale-cloudgouv-eu-west-1", "outscale"]
    assert unit_price(the_book(found, 0), "CustomCore:v7-p2") == Decimal("0.041")
    book = the_book(found, 1)
    assert (book.region, book.currency, book.provider) == ("eu-west-2", "EUR", "OUTSCALE")
    assert unit_price(book, "CustomCore:v7-p2") == Decimal("0.038")
    gp2 = book.price_of_sku("BSU:VolumeUsage:gp2")
    assert gp2 is not None
    assert (str(gp2.unit), gp2.locator) == ("GiB-month", "TinaOS-BSU / CreateVolume / BSU:VolumeUsage:gp2")


def test_reserved_instances_are_not_taken_for_prices_on_demand() -> None:
    found = converted(OUTSCALE, file="catalog.json", kind="outscale", region="eu-west-2")

    assert unit_price(the_book(found), "CustomCore:v7-p2") == Decimal("0.038")
    assert "CustomCore:v7-p2, RunInstances-RI1" in {one.what for one in found.left_out}


def test_of_several_catalogues_the_current_one_counts() -> None:
    content = recorded("outscale-read-catalogs.json")

    book = the_book(converted(content, file="catalogs.json", kind="outscale"))

    assert (unit_price(book, "CustomCore:v5-p1"), book.valid_from) == (Decimal("0.04"), "2023-01-01")


def test_a_price_without_a_unit_or_with_two_values_is_refused_with_its_place() -> None:
    def catalogue(**said: Any) -> bytes:
        entry = {"Type": "LBU", "Title": "LBU - par heure", "SubregionName": "eu-west-2", "UnitPrice": 0.03}
        return json.dumps({"Catalog": {"Entries": [entry, {**entry, **said}]}}).encode()

    def outscale(content: bytes, **said: str) -> str:
        return refusals(content, file="c.json", kind="outscale", **said)

    assert "Entries[1] LBU.UnitPrice: The same Type stands there with the price 0.03" in outscale(
        catalogue(UnitPrice=0.04)
    )
    assert "Entries[1] LBU.Title: Neither Title nor Flags say" in outscale(catalogue(Title="LBU"))
    assert "Entries[1] LBU.UnitPrice: This is no price" in outscale(catalogue(UnitPrice=-1))
    assert "Entries[1] LBU.UnitPrice: This is no price" in outscale(catalogue(UnitPrice=float("nan")))
    assert "There are 2 regions, so one key is not enough" in outscale(OUTSCALE, key="mine")
    assert "The catalogue has no region mars" in outscale(OUTSCALE, region="mars")
    assert "This is no answer of ReadPublicCatalog" in outscale(b"{}")

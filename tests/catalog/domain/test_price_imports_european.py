"""What each European list needs minding, with rows shaped like its own."""

from decimal import Decimal

import pytest

from catalog.domain.price_book_fields import PriceBookInvalid
from catalog.domain.price_book_files import read_price_book
from catalog.domain.price_books import PriceBook
from catalog.domain.price_imports import book_files_from_csv
from catalog.domain.size_matching import SizeNeed, find_size
from tests.catalog.domain.test_price_books_import import a_list

MIXXOR = "[secondary] mixxor/eu-cloud-prices@ec4a406 prices/some.json, hand-maintained transcription"


def a_row(provider: str, sku: str, resource_type: str, price: str, **more: str) -> dict[str, str]:
    service = "compute" if resource_type.startswith("server") else resource_type
    return {
        "provider": provider,
        "sku": sku,
        "service": service,
        "resource_type": resource_type,
        "description": sku,
        "unit": "GB-month",
        "price": price,
        "currency": "EUR",
        "term": "on-demand",
        "effective_date": "2026-05-20",
        "source_url": "https://example.test/prices",
        "source_note": MIXXOR,
        "confidence": "verbatim",
        **more,
    }


def a_flavor(provider: str, sku: str, price: str, unit: str = "hour", **more: str) -> dict[str, str]:
    size = {"vcpus": "2", "ram_gib": "8", "disk_gib": "80"}
    return a_row(provider, sku, "server", price, unit=unit, **{"description": f"{sku} / x", **size, **more})


def book_of(*rows: dict[str, str]) -> PriceBook:
    [(key, text)] = book_files_from_csv(a_list(*rows), file="list.csv").items()
    return read_price_book(text, file=f"{key}.json")


def test_hetzner_s_gross_rows_stay_out_and_the_month_is_the_cap() -> None:
    book = book_of(
        a_flavor("hetzner", "ccx13", "0.0829"),
        a_flavor("hetzner", "ccx13", "51.75", "month"),
        a_flavor("hetzner", "ccx13:net", "42.99", "month", description="CCX13 / dedicated (cap)"),
        a_flavor("hetzner", "ccx13:net", "0.0689", description="CCX13 / dedicated", confidence="derived"),
        a_row("hetzner", "lb", "load-balancer", "8.91", unit="month"),
        a_row("hetzner", "lb:net", "load-balancer", "7.4874", unit="month", confidence="derived"),
    )

    [server] = book.sized_prices("server")
    assert (server.attributes["flavor"], str(server.unit_price), str(server.cap_per_month)) == (
        "CCX13",
        "0.0689",
        "42.99",
    )
    assert server.source.kind == "corroborated"
    assert [str(row.unit_price) for row in book.prices if row.service == "load_balancer"] == ["7.4874"]
    assert (str(book.tax), book.tax.rate) == ("net", Decimal("0.19"))


def test_upcloud_s_hours_are_made_of_its_months() -> None:
    book = book_of(
        a_flavor("upcloud", "premium-2xCPU-8GB", "0.0521"),
        a_flavor(
            "upcloud",
            "premium-2xCPU-8GB",
            "38",
            "month",
            source_note=f"{MIXXOR}; corroborated by moveinfra 2026-10-28",
        ),
    )

    [server] = book.sized_prices("server")
    assert (str(server.unit_price), str(server.cap_per_month)) == ("0.05654762", "38")
    assert (server.source.kind, server.confidence) == ("corroborated", "derived")
    assert book.month_hours == 672


@pytest.mark.parametrize(
    ("provider", "vcpu", "ram", "unit", "hourly"),
    [
        ("cleura", ("component:vcpu", "0.01009"), ("component:ram", "0.00841"), "hour", "0.05382"),
        (
            "plusserver",
            ("component:cpu_per_vcpu_hourly", "0.0205"),
            ("component:ram_per_gb_hourly", "0.007"),
            "hour",
            "0.069",
        ),
        # (2 × 16.01 + 4 × 3.53) ÷ 730; the list itself has 0.0632
        (
            "gridscale",
            ("component:cpu_per_core_monthly", "16.01"),
            ("component:ram_per_gb_monthly", "3.53"),
            "month",
            "0.0632055",
        ),
    ],
)
def test_cores_and_memory_add_up_to_a_server(
    provider: str, vcpu: tuple[str, str], ram: tuple[str, str], unit: str, hourly: str
) -> None:
    parts = [a_row(provider, sku, "server-component", price, unit=unit) for sku, price in (vcpu, ram)]
    book = book_of(*parts, a_flavor(provider, "2c-4g", "0.0632"))

    match = find_size(book, "server", SizeNeed(Decimal(2), Decimal(4)))

    assert match is not None
    assert round(match.unit_price, 7) == Decimal(hourly)
    assert match.source.kind == "secondary"


def test_stackit_charges_a_disk_by_its_gb_and_by_its_class() -> None:
    book = book_of(
        a_row("stackit", "volume", "block-storage", "0.05"),
        a_row("stackit", "volume:capacity", "block-storage", "0.0000907638", unit="GB-hour"),
        a_row("stackit", "volume:class-0", "block-storage-performance", "0.0024", unit="disk-hour"),
        a_row("stackit", "volume:class-1", "block-storage-performance", "0.0101", unit="disk-hour"),
        a_flavor("stackit", "m1.amphora", "0.001"),
        a_flavor("stackit", "n1.14d.g1", "3.2", description="N1.14D.G1 / gpu"),
    )

    volume = book.find_price("volume", {"type": "ssd"})
    assert volume is not None
    assert [fee.sku for fee in book.fees_of(volume.sku)] == ["volume:class-1"]
    assert book.sized_prices("server") == ()


def test_infomaniak_s_francs_and_its_own_currency_stay_out() -> None:
    book = book_of(
        a_row("infomaniak", "volume:perf1", "block-storage", "0.00011", unit="GB-hour"),
        a_row("infomaniak", "volume:perf1", "block-storage", "0.00012", unit="GB-hour", currency="CHF"),
        a_row("infomaniak", "ICU:EUR", "virtual-currency", "55.5", unit="ICU", service="billing"),
    )

    assert [(row.sku, str(row.unit_price)) for row in book.prices] == [("volume:perf1", "0.00011")]


def test_catalyst_s_discount_is_taken_off() -> None:
    tier = a_row("catalyst-cloud", "discount:volume", "volume-discount", "0", unit="percent", currency="NZD")
    book = book_of(
        tier | {"tier_from": "0", "tier_to": "5000"},
        tier | {"tier_from": "5000", "tier_to": "10000", "price": "3"},
    )

    [discount] = book.percents()
    assert [str(one.price) for one in discount.tiers] == ["0", "-3"]


@pytest.mark.parametrize("provider", ["cleura", "exoscale", "hetzner", "nws", "stackit", "upcloud"])
def test_what_a_list_sells_anew_is_refused_until_somebody_says_what_it_is(provider: str) -> None:
    with pytest.raises(PriceBookInvalid, match="The mapping doesn't know quantum / quantum"):
        book_of(a_row(provider, "q1", "quantum", "1"))

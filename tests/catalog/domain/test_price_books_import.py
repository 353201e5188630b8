"""A collected list becomes a book in one step, or is refused with line and reason."""

import csv
import io

import pytest

from catalog.domain.price_book_fields import PriceBookInvalid
from catalog.domain.price_book_files import read_price_book
from catalog.domain.price_imports import book_files_from_csv
from catalog.domain.price_imports.collected_rows import COLUMNS

RACKSPACE_ROW = {
    "provider": "rackspace-public-cloud",
    "region": "all-public-regions",
    "sku": "general1-4:linux:raw",
    "service": "cloud-servers",
    "resource_type": "server",
    "description": "General1-4 linux; system disk 80GB SSD; raw infrastructure",
    "vcpus": "4",
    "ram_gib": "4",
    "disk_gib": "80.0",
    "unit": "hour",
    "price": "0.128",
    "currency": "USD",
    "term": "on-demand",
    "confidence": "verbatim",
}
CDN_TIER = RACKSPACE_ROW | {
    "sku": "cloud-files-cdn:cdn-egress",
    "service": "cloud-files-cdn",
    "resource_type": "cdn-egress",
    "unit": "GB",
}


def a_list(*rows: dict[str, str]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def refusal(text: str) -> str:
    with pytest.raises(PriceBookInvalid) as refused:
        book_files_from_csv(text, file="list.csv")
    return str(refused.value)


def test_a_list_becomes_a_book_that_reads_back() -> None:
    key = "rackspace-public-cloud"

    text = book_files_from_csv(a_list(RACKSPACE_ROW), file="list.csv", version=3)[key]

    book = read_price_book(text, file=f"{key}.json")
    assert (book.key, book.version, book.currency) == ("rackspace-public-cloud", 3, "USD")
    price = book.price_of_sku("general1-4:linux:raw")
    assert price is not None
    assert price.attributes == {"flavor": "General1-4", "vcpus": "4", "ram_gib": "4", "disk_gib": "80"}


def test_each_currency_and_service_level_is_a_book_of_its_own() -> None:
    rows = a_list(RACKSPACE_ROW, RACKSPACE_ROW | {"price": "0.0785", "currency": "GBP"})

    books = book_files_from_csv(rows, file="list.csv")

    assert {key for key, text in books.items() if "0.0785" in text} == {
        "rackspace-gbp-managed-infrastructure",
        "rackspace-gbp-managed-operations-sysops",
        "rackspace-gbp-managed-operations-devops",
    }
    assert all("0.128" in text for key, text in books.items() if "gbp" not in key)


def test_two_ladders_under_one_name_are_told_apart() -> None:
    rows = [
        CDN_TIER | {"price": "0.10", "tier_from": "0", "tier_to": "1000"},
        CDN_TIER | {"price": "0.09", "tier_from": "1000"},
        CDN_TIER | {"price": "0.12", "tier_from": "0", "tier_to": "10000"},
    ]

    text = book_files_from_csv(a_list(*rows), file="list.csv")["rackspace-public-cloud"]

    book = read_price_book(text, file="book.json")
    storage, cdn = book.find_price("object_storage", {}), book.find_price("cdn", {})
    assert storage is not None
    assert cdn is not None
    assert [str(tier.price) for tier in storage.tiers] == ["0.10", "0.09"]
    assert [str(tier.price) for tier in cdn.tiers] == ["0.12"]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (RACKSPACE_ROW | {"price": "-1"}, "list.csv: line 2 general1-4:linux:raw.price: -1 is negative"),
        (RACKSPACE_ROW | {"price": "about 3"}, "no plain decimal"),
        (RACKSPACE_ROW | {"price": ""}, "no plain decimal"),
        (RACKSPACE_ROW | {"unit": "fortnight"}, "general1-4:linux:raw.unit: 'fortnight' is no unit we know"),
        (RACKSPACE_ROW | {"effective_date": "2016-13-45"}, "effective_date: '2016-13-45' is no day"),
        (RACKSPACE_ROW | {"effective_date": "yesterday"}, "effective_date: 'yesterday' is no day"),
        (RACKSPACE_ROW | {"service": "quantum"}, "The mapping doesn't know quantum / server"),
        (RACKSPACE_ROW | {"provider": "acme"}, "The file has acme"),
    ],
)
def test_a_bad_row_is_refused_with_its_line(row: dict[str, str], reason: str) -> None:
    assert reason in refusal(a_list(row))


def test_a_gap_between_tiers_is_refused() -> None:
    rows = [
        CDN_TIER | {"price": "0.12", "tier_from": "0", "tier_to": "1000"},
        CDN_TIER | {"price": "0.10", "tier_from": "2000", "tier_to": "3000"},
    ]

    assert "There is a gap" in refusal(a_list(*rows))


def test_two_providers_in_one_list_are_refused() -> None:
    assert "column provider" in refusal(a_list(RACKSPACE_ROW, RACKSPACE_ROW | {"provider": "outscale"}))


def test_a_missing_column_is_named() -> None:
    assert "These columns are missing: region" in refusal("provider,price\nx,1\n")


def test_an_empty_list_is_refused() -> None:
    assert "The file has no row" in refusal(a_list())

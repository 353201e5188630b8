"""The shipped books say what their sources say."""

from decimal import ROUND_HALF_UP, Decimal

import pytest

from catalog.domain.price_books import PriceBook
from catalog.domain.size_matching import SizeNeed, find_size
from catalog.selectors import get_price_book, price_books


@pytest.fixture(scope="module")
def rackspace() -> PriceBook:
    return get_price_book("rackspace-public-cloud")


@pytest.fixture(scope="module")
def outscale() -> PriceBook:
    return get_price_book("outscale")


def a_need(vcpus: str, ram_gib: str, disk_gib: str = "0") -> SizeNeed:
    return SizeNeed(Decimal(vcpus), Decimal(ram_gib), Decimal(disk_gib))


def test_both_books_are_there_under_their_keys() -> None:
    assert {"rackspace-public-cloud", "outscale"} <= price_books().keys()


def test_every_row_says_where_it_stands() -> None:
    for book in price_books().values():
        for price in book.prices:
            assert price.locator, price.sku
            assert price.source in book.sources
            assert price.confidence == "verbatim" or price.note, f"{price.sku}: derived how?"


# From the page of 2016-03-03, which prints months of 730 hours as whole dollars:
# flavor, raw infrastructure, Managed Infrastructure.
PUBLISHED_MONTHS = [
    ("General1-1", 23, 4),
    ("General1-2", 47, 7),
    ("General1-4", 93, 15),
    ("General1-8", 187, 29),
    ("Compute1-4", 58, 14),
    ("Compute1-30", 467, 110),
    ("I/O1-15", 350, 55),
    ("I/O1-120", 2803, 438),
    ("Memory1-15", 131, 28),
    ("Memory1-240", 2102, 438),
]


@pytest.mark.parametrize(("flavor", "raw", "managed"), PUBLISHED_MONTHS)
def test_a_server_month_is_the_published_one(
    rackspace: PriceBook, flavor: str, raw: int, managed: int
) -> None:
    match = find_size(rackspace, "server", None, flavor=flavor)

    assert match is not None
    months = [price * rackspace.month_hours for price in (match.unit_price, match.fees[0].unit_price)]
    assert [month.quantize(Decimal(1), ROUND_HALF_UP) for month in months] == [raw, managed]


@pytest.mark.parametrize(
    ("size", "edition", "month"),
    [
        ("512MB", "std", "36.50"),
        ("4GB", "std", "175.20"),
        ("64GB", "std", "2803.20"),
        ("1GB", "ha", "58.40"),
        ("8GB", "ha", "372.30"),
    ],
)
def test_a_database_month_is_the_published_one(
    rackspace: PriceBook, size: str, edition: str, month: str
) -> None:
    match = find_size(rackspace, "database", None, flavor=size, selector={"edition": edition})

    assert match is not None
    assert match.unit_price * rackspace.month_hours == Decimal(month)


def test_storage_and_cdn_are_two_ladders(rackspace: PriceBook) -> None:
    """They were collected under one name; the page has them under Storage and under CDN Bandwidth."""
    storage, cdn = rackspace.find_price("object_storage", {}), rackspace.find_price("cdn", {})

    assert storage is not None
    assert cdn is not None
    assert (str(storage.unit), str(cdn.unit)) == ("GB-month", "GB")
    assert [str(tier.price) for tier in storage.tiers] == ["0.10", "0.09", "0.085", "0.08", "0.075", "0.07"]
    assert [str(tier.price) for tier in cdn.tiers] == ["0.12", "0.10", "0.07", "0.05", "0.04"]
    assert storage.tiers[-1].end is None
    assert cdn.tiers[-1].end == Decimal(1024000)  # above it the page says "contact us"


# --- Sizes ------------------------------------------------------------------------------------------


def test_the_cheapest_flavor_that_fits_is_shown_with_what_it_has_to_spare(rackspace: PriceBook) -> None:
    match = find_size(rackspace, "server", a_need("2", "4", "40"))

    assert str(match) == "General1-4, 4 vCPU · 4 GiB, +2 vCPU spare"


def test_a_pinned_flavor_wins_over_the_need(rackspace: PriceBook) -> None:
    match = find_size(rackspace, "server", a_need("2", "4", "40"), flavor="memory1-15:linux:raw")

    assert match is not None
    assert (match.flavor, match.spare) == ("Memory1-15", "")
    assert match.boot_volume_gib == Decimal(40)  # the page: boot from Cloud Block Storage


def test_a_flavor_without_a_disk_is_compared_with_its_boot_volume(rackspace: PriceBook) -> None:
    """8 vCPU, 16 GiB, 160 GB: Compute1-30 with a volume costs less an hour than I/O1-30 with its disks."""
    match = find_size(rackspace, "server", a_need("8", "16", "160"))

    assert match is not None
    assert (match.flavor, match.boot_volume_gib) == ("Compute1-30", Decimal(160))


def test_nothing_is_large_enough_for_everything(rackspace: PriceBook) -> None:
    assert find_size(rackspace, "server", a_need("1000", "1")) is None


def test_outscale_adds_up_vcores_and_memory(outscale: PriceBook) -> None:
    match = find_size(outscale, "server", a_need("2", "4", "40"))

    assert match is not None
    assert str(match) == "tinav7.c2r4p2, 2 vCPU · 4 GiB"
    assert match.sum == "2 vCore × 0.038 + 4 GiB × 0.005"
    assert match.unit_price * outscale.month_hours == Decimal("70.08")


def test_outscale_s_own_example_comes_out(outscale: PriceBook) -> None:
    """ReadConsumptionAccount in OUTSCALE's API description: tinav5.c4r8p2 costs 0.18 an hour."""
    match = find_size(outscale, "server", None, flavor="tinav5.c4r8p2")

    assert match is not None
    assert match.unit_price == Decimal("0.180")
    assert match.source.kind == "corroborated"


def test_a_type_without_a_performance_means_p2(outscale: PriceBook) -> None:
    match = find_size(outscale, "server", None, flavor="tinav6.c4r16")

    assert match is not None
    assert match.sku == "tinav6.c4r16p2"
    assert match.unit_price == Decimal("0.220")
    assert match.source.kind == "secondary"  # nobody read the v6 price a second time


@pytest.mark.parametrize(
    "flavor", ["m1.small", "tinav9.c2r4p2", "tinav7.c2r4p9", "tinav7.c0r4p2", "{sku}", "."]
)
def test_a_name_that_means_nothing_here_is_no_match(outscale: PriceBook, flavor: str) -> None:
    assert find_size(outscale, "server", a_need("2", "4"), flavor=flavor) is None


def test_a_fraction_of_a_vcore_is_sold_as_a_whole_one(outscale: PriceBook) -> None:
    match = find_size(outscale, "server", a_need("1", "3.5"))

    assert str(match) == "tinav7.c1r4p2, 1 vCPU · 4 GiB, +0.5 GiB spare"


def test_where_two_sources_of_2014_disagree_the_page_s_month_counts() -> None:
    """A library's file has 0.96 for the 15 GB server; the page has $657 a month."""
    book = get_price_book("rackspace-us-2014")
    match = find_size(book, "server", None, flavor="7")

    assert match is not None
    assert match.unit_price * book.month_hours == Decimal("657.00")
    assert match.price.confidence == "derived"

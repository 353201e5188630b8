"""OVHcloud's and OUTSCALE's books, where they do what only they do."""

from decimal import Decimal

import pytest

from catalog.domain.commitments import Payment, committed
from catalog.domain.price_books import PriceBook
from catalog.domain.size_matching import SizeNeed, find_size
from catalog.selectors import get_price_book, shipped_price_books

SMALL = SizeNeed(Decimal(2), Decimal(8), Decimal(50))
LAST_DAY, NEXT_DAY = "2026-09-30", "2026-10-01"


@pytest.fixture(scope="module")
def ovh() -> PriceBook:
    return get_price_book("ovh")


def test_from_october_on_b3_needs_a_volume_to_start_from(ovh: PriceBook) -> None:
    """Its hourly price stays."""
    before = find_size(ovh.on(LAST_DAY), "server", SMALL, flavor="b3-8")
    after = find_size(ovh.on(NEXT_DAY), "server", SMALL, flavor="b3-8")

    assert before is not None
    assert after is not None
    assert (before.boot_volume_gib, after.boot_volume_gib) == (Decimal(0), Decimal(50))
    assert before.unit_price == after.unit_price == Decimal("0.0512")


def test_from_october_on_a_server_s_address_is_charged(ovh: PriceBook) -> None:
    before = ovh.on(LAST_DAY).find_price("floating_ip", {"of": "server"})
    after = ovh.on(NEXT_DAY).find_price("floating_ip", {"of": "server"})

    assert before is not None
    assert after is not None
    assert (before.unit_price, after.unit_price) == (Decimal(0), Decimal("0.0025"))


def test_the_newer_catalogue_counts_and_the_month_plan_that_was_read_last(ovh: PriceBook) -> None:
    """b2-7 rose from 0.0681 to 0.0709, b2-15's month from 46.20 to 48.05."""
    flavor = find_size(ovh, "server", None, flavor="b2-7")
    plan = find_size(ovh.on("2026-09-26"), "server", SMALL, flavor="b2-15", terms=committed(1))

    assert flavor is not None
    assert plan is not None
    assert flavor.unit_price == Decimal("0.0709")
    assert (plan.unit_price, str(plan.price.unit)) == (Decimal("48.05"), "month")
    assert plan.boot_volume_gib == 0, "by the month it has the disk that it has by the hour"


def test_a_month_of_a_volume_stops_at_its_cap(ovh: PriceBook) -> None:
    volume = ovh.find_price("volume", {"type": "ssd"})

    assert volume is not None
    assert volume.unit_price * ovh.month_hours == Decimal("0.08687")
    assert volume.cap_per_month == Decimal("0.086")


def test_load_balancers_and_gateways_are_size_s_unless_said(ovh: PriceBook) -> None:
    sizes = {"s": "0.0083", "m": "0.0208", "l": "0.0556", "xl": "0.2083"}
    rows = {size: ovh.find_price("load_balancer", {"size": size}) for size in sizes}

    assert {size: str(row.unit_price) for size, row in rows.items() if row} == sizes


def test_nobody_gets_a_gpu_who_didn_t_ask(ovh: PriceBook) -> None:
    """l4-90 has 22 vCPUs and 90 GiB for less than the next plain flavor."""
    match = find_size(ovh, "server", SizeNeed(Decimal(20), Decimal(90)))

    assert match is not None
    assert not match.price.selector


# --- OUTSCALE -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "hourly"),
    [
        ("outscale", "0.096"),
        ("outscale-cloudgouv-eu-west-1", "0.116"),
        ("outscale-us-east-2", "0.084"),
        ("outscale-us-west-1", "0.100"),
        ("outscale-ap-northeast-1", "0.118"),
    ],
)
def test_one_type_in_five_regions(key: str, hourly: str) -> None:
    """tinav7.c2r4p2: twice the region's vCore, and memory."""
    match = find_size(get_price_book(key), "server", None, flavor="tinav7.c2r4p2")

    assert match is not None
    assert match.unit_price == Decimal(hourly)


@pytest.mark.parametrize(
    ("months", "payment", "percent"),
    [(1, "upfront", 30), (12, "upfront", 40), (24, "yearly", 48), (36, "upfront", 60), (36, "quarterly", 53)],
)
def test_reserved_servers_cost_less_and_storage_doesn_t(months: int, payment: str, percent: int) -> None:
    book = get_price_book("outscale")
    [row] = book.percents(committed(months, Payment(payment)))
    server, volume = book.sized_prices("server")[0], book.find_price("volume", {"type": "ssd"})

    assert volume is not None
    assert row.unit_price == -percent
    assert row.applies_to.covers("server", server)
    assert not row.applies_to.covers("volume", volume)
    assert row.source.kind == "secondary"
    assert "No public table" in row.note


def test_traffic_is_free_outside_asia() -> None:
    prices = {
        key: get_price_book(key).find_price("egress", {})
        for key in shipped_price_books()
        if "outscale" in key
    }

    paid = {key: str(price.unit_price) for key, price in prices.items() if price and price.unit_price}
    assert paid == {"outscale-ap-northeast-1": "0.009"}
    assert all(prices.values())

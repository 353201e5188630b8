"""Each field of a price row, with the provider whose price list needs it: what its lines come to and say."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.domain.commitments import Payment, committed
from catalog.domain.price_books import PriceBook
from designer.domain import resources as kinds
from designer.domain.resources import Resource
from estimator.domain.assumptions import Assumptions
from estimator.domain.line_items import LineItem
from tests.estimator.domain.test_estimates_in_other_books import a_book, an_external, priced


def a_volume(component: str, size_gib: int, kind: str = "ssd") -> Resource:
    properties = {"size_gib": size_gib, "type": kind}
    return Resource(f"{component}/volume[0]", kinds.VOLUME, component, properties)


def a_server(component: str = "web", index: int = 0, **properties: Any) -> Resource:
    size = {"vcpus": 2, "ram_gib": 4, "disk_gib": 0}
    return Resource(f"{component}/server[{index}]", kinds.SERVER, component, {"size": size, **properties})


def a_bucket(component: str, size_gb: int, **properties: Any) -> Resource:
    said = {"size_gb": size_gb, **properties}
    return Resource(f"{component}/object_container", kinds.OBJECT_CONTAINER, component, said)


def a_flavor(sku: str = "s1", **fields: Any) -> dict[str, Any]:
    size = {"vcpus": "2", "ram_gib": "4", "disk_gib": "40"}
    return {"sku": sku, "service": "server", "unit": "hour", "price": "0.05", "attributes": size, **fields}


def traffic(gb: float, component: str = "web") -> Resource:
    return Resource(
        f"{component}/external", kinds.EXTERNAL, component, {"service": "egress", "egress_gb_month": gb}
    )


def amounts(lines: tuple[LineItem, ...]) -> list[tuple[str | None, str]]:
    return [(line.sku, "none" if line.monthly is None else f"{line.monthly:.2f}") for line in lines]


# --- Tiers ------------------------------------------------------------------------------------------


def test_a_volume_price_is_reached_by_the_whole_account() -> None:
    """flow.swiss: whoever uses more pays less for all of it, the first unit too."""
    book = a_book(
        {
            "sku": "traffic",
            "service": "egress",
            "unit": "GB",
            "scope": "account",
            "tier_mode": "volume",
            "tiers": [{"from": "0", "to": "1000", "price": "0.10"}, {"from": "1000", "price": "0.05"}],
        }
    )

    alone = priced(book, traffic(800))
    together = priced(book, traffic(800), traffic(800, "app"))

    assert alone.totals.monthly == Decimal(80)
    assert amounts(together.line_items) == [("traffic", "40.00"), ("traffic", "40.00")]


def test_a_licence_is_sold_by_started_pairs_of_cores() -> None:
    """OUTSCALE: Windows by packs of two cores, SQL Server with four cores at least."""
    core = {"sku": "core", "service": "vcore", "unit": "vcore-hour", "price": "0.04"}
    ram = {"sku": "ram", "service": "memory", "unit": "GiB-hour", "price": "0.005"}
    pack = {"service": "licence", "unit": "2-vcore-hour", "tier_mode": "block", "block_size": "1"}
    book = a_book(
        core,
        ram,
        {"sku": "windows", "price": "0.121", "selector": {"of": "windows"}, **pack},
        {"sku": "sql", "price": "1.00", "minimum": "2", "selector": {"of": "sql"}, **pack},
        {
            "sku": "c{vcpus}r{ram_gib}",
            "service": "server",
            "unit": "hour",
            "composed_of": [
                {"sku": "core", "per": "vcpus"},
                {"sku": "ram", "per": "ram_gib"},
                {"sku": "windows", "per": "vcpus"},
                {"sku": "sql", "per": "vcpus"},
            ],
        },
    )

    [three] = priced(book, a_server(flavor="c3r4")).line_items
    [one] = priced(book, a_server(flavor="c1r4")).line_items

    assert three.unit_price == 3 * Decimal("0.04") + 4 * Decimal("0.005") + 2 * Decimal("0.121") + 2
    assert "2 windows × 0.121 + 2 sql × 1 an hour" in three.assumption
    assert one.unit_price == Decimal("0.04") + 4 * Decimal("0.005") + Decimal("0.121") + 2


# --- Time -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("month_rule", "monthly"),
    [
        ({"rule": "fixed_hours", "hours": "730"}, "36.50"),
        ({"rule": "fixed_hours", "hours": "720"}, "36.00"),
        ({"rule": "fixed_hours", "hours": "672"}, "33.60"),
        ({"rule": "calendar"}, "36.50"),
        ({"rule": "capped_hours", "hours": "672"}, "33.60"),  # UpCloud
        ({"rule": "capped_hours", "hours": "624"}, "31.20"),  # Hetzner
    ],
)
def test_a_server_that_is_always_on_costs_a_month(month_rule: dict[str, str], monthly: str) -> None:
    book = a_book(a_flavor(), month_rule=month_rule)

    assert f"{priced(book, a_server()).totals.monthly:.2f}" == monthly


def test_what_runs_longer_than_the_cap_is_charged_up_to_it() -> None:
    book = a_book(a_flavor(), month_rule={"rule": "capped_hours", "hours": "672"})

    [line] = priced(book, a_server(), assumptions=Assumptions(hours_per_month=Decimal(700))).line_items

    assert line.quantity == 672
    assert "Runs 700 hours a month, as the design says. Charged as 672 hours." in line.assumption


def test_a_started_hour_is_charged_whole() -> None:
    """OVH bills every started clock hour."""
    book = a_book(a_flavor(), metering="started_hour")

    [line] = priced(book, a_server(), assumptions=Assumptions(hours_per_month=Decimal("99.2"))).line_items

    assert line.quantity == 100


def test_an_hourly_price_stops_at_its_cap_of_the_month() -> None:
    """OVH: volumes by the GB and hour, 0.042 a month at most."""
    capped = {
        "sku": "classic",
        "service": "volume",
        "unit": "GB-hour",
        "price": "0.00006",
        "cap_per_month": "0.042",
        "selector": {"type": "ssd"},
    }
    book = a_book(capped)

    [whole] = priced(book, a_volume("disk", 100)).line_items

    assert (whole.unit, whole.quantity * 10, whole.unit_price) == (
        "GB-month",
        Decimal("1073.741824"),
        Decimal("0.042"),
    )
    assert "The hours would cost CHF 0.0432; a month of it costs CHF 0.042 at most." in whole.assumption


@given(
    st.decimals(min_value=0, max_value=10, places=6),
    st.decimals(min_value=0, max_value=100, places=4),
    st.decimals(min_value=0, max_value=744, places=1),
)
def test_a_cap_never_makes_anything_dearer(price: Decimal, cap: Decimal, hours: Decimal) -> None:
    free = a_book(a_flavor(price=f"{price:f}"))
    capped = a_book(a_flavor(price=f"{price:f}", cap_per_month=f"{cap:f}"))
    running = Assumptions(hours_per_month=hours)

    uncapped = priced(free, a_server(), assumptions=running).totals.monthly
    found = priced(capped, a_server(), assumptions=running).totals.monthly

    assert found == min(uncapped, cap)


def test_the_rounded_price_of_a_month_is_multiplied() -> None:
    """flow.swiss: 730 × 0.0003 are 0.219, and its table counts with 0.22 a GB; 10 GB at least."""
    book = a_book(
        {
            "sku": "volume",
            "service": "volume",
            "unit": "GB-hour",
            "price": "0.0003",
            "minimum": "10",
            "selector": {"type": "ssd"},
        },
        unit_basis="binary",
        month_rule={"rule": "fixed_hours", "hours": "730"},
        rounding={"unit": "0.01", "line": None, "total": "1", "mode": "up"},
    )

    [line] = priced(book, a_volume("disk", 100)).line_items
    [small] = priced(book, a_volume("disk", 4)).line_items

    assert (line.quantity, line.unit, line.unit_price) == (100, "GB-month", Decimal("0.22"))
    assert "730 hours × 0.0003, rounded to CHF 0.22 a month as the book does." in line.assumption
    assert small.monthly == Decimal("2.20")
    assert "Charged as 10 GB, the least there is." in small.assumption


# --- Free quantities --------------------------------------------------------------------------------


def test_traffic_is_free_by_the_memory_of_all_servers() -> None:
    """Rackspace Spot: 100 GB for each GB of memory, whichever server uses it."""
    book = a_book(
        a_flavor(),
        {
            "sku": "egress",
            "service": "egress",
            "unit": "GB",
            "price": "0.01",
            "scope": "account",
            "free_quantity": "100",
            "free_basis": "per_ram_gib",
        },
    )

    found = priced(book, traffic(1000), a_server("web", 0), a_server("web", 1))

    free, paid = (line for line in found.line_items if line.sku == "egress")
    assert (free.quantity, free.monthly, paid.quantity, paid.monthly) == (800, 0, 200, 2)
    assert free.description == "egress, first 800 GB"
    assert "100 GB are free for each GiB of memory; the design has 8." in free.assumption


@pytest.mark.parametrize(
    ("basis", "free_quantity", "paid"),
    [
        ("fixed", "10000", "40000.00"),  # Infomaniak: 10 TB
        ("per_server", "20000", "10000.00"),  # Hetzner: 20 TB with each server
        ("per_stored_gb", "2", "49000.00"),
    ],
)
def test_what_a_free_quantity_grows_with(basis: str, free_quantity: str, paid: str) -> None:
    egress = {
        "sku": "egress",
        "service": "egress",
        "unit": "GB",
        "price": "1",
        "scope": "account",
        "free_quantity": free_quantity,
        "free_basis": basis,
    }
    storage = {"sku": "objects", "service": "object_storage", "unit": "GB-month", "price": "0"}
    book = a_book(a_flavor(), egress, storage)

    found = priced(book, a_server("web", 0), a_server("web", 1), a_bucket("files", 500), traffic(50_000))

    assert f"{found.totals.monthly - 2 * 36:.2f}" == paid


def test_a_base_fee_includes_the_first_terabyte() -> None:
    """Hetzner's object storage: 6.49 a month with 1 TB, then so much a GB; once however many buckets."""
    book = a_book(
        {
            "sku": "objects",
            "service": "object_storage",
            "unit": "GB-month",
            "price": "0.0087",
            "scope": "account",
            "free_quantity": "1000",
        },
        {
            "sku": "objects:base",
            "service": "object_storage_base",
            "charge": "recurring",
            "scope": "account",
            "unit": "month",
            "price": "6.49",
            "applies_to": {"service": "object_storage"},
        },
    )

    found = priced(book, a_bucket("a", 600), a_bucket("b", 600))
    without = priced(book, traffic(10))

    [base] = [line for line in found.line_items if line.sku == "objects:base"]
    assert (base.key, base.monthly) == ("account/fee[objects:base]", Decimal("6.49"))
    assert found.totals.monthly == Decimal("6.49") + 200 * Decimal("0.0087")
    assert [line.sku for line in without.line_items] == [None]


# --- What comes along -------------------------------------------------------------------------------


def test_a_set_up_is_paid_once_beside_the_month() -> None:
    """OUTSCALE's DirectLink: 1,000 to set it up, counted once over three years."""
    book = a_book(
        {"sku": "link", "service": "interconnect", "unit": "month", "price": "600"},
        {
            "sku": "link:setup",
            "service": "interconnect_setup",
            "charge": "one_time",
            "unit": "item",
            "price": "1000",
            "applies_to": {"sku": "link"},
        },
    )

    found = priced(book, an_external("interconnect"))

    assert (found.totals.monthly, found.totals.one_time) == (600, 1000)
    assert [(line.sku, line.unit) for line in found.line_items] == [("link", "month"), ("link:setup", "item")]


def test_a_disk_is_charged_by_its_size_and_by_the_disk() -> None:
    """STACKIT charges the capacity of a volume by the GB, its performance class by the disk."""
    book = a_book(
        {
            "sku": "capacity",
            "service": "volume",
            "unit": "GB-month",
            "price": "0.10",
            "selector": {"type": "ssd"},
        },
        {
            "sku": "performance",
            "service": "volume_performance",
            "unit": "disk-hour",
            "price": "0.01",
            "applies_to": {"sku": "capacity"},
        },
        unit_basis="binary",
    )

    capacity, performance = priced(book, a_volume("disk", 100)).line_items

    assert (capacity.monthly, performance.monthly) == (10, Decimal("7.20"))
    assert (performance.quantity, performance.unit) == (720, "disk-hour")


# --- The least that has to be paid ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("messages", "monthly"), [(1000, "0.00"), (1001, "1.00"), (1500, "1.00"), (3000, "2.00")]
)
def test_the_first_paid_message_costs_a_dollar(messages: int, monthly: str) -> None:
    """Mailgun: 1,000 messages are free, the next one costs 1.00, then 0.001 each."""
    book = a_book(
        {
            "sku": "flex",
            "service": "email",
            "unit": "message",
            "price": "0.001",
            "free_quantity": "1000",
            "minimum_charge": "1.00",
        }
    )

    found = priced(book, an_external("email", messages_month=messages))

    assert f"{found.totals.monthly:.2f}" == monthly


def test_a_minimum_may_be_over_everything_but_some() -> None:
    """Rackspace SDDC Flex: the bill is 2,500 a month at least."""
    book = a_book(
        a_flavor(),
        {"sku": "egress", "service": "egress", "unit": "GB", "price": "1"},
        {
            "sku": "floor",
            "service": "commitment",
            "charge": "minimum",
            "unit": "account-month",
            "price": "2500",
            "applies_to": {"service": "all", "excluding": ["egress"]},
        },
    )

    found = priced(book, a_server(), traffic(5000))

    [floor] = [line for line in found.line_items if line.sku == "floor"]
    assert floor.monthly == 2500 - 36
    assert found.totals.monthly == 7500


# --- Commitments ------------------------------------------------------------------------------------


def otc() -> PriceBook:
    """Open Telekom Cloud's s3.medium.1 with its terms, and a larger flavor that has none."""
    terms = [
        (12, "monthly", "23.15"),
        (24, "monthly", "19.94"),
        (12, "upfront", "21.50"),
        (24, "upfront", "19.541667"),
    ]
    size = {"flavor": "s3.medium.1", "vcpus": "2", "ram_gib": "4", "disk_gib": "0"}
    reserved = [
        a_flavor(
            "s3.medium.1",
            unit="month",
            price=price,
            purchase="reserved",
            term_months=months,
            payment=payment,
            attributes=size,
        )
        for months, payment, price in terms
    ]
    big = {"vcpus": "8", "ram_gib": "32", "disk_gib": "0"}
    return a_book(
        a_flavor("s3.medium.1", attributes=size), *reserved, a_flavor("s3.large", attributes=big, price="0.5")
    )


def test_a_commitment_has_a_price_of_its_own() -> None:
    asked = Assumptions(purchase=committed(24, Payment.MONTHLY), hours_per_month=Decimal(100))

    [line] = priced(otc(), a_server(), assumptions=asked).line_items

    assert (line.monthly, line.due_at_start) == (Decimal("19.94"), 0)
    assert "Reserved for 24 months, paid monthly." in line.assumption


def test_what_is_paid_upfront_is_due_at_the_start() -> None:
    asked = Assumptions(purchase=committed(12, Payment.UPFRONT))

    [line] = priced(otc(), a_server(), assumptions=asked).line_items

    assert (line.monthly, line.due_at_start) == (Decimal("21.50"), Decimal("258.00"))
    assert "Reserved for 12 months, paid upfront. CHF 258.00 of it is due at the start." in line.assumption
    assert line.to_json()["due_at_start"] == "258.00"


def test_what_is_not_sold_on_those_terms_is_on_demand_and_says_so() -> None:
    asked = Assumptions(purchase=committed(36, Payment.UPFRONT))

    [line] = priced(otc(), a_server(), assumptions=asked).line_items

    assert line.unit_price == Decimal("0.05")
    assert "doesn't sell this for 36 months, paid upfront, so it is on demand." in line.assumption


def test_a_flavor_without_that_commitment_may_still_be_the_one_that_fits() -> None:
    large = a_server(size={"vcpus": 8, "ram_gib": 16, "disk_gib": 0})

    [line] = priced(otc(), large, assumptions=Assumptions(purchase=committed(12))).line_items

    assert line.sku == "s3.large"


def test_rows_are_those_of_the_day() -> None:
    """Elastx announced 10 % more from 2026-07-01."""
    book = a_book(
        a_flavor(price="0.10", effective_to="2026-06-30"), a_flavor(price="0.11", effective_from="2026-07-01")
    )

    before, after = (priced(book.on(day), a_server()).totals.monthly for day in ("2026-06-30", "2026-07-01"))

    assert (before, after) == (72, Decimal("79.20"))

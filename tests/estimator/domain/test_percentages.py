"""Percent rows: who they apply to, in which order, up to which ceiling, and what is left out."""

from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from catalog.domain.commitments import Payment, committed
from estimator.domain.assumptions import Assumptions
from tests.estimator.domain.test_estimates_in_other_books import a_book, an_external, priced
from tests.estimator.domain.test_kinds_of_prices import a_flavor, a_server, a_volume, amounts, traffic

DISK = {
    "sku": "disk",
    "service": "volume",
    "unit": "GiB-month",
    "price": "0.10",
    "selector": {"type": "ssd"},
}
EGRESS = {"sku": "egress", "service": "egress", "unit": "GB", "price": "1"}


def a_percentage(sku: str, percent: str, **fields: Any) -> dict[str, Any]:
    row = {"service": "discount", "charge": "percent", "order": 1, "applies_to": {"service": "server"}}
    return {"sku": sku, "percent": percent, **row, **fields}


def reserved(months: int, payment: str = "upfront") -> dict[str, Any]:
    return {"purchase": "reserved", "term_months": months, "payment": payment}


def test_a_reservation_takes_a_percentage_off_servers_and_nothing_off_disks() -> None:
    """OUTSCALE: 40 % off vCores and memory for a year upfront, not off storage or licences."""
    book = a_book(a_flavor(), DISK, a_percentage("RI-1-year", "-40", **reserved(12)))
    asked = Assumptions(purchase=committed(12, Payment.UPFRONT))

    on_demand = priced(book, a_server(), a_volume("disk", 100))
    found = priced(book, a_server(), a_volume("disk", 100), assumptions=asked)

    assert amounts(on_demand.line_items) == [("s1", "36.00"), ("disk", "10.00")]
    assert amounts(found.line_items) == [("s1", "36.00"), ("RI-1-year", "-14.40"), ("disk", "10.00")]
    discount = found.line_items[1]
    assert (discount.key, discount.component) == ("web/server[0]", "web")
    assert (discount.quantity, discount.unit, discount.unit_price) == (36, "CHF", Decimal("-0.4"))
    assert discount.due_at_start == 12 * Decimal("21.60")
    assert found.components["web"].monthly == Decimal("21.60")


def test_what_is_reserved_is_charged_all_month_whatever_the_schedule() -> None:
    book = a_book(a_flavor(), a_percentage("RI-1-year", "-40", **reserved(12)))
    asked = Assumptions(purchase=committed(12, Payment.UPFRONT), hours_per_month=Decimal(100))

    server, discount = priced(book, a_server(), assumptions=asked).line_items

    assert (server.quantity, discount.monthly) == (720, Decimal("-14.40"))
    assert "Reserved, so all hours of the month are charged." in server.assumption


def test_a_surcharge_comes_after_the_discount() -> None:
    """OUTSCALE's dedicated tenancy: 10 % on the compute price after the discount of a reservation."""
    book = a_book(
        a_flavor(),
        a_percentage("dedicated", "10", order=2),
        a_percentage("RI-1-year", "-40", **reserved(12)),
    )
    asked = Assumptions(purchase=committed(12, Payment.UPFRONT))

    found = priced(book, a_server(), assumptions=asked)

    assert amounts(found.line_items) == [("s1", "36.00"), ("RI-1-year", "-14.40"), ("dedicated", "2.16")]


def test_percentages_of_one_order_are_of_the_same_amount() -> None:
    book = a_book(a_flavor(), a_percentage("one", "-10"), a_percentage("two", "-20"))

    assert amounts(priced(book, a_server()).line_items)[1:] == [("one", "-3.60"), ("two", "-7.20")]


def test_a_ceiling_limits_what_is_taken_off_altogether() -> None:
    """OUTSCALE takes 60 % off for three years, and 30 % at most off GPUs."""
    book = a_book(
        a_flavor(),
        {"sku": "gpu", "service": "vpn", "unit": "hour", "price": "1"},
        a_percentage("RI-3-years", "-60"),
        a_percentage("RI-3-years:gpu", "-60", applies_to={"service": "vpn"}, ceiling_percent="30"),
    )

    found = priced(book, a_server(), an_external("vpn"))

    assert amounts(found.line_items) == [
        ("s1", "36.00"),
        ("RI-3-years", "-21.60"),
        ("gpu", "720.00"),
        ("RI-3-years:gpu", "-216.00"),
    ]
    cut = found.line_items[-1]
    assert (cut.quantity, cut.unit_price) == (1, Decimal("-216"))
    assert cut.assumption.startswith("60% off. No more than 30% altogether.")


def test_a_ceiling_counts_what_came_before() -> None:
    book = a_book(
        a_flavor(), a_percentage("one", "-20"), a_percentage("two", "-20", order=2, ceiling_percent="30")
    )

    assert amounts(priced(book, a_server()).line_items)[1:] == [("one", "-7.20"), ("two", "-3.60")]


def a_volume_discount(**fields: Any) -> dict[str, Any]:
    """Catalyst: by what is spent in a month, off the whole amount; licences are excluded."""
    tiers = [
        {"from": "0", "to": "5000", "percent": "0"},
        {"from": "5000", "to": "10000", "percent": "-3"},
        {"from": "10000", "percent": "-5"},
    ]
    return {
        "sku": "discount:volume",
        "service": "discount",
        "charge": "percent",
        "scope": "account",
        "order": 1,
        "tier_mode": "volume",
        "tiers": tiers,
        "applies_to": {"service": "all", "excluding": ["vpn"]},
        **fields,
    }


LICENCE = {"sku": "licence", "service": "vpn", "unit": "month", "price": "9000"}


def test_a_volume_discount_is_off_the_whole_amount_of_the_account() -> None:
    book = a_book(EGRESS, LICENCE, a_volume_discount())

    small = priced(book, traffic(5000), an_external("vpn"))
    large = priced(book, traffic(3000), traffic(3000, "app"), an_external("vpn"))

    assert small.totals.monthly == 14_000
    assert large.totals.monthly == 15_000 - 180
    discount = large.line_items[-1]
    assert (discount.key, discount.component) == ("account/percent[discount:volume]", "")
    assert (discount.quantity, discount.unit_price) == (6000, Decimal("-0.03"))


def test_a_graduated_discount_is_a_line_for_each_band() -> None:
    book = a_book(EGRESS, LICENCE, a_volume_discount(tier_mode="graduated"))

    found = priced(book, traffic(12_000))

    assert amounts(found.line_items)[1:] == [("discount:volume", "-150.00"), ("discount:volume", "-100.00")]


def test_a_fee_may_be_a_percentage_of_another_percentage() -> None:
    book = a_book(
        a_flavor(),
        a_percentage("dedicated", "10"),
        a_percentage("support", "50", order=2, applies_to={"sku": "dedicated"}),
    )

    assert amounts(priced(book, a_server()).line_items)[1:] == [("dedicated", "3.60"), ("support", "1.80")]


def test_a_minimum_counts_what_is_left_after_the_discount() -> None:
    minimum = {
        "sku": "least",
        "service": "level",
        "charge": "minimum",
        "unit": "account-month",
        "price": "30",
        "applies_to": {"service": "server"},
    }
    book = a_book(a_flavor(), a_percentage("off", "-50"), minimum)

    assert amounts(priced(book, a_server()).line_items) == [
        ("s1", "36.00"),
        ("off", "-18.00"),
        ("least", "12.00"),
    ]


def test_a_discount_makes_no_estimate_more_complete() -> None:
    book = a_book(a_flavor(), a_percentage("off", "-50"))

    found = priced(book, a_server(), a_volume("disk", 10))

    assert str(found.coverage) == "0.50"
    assert len(found.line_items) == 3


@given(
    st.lists(st.tuples(st.integers(-100, 100), st.integers(1, 3)), min_size=1, max_size=4),
    st.none() | st.integers(0, 100),
)
def test_discounts_never_leave_less_than_nothing(rows: list[tuple[int, int]], ceiling: int | None) -> None:
    """One after the other, percentages off leave 0 at least; of one order they may not take more than all."""
    limit = {} if ceiling is None else {"ceiling_percent": str(ceiling)}
    percentages = [
        a_percentage(f"p{index}", str(percent), **{**limit, "order": index})
        for index, (percent, _) in enumerate(rows, start=1)
    ]

    found = priced(a_book(a_flavor(), *percentages), a_server()).totals.monthly

    assert found >= 0
    if ceiling is not None:
        assert abs(found - 36) <= 36 * Decimal(ceiling) / 100 + Decimal("0.000001")

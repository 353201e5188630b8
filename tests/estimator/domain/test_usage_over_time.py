"""Low and high use, growth over terms, schedules: amounts that follow from what a design says of its use."""

from decimal import Decimal
from typing import Any

import pytest

from catalog.domain.months import MonthKind, MonthRule
from catalog.selectors import component_types, get_price_book, price_books
from designer.domain.resources import Resource, ResourceGraph
from estimator.domain.assumptions import Assumptions, Profile, Use
from estimator.domain.estimates import Estimate, estimate, estimate_design
from estimator.domain.growth import GrowthInvalid, growth_factor
from estimator.domain.schedules import Schedule, ScheduleInvalid
from tests.designer.designs import Design, template
from tests.estimator.small_cloud import a_book, a_group, a_store, a_vpn, servers

FIXED_730 = MonthRule(MonthKind.FIXED_HOURS, Decimal(730))
WORKING_DAYS = ("mon", "tue", "wed", "thu", "fri")


def priced(*resources: Resource, **assumptions: Any) -> Estimate:
    graph = ResourceGraph.build(resources)
    return estimate(graph, a_book(), assumptions=Assumptions(**assumptions))


def monthly(found: Estimate, component: str) -> str:
    return f"{found.components[component].monthly:.2f}"


# --- Profiles ---------------------------------------------------------------------------------------


def test_what_follows_the_load_has_a_low_and_a_high_month_priced_in_its_tiers() -> None:
    """Expected: 200 × 0.02 + (150 − 100) × 0.10 = 9.00. Half of it: 2.00, and 75 GB are free.
    Twice of it: 8.00 + (300 − 100) × 0.10 = 28.00.
    """
    found = priced(a_store(), design=Use(low_percent=Decimal(50), high_percent=Decimal(200)))

    assert found.range.to_json() == {"low": "2.00", "expected": "9.00", "high": "28.00"}
    assert str(found.totals.monthly) == "9.00"


def test_an_estimate_may_count_with_the_high_profile_and_says_so() -> None:
    use = Use(high_percent=Decimal(200))
    found = priced(a_store(), *servers(), design=use, profile=Profile.HIGH)

    assert str(found.totals.monthly) == "101.00"  # 28.00 and a server that nobody doubled
    assert found.line_items[0].assumption.startswith("200% of what is drawn, as use is high.")
    assert found.assumptions[0].startswith("Counted with high use")
    assert found.range.expected == 82


def test_a_component_may_have_a_profile_of_its_own() -> None:
    found = priced(
        a_store(component="films"),
        a_store(component="texts"),
        design=Use(high_percent=Decimal(200)),
        components={"texts": Use(high_percent=Decimal(100))},
        profile=Profile.HIGH,
    )
    stored = [line.quantity for line in found.line_items if line.service == "object_storage"]

    assert stored == [400, 200]


def test_a_group_of_servers_ranges_from_its_least_to_its_most() -> None:
    """73.00 each."""
    found = priced(a_group(least=1, now=2, most=5))

    assert found.range.to_json() == {"low": "73.00", "expected": "146.00", "high": "365.00"}


def test_a_design_that_says_nothing_has_no_range() -> None:
    found = priced(a_store(), *servers(2))

    assert not found.range.is_wide


@pytest.mark.parametrize("book", sorted(price_books()))
@pytest.mark.parametrize("profile", [Profile.LOW, Profile.HIGH])
@pytest.mark.parametrize("key", ["rax-basic", "os-ecommerce-auto"])
def test_the_ends_of_the_range_are_what_an_estimate_with_that_profile_says(
    key: str, profile: Profile, book: str
) -> None:
    """Only what moves is priced again for the range; this prices everything."""
    design = template(key).with_settings(low_percent=40, high_percent=350)
    found = estimate_design(design.document(), component_types(), get_price_book(book))
    other = design.with_settings(usage_profile=profile.value)
    whole = estimate_design(other.document(), component_types(), get_price_book(book))

    assert getattr(found.range, profile.value) == whole.totals.monthly
    assert whole.range == found.range


# --- Growth -----------------------------------------------------------------------------------------


def test_growth_is_priced_month_by_month_in_its_tiers() -> None:
    """At 10 % the store's 4.00 become 4.40, its 150 GB 165 (6.50); then 4.84 and 181.5 GB (8.15)."""
    found = priced(a_store(), design=Use(growth_percent_month=Decimal(10)))

    assert [str(amount) for amount in found.periods.months[:3]] == ["9.00", "10.90", "12.99"]


def test_the_range_of_a_later_month_is_priced_in_its_own_tiers() -> None:
    """A part of what the store sends is free, so twice the use is more than twice the money."""
    use = Use(growth_percent_month=Decimal(10), low_percent=Decimal(50), high_percent=Decimal(200))
    found = priced(a_store(), design=use)
    first, *later = found.ranged_months

    assert [one.month for one in (first, *later)] == [1, 6, 12, 18, 24, 30, 36]
    assert (first.low, first.high) == (found.range.low, found.range.high)
    for one in later:
        expected = found.periods.months[one.month - 1]
        assert one.low < expected < one.high
    shares = {one.high / found.periods.months[one.month - 1] for one in found.ranged_months}
    assert len(shares) > 1


def test_a_use_that_is_known_or_stays_has_no_range_over_time() -> None:
    assert priced(a_store(), design=Use(growth_percent_month=Decimal(10))).ranged_months == ()
    known = Use(low_percent=Decimal(50), high_percent=Decimal(200))
    assert priced(a_store(), design=known).ranged_months == ()


def test_terms_sum_up_their_months_and_what_is_paid_once() -> None:
    """4 × 21.38428 (the sum of 1.1⁰ to 1.1¹¹) = 85.54; 15 × 21.38428 − 12 × 10.00 = 200.76; 200 once.
    Each month is rounded to cents, which leaves 0.01.
    """
    found = priced(a_store(), a_vpn(), design=Use(growth_percent_month=Decimal(10)))

    assert abs(found.periods.terms[12] - Decimal("486.30")) <= Decimal("0.02")
    assert found.periods.terms[36] == sum(found.periods.months) + 200


def test_without_growth_a_term_is_so_many_months() -> None:
    periods = priced(*servers(), a_vpn()).periods

    assert {months: str(amount) for months, amount in periods.terms.items()} == {
        12: "1076.00",  # 12 × 73.00 + 200
        24: "1952.00",
        36: "2828.00",
    }
    assert (periods.hourly, periods.daily, periods.yearly) == (Decimal("0.1"), Decimal("2.4"), 876)


def test_servers_and_volumes_stay_as_drawn_while_the_load_grows() -> None:
    found = priced(*servers(3), design=Use(growth_percent_month=Decimal(50)))

    assert set(found.periods.months) == {Decimal(219)}


@pytest.mark.parametrize("book", sorted(price_books()))
def test_growth_prices_only_what_grows_and_comes_to_the_same_as_pricing_everything(book: str) -> None:
    """A month on at 100 % is the high profile at 200 %."""
    drawn = template("rax-basic").edited({"components": {"grow": {"properties": {"max": 0}}}})
    growing = drawn.with_settings(growth_percent_month=100)
    doubled = drawn.with_settings(high_percent=200, usage_profile="high")
    types, prices = component_types(), get_price_book(book)
    found = estimate_design(growing.document(), types, prices)
    whole = estimate_design(doubled.document(), types, prices)

    assert found.periods.months[1] == whole.totals.monthly >= found.totals.monthly


@pytest.mark.parametrize("percent", [Decimal(-1), Decimal(101)])
def test_growth_beyond_what_a_month_can_grow_is_refused(percent: Decimal) -> None:
    with pytest.raises(GrowthInvalid, match=rf"Growth a month is 0 to 100 %, not {percent}\."):
        growth_factor(percent, 1)


# --- Schedules --------------------------------------------------------------------------------------


def test_servers_run_on_their_schedule_and_storage_stays() -> None:
    """730 h × 10/24 × 5/7 = 217.26 h, at 0.10 each 21.73."""
    found = priced(*servers(), a_store(), design=Use(schedule=Schedule(Decimal(10), WORKING_DAYS)))

    assert (monthly(found, "web"), monthly(found, "files")) == ("21.73", "9.00")
    assert found.line_items[0].quantity == Decimal("217.26")
    assert "Servers run 10 h a day from Monday to Friday." in found.assumptions


def test_a_component_s_schedule_goes_before_the_design_s() -> None:
    found = priced(
        *servers(),
        *servers(component="batch"),
        design=Use(schedule=Schedule(Decimal(12))),
        components={"batch": Use(schedule=Schedule(Decimal(24)))},
    )

    assert (monthly(found, "web"), monthly(found, "batch")) == ("36.50", "73.00")


def test_half_of_a_month_under_a_cap_is_half_of_a_real_month() -> None:
    """Hetzner charges 624 of the 730 hours at most; 365 are below that."""
    capped = MonthRule(MonthKind.CAPPED_HOURS, Decimal(624))

    assert Schedule(Decimal(12)).hours_of(capped) == 365
    assert Schedule(Decimal(12)).hours_of(FIXED_730) == 365


@pytest.mark.parametrize(
    ("schedule", "words"),
    [
        (Schedule(), "all day"),
        (Schedule(Decimal("7.5"), WORKING_DAYS), "7.5 h a day from Monday to Friday"),
        (Schedule(Decimal(24), ("sat", "sun")), "all day on Saturday and Sunday"),
        (Schedule(Decimal(2), ("wed",)), "2 h a day on Wednesday"),
    ],
)
def test_a_schedule_reads_as_people_say_it(schedule: Schedule, words: str) -> None:
    assert str(schedule) == words


@pytest.mark.parametrize(
    ("hours", "days", "reason"),
    [
        (Decimal(25), ("mon",), "A day has up to 24 hours to run in, not 25."),
        (Decimal(0), ("mon",), "A day has up to 24 hours to run in, not 0."),
        (Decimal(8), ("mun",), "A weekday is one of mon, tue, wed, thu, fri, sat, sun, not 'mun'."),
        (Decimal(8), (), "A schedule names one weekday at least."),
    ],
)
def test_a_schedule_that_no_week_has_is_refused(hours: Decimal, days: Any, reason: str) -> None:
    with pytest.raises(ScheduleInvalid) as refused:
        Schedule(hours, days)

    assert str(refused.value) == reason


# --- What the document says -------------------------------------------------------------------------


def test_everything_that_a_document_says_about_use_reaches_the_estimate() -> None:
    design = (
        Design()
        .with_("files", "object_store", label="Films", size_gb=200, egress_gb_month=150)
        .with_settings(
            growth_percent_month=2,
            usage_profile="high",
            high_percent=200,
            schedule={"hours_per_day": 8},
            tax={"name": "VAT", "rate_percent": 20},
            commitment={"months": 12, "payment": "upfront"},
        )
        .edited({"components": {"files": {"usage": {"high_percent": 300, "growth_percent_month": 5}}}})
    )

    found = estimate_design(design.document(), component_types(), a_book())

    assert found.totals.monthly == 47  # 600 × 0.02 + (450 − 100) × 0.10
    assert (found.profile, found.purchase) == (Profile.HIGH, "12 months, paid upfront")
    assert found.tax is not None
    assert str(found.tax.total.monthly) == "56.40"
    assert list(found.assumptions) == [
        "Counted with high use; groups have the most servers there may be.",
        "Servers run 8 h a day.",
        "Traffic, objects and requests grow 2% a month; servers and volumes stay as drawn.",
        "Reserved where the price book sells that: 12 months, paid upfront.",
        "Films grows 5% a month.",
        "Amounts are net; VAT of 20% comes on top.",
    ]

"""A month has 730, 720 or 672 hours, those of the calendar, or those up to a cap; a started step is paid."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.domain.months import MOST_HOURS, Metering, MonthKind, MonthRule, billed_hours, hours_in

FEBRUARY, MARCH = date(2026, 2, 1), date(2026, 3, 1)
rules = st.one_of(
    st.builds(MonthRule, st.just(MonthKind.FIXED_HOURS), st.sampled_from([Decimal(730), Decimal(720)])),
    st.builds(MonthRule, st.just(MonthKind.CAPPED_HOURS), st.sampled_from([Decimal(672), Decimal(624)])),
    st.just(MonthRule(MonthKind.CALENDAR, Decimal(730))),
)
running = st.decimals(min_value=0, max_value=744, places=3)
months = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("kind", "hours", "average", "february", "march"),
    [
        (MonthKind.FIXED_HOURS, "730", "730", "730", "730"),  # Rackspace's page: 8760 ÷ 12
        (MonthKind.FIXED_HOURS, "720", "720", "720", "720"),  # STACKIT: 30 days
        (MonthKind.FIXED_HOURS, "672", "672", "672", "672"),
        (MonthKind.CALENDAR, "730", "730", "672", "744"),  # Catalyst's invoices
        (MonthKind.CAPPED_HOURS, "672", "672", "672", "672"),  # UpCloud
        (MonthKind.CAPPED_HOURS, "624", "624", "624", "624"),  # Hetzner
        (MonthKind.CAPPED_HOURS, "700", "700", "672", "700"),  # February is shorter than that cap
    ],
)
def test_what_is_always_on_is_charged_for(
    kind: MonthKind, hours: str, average: str, february: str, march: str
) -> None:
    rule = MonthRule(kind, Decimal(hours))

    found = [billed_hours(None, rule, month) for month in (None, FEBRUARY, MARCH)]
    assert found == [Decimal(text) for text in (average, february, march)]


@given(running, rules, months, st.sampled_from(Metering))
def test_nothing_is_charged_for_longer_than_the_month_or_less_than_it_ran(
    hours: Decimal, rule: MonthRule, month: date, metering: Metering
) -> None:
    charged = billed_hours(hours, rule, month, metering=metering)

    if rule.kind is MonthKind.FIXED_HOURS:
        assert hours <= charged < hours + 1
    else:
        assert charged <= hours_in(month) <= MOST_HOURS
        assert charged >= min(hours, rule.full_month(month))


@pytest.mark.parametrize(
    ("metering", "charged"),
    [(Metering.SECOND, "10.5"), (Metering.MINUTE, "10.5"), (Metering.STARTED_HOUR, "11")],
)
def test_a_started_step_is_paid_for(metering: Metering, charged: str) -> None:
    rule = MonthRule(MonthKind.FIXED_HOURS, Decimal(730))

    assert billed_hours(Decimal("10.5"), rule, metering=metering) == Decimal(charged)


def test_two_hundred_started_hours_are_two_hundred() -> None:
    """OVH's billing guide counts 200 started clock hours."""
    rule = MonthRule(MonthKind.FIXED_HOURS, Decimal(730))

    assert billed_hours(Decimal(200), rule, metering=Metering.STARTED_HOUR) == 200

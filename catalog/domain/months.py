"""What providers mean by a month, and in which steps they count time.

| rule         | a thing that is there all month is charged for      | who                            |
| ------------ | --------------------------------------------------- | ------------------------------ |
| fixed_hours  | always the same hours: 730, 720 (30 days) or 672    | Rackspace 730, STACKIT 720     |
| calendar     | the hours that the month has, 672 to 744            | Catalyst's and OTC's invoices  |
| capped_hours | the hours of the month, and never more than so many | UpCloud 672, Hetzner about 624 |
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum

AVERAGE_HOURS = Decimal(730)  # 365 × 24 ÷ 12
MOST_HOURS = Decimal(744)  # of 31 days


class MonthKind(StrEnum):
    FIXED_HOURS = "fixed_hours"
    CALENDAR = "calendar"
    CAPPED_HOURS = "capped_hours"


class Metering(StrEnum):
    """The step in which running time is counted; a step that was started is paid for."""

    SECOND = "second"
    MINUTE = "minute"
    STARTED_HOUR = "started_hour"


STEPS_AN_HOUR = {Metering.SECOND: 3600, Metering.MINUTE: 60, Metering.STARTED_HOUR: 1}


@dataclass(frozen=True)
class MonthRule:
    """`hours`: the fixed ones, or the cap; of a calendar month they are its average."""

    kind: MonthKind
    hours: Decimal

    def full_month(self, month: date | None = None) -> Decimal:
        """Hours charged for what is there all of `month`; of an average month if None."""
        if self.kind is MonthKind.FIXED_HOURS:
            return self.hours
        real = AVERAGE_HOURS if month is None else hours_in(month)
        return min(real, self.hours) if self.kind is MonthKind.CAPPED_HOURS else real

    def __str__(self) -> str:
        if self.kind is MonthKind.CALENDAR:
            return "the hours of the calendar month"
        return f"{'at most ' if self.kind is MonthKind.CAPPED_HOURS else ''}{self.hours} hours"


def billed_hours(
    hours: Decimal | None,
    rule: MonthRule,
    month: date | None = None,
    *,
    metering: Metering = Metering.SECOND,
) -> Decimal:
    """Hours that are charged in `month` for what runs so many; None runs all of it."""
    if hours is None:
        return rule.full_month(month)
    steps = hours * STEPS_AN_HOUR[metering]
    if steps != (whole := steps.to_integral_value(ROUND_CEILING)):
        hours = whole / STEPS_AN_HOUR[metering]
    # A fixed month is a convention for what is always on; it takes nothing off hours that somebody counted.
    return hours if rule.kind is MonthKind.FIXED_HOURS else min(hours, rule.full_month(month))


def hours_in(month: date) -> Decimal:
    return Decimal(24 * monthrange(month.year, month.month)[1])

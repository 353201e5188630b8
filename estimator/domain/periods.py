"""One amount seen over an hour, a day, a month, a year and long terms; and how far a month may go."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from catalog.domain.money import ZERO, amount_text
from estimator.domain.growth import term_totals
from estimator.domain.totals import HOURLY_PLACES, Totals

_HOURS_A_DAY = 24


@dataclass(frozen=True)
class Periods:
    """`months`: what each costs, one after the other, up to the longest term. `terms`: of so many months,
    what they cost together with what is paid once.
    """

    hourly: Decimal
    daily: Decimal
    monthly: Decimal
    yearly: Decimal
    months: tuple[Decimal, ...]
    terms: Mapping[int, Decimal]

    @classmethod
    def of(cls, totals: Totals, month_hours: Decimal, months: Sequence[Decimal]) -> "Periods":
        daily = totals.monthly * _HOURS_A_DAY / month_hours if month_hours else ZERO
        return cls(
            totals.hourly,
            daily.quantize(HOURLY_PLACES),
            totals.monthly,
            totals.yearly,
            tuple(months),
            term_totals(months, totals.one_time),
        )

    def to_json(self) -> dict[str, str]:
        """The months have a list of their own."""
        return {
            "hourly": amount_text(self.hourly),
            "daily": amount_text(self.daily),
            "monthly": amount_text(self.monthly),
            "yearly": amount_text(self.yearly),
            **{str(months): amount_text(amount) for months, amount in self.terms.items()},
        }


@dataclass(frozen=True)
class MonthRange:
    """A month with low, expected and high use."""

    low: Decimal
    expected: Decimal
    high: Decimal

    @property
    def is_wide(self) -> bool:
        return self.low != self.high

    def to_json(self) -> dict[str, str]:
        return {name: amount_text(amount) for name, amount in vars(self).items()}


# Months of a term whose range is worked out; each is priced twice.
RANGED_MONTHS = (1, 6, 12, 18, 24, 30, 36)


@dataclass(frozen=True)
class RangedMonth:
    """One of the coming months, counted from 1, with its growth at low and at high use."""

    month: int
    low: Decimal
    high: Decimal

    def to_json(self) -> dict[str, Any]:
        return {"month": self.month, "low": amount_text(self.low), "high": amount_text(self.high)}

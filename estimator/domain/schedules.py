"""When servers run: so many hours on some days of the week, in a month of any length."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from catalog.domain.money import plain_text
from catalog.domain.months import AVERAGE_HOURS, MonthKind, MonthRule
from designer.domain.usage_assumptions import WEEKDAYS

_HOURS_A_DAY = Decimal(24)
_HUNDREDTH = Decimal("0.01")  # of an hour: fine enough for money, short enough to check by hand
_DAY_NAMES = dict(
    zip(
        WEEKDAYS,
        ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
        strict=True,
    )
)
_WORKING_DAYS = frozenset(WEEKDAYS[:5])


class ScheduleInvalid(ValueError):
    """A schedule that no week has; the text says why."""


@dataclass(frozen=True)
class Schedule:
    """`weekdays` as in WEEKDAYS, none twice. Raises: ScheduleInvalid."""

    hours_per_day: Decimal = _HOURS_A_DAY
    weekdays: tuple[str, ...] = WEEKDAYS

    def __post_init__(self) -> None:
        if not 0 < self.hours_per_day <= _HOURS_A_DAY:
            raise ScheduleInvalid(
                f"A day has up to 24 hours to run in, not {plain_text(self.hours_per_day)}."
            )
        if unknown := [day for day in self.weekdays if day not in WEEKDAYS]:
            raise ScheduleInvalid(f"A weekday is one of {', '.join(WEEKDAYS)}, not {unknown[0]!r}.")
        if not self.weekdays:
            raise ScheduleInvalid("A schedule names one weekday at least.")

    @classmethod
    def read(cls, said: Mapping[str, Any]) -> "Schedule":
        """From a document, where it was checked. What it doesn't say is all day, or all week."""
        return cls(
            Decimal(str(said.get("hours_per_day", _HOURS_A_DAY))), tuple(said.get("weekdays", WEEKDAYS))
        )

    def hours_of(self, month: MonthRule) -> Decimal:
        """Of an average month, whichever weekday it begins on: 10 h on 5 days of 730 h are 217.26 h.

        A cap is the provider's and shortens no month: half of each day is 365 h.
        """
        hours = month.hours if month.kind is MonthKind.FIXED_HOURS else AVERAGE_HOURS
        running = hours * self.hours_per_day * len(set(self.weekdays)) / (_HOURS_A_DAY * len(WEEKDAYS))
        return running.quantize(_HUNDREDTH, ROUND_HALF_UP)

    def __str__(self) -> str:
        hours = (
            "all day" if self.hours_per_day == _HOURS_A_DAY else f"{plain_text(self.hours_per_day)} h a day"
        )
        days = frozenset(self.weekdays)
        if days == frozenset(WEEKDAYS):
            return hours
        if days == _WORKING_DAYS:
            return f"{hours} from Monday to Friday"
        *first, last = [_DAY_NAMES[day] for day in WEEKDAYS if day in days]
        return f"{hours} on {', '.join(first)} and {last}" if first else f"{hours} on {last}"

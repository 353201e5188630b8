"""When a schedule's servers stop and start: wall-clock time in the schedule's own time zone.

The document says it once: the estimate reads how many hours (estimator.domain.schedules), this when they
begin.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from designer.domain.usage_assumptions import WEEKDAYS

_DAYS_AROUND = 9  # a week, and a day more on either side: some change is always among them


class OffHoursInvalid(ValueError):
    """A schedule that nobody can act on; the text says why."""


@dataclass(frozen=True)
class Change:
    """At `at` (UTC) the servers go on or off."""

    at: datetime
    on: bool


@dataclass(frozen=True)
class OffHours:
    """They run from `starts_at` for so many hours of the clock, on the days that are said.

    `days_off` are left out, `days_on` run whole days, whatever the week says. A span that passes midnight
    belongs to the day on which it begins.
    """

    starts_at: time
    length: timedelta
    weekdays: frozenset[int]
    zone: ZoneInfo
    days_off: frozenset[date] = frozenset()
    days_on: frozenset[date] = frozenset()

    @classmethod
    def read(cls, said: Mapping[str, Any] | None) -> "OffHours | None":
        """From a document's schedule. One without a time to begin is for estimates only: None.

        Raises: OffHoursInvalid.
        """
        if not said or not said.get("starts_at"):
            return None
        name = str(said.get("time_zone") or "UTC")
        try:
            zone = ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise OffHoursInvalid(f"There is no time zone called {name}.") from None
        try:
            return cls(
                time.fromisoformat(str(said["starts_at"])),
                timedelta(hours=float(said.get("hours_per_day", 24))),
                frozenset(WEEKDAYS.index(day) for day in said.get("weekdays", WEEKDAYS)),
                zone,
                frozenset(date.fromisoformat(day) for day in said.get("days_off", ())),
                frozenset(date.fromisoformat(day) for day in said.get("days_on", ())),
            )
        except ValueError as error:
            raise OffHoursInvalid(f"The schedule cannot be read: {error}.") from None

    def is_on(self, now: datetime) -> bool:
        return any(start <= now < end for start, end in self._spans(now))

    def last_change(self, now: datetime) -> Change | None:
        """The newest that is due by now. None where all days run, or none has begun yet."""
        return max((one for one in self._changes(now) if one.at <= now), key=lambda one: one.at, default=None)

    def next_change(self, now: datetime) -> Change | None:
        return min((one for one in self._changes(now) if one.at > now), key=lambda one: one.at, default=None)

    def _changes(self, now: datetime) -> Iterator[Change]:
        """Spans that touch are one: nobody stops a server to start it again the same moment."""
        merged: list[tuple[datetime, datetime]] = []
        for start, end in self._spans(now):
            if merged and start <= merged[-1][1]:
                merged[-1] = merged[-1][0], max(end, merged[-1][1])
            else:
                merged.append((start, end))
        for number, (start, end) in enumerate(merged):
            if number:  # where the window begins and ends, nothing changes
                yield Change(start, on=True)
            if number < len(merged) - 1:
                yield Change(end, on=False)

    def _spans(self, now: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Around now, in order, in UTC."""
        today = now.astimezone(self.zone).date()
        found = []
        for offset in range(-_DAYS_AROUND, _DAYS_AROUND + 1):
            day = today + timedelta(days=offset)
            if day in self.days_on:
                midnight = datetime.combine(day, time.min)
                found.append((self._utc(midnight), self._utc(midnight + timedelta(days=1))))
            elif day.weekday() in self.weekdays and day not in self.days_off:
                start = datetime.combine(day, self.starts_at)
                found.append((self._utc(start), self._utc(start + self.length, late=True)))
        return iter(sorted(found))

    def _utc(self, wall: datetime, *, late: bool = False) -> datetime:
        """An hour that comes twice in autumn starts at its first coming and ends at its second.

        One that spring leaves out is as far behind the gap as it would have been.
        """
        first, second = (wall.replace(tzinfo=self.zone, fold=fold).astimezone(UTC) for fold in (0, 1))
        return max(first, second) if late else first

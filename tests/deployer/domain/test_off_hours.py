"""When servers go on and off: by the wall clock, over midnight, through both changes of the clocks."""

from datetime import UTC, datetime
from typing import Any

import pytest

from deployer.domain.off_hours import OffHours, OffHoursInvalid

OFFICE = {
    "hours_per_day": 10,
    "weekdays": ["mon", "tue", "wed", "thu", "fri"],
    "starts_at": "08:00",
    "time_zone": "Europe/Berlin",
}


def hours(**said: Any) -> OffHours:
    read = OffHours.read({**OFFICE, **said})
    assert read is not None
    return read


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_a_schedule_without_a_time_to_begin_is_for_estimates_alone() -> None:
    assert OffHours.read({"hours_per_day": 10}) is None
    assert OffHours.read(None) is None


def test_a_time_zone_that_is_none_is_refused_with_its_name() -> None:
    with pytest.raises(OffHoursInvalid, match="There is no time zone called Europe/Atlantis"):
        hours(time_zone="Europe/Atlantis")


@pytest.mark.parametrize(
    ("moment", "on"),
    [
        ("2026-01-14T06:59", False),  # a Wednesday, 07:59 in Berlin
        ("2026-01-14T07:00", True),
        ("2026-01-14T16:59", True),
        ("2026-01-14T17:00", False),
        ("2026-01-17T10:00", False),  # Saturday
        ("2026-07-15T06:00", True),  # in summer an hour earlier by UTC
        ("2026-07-15T16:00", False),
    ],
)
def test_the_wall_clock_counts(moment: str, on: bool) -> None:
    assert hours().is_on(at(moment)) is on


def test_the_newest_change_is_the_one_to_act_on() -> None:
    saturday = at("2026-01-17T10:00")

    last, following = hours().last_change(saturday), hours().next_change(saturday)

    assert last is not None and following is not None
    assert (last.at, last.on) == (at("2026-01-16T17:00"), False)
    assert (following.at, following.on) == (at("2026-01-19T07:00"), True)


def test_a_night_that_passes_midnight_belongs_to_the_day_it_begins_on() -> None:
    night = hours(starts_at="22:00", hours_per_day=8, weekdays=["fri"])

    assert night.is_on(at("2026-01-17T04:59"))  # Saturday 05:59 in Berlin
    assert not night.is_on(at("2026-01-17T05:00"))
    assert not night.is_on(at("2026-01-16T04:00"))  # Friday morning


def test_in_the_night_that_lacks_an_hour_servers_run_an_hour_less() -> None:
    """Europe goes from 02:00 to 03:00 on 29 March 2026."""
    night = hours(starts_at="00:00", hours_per_day=6, weekdays=["sun"])

    assert night.is_on(at("2026-03-28T23:00"))
    assert night.is_on(at("2026-03-29T03:59"))  # 05:59
    assert not night.is_on(at("2026-03-29T04:00"))


def test_an_hour_that_comes_twice_is_run_through_both_times() -> None:
    """Europe goes from 03:00 to 02:00 on 25 October 2026."""
    until_half_past_two = hours(starts_at="00:30", hours_per_day=2, weekdays=["sun"])

    assert until_half_past_two.is_on(at("2026-10-25T01:29"))  # 02:29, the second time
    assert not until_half_past_two.is_on(at("2026-10-25T01:30"))


@pytest.mark.parametrize(
    "moment", ["2026-03-29T00:45", "2026-03-29T01:15", "2026-10-25T00:45", "2026-06-01T12:00"]
)
def test_all_day_every_day_never_stops_not_even_when_the_clocks_change(moment: str) -> None:
    always = hours(
        starts_at="02:30", hours_per_day=24, weekdays=["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    )

    assert always.is_on(at(moment))
    assert always.last_change(at(moment)) is None
    assert always.next_change(at(moment)) is None


def test_days_off_and_days_on_go_before_the_week() -> None:
    holidays = hours(days_off=["2026-12-31", "2027-01-01"], days_on=["2027-01-02"])

    assert not holidays.is_on(at("2026-12-31T10:00"))
    assert not holidays.is_on(at("2027-01-01T10:00"))
    assert holidays.is_on(at("2027-01-02T20:00"))  # a Saturday evening
    change = holidays.next_change(at("2026-12-30T20:00"))
    assert change is not None
    assert change.at == at("2027-01-01T23:00")


def test_a_day_that_no_month_has_is_refused() -> None:
    with pytest.raises(OffHoursInvalid):
        hours(days_off=["2026-02-30"])

"""Rounds over what stands: schedules stop and start servers, ends are warned of, looks take turns."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User

from deployer import operating
from deployer.domain.cloud import Unreachable
from deployer.domain.operations import Verb
from deployer.models import Cloud, Deployment, DriftReport, Operation, Plan, Stay
from deployer.services import stays
from deployer.services.operations import request_operation
from designer.models import Design
from designer.services.designs import apply_patch
from tests.deployer.drawings import a_site
from tests.fakes.cloud import FakeCloud

pytestmark = pytest.mark.django_db

OFFICE = {
    "hours_per_day": 10,
    "weekdays": ["mon", "tue", "wed", "thu", "fri"],
    "starts_at": "08:00",
    "time_zone": "Europe/Berlin",
}


@pytest.fixture
def stay(deploy: Any, account: Cloud) -> Stay:
    design = deploy(a_site(count=2)).design
    stays.keep_stays_of(design, datetime.now(UTC))
    return Stay.objects.get(design=design)


@pytest.fixture
def now() -> datetime:
    """A Wednesday evening to come, when the office is closed."""
    today = datetime.now(UTC).replace(hour=20, minute=0)
    return today + timedelta(days=(2 - today.weekday()) % 7 + 7)


def say(design: Design, **schedule: Any) -> None:
    design.refresh_from_db()
    apply_patch(design, {"settings": {"schedule": OFFICE | schedule}}, author=None)


def carry_out(made: list[Operation]) -> None:
    for operation in made:
        for turn in range(10):
            operating.advance(operation.id, turn)
        operation.refresh_from_db()
        assert operation.status == "succeeded", operation.error


def test_off_hours_stop_the_servers_once(cloud: FakeCloud, stay: Stay, now: datetime) -> None:
    say(stay.design)

    made = stays.act_on_schedules(now)
    assert [(one.verb, one.by_schedule) for one in made] == [("stop", True)] * 2
    assert stays.act_on_schedules(now) == []  # under way
    carry_out(made)

    assert cloud.power("Web server 1") == "stopped"
    assert stays.act_on_schedules(now + timedelta(hours=1)) == []


def test_a_missed_start_is_made_up_for(cloud: FakeCloud, stay: Stay, now: datetime) -> None:
    say(stay.design)
    carry_out(stays.act_on_schedules(now))
    # Nobody was there at eight; at noon somebody is.
    made = stays.act_on_schedules(now + timedelta(hours=16))
    carry_out(made)

    assert [one.verb for one in made] == ["start"] * 2
    assert cloud.power("Web server 1") == "running"


def test_whoever_starts_a_server_at_night_keeps_it_until_the_next_change(
    stay: Stay, now: datetime, account: Cloud, mara: User
) -> None:
    say(stay.design)
    carry_out(stays.act_on_schedules(now))
    made = request_operation(stay.design, account, Verb.START, key="web/server[0]", created_by=mara)
    Operation.objects.filter(id=made[0].id).update(created_at=now + timedelta(minutes=5))
    carry_out(made)

    assert stays.act_on_schedules(now + timedelta(hours=1)) == []
    carry_out(stays.act_on_schedules(now + timedelta(hours=13)))  # the other one starts in the morning
    assert {one.key for one in stays.act_on_schedules(now + timedelta(hours=24))} == {
        "web/server[0]",
        "web/server[1]",
    }


def test_a_component_goes_before_the_design(cloud: FakeCloud, stay: Stay, now: datetime) -> None:
    say(stay.design)
    own = {"schedule": OFFICE | {"hours_per_day": 16}}
    stay.design.refresh_from_db()
    apply_patch(stay.design, {"components": {"web": {"usage": own}}}, author=None)

    assert stays.act_on_schedules(now) == []


def test_a_schedule_without_a_time_or_with_a_zone_that_is_none_stops_nothing(
    stay: Stay, now: datetime
) -> None:
    stay.design.refresh_from_db()
    apply_patch(stay.design, {"settings": {"schedule": {"hours_per_day": 10}}}, author=None)
    assert stays.act_on_schedules(now) == []

    # No edit says that any more. A document from before may, and the zones of a machine can change.
    document = stay.design.document | {"settings": {"schedule": OFFICE | {"time_zone": "Europe/Atlantis"}}}
    Design.objects.filter(id=stay.design_id).update(document=document)
    assert stays.act_on_schedules(now) == []
    stay.design.refresh_from_db()
    assert "Europe/Atlantis" in stays.schedule_problem(stay.design.document)


def test_an_end_is_warned_of_once_and_then_planned_for(stay: Stay) -> None:
    end = datetime.now(UTC) + timedelta(days=10)
    stays.set_expiry(stay, expires_at=end)

    for moment in (end - timedelta(days=5), end - timedelta(days=2), end - timedelta(days=1)):
        stays.act_on_ends(moment)
    (warning,) = Deployment.objects.get().events.filter(level="warning")
    assert "nothing is removed" in warning.text

    stays.act_on_ends(end)
    stays.act_on_ends(end)
    stay.refresh_from_db()
    assert stay.expiry_plan is not None
    assert stay.expiry_plan.intent == Plan.Intent.DESTROY
    assert Deployment.objects.count() == 1


def test_an_end_that_destroys_does_so_by_itself(cloud: FakeCloud, stay: Stay, run: Any) -> None:
    end = datetime.now(UTC) + timedelta(days=1)
    stays.set_expiry(stay, expires_at=end, on_expiry=Stay.OnExpiry.DESTROY)

    stays.act_on_ends(end)
    run(Deployment.objects.get(plan__intent="destroy"))

    assert not cloud.things
    stays.keep_stays(end)
    assert not Stay.objects.exists()


def test_an_end_at_which_the_cloud_is_away_is_acted_on_later(cloud: FakeCloud, stay: Stay) -> None:
    end = datetime.now(UTC) + timedelta(days=1)
    stays.set_expiry(stay, expires_at=end, on_expiry=Stay.OnExpiry.DESTROY)
    cloud.refuse_next("profile", "", Unreachable("Nothing answers."))

    stays.act_on_ends(end)
    stays.act_on_ends(end + timedelta(minutes=5))
    assert Deployment.objects.count() == 1
    stays.act_on_ends(end + timedelta(minutes=16))
    assert Deployment.objects.count() == 2


def test_extending_takes_the_end_away_from_where_it_was(stay: Stay) -> None:
    end = datetime.now(UTC) + timedelta(days=1)
    stays.set_expiry(stay, expires_at=end)
    stays.act_on_ends(end)

    extended = stays.extend(Stay.objects.get(), days=30)

    assert extended.expires_at == end + timedelta(days=30)
    assert extended.expired_at is None


def test_looks_for_drift_are_taken_once_and_spread_out(cloud: FakeCloud, stay: Stay) -> None:
    assert stays.checks_due(stay.next_check_at - timedelta(seconds=1)) == []
    due = stay.next_check_at

    assert stays.checks_due(due) == [stay.id]
    assert stays.check_stay(stay.id, due) is not None
    assert stays.check_stay(stay.id, due) is None  # the same message, delivered again
    assert DriftReport.objects.count() == 1


def test_a_cloud_that_is_away_is_asked_less_and_less_often(cloud: FakeCloud, stay: Stay) -> None:
    pauses = []
    for _ in range(3):
        cloud.refuse_next("inventory", "", Unreachable("Nothing answers."))
        stay.refresh_from_db()
        due = stay.next_check_at
        stays.check_stay(stay.id, due)
        stay.refresh_from_db()
        pauses.append(stay.next_check_at - due)

    assert pauses == sorted(pauses)
    assert pauses[-1] == timedelta(hours=8)
    assert not Deployment.objects.get().events.filter(level="warning").exists()

"""Deployments of one design queue; those of different designs share a cloud."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from deployer import executor
from deployer.domain import sharing
from deployer.domain.cloud import QuotaExceeded, ServerFault
from deployer.domain.states import DeploymentStatus, RunStatus
from deployer.errors import NothingToRetry, PlanOutdated
from deployer.models import Cloud, Deployment, Plan, Resource, StepRun
from deployer.selectors import waits_for
from deployer.services.deploying import apply_plan, cancel_deployment, retry_deployment
from deployer.services.planning import create_plan
from tests.deployer.conftest import Clock, Keep
from tests.deployer.drawings import a_server, a_site
from tests.fakes.cloud import FakeCloud

pytestmark = pytest.mark.django_db


def told(deployment: Deployment) -> str:
    return " ".join(event.text for event in deployment.events.all())


def test_the_second_waits_for_the_first_and_does_what_is_left(
    cloud: FakeCloud, start: Any, run: Any, clock: Clock
) -> None:
    first = run(start(a_site(count=1)), turns=1)
    second = start(a_site(count=2))

    assert second.status == DeploymentStatus.QUEUED
    assert waits_for(second) == [first]
    assert executor.advance(second.id, 0, clock=clock) is None
    assert run(first).status == DeploymentStatus.SUCCEEDED
    assert run(second).status == DeploymentStatus.SUCCEEDED

    assert cloud.names("server") == ["Web server 1", "Web server 2"]
    assert cloud.count("create", "network") == 1
    assert second.plan.renews is not None
    assert second.plan.monthly_after == second.plan.renews.monthly_after


def test_when_one_ends_the_next_is_told(cloud: FakeCloud, start: Any, run: Any, clock: Clock) -> None:
    first = start(a_server())
    second, third = start(a_server()), start(a_server())

    assert [one.id for one in waits_for(third)] == [first.id, second.id]
    while not first.is_over:
        first.refresh_from_db()
        following = executor.advance(first.id, first.turn, clock=clock)
        assert following is not None
        clock.forward(following.delay_seconds)
        first.refresh_from_db()

    assert following.deployment_id == second.id


def test_one_that_waits_is_not_taken_for_lost(cloud: FakeCloud, start: Any, run: Any, clock: Clock) -> None:
    first, second = start(a_server()), start(a_server())
    clock.forward(20)
    assert executor.quiet_turns(clock=clock) == [(first.id, 0)]

    run(first)  # and the message that tells the second gets lost
    clock.forward(20)

    assert executor.quiet_turns(clock=clock) == [(second.id, 0)]


def test_what_would_now_be_replaced_is_left_and_said(cloud: FakeCloud, start: Any, run: Any) -> None:
    first = start(a_server())
    moved = a_server().edited({"components": {"sn": {"properties": {"cidr": "10.0.8.0/24"}}}})
    second = start(moved)
    run(first)
    before = set(cloud.things)

    assert run(second).status == DeploymentStatus.FAILED

    assert set(cloud.things) == before
    assert "sn/subnet would be replaced (cidr cannot change in place)." in second.reason
    assert "make a new plan" in second.reason
    assert second.reason in told(second)
    assert {one.status for one in second.runs.all()} == {RunStatus.CANCELLED}
    with pytest.raises(NothingToRetry, match="never began"):
        retry_deployment(second)


def test_a_queued_destroy_is_planned_anew_and_leaves_nothing(cloud: FakeCloud, start: Any, run: Any) -> None:
    first = run(start(a_site(count=2)), turns=1)
    destroy = start(a_site(count=2), "destroy")
    assert run(first).status == DeploymentStatus.SUCCEEDED

    assert run(destroy).status == DeploymentStatus.SUCCEEDED

    assert not cloud.things
    assert destroy.residue["clean"]
    assert not Resource.objects.exists()


def test_a_destroy_can_be_queued_before_anything_stands(cloud: FakeCloud, start: Any, run: Any) -> None:
    first = start(a_server())
    destroy = start(a_server(), "destroy")
    run(first)

    assert run(destroy).status == DeploymentStatus.SUCCEEDED
    assert not cloud.things


def test_one_that_waits_is_cancelled_at_once_and_the_next_moves_up(
    cloud: FakeCloud, start: Any, run: Any, clock: Clock
) -> None:
    first, second, third = start(a_server()), start(a_server()), start(a_server())

    assert cancel_deployment(second).status == DeploymentStatus.CANCELLED
    assert waits_for(third) == [first]
    assert executor.advance(second.id, second.turn, clock=clock) is None
    run(first)
    assert run(third).status == DeploymentStatus.SUCCEEDED
    assert cloud.count("create", "server") == 1


def test_cancelling_wins_over_a_worker_that_is_about_to_begin(
    cloud: FakeCloud, start: Any, run: Any, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = start(a_server()), start(a_site())
    run(first)
    ask = executor.admission.read_regions
    monkeypatch.setattr(
        executor.admission, "read_regions", lambda regions: (cancel_deployment(second), ask(regions))[1]
    )
    # The test's database is one connection, so the question is asked in the same thread.
    monkeypatch.setattr(executor.Hold, "meanwhile", lambda self, call: call())

    assert executor.advance(second.id, second.turn, clock=clock) is None

    second.refresh_from_db()
    assert second.status == DeploymentStatus.CANCELLED
    assert not cloud.names("load_balancer")


def test_a_cloud_that_cannot_be_asked_keeps_it_waiting(
    cloud: FakeCloud, start: Any, run: Any, clock: Clock
) -> None:
    first, second = start(a_server()), start(a_server())
    run(first)
    cloud.refuse_next("profile", "", ServerFault("Away."))

    assert executor.advance(second.id, second.turn, clock=clock).delay_seconds == 15

    second.refresh_from_db()
    assert second.status == DeploymentStatus.QUEUED
    assert second.reason == "The cloud cannot be asked: Away. Asking again."
    assert run(second).status == DeploymentStatus.SUCCEEDED
    assert second.reason == ""


def test_the_first_that_failed_goes_on_before_the_one_that_waits(
    cloud: FakeCloud, start: Any, run: Any
) -> None:
    cloud.refuse_next("create", "server", QuotaExceeded("Quota exceeded for cores."))
    first, second = start(a_server()), start(a_server())
    assert run(first).status == DeploymentStatus.FAILED

    retry_deployment(first)

    assert waits_for(second) == [first]
    assert run(first).status == run(second).status == DeploymentStatus.SUCCEEDED
    assert cloud.count("create", "server") == 2  # one was refused


def test_a_drawing_that_has_changed_since_is_not_queued(
    cloud: FakeCloud, start: Any, plan: Any, keep: Keep, mara: User
) -> None:
    start(a_server())
    later = plan(a_site())
    keep(a_site(count=3))
    later.refresh_from_db()

    with pytest.raises(PlanOutdated):
        apply_plan(Plan.objects.get(id=later.id), applied_by=mara)


def test_deployments_of_different_designs_run_side_by_side_within_the_limits_of_their_cloud(
    cloud: FakeCloud, account: Cloud, keep: Keep, mara: User, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Six designs of three servers, four places: all get their turn, and there are never more than four."""
    monkeypatch.setattr(sharing, "AT_ONCE", {**sharing.AT_ONCE, "compute": 4})
    deployments = []
    for number in range(6):
        design = keep(a_server(count=3), f"shop {number}")
        plan = create_plan(design=design, cloud=account, intent="deploy", created_by=mara)
        deployments.append(apply_plan(plan, applied_by=mara))

    began: dict[str, int] = {}
    for moment in range(400):
        for deployment in deployments:
            deployment.refresh_from_db()
            if not deployment.is_over:
                executor.advance(deployment.id, deployment.turn, clock=clock)
            at_once = StepRun.objects.filter(status=RunStatus.RUNNING, step__kind="server")
            assert at_once.count() <= 4
            for one in at_once:
                began.setdefault(str(one.deployment_id), moment)
        clock.forward(1)
        if all(one.is_over for one in deployments):
            break

    assert {one.status for one in deployments} == {DeploymentStatus.SUCCEEDED}
    assert len(cloud.names("server")) == 18
    assert max(began.values()) <= 12, "the last began while the first were still making theirs"

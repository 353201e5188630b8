"""Applying a plan: once, in time, and only while all that it was made from still holds."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from deployer.domain.cloud import Quota
from deployer.errors import (
    ConfirmationNeeded,
    DeploymentOver,
    NothingToRetry,
    PlanAlreadyApplied,
    PlanExpired,
    PlanOutdated,
    PreflightFailed,
)
from deployer.models import Deployment, Plan
from deployer.services.deploying import apply_plan, cancel_deployment, retry_deployment
from tests.deployer.conftest import Keep
from tests.deployer.drawings import a_server, a_site, a_store
from tests.fakes.cloud import FakeCloud

pytestmark = pytest.mark.django_db


def test_a_plan_is_applied_once(plan: Any, mara: User, run: Any) -> None:
    made = plan(a_server())
    run(apply_plan(made, applied_by=mara))

    with pytest.raises(PlanAlreadyApplied):
        apply_plan(Plan.objects.get(id=made.id), applied_by=mara)


def test_a_plan_of_an_hour_ago_is_too_old(plan: Any, mara: User) -> None:
    made = plan(a_server())
    made.created_at = timezone.now() - timedelta(hours=1)

    with pytest.raises(PlanExpired):
        apply_plan(made, applied_by=mara)


def test_a_drawing_that_changed_since_makes_a_plan_outdated(plan: Any, mara: User, keep: Keep) -> None:
    made = plan(a_server())
    keep(a_server(count=2))

    with pytest.raises(PlanOutdated):
        apply_plan(Plan.objects.get(id=made.id), applied_by=mara)
    assert not Deployment.objects.exists()


def test_a_cloud_that_changed_since_makes_a_plan_outdated(
    plan: Any, mara: User, deploy: Any, cloud: FakeCloud
) -> None:
    deploy(a_server())
    made = plan(a_server(count=2))
    cloud.forget("server", "App server 1")

    with pytest.raises(PlanOutdated):
        apply_plan(made, applied_by=mara)


def test_a_plan_that_would_fail_is_refused_with_every_reason(plan: Any, mara: User, cloud: FakeCloud) -> None:
    cloud.profile = cloud.profile.without("load-balancer", "object-store")
    made = plan(a_site().with_("files", "object_store", label="files"))

    with pytest.raises(PreflightFailed, match="load balancers, object storage"):
        apply_plan(made, applied_by=mara)


def test_a_plan_that_destroys_data_is_applied_only_by_somebody_who_says_so(
    plan: Any, mara: User, deploy: Any, run: Any, cloud: FakeCloud
) -> None:
    deploy(a_store(100))
    made = plan(a_store(50))

    with pytest.raises(ConfirmationNeeded, match="Orders 1: volume of 100 GiB is made anew, empty") as needed:
        apply_plan(made, applied_by=mara)

    assert [reason["at"] for reason in needed.value.reasons] == ["data"]
    assert run(apply_plan(made, applied_by=mara, confirmed=["data"])).status == "succeeded"
    assert cloud.spec("volume", "Orders 1")["size_gib"] == 50


def test_a_server_that_is_made_anew_gets_its_volume_and_its_address_back(
    plan: Any, mara: User, deploy: Any, run: Any, cloud: FakeCloud
) -> None:
    store = a_store().edited({"components": {"app": {"properties": {"public_address": True}}}})
    deploy(store)
    before = {(thing.kind, thing.cloud_id) for thing in cloud.things.values()}
    again = store.edited({"components": {"app": {"properties": {"image": "debian-12"}}}})

    run(apply_plan(plan(again), applied_by=mara))

    after = {(thing.kind, thing.cloud_id) for thing in cloud.things.values()}
    assert {kind for kind, _ in before - after} == {"server", "volume_attachment"}
    assert {kind for kind, _ in after - before} == {"server", "volume_attachment"}


def test_a_quota_that_somebody_else_used_up_meanwhile_stops_a_plan_before_its_first_call(
    plan: Any, mara: User, cloud: FakeCloud
) -> None:
    made = plan(a_server())
    cloud.profile = replace(cloud.profile, quotas={"instances": Quota(5, 5)})
    cloud.calls.clear()

    with pytest.raises(PreflightFailed, match="Servers: 1 needed, 0 of 5 free"):
        apply_plan(made, applied_by=mara)
    assert cloud.calls == []


def test_a_flavor_that_the_cloud_took_away_meanwhile_makes_a_plan_outdated(
    plan: Any, mara: User, cloud: FakeCloud
) -> None:
    made = plan(a_server())
    used = made.steps.get(kind="server").matched["flavor_id"]
    left = tuple(one for one in cloud.profile.flavors if one.id != used)
    cloud.profile = replace(cloud.profile, flavors=left)

    with pytest.raises(PlanOutdated):
        apply_plan(made, applied_by=mara)


def test_a_design_is_deployed_to_a_cloud_once_at_a_time(plan: Any, mara: User) -> None:
    first, second = plan(a_server()), plan(a_server())
    apply_plan(first, applied_by=mara)

    queued = apply_plan(second, applied_by=mara)

    assert (queued.status, queued.waited) == ("queued", True)


def test_a_plan_made_before_another_deployment_is_outdated_after_it(plan: Any, mara: User, run: Any) -> None:
    first, second = plan(a_server()), plan(a_server())
    run(apply_plan(first, applied_by=mara))

    with pytest.raises(PlanOutdated):
        apply_plan(second, applied_by=mara)
    assert Plan.objects.get(id=second.id).status == "outdated"


def test_what_is_over_cannot_be_cancelled(deploy: Any) -> None:
    with pytest.raises(DeploymentOver, match="has succeeded"):
        cancel_deployment(deploy(a_server()))


def test_what_succeeded_needs_no_retry(deploy: Any) -> None:
    with pytest.raises(NothingToRetry, match="has succeeded"):
        retry_deployment(deploy(a_server()))


def test_only_the_newest_deployment_can_go_on(deploy: Any, cloud: FakeCloud) -> None:
    cloud.fail_next("server", "No valid host was found.")
    old = deploy(a_server())
    deploy(a_server())

    with pytest.raises(NothingToRetry, match="A later deployment has changed things since"):
        retry_deployment(old)


def test_applying_queues_the_first_turn(
    plan: Any, mara: User, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    from deployer import tasks

    queued: list[tuple[Any, int]] = []
    monkeypatch.setattr(
        tasks, "queue_turn", lambda deployment_id, turn, **_: queued.append((deployment_id, turn))
    )

    with django_capture_on_commit_callbacks(execute=True):
        deployment = apply_plan(plan(a_server()), applied_by=mara)

    assert queued == [(deployment.id, 0)]


def test_a_queue_that_is_away_loses_nothing(
    plan: Any, mara: User, django_capture_on_commit_callbacks: Any, settings: Any, run: Any
) -> None:
    from config.celery import app

    before = app.conf.broker_url
    app.conf.broker_url = "redis+socket:///nowhere/redis.sock"
    try:
        with django_capture_on_commit_callbacks(execute=True):
            deployment = apply_plan(plan(a_server()), applied_by=mara)
    finally:
        app.conf.broker_url = before

    assert run(deployment).status == "succeeded"

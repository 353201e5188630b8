"""Somebody changes things behind our back: it is found, priced, left alone, or put right."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from deployer import operating
from deployer.domain.cloud import Unreachable
from deployer.domain.operations import Verb
from deployer.domain.states import DeploymentStatus
from deployer.errors import (
    AdoptionImpossible,
    DriftChanged,
    IgnoreInvalid,
    NothingStands,
    PlanOutdated,
    RepairImpossible,
)
from deployer.models import Cloud, DriftReport, Plan, Resource
from deployer.selectors import drifted_designs, find_newest_look
from deployer.services.deploying import apply_plan
from deployer.services.drift import adopt, check_drift, ignore, plan_repair, stop_ignoring
from deployer.services.operations import request_operation
from deployer.services.planning import create_plan
from deployer.services.stays import check_stay, checks_due, keep_stays_of
from designer.models import Design
from tests.deployer.drawings import a_site
from tests.fakes.cloud import FakeCloud

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop(deploy: Any, account: Cloud) -> Design:
    deployment = deploy(a_site(count=2))
    assert deployment.status == DeploymentStatus.SUCCEEDED
    return deployment.design


@pytest.fixture
def check(shop: Design, account: Cloud, mara: User) -> Any:
    return lambda: check_drift(shop, account, asked_by=mara)


def found(report: DriftReport) -> dict[str, str]:
    return {one["key"].partition("~")[0]: one["drift"] for one in report.differences}


def add_rule(cloud: FakeCloud) -> str:
    group = Resource.objects.get(key="web/security_group").cloud_id
    return cloud.add(
        "security_group_rule",
        "ssh from anywhere",
        security_group=group,
        direction="ingress",
        protocol="tcp",
        port_min=22,
        port_max=22,
        remote_cidr="0.0.0.0/0",
    )


def test_what_was_just_deployed_is_as_designed(check: Any) -> None:
    report = check()

    assert (report.status, report.differences) == (DriftReport.Status.AS_DESIGNED, [])
    assert report.monthly_live == report.monthly_recorded


def test_all_that_differs_is_found_and_priced_with_the_designs_book(cloud: FakeCloud, check: Any) -> None:
    cloud.change("server", "Web server 1", flavor="large")
    cloud.forget("floating_ip", cloud.names("floating_ip")[0])
    add_rule(cloud)

    report = check()

    assert found(report) == {
        "web/server[0]": "changed",
        "lb/floating_ip": "missing",
        "web/security_group": "extra",
    }
    by_key = {one["key"].partition("~")[0]: one for one in report.differences}
    assert Decimal(by_key["web/server[0]"]["monthly"]) > 0
    assert by_key["web/security_group"]["monthly"] == "0"
    # A least charge of the whole account shrinks meanwhile, so the total is no sum of the differences.
    assert report.monthly_live > report.monthly_recorded


def test_new_drift_is_told_once_in_the_story(cloud: FakeCloud, check: Any, shop: Design) -> None:
    cloud.change("server", "Web server 1", flavor="large")
    check()
    check()

    (event,) = shop.deployments.get().events.filter(level="warning")
    assert event.text == "Drift: one thing is not as deployed: Web server 1."


def test_the_list_of_designs_shows_it_until_it_is_ignored(
    cloud: FakeCloud, check: Any, shop: Design, mara: User
) -> None:
    cloud.change("server", "Web server 1", flavor="large")
    report = check()
    assert drifted_designs([shop]) == {shop.id: {"count": 1, "clouds": ["lab"]}}

    ids = [report.differences[0]["id"]]
    until = timezone.localdate() + timedelta(days=7)
    ignore(report, ids, until=until, reason="Load test until Friday.", created_by=mara)

    assert drifted_designs([shop]) == {}
    stop_ignoring(report, ids)
    assert shop.id in drifted_designs([shop])


def test_ignoring_takes_a_reason_and_a_day_to_come(cloud: FakeCloud, check: Any, mara: User) -> None:
    cloud.change("server", "Web server 1", flavor="large")
    report = check()
    ids, today = [report.differences[0]["id"]], timezone.localdate()

    for until, reason in ((today, " "), (today - timedelta(days=1), "x"), (today + timedelta(days=999), "x")):
        with pytest.raises(IgnoreInvalid):
            ignore(report, ids, until=until, reason=reason, created_by=mara)
    with pytest.raises(DriftChanged):
        ignore(report, ["nonsense"], until=today, reason="x", created_by=mara)


def test_an_ordinary_plan_repairs_what_drifted_and_leaves_what_is_ignored(
    cloud: FakeCloud, check: Any, plan: Any, mara: User
) -> None:
    cloud.change("server", "Web server 1", flavor="large")
    cloud.change("server", "Web server 2", power="stopped")
    report = check()
    stopped = next(one["id"] for one in report.differences if one["attribute"] == "power")
    ignore(report, [stopped], until=timezone.localdate(), reason="Being looked at.", created_by=mara)

    steps = {step.key: step for step in plan(a_site(count=2)).steps.exclude(action="nothing")}

    assert set(steps) == {"web/server[0]"}
    assert steps["web/server[0]"].reason == "was changed in the cloud: flavor from small to large"
    assert steps["web/server[0]"].matched["flavor_name"] == "small"
    assert steps["web/server[0]"].monthly_change < 0


def switch(shop: Design, account: Cloud, mara: User, verb: Verb) -> None:
    (operation,) = request_operation(shop, account, verb, key="web/server[0]", created_by=mara)
    for turn in range(5):
        operating.advance(operation.id, turn)
    operation.refresh_from_db()
    assert operation.status == "succeeded"


def test_redeploying_puts_right_what_was_chosen_and_nothing_else(
    cloud: FakeCloud, check: Any, run: Any, mara: User
) -> None:
    cloud.change("server", "Web server 1", flavor="large")
    cloud.change("server", "Web server 2", power="stopped")
    rule = add_rule(cloud)
    report = check()
    chosen = [one["id"] for one in report.differences if one["attribute"] != "power"]

    plan = plan_repair(report, chosen, created_by=mara)
    deployment = run(apply_plan(plan, applied_by=mara))

    assert deployment.status == DeploymentStatus.SUCCEEDED
    assert ("security_group_rule", rule) not in cloud.things
    assert found(check()) == {"web/server[1]": "changed"}


def test_what_was_found_holds_until_something_is_changed_there_and_is_then_looked_at_again(
    cloud: FakeCloud, check: Any, run: Any, mara: User, shop: Design, account: Cloud
) -> None:
    keep_stays_of(shop, timezone.now())
    cloud.change("server", "Web server 1", flavor="large")
    report = check()
    assert find_newest_look(shop, account) == report
    assert checks_due(timezone.now()) == []

    run(apply_plan(plan_repair(report, [report.differences[0]["id"]], created_by=mara), applied_by=mara))

    assert find_newest_look(shop, account) is None
    assert drifted_designs([shop]) == {}
    (stay_id,) = checks_due(timezone.now())
    look = check_stay(stay_id, timezone.now())
    assert look is not None
    assert look.status == DriftReport.Status.AS_DESIGNED
    assert find_newest_look(shop, account) == look
    assert checks_due(timezone.now()) == []
    switch(shop, account, mara, Verb.STOP)
    assert find_newest_look(shop, account) == look, "our own change of what was as deployed is no drift"


def test_a_server_that_somebody_starts_again_is_not_called_stopped_any_longer(
    cloud: FakeCloud, check: Any, mara: User, shop: Design, account: Cloud
) -> None:
    cloud.change("server", "Web server 1", power="stopped")
    check()

    switch(shop, account, mara, Verb.START)

    assert find_newest_look(shop, account) is None


def test_a_repair_keeps_to_what_was_deployed_whatever_is_drawn_meanwhile(
    cloud: FakeCloud, check: Any, keep: Any, run: Any, mara: User
) -> None:
    keep(a_site(count=5))
    cloud.forget("member", cloud.names("member")[0])
    report = check()

    plan = plan_repair(report, [report.differences[0]["id"]], created_by=mara)

    assert plan.intent == Plan.Intent.REPAIR
    assert plan.steps.exclude(action="nothing").count() == 1
    assert plan.status == Plan.Status.READY
    run(apply_plan(plan, applied_by=mara))
    assert check().status == DriftReport.Status.AS_DESIGNED
    assert len(cloud.names("server")) == 2


def test_a_plan_does_not_hold_when_something_drifts_after_it(
    cloud: FakeCloud, check: Any, mara: User
) -> None:
    cloud.change("server", "Web server 1", flavor="large")
    report = check()
    plan = plan_repair(report, [report.differences[0]["id"]], created_by=mara)
    cloud.change("server", "Web server 2", flavor="large")

    with pytest.raises(PlanOutdated):
        apply_plan(plan, applied_by=mara)


def test_what_cannot_be_put_right_says_why(cloud: FakeCloud, check: Any, mara: User) -> None:
    cloud.change("server", "Web server 1", power="paused")
    report = check()
    (one,) = report.differences

    assert one["why_not_redeploy"] == "It is paused. Wake it up in the cloud."
    with pytest.raises(RepairImpossible):
        plan_repair(report, [one["id"]], created_by=mara)


def test_a_repair_of_something_that_was_put_right_meanwhile_is_refused(
    cloud: FakeCloud, check: Any, mara: User
) -> None:
    cloud.change("server", "Web server 1", flavor="large")
    report = check()
    cloud.change("server", "Web server 1", flavor="small")

    with pytest.raises(DriftChanged):
        plan_repair(report, [report.differences[0]["id"]], created_by=mara)


def test_a_server_off_its_port_is_plugged_in_again(
    cloud: FakeCloud, check: Any, run: Any, mara: User
) -> None:
    cloud.unplug("Web server 1", "Web server 1 port")
    report = check()

    run(apply_plan(plan_repair(report, [report.differences[0]["id"]], created_by=mara), applied_by=mara))

    assert check().status == DriftReport.Status.AS_DESIGNED


def test_a_cloud_that_does_not_answer_makes_a_report_that_says_so(cloud: FakeCloud, check: Any) -> None:
    cloud.refuse_next("inventory", "", Unreachable("Nothing answers at https://cloud.example.org."))

    report = check()

    assert report.status == DriftReport.Status.FAILED
    assert "Nothing answers" in report.detail


def test_nothing_drifts_where_nothing_stands(account: Cloud, keep: Any, mara: User) -> None:
    with pytest.raises(NothingStands):
        check_drift(keep(a_site()), account, asked_by=mara)


# --- Adopting -----------------------------------------------------------------------------------------


def test_adopting_edits_the_design_and_leaves_nothing_to_do(
    cloud: FakeCloud, check: Any, shop: Design, account: Cloud, mara: User
) -> None:
    for server in ("Web server 1", "Web server 2"):
        cloud.change("server", server, flavor="large")
    report = check()
    assert [one["why_not_adopt"] for one in report.differences] == ["", ""]

    (edit,) = adopt(report, [one["id"] for one in report.differences], author=mara)

    shop.refresh_from_db()
    assert shop.document["components"]["web"]["properties"]["size"]["vcpus"] == 4
    assert edit.author == mara
    assert check().status == DriftReport.Status.AS_DESIGNED
    plan = create_plan(design=shop, cloud=account, intent="deploy", created_by=mara)
    assert not plan.steps.exclude(action="nothing").exists()


def test_one_of_two_that_are_drawn_together_cannot_be_adopted_alone(
    cloud: FakeCloud, check: Any, mara: User
) -> None:
    cloud.change("server", "Web server 1", flavor="large")
    report = check()
    (one,) = report.differences

    assert "drawn together with web/server[1]" in one["why_not_adopt"]
    with pytest.raises(AdoptionImpossible):
        adopt(report, [one["id"]], author=mara)


def test_what_a_drawing_has_no_words_for_says_so(cloud: FakeCloud, check: Any) -> None:
    cloud.change("server", "Web server 1", power="stopped")
    cloud.change("network", cloud.names("network")[0], name="renamed")
    add_rule(cloud)

    reasons = {one["key"].partition("~")[0]: one["why_not_adopt"] for one in check().differences}

    assert reasons["web/server[0]"].startswith("A drawing does not say whether a server runs.")
    assert reasons["net/network"].startswith("A name follows the label")


def test_a_changed_health_check_is_adopted(cloud: FakeCloud, check: Any, shop: Design, mara: User) -> None:
    (monitor,) = cloud.names("health_monitor")
    cloud.change("health_monitor", monitor, delay_seconds=30)
    report = check()

    adopt(report, [report.differences[0]["id"]], author=mara)

    shop.refresh_from_db()
    assert shop.document["components"]["lb"]["properties"]["health_delay_seconds"] == 30
    assert check().status == DriftReport.Status.AS_DESIGNED

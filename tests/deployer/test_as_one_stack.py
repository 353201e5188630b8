"""A plan that Heat carries out as one stack: same plan, same progress, same records."""

from typing import Any

import pytest
import yaml
from django.contrib.auth.models import User

from deployer import accounts
from deployer.domain.cloud import Conflict
from deployer.domain.kinds import STACK
from deployer.domain.states import DeploymentStatus, RunStatus
from deployer.errors import PreflightFailed
from deployer.models import Cloud, Deployment, Plan, Resource
from deployer.services.clouds import add_cloud
from deployer.services.deploying import apply_plan, cancel_deployment, retry_deployment
from deployer.services.drift import check_drift, plan_repair
from deployer.services.planning import create_plan
from tests.deployer.conftest import CREDENTIAL, Keep
from tests.deployer.drawings import a_server, a_site
from tests.designer.designs import Design as Drawing
from tests.designer.designs import a_design
from tests.fakes.cloud import a_profile
from tests.fakes.heat import FakeHeat

pytestmark = pytest.mark.django_db


@pytest.fixture
def cloud(monkeypatch: pytest.MonkeyPatch) -> FakeHeat:
    fake = FakeHeat(a_profile().without("database"))
    monkeypatch.setattr(accounts, "open_account", lambda row, region="": fake)
    return fake


@pytest.fixture
def stack_plan(keep: Keep, account: Cloud, mara: User) -> Any:
    def stack_plan(drawing: Drawing, intent: str = "deploy", as_one_stack: bool = True) -> Plan:
        return create_plan(
            design=keep(drawing), cloud=account, intent=intent, created_by=mara, as_one_stack=as_one_stack
        )

    return stack_plan


@pytest.fixture
def deploy_stack(stack_plan: Any, run: Any, mara: User) -> Any:
    def deploy_stack(drawing: Drawing, intent: str = "deploy", **options: Any) -> Deployment:
        return run(apply_plan(stack_plan(drawing, intent), applied_by=mara, **options))

    return deploy_stack


def statuses(deployment: Deployment) -> set[str]:
    return set(deployment.runs.values_list("status", flat=True))


def actions(plan: Plan) -> dict[str, str]:
    return {step.key: step.action for step in plan.steps.all() if step.action != "nothing"}


def test_one_call_makes_it_all_and_every_resource_is_recorded_as_ever(
    cloud: FakeHeat, deploy_stack: Any
) -> None:
    deployment = deploy_stack(a_site(count=2))

    assert deployment.status == DeploymentStatus.SUCCEEDED
    assert cloud.count("create", STACK) == 1
    assert [call for call in cloud.calls if call[0] == "create"] == [("create", STACK)]
    assert len(cloud.names("server")) == 2
    rows = Resource.objects.exclude(kind=STACK)
    assert {(row.kind, row.cloud_id) for row in rows} == set(cloud.things)
    assert {row.status for row in rows} == {"active"}


def test_the_plan_tells_the_stack_beside_the_steps_that_a_plan_has_anyway(
    cloud: FakeHeat, stack_plan: Any
) -> None:
    call_by_call = actions(stack_plan(a_site(), as_one_stack=False))
    plan = stack_plan(a_site())

    assert actions(plan) == call_by_call | {"design/heat_stack": "create"}
    assert plan.as_one_stack
    assert plan.monthly_after > 0


def test_what_heat_has_made_is_there_before_the_whole_stack_is(
    cloud: FakeHeat, stack_plan: Any, run: Any, mara: User
) -> None:
    deployment = apply_plan(stack_plan(a_site(count=4)), applied_by=mara)

    seen: list[tuple[str, int]] = []
    for _ in range(100):
        run(deployment, turns=1)
        stack = deployment.runs.get(step__kind=STACK).status
        seen.append((stack, deployment.runs.filter(status=RunStatus.SUCCEEDED).count()))
        if deployment.is_over:
            break

    assert any(stack == RunStatus.RUNNING and done > 3 for stack, done in seen), seen
    assert deployment.status == DeploymentStatus.SUCCEEDED


def test_the_next_plan_has_nothing_to_do(cloud: FakeHeat, deploy_stack: Any, stack_plan: Any) -> None:
    deploy_stack(a_site())

    again = stack_plan(a_site(), as_one_stack=False)  # nobody has to say it twice

    assert actions(again) == {}
    assert again.as_one_stack


def test_a_change_goes_through_the_stack_and_touches_only_what_differs(
    cloud: FakeHeat, deploy_stack: Any, stack_plan: Any
) -> None:
    deploy_stack(a_site(count=1))
    before = {row.key: row.cloud_id for row in Resource.objects.exclude(kind=STACK)}
    plan = stack_plan(a_site(count=2))
    assert plan.steps.get(key="design/heat_stack").action == "update"

    deployment = deploy_stack(a_site(count=2))

    assert deployment.status == DeploymentStatus.SUCCEEDED
    assert cloud.count("update", STACK) == 1
    assert ("create", "server") not in cloud.calls
    after = {row.key: row.cloud_id for row in Resource.objects.exclude(kind=STACK)}
    assert {key: after[key] for key in before} == before
    assert len(cloud.names("server")) == 2


def test_what_leaves_the_drawing_leaves_the_stack_and_the_records(cloud: FakeHeat, deploy_stack: Any) -> None:
    deploy_stack(a_site(count=3))

    deployment = deploy_stack(a_site(count=1))

    assert deployment.status == DeploymentStatus.SUCCEEDED
    assert len(cloud.names("server")) == 1
    assert Resource.objects.filter(kind="server").count() == 1


def test_what_somebody_else_removed_heat_is_told_to_make_anew(
    cloud: FakeHeat, deploy_stack: Any, stack_plan: Any
) -> None:
    deploy_stack(a_server())
    (name,) = cloud.names("server")
    cloud.forget("server", name)

    plan = stack_plan(a_server())
    assert actions(plan) == {"app/server[0]": "create", "design/heat_stack": "update"}
    deployment = deploy_stack(a_server())

    assert deployment.status == DeploymentStatus.SUCCEEDED
    assert cloud.names("server") == [name]
    assert cloud.count("create", STACK) == 1


def test_destroying_removes_the_stack_and_leaves_no_trace(cloud: FakeHeat, deploy_stack: Any) -> None:
    deploy_stack(a_site(count=2))

    destroyed = deploy_stack(a_site(count=2), "destroy")

    assert destroyed.status == DeploymentStatus.SUCCEEDED
    assert destroyed.residue["clean"]
    assert not cloud.stacks
    assert not cloud.things
    assert not Resource.objects.exists()


def test_what_stands_as_a_stack_is_looked_at_and_put_right_like_anything_else(
    cloud: FakeHeat, deploy_stack: Any, run: Any, keep: Keep, account: Cloud, mara: User
) -> None:
    deploy_stack(a_server())
    design = keep(a_server())
    assert check_drift(design, account, asked_by=mara).differences == []
    (name,) = cloud.names("server")
    cloud.change("server", name, power="stopped")
    report = check_drift(design, account, asked_by=mara)
    (stopped,) = report.differences

    plan = plan_repair(report, [stopped["id"]], created_by=mara)
    assert actions(plan) == {"app/server[0]": "update"}
    assert run(apply_plan(plan, applied_by=mara)).status == DeploymentStatus.SUCCEEDED
    assert cloud.power(name) == "running"
    assert cloud.count("update", STACK) == 0

    cloud.forget("server", name)
    report = check_drift(design, account, asked_by=mara)
    (gone,) = [one for one in report.differences if one["key"] == "app/server[0]"]
    plan = plan_repair(report, [gone["id"]], created_by=mara)
    assert actions(plan) == {"app/server[0]": "create", "design/heat_stack": "update"}
    assert run(apply_plan(plan, applied_by=mara)).status == DeploymentStatus.SUCCEEDED
    assert cloud.names("server") == [name]


def test_a_stack_that_failed_is_made_again_whole(cloud: FakeHeat, deploy_stack: Any, run: Any) -> None:
    cloud.fails_at = "web_server_0"
    deployment = deploy_stack(a_site())
    assert deployment.status == DeploymentStatus.FAILED
    (why,) = [run.error for run in deployment.runs.all() if run.error]
    assert why == "Resource CREATE failed: web_server_0"

    run(retry_deployment(deployment))

    assert deployment.status == DeploymentStatus.SUCCEEDED
    assert cloud.count("create", STACK) == 2
    assert len(cloud.stacks) == 1
    rows = Resource.objects.exclude(kind=STACK)
    assert {(row.kind, row.cloud_id) for row in rows} == set(cloud.things)


def test_a_stack_that_failed_can_be_gone_on_with_by_a_new_plan(
    cloud: FakeHeat, deploy_stack: Any, stack_plan: Any
) -> None:
    cloud.fails_at = "web_server_0"
    deploy_stack(a_site())

    deployment = deploy_stack(a_site())

    assert deployment.status == DeploymentStatus.SUCCEEDED
    assert len(cloud.names("server")) == 1


def test_a_failure_is_taken_back_when_that_was_asked_for(cloud: FakeHeat, deploy_stack: Any) -> None:
    cloud.fails_at = "web_server_0"

    deployment = deploy_stack(a_site(), on_failure=Deployment.OnFailure.ROLL_BACK)

    assert deployment.rolled_back
    assert not cloud.stacks
    assert not cloud.things
    assert not Resource.objects.exists()


def test_a_lost_answer_makes_no_second_stack(cloud: FakeHeat, deploy_stack: Any) -> None:
    cloud.lose_answer_of_next(STACK)

    deployment = deploy_stack(a_site())

    assert deployment.status == DeploymentStatus.SUCCEEDED
    assert len(cloud.stacks) == 1


def test_a_stack_that_is_at_work_is_asked_again_later(cloud: FakeHeat, deploy_stack: Any) -> None:
    deploy_stack(a_server())
    cloud.refuse_next("update", STACK, Conflict("Stack already has an action in progress."), times=2)

    assert deploy_stack(a_server(count=2)).status == DeploymentStatus.SUCCEEDED


def test_cancelling_waits_for_heat_and_the_next_plan_takes_up_what_it_made(
    cloud: FakeHeat, stack_plan: Any, deploy_stack: Any, run: Any, mara: User
) -> None:
    deployment = apply_plan(stack_plan(a_site(count=2)), applied_by=mara)
    run(deployment, turns=1)
    cancel_deployment(deployment)
    run(deployment)
    assert deployment.status == DeploymentStatus.CANCELLED

    again = deploy_stack(a_site(count=2))

    assert again.status == DeploymentStatus.SUCCEEDED
    assert len(cloud.stacks) == 1
    assert len(cloud.names("server")) == 2


def test_secrets_travel_as_hidden_parameters_and_stand_in_no_template(
    cloud: FakeHeat, deploy_stack: Any
) -> None:
    drawing = a_design().with_("db", "db_server", parent="sn")
    deployment = deploy_stack(drawing)

    assert deployment.status == DeploymentStatus.SUCCEEDED
    stack = cloud.stack()
    (secret,) = stack.parameters.values()
    template = stack.order.spec["template"]
    assert secret not in template
    assert [one["hidden"] for one in yaml.safe_load(template)["parameters"].values()] == [True]
    assert secret not in str(list(Resource.objects.values_list("properties", "outputs", "matched")))


def test_what_stands_call_by_call_is_not_taken_over(
    cloud: FakeHeat, deploy: Any, stack_plan: Any, mara: User
) -> None:
    deploy(a_server())

    with pytest.raises(PreflightFailed) as refused:
        apply_plan(stack_plan(a_server()), applied_by=mara)

    assert "made call by call" in str(refused.value.reasons)


def test_a_design_of_two_regions_is_refused_with_what_to_do(
    mara: User, keep: Keep, cloud: FakeHeat, account: Cloud
) -> None:
    drawing = (
        a_design()
        .with_("r1", "region")
        .with_("n1", "network", parent="r1")
        .with_("r2", "region")
        .with_("n2", "network", parent="r2")
    )
    cloud.regions = ["RegionOne", "RegionTwo"]
    two = add_cloud(owner=mara, name="two", credential=CREDENTIAL)
    plan = create_plan(design=keep(drawing), cloud=two, intent="deploy", created_by=mara, as_one_stack=True)

    assert [one["detail"] for one in plan.failed_checks if one["check"] == "stack"] == [
        "A stack stands in one region and this design in several. Deploy it call by call."
    ]

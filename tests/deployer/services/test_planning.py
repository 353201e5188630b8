"""Plans of stored designs: changes only, with their price, and nothing touched."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from deployer.domain.cloud import Unreachable
from deployer.errors import CloudNotReady, NothingDeployed
from deployer.models import Cloud, Deployment, Plan
from deployer.services.planning import create_plan
from estimator.selectors import document_estimate
from tests.deployer.conftest import Keep
from tests.deployer.drawings import a_server, a_site
from tests.designer.designs import template
from tests.fakes.cloud import FakeCloud

pytestmark = pytest.mark.django_db


def counts(plan: Plan) -> dict[str, int]:
    found: dict[str, int] = {}
    for step in plan.steps.all():
        found[step.action] = found.get(step.action, 0) + 1
    return found


def test_a_plan_touches_nothing(cloud: FakeCloud, plan: Any) -> None:
    plan(a_site())

    assert cloud.calls == []
    assert cloud.things == {}


def test_a_plan_costs_what_the_estimate_says(plan: Any) -> None:
    drawing = a_site(count=2)

    made = plan(drawing)

    expected = document_estimate(drawing.data, "rackspace-public-cloud").totals.monthly
    assert (made.monthly_now, made.monthly_after) == (0, expected)


@pytest.mark.parametrize("day", [date(2026, 9, 30), date(2026, 10, 1)])
def test_a_plan_costs_what_the_estimate_says_that_day(
    keep: Keep, account: Cloud, mara: User, monkeypatch: pytest.MonkeyPatch, day: date
) -> None:
    """OVHcloud's b3 servers lose their local disk on 2026-10-01."""
    monkeypatch.setattr(timezone, "localdate", lambda: day)
    drawing = a_site(flavor="b3-8")
    design = keep(drawing)
    design.price_book = "ovh"
    design.save()

    made = create_plan(design=design, cloud=account, intent="deploy", created_by=mara)

    assert made.monthly_after == document_estimate(drawing.data, "ovh").totals.monthly


def test_one_more_server_costs_one_server_more(plan: Any, deploy: Any) -> None:
    deploy(a_site(count=1))

    made = plan(a_site(count=2))

    server = Decimal("54.02")  # the support fee's minimum absorbs a part of the second one
    assert made.steps.get(key="web/server[1]").monthly_change == server
    assert 0 < made.monthly_after - made.monthly_now <= server
    assert counts(made)["create"] == 4  # server, port, member, and the group that keeps the two apart


def test_costs_that_no_cloud_creates_are_part_of_the_price_and_listed_as_to_be_arranged(
    plan: Any, deploy: Any
) -> None:
    drawing = template("rax-basic")
    made = plan(drawing)

    by_hand = {one["key"]: one for one in made.externals if one["by_hand"]}
    assert set(by_hand) == {"cdn/external", "mon/external"}
    assert Decimal(by_hand["cdn/external"]["monthly"]) > 0
    assert not made.steps.filter(kind="external").exists()

    deploy(drawing)
    again = plan(drawing)
    assert again.monthly_now == again.monthly_after == made.monthly_after


def test_a_deployed_design_has_nothing_to_change(plan: Any, deploy: Any) -> None:
    deploy(template("rax-basic"))

    assert set(counts(plan(template("rax-basic")))) == {"nothing"}


def test_a_cloud_without_managed_databases_gets_a_server_and_the_plan_says_so(plan: Any) -> None:
    made = plan(template("rax-basic"))

    server = made.steps.get(key="db/server[0]")
    assert server.note.startswith("This cloud has no managed database, so a server with a volume runs MySQL.")


def test_a_cloud_without_a_key_manager_gets_plain_http_and_the_plan_says_so(
    plan: Any, cloud: FakeCloud
) -> None:
    cloud.profile = cloud.profile.without("key-manager")

    made = plan(template("rax-basic"))

    assert not made.steps.filter(kind="secret").exists()
    assert "plain HTTP" in made.steps.get(kind="listener").note


def test_there_is_nothing_to_destroy_where_nothing_stands(plan: Any) -> None:
    with pytest.raises(NothingDeployed, match="Nothing of shop is deployed on lab"):
        plan(a_server(), "destroy")


def test_destroying_ends_the_cost(plan: Any, deploy: Any) -> None:
    deploy(a_site())

    made = plan(a_site(), "destroy")

    assert made.monthly_now > 0
    assert made.monthly_after == 0
    assert set(counts(made)) == {"delete"}


def test_what_an_interruption_left_behind_is_found_by_its_tag(
    plan: Any, deploy: Any, cloud: FakeCloud
) -> None:
    deployment = deploy(a_server())
    row = deployment.design.resources.get(key="app/server[0]")
    row.delete()

    stray = plan(a_server(), "destroy").steps.get(key__startswith="app/server[0]~")

    assert stray.action == "delete"
    assert stray.cloud_id == row.cloud_id


def test_a_cloud_that_does_not_answer_cannot_be_planned_for(
    plan: Any, account: Cloud, cloud: FakeCloud
) -> None:
    cloud.refuse_next("inventory", "", Unreachable("No answer."))

    with pytest.raises(CloudNotReady, match=r"No answer\."):
        plan(a_server())
    assert not Plan.objects.exists()


def test_a_plan_is_outdated_when_the_drawing_changes(plan: Any, keep: Keep) -> None:
    made = plan(a_server())
    assert made.status == "ready"

    keep(a_server(count=2))

    assert Plan.objects.get(id=made.id).status == "outdated"


def test_plans_of_another_design_share_the_quota_with_what_is_running(
    account: Cloud, start: Any, keep: Keep, mara: User, cloud: FakeCloud
) -> None:
    from deployer.domain.cloud import Quota
    from tests.fakes.cloud import a_profile

    cloud.profile = a_profile(quotas={"instances": Quota(3, 0)}).without("database")
    start(a_server(count=2))  # under way, nothing made yet
    assert Deployment.objects.active().count() == 1

    other = keep(a_server(count=2), "other")
    made = create_plan(design=other, cloud=account, intent="deploy", created_by=mara)

    (check,) = made.failed_checks
    assert "Servers: 2 needed, 3 of 3 free, and other deployments will take 2" in check["detail"]

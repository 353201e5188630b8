"""Back to an earlier revision: a plan like any other, with the price then and now."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User

from deployer.errors import PlanOutdated
from deployer.models import Cloud, Plan
from deployer.services.deploying import apply_plan
from deployer.services.planning import create_plan
from designer.models import Design, DesignRevision
from designer.services.designs import create_revision
from tests.deployer.conftest import Keep
from tests.deployer.drawings import a_server, a_site
from tests.fakes.cloud import FakeCloud

pytestmark = pytest.mark.django_db


@pytest.fixture
def back_to(account: Cloud, mara: User) -> Any:
    def back_to(number: int) -> Plan:
        design = Design.objects.get()
        revision = design.revisions.get(number=number)
        return create_plan(design=design, cloud=account, intent="deploy", created_by=mara, revision=revision)

    return back_to


def steps(plan: Plan) -> dict[str, str]:
    return {step.key: step.action for step in plan.steps.exclude(action="nothing")}


def test_what_came_since_is_taken_away_and_the_rest_is_left(deploy: Any, back_to: Any) -> None:
    deploy(a_site(count=1))
    deploy(a_site(count=2))

    made = back_to(1)

    assert made.is_rollback
    assert made.revision.number == 1
    assert steps(made) == {
        "web/server[1]": "delete",
        "web/port[1]": "delete",
        "lb/member[80-web-1-80]": "delete",
        "web/server_group": "delete",
    }


def test_it_is_carried_out_like_any_plan_and_the_drawing_stays_as_it_is(
    deploy: Any, back_to: Any, run: Any, mara: User, cloud: FakeCloud
) -> None:
    deploy(a_site(count=1))
    deploy(a_site(count=2))

    run(apply_plan(back_to(1), applied_by=mara))

    assert len(cloud.names("server")) == 1
    assert Design.objects.get().document == a_site(count=2).data
    assert DesignRevision.objects.count() == 2
    assert steps(back_to(1)) == {}


def test_it_says_the_price_then_and_the_price_now(
    deploy: Any, back_to: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = deploy(a_site(count=1))
    price = first.plan.monthly_after
    deploy(a_site(count=2))
    # As if the prices had been others on that day.
    Plan.objects.filter(id=first.plan_id).update(monthly_after="12.34", price_book_version=7)

    made = back_to(1)

    assert made.then is not None
    assert (made.then["monthly"], made.then["currency"]) == ("12.340000", "USD")
    assert made.then["price_book_version"] == 7
    assert made.then["deployment"] == str(first.id)
    assert made.monthly_after == price


def test_a_revision_that_was_never_deployed_has_no_price_then(
    deploy: Any, back_to: Any, keep: Keep, mara: User
) -> None:
    create_revision(keep(a_site(count=3)), created_by=mara)
    deploy(a_site(count=1))

    assert back_to(1).then is None


def test_drawing_on_does_not_outdate_it(deploy: Any, back_to: Any, keep: Keep, mara: User) -> None:
    deploy(a_server())
    deploy(a_server(count=2))
    made = back_to(1)

    keep(a_server(count=5))

    assert made.status == Plan.Status.READY
    apply_plan(made, applied_by=mara)


def test_a_deployment_in_between_outdates_it(deploy: Any, back_to: Any, mara: User) -> None:
    deploy(a_server())
    deploy(a_server(count=2))
    made = back_to(1)
    deploy(a_server(count=3))

    assert made.status == Plan.Status.OUTDATED
    with pytest.raises(PlanOutdated):
        apply_plan(made, applied_by=mara)


def test_prices_that_change_on_a_day_outdate_a_plan_that_waits(
    deploy: Any, keep: Keep, account: Cloud, mara: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """OVHcloud's b3 servers lose their local disk on 2026-10-01."""
    from datetime import date

    from django.utils import timezone

    monkeypatch.setattr(timezone, "localdate", lambda: date(2026, 9, 30))
    design = keep(a_site(flavor="b3-8"))
    design.price_book = "ovh"
    design.save()
    made = create_plan(design=design, cloud=account, intent="deploy", created_by=mara)
    Plan.objects.filter(id=made.id).update(preflight=[])  # the fake cloud has no b3-8
    made.refresh_from_db()
    assert made.status == Plan.Status.READY

    monkeypatch.setattr(timezone, "localdate", lambda: date(2026, 9, 30) + timedelta(days=1))

    assert made.status == Plan.Status.OUTDATED
    with pytest.raises(PlanOutdated):
        apply_plan(made, applied_by=mara)

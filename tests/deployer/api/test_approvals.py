"""Plans above the limit: somebody else approves exactly that plan, and every other way is shut."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from rest_framework.test import APIClient

from deployer.models import Approval, ApprovalRule, Cloud, Deployment, Plan
from deployer.services.approvals import approvers_group
from deployer.services.deploying import apply_plan
from estimator.models import CurrencyRate
from tests.deployer.conftest import Keep
from tests.deployer.drawings import a_server, a_site
from tests.fakes.cloud import FakeCloud

pytestmark = pytest.mark.django_db


@pytest.fixture
def limit(db: None) -> ApprovalRule:
    return ApprovalRule.objects.create(id=1, monthly_above=Decimal(50), currency="USD")


@pytest.fixture
def priya(teo: User) -> User:
    """Teo's other name here: he may approve."""
    teo.groups.add(approvers_group())
    return User.objects.get(pk=teo.pk)


@pytest.fixture
def api_of_priya(priya: User) -> APIClient:
    client = APIClient()
    client.force_authenticate(priya)
    return client


@pytest.fixture
def ask(api: APIClient, keep: Keep, account: Cloud) -> Any:
    def ask(drawing: Any = None, intent: str = "deploy") -> Any:
        design = keep(drawing or a_site(count=2))
        said = {"design": str(design.id), "cloud": str(account.id), "intent": intent}
        return api.post("/api/plans/", said, format="json").json()

    return ask


def test_a_plan_above_the_limit_waits_and_says_why(limit: ApprovalRule, ask: Any, api: APIClient) -> None:
    plan = ask()

    assert (plan["status"], plan["can_apply"], plan["can_decide"]) == ("awaiting_approval", False, False)
    assert plan["approval_reason"].endswith("above $50.00 somebody else has to approve.")
    refused = api.post(f"/api/plans/{plan['id']}/apply/")
    assert (refused.status_code, refused.json()["code"]) == (409, "approval_needed")
    assert not Deployment.objects.exists()


def test_below_the_limit_or_without_one_nobody_is_asked(ask: Any, db: None) -> None:
    assert ask()["approval_reason"] == ""
    ApprovalRule.objects.create(id=1, monthly_above=Decimal(100_000), currency="USD")
    assert ask()["status"] == "ready"


def test_somebody_else_sees_it_with_its_drawing_approves_it_and_then_its_maker_applies_it(
    limit: ApprovalRule, ask: Any, api: APIClient, api_of_priya: APIClient
) -> None:
    plan = ask()
    waiting = api_of_priya.get("/api/plans/?awaiting=me").json()
    assert [(one["id"], one["design_name"], one["created_by"]) for one in waiting] == [
        (plan["id"], "shop", "mara")
    ]
    seen = api_of_priya.get(f"/api/plans/{plan['id']}/").json()
    assert (seen["can_decide"], seen["can_apply"]) == (True, False)
    assert "web" in api_of_priya.get(f"/api/plans/{plan['id']}/document/").json()["components"]

    said = api_of_priya.post(
        f"/api/plans/{plan['id']}/approve/", {"note": "Within the offer."}, format="json"
    )

    assert said.status_code == 200
    assert said.json()["approval"]["note"] == "Within the offer."
    assert (said.json()["approval"]["decided_by"], said.json()["can_decide"]) == ("teo", False)
    assert api_of_priya.get("/api/plans/?awaiting=me").json() == []
    approval = Approval.objects.get()
    assert (approval.fingerprint, approval.decided_by.username) == (plan["fingerprint"], "teo")  # type: ignore[union-attr]
    assert api.get(f"/api/plans/{plan['id']}/").json()["can_apply"] is True
    assert api.post(f"/api/plans/{plan['id']}/apply/").status_code == 202


def test_whoever_approves_does_not_apply(limit: ApprovalRule, ask: Any, api_of_priya: APIClient) -> None:
    plan = ask()
    api_of_priya.post(f"/api/plans/{plan['id']}/approve/")

    answer = api_of_priya.post(f"/api/plans/{plan['id']}/apply/")

    assert (answer.status_code, answer.json()["code"]) == (404, "plan_not_found")


def test_a_declined_plan_is_never_applied(
    limit: ApprovalRule, ask: Any, api: APIClient, api_of_priya: APIClient
) -> None:
    plan = ask()

    said = api_of_priya.post(
        f"/api/plans/{plan['id']}/decline/", {"note": "Too large."}, format="json"
    ).json()

    assert said["status"] == "declined"
    refused = api.post(f"/api/plans/{plan['id']}/apply/").json()
    assert (refused["code"], "Too large." in refused["detail"]) == ("plan_declined", True)
    again = api_of_priya.post(f"/api/plans/{plan['id']}/approve/")
    assert (again.status_code, again.json()["code"]) == (409, "plan_decided")


def test_nobody_approves_their_own_plan(limit: ApprovalRule, ask: Any, api: APIClient, mara: User) -> None:
    mara.is_superuser = True
    mara.save()
    plan = ask()

    answer = api.post(f"/api/plans/{plan['id']}/approve/")

    assert (answer.status_code, answer.json()["code"]) == (403, "maker_may_not_approve")
    assert api.get("/api/plans/?awaiting=me").json() == []
    assert api.get(f"/api/plans/{plan['id']}/").json()["can_decide"] is False


def test_without_the_permission_a_plan_of_somebody_else_is_not_there(
    limit: ApprovalRule, ask: Any, api: APIClient, api_of_teo: APIClient
) -> None:
    plan = ask()

    for verb in ("approve", "decline"):
        answer = api_of_teo.post(f"/api/plans/{plan['id']}/{verb}/")
        assert (answer.status_code, answer.json()["code"]) == (404, "plan_not_found")
    assert api_of_teo.get(f"/api/plans/{plan['id']}/document/").status_code == 404
    assert api_of_teo.get("/api/plans/?awaiting=me").json() == []
    own = api.post(f"/api/plans/{plan['id']}/approve/")
    assert (own.status_code, own.json()["code"]) == (403, "approvers_only")


def test_whoever_approves_does_not_see_what_needs_no_approval(ask: Any, api_of_priya: APIClient) -> None:
    plan = ask()

    assert api_of_priya.get(f"/api/plans/{plan['id']}/").status_code == 404
    assert api_of_priya.get("/api/plans/").json() == []


def test_a_plan_that_is_outdated_expired_or_applied_cannot_be_approved(
    limit: ApprovalRule, ask: Any, api: APIClient, api_of_priya: APIClient, keep: Keep
) -> None:
    def approve(plan: Any) -> tuple[int, str]:
        answer = api_of_priya.post(f"/api/plans/{plan['id']}/approve/")
        return answer.status_code, answer.json()["code"]

    outdated = ask(a_site(count=2))
    keep(a_site(count=3))
    assert approve(outdated) == (409, "plan_outdated")
    expired = ask(a_site(count=3))
    Plan.objects.filter(id=expired["id"]).update(created_at=timezone.now() - timedelta(days=8))
    assert approve(expired) == (409, "plan_expired")
    applied = ask(a_site(count=3))
    api_of_priya.post(f"/api/plans/{applied['id']}/approve/")
    api.post(f"/api/plans/{applied['id']}/apply/")
    assert approve(applied) == (409, "plan_decided")


def test_an_approval_is_void_when_the_cloud_changes(
    limit: ApprovalRule, ask: Any, api: APIClient, api_of_priya: APIClient, deploy: Any, cloud: FakeCloud
) -> None:
    limit.delete()
    deploy(a_site(count=2))
    ApprovalRule.objects.create(id=1, monthly_above=Decimal(50), currency="USD")
    plan = ask(a_site(count=3))
    api_of_priya.post(f"/api/plans/{plan['id']}/approve/")
    cloud.forget("server", "Web server 1")

    answer = api.post(f"/api/plans/{plan['id']}/apply/")

    assert (answer.status_code, answer.json()["code"]) == (409, "plan_outdated")


def test_an_approved_plan_stays_good_for_longer_than_half_an_hour(
    limit: ApprovalRule, ask: Any, api: APIClient, api_of_priya: APIClient
) -> None:
    plan = ask()
    Plan.objects.filter(id=plan["id"]).update(created_at=timezone.now() - timedelta(days=2))
    api_of_priya.post(f"/api/plans/{plan['id']}/approve/")

    assert api.post(f"/api/plans/{plan['id']}/apply/").status_code == 202


def test_a_rule_that_became_stricter_holds_for_plans_that_were_made_before(ask: Any, api: APIClient) -> None:
    plan = ask()
    ApprovalRule.objects.create(id=1, monthly_above=Decimal(1), currency="USD")

    answer = api.post(f"/api/plans/{plan['id']}/apply/")

    assert (answer.status_code, answer.json()["code"]) == (409, "approval_rule_changed")


def test_destroying_and_what_costs_no_more_need_no_approval(ask: Any, deploy: Any, api: APIClient) -> None:
    deploy(a_site(count=2))
    ApprovalRule.objects.create(id=1, monthly_above=Decimal(1), currency="USD")

    assert ask(a_site(count=1))["approval_reason"] == ""
    assert ask(a_site(count=2), "destroy")["approval_reason"] == ""
    assert ask(a_site(count=3))["approval_reason"] != ""


def test_only_rates_of_staff_convert_the_limit(ask: Any, mara: User, teo: User) -> None:
    """The maker's own rate would be a way around it."""
    ApprovalRule.objects.create(id=1, monthly_above=Decimal(1_000_000), currency="CHF")
    rate = {"from_currency": "USD", "to_currency": "CHF", "rate": "0.8", "day": timezone.localdate()}
    CurrencyRate.objects.create(owner=mara, source="me", **rate)
    assert "no current rate" in ask()["approval_reason"]

    teo.is_staff = True
    teo.save()
    CurrencyRate.objects.create(owner=teo, source="the bank", **rate)
    assert ask()["approval_reason"] == ""


def test_the_rule_is_read_by_everybody_and_set_by_staff(api: APIClient, mara: User, teo: User) -> None:
    assert api.get("/api/approval-rule/").json()["monthly_above"] is None
    said = {"monthly_above": "1000", "currency": "EUR", "approvers": ["teo"]}
    refused = api.put("/api/approval-rule/", said, format="json")
    assert (refused.status_code, refused.json()["code"]) == (403, "staff_only")

    mara.is_staff = True
    mara.save()
    answer = api.put("/api/approval-rule/", said, format="json")

    assert answer.status_code == 200, answer.json()
    rule = answer.json()
    assert (rule["monthly_above"], rule["currency"], rule["changed_by"]) == ("1000.00", "EUR", "mara")
    assert [one["username"] for one in rule["approvers"]] == ["teo"]
    assert User.objects.get(pk=teo.pk).has_perm("deployer.approve_plan")
    unknown = api.put("/api/approval-rule/", {**said, "approvers": ["nobody"]}, format="json")
    assert (unknown.status_code, unknown.json()["code"]) == (400, "approvers_unknown")
    assert api.put("/api/approval-rule/", {**said, "currency": "euro"}, format="json").status_code == 400
    assert api.put("/api/approval-rule/", {**said, "monthly_above": "-1"}, format="json").status_code == 400
    off = api.put("/api/approval-rule/", {"monthly_above": None, "currency": "EUR"}, format="json").json()
    assert (off["monthly_above"], [one["username"] for one in off["approvers"]]) == (None, ["teo"])


def test_ones_plans_are_listed_and_somebody_elses_are_not(
    ask: Any, api: APIClient, api_of_teo: APIClient, deploy: Any
) -> None:
    first = ask(a_server())
    deploy(a_server())
    second = ask(a_server(count=2))

    listed = api.get(f"/api/plans/?design={first['design']}").json()

    assert [one["status"] for one in listed] == ["ready", "applied", "outdated"]
    assert (listed[0]["id"], listed[2]["id"]) == (second["id"], first["id"])
    assert listed[1]["deployment"] == str(Deployment.objects.get().id)
    assert api_of_teo.get("/api/plans/").json() == []


def test_the_service_refuses_too_without_any_door(limit: ApprovalRule, ask: Any, mara: User) -> None:
    from deployer.errors import ApprovalNeeded

    with pytest.raises(ApprovalNeeded):
        apply_plan(Plan.objects.get(id=ask()["id"]), applied_by=mara)

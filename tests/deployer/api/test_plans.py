"""Plans over HTTP: made, read, applied."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from deployer.domain.cloud import Unreachable
from deployer.models import Cloud, Deployment
from tests.deployer.conftest import Keep
from tests.deployer.drawings import a_server, a_site, a_store
from tests.designer.designs import template
from tests.fakes.cloud import FakeCloud

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(api: APIClient, keep: Keep, account: Cloud) -> Any:
    def ask(drawing: Any, intent: str = "deploy") -> Any:
        said = {"design": str(keep(drawing).id), "cloud": str(account.id), "intent": intent}
        return api.post("/api/plans/", said, format="json")

    return ask


def test_a_plan_has_all_that_the_screen_shows(ask: Any, api: APIClient) -> None:
    answer = ask(template("rax-basic"))

    assert answer.status_code == 201
    plan = answer.json()
    assert (plan["status"], plan["can_apply"], plan["currency"]) == ("ready", True, "USD")
    assert plan["cost"]["now"] == "0.00"
    assert plan["cost"]["after"] == plan["cost"]["change"] != "0.00"
    assert plan["cost"]["unpriced"] == 1, "the monitoring, which the book has no price for"
    assert plan["counts"]["create"] == len(plan["steps"])
    server = next(step for step in plan["steps"] if step["key"] == "web/server[0]")
    assert (server["action"], server["reason"], server["monthly_change"]) == (
        "create",
        "not deployed yet",
        "108.04",
    )
    assert "flavor medium" in server["note"]
    assert {one["component"] for one in plan["by_hand"]} == {"cdn", "mon"}
    assert {check["status"] for check in plan["preflight"]} == {"passed"}
    assert api.get(f"/api/plans/{plan['id']}/").json() == plan


def test_applying_starts_a_deployment(ask: Any, api: APIClient) -> None:
    plan = ask(a_server()).json()

    answer = api.post(f"/api/plans/{plan['id']}/apply/")

    assert answer.status_code == 202
    assert Deployment.objects.get().id == Deployment.objects.get(id=answer.json()["deployment"]).id
    assert api.get(f"/api/plans/{plan['id']}/").json()["status"] == "applied"


def test_the_policy_for_failures_can_be_chosen(ask: Any, api: APIClient) -> None:
    plan = ask(a_server()).json()

    api.post(f"/api/plans/{plan['id']}/apply/", {"on_failure": "roll_back"}, format="json")

    assert Deployment.objects.get().on_failure == "roll_back"


def test_a_second_application_is_refused(ask: Any, api: APIClient) -> None:
    plan = ask(a_server()).json()
    api.post(f"/api/plans/{plan['id']}/apply/")

    answer = api.post(f"/api/plans/{plan['id']}/apply/")

    assert (answer.status_code, answer.json()["code"]) == (409, "plan_already_applied")


def test_a_changed_drawing_is_plan_outdated(ask: Any, api: APIClient, keep: Keep) -> None:
    plan = ask(a_server()).json()
    keep(a_server(count=3))

    answer = api.post(f"/api/plans/{plan['id']}/apply/")

    assert (answer.status_code, answer.json()["code"]) == (409, "plan_outdated")
    assert api.get(f"/api/plans/{plan['id']}/").json()["can_apply"] is False


def test_what_a_plan_takes_of_the_quotas_is_told(ask: Any) -> None:
    plan = ask(a_site(count=2)).json()

    servers = next(one for one in plan["quotas"] if one["name"] == "instances")
    assert servers == {
        "region": "",
        "name": "instances",
        "title": "Servers",
        "limit": 20,
        "used": 0,
        "plan": 2,
        "others": 0,
        "left": 18,
    }


def test_what_other_deployments_will_still_take_counts(
    ask: Any, api: APIClient, keep: Keep, account: Cloud
) -> None:
    running = ask(a_site(count=5)).json()
    api.post(f"/api/plans/{running['id']}/apply/")
    other = keep(a_server(), name="other")

    said = {"design": str(other.id), "cloud": str(account.id), "intent": "deploy"}
    plan = api.post("/api/plans/", said, format="json").json()

    servers = next(one for one in plan["quotas"] if one["name"] == "instances")
    assert (servers["plan"], servers["others"], servers["left"]) == (1, 5, 14)


def test_a_plan_that_destroys_data_has_to_be_confirmed(ask: Any, api: APIClient, deploy: Any) -> None:
    deploy(a_store())
    plan = ask(a_server()).json()
    assert [one["check"] for one in plan["preflight"] if one["to_confirm"]] == ["data"]

    refused = api.post(f"/api/plans/{plan['id']}/apply/")

    assert (refused.status_code, refused.json()["code"]) == (409, "confirmation_needed")
    assert refused.json()["reasons"][0]["at"] == "data"
    confirmed = api.post(f"/api/plans/{plan['id']}/apply/", {"confirm": ["data"]}, format="json")
    assert confirmed.status_code == 202


def test_a_failed_preflight_gives_every_reason(ask: Any, api: APIClient, cloud: FakeCloud) -> None:
    cloud.profile = cloud.profile.without("load-balancer")
    plan = ask(a_site()).json()
    assert plan["can_apply"] is False

    answer = api.post(f"/api/plans/{plan['id']}/apply/")

    assert (answer.status_code, answer.json()["code"]) == (409, "preflight_failed")
    assert answer.json()["reasons"][0]["at"] == "services"


def test_beside_a_running_deployment_it_queues_and_says_behind_what(ask: Any, api: APIClient) -> None:
    first, second = ask(a_server()).json(), ask(a_server()).json()
    running = api.post(f"/api/plans/{first['id']}/apply/").json()["deployment"]

    answer = api.post(f"/api/plans/{second['id']}/apply/")

    assert answer.status_code == 202
    queued = api.get(f"/api/deployments/{answer.json()['deployment']}/").json()
    assert queued["status"] == "queued"
    assert queued["waits_for"] == [{"id": running, "intent": "deploy", "revision": 1, "status": "queued"}]


def test_destroying_nothing_is_answered_clearly(ask: Any) -> None:
    answer = ask(a_server(), "destroy")

    assert (answer.status_code, answer.json()["code"]) == (409, "nothing_deployed")


def test_a_cloud_that_is_away_is_answered_clearly(ask: Any, account: Cloud, cloud: FakeCloud) -> None:
    cloud.refuse_next("profile", "", Unreachable("No answer in 60 seconds."))

    answer = ask(a_server())

    assert (answer.status_code, answer.json()["code"]) == (409, "cloud_not_ready")


def test_an_earlier_revision_is_gone_back_to(ask: Any, api: APIClient, deploy: Any) -> None:
    deploy(a_site(count=1))
    deploy(a_site(count=2))
    said = {"design": str(Deployment.objects.latest("created_at").design_id)}
    said |= {"cloud": str(Cloud.objects.get().id), "intent": "deploy"}

    plan = api.post("/api/plans/", {**said, "revision": 1}, format="json").json()

    assert (plan["revision"], plan["is_rollback"]) == (1, True)
    assert plan["then"]["monthly"] == plan["cost"]["after"]
    assert plan["counts"]["delete"] == 4
    unknown = api.post("/api/plans/", {**said, "revision": 9}, format="json")
    assert (unknown.status_code, unknown.json()["code"]) == (404, "revision_not_found")
    destroy = api.post("/api/plans/", {**said, "intent": "destroy", "revision": 1}, format="json")
    assert (destroy.status_code, destroy.json()["code"]) == (400, "invalid")


@pytest.mark.parametrize(
    ("said", "status", "code"),
    [
        ({}, 400, "invalid"),
        ({"design": "x", "cloud": "y", "intent": "explode"}, 400, "invalid"),
        ({"design": "x", "cloud": "y", "intent": "deploy"}, 404, "design_not_found"),
    ],
)
def test_what_is_wrong_is_said(said: dict[str, str], status: int, code: str, api: APIClient) -> None:
    answer = api.post("/api/plans/", said, format="json")

    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_somebody_elses_plan_design_and_cloud_are_not_there(
    ask: Any, api_of_teo: APIClient, keep: Keep, account: Cloud
) -> None:
    plan = ask(a_server()).json()

    assert api_of_teo.get(f"/api/plans/{plan['id']}/").status_code == 404
    assert api_of_teo.post(f"/api/plans/{plan['id']}/apply/").json()["code"] == "plan_not_found"
    said = {"design": plan["design"], "cloud": plan["cloud"], "intent": "deploy"}
    assert api_of_teo.post("/api/plans/", said, format="json").json()["code"] == "design_not_found"


def test_ones_own_design_cannot_go_to_somebody_elses_cloud(
    ask: Any, api_of_teo: APIClient, account: Cloud, teo: Any
) -> None:
    from designer.services.designs import create_design

    own = create_design(name="mine", owner=teo, document=a_server().data)

    said = {"design": str(own.id), "cloud": str(account.id), "intent": "deploy"}
    assert api_of_teo.post("/api/plans/", said, format="json").json()["code"] == "cloud_not_found"

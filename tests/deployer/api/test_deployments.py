"""Deployments over HTTP: watched, cancelled, tried again."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from rest_framework.test import APIClient

from deployer.domain.cloud import Conflict
from deployer.leasing import lease
from deployer.models import Deployment, Resource
from tests.deployer.drawings import a_server, a_site
from tests.designer.designs import template
from tests.fakes.cloud import FakeCloud

pytestmark = pytest.mark.django_db


def read(api: APIClient, deployment: Deployment) -> dict[str, Any]:
    answer = api.get(f"/api/deployments/{deployment.id}/")
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def test_a_finished_deployment_shows_every_resource_with_its_id(api: APIClient, deploy: Any) -> None:
    seen = read(api, deploy(a_site()))

    assert (seen["status"], seen["intent"], seen["residue"]) == ("succeeded", "deploy", None)
    assert {step["status"] for step in seen["steps"]} == {"succeeded"}
    server = next(one for one in seen["resources"] if one["key"] == "web/server[0]")
    assert server["cloud_id"].startswith("server-")
    port = next(one for one in seen["resources"] if one["key"] == "web/port[0]")
    assert port["address"].startswith("10.0.0.")
    web = seen["components"]["web"]
    assert (web["status"], web["done"], web["detail"]) == ("active", web["total"], "")
    assert seen["events"][-1]["text"] == "The deployment has succeeded."
    assert seen["cost"]["now"] == "0.00"


def test_components_fill_up_as_it_goes_on(api: APIClient, start: Any, run: Any) -> None:
    deployment = start(a_site())
    assert {one["status"] for one in read(api, deployment)["components"].values()} == {"waiting"}

    run(deployment, turns=1)

    states = read(api, deployment)["components"]
    assert states["net"]["status"] == "active"
    assert states["web"]["status"] == "working"
    assert 0 < states["web"]["done"] < states["web"]["total"]


def test_a_step_that_is_tried_again_says_when_and_why(
    api: APIClient, start: Any, run: Any, cloud: FakeCloud
) -> None:
    cloud.refuse_next("create", "network", Conflict("Another change is under way."))
    deployment = run(start(a_server()), turns=1)

    seen = read(api, deployment)

    network = next(step for step in seen["steps"] if step["key"] == "net/network")
    assert (network["status"], network["error"]) == ("retrying", "Another change is under way.")
    assert network["next_try_at"] is not None
    component = seen["components"]["net"]
    assert (component["status"], component["detail"]) == ("retrying", "Another change is under way.")


def test_a_destroyed_design_shows_its_residue_report(api: APIClient, deploy: Any) -> None:
    deploy(a_site())

    seen = read(api, deploy(a_site(), "destroy"))

    assert seen["residue"]["clean"] is True
    assert seen["resources"] == []
    assert {one["status"] for one in seen["components"].values()} == {"gone"}


def test_passwords_are_in_no_answer(api: APIClient, deploy: Any) -> None:
    deployment = deploy(template("rax-basic"))
    secret = Resource.objects.get(kind="password").all_outputs()["value"]

    plan = api.get(f"/api/plans/{deployment.plan_id}/").content.decode()
    seen = api.get(f"/api/deployments/{deployment.id}/").content.decode()

    assert secret not in plan + seen


def test_cancelling_and_going_on(api: APIClient, start: Any, run: Any) -> None:
    deployment = run(start(a_site()), turns=1)

    answer = api.post(f"/api/deployments/{deployment.id}/cancel/")
    assert (answer.status_code, answer.json()["status"]) == (202, "cancelling")
    assert run(deployment).status == "cancelled"

    answer = api.post(f"/api/deployments/{deployment.id}/retry/")
    assert (answer.status_code, answer.json()["status"]) == (202, "running")
    assert run(deployment).status == "succeeded"


def test_one_that_no_worker_takes_says_so_after_half_a_minute(api: APIClient, start: Any, run: Any) -> None:
    deployment = start(a_site(), "deploy")
    this = Deployment.objects.filter(id=deployment.id)

    this.update(next_turn_at=timezone.now() - timedelta(seconds=20))
    assert read(api, deployment)["stalled"] == ""
    this.update(next_turn_at=timezone.now() - timedelta(seconds=31))
    assert "No worker has taken it" in read(api, deployment)["stalled"]
    this.update(lease_until=timezone.now() + lease())
    assert read(api, deployment)["stalled"] == "", "somebody is at work on it"

    this.update(lease_until=None)
    assert read(api, run(deployment))["stalled"] == ""


def test_what_is_over_is_neither_cancelled_nor_tried_again(api: APIClient, deploy: Any) -> None:
    deployment = deploy(a_server())

    cancelled = api.post(f"/api/deployments/{deployment.id}/cancel/")
    again = api.post(f"/api/deployments/{deployment.id}/retry/")

    assert (cancelled.status_code, cancelled.json()["code"]) == (409, "deployment_over")
    assert (again.status_code, again.json()["code"]) == (409, "nothing_to_retry")


def test_the_list_is_of_one_design_when_asked(api: APIClient, deploy: Any) -> None:
    deployment = deploy(a_server())

    (row,) = api.get(f"/api/deployments/?design={deployment.design_id}").json()

    assert (row["id"], row["cloud_name"], row["intent"]) == (str(deployment.id), "lab", "deploy")
    assert api.get("/api/deployments/?design=unknown").status_code == 404


def test_the_list_of_designs_shows_the_newest_deployment(api: APIClient, deploy: Any) -> None:
    deploy(a_server())
    deployment = deploy(a_server(), "destroy")

    (row,) = api.get("/api/designs/").json()

    assert row["deployment"] == {
        "id": str(deployment.id),
        "intent": "destroy",
        "status": "succeeded",
        "cloud": "lab",
    }


def test_a_design_with_something_deployed_cannot_be_deleted(api: APIClient, deploy: Any) -> None:
    deployment = deploy(a_server())

    answer = api.delete(f"/api/designs/{deployment.design_id}/")
    assert (answer.status_code, answer.json()["code"]) == (409, "design_in_use")

    deploy(a_server(), "destroy")
    assert api.delete(f"/api/designs/{deployment.design_id}/").status_code == 204


def test_a_design_is_not_deleted_under_a_running_deployment(api: APIClient, start: Any) -> None:
    deployment = start(a_server())  # nothing of it stands yet

    answer = api.delete(f"/api/designs/{deployment.design_id}/")

    assert (answer.status_code, answer.json()["code"]) == (409, "design_in_use")
    assert Deployment.objects.filter(id=deployment.id).exists()


def test_somebody_elses_deployment_is_not_there(api_of_teo: APIClient, deploy: Any) -> None:
    deployment = deploy(a_server())

    assert api_of_teo.get("/api/deployments/").json() == []
    for method, path in (("get", ""), ("post", "cancel/"), ("post", "retry/")):
        answer = getattr(api_of_teo, method)(f"/api/deployments/{deployment.id}/{path}")
        assert (answer.status_code, answer.json()["code"]) == (404, "deployment_not_found")


def test_watching_costs_a_fixed_number_of_queries(
    api: APIClient, deploy: Any, mara: User, django_assert_num_queries: Any
) -> None:
    deployment = deploy(a_site(count=5))

    with django_assert_num_queries(5):  # deployment, runs, resources, components, events
        read(api, deployment)

"""A deployment that failed is taken back: what it made goes, what it changed or removed is as before."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from deployer import tidying
from deployer.domain.cloud import QuotaExceeded, Refused
from deployer.domain.states import DeploymentStatus
from deployer.models import Deployment, Resource
from deployer.services.deploying import retry_deployment
from tests.deployer.conftest import Clock
from tests.deployer.drawings import a_server
from tests.fakes.cloud import FakeCloud, Killed

pytestmark = pytest.mark.django_db

BIGGER = {"vcpus": 4, "ram_gib": 8, "disk_gib": 80}


def what_stands(cloud: FakeCloud) -> dict[str, Any]:
    return {
        thing.name: thing.spec.get("flavor_name") for thing in cloud.things.values() if thing.kind == "server"
    }


def test_a_change_in_place_is_taken_back(cloud: FakeCloud, deploy: Any, plan: Any) -> None:
    deploy(a_server())
    before, rows = what_stands(cloud), set(Resource.objects.values_list("key", "cloud_id"))
    cloud.refuse_next("create", "server", QuotaExceeded("Quota exceeded for instances."))

    deployment = deploy(a_server(count=2, size=BIGGER), on_failure=Deployment.OnFailure.ROLL_BACK)

    assert cloud.count("update", "server") == 2
    assert (deployment.status, deployment.rolled_back) == (DeploymentStatus.FAILED, True)
    assert what_stands(cloud) == before
    assert set(Resource.objects.values_list("key", "cloud_id")) == rows
    assert not plan(a_server()).steps.exclude(action="nothing").exists()


def test_one_that_was_kept_first_can_be_taken_back_later(
    cloud: FakeCloud, deploy: Any, run: Any, api: APIClient
) -> None:
    cloud.refuse_next("create", "server", Refused("Not today."))
    deployment = deploy(a_server())
    assert cloud.things

    answer = api.post(f"/api/deployments/{deployment.id}/roll-back/")

    assert answer.status_code == 202
    assert run(deployment).status == DeploymentStatus.FAILED
    assert not cloud.things
    again = api.post(f"/api/deployments/{deployment.id}/roll-back/")
    assert (again.status_code, again.json()["code"]) == (409, "nothing_to_roll_back")


def test_what_happens_on_failure_can_be_chosen_while_it_runs(
    cloud: FakeCloud, start: Any, run: Any, api: APIClient
) -> None:
    cloud.fail_next("server", "No valid host was found.")
    deployment = start(a_server())

    answer = api.patch(f"/api/deployments/{deployment.id}/", {"on_failure": "roll_back"}, format="json")

    assert (answer.status_code, answer.json()["on_failure"]) == (200, "roll_back")
    assert run(deployment).status == DeploymentStatus.FAILED
    assert not cloud.things


def test_a_rollback_that_is_refused_goes_on_when_asked(cloud: FakeCloud, deploy: Any, run: Any) -> None:
    cloud.refuse_next("create", "server", Refused("Not today."))
    cloud.refuse_next("delete", "network", Refused("Not this either."))
    deployment = deploy(a_server(), on_failure=Deployment.OnFailure.ROLL_BACK)
    assert cloud.names("network")

    run(retry_deployment(deployment))

    assert not cloud.things


def test_a_worker_killed_while_taking_back_is_replaced(
    cloud: FakeCloud, start: Any, run: Any, clock: Clock
) -> None:
    cloud.refuse_next("create", "server", Refused("Not today."))
    deployment = start(a_server(), on_failure=Deployment.OnFailure.ROLL_BACK)
    while not deployment.rolled_back:
        run(deployment, turns=1)
    cloud.kill_worker_after_next("port")
    with pytest.raises(Killed):
        run(deployment)
    clock.forward(60)

    assert run(deployment).status == DeploymentStatus.FAILED
    assert not cloud.things


def test_what_a_late_call_made_after_the_end_is_found_and_removed(
    cloud: FakeCloud, deploy: Any, clock: Clock
) -> None:
    land, cloud.land = cloud.land, lambda tag=None: None  # type: ignore[method-assign]
    cloud.make_next_late("network")
    deployment = deploy(a_server())
    assert deployment.status == DeploymentStatus.SUCCEEDED
    land()

    clock.forward(600)
    assert tidying.unsure_and_over(clock.now) == [deployment.id]
    tidying.tidy_late(deployment.id, clock.now)

    assert len(cloud.names("network")) == 1
    assert "made by a call that was interrupted, and is removed again" in deployment.events.last().text
    assert tidying.unsure_and_over(clock.now) == []

"""Drift over HTTP: asked for, read, ignored, repaired; and nobody else's."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from deployer.models import Cloud
from tests.deployer.conftest import Keep
from tests.deployer.drawings import a_server
from tests.fakes.cloud import FakeCloud

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(deploy: Any, account: Cloud) -> dict[str, str]:
    return {"design": str(deploy(a_server()).design_id), "cloud": str(account.id)}


@pytest.fixture
def look(api: APIClient, place: dict[str, str]) -> Any:
    return lambda: api.post("/api/drift-reports/", place, format="json").json()


def test_a_look_says_what_differs_and_what_it_costs(look: Any, cloud: FakeCloud, api: APIClient) -> None:
    cloud.change("server", "App server 1", flavor="large")

    report = look()

    assert (report["status"], report["count"], report["scheduled"]) == ("drifted", 1, False)
    (one,) = report["differences"]
    assert (one["component"], one["attribute"], one["recorded"], one["live"]) == (
        "app",
        "flavor",
        "medium",
        "large",
    )
    assert float(one["monthly"]) > 0
    assert one["ignored"] is None
    assert "observed" not in one
    assert float(report["cost"]["change"]) > 0
    assert api.get(f"/api/drift-reports/{report['id']}/").json() == report


def test_earlier_looks_stay_readable(look: Any, cloud: FakeCloud, api: APIClient, place: Any) -> None:
    look()
    cloud.change("server", "App server 1", flavor="large")
    look()

    answers = api.get("/api/drift-reports/", place).json()

    assert [one["status"] for one in answers] == ["drifted", "as_designed"]


def test_a_difference_is_ignored_and_noticed_again(look: Any, cloud: FakeCloud, api: APIClient) -> None:
    cloud.change("server", "App server 1", flavor="large")
    report = look()
    ids = [report["differences"][0]["id"]]
    said = {"differences": ids, "until": str(timezone.localdate() + timedelta(days=3)), "reason": "Test."}

    answer = api.post(f"/api/drift-reports/{report['id']}/ignore/", said, format="json")

    assert answer.status_code == 200
    assert answer.json()["differences"][0]["ignored"] == {"until": said["until"], "reason": "Test."}
    assert api.get("/api/designs/").json()[0]["drift"] is None
    answer = api.post(f"/api/drift-reports/{report['id']}/notice/", {"differences": ids}, format="json")
    assert answer.json()["differences"][0]["ignored"] is None
    assert api.get("/api/designs/").json()[0]["drift"] == {"count": 1, "clouds": ["lab"]}


def test_redeploying_answers_with_a_plan(look: Any, cloud: FakeCloud, api: APIClient) -> None:
    cloud.change("server", "App server 1", flavor="large")
    report = look()
    said = {"differences": [report["differences"][0]["id"]]}

    answer = api.post(f"/api/drift-reports/{report['id']}/redeploy/", said, format="json")

    assert answer.status_code == 201
    plan = answer.json()
    assert (plan["intent"], plan["counts"]["update"], plan["can_apply"]) == ("repair", 1, True)
    assert api.post(f"/api/plans/{plan['id']}/apply/").status_code == 202


def test_drift_of_somebody_elses_design_is_not_there(look: Any, api_of_teo: APIClient) -> None:
    report = look()

    assert api_of_teo.get(f"/api/drift-reports/{report['id']}/").status_code == 404
    assert api_of_teo.get("/api/drift-reports/").json() == []


def test_where_nothing_stands_nothing_can_be_looked_at(api: APIClient, keep: Keep, account: Cloud) -> None:
    said = {"design": str(keep(a_server()).id), "cloud": str(account.id)}

    answer = api.post("/api/drift-reports/", said, format="json")

    assert (answer.status_code, answer.json()["code"]) == (409, "nothing_stands")

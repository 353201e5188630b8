"""Clouds over HTTP."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from deployer.domain.cloud import CredentialsRefused, Unreachable
from deployer.models import Cloud
from tests.deployer.conftest import CREDENTIAL
from tests.deployer.drawings import a_server
from tests.fakes.cloud import FakeCloud

pytestmark = pytest.mark.django_db
SECRET = CREDENTIAL["auth"]["password"]  # type: ignore[index]
PASTED = f"""
clouds:
  lab:
    auth: {{auth_url: https://cloud.example.org/v3, username: demo, password: {SECRET}}}
    region_name: RegionOne
"""


def test_a_pasted_clouds_yaml_becomes_a_cloud_and_its_password_never_comes_back(
    api: APIClient, cloud: FakeCloud
) -> None:
    answer = api.post("/api/clouds/", {"name": "Lab", "clouds_yaml": PASTED}, format="json")

    assert answer.status_code == 201
    assert answer.json()["status"] == "ready"
    assert answer.json()["profile"]["flavors"][0] == {
        "name": "small",
        "vcpus": 1,
        "ram_gib": 2.0,
        "disk_gib": 20,
    }
    for text in (answer.content, api.get("/api/clouds/").content):
        assert SECRET not in text.decode()
        assert "credential" not in text.decode()


def test_an_application_credential_becomes_a_cloud(api: APIClient, cloud: FakeCloud) -> None:
    said = {
        "name": "Lab",
        "auth_url": "https://cloud.example.org/v3",
        "region": "R1",
        "application_credential_id": "id-1",
        "application_credential_secret": "s3cret-app",
    }

    answer = api.post("/api/clouds/", said, format="json")

    assert answer.status_code == 201
    assert "s3cret-app" not in answer.content.decode()
    assert Cloud.objects.get().credential["auth"]["application_credential_secret"] == "s3cret-app"


@pytest.mark.parametrize(
    ("trouble", "code"),
    [
        (Unreachable("No answer."), "cloud_unreachable"),
        (CredentialsRefused("Invalid user."), "cloud_refused_credentials"),
    ],
)
def test_a_cloud_that_answers_badly_is_refused_at_once(
    trouble: Any, code: str, api: APIClient, cloud: FakeCloud
) -> None:
    cloud.refuse_next("profile", "", trouble)

    answer = api.post("/api/clouds/", {"name": "Lab", "clouds_yaml": PASTED}, format="json")

    assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert trouble.words in answer.json()["detail"]
    assert SECRET not in answer.content.decode()


def test_a_metadata_address_is_refused(api: APIClient) -> None:
    inside = PASTED.replace("https://cloud.example.org", "http://169.254.169.254")

    answer = api.post("/api/clouds/", {"name": "Lab", "clouds_yaml": inside}, format="json")

    assert (answer.status_code, answer.json()["code"]) == (400, "cloud_address_refused")


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"name": "Lab", "clouds_yaml": "a: ["}, "clouds_yaml_invalid"),
        ({"name": "Lab", "clouds_yaml": PASTED, "entry": "other"}, "clouds_yaml_invalid"),
        ({"name": "Lab"}, "invalid"),
        ({"clouds_yaml": PASTED}, "invalid"),
        ({"name": ["Lab"], "clouds_yaml": {"a": 1}}, "invalid"),
    ],
)
def test_what_is_wrong_is_said(said: dict[str, Any], code: str, api: APIClient, cloud: FakeCloud) -> None:
    answer = api.post("/api/clouds/", said, format="json")

    assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert not Cloud.objects.exists()


def test_a_check_says_how_it_is_now(api: APIClient, account: Cloud, cloud: FakeCloud) -> None:
    cloud.refuse_next("profile", "", Unreachable("No answer."))

    assert api.post(f"/api/clouds/{account.id}/check/").json()["status"] == "unreachable"
    assert api.post(f"/api/clouds/{account.id}/check/").json()["status"] == "ready"


def test_a_cloud_that_is_in_use_is_kept(api: APIClient, account: Cloud, deploy: Any) -> None:
    deploy(a_server())

    answer = api.delete(f"/api/clouds/{account.id}/")

    assert (answer.status_code, answer.json()["code"]) == (409, "cloud_in_use")


def test_somebody_elses_cloud_is_not_there(api_of_teo: APIClient, account: Cloud) -> None:
    assert api_of_teo.get("/api/clouds/").json() == []
    for method, path in (("get", ""), ("delete", ""), ("post", "check/")):
        answer = getattr(api_of_teo, method)(f"/api/clouds/{account.id}/{path}")
        assert (answer.status_code, answer.json()["code"]) == (404, "cloud_not_found")
    assert api_of_teo.get("/api/clouds/no-uuid/").status_code == 404
    assert Cloud.objects.count() == 1


def test_nobody_sees_clouds_without_signing_in(account: Cloud) -> None:
    assert APIClient().get("/api/clouds/").status_code in (401, 403)

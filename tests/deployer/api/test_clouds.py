"""Clouds over HTTP."""

from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth.models import User
from rest_framework.test import APIClient

from deployer.domain.cloud import CredentialsRefused, Unreachable
from deployer.models import Cloud
from deployer.services.clouds import add_cloud
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
        "region": "RegionOne",
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
        (
            {"name": "Lab", "clouds_yaml": PASTED.replace("RegionOne", "RegionNine")},
            "cloud_region_unknown",
        ),
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


def test_the_entries_of_a_pasted_file_can_be_chosen_from_and_show_no_secret(api: APIClient) -> None:
    several = f"{PASTED}  other:\n    auth: {{username: x}}\n"

    answer = api.post("/api/clouds/entries/", {"clouds_yaml": several}, format="json")

    assert answer.json() == [
        {"name": "lab", "auth_url": "https://cloud.example.org/v3", "region": "RegionOne", "problem": ""},
        {"name": "other", "auth_url": "", "region": "", "problem": "The entry has no auth_url."},
    ]
    assert SECRET not in answer.content.decode()
    nothing = api.post("/api/clouds/entries/", {"clouds_yaml": "x: 1"}, format="json")
    assert (nothing.status_code, nothing.json()["code"]) == (400, "clouds_yaml_invalid")


def test_a_credential_can_be_tried_without_keeping_it(api: APIClient, cloud: FakeCloud) -> None:
    cloud.profile = replace(cloud.profile, project="shop")

    tried = api.post("/api/clouds/try/", {"clouds_yaml": PASTED}, format="json").json()

    assert (tried["project"], [one["name"] for one in tried["regions"]]) == ("shop", ["RegionOne"])
    assert len(tried["regions"][0]["profile"]["flavors"]) == 3
    assert not Cloud.objects.exists()


def test_a_credential_is_renewed_and_the_cloud_renamed(
    api: APIClient, account: Cloud, cloud: FakeCloud, deploy: Any
) -> None:
    deploy(a_server())
    said = {"name": "Shop", "clouds_yaml": PASTED.replace(SECRET, "an0ther")}

    answer = api.patch(f"/api/clouds/{account.id}/", said, format="json")

    assert (answer.status_code, answer.json()["name"]) == (200, "Shop")
    assert "an0ther" not in answer.content.decode()
    account.refresh_from_db()
    assert account.credential["auth"]["password"] == "an0ther"


def test_a_renewed_credential_has_to_lead_to_what_is_deployed(
    api: APIClient, account: Cloud, cloud: FakeCloud, deploy: Any
) -> None:
    cloud.profile = replace(cloud.profile, project="shop", project_id="p-1")
    api.post(f"/api/clouds/{account.id}/check/")
    deploy(a_server())
    said = {"clouds_yaml": PASTED.replace(SECRET, "an0ther")}

    cloud.profile = replace(cloud.profile, project="bank", project_id="p-2")
    refused = api.patch(f"/api/clouds/{account.id}/", said, format="json")
    assert (refused.status_code, refused.json()["code"]) == (409, "credential_of_another_account")
    assert "the project shop" in refused.json()["detail"]

    cloud.profile = replace(cloud.profile, project="shop", project_id="p-1")
    cloud.regions = ["RegionTwo"]
    elsewhere = {"clouds_yaml": PASTED.replace("RegionOne", "RegionTwo")}
    refused = api.patch(f"/api/clouds/{account.id}/", elsewhere, format="json")
    assert "the region RegionOne" in refused.json()["detail"]
    account.refresh_from_db()
    assert account.credential == CREDENTIAL
    assert account.region == "RegionOne"


def test_a_name_that_is_taken_is_refused(api: APIClient, account: Cloud, mara: User) -> None:
    other = add_cloud(owner=mara, name="other", credential=CREDENTIAL)

    answer = api.patch(f"/api/clouds/{other.id}/", {"name": account.name}, format="json")

    assert (answer.status_code, answer.json()["code"]) == (409, "cloud_name_taken")


def test_a_cloud_that_is_in_use_is_kept(api: APIClient, account: Cloud, deploy: Any) -> None:
    deploy(a_server())

    answer = api.delete(f"/api/clouds/{account.id}/")

    assert (answer.status_code, answer.json()["code"]) == (409, "cloud_in_use")


def test_somebody_elses_cloud_is_not_there(api_of_teo: APIClient, account: Cloud) -> None:
    assert api_of_teo.get("/api/clouds/").json() == []
    for method, path in (("get", ""), ("patch", ""), ("delete", ""), ("post", "check/")):
        answer = getattr(api_of_teo, method)(f"/api/clouds/{account.id}/{path}")
        assert (answer.status_code, answer.json()["code"]) == (404, "cloud_not_found")
    assert api_of_teo.get("/api/clouds/no-uuid/").status_code == 404
    assert Cloud.objects.count() == 1


def test_nobody_sees_clouds_without_signing_in(account: Cloud) -> None:
    assert APIClient().get("/api/clouds/").status_code in (401, 403)

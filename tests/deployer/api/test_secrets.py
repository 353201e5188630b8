"""Passwords over HTTP: what a deployment made, each shown once, and nowhere else."""

import json
import logging
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core import serializers
from django.core.management import call_command
from rest_framework.test import APIClient

from deployer.exports.formats import FORMATS
from deployer.models import Deployment, DeploymentEvent, Resource
from tests.designer.designs import Design, a_design
from tests.fakes.cloud import FakeCloud

pytestmark = pytest.mark.django_db

APPLICATION, ADMINISTRATOR = "db/password", "db/password[administrator]"


def a_wordpress() -> Design:
    """web (WordPress) ──3306──► db (MariaDB)"""
    design = a_design().with_("web", "cms_web_server", parent="sn").with_("db", "db_server", parent="sn")
    design = design.edited({"components": {"db": {"properties": {"software": "mariadb"}}}})
    return design.linked("web", "db", protocol="MySQL", port=3306)


def listed(api: APIClient, deployment: Deployment) -> dict[str, dict[str, Any]]:
    answer = api.get(f"/api/deployments/{deployment.id}/secrets/")
    assert answer.status_code == 200
    return {one["key"]: one for one in answer.json()}


def reveal(api: APIClient, deployment: Deployment, key: str = APPLICATION) -> Any:
    return api.post(f"/api/deployments/{deployment.id}/secrets/reveal/", {"key": key}, format="json")


def test_the_list_names_passwords_without_their_values(api: APIClient, deploy: Any) -> None:
    found = listed(api, deploy(a_wordpress()))

    assert {key: (one["user"], one["revealed_at"]) for key, one in found.items()} == {
        APPLICATION: ("app", None),
        ADMINISTRATOR: ("administrator", None),
    }
    assert all("value" not in one for one in found.values())


def test_a_password_is_shown_once_and_who_saw_it_is_recorded(
    api: APIClient, deploy: Any, cloud: FakeCloud
) -> None:
    deployment = deploy(a_wordpress())

    first = reveal(api, deployment)

    assert first.status_code == 200
    assert first["Cache-Control"] == "no-store"
    assert len(first.json()["value"]) == 24
    told = [str(thing.spec["user_data"]) for thing in cloud.things.values() if thing.kind == "server"]
    assert any(f"DATABASE_PASSWORD={first.json()['value']}" in text for text in told), "the servers' own"
    seen = listed(api, deployment)[APPLICATION]
    assert seen["revealed_by"] == "mara"
    assert seen["revealed_at"] is not None
    again = reveal(api, deployment)
    assert again.status_code == 409
    assert again.json()["code"] == "secret_already_shown"
    assert "It was shown to mara on " in again.json()["detail"]
    assert first.json()["value"] not in again.content.decode()


def test_showing_one_leaves_the_other_to_be_shown(api: APIClient, deploy: Any) -> None:
    deployment = deploy(a_wordpress())

    value = reveal(api, deployment).json()["value"]
    other = reveal(api, deployment, ADMINISTRATOR).json()["value"]

    assert value != other
    assert len(other) == 20, "OpenCart takes no longer one"


def test_the_story_says_who_saw_it_and_not_what(api: APIClient, deploy: Any) -> None:
    deployment = deploy(a_wordpress())

    value = reveal(api, deployment).json()["value"]

    texts = [event.text for event in DeploymentEvent.objects.filter(deployment=deployment)]
    assert any(text.endswith("password was shown to mara.") for text in texts)
    assert value not in "".join(texts)


def test_nobody_else_sees_that_there_are_passwords(
    api: APIClient, api_of_teo: APIClient, deploy: Any
) -> None:
    deployment = deploy(a_wordpress())

    assert api_of_teo.get(f"/api/deployments/{deployment.id}/secrets/").status_code == 404
    assert reveal(api_of_teo, deployment).status_code == 404
    assert reveal(api, deployment).status_code == 200, "and theirs did not count"


def test_what_is_no_password_cannot_be_revealed(api: APIClient, deploy: Any) -> None:
    deployment = deploy(a_wordpress())

    for key in ("web/server[0]", "db/password[nothing]", ""):
        assert reveal(api, deployment, key).status_code in (400, 404)


def test_a_new_password_can_be_shown_again(api: APIClient, deploy: Any) -> None:
    first = deploy(a_wordpress())
    value = reveal(api, first).json()["value"]
    deploy(a_wordpress(), "destroy")
    assert listed(api, first) == {}

    second = deploy(a_wordpress())

    assert reveal(api, second).json()["value"] != value


def test_the_value_is_in_no_table_no_answer_no_export_and_no_log(
    api: APIClient, deploy: Any, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        deployment = deploy(a_wordpress())
        values = [reveal(api, deployment, key).json()["value"] for key in (APPLICATION, ADMINISTRATOR)]

    rows = "".join(serializers.serialize("json", model.objects.all()) for model in apps.get_models())
    design = deployment.design_id
    paths = [f"/api/plans/{deployment.plan_id}/", f"/api/deployments/{deployment.id}/"]
    paths += [f"/api/deployments/{deployment.id}/secrets/", f"/api/designs/{design}/resources/"]
    paths += [f"/api/designs/{design}/export/{name}" for name in FORMATS]
    answers = {path: api.get(path) for path in paths}
    assert {path: answer.status_code for path, answer in answers.items() if answer.status_code != 200} == {}
    told = "".join(b"".join(answer).decode(errors="replace") for answer in answers.values())
    for value in values:
        assert value not in rows
        assert value not in told
        assert value not in caplog.text


def test_the_command_shows_what_has_not_been_shown(
    deploy: Any, mara: User, capsys: pytest.CaptureFixture[str]
) -> None:
    deployment = deploy(a_wordpress())
    command = ("reveal", deployment.design.name, "--cloud", "lab")

    call_command(*command, "--json")
    found = {one["key"]: one for one in json.loads(capsys.readouterr().out)}
    assert {key: len(one["value"]) for key, one in found.items()} == {APPLICATION: 24, ADMINISTRATOR: 20}

    call_command(*command)
    said = capsys.readouterr()
    assert "shown to mara" in said.out
    assert found[APPLICATION]["value"] not in said.out
    assert Resource.objects.filter(kind="password", revealed_by=mara).count() == 2

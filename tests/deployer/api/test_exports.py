"""A design's files over HTTP and by the command."""

import io
from pathlib import Path

import pytest
import yaml
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from rest_framework.test import APIClient

from deployer.exports.formats import FORMATS
from deployer.models import Cloud
from tests.deployer.conftest import Keep
from tests.deployer.drawings import a_server
from tests.designer.designs import template

pytestmark = pytest.mark.django_db


def test_the_formats_are_listed_with_what_they_are(api: APIClient) -> None:
    rows = api.get("/api/export-formats/").json()
    assert [row["key"] for row in rows] == list(FORMATS)
    assert all(row["title"] and row["about"] for row in rows)


def test_a_design_is_taken_away_as_a_file(api: APIClient, keep: Keep) -> None:
    design = keep(template("rax-basic"))
    answer = api.get(f"/api/designs/{design.id}/export/heat")
    assert answer.status_code == 200
    assert answer["Content-Disposition"] == 'attachment; filename="shop-heat.yaml"'
    assert yaml.safe_load(answer.content)["heat_template_version"]


def test_a_cloud_gives_the_parameters_its_values(api: APIClient, keep: Keep, account: Cloud) -> None:
    design = keep(a_server())
    (file,) = api.get(f"/api/designs/{design.id}/export/heat/files/", {"cloud": str(account.id)}).json()
    parameters = yaml.safe_load(file["text"])["parameters"]
    assert parameters["image_ubuntu_24_04"]["default"] == "ubuntu-24.04"
    (file,) = api.get(f"/api/designs/{design.id}/export/heat/files/").json()
    assert "default" not in yaml.safe_load(file["text"])["parameters"]["image_ubuntu_24_04"]


def test_a_format_that_is_none_is_said_in_a_sentence(api: APIClient, keep: Keep) -> None:
    answer = api.get(f"/api/designs/{keep(a_server()).id}/export/visio")
    assert (answer.status_code, answer.json()["code"]) == (404, "export_format_not_found")
    assert "heat" in answer.json()["detail"]


def test_somebody_elses_design_and_cloud_look_like_none(
    api: APIClient, keep: Keep, account: Cloud, teo: User, api_of_teo: APIClient
) -> None:
    design = keep(a_server())
    assert api_of_teo.get(f"/api/designs/{design.id}/export/heat").status_code == 404
    Cloud.objects.update(owner=teo)
    answer = api.get(f"/api/designs/{design.id}/export/heat", {"cloud": str(account.id)})
    assert (answer.status_code, answer.json()["code"]) == (404, "cloud_not_found")


def test_the_command_writes_the_file_and_says_so(tmp_path: Path) -> None:
    out = io.StringIO()
    target = tmp_path / "basic.yaml"
    call_command("export", "rax-basic:hardened", "--to", "heat", "-o", str(target), stdout=out)
    assert out.getvalue().startswith(f"{target}: ")
    assert yaml.safe_load(target.read_text())["resources"]


def test_a_place_that_can_not_be_written_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="can't be written") as refused:
        call_command("export", "rax-basic", "--to", "heat", "-o", str(tmp_path / "no" / "x.yaml"))
    assert refused.value.returncode == 2

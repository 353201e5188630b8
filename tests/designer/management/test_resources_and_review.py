import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from tests.designer.designs import a_design

Run = Callable[..., str]


@pytest.fixture
def run() -> Run:
    def call(*arguments: str) -> str:
        out = StringIO()
        call_command(*arguments, stdout=out)
        return out.getvalue()

    return call


def test_resources_lists_every_resource_by_key_and_name(run: Run) -> None:
    lines = run("resources", "rax-basic").splitlines()

    assert any(
        line.startswith("web/server[0] ") and line.endswith("Web instance cloud server 1") for line in lines
    )
    assert lines[-1] == "22 resources."


def test_resources_as_json_come_in_an_order_in_which_they_can_be_created(run: Run) -> None:
    resources = json.loads(run("resources", "osc-net", "--json"))
    made: set[str] = set()

    for resource in resources:
        assert {"key", "kind", "component", "needs", "properties", "region"} <= resource.keys()
        assert set(resource["needs"]) <= made
        made.add(resource["key"])
    assert resources[-1]["kind"] == "volume_attachment"


def test_resources_of_a_cloud_that_lacks_a_service_carry_the_note(run: Run) -> None:
    text = run("resources", "rax-basic", "--without", "database")

    assert "(This cloud has no managed database, so a server with a volume runs MySQL.)" in text


def test_resources_reads_a_file(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "small.json"
    file.write_text(json.dumps(a_design().data))

    assert run("resources", str(file)).splitlines()[-1] == "2 resources."


def test_review_of_a_design_with_errors_ends_with_status_1(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        call_command("review", "osc-net")

    assert stopped.value.code == 1
    out = capsys.readouterr().out
    assert out.startswith("error   HA-03   Several servers, nothing in front\n")
    assert out.endswith("1 error, 2 warnings, 5 notes.\n")


def test_review_as_json_is_one_list_of_findings(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        call_command("review", "rax-basic", "--json")

    findings = json.loads(capsys.readouterr().out)
    assert findings[0]["rule"] == "DAT-03"
    assert findings[0].keys() == {"rule", "severity", "summary", "detail", "components", "fix"}


def test_review_without_errors_ends_well(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "empty.json"
    file.write_text(json.dumps({"format": 1, "components": {}, "links": {}}))

    assert run("review", str(file)) == "Nothing to remark.\n"


@pytest.mark.parametrize("command", ["resources", "review"])
def test_bad_input_is_one_line_and_status_2(command: str, tmp_path: Path) -> None:
    file = tmp_path / "broken.json"
    file.write_text("{")

    for design in (str(file), "no-such-template", str(tmp_path)):
        with pytest.raises(CommandError) as refused:
            call_command(command, design)
        assert refused.value.returncode == 2
        assert "\n" not in str(refused.value)

"""deploy, destroy and add_cloud on a fake cloud."""

import json
import signal
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.management.base import CommandError

from deployer import accounts, executor
from deployer.domain.cloud import CredentialsRefused, Unreachable
from deployer.models import ApprovalRule, Cloud, Deployment, Plan
from deployer.services.approvals import approvers_group
from designer.models import Design
from tests.deployer.conftest import CREDENTIAL
from tests.deployer.drawings import a_server, a_site, a_store
from tests.fakes.cloud import SLOW, FakeCloud, Killed, a_profile

pytestmark = pytest.mark.django_db


@pytest.fixture
def cloud(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, db: None) -> Iterator[FakeCloud]:
    """The cloud `lab` of a clouds.yaml; quick, because the commands wait in real time."""
    fake = FakeCloud(a_profile().without("database"))
    monkeypatch.setattr(accounts, "open_account", lambda row, region="": fake)
    for kind in SLOW:
        monkeypatch.setitem(SLOW, kind, 0)
    (tmp_path / "clouds.yaml").write_text(json.dumps({"clouds": {"lab": CREDENTIAL}}))
    monkeypatch.setenv("OS_CLIENT_CONFIG_FILE", str(tmp_path / "clouds.yaml"))
    yield fake


def manage(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out, stderr=out)
    return out.getvalue()


def refused(*arguments: str) -> CommandError:
    with pytest.raises(CommandError) as caught:
        manage(*arguments)
    assert "\n" not in str(caught.value)
    return caught.value


def test_a_template_is_deployed_and_destroyed(cloud: FakeCloud) -> None:
    told = manage("deploy", "rax-basic", "--cloud", "lab", "--yes")

    assert "Monthly cost: USD 0.00 now, USD 390.35 after, and 1 without a price." in told
    assert "rax-basic is deployed on lab." in told
    assert len(cloud.names("server")) == 2

    told = manage("destroy", "rax-basic", "--cloud", "lab", "--yes")

    assert "Nothing of it is left in the cloud." in told
    assert cloud.things == {}


def test_a_file_is_deployed_under_its_name_and_a_changed_file_changes_it(
    cloud: FakeCloud, tmp_path: Path
) -> None:
    drawing = tmp_path / "shop.json"
    drawing.write_text(json.dumps(a_site(count=2).data))
    manage("deploy", str(drawing), "--cloud", "lab", "--yes")
    drawing.write_text(json.dumps(a_site(count=1).data))

    told = manage("deploy", str(drawing), "--cloud", "lab", "--yes")

    assert "delete  web/server[1]" in told
    assert len(cloud.names("server")) == 1
    assert Design.objects.get().name == "shop"
    assert "Nothing to change." in manage("deploy", str(drawing), "--cloud", "lab", "--yes")


def test_the_command_goes_back_to_an_earlier_revision(cloud: FakeCloud, tmp_path: Path) -> None:
    drawing = tmp_path / "shop.json"
    for count in (1, 2):
        drawing.write_text(json.dumps(a_site(count=count).data))
        manage("deploy", str(drawing), "--cloud", "lab", "--yes")

    told = manage("deploy", str(drawing), "--cloud", "lab", "--revision", "1", "--yes")

    assert "Plan for shop, revision 1, on lab:" in told
    assert "Revision 1 cost USD" in told
    assert len(cloud.names("server")) == 1
    again = manage("deploy", "shop", "--cloud", "lab", "--revision", "1", "--yes")
    assert "as in revision 1. Nothing to change." in again
    assert "no revision" in str(refused("deploy", "shop", "--cloud", "lab", "--revision", "7"))
    assert "no design called shoe" in str(refused("deploy", "shoe", "--cloud", "lab", "--revision", "1"))


def test_a_plain_yes_does_not_destroy_data(cloud: FakeCloud, tmp_path: Path) -> None:
    drawing = tmp_path / "shop.json"
    drawing.write_text(json.dumps(a_store().data))
    manage("deploy", str(drawing), "--cloud", "lab", "--yes")
    drawing.write_text(json.dumps(a_server().data))

    assert "say so with --destroy-data" in str(refused("deploy", str(drawing), "--cloud", "lab", "--yes"))
    assert cloud.names("volume") == ["Orders 1"]

    told = manage("deploy", str(drawing), "--cloud", "lab", "--yes", "--destroy-data")
    assert "This plan destroys data. Orders 1: volume of 100 GiB is removed." in told
    assert cloud.names("volume") == []


def test_a_plan_above_the_limit_waits_until_somebody_else_approved_it(cloud: FakeCloud) -> None:
    manage("first_user")
    rule = ApprovalRule.objects.create(id=1, monthly_above=1, currency="USD")
    User.objects.create_user("priya").groups.add(approvers_group())

    waits = str(refused("deploy", "rax-basic", "--cloud", "lab", "--yes"))

    plan = Plan.objects.get()
    assert f"priya may do that: manage.py approve_plan {plan.id} --user NAME" in waits
    assert waits.endswith("give this command again: manage.py deploy rax-basic --cloud lab")
    assert cloud.things == {}
    assert f"{plan.id}  rax-basic on lab, $" in manage("approve_plan", "--user", "priya")
    maker = User.objects.get(is_superuser=True).username
    assert "You made this plan" in str(refused("approve_plan", str(plan.id), "--user", maker))

    assert "Approved." in manage("approve_plan", str(plan.id), "--user", "priya", "--note", "Go.")

    assert "is deployed on lab." in manage("deploy", "rax-basic", "--cloud", "lab", "--yes")
    plan.refresh_from_db()
    assert plan.applied_at is not None
    assert rule.limit is not None


def test_the_plan_is_shown_before_anything_is_asked_and_no_means_no(
    cloud: FakeCloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("builtins.input", lambda question: "n")

    error = refused("deploy", "rax-basic", "--cloud", "lab")

    assert (str(error), error.returncode) == ("Nothing was changed.", 1)
    assert cloud.things == {}


def test_nobody_there_to_answer_is_bad_input(cloud: FakeCloud, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(question: str) -> str:
        raise EOFError

    monkeypatch.setattr("builtins.input", nobody)

    error = refused("deploy", "rax-basic", "--cloud", "lab")
    assert error.returncode == 2
    assert "--yes" in str(error)


def test_a_failed_deployment_is_exit_status_1(cloud: FakeCloud) -> None:
    cloud.fail_next("server", "No valid host was found.")

    error = refused("deploy", "rax-basic", "--cloud", "lab", "--yes")

    assert (str(error), error.returncode) == ("The deployment has failed.", 1)


def test_a_plan_that_would_fail_is_not_applied(cloud: FakeCloud) -> None:
    cloud.profile = cloud.profile.without("load-balancer")

    error = refused("deploy", "rax-basic", "--cloud", "lab", "--yes")

    assert error.returncode == 1
    assert cloud.things == {}


def test_what_is_left_is_named_and_is_exit_status_1(cloud: FakeCloud, tmp_path: Path) -> None:
    drawing = tmp_path / "shop.json"
    drawing.write_text(json.dumps(a_server().with_("files", "object_store", label="files").data))
    manage("deploy", str(drawing), "--cloud", "lab", "--yes")
    cloud.put_objects(cloud.names("object_container")[0], 2)

    out = StringIO()
    with pytest.raises(CommandError) as caught:
        call_command("destroy", "shop", "--cloud", "lab", "--yes", stdout=out)

    assert caught.value.returncode == 1
    assert "left: object_container" in out.getvalue()


def test_destroying_what_is_not_deployed_is_said_and_no_failure(cloud: FakeCloud) -> None:
    manage("deploy", "rax-basic", "--cloud", "lab", "--yes")
    manage("destroy", "rax-basic", "--cloud", "lab", "--yes")

    assert "Nothing of rax-basic is deployed on lab." in manage(
        "destroy", "rax-basic", "--cloud", "lab", "--yes"
    )


def test_a_killed_command_goes_on_when_it_is_given_again(
    cloud: FakeCloud, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.DEPLOYMENT_LEASE_SECONDS = 1
    cloud.kill_worker_after_next("server")
    with pytest.raises(Killed):
        manage("deploy", "rax-basic", "--cloud", "lab", "--yes")

    told = manage("deploy", "rax-basic", "--cloud", "lab", "--yes")

    assert "Going on with the deploy that is under way." in told
    assert len(cloud.names("server")) == 2
    assert Deployment.objects.count() == 1


def test_ctrl_c_stops_between_two_turns_and_the_same_command_goes_on(
    cloud: FakeCloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(SLOW, "server", 2)
    advance = executor.advance

    def press_ctrl_c(*args: Any, **kwargs: Any) -> Any:
        following = advance(*args, **kwargs)
        signal.raise_signal(signal.SIGINT)
        return following

    monkeypatch.setattr(executor, "advance", press_ctrl_c)
    error = refused("deploy", "rax-basic", "--cloud", "lab", "--yes")
    assert "To go on: manage.py deploy rax-basic --cloud lab" in str(error)
    assert error.returncode == 1
    monkeypatch.setattr(executor, "advance", advance)

    told = manage("deploy", "rax-basic", "--cloud", "lab", "--yes")

    assert "Going on with the deploy that is under way." in told
    assert Deployment.objects.get().status == "succeeded"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["deploy", "no-such-thing", "--cloud", "lab", "--yes"], "There is no template and no file"),
        (["deploy", "rax-basic", "--cloud", "elsewhere", "--yes"], "There is no cloud called elsewhere"),
        (["destroy", "no-such-thing", "--cloud", "lab", "--yes"], "There is no design called no-such-thing."),
        (["add_cloud", "elsewhere"], "There is no cloud called elsewhere"),
        (["add_cloud", "lab", "--user", "nobody"], "There is no user called nobody."),
        (
            ["add_cloud", "lab", "--clouds-yaml", "/nowhere/clouds.yaml"],
            "There is no file /nowhere/clouds.yaml.",
        ),
    ],
)
def test_bad_input_is_one_line_and_exit_status_2(
    arguments: list[str], sentence: str, cloud: FakeCloud
) -> None:
    error = refused(*arguments)

    assert error.returncode == 2
    assert sentence in str(error)


@pytest.mark.parametrize("trouble", [Unreachable("No answer."), CredentialsRefused("Invalid user.")])
def test_a_cloud_that_answers_badly_is_said_before_anything_is_planned(
    trouble: Any, cloud: FakeCloud
) -> None:
    cloud.refuse_next("profile", "", trouble)

    error = refused("deploy", "rax-basic", "--cloud", "lab", "--yes")

    assert error.returncode == 2
    assert trouble.words in str(error)
    assert not Cloud.objects.exists()


def test_a_cloud_that_goes_away_after_the_plan_is_said_and_nothing_is_changed(
    cloud: FakeCloud, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawing = tmp_path / "shop.json"
    drawing.write_text(json.dumps(a_server().data))

    def yes(question: str) -> str:
        cloud.refuse_next("profile", "", Unreachable("Nothing answers."))
        return "yes"

    monkeypatch.setattr("builtins.input", yes)
    error = refused("deploy", str(drawing), "--cloud", "lab")

    assert error.returncode == 1
    assert "Nothing answers. Nothing was changed." in str(error)
    assert cloud.things == {}


def test_adding_a_cloud_twice_renews_it(cloud: FakeCloud) -> None:
    assert "Cloud lab at https://cloud.example.org/v3 is ready" in manage("add_cloud", "lab")
    manage("add_cloud", "lab")

    assert Cloud.objects.get().owner == User.objects.get()

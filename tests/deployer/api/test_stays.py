"""What runs, over HTTP: its stay and hours, another size, operations, snapshots; and nobody else's."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from rest_framework.test import APIClient

from deployer import operating
from deployer.domain.cloud import QuotaExceeded
from deployer.domain.operations import Verb
from deployer.models import Cloud, Deployment, Operation, Snapshot
from deployer.services.operations import request_operation
from designer.models import Design
from tests.deployer.conftest import Clock
from tests.deployer.drawings import a_server, a_site, a_store
from tests.fakes.cloud import FakeCloud

pytestmark = pytest.mark.django_db

OFFICE = {"hours_per_day": 12, "weekdays": ["mon", "tue", "wed", "thu", "fri"], "starts_at": "07:00"}


@pytest.fixture
def shop(deploy: Any) -> Design:
    return deploy(a_store()).design


@pytest.fixture
def stay(api: APIClient) -> Any:
    def stay(design: Design) -> dict[str, Any]:
        (found,) = api.get("/api/stays/", {"design": str(design.id)}).json()
        return dict(found)

    return stay


@pytest.fixture
def carry_out(clock: Clock) -> Any:
    def carry_out() -> None:
        for operation in Operation.objects.active():
            for _ in range(20):
                operation.refresh_from_db()
                if operation.finished_at is None:
                    following = operating.advance(operation.id, operation.turn, clock=clock)
                    clock.forward(following.delay_seconds if following else 1)

    return carry_out


# --- The stay itself ---------------------------------------------------------------------------------


def test_a_stay_leads_to_what_it_comes_from_not_to_what_never_began_or_was_taken_back(
    cloud: FakeCloud, start: Any, run: Any, deploy: Any, stay: Any, plan: Any
) -> None:
    first = start(a_server())
    never = start(a_server().edited({"components": {"sn": {"properties": {"cidr": "10.0.8.0/24"}}}}))
    assert [run(first).status, run(never).status] == ["succeeded", "failed"]
    assert never.started_at is None

    assert stay(first.design)["deployment"] == str(first.id)
    assert plan(a_server(), "destroy").revision == first.plan.revision

    cloud.refuse_next("create", "server", QuotaExceeded("Quota exceeded for instances."))
    taken_back = deploy(a_server(count=2), on_failure=Deployment.OnFailure.ROLL_BACK)
    assert taken_back.rolled_back

    assert stay(first.design)["deployment"] == str(first.id)


def test_a_stay_says_what_runs_and_what_can_be_done_with_it(shop: Design, stay: Any) -> None:
    said = stay(shop)

    assert (said["cloud_name"], said["expires_at"], said["drift"]) == ("lab", None, None)
    server, volume = sorted(said["resources"], key=lambda one: one["kind"])
    assert (server["power"], server["flavor"], "stop" in server["verbs"]) == ("running", "medium", True)
    assert (volume["size_gib"], volume["verbs"]) == (100, ["snapshot"])


def test_an_end_is_set_moved_and_taken_away(shop: Design, stay: Any, api: APIClient) -> None:
    address = f"/api/stays/{stay(shop)['id']}/"
    end = timezone.now() + timedelta(days=10)

    said = api.patch(address, {"expires_at": end, "on_expiry": "destroy"}, format="json").json()
    assert (said["expires_at"][:16], said["on_expiry"]) == (f"{end:%Y-%m-%dT%H:%M}", "destroy")
    said = api.post(f"{address}extend/", {"days": 7}, format="json").json()
    assert said["expires_at"][:10] == f"{end + timedelta(days=7):%Y-%m-%d}"
    assert api.patch(address, {"expires_at": None}, format="json").json()["expires_at"] is None

    refused = api.patch(address, {"expires_at": timezone.now() - timedelta(days=1)}, format="json")
    assert (refused.status_code, refused.json()["code"]) == (400, "expiry_invalid")


def test_hours_say_what_they_save_and_when_servers_change_next(
    shop: Design, stay: Any, api: APIClient
) -> None:
    assert stay(shop)["hours_cost"] is None
    hours = {"settings": {"schedule": {**OFFICE, "time_zone": "Europe/Berlin"}}}
    assert api.patch(f"/api/designs/{shop.id}/document/", hours, format="json").status_code == 200

    said = stay(shop)

    cost = {name: Decimal(said["hours_cost"][name]) for name in ("always", "scheduled", "saves")}
    assert cost["always"] - cost["scheduled"] == cost["saves"] > 0
    assert cost["scheduled"] > 0, "what is stored goes on"
    estimate = api.get(f"/api/designs/{shop.id}/estimate/").json()
    assert Decimal(estimate["totals"]["monthly"]) == cost["scheduled"]
    assert said["next_change"]["at"]


@pytest.mark.parametrize("zone", ["Mars/Olympus", "Europe", "Europe/Berlin "])
def test_a_time_zone_that_is_none_is_refused_with_a_sentence(shop: Design, api: APIClient, zone: str) -> None:
    hours = {"settings": {"schedule": {**OFFICE, "time_zone": zone}}}

    answer = api.patch(f"/api/designs/{shop.id}/document/", hours, format="json")

    assert answer.status_code == 409
    assert "Europe/Berlin" in str(answer.json()["reasons"])


def test_what_runs_of_somebody_else_is_not_there(shop: Design, stay: Any, api_of_teo: APIClient) -> None:
    address = f"/api/stays/{stay(shop)['id']}/"

    assert api_of_teo.get("/api/stays/").json() == []
    assert api_of_teo.get(address).status_code == 404
    resize = api_of_teo.post(f"{address}resize/", {"component": "app", "flavor": "large"}, format="json")
    assert resize.status_code == 404


# --- Another size ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "asked", [{"component": "web", "flavor": "large"}, {"component": "disk", "size_gib": 200}]
)
def test_another_size_is_an_edit_and_a_plan_with_its_money(
    deploy: Any, stay: Any, api: APIClient, asked: dict[str, Any]
) -> None:
    drawing = a_store().with_("web", "web_server", parent="sn", count=2)
    design = deploy(drawing).design

    answer = api.post(f"/api/stays/{stay(design)['id']}/resize/", asked, format="json")

    assert answer.status_code == 201, answer.json()
    plan = answer.json()
    touched = [step for step in plan["steps"] if step["action"] != "nothing"]
    assert {step["component"] for step in touched} == {asked["component"]}
    assert {step["action"] for step in touched} == {"update"}
    assert all("size" in step["reason"] for step in touched)
    assert Decimal(plan["cost"]["after"]) > Decimal(plan["cost"]["now"])
    assert design.edits.count() == 1


def test_a_resized_server_is_no_drift_and_stays_as_it_is(
    deploy: Any, stay: Any, api: APIClient, run: Any, cloud: FakeCloud, account: Cloud
) -> None:
    design = deploy(a_server()).design
    asked = {"component": "app", "flavor": "large"}
    plan = api.post(f"/api/stays/{stay(design)['id']}/resize/", asked, format="json").json()

    api.post(f"/api/plans/{plan['id']}/apply/")
    assert run(design.deployments.first()).status == "succeeded"

    place = {"design": str(design.id), "cloud": str(account.id)}
    assert stay(design)["resources"][0]["flavor"] == "large"
    assert api.post("/api/drift-reports/", place, format="json").json()["status"] == "as_designed"
    again = api.post("/api/plans/", {**place, "intent": "deploy"}, format="json").json()
    assert again["counts"]["update"] == again["counts"]["replace"] == 0


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({"component": "disk", "size_gib": 50}, "never shrinks, and it has 100 GiB"),
        ({"component": "app", "flavor": "tremendous"}, "no flavor called tremendous"),
        ({"component": "app", "flavor": "medium"}, "has the flavor medium already"),
        ({"component": "sn", "size_gib": 50}, "Nothing of that component stands there"),
    ],
)
def test_a_size_that_cannot_be_had_says_why_and_edits_nothing(
    shop: Design, stay: Any, api: APIClient, asked: dict[str, Any], why: str
) -> None:
    answer = api.post(f"/api/stays/{stay(shop)['id']}/resize/", asked, format="json")

    assert (answer.status_code, answer.json()["code"]) == (409, "resize_impossible")
    assert why in answer.json()["detail"]
    assert not shop.edits.exists()


# --- Operations and snapshots ------------------------------------------------------------------------


def test_an_operation_is_asked_for_followed_and_not_twice_at_once(
    shop: Design, api: APIClient, account: Cloud, carry_out: Any, cloud: FakeCloud
) -> None:
    said = {"design": str(shop.id), "cloud": str(account.id), "verb": "stop", "component": "app"}

    answer = api.post("/api/operations/", said, format="json")
    assert (answer.status_code, answer.json()[0]["status"]) == (202, "queued")
    again = api.post("/api/operations/", {**said, "verb": "reboot"}, format="json")
    assert (again.status_code, again.json()["code"]) == (409, "operation_running")
    carry_out()

    (done,) = api.get("/api/operations/", {"design": str(shop.id)}).json()
    assert (done["verb"], done["status"], done["by_schedule"]) == ("stop", "succeeded", False)
    assert cloud.power("App server 1") == "stopped"
    nothing = api.post("/api/operations/", {**said, "component": "disk"}, format="json")
    assert (nothing.status_code, nothing.json()["code"]) == (409, "nothing_to_operate")


@pytest.mark.parametrize(
    ("component", "book", "monthly"),
    [("disk", "rackspace-usd-managed-infrastructure", True), ("app", "thalassa", None)],
)
def test_a_snapshot_says_what_it_costs_or_that_nobody_knows(
    shop: Design,
    api: APIClient,
    account: Cloud,
    mara: User,
    carry_out: Any,
    component: str,
    book: str,
    monthly: bool | None,
) -> None:
    Design.objects.filter(id=shop.id).update(price_book=book)
    request_operation(shop, account, Verb.SNAPSHOT, component=component, created_by=mara)
    carry_out()

    (said,) = api.get("/api/snapshots/", {"design": str(shop.id)}).json()

    assert (said["component"], said["size_gib"]) == (component, 8)
    assert (Decimal(said["monthly"]) > 0) if monthly else said["monthly"] is None
    assert api.delete(f"/api/snapshots/{said['id']}/").status_code == 204
    assert not Snapshot.objects.exists()


def test_a_destroy_takes_snapshots_along_or_says_what_is_in_its_way(
    shop: Design, api: APIClient, account: Cloud, mara: User, carry_out: Any, run: Any, cloud: FakeCloud
) -> None:
    for component in ("disk", "app"):
        request_operation(shop, account, Verb.SNAPSHOT, component=component, created_by=mara)
    carry_out()
    place = {"design": str(shop.id), "cloud": str(account.id), "intent": "destroy"}
    plan = api.post("/api/plans/", place, format="json").json()

    refused = api.post(f"/api/plans/{plan['id']}/apply/", {}, format="json")
    assert (refused.status_code, refused.json()["code"]) == (409, "snapshots_in_the_way")
    assert "Orders" in refused.json()["detail"]
    answer = api.post(f"/api/plans/{plan['id']}/apply/", {"remove_snapshots": True}, format="json")
    assert answer.status_code == 202, answer.json()

    gone = run(shop.deployments.first())
    assert (gone.status, gone.residue["clean"], cloud.snapshots) == ("succeeded", True, {})


def test_a_snapshot_that_will_not_go_does_not_hold_up_the_rest_for_ever(
    deploy: Any, start: Any, run: Any, account: Cloud, mara: User, carry_out: Any, monkeypatch: Any
) -> None:
    request_operation(deploy(a_site()).design, account, Verb.SNAPSHOT, component="web", created_by=mara)
    carry_out()
    monkeypatch.setattr(FakeCloud, "delete_snapshot", lambda *_: None)

    gone = run(start(a_site(), "destroy", removes_snapshots=True))

    assert gone.status == "succeeded"
    assert [one["kind"] for one in gone.residue["left"]] == ["server_snapshot"]

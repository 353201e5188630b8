"""One design in two regions of a cloud: each thing in its own, and nowhere else."""

from collections.abc import Mapping
from typing import Any

import pytest
from django.contrib.auth.models import User
from rest_framework.test import APIClient

from deployer import accounts
from deployer.domain.cloud import Unreachable
from deployer.domain.states import DeploymentStatus
from deployer.errors import CloudNotReady, RegionNotThere
from deployer.models import Cloud, Plan, Resource
from deployer.services.clouds import add_cloud, check_cloud
from deployer.services.deploying import apply_plan
from deployer.services.planning import create_plan
from tests.deployer.conftest import CREDENTIAL, Keep
from tests.designer.designs import Design, a_design
from tests.fakes.cloud import FakeCloud, a_profile

pytestmark = pytest.mark.django_db

ONE, TWO = "RegionOne", "RegionTwo"


def a_pair() -> Design:
    """A server in a network of its own, in each of two regions."""
    components: dict[str, Any] = {}
    for name in ("calgary", "edmonton"):
        components[name] = {"type": "region", "properties": {"name": name}}
        components[f"{name}-net"] = {"type": "network", "parent": name, "properties": {"cidr": "10.0.0.0/16"}}
        components[f"{name}-sn"] = {
            "type": "subnet",
            "parent": f"{name}-net",
            "properties": {"cidr": "10.0.1.0/24"},
        }
        components[f"{name}-app"] = {"type": "app_server", "parent": f"{name}-sn", "label": f"App {name}"}
    return Design({**a_design().data, "components": components, "links": {}})


@pytest.fixture
def regions(monkeypatch: pytest.MonkeyPatch) -> Mapping[str, FakeCloud]:
    """Two regions with everything of their own; the account's default one is the first."""
    fakes = {
        name: FakeCloud(
            a_profile(addresses={one: f"https://{name}/{one}" for one in a_profile().services}).without(
                "database"
            ),
            regions=(ONE, TWO),
        )
        for name in (ONE, TWO)
    }
    monkeypatch.setattr(accounts, "open_account", lambda row, region="": fakes[region or row.region or ONE])
    return fakes


@pytest.fixture
def account(regions: Mapping[str, FakeCloud], mara: User) -> Cloud:
    return add_cloud(owner=mara, name="lab", credential=CREDENTIAL)


@pytest.fixture
def planned(keep: Keep, account: Cloud, mara: User) -> Any:
    def planned(intent: str = "deploy", drawing: Design | None = None, **regions: str) -> Plan:
        design = keep(drawing or a_pair())
        return create_plan(design=design, cloud=account, intent=intent, created_by=mara, regions=regions)

    return planned


@pytest.fixture
def carried_out(planned: Any, run: Any, mara: User) -> Any:
    def carried_out(intent: str = "deploy", **regions: str) -> Any:
        return run(apply_plan(planned(intent, **regions), applied_by=mara))

    return carried_out


def test_each_region_gets_what_is_drawn_in_it_and_nothing_else(
    regions: Mapping[str, FakeCloud], carried_out: Any
) -> None:
    deployment = carried_out()

    assert deployment.status == DeploymentStatus.SUCCEEDED
    assert regions[ONE].names("server") == ["App calgary 1"]
    assert regions[TWO].names("server") == ["App edmonton 1"]
    rows = Resource.objects.filter(kind="server").values_list("component", "region")
    assert set(rows) == {("calgary-app", ONE), ("edmonton-app", TWO)}


def test_deploying_again_changes_nothing_and_destroying_leaves_nothing_in_either(
    regions: Mapping[str, FakeCloud], carried_out: Any, planned: Any
) -> None:
    carried_out()

    assert {step.action for step in planned().steps.all()} == {"nothing"}
    deployment = carried_out("destroy")
    assert deployment.residue["clean"] is True
    assert not regions[ONE].things and not regions[TWO].things


def test_another_choice_moves_what_stands_and_the_plan_says_so(
    regions: Mapping[str, FakeCloud], carried_out: Any, planned: Any
) -> None:
    carried_out()

    plan = planned(calgary=TWO, edmonton=ONE)

    server = plan.steps.get(key="calgary-app/server[0]")
    assert (server.action, server.reason) == ("replace", "moves from RegionOne to RegionTwo")
    assert carried_out(calgary=TWO, edmonton=ONE).status == DeploymentStatus.SUCCEEDED
    assert regions[ONE].names("server") == ["App edmonton 1"]
    assert regions[TWO].names("server") == ["App calgary 1"]


def test_what_an_interruption_left_in_another_region_is_found_and_removed(
    regions: Mapping[str, FakeCloud], carried_out: Any
) -> None:
    carried_out()
    Resource.objects.filter(kind="server", region=TWO).delete()  # as if it had never been written down

    assert carried_out("destroy").residue["clean"] is True
    assert not regions[TWO].things


def test_a_region_that_does_not_answer_is_named_and_never_called_clean(
    regions: Mapping[str, FakeCloud], carried_out: Any, planned: Any
) -> None:
    carried_out()
    regions[TWO].refuse_next("inventory", "", Unreachable("Nothing answers at https://two."))
    with pytest.raises(CloudNotReady, match=r"Nothing answers at https://two\."):
        planned()
    regions[TWO].refuse_next("profile", "", Unreachable("Nothing answers at https://two."))
    with pytest.raises(CloudNotReady, match=r"RegionTwo: Nothing answers at https://two\."):
        planned("destroy")


def test_a_cloud_with_one_region_is_refused_until_somebody_says_that_both_share_it(
    regions: Mapping[str, FakeCloud], account: Cloud, planned: Any
) -> None:
    regions[ONE].regions = [ONE]
    check_cloud(account)

    assert [one["check"] for one in planned().failed_checks] == ["regions"]
    plan = planned(calgary=ONE, edmonton=ONE)
    assert plan.failed_checks == []
    assert ("regions", "warning") in {(one["check"], one["status"]) for one in plan.preflight}


def test_a_region_that_is_not_there_is_refused_with_those_that_are(planned: Any) -> None:
    with pytest.raises(RegionNotThere, match="no region called banff"):
        planned(banff=ONE)
    with pytest.raises(RegionNotThere, match="no region called RegionTree"):
        planned(calgary="RegionTree")


def test_the_plan_depends_on_where_its_regions_go(planned: Any) -> None:
    assert planned().fingerprint != planned(calgary=TWO, edmonton=ONE).fingerprint


def test_a_second_region_that_is_down_does_not_keep_a_cloud_from_being_added(
    regions: Mapping[str, FakeCloud], mara: User
) -> None:
    regions[TWO].refuse_next("profile", "", Unreachable("Nothing answers at https://two."))

    cloud = add_cloud(owner=mara, name="half", credential=CREDENTIAL)

    assert [(one.name, one.detail) for one in cloud.regions.all()] == [
        (ONE, ""),
        (TWO, "Nothing answers at https://two."),
    ]
    check_cloud(cloud)
    assert [one.detail for one in cloud.regions.all()] == ["", ""]


def test_a_region_that_does_not_answer_any_more_keeps_what_it_had(
    regions: Mapping[str, FakeCloud], account: Cloud
) -> None:
    regions[TWO].refuse_next("profile", "", Unreachable("Away."))

    check_cloud(account)

    second = account.regions.get(name=TWO)
    assert second.detail == "Away."
    assert {one.name for one in second.profile.flavors} == {"small", "medium", "large"}


def test_over_http_regions_are_proposed_chosen_and_shown(api: APIClient, keep: Keep, account: Cloud) -> None:
    design = keep(a_pair())

    proposed = api.get(f"/api/clouds/{account.id}/regions/", {"design": str(design.id)}).json()
    assert proposed["offered"] == [ONE, TWO]
    assert [one["region"] for one in proposed["choices"]] == [ONE, TWO]
    said = {
        "design": str(design.id),
        "cloud": str(account.id),
        "intent": "deploy",
        "regions": {"calgary": TWO, "edmonton": ONE},
    }
    plan = api.post("/api/plans/", said, format="json").json()
    assert plan["regions"][0] == {"drawn": "calgary", "region": TWO, "because": "chosen"}
    assert {step["region"] for step in plan["steps"] if step["component"].startswith("calgary")} == {TWO}
    refused = api.post("/api/plans/", said | {"regions": {"calgary": "Mars"}}, format="json")
    assert (refused.status_code, refused.json()["code"]) == (400, "region_not_there")
    names = [one["name"] for one in api.get(f"/api/clouds/{account.id}/").json()["regions"]]
    assert names == [ONE, TWO]

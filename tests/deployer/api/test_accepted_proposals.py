"""What a customer accepted is what is deployed, and each line of it leads to what stands for it, and back."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from deployer.models import Cloud, Deployment, Plan, Resource
from designer.services.designs import apply_patch
from tests.deployer.conftest import Keep
from tests.deployer.drawings import a_site
from tests.estimator.api.proposals_over_api import give_reasons, post

pytestmark = pytest.mark.django_db


@pytest.fixture
def offered(api: APIClient, keep: Keep) -> dict[str, Any]:
    """A proposal for one drawing, frozen and not accepted yet."""
    customer = post(api, "/api/customers/", name="Harbour & Pine")
    design = keep(a_site(count=2).with_("cdn", "cdn"))
    proposal = post(api, "/api/proposals/", design=str(design.id), customer=customer["id"])
    give_reasons(api, proposal)
    post(api, f"/api/proposals/{proposal['id']}/versions/")
    # What is drawn afterwards was not offered.
    apply_patch(design, {"components": {"web": {"properties": {"count": 5}}}}, author=design.owner)
    return proposal


def accept(api: APIClient, proposal: dict[str, Any]) -> None:
    token = post(api, f"/api/proposals/{proposal['id']}/versions/1/links/")["token"]
    digest = APIClient().get(f"/api/shared/{token}/").data["content_hash"]
    said = {"option": "A", "name": "Mira Okafor", "content_hash": digest}
    assert APIClient().post(f"/api/shared/{token}/accept/", said, format="json").status_code == 201


def plan_of(api: APIClient, account: Cloud, **said: Any) -> Any:
    return api.post("/api/plans/", {"cloud": str(account.id), "intent": "deploy", **said}, format="json")


def test_before_a_customer_accepted_nothing_is_deployed_as_accepted(
    api: APIClient, account: Cloud, offered: dict[str, Any]
) -> None:
    answer = plan_of(api, account, proposal=offered["id"])

    assert (answer.status_code, answer.data["code"]) == (409, "nothing_accepted")
    assert not Plan.objects.exists()


def test_the_accepted_revision_is_planned_whatever_is_drawn_now(
    api: APIClient, account: Cloud, offered: dict[str, Any]
) -> None:
    accept(api, offered)

    accepted = plan_of(api, account, proposal=offered["id"]).data
    drawn = plan_of(api, account, design=offered["draft"]["options"][0]["design"]).data

    servers = [step["key"] for step in accepted["steps"] if step["kind"] == "server"]
    assert servers == ["web/server[0]", "web/server[1]"]
    assert (accepted["accepted"]["number"], accepted["accepted"]["option"]) == ("P-0001", "A")
    assert accepted["accepted"]["name"] == "Mira Okafor"
    assert drawn["accepted"] is None


@pytest.mark.parametrize(
    "said", [{"revision": 1}, {"intent": "destroy"}, {"design": "00000000-0000-0000-0000-000000000000"}]
)
def test_nothing_else_goes_by_the_name_of_accepted(
    api: APIClient, account: Cloud, offered: dict[str, Any], said: dict[str, Any]
) -> None:
    accept(api, offered)

    assert plan_of(api, account, proposal=offered["id"], **said).status_code == 400


def test_each_line_leads_to_its_steps_and_resources_and_each_resource_to_its_line(
    api: APIClient, account: Cloud, offered: dict[str, Any], run: Any
) -> None:
    accept(api, offered)
    plan = plan_of(api, account, proposal=offered["id"]).data
    api.post(f"/api/plans/{plan['id']}/apply/")
    run(Deployment.objects.get())
    address = f"/api/proposals/{offered['id']}/trace/"

    rows = api.get(address).data

    (servers,) = [
        row for row in rows if row["keys"] == ["web/server[0]", "web/server[1]"] and row["monthly"]
    ][:1]
    assert {(step["plan"], step["action"]) for step in servers["steps"]} == {(plan["id"], "create")}
    assert [one["key"] for one in servers["resources"]] == servers["keys"]
    assert all(one["cloud_id"] and one["status"] == "active" for one in servers["resources"])
    cloud_id = servers["resources"][1]["cloud_id"]
    back = api.get(address, {"cloud_id": cloud_id}).data
    assert {key for row in back for key in row["keys"]} == {"web/server[0]", "web/server[1]"}
    assert api.get(address, {"cloud_id": "nothing"}).data == []


def test_a_line_of_what_no_cloud_makes_leads_to_nothing_in_one(
    api: APIClient, account: Cloud, offered: dict[str, Any], run: Any
) -> None:
    accept(api, offered)
    plan = plan_of(api, account, proposal=offered["id"]).data
    api.post(f"/api/plans/{plan['id']}/apply/")
    run(Deployment.objects.get())
    by_hand = set(Resource.objects.filter(kind="external").values_list("key", flat=True))

    rows = api.get(f"/api/proposals/{offered['id']}/trace/").data

    lines = [row for row in rows if by_hand & set(row["keys"])]
    assert lines
    assert [row["resources"] for row in lines] == [[] for _ in lines]


def test_the_chain_of_somebody_elses_proposal_is_not_there(
    api_of_teo: APIClient, offered: dict[str, Any]
) -> None:
    assert api_of_teo.get(f"/api/proposals/{offered['id']}/trace/").status_code == 404

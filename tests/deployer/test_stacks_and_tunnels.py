"""What consists of several things: groups whose members nobody but the cloud makes, tunnels, zones."""

from typing import Any

import pytest

from deployer.domain.states import DeploymentStatus
from deployer.models import Deployment, Plan, Resource
from tests.deployer.drawings import a_site
from tests.designer.designs import Design
from tests.fakes.cloud import FakeCloud

pytestmark = pytest.mark.django_db


def a_group(**said: Any) -> Design:
    """internet -> lb -> three web servers of a scaling group."""
    return (
        a_site()
        .with_("many", "scaling_group", parent="sn", **{"desired": 3, "max": 5} | said)
        .with_("one", "web_server", parent="many")
        .linked("lb", "one", protocol="HTTP", port=80)
    )


def two_ends() -> Design:
    """Two networks, each with a gateway, and a tunnel between."""
    drawing = Design().with_("reg", "region")
    for number, side in enumerate(("east", "west"), start=1):
        drawing = (
            drawing.with_(f"{side}-net", "network", parent="reg", cidr=f"10.{number}.0.0/16")
            .with_(f"{side}-sn", "subnet", parent=f"{side}-net", cidr=f"10.{number}.1.0/24")
            .with_(f"{side}-gw", "vpn_gateway", parent=f"{side}-net")
        )
    return drawing.linked("east-gw", "west-gw", kind="tunnel")


def changes(plan: Plan) -> dict[str, str]:
    return {step.key: step.action for step in plan.steps.exclude(action="nothing")}


def succeeded(deployment: Deployment) -> bool:
    assert deployment.status == DeploymentStatus.SUCCEEDED, [
        (run.key, run.error) for run in deployment.runs.select_related("step") if run.error
    ]
    return True


def test_members_that_the_group_started_are_no_strays(cloud: FakeCloud, deploy: Any, plan: Any) -> None:
    assert succeeded(deploy(a_group()))

    assert len(cloud.names("server")) == 1 + 3
    assert changes(plan(a_group())) == {}


def test_a_group_whose_answer_was_lost_has_no_twin(cloud: FakeCloud, deploy: Any) -> None:
    cloud.lose_answer_of_next("scaling_group")

    assert succeeded(deploy(a_group()))

    assert cloud.count("create", "scaling_group") == 1
    assert len(cloud.names("scaling_group")) == 1


def test_a_group_changes_in_place_whatever_of_it_changes(cloud: FakeCloud, deploy: Any, plan: Any) -> None:
    deploy(a_group())
    larger = a_group(max=9, up_threshold_percent=70).edited(
        {"components": {"one": {"properties": {"size": {"vcpus": 4, "ram_gib": 8, "disk_gib": 80}}}}}
    )

    assert changes(plan(larger)) == {"many/scaling_group": "update"}

    deploy(larger)
    spec = cloud.spec("scaling_group", cloud.names("scaling_group")[0])
    assert (spec["max"], spec["flavor_name"]) == (9, "large")


def test_a_destroyed_group_leaves_nothing(cloud: FakeCloud, deploy: Any) -> None:
    deploy(a_group())

    deployment = deploy(a_group(), intent="destroy")

    assert succeeded(deployment)
    assert deployment.residue["clean"]
    assert cloud.things == {}


def test_both_ends_of_a_tunnel_share_a_secret_and_know_each_others_address(
    cloud: FakeCloud, deploy: Any
) -> None:
    assert succeeded(deploy(two_ends()))

    one, other = (thing.spec for thing in cloud.things.values() if thing.kind == "vpn_connection")
    assert one["psk"] == other["psk"] != ""
    addresses = {row.outputs["address"] for row in Resource.objects.filter(kind="vpn_service")}
    assert {one["peer_address"], other["peer_address"]} == addresses
    assert succeeded(deploy(two_ends(), intent="destroy"))
    assert cloud.things == {}


def test_a_zone_answers_with_the_address_that_the_balancer_got(cloud: FakeCloud, deploy: Any) -> None:
    drawing = a_site().with_("dns", "dns_zone", zone="shop.example.org").linked("dns", "lb")

    assert succeeded(deploy(drawing))

    (record,) = (thing.spec for thing in cloud.things.values() if thing.kind == "dns_record")
    assert record["records"] == [Resource.objects.get(key="lb/floating_ip").outputs["address"]]

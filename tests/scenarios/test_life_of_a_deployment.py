"""design -> plan -> deploy -> change -> deploy -> trouble -> destroy, on a fake cloud."""

from typing import Any

import pytest

from deployer.domain.cloud import ServerFault
from deployer.models import Resource
from tests.deployer.drawings import a_site
from tests.fakes.cloud import FakeCloud

pytestmark = pytest.mark.django_db


def test_a_design_lives_through_change_and_trouble_and_ends_without_a_trace(
    cloud: FakeCloud, deploy: Any
) -> None:
    """
    www -> lb -> web x1          web x3, bigger          sn moves          destroyed
    """
    small = a_site(count=1)
    large = a_site(count=3, size={"vcpus": 2, "ram_gib": 4, "disk_gib": 40})
    moved = large.edited({"components": {"sn": {"properties": {"cidr": "10.0.8.0/24"}}}})

    assert deploy(small).status == "succeeded"
    (address,) = [thing.cloud_id for thing in cloud.things.values() if thing.kind == "floating_ip"]
    first = next(one.cloud_id for one in Resource.objects.filter(key="web/server[0]"))

    assert deploy(large).status == "succeeded"
    assert len(cloud.names("server")) == len(cloud.names("member")) == 3
    assert Resource.objects.get(key="web/server[0]").cloud_id == first, "resized, not built anew"

    cloud.forget("server", "Web server 2")
    cloud.refuse_next("create", "server", ServerFault("The scheduler is away."), times=2)
    assert deploy(large).status == "succeeded"
    assert len(cloud.names("server")) == 3

    assert deploy(moved).status == "succeeded"
    (subnet,) = [thing for thing in cloud.things.values() if thing.kind == "subnet"]
    assert subnet.spec["cidr"] == "10.0.8.0/24"
    assert [one.cloud_id for one in cloud.things.values() if one.kind == "floating_ip"] == [address]
    assert len(cloud.names("server")) == len(cloud.names("member")) == 3
    recorded = set(Resource.objects.exclude(cloud_id="").values_list("kind", "cloud_id"))
    assert recorded == set(cloud.things)

    assert deploy(moved, "destroy").residue["clean"]
    assert cloud.things == {}
    assert not Resource.objects.exists()

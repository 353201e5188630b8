"""A design deployed as one Heat stack by a real Heat: made, recorded, changed, mended and gone."""

import json
from pathlib import Path

import pytest
from openstack.connection import Connection

from tests.cloud.conftest import LAB, Checkout
from tests.cloud.test_templates import deployed, succeeded

pytestmark = [pytest.mark.cloud, pytest.mark.timeout(900)]
RECORDS = """
import json
from deployer.models import Resource
rows = Resource.objects.exclude(kind__in=["heat_stack", "password", "external"])
print(json.dumps([[row.kind, row.cloud_id, row.status] for row in rows]))
"""


@pytest.fixture(autouse=True)
def nothing_left(untouched: None) -> None:
    """Whatever the residue report says, the project is as it was."""


def test_a_design_is_one_stack_from_the_first_day_to_the_last(
    checkout: Checkout, outside: Connection, tmp_path: Path
) -> None:
    document = json.loads(succeeded(checkout.manage("template", "rax-basic")))
    drawing = tmp_path / "shop.json"
    drawing.write_text(json.dumps(document))
    deploy = ("deploy", str(drawing), "--cloud", LAB, "--yes")
    with deployed(checkout, str(drawing), name="shop", more=["--as-one-stack"]) as told:
        assert "create  design/heat_stack" in told
        (stack,) = outside.orchestration.stacks()
        assert stack.status == "CREATE_COMPLETE"
        before = {server.name: server.id for server in outside.compute.servers()}
        assert set(before) == {"Web instance cloud server 1", "Cloud Databases (MySQL) 1"}
        # Every record names what stands there, by ids that the cloud itself knows.
        records = json.loads(checkout.python(RECORDS).splitlines()[-1])
        assert {status for _, _, status in records} == {"active"}
        recorded = {kind: {one for other, one, _ in records if other == kind} for kind, _, _ in records}
        assert recorded["server"] == set(before.values())
        (pool,) = outside.load_balancer.pools()
        assert recorded["member"] == {f"{pool.id}/{one.id}" for one in outside.load_balancer.members(pool)}
        (volume,) = outside.block_storage.volumes()
        assert recorded["volume_attachment"] == {f"{before['Cloud Databases (MySQL) 1']}/{volume.id}"}
        assert "Nothing to change." in succeeded(checkout.manage(*deploy))

        document["components"]["web"].setdefault("properties", {})["count"] = 2
        drawing.write_text(json.dumps(document))
        assert "update  design/heat_stack" in succeeded(checkout.manage(*deploy))
        after = {server.name: server.id for server in outside.compute.servers()}
        assert {name: after[name] for name in before} == before
        assert set(after) - set(before) == {"Web instance cloud server 2"}
        assert len(list(outside.load_balancer.members(pool))) == 2

        outside.compute.delete_server(after["Web instance cloud server 2"])
        gone = outside.compute.get_server(after["Web instance cloud server 2"])
        outside.compute.wait_for_delete(gone, wait=120)
        assert "makes anew what is no longer there" in succeeded(checkout.manage(*deploy))
        mended = {server.name: server.id for server in outside.compute.servers()}
        assert set(mended) == set(after)
        assert {name: mended[name] for name in before} == before
    assert not list(outside.orchestration.stacks())

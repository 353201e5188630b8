"""What runs on a real OpenStack: operated, changed behind our back, found out and put right."""

import json
import time
from pathlib import Path

import pytest
from openstack.connection import Connection

from tests.cloud.conftest import LAB, Checkout
from tests.cloud.test_templates import deployed, succeeded
from tests.deployer.drawings import a_server

pytestmark = [pytest.mark.cloud, pytest.mark.timeout(900)]


@pytest.fixture(autouse=True)
def nothing_left(untouched: None) -> None:
    """Whatever the residue report says, the project is as it was."""


@pytest.fixture
def drawing(tmp_path: Path) -> Path:
    """Two servers in a subnet, and nothing that takes long to make."""
    path = tmp_path / "pair.json"
    path.write_text(json.dumps(a_server(count=2).data))
    return path


def test_servers_are_stopped_started_and_rebooted_and_a_stop_that_was_asked_for_is_no_drift(
    checkout: Checkout, outside: Connection, drawing: Path
) -> None:
    with deployed(checkout, str(drawing), name="pair"):
        first, second = sorted(outside.compute.servers(), key=lambda one: one.name)
        here = ("pair", "--cloud", LAB)

        succeeded(checkout.manage("operate", "stop", *here, "--key", "app/server[0]"))
        assert status(outside, first.id) == "SHUTOFF"
        assert status(outside, second.id) == "ACTIVE"
        assert "stands on lab as deployed" in succeeded(checkout.manage("drift", *here))

        succeeded(checkout.manage("operate", "start", *here, "--key", "app/server[0]"))
        succeeded(checkout.manage("operate", "reboot", *here, "--component", "app"))
        assert {status(outside, one.id) for one in (first, second)} == {"ACTIVE"}
        asked = [one.action for one in outside.compute.server_actions(first.id)]
        assert (asked.count("stop"), asked.count("start"), asked.count("reboot")) == (1, 1, 1)


def test_what_others_changed_is_told_and_the_next_plan_puts_exactly_that_right(
    checkout: Checkout, outside: Connection, drawing: Path
) -> None:
    with deployed(checkout, str(drawing), name="pair"):
        first, second = sorted(outside.compute.servers(), key=lambda one: one.name)
        outside.compute.stop_server(first.id)
        wait_for(outside, first.id, "SHUTOFF")
        outside.compute.delete_server(second.id)
        outside.compute.wait_for_delete(second, wait=120)

        report = checkout.manage("drift", "pair", "--cloud", LAB)

        assert report.returncode == 1
        assert "app/server[0]  power from running to stopped" in report.stdout
        assert "missing app/server[1]" in report.stdout

        told = succeeded(checkout.manage("deploy", str(drawing), "--cloud", LAB, "--yes"))

        planned = told.split("Monthly cost")[0]
        assert "update  app/server[0]" in planned
        assert "create  app/server[1]" in planned
        assert "replace" not in planned
        after = {one.name: one for one in outside.compute.servers()}
        assert after[first.name].id == first.id
        assert set(after) == {first.name, second.name}
        assert {one.status for one in after.values()} == {"ACTIVE"}
        assert "stands on lab as deployed" in succeeded(checkout.manage("drift", "pair", "--cloud", LAB))


def status(conn: Connection, server_id: str) -> str:
    return str(conn.compute.get_server(server_id).status)


def wait_for(conn: Connection, server_id: str, wanted: str) -> None:
    deadline = time.monotonic() + 120
    while status(conn, server_id) != wanted:
        assert time.monotonic() < deadline
        time.sleep(0.5)

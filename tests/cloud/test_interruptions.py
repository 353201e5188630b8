"""Workers and commands killed in the middle, on a real OpenStack: it goes on, and nothing is there twice."""

import sqlite3
from collections import Counter

import pytest
from openstack.connection import Connection

from tests.cloud.conftest import LAB, Checkout
from tests.cloud.processes import WORKER, beat, kill_9, process, wait_until

pytestmark = [pytest.mark.cloud, pytest.mark.timeout(900)]

APPLY = """
from django.contrib.auth.models import User
from deployer.models import Cloud
from deployer.services.deploying import apply_plan
from deployer.services.planning import create_plan
from designer.services.designs import create_design
owner = User.objects.first()
design = create_design(name="net", owner=owner, template_key="osc-net")
plan = create_plan(design=design, cloud=Cloud.objects.get(name="lab"), intent="deploy", created_by=owner)
print(apply_plan(plan, applied_by=owner).id)
"""


def runs(checkout: Checkout) -> Counter[str]:
    """How many step runs of the newest deployment are in each state, read past the product."""
    found = _query(checkout, "select status from deployer_steprun where deployment_id =")
    return Counter(row[0] for row in found)


def status(checkout: Checkout) -> str:
    return str(_query(checkout, "select status from deployer_deployment where id =")[0][0])


def _query(checkout: Checkout, select: str) -> list[tuple[str]]:
    path = checkout.home / "home" / "stackdraft.sqlite3"
    if not path.exists():
        return []
    database = sqlite3.connect(path, timeout=20)
    try:
        newest = "(select id from deployer_deployment order by created_at desc limit 1)"
        return database.execute(f"{select} {newest}").fetchall()
    except sqlite3.OperationalError:  # not migrated yet
        return []
    finally:
        database.close()


def twins(conn: Connection) -> dict[str, int]:
    """Names that are there more than once, in a design that uses each once."""
    names = Counter(f"server {one.name}" for one in conn.compute.servers())
    names += Counter(f"volume {one.name}" for one in conn.block_storage.volumes())
    mine = {"project_id": conn.current_project_id}
    for kind in ("networks", "subnets", "routers"):
        names += Counter(f"{kind} {one.name}" for one in getattr(conn.network, kind)(**mine))
    ports = (one for one in conn.network.ports(**mine) if (one.description or "").startswith("stackdraft:"))
    names += Counter(f"port {one.description}" for one in ports)
    return {name: count for name, count in names.items() if count > 1}


def test_a_worker_killed_in_the_middle_is_replaced_and_the_deployment_goes_on(
    checkout: Checkout, queue: None, outside: Connection, untouched: None
) -> None:
    assert checkout.manage("add_cloud", LAB).returncode == 0
    try:
        with process(checkout, *beat(checkout)):
            with process(checkout, *WORKER) as first:
                checkout.python(APPLY)
                wait_until(lambda: runs(checkout)["succeeded"] >= 12, "the first dozen steps")
                kill_9(first)
            left = runs(checkout)
            assert left["waiting"] > 0, "the deployment was over before the worker was killed"
            with process(checkout, *WORKER):
                wait_until(lambda: status(checkout) not in ("queued", "running"), "the end")
        assert status(checkout) == "succeeded"
        assert twins(outside) == {}
        assert len(list(outside.compute.servers())) == 7
    finally:
        gone = checkout.manage("destroy", "net", "--cloud", LAB, "--yes")
    assert gone.returncode == 0, gone.stdout + gone.stderr


def test_a_killed_command_goes_on_when_it_is_given_again(
    checkout: Checkout, outside: Connection, untouched: None
) -> None:
    deploy = checkout.command("deploy", "osc-net", "--cloud", LAB, "--yes")
    try:
        with process(checkout, *deploy) as command:
            wait_until(lambda: runs(checkout)["succeeded"] >= 20, "the first steps")
            kill_9(command)

        again = checkout.manage("deploy", "osc-net", "--cloud", LAB, "--yes")

        assert again.returncode == 0, again.stdout + again.stderr
        assert "Going on with the deploy that is under way." in again.stdout
        assert twins(outside) == {}
        assert len(list(outside.compute.servers())) == 7

        with process(checkout, *checkout.command("destroy", "osc-net", "--cloud", LAB, "--yes")) as command:
            wait_until(lambda: runs(checkout)["succeeded"] in range(5, 40), "the first removals")
            kill_9(command)
    finally:
        gone = checkout.manage("destroy", "osc-net", "--cloud", LAB, "--yes")
    assert gone.returncode == 0, gone.stdout + gone.stderr
    assert "Nothing of it is left in the cloud." in gone.stdout

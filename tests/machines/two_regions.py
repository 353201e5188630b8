"""Two regions joined by tinc, with a Galera master in each, as the template draws them.

visitor ─► lb1 (HAProxy) ─► app1 ×2 ─► db1 ══ vpn1 ══ internet ══ vpn2 ══ db2 ◄─ app2 ×2 ◄─ lb2
"""

from collections.abc import Iterator

import pytest

from tests.machines.asking import eventually, sql
from tests.machines.conftest import Start
from tests.machines.world import World
from tests.shipped_templates import design_of

pytestmark = [pytest.mark.machines, pytest.mark.timeout(1800)]
HOSTS = "etc/tinc/overlay/hosts"


@pytest.fixture(scope="module")
def world(start: Start) -> Iterator[World]:
    """The keys of tinc are carried by hand, as the plan says; the databases wait for the tunnel meanwhile."""
    world = start(design_of("cyb-multi").graph())
    ends = [world["vpn1/server[0]"], world["vpn2/server[0]"]]
    for end in ends:
        end.ready()
    for here, there in (ends, reversed(ends)):
        own = here.read("/etc/tinc/overlay/tinc.conf").split("Name = ")[1].split()[0]
        (there.root / HOSTS / own).write_text((here.root / HOSTS / own).read_text())
    for end in ends:
        end.run("systemctl", "restart", "tinc@overlay")
    yield world.ready()


def test_the_masters_are_one_cluster_through_the_tunnel(world: World) -> None:
    for key in ("db1/server[0]", "db2/server[0]"):
        eventually(lambda key=key: "\t2" in sql(world[key], "SHOW STATUS LIKE 'wsrep_cluster_size'"))


def test_what_is_written_in_one_region_is_read_in_the_other(world: World) -> None:
    sql(
        world["db2/server[0]"],
        "CREATE TABLE app.visits (id INT PRIMARY KEY); INSERT INTO app.visits VALUES (7)",
    )

    eventually(lambda: "7" in sql(world["db1/server[0]"], "SELECT id FROM app.visits"))


def test_nothing_of_it_crosses_the_internet_in_the_clear(world: World) -> None:
    """Without the tunnel the other region's private addresses lead nowhere."""
    address = world.value("db2/port[0]", "address")
    knock = ("timeout", "3", "bash", "-c", f"exec 3<>/dev/tcp/{address}/4567")

    world["db1/server[0]"].run(*knock)
    world["vpn1/server[0]"].run("systemctl", "stop", "tinc@overlay")
    with pytest.raises(RuntimeError):
        world["db1/server[0]"].run(*knock)
    world["vpn1/server[0]"].run("systemctl", "start", "tinc@overlay")
    eventually(lambda: world["db1/server[0]"].run(*knock) == "")


def test_each_region_answers_its_visitors(world: World) -> None:
    for number in (1, 2):
        address = world.value(f"fip{number}/floating_ip[0]", "address")
        eventually(lambda address=address: world.get(f"http://{address}/").status == 200)
        answers = [world.json(f"http://{address}/") for _ in range(4)]
        assert {one["server"] for one in answers} == {f"app{number}-1", f"app{number}-2"}
        assert all(one["reaches_database"] for one in answers)

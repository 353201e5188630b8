"""nginx → app → MariaDB with a replica, and Memcached: the tiered template, from nothing but a bare image.

visitor ──443──► lb ──80──► web ──8080──► app ──3306──► my1 ◄──3306── my2
                                           └──11211──► cache ──3306──► my1
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.machines.asking import eventually, sql
from tests.machines.conftest import Make
from tests.machines.world import World
from tests.shipped_templates import design_of

pytestmark = [pytest.mark.machines, pytest.mark.timeout(1800)]

WEB, APP, CACHE, PRIMARY, REPLICA = (f"{one}/server[0]" for one in ("web", "app", "cache", "my1", "my2"))
LISTENING = {WEB: (22, 80), APP: (22, 8080), CACHE: (22, 11211), PRIMARY: (22, 3306), REPLICA: (22, 3306)}
# The arrows of the drawing.
ARROWS = {
    (WEB, APP, 8080),
    (APP, PRIMARY, 3306),
    (APP, CACHE, 11211),
    (CACHE, PRIMARY, 3306),
    (PRIMARY, REPLICA, 3306),
    (REPLICA, PRIMARY, 3306),  # a standby becomes the primary one day
}
MARIADB = {"components": {one: {"properties": {"software": "mariadb"}} for one in ("my1", "my2")}}


@pytest.fixture(scope="module")
def world(world_of: Make) -> Iterator[World]:
    """Debian has no MySQL, so the databases are MariaDB; nothing is installed beforehand."""
    yield world_of(design_of("rax-tiered").edited(MARIADB).graph(), layered=False)


def test_a_visitor_is_answered_by_the_application_which_reaches_its_database(world: World) -> None:
    address = world.value("lb/floating_ip", "address")

    eventually(lambda: world.get(f"https://{address}/").status == 200)
    assert world.json(f"https://{address}/") == {"server": "app-1", "reaches_database": True}


def test_what_is_written_on_the_primary_is_read_on_the_replica(world: World) -> None:
    eventually(lambda: "Slave_IO_Running: Yes" in sql(world[REPLICA], "SHOW SLAVE STATUS\\G"))
    as_application(world, APP, PRIMARY, "CREATE TABLE orders (id INT PRIMARY KEY)")
    as_application(world, APP, PRIMARY, "INSERT INTO orders VALUES (4711)")

    eventually(lambda: "4711" in sql(world[REPLICA], "SELECT id FROM app.orders"))


def test_the_replica_takes_no_writes_of_the_application(world: World) -> None:
    with pytest.raises(RuntimeError, match="read-only"):
        as_application(world, PRIMARY, REPLICA, "INSERT INTO orders VALUES (1)")


def test_the_database_has_its_data_on_the_volume(world: World) -> None:
    mounted = world[PRIMARY].run("findmnt", "--noheadings", "--output", "SOURCE", "/var/lib/mysql")

    (volume,) = world[PRIMARY].volumes
    assert f"virtio-{volume:.20}" in mounted
    assert mounted.strip().endswith("[/mysql]")


def test_a_database_comes_back_with_its_data_after_the_plug_was_pulled(world: World) -> None:
    world[REPLICA].restart()

    eventually(lambda: "4711" in sql(world[REPLICA], "SELECT id FROM app.orders"))
    eventually(lambda: "Slave_IO_Running: Yes" in sql(world[REPLICA], "SHOW SLAVE STATUS\\G"))


def test_the_cache_keeps_what_the_application_puts_in(world: World) -> None:
    talk = (
        "import socket, sys\nlink = socket.create_connection((sys.argv[1], 11211), timeout=5)\n"
        "link.sendall(b'set k 0 60 5\\r\\nhello\\r\\nget k\\r\\nquit\\r\\n')\n"
        "print(b''.join(iter(lambda: link.recv(4096), b'')).decode())"
    )
    said = world[APP].run("python3", "-c", talk, world.value("cache/port[0]", "address"))

    assert "STORED" in said
    assert "hello" in said


def test_the_arrows_are_what_lets_traffic_through(world: World) -> None:
    """Every server tries every port that any other one listens on: open where an arrow leads, else silent."""
    assert reachable(world) == ARROWS


def test_without_its_arrow_traffic_stops(world: World) -> None:
    design = design_of("rax-tiered").edited(MARIADB)
    (link,) = (
        one.id for one in design.document().links.values() if (one.source, one.target) == ("app", "cache")
    )
    world.redraw(design.without_link(link).graph())

    assert reachable(world) == ARROWS - {(APP, CACHE, 11211)}


def test_nothing_failed_and_nobody_has_an_empty_password(world: World) -> None:
    for key, machine in world.machines.items():
        assert machine.run("systemctl", "--failed", "--no-legend").strip() == "", key
        shadow = [line.split(":") for line in machine.read("/etc/shadow").splitlines()]
        assert [name for name, hashed, *_ in shadow if hashed and not hashed.startswith(("!", "*"))] == [], (
            key
        )
    for key in (PRIMARY, REPLICA):
        accounts = sql(world[key], "SELECT user, host FROM mysql.global_priv WHERE user NOT LIKE 'mariadb%'")
        assert {line.split("\t")[0] for line in accounts.splitlines()[1:]} <= {
            "app",
            "replicator",
            "root",
            "mysql",
        }
        with pytest.raises(RuntimeError, match="Access denied"):
            world[REPLICA].run("mysql", "-h", world.value("my1/port[0]", "address"), "-uroot")


# --- Asking -----------------------------------------------------------------------------------------


def as_application(world: World, here: str, there: str, statement: str) -> str:
    """On the database, with what the application was told: the client is where the database is."""
    told = dict(
        line.split("=", 1) for line in world[APP].read("/etc/stackdraft/connections.env").splitlines()
    )
    component = there.partition("/")[0]
    assert told["DATABASE_HOST"] == world.value("my1/port[0]", "address")
    address = world.value(f"{component}/port[0]", "address")
    client = PRIMARY if here == APP else here
    return world[client].run(
        "mysql",
        f"-h{address}",
        f"-u{told['DATABASE_USER']}",
        f"-p{told['DATABASE_PASSWORD']}",
        told["DATABASE_NAME"],
        "-e",
        statement,
    )


def reachable(world: World) -> set[tuple[str, str, int]]:
    """Which server reaches which other one, on which port."""
    places = [
        (target, world.value(target.replace("server", "port"), "address"), port)
        for target, ports in LISTENING.items()
        for port in ports
    ]
    found = set()

    def knock(source: str) -> str:
        others = [f"{address}:{port}" for target, address, port in places if target != source]
        return world[source].run("python3", "-c", _KNOCK, *others)

    with ThreadPoolExecutor() as pool:
        answers = dict(zip(world.machines, pool.map(knock, world.machines), strict=True))
    for source, answer in answers.items():
        opened = answer.split()
        others = [place for place in places if place[0] != source]
        found |= {
            (source, target, port) for (target, address, port) in others if f"{address}:{port}" in opened
        }
    return found


_KNOCK = """
import asyncio, sys
async def knock(place):
    host, port = place.split(":")
    try:
        _, writer = await asyncio.wait_for(asyncio.open_connection(host, int(port)), 4)
        writer.close()
        print(place)
    except (OSError, asyncio.TimeoutError):
        pass
async def main():
    await asyncio.gather(*map(knock, sys.argv[1:]))
asyncio.run(main())
"""

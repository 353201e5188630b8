"""Recipes that no template of the others needs, drawn together: what they share is one subnet.

visitor ──80──► lb1 ═ha═ lb2 (HAProxy, keepalived) ──80──► web (nginx) ◄──80── px (hitch, Varnish) ◄──443──
                                        job ──► mq ×2 (RabbitMQ), red (Redis)
"""

import socket
from collections.abc import Iterator

import pytest

from tests.designer.designs import Design, a_design
from tests.machines.asking import eventually
from tests.machines.conftest import Make
from tests.machines.world import World

pytestmark = [pytest.mark.machines, pytest.mark.timeout(1800)]


def the_parts() -> Design:
    design = a_design().with_("net-router", "router", parent="net").with_("internet", "internet")
    for name, mode in (("lb1", "active"), ("lb2", "standby")):
        design = design.with_(name, "lb_vm", parent="sn", mode=mode, vrrp=True)
        design = design.linked(name, "web", protocol="HTTP", port=80)
        design = design.linked("internet", name, protocol="HTTP", port=80)
    design = design.linked("lb1", "lb2", "ha").with_("eip", "floating_ip", bound_to="lb1")
    design = design.with_("web", "web_server", parent="sn")
    design = design.with_(
        "px", "reverse_proxy", parent="sn", software="varnish", tls=True, public_address=True
    )
    design = design.linked("px", "web", protocol="HTTP", port=80)
    design = design.linked("internet", "px", protocol="HTTPS", port=443)
    design = design.with_("mq", "message_queue", parent="sn", count=2)
    design = design.with_("red", "cache_server", parent="sn", software="redis", port=6379)
    design = design.with_("job", "worker", parent="sn")
    for target in ("mq", "red"):
        design = design.linked("job", target, port={"mq": 5672, "red": 6379}[target])
    return design


@pytest.fixture(scope="module")
def world(world_of: Make) -> Iterator[World]:
    yield world_of(the_parts().graph())


def told(world: World) -> dict[str, str]:
    lines = world["job/server[0]"].read("/etc/stackdraft/connections.env").splitlines()
    return dict(line.split("=", 1) for line in lines)


def test_the_standby_takes_the_shared_address_when_the_balancer_dies(world: World) -> None:
    shared, public = world.value("lb1/port[shared]", "address"), world.value("eip/floating_ip[0]", "address")
    eventually(lambda: world.get(f"http://{public}/").status == 200)
    assert shared in world["lb1/server[0]"].run("ip", "-4", "address")

    world["lb1/server[0]"].run("systemctl", "stop", "haproxy")

    eventually(lambda: shared in world["lb2/server[0]"].run("ip", "-4", "address"))
    eventually(lambda: world.get(f"http://{public}/").status == 200)
    world["lb1/server[0]"].run("systemctl", "start", "haproxy")
    eventually(lambda: shared in world["lb1/server[0]"].run("ip", "-4", "address"))


def test_hitch_ends_tls_and_varnish_keeps_the_page(world: World) -> None:
    address = world.value("px/floating_ip[0]", "address")
    eventually(lambda: world.get(f"https://{address}/").status == 200)

    pages = [world.get(f"https://{address}/") for _ in range(2)]

    assert " " in pages[1].headers["X-Varnish"], "the second one came from the cache"
    assert "nginx" in pages[1].body.lower()


def test_the_brokers_are_one_cluster_with_one_user(world: World) -> None:
    for copy in range(2):
        status = world[f"mq/server[{copy}]"].run("rabbitmqctl", "cluster_status")
        running = status.split("Running Nodes")[1].split("Versions")[0]
        assert running.count("rabbit@") == 2, status
        users = world[f"mq/server[{copy}]"].run("rabbitmqctl", "list_users", "-q").split("\n")
        assert {line.split("\t")[0] for line in users if line} - {"user"} == {"app"}
    password = told(world)["QUEUE_PASSWORD"]
    assert "Success" in world["mq/server[1]"].run("rabbitmqctl", "authenticate_user", "app", password)


def test_the_job_reaches_its_brokers_and_others_do_not(world: World) -> None:
    for place in told(world)["QUEUE_SERVERS"].split(","):
        host, port = place.split(":")
        ask = f"exec 3<>/dev/tcp/{host}/{port}; printf 'HELLO\\r\\n\\r\\n' >&3; head -c 4 <&3"
        assert world["job/server[0]"].run("timeout", "5", "bash", "-c", ask).startswith("AMQP")
        with pytest.raises(RuntimeError):
            world["web/server[0]"].run("timeout", "2", "bash", "-c", ask)


def test_redis_answers_whoever_knows_the_password(world: World) -> None:
    said = told(world)
    host, port = said["CACHE_SERVERS"].split(":")

    def ask(*lines: str) -> str:
        with socket.create_connection((host, int(port)), timeout=5) as link:
            link.sendall("".join(f"{line}\r\n" for line in [*lines, "QUIT"]).encode())
            return b"".join(iter(lambda: link.recv(4096), b"")).decode()

    inside = world["job/server[0]"].space.inside
    assert "NOAUTH" in inside(lambda: ask("GET x"))
    assert "bar" in inside(lambda: ask(f"AUTH {said['CACHE_PASSWORD']}", "SET foo bar", "GET foo"))

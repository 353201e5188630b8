"""The OpenCart chain, as its template draws it in hardened form.

visitor ──443──► wlb ──80──► web ×2 (Apache) ──80──► alb ──80──► app ×2 (OpenCart) ──3306──► db ◄── db2
administrator ──22──► bas
"""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.machines.archive import GIT_HOST
from tests.machines.asking import eventually, sql
from tests.machines.conftest import Make
from tests.machines.shop_stand_in import repository
from tests.machines.tree import ARCHIVE_ADDRESS
from tests.machines.world import VISITOR, World
from tests.shipped_templates import design_of

pytestmark = [pytest.mark.machines, pytest.mark.timeout(1800)]


@pytest.fixture(scope="module")
def world(world_of: Make, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    place, commit = repository(tmp_path_factory.mktemp("opencart"))
    source = {"opencart_source": f"http://{GIT_HOST}/opencart.git#{commit}"}
    design = design_of("os-ecommerce-static", "hardened").edited(
        {"components": {"app": {"properties": source}}}
    )
    yield world_of(design.graph(), repositories={"opencart.git": Path(place)})


@pytest.fixture(scope="module")
def shop(world: World) -> str:
    address = world.value("fip/floating_ip[0]", "address")
    eventually(lambda: world.get(f"https://{address}/").status == 200)
    return f"https://{address}"


def test_a_visitor_sees_the_shop_through_both_balancers_and_the_proxies(world: World, shop: str) -> None:
    page = world.get(f"{shop}/").body

    assert "Your Store" in page
    assert "MacBook" in page, "which is in the database"
    assert f"{shop}/" in page, "links lead back the way the visitor came"
    assert "http://" not in page.replace("http://www.opencart.com", "").replace("http://www.w3.org", "")


def test_the_database_was_set_up_once_and_its_standby_has_it_too(world: World, shop: str) -> None:
    asked = "SELECT COUNT(*) FROM app.oc_user"

    assert sql(world["db/server[0]"], asked).split()[-1] == "1"
    eventually(lambda: sql(world["db2/server[0]"], asked).split()[-1] == "1")


def test_the_administrator_has_the_password_that_the_deployment_made(world: World, shop: str) -> None:
    user, kept = sql(world["db/server[0]"], "SELECT username, password FROM app.oc_user").split()[-2:]
    password = world.value("db/password[administrator]", "value")
    check = f"echo password_verify('{password}', '{kept}') ? 'fits' : 'differs';"

    assert user == "administrator"
    assert world["app/server[0]"].run("php", "-r", check) == "fits"
    for machine in world.machines.values():
        assert not (machine.root / "etc/stackdraft/database.sql").exists(), "what held it is gone"


def test_neither_the_installer_nor_the_shops_inside_is_served(world: World, shop: str) -> None:
    for path in (
        "/install/index.php",
        "/system/startup.php",
        "/system/storage/logs/error.log",
        "/.git/config",
    ):
        assert world.get(f"{shop}{path}").status in (403, 404), path


def test_one_server_less_is_not_noticed(world: World, shop: str) -> None:
    world["app/server[0]"].run("systemctl", "stop", "apache2")
    world["web/server[1]"].run("systemctl", "stop", "apache2")

    eventually(lambda: all(world.get(f"{shop}/").status == 200 for _ in range(4)))
    for key in ("app/server[0]", "web/server[1]"):
        world[key].run("systemctl", "start", "apache2")


def test_the_bastion_answers_administrators_only_and_takes_no_passwords(world: World, shop: str) -> None:
    address = world.value("bas/floating_ip[0]", "address")

    def greet(source: str) -> str:
        try:
            with socket.create_connection((address, 22), timeout=3, source_address=(source, 0)) as link:
                return link.recv(100).decode()
        except TimeoutError:
            return "silence"

    assert world.internet.inside(lambda: greet(VISITOR)).startswith("SSH-2.0")
    assert world.internet.inside(lambda: greet(ARCHIVE_ADDRESS)) == "silence"
    said = world["bas/server[0]"].run("sshd", "-T")
    assert "passwordauthentication no" in said
    assert "permitrootlogin no" in said

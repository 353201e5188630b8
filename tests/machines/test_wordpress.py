"""WordPress on three servers, as its template draws it, on the database that takes a managed one's place.

visitor ──443──► lb ──80──► web1, web2, web3 [Varnish :80 ─► Apache :8080] ──3306──► db
"""

import xmlrpc.client
from collections.abc import Iterator
from typing import Any

import pytest

from tests.machines.asking import eventually, sql
from tests.machines.conftest import Make
from tests.machines.world import World
from tests.shipped_templates import design_of

pytestmark = [pytest.mark.machines, pytest.mark.timeout(1800)]

WITHOUT_DATABASES = frozenset({"database"})
MARIADB = {"components": {"db": {"properties": {"engine": "mariadb", "version": "10.11"}}}}


@pytest.fixture(scope="module")
def world(world_of: Make) -> Iterator[World]:
    yield world_of(design_of("rax-wordpress").edited(MARIADB).graph(without=WITHOUT_DATABASES))


@pytest.fixture(scope="module")
def site(world: World) -> str:
    address = world.value("lb/floating_ip", "address")
    eventually(lambda: world.get(f"https://{address}/").status == 200)
    return f"https://{address}"


def call(world: World, site: str, method: str, *arguments: Any) -> Any:
    """WordPress's own remote procedure calls, as the administrator."""
    password = world.value("db/password[administrator]", "value")
    asked = xmlrpc.client.dumps((1, "administrator", password, *arguments), method)
    answer = world.get(f"{site}/xmlrpc.php", data=asked.encode(), headers={"Content-Type": "text/xml"})
    return xmlrpc.client.loads(answer.body)[0][0]


def test_the_site_is_installed_and_nobody_is_asked_to_install_it(world: World, site: str) -> None:
    page = world.get(f"{site}/").body

    assert "New site" in page
    assert f"{site}/wp-includes/" in page, "everything on the page comes by HTTPS too"
    assert world.get(f"{site}/wp-admin/setup-config.php").status in (403, 404)
    assert world.get(f"{site}/wp-admin/install.php").body.find("already installed") > 0


def test_what_the_administrator_writes_goes_to_the_database_and_to_every_server(
    world: World, site: str
) -> None:
    post = {"post_title": "Drawn, priced, deployed", "post_status": "publish", "post_content": "It is live."}

    number = call(world, site, "wp.newPost", post)

    stored = sql(world["db/server[0]"], f"SELECT post_title FROM app.wp_posts WHERE ID = {int(number)}")
    assert "Drawn, priced, deployed" in stored
    for name in ("web1", "web2", "web3"):
        address = world.value(f"{name}/port[0]", "address")
        balancer = next(iter(world.balancers.values()))
        answer = world.get(f"http://{address}/?p={number}", source=balancer.space)
        assert answer.status == 200, name
        assert "It is live." in answer.body, name


def test_the_page_cache_answers_visitors_and_knows_who_signs_in(world: World, site: str) -> None:
    pages = [world.get(f"{site}/?cached") for _ in range(8)]

    assert any(int(page.headers["Age"] or 0) >= 0 and " " in page.headers["X-Varnish"] for page in pages)
    signed_in = world.get(f"{site}/?cached", headers={"Cookie": "wordpress_logged_in_x=1"})
    assert " " not in signed_in.headers["X-Varnish"], "it was made for this visitor"


def test_a_wrong_password_is_refused(world: World, site: str) -> None:
    asked = xmlrpc.client.dumps((1, "administrator", "password"), "wp.getProfile")
    answer = world.get(f"{site}/xmlrpc.php", data=asked.encode(), headers={"Content-Type": "text/xml"})

    with pytest.raises(xmlrpc.client.Fault):
        xmlrpc.client.loads(answer.body)

"""One sitting, from signing in to an empty cloud: real web, worker and practice cloud, nothing faked."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import openstack
import pytest
import yaml
from openstack.connection import Connection
from playwright.sync_api import FloatRect, Locator, Page, expect

from tests.cloud.conftest import own_project

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]
CLOUD_MINUTES = 8 * 60_000  # milliseconds; a busy practice cloud on two cores takes its time
NAME = "Web shop for Halden"


@pytest.fixture
def entry() -> Iterator[dict[str, Any]]:
    """A project of this test's own: what a developer has deployed is in nobody's way."""
    with own_project() as entry:
        yield entry


@pytest.fixture
def cloud(entry: dict[str, Any]) -> Iterator[Connection]:
    """The practice cloud asked directly, without any code of ours."""
    connection = openstack.connect(**entry)
    yield connection
    connection.close()


def test_from_a_template_to_running_servers_and_back_to_nothing(
    signed_in: Page, entry: dict[str, Any], cloud: Connection
) -> None:
    page = signed_in
    before = Everything.of(cloud)

    add_the_practice_cloud(page, entry)
    start_from_the_basic_cloud(page)
    total = monthly_total(page)
    expect(page.get_by_test_id("monthly-total")).to_have_text("$484.64")

    second = drop_a_web_server_into_the_subnet(page)
    link(page, "lb", second)
    link(page, second, "db")
    expect(page.get_by_role("status").filter(has_text="Saved")).to_be_visible()

    the_total_grew_by_that_servers_price(page, total, second)
    the_diagram_shows_it(page)

    page.get_by_role("link", name="Deploy", exact=True).first.click()
    page.get_by_role("radio", name="practice").check()
    page.get_by_role("button", name="Make plan").click()
    plan = page.get_by_role("table", name="Changes")
    expect(plan.get_by_text(f"{second}/server[0]")).to_be_visible(timeout=60_000)
    expect(plan.get_by_text("This cloud has no managed database", exact=False).first).to_be_visible()
    nothing_hinders(page)
    page.get_by_role("button", name=re.compile(r"Apply \d+ changes")).click()
    expect(page.get_by_role("complementary", name="Deployment").get_by_text("Succeeded")).to_be_visible(
        timeout=CLOUD_MINUTES
    )
    every_component_is_active(page, ["web", second, "lb", "db", "files"])

    made = Everything.of(cloud) - before
    assert len(made.servers) == 3, "two web servers and the database's server"
    assert len(made.volumes) == 1, "the database's data"
    assert len(made.load_balancers) == 1
    assert {80, 3306} <= {port for _, port in made.rules}
    assert all(cloud.compute.get_server(one).status == "ACTIVE" for one in made.servers)
    a_resource_id_on_screen_is_one_of(page, made.servers)

    destroy_everything(page)
    assert Everything.of(cloud) - before == Everything()


class Everything:
    """What exists in the project, by id, as the cloud itself says."""

    def __init__(
        self,
        servers: frozenset[str] = frozenset(),
        volumes: frozenset[str] = frozenset(),
        load_balancers: frozenset[str] = frozenset(),
        networks: frozenset[str] = frozenset(),
        ports: frozenset[str] = frozenset(),
        addresses: frozenset[str] = frozenset(),
        containers: frozenset[str] = frozenset(),
        rules: frozenset[tuple[str, int | None]] = frozenset(),
    ) -> None:
        self.servers, self.volumes, self.load_balancers, self.networks = (
            servers,
            volumes,
            load_balancers,
            networks,
        )
        self.ports, self.addresses, self.containers, self.rules = ports, addresses, containers, rules

    @classmethod
    def of(cls, cloud: Connection) -> "Everything":
        project = cloud.current_project_id
        return cls(
            servers=frozenset(one.id for one in cloud.compute.servers()),
            volumes=frozenset(one.id for one in cloud.block_storage.volumes()),
            load_balancers=frozenset(one.id for one in cloud.load_balancer.load_balancers()),
            networks=frozenset(one.id for one in cloud.network.networks(project_id=project)),
            ports=frozenset(one.id for one in cloud.network.ports(project_id=project)),
            addresses=frozenset(one.id for one in cloud.network.ips(project_id=project)),
            containers=frozenset(one.name for one in cloud.object_store.containers()),
            rules=frozenset(
                (rule.id, rule.port_range_min)
                for rule in cloud.network.security_group_rules(project_id=project)
            ),
        )

    def __sub__(self, other: "Everything") -> "Everything":
        return Everything(**{name: mine - getattr(other, name) for name, mine in vars(self).items()})

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Everything) and vars(self) == vars(other)

    def __hash__(self) -> int:
        return hash(tuple(vars(self).values()))

    def __repr__(self) -> str:
        return f"Everything({ {name: set(ids) for name, ids in vars(self).items() if ids} })"


# --- clouds and designs ---------------------------------------------------------------------------


def add_the_practice_cloud(page: Page, entry: dict[str, Any]) -> None:
    """First with a wrong password, which is said at once, then with the right one."""
    right = yaml.safe_dump({"clouds": {"practice": entry, "another": entry}})
    wrong = right.replace(entry["auth"]["password"], "wrong-password")
    page.get_by_role("link", name="Clouds").click()
    page.get_by_role("button", name=re.compile("Add (a )?cloud")).first.click()
    panel = page.get_by_role("complementary", name="Add a cloud")
    panel.get_by_label("Paste the entry").fill(wrong)
    panel.get_by_role("combobox", name="Which cloud").click()
    page.get_by_role("option", name=re.compile("^practice, ")).click()
    panel.get_by_label("Name").fill("practice")
    panel.get_by_role("button", name="Add cloud").click()
    expect(panel.get_by_text("Nothing was kept")).to_be_visible()
    panel.get_by_label("Paste the entry").fill(right)
    panel.get_by_role("button", name="Add cloud").click()
    expect(page.get_by_role("listitem", name="practice").get_by_text("Ready")).to_be_visible(timeout=60_000)


def start_from_the_basic_cloud(page: Page) -> None:
    page.get_by_role("link", name="Templates").click()
    page.get_by_role("link", name="Basic cloud").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox", name="Name", exact=True).fill(NAME)
    dialog.get_by_role("radio", name="As published").check()
    dialog.get_by_role("button", name="Create design").click()
    expect(node(page, "web")).to_be_visible()


# --- drawing --------------------------------------------------------------------------------------


def node(page: Page, component: str) -> Locator:
    return page.locator(f'.react-flow__node[data-id="{component}"]')


def box(one: Locator) -> FloatRect:
    found = one.bounding_box()
    assert found is not None
    return found


def drag(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(start[0] + 8, start[1] + 8)
    page.mouse.move(*end, steps=12)
    page.mouse.up()


def drop_a_web_server_into_the_subnet(page: Page) -> str:
    """Returns: the new component's id."""
    known = components(page)
    entry = page.get_by_role("complementary", name="Palette").get_by_role(
        "button", name="Web server", exact=True
    )
    entry.scroll_into_view_if_needed()
    palette = box(entry)
    subnet = box(node(page, "sn"))
    # The lower left corner of the subnet is empty in this template.
    corner = (subnet["x"] + 30, subnet["y"] + subnet["height"] - 40)
    drag(page, (palette["x"] + 40, palette["y"] + palette["height"] / 2), corner)
    expect(page.locator(".react-flow__node")).to_have_count(len(known) + 1)
    (new,) = components(page) - known
    return new


def components(page: Page) -> set[str]:
    return {str(one.get_attribute("data-id")) for one in page.locator(".react-flow__node").all()}


def link(page: Page, source: str, target: str) -> None:
    links = page.locator(".react-flow__edge")
    count = links.count()
    start, end = box(node(page, source)), box(node(page, target))
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
    handle = box(node(page, source).locator(".react-flow__handle-bottom").first)
    drag(
        page,
        (handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2),
        (end["x"] + end["width"] / 2, end["y"] + end["height"] / 2),
    )
    expect(links).to_have_count(count + 1)


# --- money and pictures ---------------------------------------------------------------------------


def monthly_total(page: Page) -> Decimal:
    return Decimal(str(page.get_by_test_id("monthly-total").get_attribute("data-amount")))


def the_total_grew_by_that_servers_price(page: Page, before: Decimal, component: str) -> None:
    """By the server and its service fee, less what the fee takes off the account's $50 minimum of fees."""
    expect(page.get_by_test_id("monthly-total")).not_to_have_attribute("data-amount", str(before))
    design = page.url.split("/designs/")[1].split("/")[0]
    estimate = page.request.get(f"{page.url.split('/designs/')[0]}/api/designs/{design}/estimate/").json()
    lines = [Decimal(line["monthly"]) for line in estimate["line_items"] if line["component"] == component]
    server, fee = sorted(lines, reverse=True)
    assert (server, fee) == (Decimal("46.72"), Decimal("7.30")), "General1-2: 730 h at 0.064 and at 0.01"
    minimum = next(line for line in estimate["line_items"] if line["key"].startswith("account/minimum"))
    first_servers_fee = Decimal("14.60")
    assert Decimal(minimum["monthly"]) == Decimal("50.00") - first_servers_fee - fee
    assert monthly_total(page) - before == server
    assert monthly_total(page) == Decimal(estimate["totals"]["monthly"])


def the_diagram_shows_it(page: Page) -> None:
    page.get_by_role("link", name="Diagram").click()
    picture = page.get_by_role("img", name=f"Diagram of {NAME}")
    expect(picture).to_have_attribute("src", re.compile("Web%20server"))
    for kind, start in (("SVG", b"<"), ("PNG", b"\x89PNG"), ("PDF", b"%PDF")):
        with page.expect_download() as download:
            page.get_by_role("link", name=f"Download {kind}").click()
        assert download.value.path().read_bytes().startswith(start), kind


# --- the cloud ------------------------------------------------------------------------------------


def nothing_hinders(page: Page) -> None:
    """A refusal names its reason here, where a button that can't be pressed would only be waited for."""
    aside = page.get_by_role("complementary", name="Preflight and apply")
    enabled = aside.get_by_role("button", name=re.compile("^Apply")).is_enabled()
    assert enabled, aside.inner_text()


def every_component_is_active(page: Page, ids: list[str]) -> None:
    for component in ids:
        expect(node(page, component)).to_have_attribute("aria-label", re.compile("active", re.IGNORECASE))


def a_resource_id_on_screen_is_one_of(page: Page, ids: frozenset[str]) -> None:
    page.get_by_text(re.compile("^Resources")).first.click()
    shown = page.get_by_role("list", name="Resources").inner_text()
    assert any(one in shown for one in ids)


def destroy_everything(page: Page) -> None:
    page.get_by_role("button", name="Destroy").click()
    page.get_by_role("button", name=re.compile(r"Destroy \d+ resources")).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(re.compile("Type")).fill(NAME)
    dialog.get_by_role("button", name="Destroy").click()
    expect(page.get_by_role("heading", name="Nothing is left")).to_be_visible(timeout=CLOUD_MINUTES)

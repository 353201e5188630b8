"""Every template in both forms, as a person sees it who opens it: all there, nothing on top of another."""

from collections.abc import Iterator
from itertools import combinations
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser, Page, expect

from catalog.selectors import shipped_component_types, shipped_templates
from tests.browser.conftest import Product, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
FORMS = [(key, form) for key, template in shipped_templates().items() for form in template.forms()]
SLACK = 1.5  # pixels: borders that touch
SETTLED = """
() => {
  const places = [...document.querySelectorAll('.react-flow__node, .react-flow__edgelabel-renderer > *')]
    .map(one => { const at = one.getBoundingClientRect(); return [at.x, at.y]; });
  const now = JSON.stringify(places);
  const before = window.placesBefore;
  window.placesBefore = now;
  return places.length > 0 && before === now;
}"""
BOXES = """
(selector) => [...document.querySelectorAll(selector)].map(one => {
  const at = one.getBoundingClientRect();
  return [one.dataset.id ?? '', one.textContent, at.left, at.top, at.right, at.bottom];
})"""


class Box(NamedTuple):
    id: str
    text: str
    left: float
    top: float
    right: float
    bottom: float

    def covers(self, other: "Box") -> bool:
        return (
            min(self.right, other.right) - max(self.left, other.left) > SLACK
            and min(self.bottom, other.bottom) - max(self.top, other.top) > SLACK
        )

    def holds(self, other: "Box") -> bool:
        return (
            self.left <= other.left
            and self.top <= other.top
            and self.right >= other.right
            and self.bottom >= other.bottom
        )


@pytest.fixture(scope="module")
def desk(browser: Browser, product: Product) -> Iterator[Page]:
    """A screen on which each of them fits at full size, so that all labels are drawn."""
    context = browser.new_context(viewport={"width": 2500, "height": 1700}, reduced_motion="reduce")
    page = context.new_page()
    sign_in(page, product)
    yield page
    context.close()


@pytest.mark.parametrize(("key", "form"), FORMS, ids=[":".join(one) for one in FORMS])
def test_it_opens_with_nothing_on_top_of_anything_else(
    desk: Page, product: Product, key: str, form: str
) -> None:
    components = _open(desk, product, key, form)
    nodes = {box.id: box for box in _boxes(desk, ".react-flow__node")}
    labels = _boxes(desk, ".react-flow__edgelabel-renderer > *")
    types = shipped_component_types()
    cards = [box for id_, box in nodes.items() if not types[components[id_]["type"]].is_container]

    assert nodes.keys() == components.keys()
    parents = {id_: one["parent"] for id_, one in components.items() if "parent" in one}
    assert [(inner, outer) for inner, outer in parents.items() if not nodes[outer].holds(nodes[inner])] == []
    assert [
        (one.id, other.id)
        for one, other in combinations(nodes.values(), 2)
        if one.covers(other)
        and one.id not in _around(other.id, parents)
        and other.id not in _around(one.id, parents)
    ] == []
    assert [(one.text, other.text) for one, other in combinations(labels, 2) if one.covers(other)] == []
    assert [(label.text, card.id) for label in labels for card in cards if label.covers(card)] == []


def _open(page: Page, product: Product, key: str, form: str) -> dict[str, Any]:
    """Start a design of it and draw that; the components of its document."""
    cookies = page.context.cookies()
    token = next(one["value"] for one in cookies if one["name"] == "csrftoken")
    made = page.request.post(
        f"{product.address}/api/designs/",
        data={"name": f"{key} {form}", "template": key, "form": form},
        headers={"X-CSRFToken": token, "Referer": product.address},
    )
    assert made.ok, made.text()
    design = made.json()
    page.goto(f"{product.address}/designs/{design['id']}/draw")
    expect(page.locator(".react-flow__node").first).to_be_visible()
    page.wait_for_function(SETTLED, polling=150)
    components: dict[str, Any] = design["document"]["components"]
    return components


def _boxes(page: Page, selector: str) -> list[Box]:
    return [Box(*one) for one in page.evaluate(BOXES, selector)]


def _around(id_: str, parents: dict[str, str]) -> set[str]:
    """Everything that holds it, however far out."""
    outer: set[str] = set()
    while id_ in parents:
        id_ = parents[id_]
        outer.add(id_)
    return outer

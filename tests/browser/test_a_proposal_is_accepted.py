"""From a template to an accepted proposal, in two browsers: the seller's and the customer's.

What a person would need is counted: a pace for each click, each typed character and for reading. Five
minutes are promised.
"""

import io
import re
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Product

pytestmark = pytest.mark.browser
PATIENCE_MS = 60_000


@dataclass
class Person:
    """Does things at a person's pace, and counts the seconds that it would take."""

    seconds: float = 0

    def click(self, where: Locator) -> None:
        where.click(timeout=PATIENCE_MS)
        self.seconds += 3

    def write(self, where: Locator, text: str) -> None:
        where.fill(text, timeout=PATIENCE_MS)
        self.seconds += 2 + 0.25 * len(text)

    def read(self, seconds: float) -> None:
        self.seconds += seconds


def test_from_a_template_to_an_accepted_proposal(signed_in: Page, product: Product, browser: Browser) -> None:
    page, person = signed_in, Person()
    start_from_a_template(page, person)
    write_the_proposal(page, person)
    link = freeze_and_share(page, person)

    customer = browser.new_context(
        viewport={"width": 1440, "height": 900}, reduced_motion="reduce"
    ).new_page()
    accept(customer, person, link)

    page.reload()
    expect(page.get_by_text("Option A accepted")).to_be_visible()
    assert person.seconds <= 5 * 60
    follow_what_was_accepted(page)


def follow_what_was_accepted(page: Page) -> None:
    """From the editor to its page with a line for each of the bill, and back by the list of all proposals."""
    page.get_by_role("link", name="Deploy option A as accepted").click()
    expect(page.get_by_role("heading", name="Option A, as Ingrid Halden accepted it")).to_be_visible()
    lines = page.get_by_role("table").get_by_role("row")
    expect(lines.nth(1)).to_be_visible(timeout=PATIENCE_MS)
    every = lines.count()
    page.get_by_role("searchbox", name="Find a line, a key or an id").fill("balancer")
    expect(lines.nth(1)).to_contain_text(re.compile("balancer", re.IGNORECASE))
    assert 1 < lines.count() < every
    assert serious(page) == []
    page.goto(page.url.split("/designs/")[0] + "/proposals")
    expect(page.get_by_role("row", name=re.compile("Web shop.*Harbour & Pine.*Accepted"))).to_be_visible()
    assert serious(page) == []


def test_a_letterhead_is_kept_and_a_picture_with_a_program_in_it_is_no_logo(signed_in: Page) -> None:
    page = signed_in
    page.get_by_role("link", name="Proposals").click()
    page.get_by_role("link", name="Letterhead and texts").click()
    letterhead = page.get_by_role("region", name="Letterhead")
    logo = letterhead.locator("input[type=file]")
    program = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"

    logo.set_input_files({"name": "logo.png", "mimeType": "image/png", "buffer": program})
    expect(letterhead.get_by_role("alert")).to_contain_text("SVG can hold programs")

    logo.set_input_files({"name": "logo.png", "mimeType": "image/png", "buffer": a_logo()})
    expect(letterhead.get_by_role("button", name="Remove it")).to_be_visible()
    letterhead.get_by_role("textbox", name="Name").fill("<b>Nordlicht</b>")
    letterhead.get_by_role("button", name="Save the letterhead").click()
    expect(letterhead.get_by_text("Saved. New versions carry it.")).to_be_visible()
    page.reload()
    expect(letterhead.get_by_role("figure")).to_contain_text("<b>Nordlicht</b>")
    for width in (1440, 1024):
        page.set_viewport_size({"width": width, "height": 768})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            assert serious(page) == []


def a_logo() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (240, 80), "teal").save(out, "PNG")
    return out.getvalue()


def start_from_a_template(page: Page, person: Person) -> None:
    person.click(page.get_by_role("link", name="Templates"))
    person.click(page.get_by_role("link", name="Basic cloud"))
    dialog = page.get_by_role("dialog")
    person.write(dialog.get_by_role("textbox", name="Name", exact=True), "Web shop")
    person.click(dialog.get_by_role("button", name="Create design"))
    expect(page.get_by_role("navigation", name="Design")).to_be_visible()


def write_the_proposal(page: Page, person: Person) -> None:
    person.click(page.get_by_role("navigation", name="Design").get_by_role("link", name="Proposal"))
    person.click(page.get_by_role("button", name="New proposal"))
    paper = page.get_by_role("article")
    expect(paper.get_by_role("heading", name="Bill of quantities")).to_be_visible(timeout=PATIENCE_MS)
    add_the_customer(page, person)
    person.click(page.get_by_role("button", name="Begin with Stackdraft’s starter texts"))
    person.write(
        page.get_by_role("textbox", name="Summary"), "A web shop that one failing server does not stop."
    )
    person.click(page.get_by_role("button", name="Add a service"))
    person.write(page.get_by_role("textbox", name="Service 1"), "Setting up")
    person.write(page.get_by_role("textbox", name="Price a unit"), "2400")
    person.write(page.get_by_role("textbox", name="Your cost"), "1811.77")
    person.click(page.get_by_label("Paid once"))
    explain_what_is_in_the_way(page, person)
    expect(page.get_by_role("region", name="Price", exact=True).get_by_text("$2,400.00")).to_be_visible()
    person.read(30)


def add_the_customer(page: Page, person: Person) -> None:
    person.click(page.get_by_role("button", name="New customer"))
    dialog = page.get_by_role("dialog", name="New customer")
    expect(dialog.get_by_role("textbox", name="Name", exact=True)).to_be_focused()
    person.write(dialog.get_by_role("textbox", name="Name", exact=True), "Harbour & Pine")
    page.keyboard.press("Tab")
    page.keyboard.type("17.3")
    expect(dialog.get_by_role("textbox", name="Mark-up")).to_have_value("17.3")
    person.read(3)
    person.click(dialog.get_by_role("button", name="Create customer"))
    expect(page.get_by_role("combobox", name="Customer")).to_have_value("Harbour & Pine")


def explain_what_is_in_the_way(page: Page, person: Person) -> None:
    before = page.get_by_role("region", name="Before it is sent")
    fine = before.get_by_text("Nothing is in the way.")
    reasons = before.get_by_role("textbox")
    expect(before.get_by_text("It is for nobody yet")).to_be_hidden(timeout=PATIENCE_MS)
    for at in range(reasons.count()):
        if reasons.nth(at).input_value() == "":
            person.write(reasons.nth(at), "Within our support fee.")
    expect(fine).to_be_visible(timeout=PATIENCE_MS)


def freeze_and_share(page: Page, person: Person) -> str:
    person.click(page.get_by_role("button", name="Freeze version 1"))
    expect(page.get_by_role("button", name="Frozen as version 1")).to_be_visible(timeout=PATIENCE_MS)
    assert serious(page) == []
    person.click(page.get_by_role("button", name="Make a link"))
    link = page.get_by_role("button", name="the link")
    person.click(link)
    return link.inner_text().strip()


def accept(customer: Page, person: Person, link: str) -> None:
    bodies: list[bytes] = []
    customer.on("response", lambda answer: bodies.append(answer.body()) if "/api/" in answer.url else None)
    customer.goto(link)
    person.click(customer.get_by_role("radio", name=re.compile("Option A")))
    expect(customer.get_by_role("heading", name="Accept option A")).to_be_visible(timeout=PATIENCE_MS)
    person.read(60)
    assert serious(customer) == []
    person.write(customer.get_by_label("Your name"), "Ingrid Halden")
    person.write(customer.get_by_label("Role"), "Head of e-commerce")
    person.click(customer.get_by_label(re.compile("I accept the price")))
    person.click(customer.get_by_role("button", name=re.compile("^Accept for")))
    expect(customer.get_by_role("region", name="Accepted")).to_contain_text("Ingrid Halden accepted option A")
    for body in bodies:
        assert b"1811.77" not in body
        assert b"margin" not in body


def serious(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [one["id"] for one in found if one["impact"] in ("serious", "critical")]

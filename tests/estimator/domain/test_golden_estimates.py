"""What every template costs in every form, in its own book and both public ones, kept as files.

Two templates, one for Rackspace's way of building and one for OpenStack's, are kept in every shipped book.
"""

import json
from decimal import Decimal
from typing import Any

import pytest

from catalog.domain.templates import PUBLISHED
from catalog.selectors import component_types, get_price_book, get_template, shipped_price_books
from estimator.domain.estimates import estimate_design
from tests.shipped_templates import FORMS, GOLDEN, a_row_each, assert_golden, design_of, each_form, name_of

ESTIMATES = GOLDEN / "estimates"
# What others are computed from; the rest has tests of its own.
KEPT = (
    "price_book", "price_book_title", "price_book_version", "currency", "coverage", "totals", "line_items",
    "components", "categories",
)  # fmt: skip
BOOKS = {"outscale", "rackspace-public-cloud"}
IN_EVERY_BOOK = {"os-ecommerce-auto", "rax-webapp"}


def books_of(key: str, form: str) -> list[str]:
    if key in IN_EVERY_BOOK and form == PUBLISHED:
        return sorted(shipped_price_books())
    return sorted(BOOKS | {get_template(key).price_book})


PRICED = [(key, form, book) for key, form in FORMS for book in books_of(key, form)]


def file_name(key: str, form: str, book: str) -> str:
    return f"{name_of(key, form)}.{book}.json"


each_estimate = pytest.mark.parametrize(
    ("key", "form", "book"), PRICED, ids=[file_name(*one).removesuffix(".json") for one in PRICED]
)


def priced(key: str, form: str, book: str) -> dict[str, Any]:
    types = component_types()
    design = design_of(key, form)
    document = design.document()
    found = estimate_design(document, types, get_price_book(book)).to_json()
    return {name: found[name] for name in KEPT}


def in_rows(found: dict[str, Any]) -> str:
    """The JSON of an estimate with one line item a line, and the rest as it is."""
    marked = json.dumps({**found, "line_items": "ROWS"}, indent=2, ensure_ascii=False)
    return marked.replace('"ROWS"', a_row_each(found["line_items"], indent="  ")) + "\n"


@each_estimate
def test_a_template_costs_what_it_cost(key: str, form: str, book: str) -> None:
    assert_golden(ESTIMATES / file_name(key, form, book), in_rows(priced(key, form, book)))


def test_no_estimate_is_kept_of_a_template_that_is_gone() -> None:
    assert {file.name for file in ESTIMATES.iterdir()} == {file_name(*one) for one in PRICED}


def test_the_basic_cloud_s_web_server_costs_what_the_price_page_says() -> None:
    """General1-4 with Managed Infrastructure: 730 × (0.128 + 0.02)."""
    found = priced("rax-basic", "published", "rackspace-public-cloud")

    assert Decimal(found["components"]["web"]["monthly"]) == Decimal("108.04")
    assert Decimal(found["components"]["db"]["monthly"]) == Decimal("212.70")
    assert found["components"]["mon"] == {"monthly": None, "unpriced": 1}


@each_form
def test_every_line_belongs_to_the_graph_or_to_the_account(key: str, form: str) -> None:
    graph = design_of(key, form).graph()

    for line in priced(key, form, get_template(key).price_book)["line_items"]:
        assert line["key"] in graph.resources or line["key"].startswith("account/")

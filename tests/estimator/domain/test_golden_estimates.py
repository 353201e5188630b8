"""Estimates of both templates in both books, kept as files. `make golden` writes them anew."""

import json
import os
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from catalog.selectors import component_types, get_price_book, get_template
from designer.domain.expansion import expand
from designer.domain.parsing import parse_document
from estimator.domain.estimates import estimate, server_hours

GOLDEN = Path(__file__).parents[2] / "golden" / "estimates"
BOOKS = ["outscale", "rackspace-public-cloud"]
TEMPLATES = ["osc-net", "rax-basic"]


def priced(template: str, book: str) -> dict[str, Any]:
    types = component_types()
    document = parse_document(get_template(template).document, types)
    return estimate(
        expand(document, types),
        get_price_book(book),
        hours=server_hours(document.settings),
        categories={one.id: types[one.type].category for one in document.components.values()},
    ).to_json()


@pytest.mark.parametrize("book", BOOKS)
@pytest.mark.parametrize("template", TEMPLATES)
def test_a_template_costs_what_it_cost(template: str, book: str) -> None:
    path = GOLDEN / f"{template}.{book}.json"
    found = json.dumps(priced(template, book), indent=2, ensure_ascii=False) + "\n"
    if os.environ.get("GOLDEN") == "rewrite":
        path.write_text(found, encoding="utf-8")

    assert found == path.read_text(encoding="utf-8")


def test_the_basic_cloud_s_web_server_costs_what_the_price_page_says() -> None:
    """General1-4 with Managed Infrastructure: 730 × (0.128 + 0.02)."""
    found = priced("rax-basic", "rackspace-public-cloud")

    assert Decimal(found["components"]["web"]["monthly"]) == Decimal("108.04")
    assert Decimal(found["components"]["db"]["monthly"]) == Decimal("212.70")
    assert found["components"]["mon"] == {"monthly": None, "unpriced": 1}


@pytest.mark.parametrize("book", BOOKS)
@pytest.mark.parametrize("template", TEMPLATES)
def test_every_line_belongs_to_the_graph_or_to_the_account(template: str, book: str) -> None:
    types = component_types()
    graph = expand(parse_document(get_template(template).document, types), types)

    for line in priced(template, book)["line_items"]:
        assert line["key"] in graph.resources or line["key"].startswith("account/")

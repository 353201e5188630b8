"""Estimates of stored designs and templates, kept while neither the document nor the price book changes."""

from collections.abc import Sequence
from typing import Any

from django.core.cache import cache

from catalog.domain.money import ZERO, amount_text
from catalog.domain.templates import Template
from catalog.selectors import component_types, get_price_book
from designer.diagrams.costs import ACCOUNT, ComponentCost
from designer.models import Design
from designer.selectors import content_hash, design_document
from estimator.domain.estimates import Estimate, estimate_design

Totals = dict[str, Any]


def document_estimate(document: dict[str, Any], price_book: str) -> Estimate:
    """Raises: PriceBookNotFound."""
    book = get_price_book(price_book)
    key = f"estimate:{book.key}:{book.version}:{content_hash(document)}"
    found: Estimate | None = cache.get(key)
    if found is None:
        parsed = design_document(document)
        types = component_types()
        found = estimate_design(parsed, types, book)
        cache.set(key, found)
    return found


def design_totals(designs: Sequence[Design]) -> dict[Any, Totals]:
    """A column of the list of designs: the monthly total of each."""
    return {design.id: _totals(design.document, design.price_book) for design in designs}


def template_totals(templates: Sequence[Template]) -> dict[str, Totals]:
    """A column of the list of templates, each priced with its own book."""
    return {template.key: _totals(template.document, template.price_book) for template in templates}


def component_costs(document: dict[str, Any], price_book: str) -> dict[str, ComponentCost]:
    """What each component costs a month, for diagrams. What belongs to none is the account's.

    Raises: PriceBookNotFound.
    """
    found = document_estimate(document, price_book)
    costs = {
        key: ComponentCost(one.monthly, found.currency, one.unpriced) for key, one in found.components.items()
    }
    own = [line.monthly for line in found.line_items if not line.component]
    if own:
        known = [monthly for monthly in own if monthly is not None]
        costs[ACCOUNT] = ComponentCost(
            sum(known, ZERO) if known else None, found.currency, len(own) - len(known)
        )
    return costs


def _totals(document: dict[str, Any], price_book: str) -> Totals:
    found = document_estimate(document, price_book)
    # A design of which nothing has a price costs something unknown, not 0.00.
    is_known = len(found.unpriced) < len(found.line_items) or not found.line_items
    return {
        "price_book": price_book,
        "currency": found.currency,
        "amount": amount_text(found.totals.monthly) if is_known else None,
        "coverage": str(found.coverage),
    }

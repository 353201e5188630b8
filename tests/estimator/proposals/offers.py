"""Proposals of templates, as tests need them."""

from datetime import date
from decimal import Decimal
from typing import Any

from catalog.selectors import component_types, get_price_book, get_template
from designer.diagrams.render import render_diagram
from designer.domain.document import DesignDocument
from designer.domain.expansion import expand
from designer.domain.parsing import parse_document
from designer.domain.rules import review
from estimator.domain.assumptions import TaxRule
from estimator.domain.commercial_terms import CommercialTerms
from estimator.domain.discounts import Discount, Markup
from estimator.domain.estimates import Estimate, estimate_design
from estimator.domain.proposals.drafts import Buyer, Clause, Draft, Extra, Option, Picture, Seller

DAY = date(2026, 12, 4)
SETTING_UP = Extra("Setting up", Decimal(1), "project", Decimal(2400), True, unit_cost=Decimal(1811))
SUPPORT = Extra("Support", Decimal(1), "month", Decimal(180), False, unit_cost=Decimal("111.11"))
TERMS = CommercialTerms(
    customer="Harbour & Pine",
    markup=Markup(Decimal("17.3")),
    discounts=(Discount(Decimal(5), order=1, label="Loyalty, 5%"),),
    tax=TaxRule(name="VAT", rate_percent=Decimal(19)),
)


def drawn(key: str) -> DesignDocument:
    return parse_document(get_template(key).document, component_types())


def an_estimate(key: str = "rax-webapp", book: str = "outscale", terms: CommercialTerms = TERMS) -> Estimate:
    return estimate_design(drawn(key), component_types(), get_price_book(book), terms=terms)


def an_option(
    letter: str = "A",
    document: DesignDocument | None = None,
    *,
    book: str = "outscale",
    terms: CommercialTerms = TERMS,
    extras: tuple[Extra, ...] = (SETTING_UP, SUPPORT),
    **said: Any,
) -> Option:
    document, types = document or drawn("rax-basic"), component_types()
    facts: dict[str, Any] = {
        "name": "As drawn",
        "intro": "Two servers.",
        "design": "Shop",
        "revision": 3,
        "revision_hash": "c0ffee",
        "findings": tuple(review(document, expand(document, types), types)),
    }
    return Option(
        letter=letter,
        document=document,
        estimate=estimate_design(document, types, get_price_book(book), terms=terms),
        extras=extras,
        picture=Picture(
            render_diagram(document, types, with_notes=False).decode(),
            render_diagram(document, types, file_format="txt").decode(),
            "full",
        ),
        **{**facts, **said},
    )


def a_draft(**said: Any) -> Draft:
    facts: dict[str, Any] = {
        "number": "P-0007",
        "title": "Shop platform",
        "seller": Seller("Nordlicht Cloud", "Jonas Weber", "Hafenstraße 1\nHamburg", "#0b7fc7"),
        "buyer": Buyer("Harbour & Pine", "Mira Okafor"),
        "day": DAY,
        "valid_until": date(2027, 1, 31),
        "term_months": 36,
        "summary": "A platform for the shop.\n\nIt grows on its own.",
        "benefits": (Clause("Ready for peaks", "Tiers grow."),),
        "terms": (Clause("Payment", "Within 30 days."),),
        "reasons": {},
        "accepted": {},
    }
    return Draft(**{**facts, **said})

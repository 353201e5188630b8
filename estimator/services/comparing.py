"""Designs side by side: with several price books, as variants of one another, then and now."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from catalog.domain.money import amount_text
from catalog.selectors import component_types, get_price_book, price_books
from designer.models import Design
from designer.selectors import design_document
from designer.services.revisions import CURRENT, get_document
from designer.services.variants import FIRST
from estimator.domain.comparison import Comparison, compare
from estimator.domain.differences import Differences, find_differences
from estimator.domain.estimates import Estimate
from estimator.domain.suggestions import Suggestion, suggest
from estimator.errors import TooManyPriceBooks
from estimator.models import Customer
from estimator.selectors import currency_rates, document_estimate, terms_in_currency

BOOKS_AT_MOST = 40


def compare_books(
    design: Design,
    references: Sequence[str],
    *,
    user: User,
    currency: str = "",
    customer: Customer | None = None,
) -> Comparison:
    """The design with each of the books. Without any it is all of them, the design's own first.

    With a customer each total is what that customer pays, compared in the customer's currency.

    Raises: PriceBookNotFound, TooManyPriceBooks.
    """
    references = _checked(references) or _own_first(design)
    document = design_document(design.document)
    return compare(
        [_estimated(design, reference, customer) for reference in references],
        labels={id_: component.label for id_, component in document.components.items()},
        currency=currency or (customer.currency if customer else ""),
        rates=currency_rates(user),
        today=timezone.localdate(),
    )


def _estimated(design: Design, reference: str, customer: Customer | None) -> Estimate:
    terms = terms_in_currency(customer, get_price_book(reference).currency)
    return document_estimate(design.document, reference, terms=terms)


def differences_of(design: Design, *, start: str, end: str = CURRENT, price_book: str = "") -> Differences:
    """What leads from one revision, or the design as it is, to another, both with today's prices.

    Raises: RevisionNotFound, PriceBookNotFound.
    """
    before, after = get_document(design, start), get_document(design, end)
    book = price_book or design.price_book
    return find_differences(
        document_estimate(before, book),
        document_estimate(after, book),
        documents=(design_document(before), design_document(after)),
    )


def suggestions_for(design: Design, *, user: User, price_book: str = "") -> list[Suggestion]:
    """With the prices and rates of today. Raises: PriceBookNotFound."""
    today = timezone.localdate()
    return suggest(
        design.document,
        component_types(),
        get_price_book(price_book or design.price_book).on(today.isoformat()),
        other_books=[book.on(today.isoformat()) for book in price_books().values()],
        rates=currency_rates(user),
        today=today,
    )


# --- Variants ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Priced:
    """A variant with one book. `difference` is to the first variant's monthly total, with the same book."""

    estimate: Estimate
    difference: Decimal

    def to_json(self) -> dict[str, Any]:
        return {
            "price_book": self.estimate.price_book,
            "price_book_title": self.estimate.price_book_title,
            "currency": self.estimate.currency,
            "totals": self.estimate.totals.to_json(),
            "coverage": str(self.estimate.coverage),
            "unpriced": len(self.estimate.unpriced),
            "difference_monthly": amount_text(self.difference),
            "components": {key: one.to_json() for key, one in self.estimate.components.items()},
        }


@dataclass(frozen=True)
class Variant:
    """`differences` lead from the first variant to this one, with the first book; None for the first."""

    design: Design
    label: str
    prices: tuple[Priced, ...]
    differences: Differences | None

    def to_json(self) -> dict[str, Any]:
        return {
            "id": str(self.design.id),
            "label": self.label,
            "name": self.design.name,
            "version": self.design.version,
            "updated_at": self.design.updated_at,
            "component_count": len(self.design.document["components"]),
            "component_labels": {
                id_: component.label
                for id_, component in design_document(self.design.document).components.items()
            },
            "prices": [one.to_json() for one in self.prices],
            "differences": None if self.differences is None else self.differences.to_json(),
        }


def compare_variants(
    design: Design, references: Sequence[str], *, user: User, customer: Customer | None = None
) -> list[Variant]:
    """The whole group of a design, the one that the others began from first.

    Without books it is the design's own. With a customer the totals are what that customer pays.

    Raises: PriceBookNotFound, TooManyPriceBooks.
    """
    references = _checked(references) or [design.price_book]
    first, *others = _group(design, user)
    base = [_estimated(first, reference, customer) for reference in references]
    found = [_variant(first, base, base, None)]
    before = design_document(first.document)
    for other in others:
        own = [_estimated(other, reference, customer) for reference in references]
        documents = (before, design_document(other.document))
        found.append(_variant(other, own, base, find_differences(base[0], own[0], documents=documents)))
    return found


def _group(design: Design, user: User) -> list[Design]:
    root_id = design.variant_of_id or design.id
    mine = Design.objects.visible_to(user)
    group = mine.filter(id=root_id) | mine.filter(variant_of=root_id)
    return sorted(group, key=lambda one: (one.id != root_id, one.created_at))


def _variant(
    design: Design, own: Sequence[Estimate], base: Sequence[Estimate], differences: Differences | None
) -> Variant:
    prices = tuple(
        Priced(estimate, estimate.totals.monthly - first.totals.monthly)
        for estimate, first in zip(own, base, strict=True)
    )
    return Variant(design, design.label or FIRST, prices, differences)


def _own_first(design: Design) -> list[str]:
    """The design may stay with an older version of a book; that one is its own then."""
    own_key = design.price_book.partition("@")[0]
    return [design.price_book, *(key for key in price_books() if key != own_key)]


def _checked(references: Sequence[str]) -> list[str]:
    """Each once. Raises: PriceBookNotFound, TooManyPriceBooks."""
    once = list(dict.fromkeys(references))
    if len(once) > BOOKS_AT_MOST:
        raise TooManyPriceBooks(BOOKS_AT_MOST)
    for reference in once:
        get_price_book(reference)
    return once

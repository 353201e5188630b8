"""Resource graph + price book -> estimate. Pure, and linear in the number of resources."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from catalog.domain.money import amount_text
from catalog.domain.price_books import PriceBook
from designer.domain.resources import ResourceGraph
from estimator.domain.line_items import LineItem
from estimator.domain.metering import Surroundings, meter
from estimator.domain.pricing import Pricing
from estimator.domain.totals import (
    ComponentTotal,
    Totals,
    by_category,
    by_component,
    coverage,
    minimum_lines,
    total,
)


@dataclass(frozen=True)
class Estimate:
    """Lines of one component stand together, in the order of the graph; what is nobody's comes last."""

    price_book: str
    price_book_title: str
    price_book_version: int
    currency: str
    coverage: Decimal
    totals: Totals
    line_items: tuple[LineItem, ...]
    components: Mapping[str, ComponentTotal] = field(default_factory=dict)
    categories: Mapping[str, Decimal] = field(default_factory=dict)

    @property
    def unpriced(self) -> tuple[LineItem, ...]:
        return tuple(line for line in self.line_items if not line.is_priced)

    def to_json(self) -> dict[str, Any]:
        return {
            "price_book": self.price_book,
            "price_book_title": self.price_book_title,
            "price_book_version": self.price_book_version,
            "currency": self.currency,
            "coverage": str(self.coverage),
            "totals": self.totals.to_json(),
            "line_items": [line.to_json() for line in self.line_items],
            "components": {key: one.to_json() for key, one in self.components.items()},
            "categories": {key: amount_text(amount) for key, amount in self.categories.items()},
        }


def estimate(
    graph: ResourceGraph,
    book: PriceBook,
    *,
    hours: Decimal | None = None,
    categories: Mapping[str, str] | None = None,
) -> Estimate:
    """Price everything in the graph.

    `hours`: how long servers run in a month, if not all of it. What is stored or reserved is there all month.
    `categories`: component id -> category, for the sums by category.
    """
    pricing = Pricing(book, server_hours=book.month_hours if hours is None else hours)
    around = Surroundings.of(graph)
    by_owner: dict[str, list[LineItem]] = {}
    for resource in graph:
        for usage in meter(resource, around):
            lines = by_owner.setdefault(resource.component, [])
            lines.extend(pricing.lines(resource, usage))
    items = [line for lines in by_owner.values() for line in lines]
    items += minimum_lines(book, items)
    return Estimate(
        price_book=book.key,
        price_book_title=book.title,
        price_book_version=book.version,
        currency=book.currency,
        coverage=coverage(items),
        totals=total(book, items, hours=book.month_hours),
        line_items=tuple(items),
        components=by_component(items),
        categories=by_category(items, categories or {}),
    )


def server_hours(settings: Mapping[str, Any]) -> Decimal | None:
    """How long servers run in a month, where a document's settings say it. Checked when they were written."""
    hours = settings.get("hours_per_month")
    return None if hours is None else Decimal(str(hours))

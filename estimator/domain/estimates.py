"""Resource graph + price book -> estimate. Pure, and linear in the number of resources."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from catalog.domain.component_specs import ComponentType
from catalog.domain.money import ZERO, amount_text, plain_text
from catalog.domain.price_books import PriceBook
from designer.domain.document import DesignDocument
from designer.domain.expansion import expand
from designer.domain.resources import ResourceGraph
from estimator.domain.assumptions import Assumptions, Profile
from estimator.domain.book_facts import BookFacts
from estimator.domain.commercial_terms import LIST_TERMS, CommercialTerms, Taxed, tax_on, tax_sentence
from estimator.domain.currencies import Rate
from estimator.domain.customer_view import CustomerEstimate, customer_estimate
from estimator.domain.discounts import Markup, Settled, Settling, to_cents
from estimator.domain.forecast import Forecast
from estimator.domain.grouping import Groups, Places, group_lines, places_of
from estimator.domain.growth import TERMS
from estimator.domain.line_items import LineItem
from estimator.domain.metering import Surroundings, meter
from estimator.domain.periods import RANGED_MONTHS, MonthRange, Periods, RangedMonth
from estimator.domain.totals import (
    ComponentTotal,
    Doubt,
    Totals,
    by_category,
    by_component,
    coverage,
    worst_source,
)


@dataclass(frozen=True)
class Estimate:
    """Lines, components, categories and groups hold the book's amounts; `settled` leads from their sum to
    what is charged: `totals`, `periods`, `range`. All are in `currency`, converted by `rate` if there is one.
    """

    book: BookFacts
    currency: str
    coverage: Decimal
    totals: Totals
    line_items: tuple[LineItem, ...]
    components: Mapping[str, ComponentTotal]
    categories: Mapping[str, Decimal]
    periods: Periods
    range: MonthRange
    ranged_months: tuple[RangedMonth, ...]  # only where use may differ and grows
    groups: Groups
    places: Places
    settled: Settled
    markup: Markup
    tax: Taxed | None
    doubt: Doubt | None
    assumptions: tuple[str, ...]
    profile: Profile
    purchase: str
    due_at_start: Decimal = ZERO  # of the book's monthly amounts, what a commitment has paid in advance
    rate: Rate | None = None
    customer: str = ""

    @property
    def price_book(self) -> str:
        return self.book.key

    @property
    def price_book_title(self) -> str:
        return self.book.title

    @property
    def price_book_version(self) -> int:
        return self.book.version

    @property
    def unpriced(self) -> tuple[LineItem, ...]:
        return tuple(line for line in self.line_items if not line.is_priced)

    def for_customer(self) -> CustomerEstimate:
        """What the customer may see: the prices offered, never cost, mark-up or margin."""
        return customer_estimate(self)

    def to_json(self) -> dict[str, Any]:
        settled = self.settled
        return {
            "price_book": self.price_book,
            "price_book_title": self.price_book_title,
            "price_book_version": self.price_book_version,
            "currency": self.currency,
            "coverage": str(self.coverage),
            "totals": self.totals.to_json(),
            "periods": self.periods.to_json(),
            "months": [amount_text(amount) for amount in self.periods.months],
            "range": self.range.to_json(),
            "ranged_months": [one.to_json() for one in self.ranged_months],
            "line_items": [line.to_json() for line in self.line_items],
            "components": {key: one.to_json() for key, one in self.components.items()},
            "categories": {key: amount_text(amount) for key, amount in self.categories.items()},
            "groups": {
                by: {key: one.to_json() for key, one in members.items()}
                for by, members in self.groups.items()
            },
            "list": settled.list.to_json(),
            "markup": {"percent": plain_text(self.markup.percent), **settled.markup.to_json()},
            "discounts": [taken.to_json() for taken in settled.discounts],
            "tax": None if self.tax is None else self.tax.to_json(),
            "doubt": None if self.doubt is None else self.doubt.to_json(),
            "assumptions": list(self.assumptions),
            "profile": self.profile.value,
            "purchase": self.purchase,
            "due_at_start": amount_text(self.due_at_start),
            "rate": None if self.rate is None else self.rate.to_json(),
            "customer": self.customer or None,
            "book": self.book.to_json(),
        }


def estimate(
    graph: ResourceGraph,
    book: PriceBook,
    *,
    assumptions: Assumptions | None = None,
    terms: CommercialTerms = LIST_TERMS,
    places: Places | None = None,
    region: str = "",
) -> Estimate:
    """Price everything in the graph. `places` name its components; `region` is that of the design."""
    assumptions, places = assumptions or Assumptions(), places or {}
    around = Surroundings.of(graph)
    drawn = [(resource, usage) for resource in graph for usage in meter(resource, around)]

    settling = Settling(
        round_list=to_cents if terms.rate else book.rounding.of_total,
        factor=terms.factor,
        markup=terms.markup,
        discounts=terms.discounts,
        places=places,
    )
    forecast = Forecast(book, drawn, assumptions, settling)
    priced = forecast.lines(assumptions.profile)
    settled = settling.settle(settling.weigh(priced))
    lines = priced if terms.rate is None else [line.times(terms.factor) for line in priced]
    tax = terms.tax or assumptions.tax
    totals = Totals.of(settled.net, hours=book.month_hours)
    return Estimate(
        book=BookFacts.of(book),
        currency=terms.rate.target if terms.rate else book.currency,
        coverage=coverage(lines),
        totals=totals,
        line_items=tuple(lines),
        components=by_component(lines),
        categories=by_category(lines, {key: place.category for key, place in places.items()}),
        periods=Periods.of(totals, book.month_hours, _months(forecast, totals.monthly)),
        range=_range(forecast, totals.monthly, assumptions.profile),
        ranged_months=tuple(_ranged_months(forecast)),
        groups=group_lines(lines, places, region=region),
        places=places,
        settled=settled,
        markup=terms.markup,
        tax=tax_on(settled.net, tax, book.tax),
        doubt=worst_source(lines),
        assumptions=(
            *assumptions.sentences({key: place.label for key, place in places.items()}),
            *((f"Converted at {terms.rate}.",) if terms.rate else ()),
            tax_sentence(tax, book.tax, book.title),
        ),
        profile=assumptions.profile,
        purchase=str(assumptions.purchase),
        due_at_start=sum((line.due_at_start for line in lines), ZERO),
        rate=terms.rate,
        customer=terms.customer,
    )


def estimate_design(
    document: DesignDocument,
    types: Mapping[str, ComponentType],
    book: PriceBook,
    *,
    assumptions: Assumptions | None = None,
    terms: CommercialTerms = LIST_TERMS,
) -> Estimate:
    """A whole design with what it says about its use, or with other `assumptions`."""
    return estimate(
        expand(document, types),
        book,
        assumptions=assumptions or Assumptions.of(document),
        terms=terms,
        places=places_of(document, types),
        region=str(document.settings.get("region", "")),
    )


def _months(forecast: Forecast, first: Decimal) -> list[Decimal]:
    later = (forecast.grown(month) for month in range(1, max(TERMS)))
    return [first, *(first if grown is None else grown for grown in later)]


def _range(forecast: Forecast, monthly: Decimal, profile: Profile) -> MonthRange:
    found = {one: monthly if one is profile else forecast.monthly(one) for one in Profile}
    low, expected, high = (monthly if amount is None else amount for amount in found.values())
    return MonthRange(low, expected, high)


def _ranged_months(forecast: Forecast) -> Iterator[RangedMonth]:
    """Each priced with its own growth: tiers and free quantities make the range no constant share."""
    for month in RANGED_MONTHS:
        low, high = (forecast.grown_at(profile, month - 1) for profile in (Profile.LOW, Profile.HIGH))
        if low is not None and high is not None:
            yield RangedMonth(month, low, high)

"""One design with the prices of several books, side by side.

A total is called cheaper only where it is a total of the same things: a book that lacks prices which another
one has gets no rank, and says what it lacks. What two books both price is compared component by component.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import Any

from catalog.domain.money import CENT, ZERO, amount_text, money_for_people, plain_text
from catalog.domain.price_books import TaxKind
from estimator.domain.currencies import Rate, RateMissing, RateOutdated, find_rate
from estimator.domain.estimates import Estimate
from estimator.domain.fits import Fit, FitKind
from estimator.domain.line_items import LineItem
from estimator.domain.reasons import service_name

ACCOUNT = ""  # lines that belong to no component: minimum charges, percentages
NAMED_AT_MOST = 3
_TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Cell:
    """One component in one book. `monthly` is None when nothing of it has a price.

    `gaps` are the services of it that have none: a server may have a price and its snapshots not.
    """

    component: str
    label: str
    match: str | None
    fit: Fit
    monthly: Decimal | None
    unpriced: int
    gaps: frozenset[str]

    def to_json(self) -> dict[str, Any]:
        return {
            "component": self.component,
            "label": self.label,
            "match": self.match,
            "fit": self.fit.to_json(),
            "monthly": None if self.monthly is None else amount_text(self.monthly),
            "unpriced": self.unpriced,
        }


@dataclass(frozen=True)
class LikeForLike:
    """This book beside the first one, over the components of which both price the same, without tax."""

    components: int
    monthly: Decimal
    first_monthly: Decimal

    @property
    def difference(self) -> Decimal:
        return self.monthly - self.first_monthly

    @property
    def percent(self) -> Decimal | None:
        if not self.first_monthly:
            return None
        return (self.difference / self.first_monthly * 100).quantize(_TENTH, ROUND_HALF_UP)

    def to_json(self) -> dict[str, Any]:
        return {
            "components": self.components,
            "monthly": amount_text(self.monthly),
            "first_monthly": amount_text(self.first_monthly),
            "difference": amount_text(self.difference),
            "percent": None if self.percent is None else plain_text(self.percent),
        }


@dataclass(frozen=True)
class Basket:
    """How this book stands over the components that at least half of the books price, without tax.

    Of books that price all of these, so that a rank is one among equals even where an odd item has a price
    in a single book. What a customer's terms add or take is not in it.
    """

    rank: int
    of: int
    components: int
    monthly: Decimal
    left_out: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        return {
            "rank": self.rank,
            "of": self.of,
            "components": self.components,
            "monthly": amount_text(self.monthly.quantize(CENT, ROUND_HALF_UP)),
            "left_out": list(self.left_out),
        }


@dataclass(frozen=True)
class Column:
    """One book. `factor` leads from its amounts to such without tax in the comparison's currency; None where
    no rate does. `rank` 1 is the cheapest of those that price all that any of the books prices."""

    estimate: Estimate
    cells: tuple[Cell, ...]
    factor: Decimal | None
    rate: Rate | None = None
    rank: int | None = None
    like_for_like: LikeForLike | None = None
    basket: Basket | None = None
    remarks: tuple[str, ...] = ()

    @cached_property
    def gaps(self) -> frozenset[tuple[str, str]]:
        """(component, service) that have no price here."""
        return frozenset((cell.component, service) for cell in self.cells for service in cell.gaps)

    @property
    def comparable(self) -> Decimal | None:
        return None if self.factor is None else self.estimate.totals.monthly * self.factor

    def to_json(self, currency: str) -> dict[str, Any]:
        estimate = self.estimate
        return {
            "book": estimate.book.to_json(),
            "currency": estimate.currency,
            "totals": estimate.totals.to_json(),
            "coverage": str(estimate.coverage),
            "unpriced": len(estimate.unpriced),
            "doubt": None if estimate.doubt is None else estimate.doubt.to_json(),
            "comparable": None
            if self.comparable is None
            else {
                "monthly": amount_text(self.comparable.quantize(CENT, ROUND_HALF_UP)),
                "currency": currency,
                "rate": None if self.rate is None else self.rate.to_json(),
            },
            "rank": self.rank,
            "basket": None if self.basket is None else self.basket.to_json(),
            "customer": self.estimate.customer or None,
            "like_for_like": None if self.like_for_like is None else self.like_for_like.to_json(),
            "remarks": list(self.remarks),
            "rows": [cell.to_json() for cell in self.cells],
        }


@dataclass(frozen=True)
class Comparison:
    """`currency` is what amounts of different books are compared in; each total stays in its book's own."""

    currency: str
    columns: tuple[Column, ...]

    @property
    def cheapest(self) -> Column | None:
        return next((column for column in self.columns if column.rank == 1), None)

    def to_json(self) -> list[dict[str, Any]]:
        return [column.to_json(self.currency) for column in self.columns]


def compare(
    estimates: Sequence[Estimate],
    *,
    labels: Mapping[str, str],
    currency: str = "",
    rates: Sequence[Rate] = (),
    today: date,
) -> Comparison:
    """`labels`: component id -> name, in the order of the rows. Without a currency it is the first book's."""
    if not estimates:
        return Comparison(currency, ())
    currency = currency or estimates[0].currency
    lines = [_by_component(estimate) for estimate in estimates]
    shown = [id_ for id_ in labels if any(id_ in those for those in lines)]
    if any(ACCOUNT in those for those in lines):
        shown.append(ACCOUNT)
    names = {**labels, ACCOUNT: "For the account as a whole"}
    columns = []
    for estimate, those in zip(estimates, lines, strict=True):
        factor, rate = _factor(estimate, currency, rates, today)
        cells = tuple(_cell(id_, names[id_], those[id_]) for id_ in shown if id_ in those)
        columns.append(Column(estimate, cells, factor, rate))
    return Comparison(currency, _judged(columns, names, currency))


def _by_component(estimate: Estimate) -> dict[str, list[LineItem]]:
    found: dict[str, list[LineItem]] = defaultdict(list)
    for line in estimate.line_items:
        found[line.component].append(line)
    return found


def _cell(component: str, label: str, lines: Sequence[LineItem]) -> Cell:
    return Cell(
        component=component,
        label=label,
        match=_matches_of(lines),
        fit=_fit_of(lines),
        monthly=_monthly_of(lines),
        unpriced=sum(not line.is_priced for line in lines),
        gaps=frozenset(line.service for line in lines if not line.is_priced),
    )


def _fit_of(lines: Iterable[LineItem]) -> Fit:
    """Of one component: the worst of its lines, and of equal ones the first."""
    return max((_fit(line) for line in lines), key=lambda fit: list(FitKind).index(fit.kind))


def _fit(line: LineItem) -> Fit:
    if line.fit is not None:
        return line.fit
    return Fit(FitKind.AS_ASKED) if line.is_priced else Fit(FitKind.NO_PRICE, line.assumption)


def _matches_of(lines: Iterable[LineItem]) -> str | None:
    """The flavors of one component, each once."""
    return " · ".join(dict.fromkeys(line.match for line in lines if line.match)) or None


def _monthly_of(lines: Iterable[LineItem]) -> Decimal | None:
    """None when nothing of them has a price: unknown is never zero."""
    known = [line.monthly for line in lines if line.monthly is not None]
    return sum(known, ZERO) if known else None


def _factor(
    estimate: Estimate, currency: str, rates: Sequence[Rate], today: date
) -> tuple[Decimal | None, Rate | None]:
    """What makes amounts of this book comparable: its tax out, its currency changed."""
    tax = estimate.book.tax
    net = 1 / (1 + tax.rate) if tax.kind is TaxKind.GROSS and tax.rate else Decimal(1)
    if estimate.currency == currency:
        return net, None
    try:
        rate = find_rate(rates, estimate.currency, currency, today=today)
    except (RateMissing, RateOutdated):
        return None, None
    return (net if rate is None else rate.of(net)), rate


def _judged(columns: Sequence[Column], names: Mapping[str, str], currency: str) -> tuple[Column, ...]:
    """The same columns with their rank, their likeness to the first, and what has to be said about them."""
    everywhere = frozenset[tuple[str, str]].intersection(*(column.gaps for column in columns))
    ranked = sorted(
        {
            column.comparable
            for column in columns
            if column.gaps == everywhere and column.comparable is not None and _has_prices(column)
        }
    )
    baskets = _baskets(columns, everywhere, names)
    judged = []
    for column, basket in zip(columns, baskets, strict=True):
        lacking = _lacking(column, column.gaps - everywhere, names)
        rank = None
        if not lacking and column.comparable is not None and _has_prices(column):
            rank = ranked.index(column.comparable) + 1
        likeness = _like_for_like(column, columns[0]) if column is not columns[0] else None
        remarks = tuple(_remarks(column, lacking, currency))
        judged.append(replace(column, rank=rank, like_for_like=likeness, basket=basket, remarks=remarks))
    return tuple(judged)


def _baskets(
    columns: Sequence[Column], everywhere: frozenset[tuple[str, str]], names: Mapping[str, str]
) -> list[Basket | None]:
    """None for a book that lacks something of the basket, or whose currency no rate changes."""
    prices = [_complete_prices(column, everywhere) for column in columns]
    asked = list(dict.fromkeys(cell.component for column in columns for cell in column.cells))
    books = sum(1 for those in prices if those)
    basket = [id_ for id_ in asked if id_ and 2 * sum(id_ in those for those in prices) >= books > 0]
    sums = [
        sum((those[id_] for id_ in basket), ZERO) if basket and those.keys() >= set(basket) else None
        for those in prices
    ]
    ranked = sorted(amount for amount in sums if amount is not None)
    left_out = tuple(names[id_] for id_ in asked if id_ and id_ not in basket)
    return [
        None if one is None else Basket(ranked.index(one) + 1, len(ranked), len(basket), one, left_out)
        for one in sums
    ]


def _complete_prices(column: Column, everywhere: frozenset[tuple[str, str]]) -> dict[str, Decimal]:
    """What each component costs, of those that have all the prices that any book has for them."""
    if column.factor is None:
        return {}
    return {
        cell.component: cell.monthly * column.factor
        for cell in column.cells
        if cell.monthly is not None and all((cell.component, service) in everywhere for service in cell.gaps)
    }


def _has_prices(column: Column) -> bool:
    """An empty design costs nothing for sure; one without a single price costs something unknown."""
    return not column.cells or any(cell.monthly is not None for cell in column.cells)


def _like_for_like(column: Column, first: Column) -> LikeForLike | None:
    if column.factor is None or first.factor is None:
        return None
    there = {cell.component: cell for cell in first.cells}
    both = [
        (here.monthly, other.monthly)
        for here in column.cells
        if (other := there.get(here.component))
        and here.component != ACCOUNT
        and here.gaps == other.gaps
        and here.monthly is not None
        and other.monthly is not None
    ]
    if not both:
        return None
    return LikeForLike(
        len(both),
        sum((here for here, _ in both), ZERO) * column.factor,
        sum((other for _, other in both), ZERO) * first.factor,
    )


def _lacking(column: Column, gaps: Collection[tuple[str, str]], names: Mapping[str, str]) -> list[str]:
    """`Web servers`; `snapshots of Web servers` where the rest of the component has a price."""
    found = []
    for cell in column.cells:
        services = sorted(service for component, service in gaps if component == cell.component)
        if services and cell.monthly is None:
            found.append(names[cell.component])
        else:
            found += [f"{service_name(service)} of {names[cell.component]}" for service in services]
    return found


def _remarks(column: Column, lacking: Sequence[str], currency: str) -> list[str]:
    """What a reader must know before calling this book cheaper or dearer."""
    found = []
    if customer := column.estimate.customer:
        found.append(
            f"The total is what {customer} pays: mark-up and discounts are in it. Rows, and what both price, "
            "are list prices."
        )
    if lacking:
        found.append(
            f"No price for {_named(lacking)}, which another of these books has: its total is no total of the "
            "same things."
        )
    tax, own = column.estimate.book.tax, column.estimate.currency
    if tax.kind is TaxKind.GROSS and tax.rate:
        percent = plain_text((tax.rate * 100).normalize())
        found.append(f"Its prices include {percent}% tax, which is taken out for the comparison.")
    elif tax.kind is TaxKind.GROSS:
        found.append(
            "Its prices include tax at a rate that the book doesn't state, so they read too high here."
        )
    elif tax.kind is TaxKind.UNSTATED:
        found.append("The source doesn't say whether tax is included. It is compared as if it were not.")
    if column.comparable is None:
        found.append(
            f"Its amounts are in {own}, and no current rate to {currency} is known: they can't be compared."
        )
    elif column.rate is not None:
        total = money_for_people(column.comparable, currency)
        found.append(f"{total} a month in {currency}, at {column.rate}.")
    doubt = column.estimate.doubt
    if doubt is not None and doubt.kind == "secondary":
        lines = "1 line rests" if doubt.lines == 1 else f"{doubt.lines} lines rest"
        found.append(f"{lines} on a third party that nobody corroborated. Read the source before quoting.")
    return found


def _named(names: Sequence[str]) -> str:
    if len(names) == 1:
        return names[0]
    if len(names) <= NAMED_AT_MOST:
        return f"{', '.join(names[:-1])} and {names[-1]}"
    return f"{', '.join(names[:NAMED_AT_MOST])} and {len(names) - NAMED_AT_MOST} more"

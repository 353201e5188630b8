"""An estimate as rows, the same for CSV and for workbooks, for its owner and for the customer."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from catalog.domain.money import Rounding, plain_text
from estimator.domain.commercial_terms import Taxed
from estimator.domain.currencies import Rate
from estimator.domain.customer_view import CustomerEstimate
from estimator.domain.discounts import Discount, Pair, Taken
from estimator.domain.estimates import Estimate
from estimator.domain.grouping import Place
from estimator.domain.periods import Periods
from estimator.domain.totals import Totals

# A cell that begins like this is run as a formula by spreadsheet programs that take text for input.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def runs_as_formula(text: str) -> bool:
    """Labels are anybody's, and `=HYPERLINK(…)` is a label."""
    return text.lstrip(" \u00a0\ufeff").startswith(_FORMULA_STARTS) or text.startswith(("\t", "\r", "\n"))


@dataclass(frozen=True)
class Row:
    """One line. `listed` is its price in the book's currency, `monthly` and `one_time` are in the sheet's."""

    component: str
    resource: str
    description: str
    match: str
    quantity: Decimal
    unit: str
    listed: Decimal | None
    monthly: Decimal | None
    one_time: Decimal | None
    covered_by: tuple[bool, ...]  # by which discounts, in their order
    explanation: str = ""
    source: str = ""
    confidence: str = ""


@dataclass(frozen=True)
class Sheet:
    title: str
    book: str
    currency: str
    listed_in: str
    coverage: Decimal
    rows: tuple[Row, ...]
    rounding: Rounding
    list: Pair
    markup_percent: Decimal | None  # None where it is nobody's business
    markup: Pair
    discounts: tuple[Taken, ...]
    totals: Totals
    periods: Periods
    tax: Taxed | None
    rate: Rate | None
    assumptions: tuple[str, ...]

    def closing(self) -> Iterator[tuple[str, str, Pair]]:
        """What comes under the lines: (kind, words, amounts). Mark-up is said only where it may be seen."""
        yield "list", "Sum of the lines", self.list
        if self.markup_percent:
            yield "markup", f"Mark-up of {plain_text(self.markup_percent)}%", self.markup
        for taken in self.discounts:
            yield "discount", taken.rule.title, Pair() - taken.off
        yield "total", "Total", Pair(self.totals.monthly, self.totals.one_time)
        if self.tax is not None:
            words = f"{self.tax.name}, {plain_text(self.tax.rate_percent)}%"
            yield "tax", f"{words}, included" if self.tax.included else words, self.tax.tax
            yield "with_tax", "Total with tax", self.tax.total


def own_sheet(title: str, found: Estimate) -> Sheet:
    rules = tuple(taken.rule for taken in found.settled.discounts)
    return Sheet(
        title=title,
        book=f"{found.book.title}, version {found.book.version}",
        currency=found.currency,
        listed_in=found.book.currency,
        coverage=found.coverage,
        rows=tuple(
            Row(
                component=_label(line.component, found.places.get(line.component)),
                resource=line.key,
                description=line.description,
                match=line.match or "",
                quantity=line.quantity,
                unit=line.unit,
                listed=_listed(line.unit_price, found.rate),
                monthly=line.monthly,
                one_time=line.one_time,
                covered_by=_covered(line.service, line.component, found.places.get(line.component), rules),
                explanation=line.assumption,
                source=line.source.url if line.source else "",
                confidence=f"{line.source.kind}, {line.source.confidence}" if line.source else "",
            )
            for line in found.line_items
        ),
        rounding=found.book.rounding,
        list=found.settled.list,
        markup_percent=found.markup.percent,
        markup=found.settled.markup,
        discounts=found.settled.discounts,
        totals=found.totals,
        periods=found.periods,
        tax=found.tax,
        rate=found.rate,
        assumptions=found.assumptions,
    )


def customer_sheet(title: str, found: CustomerEstimate) -> Sheet:
    rules = tuple(taken.rule for taken in found.discounts)
    return Sheet(
        title=title,
        book="",
        currency=found.currency,
        listed_in=found.currency,
        coverage=found.coverage,
        rows=tuple(
            Row(
                component=_label(line.component, found.places.get(line.component)),
                resource=line.key,
                description=line.description,
                match=line.match or "",
                quantity=line.quantity,
                unit=line.unit,
                listed=line.unit_price,
                monthly=line.monthly,
                one_time=line.one_time,
                covered_by=_covered(line.service, line.component, found.places.get(line.component), rules),
            )
            for line in found.line_items
        ),
        rounding=found.rounding,
        list=found.offered,
        markup_percent=None,
        markup=Pair(),
        discounts=found.discounts,
        totals=found.totals,
        periods=found.periods,
        tax=found.tax,
        rate=None,
        assumptions=found.assumptions,
    )


def sheet_of(title: str, found: Estimate | CustomerEstimate) -> Sheet:
    return own_sheet(title, found) if isinstance(found, Estimate) else customer_sheet(title, found)


def _label(component: str, place: Place | None) -> str:
    return place.label if place else component or "For the whole account"


def _listed(unit_price: Decimal | None, rate: Rate | None) -> Decimal | None:
    if unit_price is None or rate is None:
        return unit_price
    return (unit_price / rate.rate).quantize(Decimal("1e-14")).normalize()


def _covered(
    service: str, component: str, place: Place | None, rules: tuple[Discount, ...]
) -> tuple[bool, ...]:
    return tuple(rule.covers(service, component, place) for rule in rules)

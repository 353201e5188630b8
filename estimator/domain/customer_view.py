"""What a customer may see of an estimate. It has no field for cost, mark-up, margin or a price's origin.

Its line items carry the offered prices. Their explanations are left out, being in the book's amounts; what
was assumed about use is said for the design as a whole.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from catalog.domain.money import CENT, Rounding, amount_text, plain_text
from estimator.domain.commercial_terms import Taxed
from estimator.domain.currencies import Rate
from estimator.domain.discounts import Pair, Taken
from estimator.domain.grouping import Groups, Places, group_lines
from estimator.domain.line_items import LineItem, optional_text
from estimator.domain.periods import MonthRange, Periods
from estimator.domain.totals import ComponentTotal, Totals, by_component

if TYPE_CHECKING:
    from estimator.domain.estimates import Estimate


@dataclass(frozen=True)
class CustomerLine:
    key: str
    component: str
    service: str
    description: str
    quantity: Decimal
    unit: str
    unit_price: Decimal | None
    monthly: Decimal | None
    one_time: Decimal | None
    match: str | None

    def to_json(self) -> dict[str, str | None]:
        return {
            "key": self.key,
            "component": self.component,
            "description": self.description,
            "quantity": plain_text(self.quantity),
            "unit": self.unit,
            "unit_price": optional_text(self.unit_price),
            "monthly": optional_text(self.monthly),
            "one_time": optional_text(self.one_time),
            "match": self.match,
        }


@dataclass(frozen=True)
class CustomerEstimate:
    """`offered` is the sum of the lines, from which `discounts` lead to `totals`."""

    customer: str
    currency: str
    coverage: Decimal
    offered: Pair
    discounts: tuple[Taken, ...]
    totals: Totals
    periods: Periods
    range: MonthRange
    tax: Taxed | None
    line_items: tuple[CustomerLine, ...]
    components: Mapping[str, ComponentTotal]
    groups: Groups
    places: Places
    assumptions: tuple[str, ...]
    rate: Rate | None
    rounding: Rounding  # of the sum of the lines

    def to_json(self) -> dict[str, Any]:
        return {
            "customer": self.customer or None,
            "currency": self.currency,
            "coverage": str(self.coverage),
            "offered": self.offered.to_json(),
            "discounts": [taken.to_json() for taken in self.discounts],
            "totals": self.totals.to_json(),
            "periods": self.periods.to_json(),
            "months": [amount_text(amount) for amount in self.periods.months],
            "range": self.range.to_json(),
            "tax": None if self.tax is None else self.tax.to_json(),
            "line_items": [line.to_json() for line in self.line_items],
            "components": {key: one.to_json() for key, one in self.components.items()},
            "groups": {
                by: {key: one.to_json() for key, one in members.items()}
                for by, members in self.groups.items()
            },
            "assumptions": list(self.assumptions),
            "rate": None if self.rate is None else self.rate.to_json(),
        }


def customer_estimate(found: "Estimate") -> CustomerEstimate:
    offered = [_offered(line, found.markup.factor) for line in found.line_items]
    return CustomerEstimate(
        customer=found.customer,
        currency=found.currency,
        coverage=found.coverage,
        offered=found.settled.list + found.settled.markup,
        discounts=found.settled.discounts,
        totals=found.totals,
        periods=found.periods,
        range=found.range,
        tax=found.tax,
        line_items=tuple(_line(line) for line in offered),
        components=by_component(offered),
        groups=group_lines(offered, found.places),
        places=found.places,
        assumptions=found.assumptions,
        rate=found.rate,
        rounding=_rounding_of_sum(found),
    )


def _rounding_of_sum(found: "Estimate") -> Rounding:
    """The book's, until a mark-up or another currency makes it a matter of cents."""
    if found.markup.percent or found.rate:
        return Rounding(line=None, total=CENT)
    return Rounding(line=None, total=found.book.rounding.total, mode=found.book.rounding.mode)


def _offered(line: LineItem, factor: Decimal) -> LineItem:
    return line if factor == 1 else line.times(factor)


def _line(line: LineItem) -> CustomerLine:
    return CustomerLine(
        key=line.key,
        component=line.component,
        service=line.service,
        description=line.description,
        quantity=line.quantity,
        unit=line.unit,
        unit_price=line.unit_price,
        monthly=line.monthly,
        one_time=line.one_time,
        match=line.match,
    )

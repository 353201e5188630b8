"""What an option comes to: for the customer, and for the seller, who also sees what it costs him."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from catalog.domain.money import ZERO, amount_text, plain_text
from estimator.domain.commercial_terms import Taxed
from estimator.domain.customer_view import CustomerEstimate
from estimator.domain.discounts import HUNDRED, Pair, Taken
from estimator.domain.estimates import Estimate
from estimator.domain.proposals.drafts import Extra

_TENTH = Decimal("0.1")


@dataclass(frozen=True)
class OptionSums:
    """lines − discounts + extras = net; `term` is what the agreed months cost with all that is paid once."""

    lines: Pair
    discounts: tuple[Taken, ...]
    extras: Pair
    tax: Taxed | None
    months: int
    term: Decimal

    @property
    def net(self) -> Pair:
        net = self.lines + self.extras
        for taken in self.discounts:
            net -= taken.off
        return net

    @classmethod
    def of(cls, found: CustomerEstimate, extras: tuple[Extra, ...], *, months: int) -> "OptionSums":
        added = sum((extra.price for extra in extras), Pair())
        grown = sum(found.periods.months[:months], ZERO) + found.totals.one_time
        return cls(
            lines=found.offered,
            discounts=found.discounts,
            extras=added,
            tax=_taxed_with(found.tax, added),
            months=months,
            term=grown + added.monthly * months + added.one_time,
        )

    def to_json(self) -> dict[str, Any]:
        return {
            "lines": self.lines.to_json(),
            "discounts": [taken.to_json() for taken in self.discounts],
            "extras": self.extras.to_json(),
            "net": self.net.to_json(),
            "tax": None if self.tax is None else self.tax.to_json(),
            "months": self.months,
            "term": amount_text(self.term),
        }


@dataclass(frozen=True)
class SellerSums:
    """Nothing of this is for a customer. The book's amounts are taken for what it costs the seller."""

    markup_percent: Decimal
    markup: Pair
    cost: Pair
    net: Pair

    @property
    def margin(self) -> Pair:
        return self.net - self.cost

    @property
    def margin_percent(self) -> Decimal | None:
        """Of what is charged each month; None where that is nothing."""
        if not self.net.monthly:
            return None
        return (self.margin.monthly * HUNDRED / self.net.monthly).quantize(_TENTH, ROUND_HALF_UP)

    @classmethod
    def of(cls, found: Estimate, extras: tuple[Extra, ...], charged: OptionSums) -> "SellerSums":
        return cls(
            markup_percent=found.markup.percent,
            markup=found.settled.markup,
            cost=found.settled.list + sum((extra.cost for extra in extras), Pair()),
            net=charged.net,
        )

    def to_json(self) -> dict[str, Any]:
        percent = self.margin_percent
        return {
            "markup_percent": plain_text(self.markup_percent),
            "markup": self.markup.to_json(),
            "cost": self.cost.to_json(),
            "net": self.net.to_json(),
            "margin": self.margin.to_json(),
            "margin_percent": None if percent is None else plain_text(percent),
        }


def _taxed_with(tax: Taxed | None, extras: Pair) -> Taxed | None:
    """Extras are taxed as the rest is; where prices hold the tax already, theirs do too."""
    if tax is None or extras == Pair():
        return tax
    rate = tax.rate_percent / HUNDRED
    if tax.included:
        net = extras.times(1 / (1 + rate)).rounded()
        return Taxed(tax.name, tax.rate_percent, True, tax.net + net, tax.tax + extras - net)
    charged = tax.net + extras
    return Taxed(
        tax.name, tax.rate_percent, False, charged, charged.times(rate).rounded(), taken_out=tax.taken_out
    )

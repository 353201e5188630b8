"""What is agreed with a customer, and the tax that comes on top."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from catalog.domain.money import plain_text
from catalog.domain.price_books import Tax, TaxKind
from estimator.domain.assumptions import TaxRule
from estimator.domain.currencies import Rate
from estimator.domain.discounts import HUNDRED, NO_MARKUP, Discount, Markup, Pair, TermsInvalid


@dataclass(frozen=True)
class CommercialTerms:
    """`tax` goes before that of the design; `rate` leads from the book's currency to the customer's.

    Raises: TermsInvalid.
    """

    customer: str = ""
    markup: Markup = NO_MARKUP
    discounts: tuple[Discount, ...] = ()
    tax: TaxRule | None = None
    rate: Rate | None = None

    def __post_init__(self) -> None:
        if self.tax is not None and not 0 <= self.tax.rate_percent <= HUNDRED:
            raise TermsInvalid(f"A tax is 0 to 100 %, not {plain_text(self.tax.rate_percent)} %.")

    @property
    def factor(self) -> Decimal:
        return Decimal(1) if self.rate is None else self.rate.rate


LIST_TERMS = CommercialTerms()


@dataclass(frozen=True)
class Taxed:
    """`included`: the book's own tax was in its prices already, and this says how much of them it is."""

    name: str
    rate_percent: Decimal
    included: bool
    net: Pair
    tax: Pair
    taken_out: Decimal | None = None  # the rate of the book's own tax, where another one took its place

    @property
    def total(self) -> Pair:
        return self.net + self.tax

    def to_json(self) -> Mapping[str, object]:
        return {
            "name": self.name,
            "rate_percent": plain_text(self.rate_percent),
            "included": self.included,
            "net": self.net.to_json(),
            "tax": self.tax.to_json(),
            "total": self.total.to_json(),
        }


def tax_on(charged: Pair, rule: TaxRule | None, book_tax: Tax) -> Taxed | None:
    """None where nobody says a rate, or where prices hold a tax of which nobody knows the rate.

    Net 100.00 at 20 % is 120.00. Gross 119.00 at 19 % holds 19.00; with a tax of 20 % it becomes 120.00.
    """
    if book_tax.kind is TaxKind.GROSS:
        if book_tax.rate is None:
            return None
        net = charged.times(1 / (1 + book_tax.rate)).rounded()
        if rule is None:
            return Taxed("Tax", book_tax.rate * HUNDRED, True, net, charged - net)
        charged = net
    if rule is None:
        return None
    tax = charged.times(rule.rate_percent / HUNDRED).rounded()
    held = book_tax.rate if book_tax.kind is TaxKind.GROSS else None
    return Taxed(rule.name, rule.rate_percent, False, charged, tax, taken_out=held)


def tax_sentence(rule: TaxRule | None, book_tax: Tax, title: str) -> str:
    """How the amounts stand to tax."""
    name = f"{rule.name} of {plain_text(rule.rate_percent)}%" if rule else "tax"
    match book_tax.kind:
        case TaxKind.GROSS if book_tax.rate is None:
            added = f", so {name} was not added" if rule else ""
            return f"{title} includes tax at a rate that it doesn't say{added}."
        case TaxKind.GROSS:
            rate = plain_text(book_tax.rate * HUNDRED) if book_tax.rate is not None else ""
            return f"{title} includes {rate}% of tax" + (
                f"; it was taken out and {name} added." if rule else "."
            )
        case TaxKind.UNSTATED:
            doubt = f"{title} doesn't say whether its prices include tax; they are taken as net."
            return f"{doubt} {name[:1].upper()}{name[1:]} comes on top." if rule else doubt
    return f"Amounts are net; {name} comes on top." if rule else "Amounts are without tax."

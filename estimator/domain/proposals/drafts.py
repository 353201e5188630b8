"""What a seller writes into a proposal. Amounts and limits were checked where they came in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from catalog.domain.money import ZERO
from designer.domain.document import DesignDocument
from designer.domain.findings import Finding
from estimator.domain.customer_view import CustomerEstimate
from estimator.domain.discounts import Pair
from estimator.domain.estimates import Estimate
from estimator.domain.proposals.quantities import Tier, bill_of

LETTERS = "ABCD"
MOST_OPTIONS = len(LETTERS)
LONGEST_TERM = 36  # months; estimates look no further ahead


@dataclass(frozen=True)
class Extra:
    """Something that the seller adds and no drawing holds: setting up, moving in, support.

    `unit_cost` is what a unit costs the seller, for the margin; None where that is nobody's concern.
    """

    title: str
    quantity: Decimal
    unit: str
    unit_price: Decimal
    is_once: bool
    detail: str = ""
    unit_cost: Decimal | None = None

    @property
    def price(self) -> Pair:
        return self._pair(self.quantity * self.unit_price)

    @property
    def cost(self) -> Pair:
        return self._pair(self.quantity * (self.unit_cost or ZERO))

    def _pair(self, amount: Decimal) -> Pair:
        pair = Pair(one_time=amount) if self.is_once else Pair(monthly=amount)
        return pair.rounded()


@dataclass(frozen=True)
class Clause:
    title: str
    text: str


@dataclass(frozen=True)
class Seller:
    """`logo` is a PNG of ours, in base64; `color` is #rrggbb."""

    name: str
    contact: str = ""
    address: str = ""
    color: str = "#2f5bea"
    logo: str = ""


@dataclass(frozen=True)
class Buyer:
    name: str
    contact: str = ""


@dataclass(frozen=True)
class Draft:
    """Texts are plain, with empty lines between paragraphs.

    `reasons`: why a row of the bill has no price, by the row's id. `accepted`: why a finding may stay, by
    `finding_id`.
    """

    number: str
    title: str
    seller: Seller
    buyer: Buyer
    day: date
    valid_until: date
    term_months: int
    summary: str
    benefits: tuple[Clause, ...]
    terms: tuple[Clause, ...]
    reasons: Mapping[str, str]
    accepted: Mapping[str, str]
    recommended: str = ""  # an option's letter
    paper: str = "a4"


@dataclass(frozen=True)
class Picture:
    """`dark`: the same for a dark page; paper is always light."""

    svg: str
    alternative: str
    view: str
    dark: str = ""


@dataclass(frozen=True)
class Option:
    """One design as it stood at a revision, with what it costs for this customer.

    Documents print `picture`; a page may be switched to `more_pictures`, other views of the same drawing.
    """

    letter: str
    name: str
    intro: str
    design: str
    revision: int
    revision_hash: str
    document: DesignDocument
    estimate: Estimate
    findings: tuple[Finding, ...]
    extras: tuple[Extra, ...]
    picture: Picture
    more_pictures: tuple[Picture, ...] = ()

    @cached_property
    def offered(self) -> CustomerEstimate:
        return self.estimate.for_customer()

    @cached_property
    def bill(self) -> tuple[Tier, ...]:
        return bill_of(self.offered)


def finding_id(finding: Finding) -> str:
    """The same finding about the same components, in whatever revision."""
    return ":".join((finding.rule, *finding.components))

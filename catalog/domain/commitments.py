"""Terms of purchase: by use, or promised for months ahead at another price.

Real cases: Open Telekom Cloud's R12 and RU12 (a month's price for 12 months, paid monthly or upfront), OVH's
savings plans, OUTSCALE's reserved instances (a percentage off, paid upfront, quarterly or yearly).
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from catalog.domain.money import ZERO


class Purchase(StrEnum):
    ON_DEMAND = "on_demand"
    RESERVED = "reserved"


class Payment(StrEnum):
    NONE = "none"  # for what is used, when the month is over
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    YEARLY = "yearly"
    UPFRONT = "upfront"


# Months that one payment at the start pays for; an upfront payment is for all of the term.
MONTHS_AHEAD = {Payment.QUARTERLY: 3, Payment.YEARLY: 12}
LONGEST_TERM = 120  # months


@dataclass(frozen=True)
class Terms:
    purchase: Purchase = Purchase.ON_DEMAND
    months: int | None = None
    payment: Payment = Payment.NONE

    @property
    def is_reserved(self) -> bool:
        return self.purchase is Purchase.RESERVED

    def due_at_start(self, monthly: Decimal) -> Decimal:
        """What of the monthly amounts has to be paid in one sum when the term begins."""
        if self.months is None:
            return ZERO
        ahead = self.months if self.payment is Payment.UPFRONT else MONTHS_AHEAD.get(self.payment, 0)
        return monthly * min(ahead, self.months)

    def __str__(self) -> str:
        if not self.is_reserved:
            return "on demand"
        months = "1 month" if self.months == 1 else f"{self.months} months"
        return f"{months}, paid {self.payment}"


ON_DEMAND = Terms()


def committed(months: int, payment: Payment = Payment.MONTHLY) -> Terms:
    return Terms(Purchase.RESERVED, months, payment)

"""What one unit of a row costs in a month: by the hour up to a cap, by the rounded month, or as it stands."""

from dataclasses import dataclass, replace
from decimal import Decimal

from catalog.domain.price_books import PriceBook
from catalog.domain.price_rows import Price
from catalog.domain.units import Unit

ONE = Decimal(1)


@dataclass(frozen=True)
class Rate:
    """`unit_price` × `periods` is what one costs; `unit` is what the price is for: 730 × 0.128 an hour.

    A capped price is a price a month: 1 × 0.042 a GB-month. `uncapped` says what the hours would have cost.
    """

    unit_price: Decimal
    periods: Decimal
    unit: Unit
    uncapped: Decimal | None = None
    is_rounded: bool = False

    @property
    def monthly(self) -> Decimal:
        return self.unit_price * self.periods


def monthly_rate(book: PriceBook, row: Price, unit_price: Decimal, hours: Decimal) -> Rate:
    """`hours`: for how long it is there in the month; only prices an hour ask for it."""
    if row.unit.period != "hour":
        return Rate(unit_price, ONE, row.unit)
    by_month = replace(row.unit, period="month")
    amount = unit_price * hours
    if row.cap_per_month is not None and amount > row.cap_per_month:
        return Rate(row.cap_per_month, ONE, by_month, uncapped=amount)
    if book.rounding.unit and hours == book.month_hours:
        return Rate(book.rounding.of_unit(amount), ONE, by_month, is_rounded=True)
    return Rate(unit_price, hours, row.unit)

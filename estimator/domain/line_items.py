"""A line item: quantity × unit price = amount, with where the price stands and what was assumed."""

from dataclasses import dataclass, field, replace
from decimal import Decimal

from catalog.domain.money import ZERO, amount_text, plain_text
from catalog.domain.price_rows import Price
from estimator.domain.fits import Fit


@dataclass(frozen=True)
class LineSource:
    url: str
    locator: str
    confidence: str
    kind: str


@dataclass(frozen=True)
class LineRange:
    """What a line may come to where its quantity follows the load: the least, and the most."""

    low_quantity: Decimal
    low_monthly: Decimal
    high_quantity: Decimal
    high_monthly: Decimal

    def times(self, factor: Decimal) -> "LineRange":
        return replace(self, low_monthly=self.low_monthly * factor, high_monthly=self.high_monthly * factor)

    def to_json(self) -> dict[str, dict[str, str]]:
        return {
            "low": {"quantity": plain_text(self.low_quantity), "monthly": amount_text(self.low_monthly)},
            "high": {"quantity": plain_text(self.high_quantity), "monthly": amount_text(self.high_monthly)},
        }


@dataclass(frozen=True)
class LineItem:
    """Without a price, `unit_price`, `monthly` and `one_time` are None: unknown is never zero.

    Several lines may share a `key`: a server and its service level, or the bands of a tiered price.
    """

    key: str
    component: str
    service: str
    description: str
    quantity: Decimal
    unit: str
    sku: str | None = None
    unit_price: Decimal | None = None
    monthly: Decimal | None = None
    one_time: Decimal | None = None
    source: LineSource | None = None
    assumption: str = ""
    match: str | None = None
    range: LineRange | None = None
    due_at_start: Decimal = ZERO  # of the monthly amounts, what a commitment has paid in advance
    row: Price | None = field(default=None, repr=False)  # of the price book; None without a price
    fit: Fit | None = None  # of what comes in sizes

    @property
    def is_priced(self) -> bool:
        return self.unit_price is not None

    def times(self, factor: Decimal) -> "LineItem":
        """The same line in another currency, or at another price: the quantity stays."""
        return replace(
            self,
            unit_price=None if self.unit_price is None else self.unit_price * factor,
            monthly=None if self.monthly is None else self.monthly * factor,
            one_time=None if self.one_time is None else self.one_time * factor,
            range=None if self.range is None else self.range.times(factor),
            due_at_start=self.due_at_start * factor,
        )

    def to_json(self) -> dict[str, object]:
        return {
            "key": self.key,
            "component": self.component,
            "sku": self.sku,
            "description": self.description,
            "quantity": plain_text(self.quantity),
            "unit": self.unit,
            "unit_price": optional_text(self.unit_price),
            "monthly": optional_text(self.monthly),
            "one_time": optional_text(self.one_time),
            "source": None if self.source is None else vars(self.source).copy(),
            "assumption": self.assumption or None,
            "match": self.match,
            "due_at_start": amount_text(self.due_at_start) if self.due_at_start else None,
            "range": None if self.range is None else self.range.to_json(),
        }


def optional_text(amount: Decimal | None) -> str | None:
    return None if amount is None else amount_text(amount)

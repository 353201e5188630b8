"""A line item: quantity × unit price = amount, with where the price stands and what was assumed."""

from dataclasses import dataclass
from decimal import Decimal

from catalog.domain.money import amount_text, plain_text


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

    @property
    def is_priced(self) -> bool:
        return self.unit_price is not None

    def to_json(self) -> dict[str, object]:
        return {
            "key": self.key,
            "component": self.component,
            "sku": self.sku,
            "description": self.description,
            "quantity": plain_text(self.quantity),
            "unit": self.unit,
            "unit_price": _optional_text(self.unit_price),
            "monthly": _optional_text(self.monthly),
            "one_time": _optional_text(self.one_time),
            "source": None if self.source is None else vars(self.source).copy(),
            "assumption": self.assumption or None,
            "match": self.match,
            "range": None if self.range is None else self.range.to_json(),
        }


def _optional_text(amount: Decimal | None) -> str | None:
    return None if amount is None else amount_text(amount)

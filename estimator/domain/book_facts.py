"""What an estimate keeps of the price book that it was made with: all but the prices."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from catalog.domain.money import Rounding, plain_text
from catalog.domain.months import Metering, MonthRule
from catalog.domain.price_books import PriceBook, Tax
from catalog.domain.units import UnitBasis


@dataclass(frozen=True)
class BookFacts:
    key: str
    provider: str
    title: str
    version: int
    region: str
    currency: str
    tax: Tax
    month: MonthRule
    month_hours: Decimal
    metering: Metering
    unit_basis: UnitBasis
    rounding: Rounding
    valid_from: str
    valid_to: str | None
    collected_at: str

    @classmethod
    def of(cls, book: PriceBook) -> "BookFacts":
        return cls(**{name: getattr(book, name) for name in cls.__dataclass_fields__})

    def to_json(self) -> dict[str, Any]:
        rate = self.tax.rate
        return {
            "key": self.key,
            "provider": self.provider,
            "title": self.title,
            "version": self.version,
            "region": self.region,
            "currency": self.currency,
            "tax": {"kind": self.tax.kind.value, "rate": None if rate is None else plain_text(rate)},
            "month_rule": {"rule": self.month.kind.value, "hours": plain_text(self.month.hours)},
            "metering": self.metering.value,
            "unit_basis": self.unit_basis.value,
            "valid_from": self.valid_from,
            "valid_to": self.valid_to,
            "collected_at": self.collected_at,
        }

"""Money is a Decimal in the price book's currency: read from text, never rounded on the way, shown once."""

import re
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from typing import Any

ZERO = Decimal(0)
CENT = Decimal("0.01")

ROUNDING_MODES = {"half_up": ROUND_HALF_UP, "half_even": ROUND_HALF_EVEN, "up": ROUND_CEILING}
SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£", "AUD": "A$"}

_PLAIN_DECIMAL = re.compile(r"-?\d{1,18}(\.\d{1,18})?", re.ASCII)


class AmountInvalid(ValueError):
    """A number in a price file that can't be taken as it stands; the text says what to write instead."""


def decimal_from_text(value: Any) -> Decimal:
    """A non-negative decimal that was written as text, such as "0.128".

    Floats are refused although Python could convert them: 0.1 in a JSON number is already another number.
    Raises: AmountInvalid.
    """
    if isinstance(value, (int, float)):
        raise AmountInvalid(f'{value!r} is a JSON number. Write it as text, such as "{value}".')
    if not isinstance(value, str) or not _PLAIN_DECIMAL.fullmatch(value):
        raise AmountInvalid(f'{str(value)[:40]!r} is no plain decimal. Write digits, such as "0.128".')
    if value.startswith("-"):
        raise AmountInvalid(f"{value} is negative. Prices and quantities start at 0.")
    return Decimal(value)


@dataclass(frozen=True)
class Rounding:
    """What a price book says about rounding: steps such as 0.01, None keeps all digits."""

    line: Decimal | None
    total: Decimal | None
    mode: str = "half_up"

    def of_line(self, amount: Decimal) -> Decimal:
        return self._to_step(amount, self.line)

    def of_total(self, amount: Decimal) -> Decimal:
        return self._to_step(amount, self.total)

    def _to_step(self, amount: Decimal, step: Decimal | None) -> Decimal:
        if step is None:
            return amount
        return (amount / step).to_integral_value(ROUNDING_MODES[self.mode]) * step


def plain_text(number: Decimal, *, least_places: int = 0) -> str:
    """All its digits, no exponent, no idle zeros beyond `least_places`: 49.932, 730, 0.10."""
    text = format(number, "f")
    whole, _, fraction = text.partition(".")
    fraction = fraction.rstrip("0").ljust(least_places, "0")
    return f"{whole}.{fraction}" if fraction else whole


def amount_text(amount: Decimal) -> str:
    """An amount for JSON: exact, with two places at least."""
    return plain_text(amount, least_places=2)


def money_for_people(amount: Decimal, currency: str) -> str:
    """Rounded to cents for reading: $1,347.90, −€3.65, CHF 12.00."""
    cents = amount.quantize(CENT, ROUND_HALF_UP)
    symbol = SYMBOLS.get(currency, f"{currency} ")
    return f"{'−' if cents < 0 else ''}{symbol}{abs(cents):,.2f}"

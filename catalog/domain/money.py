"""Money is a Decimal in the price book's currency: read from text, never rounded on the way, shown once."""

import re
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Decimal
from typing import Any

ZERO = Decimal(0)
CENT = Decimal("0.01")

# Up and down are away from and towards 0, so that a discount rounds like the price it is taken from.
ROUNDING_MODES = {
    "half_up": ROUND_HALF_UP,
    "half_even": ROUND_HALF_EVEN,
    "up": ROUND_UP,
    "down": ROUND_DOWN,
}
SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£", "AUD": "A$", "NZD": "NZ$"}

_PLAIN_DECIMAL = re.compile(r"-?\d{1,18}(\.\d{1,18})?", re.ASCII)


class AmountInvalid(ValueError):
    """A number in a price file that can't be taken as it stands; the text says what to write instead."""


def decimal_from_text(value: Any) -> Decimal:
    """A non-negative decimal that was written as text, such as "0.128".

    Floats are refused although Python could convert them: 0.1 in a JSON number is already another number.
    Raises: AmountInvalid.
    """
    amount = signed_decimal_from_text(value)
    if amount.is_signed():
        raise AmountInvalid(f"{value} is negative. Prices and quantities start at 0.")
    return amount


def signed_decimal_from_text(value: Any) -> Decimal:
    """Also below 0: a percentage that is taken off. Raises: AmountInvalid."""
    if isinstance(value, (int, float)):
        raise AmountInvalid(f'{value!r} is a JSON number. Write it as text, such as "{value}".')
    if not isinstance(value, str) or not _PLAIN_DECIMAL.fullmatch(value):
        raise AmountInvalid(f'{str(value)[:40]!r} is no plain decimal. Write digits, such as "0.128".')
    return Decimal(value)


@dataclass(frozen=True)
class Rounding:
    """What a price book says about rounding: steps such as 0.01, None keeps all digits.

    `unit` is for what one unit costs in a whole month where the list has a price an hour: flow.swiss
    multiplies its rounded 0.22 a GB, not 730 × 0.0003.
    """

    line: Decimal | None
    total: Decimal | None
    mode: str = "half_up"
    unit: Decimal | None = None

    def of_unit(self, amount: Decimal) -> Decimal:
        return self._to_step(amount, self.unit)

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

"""Amounts, quantities and days as a document prints them. Documents are in English."""

from datetime import date
from decimal import Decimal

from catalog.domain.money import SYMBOLS, plain_text
from estimator.domain.discounts import to_cents

NOT_PRICED = "not priced"
MINUS = "−"


def money(amount: Decimal | str | None, currency: str) -> str:
    """$1,347.90; CHF 1,347.90 where the currency has no sign of its own. To the cent, as amounts are paid."""
    return NOT_PRICED if amount is None else _signed(to_cents(Decimal(amount)), currency, least_places=2)


def unit_price(amount: Decimal | str, currency: str) -> str:
    """$0.0345: prices of an hour have more places than cents."""
    return _signed(_shortened(amount, 6), currency, least_places=2)


def number(quantity: Decimal | str) -> str:
    """1,460 or 93.132: thousands apart."""
    whole, _, fraction = plain_text(_shortened(quantity, 3)).partition(".")
    return f"{int(whole):,}{'.' + fraction if fraction else ''}"


def unit(name: str) -> str:
    """1000000-query -> 1,000,000 query: so many are priced at a time."""
    count, dash, rest = name.partition("-")
    return f"{int(count):,} {rest}" if dash and count.isascii() and count.isdecimal() else name


def signed_money(amount: Decimal, currency: str) -> str:
    """+$1.00, −$1.00, ±$0.00."""
    sign = "" if amount < 0 else "+" if amount else "±"
    return f"{sign}{money(amount, currency)}"


def day(iso: str) -> str:
    """2026-12-04 -> 4 December 2026."""
    found = date.fromisoformat(iso)
    return f"{found.day} {found:%B} {found.year}"


def version_words(number: int) -> str:
    """A draft is version 0: it was never frozen."""
    return f"version {number}" if number else "draft"


def capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def _signed(value: Decimal, currency: str, *, least_places: int) -> str:
    whole, _, fraction = plain_text(abs(value), least_places=least_places).partition(".")
    sign = SYMBOLS.get(currency) or f"{currency} "
    return f"{MINUS if value < 0 else ''}{sign}{int(whole):,}{'.' + fraction if fraction else ''}"


def _shortened(value: Decimal | str, places: int) -> Decimal:
    """Never to nothing: what is smaller than the last place keeps its first digits."""
    exact = Decimal(value)
    rounded = round(exact, places)
    return rounded if rounded or not exact else Decimal(f"{exact:.2g}")

"""What every reader of a price list needs: what a person said about it, the book's header, exact numbers."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from catalog.domain.price_imports.tables import decoded, refused

Json = Mapping[str, Any]
Record = dict[str, Any]
CurrentBook = Callable[[str], Json | None]

# What a list that says nothing about it most often means; a person or the book so far may say otherwise.
USUAL_TERMS: Json = {
    "tax": {"kind": "unstated"},
    "month_rule": {"rule": "fixed_hours", "hours": "730"},
    "metering": "second",
    "unit_basis": "unstated",
    "rounding": {"unit": None, "line": None, "total": "0.01", "mode": "half_up"},
}
_CARRIED = (
    "key", "provider", "title", "region", "currency", "tax", "month_rule", "metering", "unit_basis",
    "rounding", "note",
)  # fmt: skip


_OF_ROWS = ("product", "resource_type", "note", "cap_per_month", "scope", "minimum", "minimum_charge")


@dataclass(frozen=True)
class ImportSettings:
    """What the file leaves open and a person says. Empty: what the file, or the book so far, says.

    `today` (2026-11-21) is when a list counts as collected that doesn't say so itself. `terms` are further
    fields of the header, as docs/prices.md lists them: month_rule, metering, tax.
    """

    key: str = ""
    title: str = ""
    provider: str = ""
    region: str = ""
    currency: str = ""
    valid_from: str = ""
    source_url: str = ""
    today: str = ""
    terms: Json = field(default_factory=dict)

    def said(self) -> Record:
        """What goes into a book's header as it is."""
        names = ("key", "title", "provider", "region", "currency", "valid_from")
        return {**self.terms, **{name: value for name in names if (value := getattr(self, name))}}


@dataclass(frozen=True)
class LeftOut:
    """Something that the list sells and the book doesn't take, and why."""

    what: str
    reason: str


@dataclass(frozen=True)
class Converted:
    """`books` have the shape of docs/prices.md; what is wrong with them is told when they are read.

    `lines`, of tables: for each book the lines of the file that each SKU was made of, in the order of its
    tiers; SKUs as long as places say them.
    """

    books: tuple[Json, ...]
    left_out: tuple[LeftOut, ...] = ()
    lines: tuple[Mapping[str, tuple[int, ...]], ...] = ()

    def lines_of(self, book: int) -> Mapping[str, tuple[int, ...]]:
        return self.lines[book] if book < len(self.lines) else {}


def book_of(
    settings: ImportSettings,
    so_far: Json | None,
    found: Json,
    *,
    sources: list[Record],
    prices: list[Record],
    covers: frozenset[str] = frozenset(),
) -> Record:
    """A person's word counts before the list's, the list's before the book's so far.

    `covers` are the services that such a list has prices of: a row of those that it doesn't name is gone.
    What stands in no such list stays: rows of other services, what is included, how prices are composed of
    others, percentages. Empty: the list is all there is.
    """
    carried = {name: so_far[name] for name in _CARRIED if name in so_far} if so_far is not None else {}
    dates = {"valid_from": settings.today, "valid_to": None, "collected_at": settings.today}
    rows = [_renewed(price, so_far, settings.today) for price in prices]
    kept = [dict(row) for row in so_far["prices"] if _stays(row, covers)] if so_far and covers else []
    named = {price["sku"] for price in rows}
    kept = [row for row in kept if row["sku"] not in named]
    wanted = {row["source"] for row in kept} - {source["id"] for source in sources}
    old_sources = [dict(one) for one in so_far["sources"] if one["id"] in wanted] if so_far else []
    return {
        "schema": 2,
        **USUAL_TERMS,
        **carried,
        **dates,
        **found,
        **settings.said(),
        "sources": [*sources, *old_sources],
        "prices": [*rows, *kept],
    }


def _stays(row: Json, covers: frozenset[str]) -> bool:
    said_elsewhere = row.get("charge") in ("included", "percent", "minimum") or row.get("composed_of")
    return bool(said_elsewhere) or row["service"] not in covers


def row_so_far(so_far: Json | None, sku: str, today: str, **terms: Any) -> Json | None:
    """The row of this SKU and terms that is in force today."""
    for row in so_far["prices"] if so_far is not None else ():
        same_terms = all(row.get(name) == terms.get(name) for name in ("purchase", "term_months", "payment"))
        begins, ends = row.get("effective_from") or "", row.get("effective_to") or "9999"
        if row["sku"] == sku and same_terms and begins <= today <= ends:
            return dict(row)
    return None


def _renewed(price: Record, so_far: Json | None, today: str) -> Record:
    """What a list has no word for stays as the book had it: its own description, a cap, a note."""
    terms = {name: price.get(name) for name in ("purchase", "term_months", "payment")}
    old = row_so_far(so_far, price["sku"], today, **terms)
    if old is None or old.get("unit") != price.get("unit"):
        return price
    return {**{name: old[name] for name in _OF_ROWS if name in old}, **price}


class Number(str):
    """A JSON number with a fraction, as it was written. Providers' catalogues are made of such."""

    __slots__ = ()


def json_of(content: bytes, file: str) -> Any:
    """Numbers stay exact: a price of 0.1 is read as the text 0.1. Raises: PriceBookInvalid."""
    try:
        return json.loads(decoded(content, file), parse_float=Number, parse_constant=Number)
    except (ValueError, RecursionError) as error:
        raise refused(file, f"This is no JSON: {str(error)[:200]}.") from None


def exact_text(value: Any, *, divided_by: int = 1) -> str | None:
    """All digits of a catalogue's number, without an exponent; None for what can't be a price."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    try:
        number = Decimal(str(value)[:60]) / divided_by
    except InvalidOperation:
        return None
    if not number.is_finite() or number < 0 or number.adjusted() > 17 or number.adjusted() < -18:
        return None if number else "0"
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def part(value: Any, *names: str) -> Any:
    """What lies in an object, in an object, …; None where something else lies there."""
    for name in names:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def objects(value: Any) -> list[Json]:
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []


def words(value: Any, limit: int = 200) -> str:
    """A text that somebody else wrote, on one line, never long; empty for anything else."""
    return " ".join(value.split())[:limit] if isinstance(value, str) else ""


def as_key(*names: str) -> str:
    """`OVHcloud DE` → `ovhcloud-de`."""
    return re.sub("[^a-z0-9]+", "-", " ".join(names).lower()).strip("-")[:80]

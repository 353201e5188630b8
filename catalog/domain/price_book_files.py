"""Reads a price book's file and says everything that is wrong with it, each with its place.

A price that is misread costs somebody money, so nothing is guessed: unknown fields, floats, gaps between
tiers, two rows that answer the same question and rows in another currency are all refused.
docs/prices.md shows the shape of a file.
"""

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from catalog.domain.money import ROUNDING_MODES, Rounding
from catalog.domain.months import AVERAGE_HOURS, MOST_HOURS, Metering, MonthKind, MonthRule
from catalog.domain.price_book_fields import BookProblem, Fields, PriceBookInvalid
from catalog.domain.price_books import PriceBook, Tax, TaxKind
from catalog.domain.price_row_reading import PRICE_FIELDS, read_price
from catalog.domain.price_row_relations import problems_between_rows
from catalog.domain.price_rows import SOURCE_KINDS, Source
from catalog.domain.units import UnitBasis

SCHEMA = 2
# fmt: off
HEADER_FIELDS = frozenset({
    "schema", "key", "provider", "title", "version", "region", "currency", "tax", "month_rule", "metering",
    "unit_basis", "rounding", "valid_from", "valid_to", "collected_at", "supersedes", "note", "sources",
    "prices",
})
# fmt: on
SOURCE_FIELDS = frozenset({"id", "url", "kind", "retrieved", "licence", "note"})
LATEST_VERSION = 10**6
_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)
_CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)
_URL = re.compile("https?://.+")


def read_price_book(text: str, *, file: str) -> PriceBook:
    """Raises: PriceBookInvalid."""
    try:
        data = json.loads(text, object_pairs_hook=_without_twins)
    except (ValueError, RecursionError) as error:
        raise PriceBookInvalid([BookProblem(file, "file", f"This is no JSON: {error}.")]) from None
    return parse_price_book(data, file=file)


def parse_price_book(data: Any, *, file: str) -> PriceBook:
    """Raises: PriceBookInvalid."""
    problems: list[BookProblem] = []
    if isinstance(data, Mapping) and data.get("schema") != SCHEMA:
        reason = f"This program reads schema {SCHEMA}. An older book is imported again from its list."
        raise PriceBookInvalid([BookProblem(file, "schema", reason)])
    head = Fields(data, "", file, problems, HEADER_FIELDS)
    currency = head.text("currency", _CURRENCY)
    sources = _sources(head)
    prices = tuple(
        read_price(fields, sources, currency)
        for fields in head.records("prices", PRICE_FIELDS, name_field="sku")
    )
    version = head.whole("version", least=1, most=LATEST_VERSION)
    book = PriceBook(
        key=head.text("key", _KEY),
        provider=head.text("provider"),
        title=head.text("title"),
        version=version,
        region=head.text("region"),
        currency=currency,
        tax=_tax(_part(head, "tax", {"kind", "rate"})),
        month=_month_rule(_part(head, "month_rule", {"rule", "hours"})),
        metering=head.one_of("metering", Metering),
        unit_basis=head.one_of("unit_basis", UnitBasis, default=UnitBasis.UNSTATED),
        rounding=_rounding(_part(head, "rounding", {"unit", "line", "total", "mode"})),
        valid_from=head.date("valid_from"),
        valid_to=head.date("valid_to", default="") or None,
        collected_at=head.date("collected_at"),
        sources=tuple(sources.values()),
        prices=prices,
        supersedes=head.whole("supersedes", least=1, most=LATEST_VERSION) if head.has("supersedes") else None,
        note=head.text("note", default=""),
    )
    if book.valid_to and book.valid_to < book.valid_from:
        head.problem("valid_to", f"The book ends on {book.valid_to}, before it begins on {book.valid_from}.")
    if book.supersedes is not None and book.supersedes >= version:
        head.problem("supersedes", f"Version {version} can't take the place of version {book.supersedes}.")
    if not problems:
        problems += problems_between_rows(book, file)
    if problems:
        raise PriceBookInvalid(problems)
    return book


def _part(head: Fields, name: str, known: set[str]) -> Fields:
    return Fields(head.mapping(name), name, head.file, head.problems, known)


def _sources(head: Fields) -> dict[str, Source]:
    sources: dict[str, Source] = {}
    for fields in head.records("sources", SOURCE_FIELDS, name_field="id"):
        source = Source(
            id=fields.text("id"),
            url=fields.text("url", _URL),
            kind=fields.choice("kind", SOURCE_KINDS),
            retrieved=fields.text("retrieved"),
            licence=fields.text("licence", default=""),
            note=fields.text("note", default=""),
        )
        if source.id in sources:
            fields.problem("id", "Two sources have this id.")
        sources[source.id] = source
    return sources


def _tax(fields: Fields) -> Tax:
    kind = fields.one_of("kind", TaxKind)
    rate = fields.optional_amount("rate", most=Decimal(1))
    if rate is not None and kind is TaxKind.UNSTATED:
        fields.problem("rate", "Whose tax is unstated has no rate.")
    return Tax(kind, rate)


def _month_rule(fields: Fields) -> MonthRule:
    kind = fields.one_of("rule", MonthKind)
    if kind is MonthKind.CALENDAR:
        if fields.has("hours"):
            fields.problem("hours", "A calendar month has its own hours.")
        return MonthRule(kind, AVERAGE_HOURS)
    hours = fields.amount("hours", most=MOST_HOURS)
    if not hours:
        fields.problem("hours", "A month has more than 0 hours.")
    return MonthRule(kind, hours)


def _rounding(fields: Fields) -> Rounding:
    steps = {name: _step(fields, name) for name in ("unit", "line", "total")}
    mode = fields.choice("mode", tuple(ROUNDING_MODES), default="half_up")
    return Rounding(unit=steps["unit"], line=steps["line"], total=steps["total"], mode=mode)


def _step(fields: Fields, name: str) -> Decimal | None:
    known = len(fields.problems)
    step = fields.optional_amount(name)
    if step == 0 and len(fields.problems) == known:
        fields.problem(name, "A rounding step is more than 0, or null for no rounding.")
    return step or None


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """JSON readers keep the last of two equal names without a word; here a price would be lost."""
    members: dict[str, Any] = {}
    for name, value in pairs:
        if name in members:
            raise ValueError(f"{name[:60]!r} stands twice in one object")
        members[name] = value
    return members

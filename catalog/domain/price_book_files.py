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

from catalog.domain.money import ROUNDING_MODES, ZERO, Rounding
from catalog.domain.price_book_fields import BookProblem, Fields, PriceBookInvalid
from catalog.domain.price_books import (
    SOURCE_KINDS,
    Charge,
    Part,
    Price,
    PriceBook,
    Scope,
    Source,
    Tier,
    TierMode,
    is_asked_for_by_selector,
)
from catalog.domain.size_matching import fill_in
from catalog.domain.units import ITEM, Unit, UnitBasis, UnknownUnit, parse_unit

SCHEMA = 1
# fmt: off
HEADER_FIELDS = frozenset({
    "schema", "key", "provider", "title", "version", "status", "region", "currency", "tax", "valid_from",
    "valid_to", "month_rule", "metering", "unit_basis", "rounding", "note", "sources", "prices",
})
SOURCE_FIELDS = frozenset({"id", "url", "kind", "retrieved", "note"})
PRICE_FIELDS = frozenset({
    "sku", "service", "product", "resource_type", "description", "charge", "unit", "price", "currency",
    "scope", "tier_mode", "tiers", "block_size", "minimum", "free_quantity", "selector", "attributes",
    "composed_of", "applies_to", "source", "locator", "confidence", "note",
})
# fmt: on
CONFIDENCES = ("verbatim", "derived")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)
_CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)


def read_price_book(text: str, *, file: str) -> PriceBook:
    """Raises: PriceBookInvalid."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise PriceBookInvalid([BookProblem(file, "file", f"This is no JSON: {error}.")]) from None
    return parse_price_book(data, file=file)


def parse_price_book(data: Any, *, file: str) -> PriceBook:
    """Raises: PriceBookInvalid."""
    problems: list[BookProblem] = []
    head = Fields(data, "", file, problems, HEADER_FIELDS)
    month = Fields(head.mapping("month_rule"), "month_rule", file, problems, {"rule", "hours"})
    month.choice("rule", ("fixed_hours",))
    currency = head.text("currency", _CURRENCY)
    sources = _sources(head)
    prices = tuple(
        _price(fields, sources, currency) for fields in head.records("prices", PRICE_FIELDS, name_field="sku")
    )
    if data is not None and isinstance(data, Mapping) and data.get("schema") != SCHEMA:
        head.problem("schema", f"This program reads schema {SCHEMA}.")
    version = data.get("version") if isinstance(data, Mapping) else None
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        head.problem("version", "The version is a whole number from 1 up.")
    book = PriceBook(
        key=head.text("key", _KEY),
        provider=head.text("provider"),
        title=head.text("title"),
        version=version if isinstance(version, int) else 0,
        status=head.choice("status", ("published", "draft")),
        region=head.text("region"),
        currency=currency,
        tax=head.choice("tax", ("net", "gross")),
        month_hours=month.amount("hours", default=Decimal(0)),
        metering=head.choice("metering", ("second", "minute", "started_hour", "hour")),
        unit_basis=UnitBasis(head.choice("unit_basis", tuple(UnitBasis), default="unstated")),
        rounding=_rounding(head, file, problems),
        valid_from=head.text("valid_from", _DATE),
        valid_to=head.text("valid_to", _DATE, default="") or None,
        sources=tuple(sources.values()),
        prices=prices,
        note=head.text("note", default=""),
    )
    if not book.month_hours:
        month.problem("hours", "A month has more than 0 hours.")
    if book.valid_to and book.valid_to < book.valid_from:
        head.problem("valid_to", f"The book ends on {book.valid_to}, before it begins on {book.valid_from}.")
    if not problems:
        problems += _problems_between_rows(book, file)
    if problems:
        raise PriceBookInvalid(problems)
    return book


def _sources(head: Fields) -> dict[str, Source]:
    sources: dict[str, Source] = {}
    for fields in head.records("sources", SOURCE_FIELDS, name_field="id"):
        source = Source(
            id=fields.text("id"),
            url=fields.text("url", re.compile("https?://.+")),
            kind=fields.choice("kind", SOURCE_KINDS),
            retrieved=fields.text("retrieved"),
            note=fields.text("note", default=""),
        )
        if source.id in sources:
            fields.problem("id", "Two sources have this id.")
        sources[source.id] = source
    return sources


def _rounding(head: Fields, file: str, problems: list[BookProblem]) -> Rounding:
    fields = Fields(head.mapping("rounding"), "rounding", file, problems, {"line", "total", "mode"})
    steps = {name: fields.amount(name) if fields.has(name) else None for name in ("line", "total")}
    for name, step in steps.items():
        if step is not None and not step:
            fields.problem(name, "A rounding step is more than 0, or null for no rounding.")
    mode = fields.choice("mode", tuple(ROUNDING_MODES), default="half_up")
    return Rounding(line=steps["line"] or None, total=steps["total"] or None, mode=mode)


def _price(fields: Fields, sources: Mapping[str, Source], currency: str) -> Price:
    if (row_currency := fields.text("currency", default=currency)) != currency:
        fields.problem("currency", f"{row_currency} in a book in {currency}. One book has one currency.")
    source = sources.get(fields.text("source"))
    if source is None:
        fields.problem("source", "No source of this book has this id.")
    price = Price(
        sku=fields.text("sku"),
        service=fields.text("service"),
        description=fields.text("description"),
        charge=Charge(fields.choice("charge", tuple(Charge), default="usage")),
        unit=_unit(fields),
        tiers=_tiers(fields),
        source=source or Source("", "", "secondary", ""),
        locator=fields.text("locator"),
        confidence=fields.choice("confidence", CONFIDENCES),
        product=fields.text("product", default=""),
        resource_type=fields.text("resource_type", default=""),
        selector=fields.texts("selector"),
        attributes=_attributes(fields),
        scope=Scope(fields.choice("scope", tuple(Scope), default="resource")),
        tier_mode=TierMode(fields.choice("tier_mode", tuple(TierMode), default="graduated")),
        block_size=fields.amount("block_size", default=Decimal(1)),
        minimum=fields.amount("minimum", default=ZERO),
        free_quantity=fields.amount("free_quantity", default=ZERO),
        composed_of=_parts(fields),
        applies_to=fields.texts("applies_to"),
        note=fields.text("note", default=""),
    )
    if not price.block_size:
        fields.problem("block_size", "A block holds more than 0.")
    if price.scope is Scope.ACCOUNT and price.tier_mode is not TierMode.GRADUATED:
        fields.problem("scope", "Only graduated tiers can count what the whole account uses.")
    if price.free_quantity and price.tier_mode is not TierMode.GRADUATED:
        fields.problem("free_quantity", "Only graduated tiers can have a free quantity.")
    if price.charge is Charge.INCLUDED and price.unit_price:
        fields.problem("price", "What is included costs 0.")
    if price.charge is Charge.MINIMUM and not price.applies_to.get("service"):
        fields.problem("applies_to", "A minimum names the service that it applies to.")
    return price


def _unit(fields: Fields) -> Unit:
    try:
        return parse_unit(fields.text("unit"))
    except UnknownUnit as unknown:
        fields.problem("unit", str(unknown))
        return Unit(ITEM, "hour")


def _tiers(fields: Fields) -> tuple[Tier, ...]:
    """One `price`, or `tiers` without a gap from 0 up; a composed row has neither."""
    if not fields.has("tiers"):
        composed = fields.has("composed_of")
        if composed and fields.has("price"):
            fields.problem("price", "A composed row gets its price from its parts.")
        return (Tier(ZERO, None, fields.amount("price", default=ZERO if composed else None)),)
    if fields.has("price"):
        fields.problem("price", "A row has a price or tiers, not both.")
    tiers: list[Tier] = []
    reached: Decimal | None = ZERO
    for record in fields.records("tiers", frozenset({"from", "to", "price"})):
        end = record.amount("to") if record.has("to") else None
        tier = Tier(record.amount("from"), end, record.amount("price"))
        if reached is None:
            record.problem("from", "The tier before this one has no end.")
        elif tier.start != reached:
            word = "gap" if tier.start > reached else "overlap"
            record.problem("from", f"There is a {word}: the tiers before end at {reached}, not {tier.start}.")
        if end is not None and end <= tier.start:
            record.problem("to", f"The tier ends at {end}, not above its start {tier.start}.")
        reached = end
        tiers.append(tier)
    if not tiers:
        fields.problem("tiers", "There are no tiers.")
    return tuple(tiers) or (Tier(ZERO, None, ZERO),)


def _attributes(fields: Fields) -> dict[str, str]:
    attributes = fields.texts("attributes")
    if fields.has("composed_of"):
        return attributes
    sizes = Fields(attributes, f"{fields.place}.attributes", fields.file, fields.problems, set(attributes))
    if "ram_gib" in attributes or "vcpus" in attributes:
        sizes.amount("vcpus")
        sizes.amount("ram_gib")
        sizes.amount("disk_gib", default=ZERO)
    return attributes


def _parts(fields: Fields) -> tuple[Part, ...]:
    return tuple(
        Part(record.text("sku"), record.choice("per", ("vcpus", "ram_gib")))
        for record in fields.records("composed_of", frozenset({"sku", "per"}))
    )


def _problems_between_rows(book: PriceBook, file: str) -> list[BookProblem]:
    """What only shows when rows are seen together."""
    problems = []
    skus: set[str] = set()
    answers: set[tuple[str, frozenset[tuple[str, str]]]] = set()
    for index, price in enumerate(book.prices):
        place = f"prices[{index}] {price.sku}"
        if price.sku in skus:
            problems.append(BookProblem(file, f"{place}.sku", "Two rows have this SKU."))
        skus.add(price.sku)
        question = (price.service, frozenset(price.selector.items()))
        if is_asked_for_by_selector(price) and question in answers:
            reason = f"Two rows answer for {price.service} with the same selector."
            problems.append(BookProblem(file, f"{place}.selector", reason))
        if is_asked_for_by_selector(price):
            answers.add(question)
        for part in price.composed_of:
            try:
                known = book.price_of_sku(fill_in(part.sku, price.attributes)) is not None
            except KeyError:
                known = False
            if not known:
                reason = f"No row has the SKU that {part.sku} means by default."
                problems.append(BookProblem(file, f"{place}.composed_of", reason))
        applies_to = price.applies_to.get("sku")
        if applies_to and book.price_of_sku(applies_to) is None:
            problems.append(BookProblem(file, f"{place}.applies_to", f"No row has the SKU {applies_to}."))
    return problems

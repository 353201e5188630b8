"""The rows of a collected price list, one CSV a provider, nineteen columns, checked as text."""

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from itertools import groupby
from typing import Any

from catalog.domain.money import AmountInvalid, decimal_from_text
from catalog.domain.price_book_fields import BookProblem, PriceBookInvalid
from catalog.domain.units import UnknownUnit, parse_unit

Record = dict[str, Any]  # one price in the shape of the book's file


@dataclass(frozen=True)
class CollectedRow:
    """Numbers stay the text that the collector wrote; `line` is where the row stands in the file."""

    line: int
    provider: str
    region: str
    sku: str
    service: str
    resource_type: str
    description: str
    vcpus: str
    ram_gib: str
    disk_gib: str
    unit: str
    price: str
    currency: str
    tier_from: str
    tier_to: str
    term: str
    effective_date: str
    source_url: str
    source_note: str
    confidence: str


COLUMNS = tuple(field.name for field in fields(CollectedRow) if field.name != "line")


@dataclass(frozen=True)
class ProviderMapping:
    """What one provider's rows become.

    Shape: `converters` maps (service, resource_type) of a row to what makes a record of a group of rows: a
    ladder of tiers, or one row alone. None means "not in this book", and the converter says why.
    `stated` are records that stand in no row: what a source says is included.
    """

    provider_key: str
    currency: str
    regions: frozenset[str]
    header: Mapping[str, Any]
    converters: Mapping[tuple[str, str], Callable[[list[CollectedRow]], Record | None]]
    stated: tuple[Record, ...]

    def groups(self, rows: Iterable[CollectedRow]) -> list[list[CollectedRow]]:
        """Rows of one ladder together: same SKU, and a new ladder wherever one starts at 0 again."""
        groups: list[list[CollectedRow]] = []
        for (_, tiered), neighbours in groupby(rows, lambda row: (row.sku, bool(row.tier_from))):
            for row in neighbours:
                if not tiered or row.tier_from == "0" or not groups or groups[-1][0].sku != row.sku:
                    groups.append([])
                groups[-1].append(row)
        return groups


def read_rows(text: str, *, file: str) -> list[CollectedRow]:
    """Raises: PriceBookInvalid."""
    reader = csv.DictReader(io.StringIO(text))
    if missing := [name for name in COLUMNS if name not in (reader.fieldnames or [])]:
        reason = f"These columns are missing: {', '.join(missing)}."
        raise PriceBookInvalid([BookProblem(file, "line 1", reason)])
    rows: list[CollectedRow] = []
    problems: list[BookProblem] = []
    try:
        for values in reader:
            cells = {name: (values[name] or "").strip() for name in COLUMNS}
            row = CollectedRow(line=reader.line_num, **cells)
            rows.append(row)
            problems += [
                BookProblem(file, f"line {row.line} {row.sku[:60]}.{name}", why) for name, why in _faults(row)
            ]
    except csv.Error as error:
        problems.append(BookProblem(file, f"line {reader.line_num}", f"This is no CSV: {error}."))
    if problems:
        raise PriceBookInvalid(problems)
    return rows


def _faults(row: CollectedRow) -> Iterable[tuple[str, str]]:
    for name in ("price", "tier_from", "tier_to", "vcpus", "ram_gib", "disk_gib"):
        value = getattr(row, name)
        try:
            if value or name == "price":
                decimal_from_text(value)
        except AmountInvalid as invalid:
            yield name, str(invalid)
    try:
        if row.unit not in PERCENT_AND_ONE_TIME:
            parse_unit(row.unit)
    except UnknownUnit as unknown:
        yield "unit", str(unknown)


# Units of rows that no mapping takes yet (commitments, set-up fees); in a list they are no mistake.
PERCENT_AND_ONE_TIME = frozenset({"percent", "one-time", "account-month-minimum"})


def tiers_of(ladder: list[CollectedRow]) -> list[Record]:
    return [{"from": row.tier_from or "0", "to": row.tier_to or None, "price": row.price} for row in ladder]


def not_in_this_book(ladder: list[CollectedRow]) -> None:
    return None

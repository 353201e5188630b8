"""The rows of a collected price list, one CSV a provider, nineteen columns, checked as text."""

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from catalog.domain.money import AmountInvalid, decimal_from_text
from catalog.domain.price_book_fields import BookProblem, PriceBookInvalid
from catalog.domain.units import UnknownUnit, parse_unit

_TIME = re.compile(r"(?:about |before )?(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?")

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
    if row.effective_date and not _is_time(row.effective_date):
        reason = f"{row.effective_date[:40]!r} is no day, month or year, such as 2026-11-01, 2026-11 or 2026."
        yield "effective_date", reason
    try:
        if row.unit not in UNITS_OF_THEIR_OWN:
            parse_unit(unit_of(row))
    except UnknownUnit as unknown:
        yield "unit", str(unknown)


def _is_time(text: str) -> bool:
    """Old lists are dated `about 2014` or `before 2014-05-01`."""
    said = _TIME.fullmatch(text)
    if said is None:
        return False
    try:
        date(int(said["year"]), int(said["month"] or 1), int(said["day"] or 1))
    except ValueError:
        return False
    return True


# What lists call our units.
UNIT_NAMES = {
    "account-month-minimum": "account-month",
    "month-720h": "month",
    "GB-30days": "GB-month",
    "vCPU-hour": "vcore-hour",
    "vCPU-month": "vcore-month",
    "IP-hour": "hour",
    "IP-month": "month",
    "LB-hour": "hour",
    "instance-hour": "hour",
    "one-time": "item",
    "email": "message",
    "1000 emails": "1000-message",
    "1000 requests": "1000-request",
    "100MB-month": "100-MB-month",
    "4000 requests": "4000-request",
    "40000 requests": "40000-request",
}
# No mapping takes these as they are: Flow's cloudlet is a CPU with memory, Infomaniak's ICU a currency.
UNITS_OF_THEIR_OWN = frozenset({"cloudlet-hour", "ICU"})


def unit_of(row: CollectedRow) -> str:
    return UNIT_NAMES.get(row.unit, row.unit)

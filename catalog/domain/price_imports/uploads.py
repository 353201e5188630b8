"""A file that somebody brings in: which reader takes it, and what comes out, in one table."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from catalog.domain.price_book_fields import BookProblem
from catalog.domain.price_imports.cloudkitty_hashmap import read_hashmap
from catalog.domain.price_imports.collected_rows import COLUMNS
from catalog.domain.price_imports.collected_tables import read_collected
from catalog.domain.price_imports.conversion import Converted, CurrentBook, ImportSettings, json_of
from catalog.domain.price_imports.outscale_catalogue import read_outscale_catalogue
from catalog.domain.price_imports.ovh_catalogue import read_ovh_catalogue
from catalog.domain.price_imports.tables import check_size, decoded, refused, table_text

_LINE = re.compile(r"line (?P<line>\d+)")
_TIER = re.compile(r"\.tiers\[(?P<tier>\d+)\]")
# What a book calls a field, where a table's column is called otherwise.
_COLUMN_OF = {"from": "tier_from", "to": "tier_to", "locator": "source_note", "source": "source_url"}


@dataclass(frozen=True)
class RowProblem:
    """`row` is the line of a table, None elsewhere; `at` is the place as the reader calls it."""

    row: int | None
    column: str
    reason: str
    at: str

    @classmethod
    def of(cls, problem: BookProblem, lines: Mapping[str, tuple[int, ...]] | None = None) -> "RowProblem":
        """`lines`: the lines of a table that each SKU was made of, in the order of its tiers."""
        if found := _row_of_table(problem.place, lines or {}):
            row, column = found
            return cls(row, column, problem.reason, f"line {row}{f'.{column}' if column else ''}")
        last = problem.place.rpartition(".")[2]
        line = _LINE.match(problem.place)
        if line is None:
            return cls(None, last if "." in problem.place else "", problem.reason, problem.place)
        # A SKU may have dots as well.
        return cls(int(line["line"]), last if last in COLUMNS else "", problem.reason, problem.place)


def _row_of_table(place: str, lines: Mapping[str, tuple[int, ...]]) -> tuple[int, str] | None:
    """`prices[3] egress.tiers[1].from` is the second line of the SKU `egress`, in the column `tier_from`."""
    _, bracket, named = place.partition("] ")
    if not place.startswith("prices[") or not bracket:
        return None
    sku = named
    while sku not in lines:  # a SKU may have dots as well, so the longest that there is counts
        sku, dot, _ = sku.rpartition(".")
        if not dot:
            return None
    inside = named[len(sku) :]
    tier, rows = _TIER.match(inside), lines[sku]
    row = rows[min(int(tier["tier"]), len(rows) - 1)] if tier else rows[0]
    field = inside.rpartition(".")[2]
    column = _COLUMN_OF.get(field, field)
    return row, column if column in COLUMNS else ""


def books_from_upload(
    content: bytes, *, file: str, kind: str, settings: ImportSettings, current: CurrentBook
) -> Converted:
    """`current` answers with the book that a key has so far, as its file says it.

    Raises: PriceBookInvalid.
    """
    check_size(content, file)
    reader = READERS.get(kind)
    if reader is None:
        raise refused(file, f"There is no reader {kind[:40]!r}; there are {', '.join(READERS)}.")
    return reader(content, file, settings, current)


def guess_kind(file: str) -> str:
    """A JSON file without a word about it is a book's own file; a table is a collected list."""
    return BOOK if file.lower().endswith(".json") else COLLECTED


def _collected(content: bytes, file: str, settings: ImportSettings, current: CurrentBook) -> Converted:
    return read_collected(table_text(content, file=file), file=file, settings=settings, current=current)


def _book(content: bytes, file: str, settings: ImportSettings, current: CurrentBook) -> Converted:
    """The product's own format: read as plain JSON, so that a float is refused as one."""
    try:
        data = json.loads(decoded(content, file))
    except (ValueError, RecursionError) as error:
        raise refused(file, f"This is no JSON: {str(error)[:200]}.") from None
    if not isinstance(data, Mapping) or not isinstance(data.get("prices"), list):
        raise refused(file, "This is no price book: it has no list of prices.")
    return Converted(({**data, **settings.said()},))


def _ovh(content: bytes, file: str, settings: ImportSettings, current: CurrentBook) -> Converted:
    return read_ovh_catalogue(json_of(content, file), file=file, settings=settings, current=current)


def _outscale(content: bytes, file: str, settings: ImportSettings, current: CurrentBook) -> Converted:
    return read_outscale_catalogue(json_of(content, file), file=file, settings=settings, current=current)


def _cloudkitty(content: bytes, file: str, settings: ImportSettings, current: CurrentBook) -> Converted:
    return read_hashmap(json_of(content, file), file=file, settings=settings, current=current)


COLLECTED, BOOK, OVH, OUTSCALE, CLOUDKITTY = "collected", "book", "ovh", "outscale", "cloudkitty"
Reader = Callable[[bytes, str, ImportSettings, CurrentBook], Converted]
READERS: Mapping[str, Reader] = {
    COLLECTED: _collected,
    BOOK: _book,
    OVH: _ovh,
    OUTSCALE: _outscale,
    CLOUDKITTY: _cloudkitty,
}

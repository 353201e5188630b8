"""Tables that strangers send: CSV and XLSX become CSV text, cell for cell, or are refused in one sentence.

A workbook can be a bomb, hold formulas instead of numbers, or be no workbook at all. All of that is told
before any cell is read as a price.
"""

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from catalog.domain.price_book_fields import BookProblem, PriceBookInvalid

MAX_FILE_BYTES = 20 * 2**20
MAX_UNPACKED_BYTES = 100 * 2**20
MAX_PARTS = 500
MAX_ROWS = 50_000
MAX_COLUMNS = 100
MAX_CELL = 4000
EXACT_DIGITS = 15  # what a worksheet's number keeps
_FORMULA_STARTS = ("=", "@", "\t", "\r")
_MEGABYTE = 2**20


def table_text(content: bytes, *, file: str) -> str:
    """CSV text whose lines are the file's rows. Raises: PriceBookInvalid."""
    check_size(content, file)
    if content[:4] == b"PK\x03\x04":
        return _from_workbook(content, file)
    if file.lower().endswith((".xlsx", ".xlsm")) or content[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise refused(file, "This is no XLSX workbook. Save it as .xlsx, without a password, or as CSV.")
    return _checked_csv(decoded(content, file), file)


def check_size(content: bytes, file: str) -> None:
    if len(content) > MAX_FILE_BYTES:
        size = len(content) // _MEGABYTE
        raise refused(
            file,
            f"The file has {size} MB; {MAX_FILE_BYTES // _MEGABYTE} MB is the most. Split it by provider.",
        )
    if not content.strip():
        raise refused(file, "The file is empty.")


def decoded(content: bytes, file: str) -> str:
    """Raises: PriceBookInvalid."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        reason = f"Line {line} is not UTF-8 text. Save the file with the encoding UTF-8."
        raise PriceBookInvalid([BookProblem(file, f"line {line}", reason)]) from None
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        reason = f"Line {line} holds a zero byte, so this is no text. Save the file with the encoding UTF-8."
        raise PriceBookInvalid([BookProblem(file, f"line {line}", reason)])
    return text


def refused(file: str, reason: str) -> PriceBookInvalid:
    return PriceBookInvalid([BookProblem(file, "file", reason)])


# --- CSV ------------------------------------------------------------------------------------------------


def _checked_csv(text: str, file: str) -> str:
    """The text as it is, its rows looked through. Raises: PriceBookInvalid."""
    reader = csv.reader(io.StringIO(text), strict=True)
    try:
        _check_rows(((reader.line_num, row) for row in reader), file)
    except csv.Error as error:
        place = f"line {reader.line_num}"
        raise PriceBookInvalid([BookProblem(file, place, f"This is no CSV: {error}.")]) from None
    return text


def _check_rows(rows: Iterator[tuple[int, list[str]]], file: str) -> None:
    problems: list[BookProblem] = []
    seen: dict[tuple[str, ...], int] = {}
    header: list[str] = []
    for count, (line, row) in enumerate(rows):
        if count > MAX_ROWS:
            raise refused(file, f"The table has more than {MAX_ROWS} rows. Split it by provider.")
        if len(row) > MAX_COLUMNS:
            raise refused(file, f"Row {line} has {len(row)} columns; {MAX_COLUMNS} is the most.")
        header = header or [name.strip() for name in row]
        if not any(cell.strip() for cell in row):
            continue
        for index, cell in enumerate(row):
            if reason := _fault(cell):
                column = header[index] if index < len(header) else f"column {index + 1}"
                problems.append(BookProblem(file, f"line {line}.{column[:60]}", reason))
        said = tuple(cell.strip() for cell in row)
        if (first := seen.setdefault(said, line)) != line:
            problems.append(BookProblem(file, f"line {line}", f"It says the same as line {first}."))
    if problems:
        raise PriceBookInvalid(problems)


def _fault(cell: str) -> str:
    if cell.startswith(_FORMULA_STARTS):
        return "This cell holds a formula. Put its value there."
    if len(cell) > MAX_CELL:
        return f"This cell holds {len(cell)} characters; {MAX_CELL} is the most."
    return ""


# --- XLSX -----------------------------------------------------------------------------------------------


def _from_workbook(content: bytes, file: str) -> str:
    """The first sheet, row by row, so that line 7 of the text is row 7 of the sheet."""
    _look_into(content, file)
    try:
        # Not values: what Excel computed last may be stale, so a formula is to be seen as one.
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # a sheet that claims a million columns isn't believed
        rows = [list(row) for row in _limited(sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True), file)]
    except PriceBookInvalid:
        raise
    # The library raises whatever a broken part makes it trip over.
    except (
        InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, IndexError, TypeError, AttributeError,
        SyntaxError, OSError, EOFError, AssertionError, NotImplementedError, zipfile.LargeZipFile,
    ):  # fmt: skip
        raise refused(file, "This is no XLSX workbook that can be read. Save it again, or as CSV.") from None
    problems: list[BookProblem] = []
    header = [str(name or "").strip() for name in rows[0]] if rows else []
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    checked: list[tuple[int, list[str]]] = []
    for line, row in enumerate(rows, start=1):
        cells: list[str] = []
        for index, value in enumerate(row):
            try:
                cells.append(_cell_text(value))
            except ValueError as error:
                column = header[index] if index < len(header) else f"column {index + 1}"
                problems.append(BookProblem(file, f"line {line}.{column[:60]}", str(error)))
        cells = cells[: len(header)] if not any(cells[len(header) :]) else cells
        writer.writerow(cells)
        checked.append((line, cells))
    if problems:
        raise PriceBookInvalid(problems)
    _check_rows(iter(checked), file)
    return text.getvalue()


def _look_into(content: bytes, file: str) -> None:
    """Before anything is unpacked: how much it would become, and whether its XML brings entities along."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
                megabytes = MAX_UNPACKED_BYTES // _MEGABYTE
                raise refused(file, f"Unpacked, this workbook has more than {megabytes} MB. Save it as CSV.")
            if any(part.flag_bits & 1 for part in parts):
                raise refused(file, "This workbook has a password. Save it without one.")
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    with archive.open(part) as opened:
                        if b"<!DOCTYPE" in opened.read(2048).upper():
                            raise refused(file, "This workbook brings XML entities, which none needs.")
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, ValueError):
        raise refused(file, "This is no XLSX workbook that can be read. Save it again, or as CSV.") from None


def _limited(rows: Iterator[tuple[Any, ...]], file: str) -> Iterator[tuple[Any, ...]]:
    for count, row in enumerate(rows):
        if count > MAX_ROWS:
            raise refused(file, f"The table has more than {MAX_ROWS} rows. Split it by provider.")
        yield row


def _cell_text(value: Any) -> str:
    """Raises: ValueError with a sentence."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return _number_text(value)
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, str):
        raise ValueError("This cell holds neither text nor a number.")
    return " ".join(value.split("\n"))


def _number_text(value: float) -> str:
    """0.0709 as it was typed: worksheets keep numbers in binary, exact to fifteen digits."""
    number = Decimal(repr(value))
    if not number.is_finite():
        raise ValueError("This cell holds no number that can be a price.")
    if len(number.normalize().as_tuple().digits) > EXACT_DIGITS:
        raise ValueError(
            f"{value!r} has more digits than a worksheet's number keeps. Format the cell as text and type it "
            "anew."
        )
    return format(number.normalize(), "f")

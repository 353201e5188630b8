"""The recorded price lists, and what importing one without any book so far gives."""

import io
import json
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from catalog.domain.price_book_fields import PriceBookInvalid
from catalog.domain.price_book_files import parse_price_book
from catalog.domain.price_books import PriceBook
from catalog.domain.price_imports.conversion import Converted, ImportSettings, Json
from catalog.domain.price_imports.uploads import books_from_upload

LISTS = Path(__file__).parent / "price_lists"
TODAY = "2026-11-21"


def recorded(name: str) -> bytes:
    return (LISTS / name).read_bytes()


def rating_rules(**said: Any) -> bytes:
    """What a cloud's rating service answers, put together as the reader takes it."""
    rules: dict[str, Any] = {
        "cloud": "Our cloud",
        "period_seconds": 3600,
        "url": "https://rating.example.com",
    }
    for path in sorted((LISTS / "cloudkitty").glob("*.json")):
        rules |= json.loads(path.read_text())
    return json.dumps({**rules, **said}).encode()


def converted(content: bytes, *, file: str, kind: str, so_far: Json | None = None, **said: str) -> Converted:
    settings = ImportSettings(**{"today": TODAY, **said})
    return books_from_upload(content, file=file, kind=kind, settings=settings, current=lambda key: so_far)


def the_book(found: Converted, index: int = 0) -> PriceBook:
    """Read back, so that it is a book in every respect."""
    return parse_price_book({**found.books[index], "version": 1}, file="book.json")


def refusals(content: bytes, *, file: str, kind: str, **said: str) -> str:
    try:
        found = converted(content, file=file, kind=kind, **said)
        for index in range(len(found.books)):
            the_book(found, index)
    except PriceBookInvalid as invalid:
        return str(invalid)
    return ""


def workbook(*rows: list[Any]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()

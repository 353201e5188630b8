"""The examples of docs/prices.md are a book that reads."""

import json
import re
from pathlib import Path
from typing import Any

from catalog.domain.price_book_files import parse_price_book
from catalog.domain.price_row_reading import PRICE_FIELDS

PAGE = Path(__file__).parents[3] / "docs" / "prices.md"
STATED = {"source": "page", "locator": "Example", "confidence": "verbatim"}


def examples(kind: str) -> list[dict[str, Any]]:
    blocks = re.findall(rf"```json {kind}\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    return [json.loads(block) for block in blocks]


def test_every_example_of_the_page_is_read() -> None:
    [header] = examples("header")

    book = parse_price_book(
        {**header, "prices": [{**row, **STATED} for row in examples("row")]}, file="page.json"
    )

    assert book.price_count == len(examples("row"))


def test_every_field_of_a_row_is_on_the_page() -> None:
    page = PAGE.read_text(encoding="utf-8")

    assert {
        name for name in PRICE_FIELDS - {"currency"} if f"`{name}`" not in page and f'"{name}"' not in page
    } == set()

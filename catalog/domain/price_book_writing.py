"""Writes a price book's file."""

import json
from collections.abc import Mapping
from typing import Any

LISTS = ("sources", "prices")


def write_price_book(book: Mapping[str, Any]) -> str:
    """One price a line: small to keep, and a changed price is one changed line.

    What is no book comes out as it went in; whoever reads it back says what is wrong.
    """
    fields = [name for name in book if name not in LISTS] + [name for name in LISTS if name in book]
    return "{\n" + ",\n".join(f"  {_text(name)}: {_value(name, book[name])}" for name in fields) + "\n}\n"


def _value(name: str, value: Any) -> str:
    if name not in LISTS or not isinstance(value, list):
        return _text(value)
    rows = ",\n".join(f"    {_text(record)}" for record in value)
    return f"[\n{rows}\n  ]"


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)

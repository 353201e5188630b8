"""Writes a price book's file."""

import json
from collections.abc import Mapping
from typing import Any


def write_price_book(book: Mapping[str, Any]) -> str:
    """One price a line: small to keep, and a changed price is one changed line."""
    lines = [
        f"  {json.dumps(name)}: {json.dumps(value, ensure_ascii=False)},"
        for name, value in book.items()
        if name not in ("sources", "prices")
    ]
    for name in ("sources", "prices"):
        records = book.get(name)
        listed = records if isinstance(records, list) else []  # whoever reads it back says what is wrong
        rows = ",\n".join(f"    {json.dumps(record, ensure_ascii=False)}" for record in listed)
        lines.append(f'  "{name}": [\n{rows}\n  ]' + ("," if name == "sources" else ""))
    return "{\n" + "\n".join(lines) + "\n}\n"

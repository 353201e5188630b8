"""An estimate as CSV: a row for each line, then the rows that lead to the total."""

import csv
import io
from decimal import Decimal

from catalog.domain.money import amount_text, plain_text
from estimator.exports.sheet import Sheet, runs_as_formula

HEADER = (
    "row", "component", "resource", "description", "match", "quantity", "unit", "unit_price", "monthly",
    "one_time", "currency", "explanation", "source", "confidence",
)  # fmt: skip


def estimate_csv(sheet: Sheet) -> str:
    """Amounts are empty where nobody knows them. A text that a spreadsheet would run gets a ' in front."""
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(HEADER)
    factor = sheet.rate.rate if sheet.rate else Decimal(1)
    for row in sheet.rows:
        rows.writerow(
            [
                "line",
                *map(_text, (row.component, row.resource, row.description, row.match)),
                plain_text(row.quantity),
                _text(row.unit),
                _amount(None if row.listed is None else row.listed * factor),
                _amount(row.monthly),
                _amount(row.one_time),
                sheet.currency,
                *map(_text, (row.explanation, row.source, row.confidence)),
            ]
        )
    for kind, words, amounts in sheet.closing():
        figures = (amount_text(amounts.monthly), amount_text(amounts.one_time), sheet.currency)
        rows.writerow([kind, "", "", _text(words), "", "", "", "", *figures, "", "", ""])
    return out.getvalue()


def _amount(amount: Decimal | None) -> str:
    return "" if amount is None else amount_text(amount)


def _text(text: str) -> str:
    return f"'{text}" if runs_as_formula(text) else text

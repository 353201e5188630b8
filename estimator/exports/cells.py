"""Cells of a workbook: texts that never run, figures, formulas that round as price books do."""

from decimal import Decimal

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Font

from catalog.domain.money import Rounding, plain_text
from estimator.exports.sheet import runs_as_formula

BOLD = Font(bold=True)
AMOUNT = "#,##0.00"
PRICE = "#,##0.00########"
LONGEST_TEXT = 32_767  # characters in a cell


def write_text(cell: Cell, text: str, *, bold: bool = False) -> None:
    """As text whatever it begins with; quoted, so that it stays so when somebody edits the cell."""
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)[:LONGEST_TEXT]
    cell.data_type = "s"
    if runs_as_formula(text):
        cell.quotePrefix = True
    if bold:
        cell.font = BOLD


def write_number(cell: Cell, number: Decimal, number_format: str) -> None:
    cell.value = number
    cell.number_format = number_format


def write_formula(cell: Cell, formula: str, number_format: str) -> None:
    cell.value = f"={formula}"
    cell.number_format = number_format


def rounded_formula(inner: str, rounding: Rounding, *, of_line: bool) -> str:
    """As `Rounding` does it. A step of 0.05 counts twentieths; half_even has no function of its own."""
    step = rounding.line if of_line else rounding.total
    if step is None:
        return inner
    steps = f"({inner})/{plain_text(step)}" if step != 1 else f"({inner})"
    tidy = f"ROUND({steps},9)"  # spreadsheets count in binary: 0.285/0.01 is a little less than 28.5
    match rounding.mode:
        case "up":
            whole = f"ROUNDUP({tidy},0)"
        case "down":
            whole = f"ROUNDDOWN({tidy},0)"
        case "half_even":
            half = f"ABS(MOD({tidy},1)-0.5)<0.000000001"
            whole = f"IF({half},2*ROUND({tidy}/2,0),ROUND({tidy},0))"
        case _:
            whole = f"ROUND({tidy},0)"
    return f"{whole}*{plain_text(step)}" if step != 1 else whole

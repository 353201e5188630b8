"""An estimate as a workbook whose formulas come to the same totals, so that a reader can check and vary it.

    quantity × unit price, rounded as the book rounds → sum → mark-up → discounts, rule by rule → total → tax

Each discount has a column, in which a line shows what is taken off it. A line that is worth more or less than
its quantity times its price (a cap, a least charge) says its amount as a figure; what has no price is empty.
"""

import io
from dataclasses import dataclass
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from catalog.domain.money import CENT, Rounding, plain_text
from estimator.domain.totals import MONTHS_A_YEAR
from estimator.exports.cells import (
    AMOUNT,
    PRICE,
    rounded_formula,
    write_formula,
    write_number,
    write_text,
)
from estimator.exports.sheet import Row, Sheet

HEAD_ROW = 7
COLUMNS = (
    "Component",
    "Resource",
    "Description",
    "Match",
    "Quantity",
    "Unit",
    "Unit price",
    "A month",
    "Once",
)
QUANTITY, PRICE_COLUMN, MONTH, ONCE = "E", "G", "H", "I"
FIRST_DISCOUNT = len(COLUMNS) + 1
WIDTHS = (24, 24, 44, 36, 12, 12, 14, 14, 12)
CENTS = Rounding(line=CENT, total=CENT)
_NEAR = Decimal("1e-9")


def estimate_workbook(sheet: Sheet) -> bytes:
    book = Workbook()
    page = book.active
    assert isinstance(page, Worksheet)
    page.title = "Estimate"
    _Page(page, sheet).write()
    _write_months(book.create_sheet("Months"), sheet)
    _write_assumptions(book.create_sheet("Assumptions"), sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@dataclass
class _Page:
    page: Worksheet
    sheet: Sheet

    def write(self) -> None:
        self._write_head()
        for index, row in enumerate(self.sheet.rows):
            self._write_row(HEAD_ROW + 1 + index, row)
        self._write_closing(HEAD_ROW + len(self.sheet.rows) + 2)
        for index, width in enumerate(WIDTHS):
            self.page.column_dimensions[get_column_letter(index + 1)].width = width
        self.page.freeze_panes = f"A{HEAD_ROW + 1}"

    # --- Head: title, and the figures that formulas refer to --------------------------------------

    def _write_head(self) -> None:
        sheet = self.sheet
        write_text(self.page["A1"], sheet.title, bold=True)
        write_text(self.page["A2"], sheet.book)
        write_text(self.page["A3"], f"{plain_text(sheet.coverage * 100)}% of the lines have a price")
        if sheet.rate:
            write_text(self.page["A4"], str(sheet.rate))
            write_number(self.page["B4"], sheet.rate.rate, PRICE)
        if sheet.markup_percent:
            write_text(self.page["A5"], "Mark-up, %")
            write_number(self.page["B5"], sheet.markup_percent, "0.###")
        heads = [*COLUMNS, *(taken.rule.title for taken in sheet.discounts)]
        heads[6] += f", {sheet.listed_in}"
        heads[7] += f", {sheet.currency}"
        heads[8] += f", {sheet.currency}"
        for column, words in enumerate([*heads, "Explanation", "Source", "Confidence"], start=1):
            write_text(self.page.cell(HEAD_ROW, column), words, bold=True)
        for index, taken in enumerate(sheet.discounts):
            write_number(self.page.cell(HEAD_ROW - 1, FIRST_DISCOUNT + index), taken.rule.percent, "0.###")

    # --- One line -----------------------------------------------------------------------------------

    def _write_row(self, at: int, row: Row) -> None:
        page = self.page
        for column, text in ((1, row.component), (2, row.resource), (3, row.description), (4, row.match)):
            write_text(page.cell(at, column), text)
        write_number(page[f"{QUANTITY}{at}"], row.quantity, "#,##0.######")
        write_text(page.cell(at, 6), row.unit)
        if row.listed is not None:
            write_number(page[f"{PRICE_COLUMN}{at}"], row.listed, PRICE)
        for letter, amount in ((MONTH, row.monthly), (ONCE, row.one_time)):
            if amount is not None:
                self._write_amount(page[f"{letter}{at}"], at, row, amount)
        for index, is_covered in enumerate(row.covered_by):
            if is_covered and row.monthly is not None:
                cell = page.cell(at, FIRST_DISCOUNT + index)
                write_formula(cell, self._taken_off(at, index, MONTH), AMOUNT)
        after = FIRST_DISCOUNT + len(self.sheet.discounts)
        for column, text in enumerate((row.explanation, row.source, row.confidence), start=after):
            write_text(page.cell(at, column), text)

    def _write_amount(self, cell: Cell, at: int, row: Row, amount: Decimal) -> None:
        if row.listed is None or not amount:
            write_number(cell, amount, AMOUNT)
            return
        product = row.quantity * row.listed
        rate = self.sheet.rate.rate if self.sheet.rate else Decimal(1)
        if abs(self.sheet.rounding.of_line(product) * rate - amount) > _NEAR:
            write_number(cell, amount, AMOUNT)
            return
        rounded = rounded_formula(f"{QUANTITY}{at}*{PRICE_COLUMN}{at}", self.sheet.rounding, of_line=True)
        write_formula(cell, f"{rounded}*$B$4" if self.sheet.rate else rounded, AMOUNT)

    def _taken_off(self, at: int, index: int, column: str) -> str:
        """A rule's share of what the rules before it have left of the marked-up amount."""
        here = get_column_letter(FIRST_DISCOUNT + index)
        before = ""
        if index:
            first, last = (get_column_letter(FIRST_DISCOUNT + rule) for rule in (0, index - 1))
            before = f"-SUM(${first}{at}:{last}{at})"
        offered = f"{column}{at}*(1+$B$5/100)" if self.sheet.markup_percent else f"{column}{at}"
        return f"({offered}{before})*{here}${HEAD_ROW - 1}/100"

    # --- Under the lines ----------------------------------------------------------------------------

    def _write_closing(self, at: int) -> None:
        sheet, first, last = self.sheet, HEAD_ROW + 1, HEAD_ROW + max(1, len(self.sheet.rows))
        list_at, discount = at, 0
        total_at = at
        for kind, words, amounts in sheet.closing():
            write_text(self.page.cell(at, 3), words, bold=kind in ("total", "with_tax"))
            for column, amount in ((MONTH, amounts.monthly), (ONCE, amounts.one_time)):
                cell = self.page[f"{column}{at}"]
                match kind:
                    case "list":
                        total = CENTS if sheet.rate else sheet.rounding
                        summed = f"SUM({column}{first}:{column}{last})"
                        write_formula(cell, rounded_formula(summed, total, of_line=False), AMOUNT)
                    case "markup":
                        offered = f"ROUND(SUM({column}{first}:{column}{last})*(1+$B$5/100),2)"
                        write_formula(cell, f"{offered}-{column}{list_at}", AMOUNT)
                    case "discount" if column == MONTH:
                        taken = get_column_letter(FIRST_DISCOUNT + discount)
                        write_formula(cell, f"-ROUND(SUM({taken}{first}:{taken}{last}),2)", AMOUNT)
                    case "total":
                        total_at = at
                        write_formula(cell, f"SUM({column}{list_at}:{column}{at - 1})", AMOUNT)
                    case "tax" if sheet.tax is not None:
                        write_formula(cell, self._tax(f"{column}{total_at}"), AMOUNT)
                    case "with_tax" if sheet.tax is not None:
                        write_formula(cell, self._with_tax(column, total_at, at - 1), AMOUNT)
                    case _:
                        write_number(cell, amount, AMOUNT)
            discount += kind == "discount"
            at += 1
        write_text(self.page.cell(at + 1, 3), "A year")
        write_formula(self.page[f"{MONTH}{at + 1}"], f"{MONTH}{total_at}*{MONTHS_A_YEAR}", AMOUNT)
        for index, months in enumerate(sheet.periods.terms, start=at + 2):
            write_text(self.page.cell(index, 3), f"{months} months, with what is paid once")
            write_formula(
                self.page[f"{MONTH}{index}"], f"SUM(Months!B2:B{months + 1})+{ONCE}{total_at}", AMOUNT
            )

    def _tax(self, total: str) -> str:
        tax = self.sheet.tax
        assert tax is not None
        rate = plain_text(tax.rate_percent)
        if tax.included:
            return f"{total}-ROUND({total}/(1+{rate}/100),2)"
        return f"ROUND({self._net(total)}*{rate}/100,2)"

    def _with_tax(self, column: str, total_at: int, tax_at: int) -> str:
        tax = self.sheet.tax
        if tax is not None and tax.included:
            return f"{column}{total_at}"
        return f"{self._net(f'{column}{total_at}')}+{column}{tax_at}"

    def _net(self, total: str) -> str:
        """Another tax than the book's: that one is taken out first."""
        held = self.sheet.tax.taken_out if self.sheet.tax else None
        return total if held is None else f"ROUND({total}/(1+{plain_text(held)}),2)"


def _write_months(page: Worksheet, sheet: Sheet) -> None:
    """Growth prices each month anew, which no formula can: months are figures, their sums formulas."""
    write_text(page["A1"], "Month", bold=True)
    write_text(page["B1"], f"Amount, {sheet.currency}", bold=True)
    for number, amount in enumerate(sheet.periods.months, start=1):
        page.cell(number + 1, 1, number)
        write_number(page.cell(number + 1, 2), amount, AMOUNT)
    page.column_dimensions["B"].width = 16


def _write_assumptions(page: Worksheet, sheet: Sheet) -> None:
    for number, sentence in enumerate(sheet.assumptions, start=1):
        write_text(page.cell(number, 1), sentence)
    page.column_dimensions["A"].width = 110

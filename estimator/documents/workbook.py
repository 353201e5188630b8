"""A frozen proposal as a workbook: formulas that come to the totals that were offered.

A sheet an option: quantity × unit price → sum → discounts, rule by rule → services → total → tax; then the
months of the term, and a first sheet that compares the options.
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from catalog.domain.money import CENT, Rounding, plain_text
from estimator.documents.packages import without_times
from estimator.domain.proposals.changes import Changes
from estimator.domain.proposals.wording import day, version_words
from estimator.exports.cells import (
    AMOUNT,
    BOLD,
    PRICE,
    rounded_formula,
    write_formula,
    write_number,
    write_text,
)

Json = Mapping[str, Any]

COLUMNS = ("Part", "Item", "Description", "Match", "Quantity", "Unit", "Unit price", "A month", "Once")
WIDTHS = (24, 28, 40, 34, 12, 12, 14, 14, 14)
QUANTITY, UNIT_PRICE, MONTH, ONCE = "E", "G", "H", "I"
FIRST_DISCOUNT = len(COLUMNS) + 1
PERCENT_ROW, HEAD_ROW = 4, 5
CENTS = Rounding(line=CENT, total=CENT)
_NEAR = Decimal("1e-9")


def proposal_workbook(contents: Json, *, version: int, changes: Changes | None = None) -> bytes:
    """`contents` is the customer's part. The same contents give the same bytes."""
    book = Workbook()
    first = book.active
    assert isinstance(first, Worksheet)
    first.title = "Summary"
    options = [
        _OptionSheet(book.create_sheet(f"Option {option['letter']}"), option, contents["currency"])
        for option in contents["options"]
    ]
    for one in options:
        one.write()
    _write_summary(first, contents, options, version)
    if changes and changes.rows:
        _write_changes(book.create_sheet("Changes"), changes)
    out = io.BytesIO()
    book.save(out)
    return without_times(out.getvalue())


def _write_summary(page: Worksheet, contents: Json, options: list["_OptionSheet"], version: int) -> None:
    write_text(page["A1"], contents["title"], bold=True)
    write_text(page["A2"], f"Proposal {contents['number']}, {version_words(version)}")
    write_text(page["A3"], f"For {contents['customer']['name']}, by {contents['seller']['name']}")
    write_text(page["A4"], f"Valid until {day(contents['valid_until'])}")
    words = [f"Before tax, {contents['currency']}", "A month", "Once", f"{contents['term_months']} months"]
    for column, title in enumerate(words, start=1):
        write_text(page.cell(6, column), title, bold=True)
    for at, one in enumerate(options, start=7):
        write_text(page.cell(at, 1), f"Option {one.option['letter']}: {one.option['name']}")
        for column, cell in enumerate((one.net_month, one.net_once, one.term), start=2):
            write_formula(page.cell(at, column), f"'{one.page.title}'!{cell}", AMOUNT)
    at = 9 + len(options)
    for words_of in ("not_priced", "assumptions"):
        for one in options:
            for said in one.option[words_of]:
                text = said if isinstance(said, str) else f"{said['item']}, not priced: {said['reason']}"
                write_text(page.cell(at, 1), f"Option {one.option['letter']}. {text}")
                at += 1
    page.column_dimensions["A"].width = 60
    for letter in "BCD":
        page.column_dimensions[letter].width = 16


def _write_changes(page: Worksheet, changes: Changes) -> None:
    write_text(page["A1"], f"What changed since version {changes.since}", bold=True)
    for column, words in enumerate(("Where", "What", "Before", "Now"), start=1):
        write_text(page.cell(3, column), words, bold=True)
    for at, one in enumerate(changes.rows, start=4):
        for column, words in enumerate((one.where, one.what, one.before, one.after), start=1):
            write_text(page.cell(at, column), words)
    for letter, width in zip("ABCD", (24, 40, 48, 48), strict=True):
        page.column_dimensions[letter].width = width
    page.freeze_panes = "A4"


@dataclass
class _OptionSheet:
    """Writes one option; the cells of its totals are known afterwards."""

    page: Worksheet
    option: Json
    currency: str
    net_month: str = field(default="", init=False)
    net_once: str = field(default="", init=False)
    term: str = field(default="", init=False)

    def write(self) -> None:
        self._write_head()
        at = HEAD_ROW + 1
        for tier in self.option["bill"]:
            for row in tier["rows"]:
                self._write_row(at, tier["label"], row)
                at += 1
        last = max(at - 1, HEAD_ROW + 1)
        extras_from = at + 1
        at = extras_from
        for extra in self.option["extras"]:
            self._write_extra(at, extra)
            at += 1
        self._write_closing(at + 1, last=last, extras=(extras_from, at - 1))
        for index, width in enumerate(WIDTHS):
            self.page.column_dimensions[get_column_letter(index + 1)].width = width
        self.page.freeze_panes = f"A{HEAD_ROW + 1}"

    def _write_head(self) -> None:
        option, page = self.option, self.page
        write_text(page["A1"], f"Option {option['letter']}: {option['name']}", bold=True)
        write_text(page["A2"], f"{option['design']}, revision {option['revision']}")
        heads = [*COLUMNS, *(taken["title"] for taken in option["sums"]["discounts"]), "Resources"]
        for at in (6, 7, 8):
            heads[at] += f", {self.currency}"
        for column, words in enumerate(heads, start=1):
            write_text(page.cell(HEAD_ROW, column), words, bold=True)
        for index, taken in enumerate(option["sums"]["discounts"]):
            write_number(page.cell(PERCENT_ROW, FIRST_DISCOUNT + index), Decimal(taken["percent"]), "0.###")

    def _write_row(self, at: int, part: str, row: Json) -> None:
        page = self.page
        texts = ((1, part), (2, row["item"]), (3, row["description"]), (4, row["match"]), (6, row["unit"]))
        for column, text in texts:
            write_text(page.cell(at, column), text)
        write_number(page[f"{QUANTITY}{at}"], Decimal(row["quantity"]), "#,##0.######")
        if row["unit_price"] is not None:
            write_number(page[f"{UNIT_PRICE}{at}"], Decimal(row["unit_price"]), PRICE)
        for letter, amount in ((MONTH, row["monthly"]), (ONCE, row["one_time"])):
            if amount is not None:
                self._write_amount(letter, at, row, Decimal(amount))
        for index in row["discounts"]:
            if row["monthly"] is not None:
                formula = self._taken_off(at, index)
                write_formula(page.cell(at, FIRST_DISCOUNT + index), formula, AMOUNT)
        after = FIRST_DISCOUNT + len(self.option["sums"]["discounts"])
        write_text(page.cell(at, after), ", ".join(row["resources"]))

    def _write_amount(self, letter: str, at: int, row: Json, amount: Decimal) -> None:
        """A formula where quantity × price is the amount; a cap or a least charge is a figure."""
        cell = self.page[f"{letter}{at}"]
        product = Decimal(row["quantity"]) * Decimal(row["unit_price"])
        rounding = self._rounding()
        if not amount or abs(rounding.of_line(product) - amount) > _NEAR:
            write_number(cell, amount, AMOUNT)
        else:
            rounded = rounded_formula(f"{QUANTITY}{at}*{UNIT_PRICE}{at}", rounding, of_line=True)
            write_formula(cell, rounded, AMOUNT)

    def _taken_off(self, at: int, index: int) -> str:
        """A rule's share of what the rules before it have left of a line."""
        here, before = get_column_letter(FIRST_DISCOUNT + index), ""
        if index:
            first, last = (get_column_letter(FIRST_DISCOUNT + one) for one in (0, index - 1))
            before = f"-SUM(${first}{at}:{last}{at})"
        return f"({MONTH}{at}{before})*{here}${PERCENT_ROW}/100"

    def _write_extra(self, at: int, extra: Json) -> None:
        texts = ((1, "Services"), (2, extra["title"]), (3, extra["detail"]), (6, extra["unit"]))
        for column, text in texts:
            write_text(self.page.cell(at, column), text)
        write_number(self.page[f"{QUANTITY}{at}"], Decimal(extra["quantity"]), "#,##0.######")
        write_number(self.page[f"{UNIT_PRICE}{at}"], Decimal(extra["unit_price"]), PRICE)
        letter = MONTH if extra["monthly"] is not None else ONCE
        formula = rounded_formula(f"{QUANTITY}{at}*{UNIT_PRICE}{at}", CENTS, of_line=True)
        write_formula(self.page[f"{letter}{at}"], formula, AMOUNT)

    def _write_closing(self, at: int, *, last: int, extras: tuple[int, int]) -> None:
        sums, first, top = self.option["sums"], HEAD_ROW + 1, at
        self._line(at, "Sum of the lines")
        for letter in (MONTH, ONCE):
            total = rounded_formula(f"SUM({letter}{first}:{letter}{last})", self._rounding(), of_line=False)
            write_formula(self.page[f"{letter}{at}"], total, AMOUNT)
        for index, taken in enumerate(sums["discounts"]):
            at += 1
            self._line(at, taken["title"])
            column = get_column_letter(FIRST_DISCOUNT + index)
            off = f"-ROUND(SUM({column}{first}:{column}{last}),2)"
            write_formula(self.page[f"{MONTH}{at}"], off, AMOUNT)
            write_number(self.page[f"{ONCE}{at}"], -Decimal(taken["one_time"]), AMOUNT)
        if self.option["extras"]:
            at += 1
            self._line(at, "Services")
            for letter in (MONTH, ONCE):
                write_formula(
                    self.page[f"{letter}{at}"], f"SUM({letter}{extras[0]}:{letter}{extras[1]})", AMOUNT
                )
        at += 1
        self._line(at, "Before tax", bold=True)
        for letter in (MONTH, ONCE):
            write_formula(self.page[f"{letter}{at}"], f"SUM({letter}{top}:{letter}{at - 1})", AMOUNT)
        self.net_month, self.net_once = f"{MONTH}{at}", f"{ONCE}{at}"
        if sums["tax"]:
            self._write_tax(at + 1, net_at=at)
            at += 2
        self._write_term(at + 2)

    def _write_tax(self, at: int, *, net_at: int) -> None:
        """Each part of a tax is rounded by itself, as the estimate does it, so these are the frozen figures
        wherever a price book's own tax had to be taken out first."""
        tax = self.option["sums"]["tax"]
        rate = tax["rate_percent"]
        words = f"{tax['name']}, {rate}%"
        self._line(at, f"{words}, included" if tax["included"] else words)
        self._line(at + 1, "With tax", bold=True)
        for letter, name in ((MONTH, "monthly"), (ONCE, "one_time")):
            net, charged = Decimal(tax["net"][name]), Decimal(self.option["sums"]["net"][name])
            if tax["included"] or net != charged:
                write_number(self.page[f"{letter}{at}"], Decimal(tax["tax"][name]), AMOUNT)
                write_number(self.page[f"{letter}{at + 1}"], Decimal(tax["total"][name]), AMOUNT)
                continue
            write_formula(self.page[f"{letter}{at}"], f"ROUND({letter}{net_at}*{rate}/100,2)", AMOUNT)
            write_formula(self.page[f"{letter}{at + 1}"], f"{letter}{net_at}+{letter}{at}", AMOUNT)

    def _write_term(self, at: int) -> None:
        """Growth prices each month anew, which no formula can: months are figures, their sum a formula."""
        page, months = self.page, self.option["months"]
        self._line(at, f"The {len(months)} months, without services", bold=True)
        for number, amount in enumerate(months, start=1):
            self._line(at + number, f"Month {number}")
            write_number(page[f"{MONTH}{at + number}"], Decimal(amount), AMOUNT)
        last = at + len(months)
        self._line(last + 1, f"{len(months)} months in total, before tax", bold=True)
        self.term = f"{MONTH}{last + 1}"
        extras = self.option["sums"]["extras"]["monthly"]
        services = f"+{plain_text(Decimal(extras))}*{len(months)}" if Decimal(extras) else ""
        write_formula(
            page[self.term], f"SUM({MONTH}{at + 1}:{MONTH}{last})+{self.net_once}{services}", AMOUNT
        )

    def _line(self, at: int, words: str, *, bold: bool = False) -> None:
        write_text(self.page.cell(at, 3), words, bold=bold)
        if bold:
            self.page[f"{MONTH}{at}"].font = self.page[f"{ONCE}{at}"].font = BOLD

    def _rounding(self) -> Rounding:
        said = self.option["rounding"]
        steps = {name: None if said[name] is None else Decimal(said[name]) for name in ("line", "total")}
        return Rounding(mode=said["mode"], **steps)

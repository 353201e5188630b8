"""Percent rows: discounts and surcharges on lines, one after the other.

A row takes its percentage of what the rows of a lower order have left of a line; rows of one order take
theirs of the same amount. So OUTSCALE's 10 % for dedicated servers is 10 % of what a reservation leaves. A
ceiling limits what is taken off (or put on) a line altogether, in per cent of its list amount.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby

from catalog.domain.commitments import ON_DEMAND, Terms
from catalog.domain.money import ZERO
from catalog.domain.price_books import PriceBook
from catalog.domain.price_rows import Charge, Price, Scope
from estimator.domain import reasons
from estimator.domain.line_items import LineItem, LineSource

HUNDRED = Decimal(100)
ONE = Decimal(1)


@dataclass
class _Running:
    """A line, and what the percentages so far have made of it."""

    line: LineItem
    list_amount: Decimal
    amount: Decimal
    row: Price = field(init=False)

    def __post_init__(self) -> None:
        assert self.line.row is not None
        self.row = self.line.row

    def is_covered_by(self, percent: Price) -> bool:
        """What another percentage added counts in the amount of its line, or alone for who names its SKU."""
        if self.row.charge is Charge.PERCENT and not percent.applies_to.sku:
            return False
        return percent.applies_to.covers(self.line.service, self.row)

    def change(self, percent: Decimal, ceiling: Decimal | None) -> Decimal:
        """What the row adds; less than its percentage where the ceiling is reached."""
        added = self.amount * percent / HUNDRED
        if ceiling is None:
            return added
        most = max(ZERO, self.list_amount * ceiling / HUNDRED - abs(self.amount - self.list_amount))
        return added if abs(added) <= most else most.copy_sign(added)


@dataclass
class _Change:
    """What one row adds to the lines of one resource, or of the account."""

    base: Decimal = ZERO
    added: Decimal = ZERO
    is_cut: bool = False


def percent_lines(book: PriceBook, lines: Sequence[LineItem], terms: Terms = ON_DEMAND) -> list[LineItem]:
    """One line for each row and resource that it applies to; of a row for the account, one altogether."""
    rows = book.percents(terms)
    if not rows:
        return []
    running = [
        _Running(line, line.monthly, line.monthly) for line in lines if line.row is not None and line.monthly
    ]
    found: list[LineItem] = []
    for _, together in groupby(rows, lambda row: row.order):
        changes: list[tuple[_Running, Decimal]] = []
        new: list[LineItem] = []
        for row in together:
            covered = [one for one in running if one.is_covered_by(row)]
            for made, parts in _applied(book, row, covered):
                new.append(made)
                changes += parts
        for one, added in changes:
            one.amount += added
        # A row may be a percentage of what these add.
        running += [_Running(line, line.monthly, line.monthly) for line in new if line.monthly]
        found += new
    return found


def _applied(
    book: PriceBook, row: Price, covered: Sequence[_Running]
) -> Iterator[tuple[LineItem, list[tuple[_Running, Decimal]]]]:
    for share, percent in _percentages(row, sum((one.amount for one in covered), ZERO)):
        for group in _groups(row, covered):
            change, parts = _Change(), []
            for one in group:
                wanted = one.change(percent, None) * share
                added = one.change(percent, row.ceiling_percent) * share
                change.base += one.amount * share
                change.added += added
                change.is_cut = change.is_cut or added != wanted
                parts.append((one, added))
            if change.added:
                yield _line(book, row, group[0].line, change, percent), parts


def _percentages(row: Price, spent: Decimal) -> Iterator[tuple[Decimal, Decimal]]:
    """(share of the amount, percentage): one, or one for each band of a graduated percentage."""
    if not row.has_tiers:
        yield ONE, row.unit_price
        return
    for band in row.ladder.bands(spent) if spent > 0 else ():
        if band.price:
            yield band.quantity / spent, band.price


def _groups(row: Price, covered: Iterable[_Running]) -> Iterator[list[_Running]]:
    """Of a row for the account all lines; else the lines of one service of one resource."""
    groups: dict[tuple[str, str], list[_Running]] = {}
    for one in covered:
        of = ("", "") if row.scope is Scope.ACCOUNT else (one.line.key, one.line.service)
        groups.setdefault(of, []).append(one)
    yield from groups.values()


def _line(book: PriceBook, row: Price, first: LineItem, change: _Change, percent: Decimal) -> LineItem:
    is_account = row.scope is Scope.ACCOUNT
    # Where a ceiling cut some of it, no one rate explains the sum.
    quantity, unit_price = (ONE, change.added) if change.is_cut else (change.base, percent / HUNDRED)
    amount = book.rounding.of_line(change.added)
    due = row.terms.due_at_start(change.base + change.added)
    return LineItem(
        key=f"account/percent[{row.attributes.get('name', row.sku)}]" if is_account else first.key,
        component="" if is_account else first.component,
        service=row.service if is_account else first.service,
        sku=row.sku,
        description=row.description,
        quantity=quantity,
        unit=book.currency,
        unit_price=unit_price,
        monthly=amount,
        one_time=ZERO,
        due_at_start=due,
        source=LineSource(row.source.url, row.locator, row.confidence, row.source.kind),
        assumption=reasons.join(
            reasons.percent(row, percent, ceiling=change.is_cut),
            reasons.terms(book, row, due),
            reasons.doubt(row.source),
        ),
        row=row,
    )

"""What a provider adds to or takes off the lines of what is used: fees, percentages, least charges.

In the order in which a bill is made up: flat fees of the account, percent rows by their order, least charges
of single prices, minimums over groups. Each is a line of its own, and one of the account unless it belongs to
a resource.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from catalog.domain.commitments import ON_DEMAND, Terms
from catalog.domain.money import ZERO
from catalog.domain.monthly_rates import monthly_rate
from catalog.domain.price_books import PriceBook
from catalog.domain.price_rows import Charge, Price, Scope
from estimator.domain import reasons
from estimator.domain.line_items import LineItem, LineSource
from estimator.domain.percentages import percent_lines

ACCOUNT = "account"
ONE = Decimal(1)


def with_account_lines(
    book: PriceBook, lines: Sequence[LineItem], terms: Terms = ON_DEMAND
) -> list[LineItem]:
    """All lines: what is added for a resource stands behind its component's, the account's come last."""
    charged = [*lines, *_fee_lines(book, lines)]
    charged += percent_lines(book, charged, terms)
    charged += _least_charge_lines(book, charged)
    own = [line for line in charged if line.component]
    account = [line for line in charged if not line.component]
    return [*_by_component(own), *account, *minimum_lines(book, charged)]


def _by_component(lines: Iterable[LineItem]) -> list[LineItem]:
    owners: dict[str, list[LineItem]] = {}
    for line in lines:
        owners.setdefault(line.component, []).append(line)
    return [line for owned in owners.values() for line in owned]


# --- Flat fees --------------------------------------------------------------------------------------


def _fee_lines(book: PriceBook, lines: Sequence[LineItem]) -> list[LineItem]:
    """Once for the account as soon as anything is priced that the fee is for."""
    return [
        _fee_line(book, fee)
        for fee in book.account_fees
        if any(line.row is not None and fee.applies_to.covers(line.service, line.row) for line in lines)
    ]


def _fee_line(book: PriceBook, fee: Price) -> LineItem:
    rate = monthly_rate(book, fee, fee.unit_price, book.month_hours)
    amount = book.rounding.of_line(rate.monthly)
    once = fee.charge is Charge.ONE_TIME
    return _account_line(
        fee,
        "fee",
        quantity=rate.periods,
        unit=str(rate.unit),
        unit_price=rate.unit_price,
        monthly=ZERO if once else amount,
        one_time=amount if once else ZERO,
        assumption=fee.note,
    )


# --- The least that has to be paid ------------------------------------------------------------------


def _least_charge_lines(book: PriceBook, lines: Sequence[LineItem]) -> list[LineItem]:
    """Mailgun: a thousand messages are free, the next one costs a dollar, and then so much each."""
    reached: dict[tuple[str, str], tuple[LineItem, Decimal]] = {}
    for line in lines:
        if line.row is None or not line.row.minimum_charge or not line.monthly:
            continue
        of = (line.row.sku, line.key if line.row.scope is Scope.RESOURCE else "")
        first, so_far = reached.get(of, (line, ZERO))
        reached[of] = (first, so_far + line.monthly)
    return [
        _least_charge_line(book, first, so_far)
        for first, so_far in reached.values()
        if first.row is not None and so_far < first.row.minimum_charge
    ]


def _least_charge_line(book: PriceBook, first: LineItem, reached: Decimal) -> LineItem:
    row = first.row
    assert row is not None
    is_own = row.scope is Scope.RESOURCE
    rest = row.minimum_charge - reached
    return LineItem(
        key=first.key if is_own else f"{ACCOUNT}/least[{row.sku}]",
        component=first.component if is_own else "",
        service=row.service,
        sku=row.sku,
        description=f"{row.description}, rest of the least charge",
        quantity=ONE,
        unit="month",
        unit_price=rest,
        monthly=rest,
        one_time=ZERO,
        source=_source(row),
        assumption=reasons.join(reasons.least_charge(book, row, reached), reasons.doubt(row.source)),
        row=row,
    )


def minimum_lines(book: PriceBook, lines: Sequence[LineItem]) -> list[LineItem]:
    """One line for each minimum charge that the lines under it don't reach: the rest up to it."""
    return [line for row in book.minimums if (line := _minimum_line(book, row, lines))]


def _minimum_line(book: PriceBook, row: Price, lines: Sequence[LineItem]) -> LineItem | None:
    under_it = [
        line.monthly
        for line in lines
        if line.monthly and line.row is not None and row.applies_to.covers(line.service, line.row)
    ]
    reached = sum(under_it, ZERO)
    rest = row.unit_price - reached
    if not under_it or rest <= 0:
        return None
    return _account_line(
        row,
        "minimum",
        quantity=ONE,
        unit=str(row.unit),
        unit_price=rest,
        monthly=rest,
        assumption=reasons.minimum(book, row, reached),
    )


# --- Lines ------------------------------------------------------------------------------------------


def _account_line(
    row: Price,
    what: str,
    *,
    quantity: Decimal,
    unit: str,
    unit_price: Decimal,
    monthly: Decimal,
    assumption: str,
    one_time: Decimal = ZERO,
) -> LineItem:
    return LineItem(
        key=f"{ACCOUNT}/{what}[{row.attributes.get('name', row.sku)}]",
        component="",
        service=row.service,
        sku=row.sku,
        description=row.description,
        quantity=quantity,
        unit=unit,
        unit_price=unit_price,
        monthly=monthly,
        one_time=one_time,
        source=_source(row),
        assumption=reasons.join(assumption, reasons.doubt(row.source)),
        row=row,
    )


def _source(row: Price) -> LineSource:
    return LineSource(row.source.url, row.locator, row.confidence, row.source.kind)

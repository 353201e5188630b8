"""Sums over line items: totals, coverage, doubt, and what each component and category costs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from catalog.domain.money import ZERO, amount_text
from catalog.domain.price_rows import SOURCE_KINDS, Charge
from estimator.domain.discounts import Pair
from estimator.domain.line_items import LineItem

MONTHS_A_YEAR = 12
ACCOUNT = "account"  # the category of lines that belong to no component
HOURLY_PLACES = Decimal("0.000001")  # 730 hours of a millionth stay below a tenth of a cent


@dataclass(frozen=True)
class Totals:
    """What is charged, before tax. `hourly` and `yearly` are computed from the `monthly` that is shown."""

    hourly: Decimal
    monthly: Decimal
    yearly: Decimal
    one_time: Decimal

    @classmethod
    def of(cls, charged: Pair, *, hours: Decimal) -> "Totals":
        return cls(
            hourly=(charged.monthly / hours).quantize(HOURLY_PLACES) if hours else ZERO,
            monthly=charged.monthly,
            yearly=charged.monthly * MONTHS_A_YEAR,
            one_time=charged.one_time,
        )

    def to_json(self) -> dict[str, str]:
        return {
            "hourly": amount_text(self.hourly),
            "monthly": amount_text(self.monthly),
            "yearly": amount_text(self.yearly),
            "one_time": amount_text(self.one_time),
        }


@dataclass(frozen=True)
class Doubt:
    """The least certain kind of source, and how many of the priced lines rest on it."""

    kind: str
    lines: int
    of: int

    def to_json(self) -> dict[str, str | int]:
        return {"kind": self.kind, "lines": self.lines, "of": self.of}


@dataclass(frozen=True)
class ComponentTotal:
    """`monthly` is None when nothing of the component has a price."""

    monthly: Decimal | None
    unpriced: int

    def to_json(self) -> dict[str, str | int | None]:
        return {
            "monthly": None if self.monthly is None else amount_text(self.monthly),
            "unpriced": self.unpriced,
        }


def coverage(lines: Sequence[LineItem]) -> Decimal:
    """Priced lines ÷ all lines, rounded down: 1.00 only when everything has a price.

    A discount answers for nothing that the design uses, so it makes no estimate more complete.
    """
    uses = [line for line in lines if line.row is None or line.row.charge is not Charge.PERCENT]
    if not uses:
        return Decimal("1.00")
    priced = sum(line.is_priced for line in uses)
    return (Decimal(priced) / len(uses)).quantize(Decimal("0.01"), ROUND_DOWN)


def worst_source(lines: Iterable[LineItem]) -> Doubt | None:
    """None where no line has a source."""
    kinds = [line.source.kind for line in lines if line.source]
    if not kinds:
        return None
    worst = max(kinds, key=SOURCE_KINDS.index)
    return Doubt(worst, kinds.count(worst), len(kinds))


def by_component(lines: Iterable[LineItem]) -> dict[str, ComponentTotal]:
    totals: dict[str, ComponentTotal] = {}
    for line in lines:
        if not line.component:
            continue
        so_far = totals.get(line.component, ComponentTotal(None, 0))
        if line.monthly is None:
            totals[line.component] = ComponentTotal(so_far.monthly, so_far.unpriced + 1)
        else:
            totals[line.component] = ComponentTotal((so_far.monthly or ZERO) + line.monthly, so_far.unpriced)
    return totals


def by_category(lines: Iterable[LineItem], categories: Mapping[str, str]) -> dict[str, Decimal]:
    """Only categories in which something has a price; lines of no component are the account's."""
    totals: dict[str, Decimal] = {}
    for line in lines:
        category = categories.get(line.component) if line.component else ACCOUNT
        if category and line.monthly is not None:
            totals[category] = totals.get(category, ZERO) + line.monthly
    return totals

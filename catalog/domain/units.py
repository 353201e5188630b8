"""Units as price lists write them: an optional count, a thing, an optional period.

`hour`, `month`          the thing itself, for as long as it exists
`GB-hour`, `GiB-month`   so much of something, held for so long
`GB`                     so much of something that flows by
`100-connections-hour`   a hundred at a time
`2-vcore-hour`           a pack of two
`item`                   one of it, once
`percent`                of what other lines cost
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

ITEM = "item"  # the thing itself: "hour" is short for "item-hour"
_COUNT = re.compile("[1-9][0-9]{0,8}")
PERIODS = ("hour", "month")

BYTES = {
    "MB": Decimal(10**6),
    "MiB": Decimal(2**20),
    "GB": Decimal(10**9),
    "GiB": Decimal(2**30),
    "TB": Decimal(10**12),
    "TiB": Decimal(2**40),
}
BINARY = frozenset({"MiB", "GiB", "TiB"})
BINARY_TWIN = {"MB": "MiB", "GB": "GiB", "TB": "TiB"}
PERCENT = "percent"  # of other lines
# fmt: off
COUNTED = frozenset({
    ITEM, PERCENT, "account", "check", "connections", "disk", "IOPS", "message", "query", "request", "server",
    "transaction", "vcore", "zone",
})
# fmt: on


class UnitBasis(StrEnum):
    """What a price list means by GB: 1000³ bytes, 1024³ bytes, or it doesn't say."""

    DECIMAL = "decimal"
    BINARY = "binary"
    UNSTATED = "unstated"


class UnknownUnit(ValueError):
    def __init__(self, text: str) -> None:
        self.text = text
        super().__init__(f"{text[:40]!r} is no unit we know, such as hour, GB-month or 100-connections-hour.")


class UnitMismatch(ValueError):
    def __init__(self, used: "Unit", priced: "Unit") -> None:
        super().__init__(f"{used} can't be counted in {priced}.")


@dataclass(frozen=True)
class Unit:
    thing: str
    period: str | None
    count: int = 1

    def __str__(self) -> str:
        parts = [str(self.count)] if self.count != 1 else []
        parts += [self.thing] if self.thing != ITEM or not self.period else []
        parts += [self.period] if self.period else []
        return "-".join(parts)


@lru_cache(maxsize=256)
def parse_unit(text: str) -> Unit:
    """Raises: UnknownUnit."""
    parts = text.split("-")
    count = int(parts.pop(0)) if len(parts) > 1 and _COUNT.fullmatch(parts[0]) else 1
    period = parts.pop() if parts[-1] in PERIODS else None
    thing = parts[0] if parts else ITEM
    if len(parts) > 1 or (thing not in BYTES and thing not in COUNTED):
        raise UnknownUnit(text)
    return Unit(thing, period, count)


def factor(used: Unit, priced: Unit, *, month_hours: Decimal, basis: UnitBasis) -> Decimal:
    """How many of the price's units one unit of usage is.

    Where a list doesn't say what its GB is, a GB and a GiB count as the same: the size asked for is the
    size paid for, and the estimate says so.
    Raises: UnitMismatch, such as hours against GB.
    """
    things = _thing_factor(used, priced, basis)
    return things * _period_factor(used, priced, month_hours) * used.count / priced.count


def things(used: Unit, priced: Unit, basis: UnitBasis) -> Decimal:
    """How many of the price's things one unit of usage is, for however long. Raises: UnitMismatch."""
    return _thing_factor(used, priced, basis) * used.count / priced.count


def _thing_factor(used: Unit, priced: Unit, basis: UnitBasis) -> Decimal:
    if used.thing == priced.thing:
        return Decimal(1)
    if used.thing in BYTES and priced.thing in BYTES:
        return BYTES[used.thing] / _bytes_meant(priced.thing, used.thing, basis)
    raise UnitMismatch(used, priced)


def _bytes_meant(priced: str, used: str, basis: UnitBasis) -> Decimal:
    """Bytes in the price list's unit; only its GB and TB leave room for doubt."""
    binary = basis is UnitBasis.BINARY or (basis is UnitBasis.UNSTATED and used in BINARY)
    return BYTES[BINARY_TWIN.get(priced, priced) if binary else priced]


def _period_factor(used: Unit, priced: Unit, month_hours: Decimal) -> Decimal:
    if used.period == priced.period:
        return Decimal(1)
    if used.period == "month" and priced.period == "hour":
        return month_hours
    if used.period == "hour" and priced.period == "month":
        return 1 / month_hours
    raise UnitMismatch(used, priced)

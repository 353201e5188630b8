"""A quantity cut up by price: graduated bands, one price for the whole volume, or whole blocks.

What holds for every ladder, and tests/catalog/domain/test_price_tiers.py proves: the bands of a quantity add
up to it (in blocks: to the started blocks), they follow each other without a gap, graduated and block prices
never fall as the quantity grows, and using something in two portions costs what using it at once does.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum

from catalog.domain.money import ZERO


class TierMode(StrEnum):
    GRADUATED = "graduated"  # each band of the quantity has its own price
    VOLUME = "volume"  # the whole quantity has the price of the tier that it reaches
    BLOCK = "block"  # sold in whole blocks of `block_size`


@dataclass(frozen=True)
class Tier:
    """Units above `start` up to and including `end`; None is without end. Of a percent row, `price` is %."""

    start: Decimal
    end: Decimal | None
    price: Decimal


@dataclass(frozen=True)
class Band:
    """A part of a quantity with one price; `price` None is where the list ends and "contact us" begins."""

    quantity: Decimal
    price: Decimal | None
    start: Decimal
    end: Decimal | None
    is_free: bool = False


@dataclass(frozen=True)
class Ladder:
    tiers: tuple[Tier, ...]
    mode: TierMode = TierMode.GRADUATED
    block_size: Decimal = Decimal(1)

    def bands(
        self,
        quantity: Decimal,
        *,
        used_before: Decimal = ZERO,
        free: Decimal = ZERO,
        reached: Decimal | None = None,
    ) -> list[Band]:
        """The quantity by price, lowest band first; nothing is lost and nothing counted twice.

        `used_before`: what the account used of this price already; such use fills the lower bands.
        `free`: so much costs nothing, before the first tier begins.
        `reached`: which quantity decides on a volume price, where that is the account's and not this one.
        """
        if self.mode is TierMode.VOLUME:
            return [self._volume_band(quantity, quantity if reached is None else reached)] if quantity else []
        if self.mode is TierMode.BLOCK:
            quantity = (quantity / self.block_size).to_integral_value(ROUND_CEILING) * self.block_size
        return list(self._graduated_bands(used_before, used_before + quantity, free))

    def _graduated_bands(self, low: Decimal, high: Decimal, free: Decimal) -> Iterator[Band]:
        if low < free and low < high:
            yield Band(min(high, free) - low, ZERO, ZERO, free, is_free=True)
        for tier in self.tiers:
            start, end = tier.start + free, None if tier.end is None else tier.end + free
            inside = (high if end is None else min(high, end)) - max(low, start)
            if inside > 0:
                yield Band(inside, tier.price, start, end)
        last = self.tiers[-1].end
        if last is not None and high > last + free:
            yield Band(high - max(low, last + free), None, last + free, None)

    def _volume_band(self, quantity: Decimal, reached: Decimal) -> Band:
        for tier in self.tiers:
            if tier.end is None or reached <= tier.end:
                return Band(quantity, tier.price, tier.start, tier.end)
        return Band(quantity, None, self.tiers[-1].end or ZERO, None)

"""The same design in other months: with less use and with more, and after months of growth.

Only what moves is priced again, with all that shares a price with it; the rest of the month stays as it is.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from catalog.domain.price_books import PriceBook
from estimator.domain.assumptions import Assumptions, Profile
from estimator.domain.billing import Used, month_lines, priced_together, stock_of
from estimator.domain.discounts import Settling, Weight
from estimator.domain.line_items import LineItem
from estimator.domain.metering import Usage
from estimator.domain.pricing import Stock

Changes = Callable[[Usage, str], bool]  # this usage of this component does


@dataclass(frozen=True)
class Split:
    """A design in two: what is priced again for another month, and what the rest weighs and counts in it."""

    moving: Sequence[Used]
    steady: Weight
    stock: Stock


@dataclass
class Forecast:
    """`drawn` is what the design says, `settling` leads from lines to what is charged."""

    book: PriceBook
    drawn: Sequence[Used]
    assumptions: Assumptions
    settling: Settling

    def lines(self, profile: Profile, months_on: int = 0) -> list[LineItem]:
        """All of them, in the order of the graph."""
        return month_lines(self.book, self._used(self.drawn, profile, months_on), self.assumptions.purchase)

    def monthly(self, profile: Profile) -> Decimal | None:
        """A first month of this profile; None where it is the same as any other."""
        return self._charged(self._moving, profile, 0)

    def grown(self, months_on: int) -> Decimal | None:
        """A later month; None where nothing grows."""
        return self._charged(self._growing, self.assumptions.profile, months_on)

    def grown_at(self, profile: Profile, months_on: int) -> Decimal | None:
        """A later month of this profile; None where nothing grows or its use is known."""
        if self._growing is None or self._moving is None:
            return None
        return self._charged(self._changing, profile, months_on)

    @cached_property
    def _changing(self) -> Split | None:
        said = self.assumptions
        return self._split(lambda usage, of: said.moves(usage, of) or said.grows(usage, of))

    @cached_property
    def _moving(self) -> Split | None:
        return self._split(self.assumptions.moves)

    @cached_property
    def _growing(self) -> Split | None:
        return self._split(self.assumptions.grows)

    def _split(self, changes: Changes) -> Split | None:
        """None where nothing changes."""
        services = {usage.service for resource, usage in self.drawn if changes(usage, resource.component)}
        if not services:
            return None
        together = priced_together(self.book, frozenset(services), self.assumptions.purchase)
        if together is None:
            return Split(self.drawn, self.settling.weigh(()), Stock())
        rest = [one for one in self.drawn if one[1].service not in together]
        terms, used = self.assumptions.purchase, self._used(rest, self.assumptions.profile, 0)
        steady = self.settling.weigh(month_lines(self.book, used, terms))
        moving = [one for one in self.drawn if one[1].service in together]
        return Split(moving, steady, stock_of(self.book, used, terms))

    def _charged(self, split: Split | None, profile: Profile, months_on: int) -> Decimal | None:
        if split is None:
            return None
        used = self._used(split.moving, profile, months_on)
        lines = month_lines(self.book, used, self.assumptions.purchase, beside=split.stock)
        moved = self.settling.weigh(lines)
        return self.settling.settle(split.steady + moved).net.monthly

    def _used(self, drawn: Sequence[Used], profile: Profile, months_on: int) -> list[Used]:
        month, applied = self.book.month, self.assumptions.applied
        return [
            (resource, applied(usage, resource.component, month, profile=profile, months_on=months_on))
            for resource, usage in drawn
        ]

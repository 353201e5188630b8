"""The same design in other months: with less use and with more, and after months of growth.

Only what moves is priced again, with all that shares a price with it; the rest of the month stays as it is.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from catalog.domain.price_books import PriceBook
from estimator.domain.assumptions import Assumptions, Profile
from estimator.domain.billing import Used, month_lines, priced_together
from estimator.domain.line_items import LineItem

Moves = Callable[[Used], bool]


@dataclass
class Forecast:
    """`drawn` is what the design says; `charge` is what lines come to, after all terms, in a month."""

    book: PriceBook
    drawn: Sequence[Used]
    assumptions: Assumptions
    charge: Callable[[Sequence[LineItem]], Decimal]
    _steady: dict[frozenset[str] | None, list[LineItem]] = field(default_factory=dict)

    def lines(self, profile: Profile, months_on: int = 0) -> list[LineItem]:
        """All of them, in the order of the graph."""
        return self._priced(self.drawn, profile, months_on)

    def monthly(self, profile: Profile) -> Decimal | None:
        """A first month of this profile; None where it is the same as any other."""
        return self._changed(lambda used: self.assumptions.moves(used[1], used[0].component), profile, 0)

    def grown(self, months_on: int) -> Decimal | None:
        """A later month; None where nothing grows."""
        return self._changed(
            lambda used: self.assumptions.grows(used[1], used[0].component),
            self.assumptions.profile,
            months_on,
        )

    def _changed(self, moves: Moves, profile: Profile, months_on: int) -> Decimal | None:
        services = frozenset(used[1].service for used in self.drawn if moves(used))
        if not services:
            return None
        together = priced_together(self.book, services, self.assumptions.purchase)
        if together is None:
            return self.charge(self.lines(profile, months_on))
        moving = [used for used in self.drawn if used[1].service in together]
        if together not in self._steady:
            rest = [used for used in self.drawn if used[1].service not in together]
            self._steady[together] = self._priced(rest, self.assumptions.profile, 0)
        return self.charge([*self._steady[together], *self._priced(moving, profile, months_on)])

    def _priced(self, drawn: Sequence[Used], profile: Profile, months_on: int) -> list[LineItem]:
        month, assumptions = self.book.month, self.assumptions
        used = (
            (
                resource,
                assumptions.applied(usage, resource.component, month, profile=profile, months_on=months_on),
            )
            for resource, usage in drawn
        )
        return month_lines(self.book, used, assumptions.purchase)

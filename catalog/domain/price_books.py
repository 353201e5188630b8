"""A price book: what one provider charges in one region and currency, with the source of every figure.

Metering asks by (service, selector) and terms of purchase; the indexes here answer without searching. Sizes
(servers, databases) are matched in size_matching.py; price_book_files.py reads and checks a book's file.
"""

from bisect import bisect_right
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import TypeVar

from catalog.domain.commitments import ON_DEMAND, Terms
from catalog.domain.money import Rounding
from catalog.domain.months import Metering, MonthRule
from catalog.domain.price_rows import Charge, FreeBasis, Price, Scope, Selector, Source
from catalog.domain.units import UnitBasis

Question = frozenset[tuple[str, str]]
Key = TypeVar("Key", bound=Hashable)


class TaxKind(StrEnum):
    NET = "net"
    GROSS = "gross"  # Hetzner's collected list: 19 % are in the figures
    UNSTATED = "unstated"


@dataclass(frozen=True)
class Tax:
    """`rate`: 0.19 where the list says or proves what is in its figures, or comes on top of them."""

    kind: TaxKind
    rate: Decimal | None = None

    def __str__(self) -> str:
        return str(self.kind)


@dataclass(frozen=True)
class PriceBook:
    """`as_of`: the day whose prices the indexes hold; see `on`."""

    key: str
    provider: str
    title: str
    version: int
    region: str
    currency: str
    tax: Tax
    month: MonthRule
    metering: Metering
    unit_basis: UnitBasis
    rounding: Rounding
    valid_from: str
    valid_to: str | None
    collected_at: str
    sources: tuple[Source, ...]
    prices: tuple[Price, ...]
    supersedes: int | None = None
    note: str = ""
    as_of: str = ""
    _by_period: dict[int, "PriceBook"] = field(default_factory=dict, repr=False, compare=False)

    @property
    def price_count(self) -> int:
        return len(self.prices)

    @property
    def month_hours(self) -> Decimal:
        """Hours charged for what is there all of an average month."""
        return self.month.full_month()

    def on(self, day: str) -> "PriceBook":
        """The book with the rows that are in force that day (2026-07-01). Cheap to ask again."""
        if not self._changes:
            return self
        period = bisect_right(self._changes, day)
        if period not in self._by_period:
            self._by_period[period] = replace(self, as_of=day, _by_period={})
        return self._by_period[period]

    @property
    def period(self) -> int:
        """Numbers the stretches of days between which the book's prices change: equal means equal prices."""
        return bisect_right(self._changes, self.as_of or self.collected_at)

    # --- Answers ------------------------------------------------------------------------------------

    def find_price(self, service: str, selector: Selector, terms: Terms = ON_DEMAND) -> Price | None:
        """The price for exactly this selector, else the general one; committed where that is sold."""
        question = frozenset(selector.items())
        for wanted in (terms, ON_DEMAND) if terms.is_reserved else (ON_DEMAND,):
            answers = self._by_service.get((service, wanted), {})
            if found := answers.get(question) or answers.get(frozenset()):
                return found
        return None

    def sells(self, service: str) -> bool:
        return service in self.services

    def sized_prices(self, service: str, terms: Terms = ON_DEMAND) -> tuple[Price, ...]:
        """Prices of things that come in sizes: flavors of servers and of databases, sold on these terms."""
        return self._sized.get((service, terms), ())

    def fees_of(self, sku: str) -> tuple[Price, ...]:
        """What is always charged together with this SKU: a service level, a set-up fee."""
        return self._fees.get(sku, ())

    def price_of_sku(self, sku: str, terms: Terms = ON_DEMAND) -> Price | None:
        return self._by_sku.get((sku, terms)) or self._by_sku.get((sku, ON_DEMAND))

    def percents(self, terms: Terms = ON_DEMAND) -> tuple[Price, ...]:
        """Percent rows for whoever buys on these terms, in the order in which they are applied."""
        return tuple(row for row in self._percents if row.terms in (ON_DEMAND, terms))

    @cached_property
    def services(self) -> frozenset[str]:
        """What usage can be priced with it."""
        return frozenset(service for service, _ in (*self._by_service, *self._sized))

    @cached_property
    def offered_terms(self) -> tuple[Terms, ...]:
        """Commitments that some row of the book has a price for, shortest first."""
        found = {row.terms for row in self._current if row.terms.is_reserved}
        return tuple(sorted(found, key=lambda terms: (terms.months or 0, terms.payment)))

    @cached_property
    def minimums(self) -> tuple[Price, ...]:
        return tuple(row for row in self._current if row.charge is Charge.MINIMUM)

    @cached_property
    def account_fees(self) -> tuple[Price, ...]:
        """Charged once as soon as anything of some services is used: a flat fee, a base fee, a set-up."""
        charges = (Charge.RECURRING, Charge.ONE_TIME)
        return tuple(row for row in self._current if row.charge in charges and row.applies_to.services)

    @cached_property
    def free_bases(self) -> frozenset[FreeBasis]:
        return frozenset(row.free_basis for row in self._current if row.free_quantity)

    @cached_property
    def counts_account(self) -> bool:
        """Some price can be said only when the use of the whole design is known."""
        by_volume = any(row.scope is Scope.ACCOUNT and row.tier_mode == "volume" for row in self._current)
        return by_volume or bool(self.free_bases - {FreeBasis.FIXED})

    # --- Indexes ------------------------------------------------------------------------------------

    @cached_property
    def _changes(self) -> list[str]:
        """Days from which, or after which, other rows are in force."""
        starts = {row.effective_from for row in self.prices if row.effective_from}
        # Texts of dates sort as dates; what ends on a day is still in force on it.
        ends = {f"{row.effective_to}~" for row in self.prices if row.effective_to}
        return sorted(starts | ends)

    @cached_property
    def _current(self) -> tuple[Price, ...]:
        if not self._changes:
            return self.prices
        day = self.as_of or self.collected_at
        return tuple(row for row in self.prices if row.in_force(day))

    @cached_property
    def _by_sku(self) -> dict[tuple[str, Terms], Price]:
        return {(row.sku, row.terms): row for row in self._current}

    @cached_property
    def _by_service(self) -> dict[tuple[str, Terms], dict[Question, Price]]:
        index: dict[tuple[str, Terms], dict[Question, Price]] = {}
        for row in self._current:
            if row.is_asked_for_by_selector:
                index.setdefault((row.service, row.terms), {})[frozenset(row.selector.items())] = row
        return index

    @cached_property
    def _sized(self) -> dict[tuple[str, Terms], tuple[Price, ...]]:
        return _grouped(((row.service, row.terms), row) for row in self._current if row.is_sized)

    @cached_property
    def _fees(self) -> dict[str, tuple[Price, ...]]:
        no_fees = (Charge.PERCENT, Charge.MINIMUM)
        return _grouped(
            (row.applies_to.sku, row)
            for row in self._current
            if row.applies_to.sku and row.charge not in no_fees
        )

    @cached_property
    def _percents(self) -> tuple[Price, ...]:
        rows = (row for row in self._current if row.charge is Charge.PERCENT)
        return tuple(sorted(rows, key=lambda row: row.order))


def _grouped(pairs: Iterable[tuple[Key, Price]]) -> dict[Key, tuple[Price, ...]]:
    lists: dict[Key, list[Price]] = {}
    for key, row in pairs:
        lists.setdefault(key, []).append(row)
    return {key: tuple(rows) for key, rows in lists.items()}

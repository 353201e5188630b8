"""One row of a price book: what is sold, for how much, under which conditions, and who says so.

docs/prices.md has an example of each field, from the provider that needs it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from catalog.domain.commitments import ON_DEMAND, Terms
from catalog.domain.money import ZERO
from catalog.domain.price_tiers import Band, Ladder, Tier, TierMode
from catalog.domain.units import Unit

Selector = Mapping[str, str]

# The provider's own words; two third parties agree; one third party says so. Ordered by growing doubt.
SOURCE_KINDS = ("primary", "corroborated", "secondary")
ALL_SERVICES = "all"


class Charge(StrEnum):
    USAGE = "usage"  # for as much and as long as it is used
    RECURRING = "recurring"  # each month whole, however long things run
    ONE_TIME = "one_time"
    INCLUDED = "included"  # costs nothing, and a source says so: a zero that is a statement
    MINIMUM = "minimum"  # what all lines that it applies to cost at least together, a month
    PERCENT = "percent"  # so many per cent more or less on the lines that it applies to


class Scope(StrEnum):
    RESOURCE = "resource"
    ACCOUNT = "account"  # tiers, free quantity and percentages count what the whole design uses


class FreeBasis(StrEnum):
    """What a free quantity grows with."""

    FIXED = "fixed"
    PER_SERVER = "per_server"
    PER_RAM_GIB = "per_ram_gib"
    PER_STORED_GB = "per_stored_gb"  # in object storage


@dataclass(frozen=True)
class Source:
    id: str
    url: str
    kind: str  # one of SOURCE_KINDS
    retrieved: str
    licence: str = ""
    note: str = ""


@dataclass(frozen=True)
class Part:
    """One ingredient of a composed price: `sku`, once for each `per` of the size.

    `per`: vcpus, ram_gib, disk_gib, or server for what each server takes once.
    """

    sku: str
    per: str


@dataclass(frozen=True)
class AppliesTo:
    """Which rows a percentage, a minimum or a fee is about; `excluding` names services or SKUs."""

    sku: str = ""
    services: tuple[str, ...] = ()
    selector: Selector = field(default_factory=dict)
    excluding: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.sku or self.services)

    def covers(self, service: str, row: "Price") -> bool:
        """`service` is that of the line; the row's own, but of a discount that of what it was taken from."""
        if service in self.excluding or row.sku in self.excluding:
            return False
        if self.sku:
            return self.sku == row.sku
        if service not in self.services and ALL_SERVICES not in self.services:
            return False
        said = {**row.attributes, **row.selector}
        return all(said.get(name) == value for name, value in self.selector.items())


NOTHING = AppliesTo()


@dataclass(frozen=True)
class Price:
    """`selector` is what usage must say to get this row, `attributes` what is bought."""

    sku: str
    service: str
    description: str
    charge: Charge
    unit: Unit
    tiers: tuple[Tier, ...]
    source: Source
    locator: str
    confidence: str  # verbatim: stands there as is; derived: computed or concluded, `note` says how
    product: str = ""  # the provider's own name for the service
    resource_type: str = ""  # and for the kind of thing
    terms: Terms = ON_DEMAND
    selector: Selector = field(default_factory=dict)
    attributes: Mapping[str, str] = field(default_factory=dict)
    scope: Scope = Scope.RESOURCE
    tier_mode: TierMode = TierMode.GRADUATED
    block_size: Decimal = Decimal(1)
    minimum: Decimal = ZERO  # the smallest quantity that is charged, in the row's unit
    minimum_charge: Decimal = ZERO  # the least that is charged as soon as anything is
    free_quantity: Decimal = ZERO
    free_basis: FreeBasis = FreeBasis.FIXED
    cap_per_month: Decimal | None = None  # of an hourly price: the most that one unit costs in a month
    composed_of: tuple[Part, ...] = ()
    applies_to: AppliesTo = NOTHING
    order: int = 0  # of percent rows: lower ones first, equal ones on the same amount
    ceiling_percent: Decimal | None = None  # the most that percent rows may change a line's list amount by
    effective_from: str = ""
    effective_to: str = ""
    note: str = ""

    @property
    def unit_price(self) -> Decimal:
        """The price of the first unit; the only one of a row without tiers. Of a percent row: per cent."""
        return self.tiers[0].price

    @property
    def has_tiers(self) -> bool:
        return len(self.tiers) > 1 or self.tiers[0].end is not None or self.free_quantity > 0

    @property
    def is_sized(self) -> bool:
        """A flavor: of a server, of a database."""
        return "ram_gib" in self.attributes or bool(self.composed_of)

    @property
    def is_asked_for_by_selector(self) -> bool:
        return not self.is_sized and not self.applies_to

    @cached_property
    def question(self) -> tuple[str, Terms, frozenset[tuple[str, str]]]:
        """Two rows with one question would both answer it, so only one may be in force at a time."""
        return self.service, self.terms, frozenset(self.selector.items())

    @cached_property
    def ladder(self) -> Ladder:
        """What is included up to a free quantity (Leafcloud's 100 GB of traffic) has no price above it."""
        is_limited = self.charge is Charge.INCLUDED and self.free_quantity > 0
        tiers = (Tier(ZERO, ZERO, ZERO),) if is_limited else self.tiers
        return Ladder(tiers, self.tier_mode, self.block_size)

    def bands(
        self, quantity: Decimal, *, used_before: Decimal = ZERO, reached: Decimal | None = None
    ) -> list[Band]:
        return self.ladder.bands(quantity, used_before=used_before, reached=reached, free=self.free_quantity)

    def in_force(self, day: str) -> bool:
        """`day` as 2026-07-01; both ends count."""
        return (not self.effective_from or self.effective_from <= day) and (
            not self.effective_to or day <= self.effective_to
        )

    def overlaps(self, other: "Price") -> bool:
        """There is a day on which both are in force."""
        latest_start = max(self.effective_from, other.effective_from)
        ends = [one.effective_to for one in (self, other) if one.effective_to]
        return not ends or latest_start <= min(ends)

"""A price book: what one provider charges in one region and currency, with the source of every figure.

Metering asks by (service, selector); the indexes here answer without searching. Sizes (servers, databases)
are matched in server_matching.py. Reading and checking a book's file is price_book_files.py.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum
from functools import cached_property

from catalog.domain.money import ZERO, Rounding
from catalog.domain.units import Unit, UnitBasis

Selector = Mapping[str, str]

# The provider's own words; two third parties agree; one third party says so. Ordered by growing doubt.
SOURCE_KINDS = ("primary", "corroborated", "secondary")


class Charge(StrEnum):
    USAGE = "usage"
    ONE_TIME = "one_time"
    INCLUDED = "included"  # costs nothing, and a source says so: a zero that is a statement
    MINIMUM = "minimum"  # what all lines of `applies_to.service` together cost at least


class TierMode(StrEnum):
    GRADUATED = "graduated"  # each band of the quantity has its own price
    VOLUME = "volume"  # the whole quantity has the price of the tier it reaches
    BLOCK = "block"  # sold in whole blocks of `block_size`


class Scope(StrEnum):
    RESOURCE = "resource"
    ACCOUNT = "account"  # tiers and free quantity count what the whole design uses


@dataclass(frozen=True)
class Source:
    id: str
    url: str
    kind: str  # one of SOURCE_KINDS
    retrieved: str
    note: str = ""


@dataclass(frozen=True)
class Tier:
    """Units above `start` up to and including `end`; None is without end."""

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


@dataclass(frozen=True)
class Part:
    """One ingredient of a composed price: so many units of `sku` as the size has `per` (vcpus, ram_gib)."""

    sku: str
    per: str


@dataclass(frozen=True)
class Price:
    """One row of a book. `selector` is what usage must say to get it, `attributes` what is bought."""

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
    selector: Selector = field(default_factory=dict)
    attributes: Mapping[str, str] = field(default_factory=dict)
    scope: Scope = Scope.RESOURCE
    tier_mode: TierMode = TierMode.GRADUATED
    block_size: Decimal = Decimal(1)
    minimum: Decimal = ZERO  # the smallest quantity that is charged
    free_quantity: Decimal = ZERO
    composed_of: tuple[Part, ...] = ()
    applies_to: Mapping[str, str] = field(default_factory=dict)
    note: str = ""

    @property
    def unit_price(self) -> Decimal:
        """The price of the first unit; the only one of a row without tiers."""
        return self.tiers[0].price

    @property
    def has_tiers(self) -> bool:
        return len(self.tiers) > 1 or self.tiers[0].end is not None or self.free_quantity > 0

    def bands(self, quantity: Decimal, *, used_before: Decimal = ZERO) -> list[Band]:
        """The quantity cut up by price, lowest band first; nothing is lost and nothing counted twice.

        `used_before` is what the account has used of this price already; such use fills the lower bands.
        """
        if self.tier_mode is TierMode.BLOCK:
            quantity = (quantity / self.block_size).to_integral_value(ROUND_CEILING) * self.block_size
        if self.tier_mode is TierMode.VOLUME:
            return [self._volume_band(quantity)] if quantity else []
        return list(self._graduated_bands(used_before, used_before + quantity))

    def _graduated_bands(self, low: Decimal, high: Decimal) -> Iterator[Band]:
        free = self.free_quantity
        if low < free and low < high:
            yield Band(min(high, free) - low, ZERO, ZERO, free)
        for tier in self.tiers:
            start, end = tier.start + free, None if tier.end is None else tier.end + free
            inside = (high if end is None else min(high, end)) - max(low, start)
            if inside > 0:
                yield Band(inside, tier.price, start, end)
        last = self.tiers[-1].end
        if last is not None and high > last + free:
            yield Band(high - max(low, last + free), None, last + free, None)

    def _volume_band(self, quantity: Decimal) -> Band:
        for tier in self.tiers:
            if tier.end is None or quantity <= tier.end:
                return Band(quantity, tier.price, tier.start, tier.end)
        return Band(quantity, None, self.tiers[-1].start, None)


@dataclass(frozen=True)
class PriceBook:
    key: str
    provider: str
    title: str
    version: int
    status: str
    region: str
    currency: str
    tax: str  # net or gross
    month_hours: Decimal
    metering: str
    unit_basis: UnitBasis
    rounding: Rounding
    valid_from: str
    valid_to: str | None
    sources: tuple[Source, ...]
    prices: tuple[Price, ...]
    note: str = ""

    @property
    def price_count(self) -> int:
        return len(self.prices)

    def find_price(self, service: str, selector: Selector) -> Price | None:
        """The price for exactly this selector, else the service's general one."""
        answers = self._by_service.get(service, {})
        return answers.get(frozenset(selector.items())) or answers.get(frozenset())

    def sells(self, service: str) -> bool:
        return service in self._by_service or service in self._sized

    def sized_prices(self, service: str) -> tuple[Price, ...]:
        """Prices of things that come in sizes: flavors of servers and of databases."""
        return self._sized.get(service, ())

    def fees_of(self, sku: str) -> tuple[Price, ...]:
        """What is always charged together with this SKU, such as a service level."""
        return self._fees.get(sku, ())

    def price_of_sku(self, sku: str) -> Price | None:
        return self._by_sku.get(sku)

    @property
    def minimums(self) -> tuple[Price, ...]:
        return self._minimums

    @cached_property
    def _by_sku(self) -> dict[str, Price]:
        return {price.sku: price for price in self.prices}

    @cached_property
    def _by_service(self) -> dict[str, dict[frozenset[tuple[str, str]], Price]]:
        index: dict[str, dict[frozenset[tuple[str, str]], Price]] = {}
        for price in self.prices:
            if is_asked_for_by_selector(price):
                index.setdefault(price.service, {})[frozenset(price.selector.items())] = price
        return index

    @cached_property
    def _sized(self) -> dict[str, tuple[Price, ...]]:
        index: dict[str, tuple[Price, ...]] = {}
        for price in self.prices:
            if is_sized(price):
                index[price.service] = (*index.get(price.service, ()), price)
        return index

    @cached_property
    def _fees(self) -> dict[str, tuple[Price, ...]]:
        index: dict[str, tuple[Price, ...]] = {}
        for price in self.prices:
            if sku := price.applies_to.get("sku"):
                index[sku] = (*index.get(sku, ()), price)
        return index

    @cached_property
    def _minimums(self) -> tuple[Price, ...]:
        return tuple(price for price in self.prices if price.charge is Charge.MINIMUM)


def is_sized(price: Price) -> bool:
    return "ram_gib" in price.attributes or bool(price.composed_of)


def is_asked_for_by_selector(price: Price) -> bool:
    return not is_sized(price) and not price.applies_to

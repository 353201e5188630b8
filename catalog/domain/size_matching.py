"""A size asked for as a need (vCPUs, memory, disk) meets what a price book sells: the cheapest that fits.

Two ways of selling sizes: a list of flavors (Rackspace), or vCores and memory by the piece (OUTSCALE), where
a flavor name such as tinav7.c2r4p2 is only a way to write the sum.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from functools import lru_cache

from catalog.domain.money import ZERO, plain_text
from catalog.domain.price_books import SOURCE_KINDS, Price, PriceBook, Source
from catalog.domain.units import ITEM, Unit, UnitMismatch, factor

BOOT_VOLUME = {"type": "ssd"}
SERVER = "server"
VOLUME = "volume"
ITEM_HOUR = Unit(ITEM, "hour")
GIB_HOUR = Unit("GiB", "hour")
_LARGEST = Decimal(10**6)  # nobody sells a million vCPUs; keeps a flavor's name to a few digits


@dataclass(frozen=True)
class SizeNeed:
    vcpus: Decimal
    ram_gib: Decimal
    disk_gib: Decimal = ZERO


@dataclass(frozen=True)
class SizeMatch:
    """What a need was matched to. `unit_price` is for one `price.unit`, without `fees` and boot volume.

    `boot_volume_gib` is above zero where the flavor brings no disk, so the system starts from a volume.
    `source` of a composed price is that of its most doubtful part, and `sum` explains it:
    `2 vCore × 0.038 + 4 GiB × 0.005`.
    """

    sku: str
    flavor: str
    vcpus: Decimal
    ram_gib: Decimal
    price: Price
    source: Source
    unit_price: Decimal
    spare: str
    fees: tuple[Price, ...] = ()
    boot_volume_gib: Decimal = ZERO
    sum: str = ""

    @property
    def description(self) -> str:
        """A listed flavor's row describes it; a composed row needs the name beside it."""
        return f"{self.price.description}, {self.flavor}" if self.sum else self.price.description

    def __str__(self) -> str:
        size = f"{plain_text(self.vcpus)} vCPU · {plain_text(self.ram_gib)} GiB"
        return ", ".join(part for part in (self.flavor, size, self.spare) if part)


def find_size(
    book: PriceBook,
    service: str,
    need: SizeNeed | None,
    *,
    flavor: str | None = None,
    selector: Mapping[str, str] | None = None,
) -> SizeMatch | None:
    """The pinned flavor, else the cheapest that satisfies the need; None when nothing does."""
    candidates = list(_candidates(book, service, need, flavor, selector or {}))
    return min(candidates, key=lambda match: _hourly_cost(book, match), default=None)


def _candidates(
    book: PriceBook, service: str, need: SizeNeed | None, flavor: str | None, selector: Mapping[str, str]
) -> Iterator[SizeMatch]:
    for price in book.sized_prices(service):
        if any(selector.get(name) != value for name, value in price.selector.items()):
            continue
        if price.composed_of:
            match = _composed(book, price, need, flavor)
        else:
            match = _listed(book, price, need, flavor)
        if match is not None:
            yield match


def _listed(book: PriceBook, price: Price, need: SizeNeed | None, flavor: str | None) -> SizeMatch | None:
    name = price.attributes.get("flavor", price.sku)
    vcpus, ram_gib = Decimal(price.attributes["vcpus"]), Decimal(price.attributes["ram_gib"])
    disk_gib = Decimal(price.attributes.get("disk_gib", "0"))
    if flavor:
        if flavor.casefold() not in {name.casefold(), price.sku.casefold()}:
            return None
    elif need is None or vcpus < need.vcpus or ram_gib < need.ram_gib or 0 < disk_gib < need.disk_gib:
        return None
    return SizeMatch(
        sku=price.sku,
        flavor=name,
        vcpus=vcpus,
        ram_gib=ram_gib,
        price=price,
        source=price.source,
        unit_price=price.unit_price,
        spare=_spare(need, vcpus, ram_gib) if need and not flavor else "",
        fees=book.fees_of(price.sku),
        boot_volume_gib=need.disk_gib if need and price.service == SERVER and not disk_gib else ZERO,
    )


def _composed(book: PriceBook, price: Price, need: SizeNeed | None, flavor: str | None) -> SizeMatch | None:
    """Raises nothing: a name of another pattern, or of a generation without a price, is no match."""
    if flavor:
        found = _flavor_pattern(price.sku).fullmatch(flavor.casefold())
        if found is None:
            return None
        # What the name leaves out is the row's own choice: tinav7.c2r4 means tinav7.c2r4p2.
        named = {**price.attributes, **{key: value for key, value in found.groupdict().items() if value}}
        vcpus, ram_gib = Decimal(named["vcpus"]), Decimal(named["ram_gib"])
    elif need is not None:
        vcpus, ram_gib = (_whole(amount) for amount in (need.vcpus, need.ram_gib))
        named = {**price.attributes, "vcpus": plain_text(vcpus), "ram_gib": plain_text(ram_gib)}
    else:
        return None
    if max(vcpus, ram_gib) > _LARGEST:
        return None

    unit_price, terms, sources = ZERO, [], [price.source]
    for part in price.composed_of:
        ingredient = book.price_of_sku(fill_in(part.sku, named))
        if ingredient is None:
            return None
        unit_price += Decimal(named[part.per]) * ingredient.unit_price
        sources.append(ingredient.source)
        unit = "vCore" if part.per == "vcpus" else "GiB"
        terms.append(f"{named[part.per]} {unit} × {plain_text(ingredient.unit_price)}")
    name = fill_in(price.sku, named)
    return SizeMatch(
        sku=name,
        flavor=name,
        vcpus=vcpus,
        ram_gib=ram_gib,
        price=price,
        source=max(sources, key=_doubt),
        unit_price=unit_price,
        spare=_spare(need, vcpus, ram_gib) if need and not flavor else "",
        fees=book.fees_of(price.sku),
        boot_volume_gib=need.disk_gib if need and price.service == SERVER else ZERO,
        sum=" + ".join(terms),
    )


def fill_in(template: str, values: Mapping[str, str]) -> str:
    """`CustomCore:{generation}-{performance}` -> `CustomCore:v7-p2`. Raises: KeyError."""
    return re.sub(r"\{(\w+)\}", lambda found: values[found[1]], template)


@lru_cache(maxsize=64)
def _flavor_pattern(template: str) -> re.Pattern[str]:
    """`tina{generation}.c{vcpus}r{ram_gib}{performance}` as a pattern; all but the sizes may be left out."""
    literal = re.split(r"\{(\w+)\}", template)
    pattern = ""
    for index, text in enumerate(literal):
        if index % 2 == 0:
            pattern += re.escape(text)
        elif text in ("vcpus", "ram_gib"):
            pattern += f"(?P<{text}>[1-9][0-9]{{0,5}})"
        else:
            pattern += f"(?P<{text}>[a-z]+[0-9]+)?"
    return re.compile(pattern)


def _hourly_cost(book: PriceBook, match: SizeMatch) -> Decimal:
    """With what comes along, so that a flavor without a disk doesn't look cheaper than it is."""
    cost = match.unit_price * _units_an_hour(book, ITEM_HOUR, match.price)
    cost += sum((fee.unit_price * _units_an_hour(book, ITEM_HOUR, fee) for fee in match.fees), ZERO)
    volume = book.find_price(VOLUME, BOOT_VOLUME)
    if match.boot_volume_gib and volume:
        cost += match.boot_volume_gib * volume.unit_price * _units_an_hour(book, GIB_HOUR, volume)
    return cost


def _units_an_hour(book: PriceBook, used: Unit, price: Price) -> Decimal:
    """0 where the price is written in something else: it can't take part in the comparison."""
    try:
        return factor(used, price.unit, month_hours=book.month_hours, basis=book.unit_basis)
    except UnitMismatch:
        return ZERO


def _doubt(source: Source) -> int:
    return SOURCE_KINDS.index(source.kind)


def _whole(amount: Decimal) -> Decimal:
    """Sold by the whole piece, one at least."""
    return max(Decimal(1), amount.to_integral_value(ROUND_CEILING))


def _spare(need: SizeNeed, vcpus: Decimal, ram_gib: Decimal) -> str:
    spare_vcpus, spare_ram = vcpus - need.vcpus, ram_gib - need.ram_gib
    parts = [f"+{plain_text(spare_vcpus)} vCPU"] if spare_vcpus > 0 else []
    parts += [f"+{plain_text(spare_ram)} GiB"] if spare_ram > 0 else []
    return f"{' and '.join(parts)} spare" if parts else ""

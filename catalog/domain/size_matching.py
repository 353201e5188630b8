"""A size asked for as a need (vCPUs, memory, disk) meets what a price book sells: the cheapest that fits.

Two ways of selling sizes: a list of flavors (Rackspace), or vCores, memory and licences by the piece
(OUTSCALE), where a flavor name such as tinav7.c2r4p2 is only a way to write the sum (composed_sizes.py).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from catalog.domain.commitments import ON_DEMAND, Terms
from catalog.domain.composed_sizes import LARGEST, compose, fill_in, name_template, named_in, whole
from catalog.domain.money import ZERO, plain_text
from catalog.domain.monthly_rates import monthly_rate
from catalog.domain.price_books import PriceBook
from catalog.domain.price_rows import Charge, Price, Source
from catalog.domain.units import Unit, UnitMismatch, things

BOOT_VOLUME = {"type": "ssd"}
SERVER = "server"
VOLUME = "volume"
GIB = Unit("GiB", "month")


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
    terms: Terms = ON_DEMAND,
    hours: Decimal | None = None,
) -> SizeMatch | None:
    """The pinned flavor, else the cheapest that satisfies the need; None when nothing does.

    Whoever asks often keeps a SizeOffers.
    """
    return SizeOffers(book, service, terms=terms, hours=hours).find(need, flavor, selector or {})


@dataclass(frozen=True)
class _Offer:
    """A listed flavor with what it costs in a month, its fees included."""

    row: Price
    name: str
    vcpus: Decimal
    ram_gib: Decimal
    disk_gib: Decimal
    monthly: Decimal

    def covers(self, need: SizeNeed) -> bool:
        """A flavor without a disk takes a volume, so it is never too small."""
        has_disk = not self.disk_gib or self.disk_gib >= need.disk_gib
        return has_disk and self.vcpus >= need.vcpus and self.ram_gib >= need.ram_gib

    def answers(self, selector: Mapping[str, str], *, is_pinned: bool) -> bool:
        """What nobody asked for is no answer, unless it was pinned: bare metal, a GPU."""
        return all(
            selector.get(name, value if is_pinned else None) == value
            for name, value in self.row.selector.items()
        )


class SizeOffers:
    """Everything that a book sells of a service on these terms, cheapest first: made once, asked often.

    `hours` is how long it runs in a month. With a commitment, a flavor that isn't sold on those terms is
    offered on demand.
    """

    def __init__(
        self, book: PriceBook, service: str, *, terms: Terms = ON_DEMAND, hours: Decimal | None = None
    ) -> None:
        self._book, self._service = book, service
        self._hours = book.month_hours if hours is None else hours
        rows = list(_rows(book, service, terms))
        self._composed = [row for row in rows if row.composed_of]
        offers = [self._offer(row) for row in rows if not row.composed_of]
        self._listed = sorted(offers, key=lambda offer: offer.monthly)
        self._by_name: dict[str, list[_Offer]] = {}
        for offer in self._listed:
            sku = offer.row.sku
            names = [offer.name, sku]
            if service == SERVER:
                names.append(
                    sku.partition(":")[0]
                )  # io1-15 of io1-15:linux:raw, which the page calls I/O1-15
            for name in {one.casefold() for one in names}:
                self._by_name.setdefault(name, []).append(offer)

    def find(
        self, need: SizeNeed | None, flavor: str | None, selector: Mapping[str, str]
    ) -> SizeMatch | None:
        """The cheapest that answers most of the selector: a server with Windows is one with its licence.

        Compared with what comes along: a flavor without a disk may look cheaper than it is.
        """
        best: SizeMatch | None = None
        least, nearest = ZERO, (0, 0)
        for match, monthly in self._candidates(need, flavor, selector):
            near = _nearness(match.price, selector)
            if best is not None and (near < nearest or (near == nearest and monthly >= least)):
                continue
            cost = monthly + match.boot_volume_gib * self._boot_gib_monthly
            if best is None or near > nearest or cost < least:
                best, least, nearest = match, cost, near
        return best

    def _candidates(
        self, need: SizeNeed | None, flavor: str | None, selector: Mapping[str, str]
    ) -> Iterator[tuple[SizeMatch, Decimal]]:
        """With what each costs a month, without its boot volume."""
        for offer in self._by_name.get(flavor.casefold(), ()) if flavor else self._listed:
            is_asked = offer.answers(selector, is_pinned=bool(flavor))
            if is_asked and (flavor or (need is not None and offer.covers(need))):
                yield self._listed_match(offer, need, is_pinned=bool(flavor)), offer.monthly
        for row in self._composed:
            if all(selector.get(name) == value for name, value in row.selector.items()):
                match = self._composed_match(row, need, flavor)
                if match is not None:
                    yield match, self._monthly(row, match.unit_price, match.fees)

    def _listed_match(self, offer: _Offer, need: SizeNeed | None, *, is_pinned: bool) -> SizeMatch:
        return SizeMatch(
            sku=offer.row.sku,
            flavor=offer.name,
            vcpus=offer.vcpus,
            ram_gib=offer.ram_gib,
            price=offer.row,
            source=offer.row.source,
            unit_price=offer.row.unit_price,
            spare=_spare(need, offer.vcpus, offer.ram_gib) if need and not is_pinned else "",
            fees=self._book.fees_of(offer.row.sku),
            boot_volume_gib=ZERO if offer.disk_gib else self._boot_gib(need),
        )

    def _composed_match(self, row: Price, need: SizeNeed | None, flavor: str | None) -> SizeMatch | None:
        """None for a name of another pattern, or of a generation without a price."""
        named = named_in(row, flavor) if flavor else _named_by(row, need)
        if named is None:
            return None
        vcpus, ram_gib = Decimal(named["vcpus"]), Decimal(named["ram_gib"])
        composition = compose(self._book, row, named) if max(vcpus, ram_gib) <= LARGEST else None
        if composition is None:
            return None
        with_disk = any(part.per == "disk_gib" for part in row.composed_of)
        return SizeMatch(
            sku=fill_in(row.sku, named),
            flavor=fill_in(name_template(row), named),
            vcpus=vcpus,
            ram_gib=ram_gib,
            price=row,
            source=composition.source,
            unit_price=composition.unit_price,
            spare=_spare(need, vcpus, ram_gib) if need and not flavor else "",
            fees=self._book.fees_of(row.sku),
            boot_volume_gib=ZERO if with_disk else self._boot_gib(need),
            sum=composition.sum,
        )

    def _boot_gib(self, need: SizeNeed | None) -> Decimal:
        return need.disk_gib if need and self._service == SERVER else ZERO

    def _offer(self, row: Price) -> _Offer:
        return _Offer(
            row=row,
            name=row.attributes.get("flavor", row.sku),
            vcpus=Decimal(row.attributes["vcpus"]),
            ram_gib=Decimal(row.attributes["ram_gib"]),
            disk_gib=Decimal(row.attributes.get("disk_gib", "0")),
            monthly=self._monthly(row, row.unit_price, self._book.fees_of(row.sku)),
        )

    def _monthly(self, row: Price, unit_price: Decimal, fees: tuple[Price, ...]) -> Decimal:
        hours = self._book.month_hours if row.terms.is_reserved else self._hours
        monthly = monthly_rate(self._book, row, unit_price, hours).monthly
        for fee in fees:
            if fee.charge is not Charge.ONE_TIME:
                monthly += monthly_rate(self._book, fee, fee.unit_price, hours).monthly
        return monthly

    @cached_property
    def _boot_gib_monthly(self) -> Decimal:
        """A GiB of the volume that a server without a disk starts from; 0 where the book has none."""
        volume = self._book.find_price(VOLUME, BOOT_VOLUME)
        if volume is None:
            return ZERO
        try:
            gib = things(GIB, volume.unit, self._book.unit_basis)
        except UnitMismatch:
            return ZERO
        return gib * monthly_rate(self._book, volume, volume.unit_price, self._hours).monthly


def _nearness(row: Price, selector: Mapping[str, str]) -> tuple[int, int]:
    """How much of what was asked for a row answers, and how little that nobody asked for it has besides."""
    answered = sum(name in selector for name in row.selector)
    return answered, answered - len(row.selector)


def _rows(book: PriceBook, service: str, terms: Terms) -> Iterator[Price]:
    if not terms.is_reserved:
        yield from book.sized_prices(service)
        return
    committed = book.sized_prices(service, terms)
    yield from committed
    flavors = {_identity(row) for row in committed}
    yield from (row for row in book.sized_prices(service) if _identity(row) not in flavors)


def _identity(row: Price) -> tuple[str, frozenset[tuple[str, str]]]:
    return row.attributes.get("flavor", row.sku), frozenset(row.selector.items())


def _named_by(row: Price, need: SizeNeed | None) -> dict[str, str] | None:
    """The sizes that a need rounds up to, and for all else the row's own choice."""
    if need is None:
        return None
    sizes = {"vcpus": whole(need.vcpus), "ram_gib": whole(need.ram_gib), "disk_gib": need.disk_gib}
    return {**row.attributes, **{name: plain_text(size) for name, size in sizes.items()}}


def _spare(need: SizeNeed, vcpus: Decimal, ram_gib: Decimal) -> str:
    spare_vcpus, spare_ram = vcpus - need.vcpus, ram_gib - need.ram_gib
    parts = [f"+{plain_text(spare_vcpus)} vCPU"] if spare_vcpus > 0 else []
    parts += [f"+{plain_text(spare_ram)} GiB"] if spare_ram > 0 else []
    return f"{' and '.join(parts)} spare" if parts else ""

"""Usage meets the price book and becomes line items."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from catalog.domain.commitments import ON_DEMAND, Terms
from catalog.domain.money import ZERO
from catalog.domain.monthly_rates import Rate, monthly_rate
from catalog.domain.months import billed_hours
from catalog.domain.price_books import PriceBook
from catalog.domain.price_rows import Charge, FreeBasis, Price, Scope, Source
from catalog.domain.price_tiers import Band, TierMode
from catalog.domain.size_matching import BOOT_VOLUME, SERVER, VOLUME, SizeMatch, SizeOffers
from catalog.domain.units import ITEM, Unit, UnitMismatch, parse_unit, things
from designer.domain.resources import Resource
from estimator.domain import reasons
from estimator.domain.fits import Fit, FitKind
from estimator.domain.line_items import LineItem, LineRange, LineSource
from estimator.domain.metering import ONE, Usage

DATABASE = "database"
OBJECT_STORAGE = "object_storage"
SIZED = frozenset({SERVER, DATABASE})
STORED = Unit("GB", "month")
ONE_EACH = frozenset({ITEM, "server", "disk"})  # of a fee: once for each thing that it comes along with


# Of what a free quantity grows with it: more of that changes what has the free quantity.
COUNTED = {
    FreeBasis.PER_SERVER: SERVER,
    FreeBasis.PER_RAM_GIB: SERVER,
    FreeBasis.PER_STORED_GB: OBJECT_STORAGE,
}


@dataclass
class Stock:
    """What the whole design has of what free quantities grow with, and how far it climbs volume prices."""

    servers: Decimal = ZERO
    ram_gib: Decimal = ZERO
    stored_gb: Decimal = ZERO
    reached: dict[str, Decimal] = field(default_factory=dict)  # by SKU

    def copy(self) -> "Stock":
        return replace(self, reached=dict(self.reached))

    def of(self, basis: FreeBasis) -> Decimal:
        return {
            FreeBasis.FIXED: ONE,
            FreeBasis.PER_SERVER: self.servers,
            FreeBasis.PER_RAM_GIB: self.ram_gib,
            FreeBasis.PER_STORED_GB: self.stored_gb,
        }[basis]


@dataclass
class Pricing:
    """One run of pricing. Remembers the sizes it matched, and how far the account has climbed each ladder.

    `terms` are what the customer would commit to; what isn't sold on them is priced on demand.
    """

    book: PriceBook
    terms: Terms = ON_DEMAND
    stock: Stock = field(default_factory=Stock)
    _offers: dict[tuple[str, Decimal], SizeOffers] = field(default_factory=dict)
    _matches: dict[tuple[object, ...], SizeMatch | None] = field(default_factory=dict)
    _used: dict[str, Decimal] = field(default_factory=dict)
    _reserved: dict[str, bool] = field(default_factory=dict)

    def take_stock(self, used: Iterable[tuple[Resource, Usage]]) -> None:
        """Count the whole design before its first line, where this book has prices that depend on it."""
        if not self.book.counts_account:
            return
        for _, usage in used:
            if usage.quantity is None or usage.copies is None:
                continue
            amount = usage.quantity * usage.copies
            if usage.service == SERVER and (match := self._match(usage)):
                self.stock.servers += amount
                self.stock.ram_gib += amount * match.ram_gib
            elif usage.service == OBJECT_STORAGE:
                self.stock.stored_gb += amount * things(parse_unit(usage.unit), STORED, self.book.unit_basis)
            self._count_volume(usage, usage.quantity, usage.copies)

    def lines(self, resource: Resource, usage: Usage) -> Iterator[LineItem]:
        """One line, or several that share the resource's key; a line without a price says why."""
        if usage.only_if_sold and not self.book.sells(usage.service):
            return
        if usage.quantity is None or usage.copies is None:
            yield _unpriced(resource, usage, reasons.NO_QUANTITY)
        elif usage.service in SIZED:
            yield from self._sized_lines(resource, usage, usage.quantity * usage.copies)
        else:
            yield from self._plain_lines(resource, usage, usage.quantity, usage.copies)

    # --- What is asked for by service and selector --------------------------------------------------

    def _plain_lines(
        self, resource: Resource, usage: Usage, quantity: Decimal, copies: Decimal
    ) -> Iterator[LineItem]:
        row = self.book.find_price(usage.service, usage.selector, self.terms)
        if row is None:
            yield _unpriced(resource, usage, reasons.no_price(self.book, usage))
            return
        try:
            each = quantity * self._things(usage, row)
        except UnitMismatch as mismatch:
            yield _unpriced(resource, usage, str(mismatch))
            return
        hours = self._hours(usage, row)
        assumption = reasons.join(
            usage.assumption,
            row.note,
            reasons.conversion(usage, row, self.book, hours),
            self._running(usage, row, hours),
        )
        if each < row.minimum:
            assumption = reasons.join(assumption, reasons.least_quantity(row))
            each = row.minimum
        for band in self._bands(row, each * copies):
            if band.price is None:
                beyond = Usage(usage.service, usage.what, str(row.unit), band.quantity)
                yield _unpriced(resource, beyond, reasons.end_of_list(row, band))
                continue
            rate = monthly_rate(self.book, row, band.price, hours)
            yield self._priced(
                resource,
                row,
                quantity=band.quantity * rate.periods,
                rate=rate,
                description=reasons.description(usage, row, band),
                assumption=reasons.join(assumption, self._allowance(row, band)),
                limits=None if row.has_tiers else _limits(usage, each * rate.periods),
            )
        for fee in self.book.fees_of(row.sku):
            yield from self._fee_lines(resource, usage, fee, self._fee_things(usage, fee, quantity), copies)

    def _bands(self, row: Price, billed: Decimal) -> list[Band]:
        free = row.free_quantity * self.stock.of(row.free_basis)
        if row.scope is Scope.RESOURCE:
            return row.ladder.bands(billed, free=free)
        if row.tier_mode is TierMode.VOLUME:
            return row.ladder.bands(billed, reached=self.stock.reached.get(row.sku, billed))
        used_before = self._used.get(row.sku, ZERO)
        self._used[row.sku] = used_before + billed
        return row.ladder.bands(billed, used_before=used_before, free=free)

    def _count_volume(self, usage: Usage, quantity: Decimal, copies: Decimal) -> None:
        row = self.book.find_price(usage.service, usage.selector, self.terms)
        if row is None or row.scope is Scope.RESOURCE or row.tier_mode is not TierMode.VOLUME:
            return
        try:
            billed = max(quantity * self._things(usage, row), row.minimum) * copies
        except UnitMismatch:
            return
        self.stock.reached[row.sku] = self.stock.reached.get(row.sku, ZERO) + billed

    # --- What comes in sizes ------------------------------------------------------------------------

    def _sized_lines(self, resource: Resource, usage: Usage, count: Decimal) -> Iterator[LineItem]:
        """The flavor, then what comes along with it: its service level, and a disk where it has none."""
        match = self._match(usage)
        if match is None:
            reason = reasons.no_match(self.book, usage)
            yield replace(_unpriced(resource, usage, reason), fit=Fit(FitKind.NO_MATCH, reason))
            return
        row = match.price
        hours = self._hours(usage, row)
        rate = monthly_rate(self.book, row, match.unit_price, hours)
        yield self._priced(
            resource,
            row,
            quantity=count * rate.periods,
            rate=rate,
            description=match.description,
            assumption=reasons.join(
                usage.assumption,
                reasons.choice(usage, match),
                reasons.licence(usage, match),
                self._running(usage, row, hours),
                self._not_committed(row),
            ),
            sku=match.sku,
            source=match.source,
            match=str(match),
            fit=Fit.of(match, usage.need, is_pinned=bool(usage.flavor)),
            limits=_limits(usage, rate.periods),
        )
        for fee in match.fees:
            yield from self._fee_lines(resource, usage, fee, _fee_of_size(fee, match), count)
        if match.boot_volume_gib:
            gib = match.boot_volume_gib * (usage.quantity or ONE)
            disk = Usage(
                VOLUME,
                "Boot volume",
                "GiB-month",
                gib,
                BOOT_VOLUME,
                role="Boot volume",
                assumption=reasons.boots(match),
                least=usage.least,
                most=usage.most,
            )
            yield from self._plain_lines(resource, disk, gib, usage.copies or ZERO)

    def _match(self, usage: Usage) -> SizeMatch | None:
        selector = frozenset(usage.selector.items())
        hours = self.book.month_hours if usage.hours is None else self._billed(usage.hours)
        question = (usage.service, usage.need, usage.flavor, selector, hours)
        if question not in self._matches:
            offers = self._offers.get((usage.service, hours))
            if offers is None:
                offers = SizeOffers(self.book, usage.service, terms=self.terms, hours=hours)
                self._offers[usage.service, hours] = offers
            self._matches[question] = offers.find(usage.need, usage.flavor, usage.selector)
        return self._matches[question]

    # --- What comes along with a row ----------------------------------------------------------------

    def _fee_lines(
        self, resource: Resource, usage: Usage, fee: Price, each: Decimal, copies: Decimal
    ) -> Iterator[LineItem]:
        """`each`: how much of the fee one copy takes, in the fee's unit."""
        hours = self._hours(usage, fee)
        billed = max(each, fee.minimum) * copies
        # What may still come along with a server that isn't there yet is a line of nothing, with its range.
        for band in fee.bands(billed) or [Band(billed, fee.unit_price, ZERO, None)]:
            if band.price is None:
                beyond = Usage(fee.service, fee.description, str(fee.unit), band.quantity)
                yield _unpriced(resource, beyond, reasons.end_of_list(fee, band))
                continue
            rate = monthly_rate(self.book, fee, band.price, hours)
            yield self._priced(
                resource,
                fee,
                quantity=band.quantity * rate.periods,
                rate=rate,
                description=fee.description,
                assumption=reasons.join(fee.note, self._running(usage, fee, hours)),
                limits=None if fee.has_tiers else _limits(usage, max(each, fee.minimum) * rate.periods),
            )

    def _fee_things(self, usage: Usage, fee: Price, quantity: Decimal) -> Decimal:
        """STACKIT charges a disk by its GB, and by the disk for its performance."""
        try:
            return quantity * things(parse_unit(usage.unit), fee.unit, self.book.unit_basis)
        except UnitMismatch:
            return ONE / fee.unit.count if fee.unit.thing in ONE_EACH else ZERO

    # --- Time and terms -----------------------------------------------------------------------------

    def _hours(self, usage: Usage, row: Price) -> Decimal:
        """What is reserved, or charged by the month whatever runs, is charged for all of it."""
        if usage.hours is None or row.charge is Charge.RECURRING or self._is_reserved(row):
            return self.book.month_hours
        return self._billed(usage.hours)

    def _billed(self, hours: Decimal) -> Decimal:
        return billed_hours(hours, self.book.month, metering=self.book.metering)

    def _is_reserved(self, row: Price) -> bool:
        """By a price of its own, or by a percentage for whoever commits."""
        if not self.terms.is_reserved or row.terms.is_reserved:
            return row.terms.is_reserved
        if row.sku not in self._reserved:
            self._reserved[row.sku] = any(
                percent.terms.is_reserved and percent.applies_to.covers(row.service, row)
                for percent in self.book.percents(self.terms)
            )
        return self._reserved[row.sku]

    def _running(self, usage: Usage, row: Price, hours: Decimal) -> str:
        if usage.hours is None or row.unit.period != "hour":
            return ""
        if self._is_reserved(row):
            return reasons.RESERVED_ALL_MONTH
        return "" if row.charge is Charge.RECURRING else reasons.running(usage.hours, hours)

    def _not_committed(self, row: Price) -> str:
        is_asked = self.terms.is_reserved and not self._is_reserved(row)
        return reasons.not_committed(self.book, self.terms) if is_asked else ""

    def _allowance(self, row: Price, band: Band) -> str:
        return reasons.allowance(row, self.stock.of(row.free_basis)) if band.is_free else ""

    # --- Lines --------------------------------------------------------------------------------------

    def _priced(
        self,
        resource: Resource,
        row: Price,
        *,
        quantity: Decimal,
        rate: Rate,
        description: str,
        assumption: str,
        sku: str | None = None,
        source: Source | None = None,
        match: str | None = None,
        fit: Fit | None = None,
        limits: tuple[Decimal, Decimal] | None = None,
    ) -> LineItem:
        """`limits`: the least and the most that the quantity may be."""
        source = source or row.source
        amount = self.book.rounding.of_line(quantity * rate.unit_price)
        once = row.charge is Charge.ONE_TIME
        due = ZERO if once else row.terms.due_at_start(amount)
        return LineItem(
            key=resource.key,
            component=resource.component,
            service=row.service,
            sku=sku or row.sku,
            description=description,
            quantity=quantity,
            unit=str(rate.unit),
            unit_price=rate.unit_price,
            monthly=ZERO if once else amount,
            one_time=amount if once else ZERO,
            due_at_start=due,
            source=LineSource(source.url, row.locator, row.confidence, source.kind),
            assumption=reasons.join(
                assumption,
                reasons.rate(self.book, row, rate),
                reasons.terms(self.book, row, due),
                reasons.doubt(source),
            ),
            match=match,
            fit=fit,
            range=None if once or limits is None else self._range(limits, rate.unit_price),
            row=row,
        )

    def _range(self, limits: tuple[Decimal, Decimal], unit_price: Decimal) -> LineRange:
        low, high = (self.book.rounding.of_line(limit * unit_price) for limit in limits)
        return LineRange(limits[0], low, limits[1], high)

    def _things(self, usage: Usage, row: Price) -> Decimal:
        """How many of the row's things one of the usage is. Raises: UnitMismatch."""
        used = parse_unit(usage.unit)
        if row.charge is not Charge.ONE_TIME and (used.period is None) != (row.unit.period is None):
            raise UnitMismatch(used, row.unit)
        return things(used, row.unit, self.book.unit_basis)


def _limits(usage: Usage, each: Decimal) -> tuple[Decimal, Decimal] | None:
    """The least and the most that will be charged for, in the line's unit; `each`: for one copy.

    What is charged in tiers has no such limits: its line says the numbers of copies in words.
    """
    if usage.least is None or usage.most is None:
        return None
    return usage.least * each, usage.most * each


def _fee_of_size(fee: Price, match: SizeMatch) -> Decimal:
    """How much of a fee one server takes: as many as it has cores or memory, else one."""
    size = {"vcore": match.vcpus, "GiB": match.ram_gib, "GB": match.ram_gib}.get(fee.unit.thing, ONE)
    return size / fee.unit.count


def _unpriced(resource: Resource, usage: Usage, reason: str) -> LineItem:
    return LineItem(
        key=resource.key,
        component=resource.component,
        service=usage.service,
        description=usage.what,
        quantity=Decimal(1) if usage.quantity is None else usage.quantity * (usage.copies or 1),
        unit=usage.unit,
        assumption=reasons.join(reason, usage.assumption),
    )

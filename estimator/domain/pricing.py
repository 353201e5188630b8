"""Usage meets the price book and becomes line items."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from catalog.domain.money import ZERO
from catalog.domain.price_books import Band, Charge, Price, PriceBook, Scope, Source
from catalog.domain.size_matching import BOOT_VOLUME, SERVER, VOLUME, SizeMatch, find_size
from catalog.domain.units import UnitMismatch, factor, parse_unit
from designer.domain.resources import Resource
from estimator.domain import reasons
from estimator.domain.line_items import LineItem, LineRange, LineSource
from estimator.domain.metering import ONE, Usage

SIZED = frozenset({SERVER, "database"})


@dataclass
class Pricing:
    """One run of pricing. Remembers the sizes it matched, and how far the account has climbed each ladder.

    `server_hours` is how long servers run in a month; all else is there all month.
    """

    book: PriceBook
    server_hours: Decimal
    _matches: dict[tuple[object, ...], SizeMatch | None] = field(default_factory=dict)
    _used: dict[str, Decimal] = field(default_factory=dict)

    def lines(self, resource: Resource, usage: Usage) -> Iterator[LineItem]:
        """One line, or several that share the resource's key; a line without a price says why."""
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
        price = self.book.find_price(usage.service, usage.selector)
        if price is None:
            yield _unpriced(resource, usage, reasons.no_price(self.book, usage))
            return
        try:
            billed = quantity * self._factor(usage, price, self.book.month_hours)
        except UnitMismatch as mismatch:
            yield _unpriced(resource, usage, str(mismatch))
            return
        assumption = reasons.join(usage.assumption, price.note, reasons.conversion(usage, price, self.book))
        if billed < price.minimum:
            assumption = reasons.join(assumption, reasons.least_quantity(price))
            billed = price.minimum
        limits = None if price.has_tiers else _limits(usage, billed)
        for band in self._bands(price, billed * copies):
            if band.price is None:
                beyond = Usage(usage.service, usage.what, str(price.unit), band.quantity)
                yield _unpriced(resource, beyond, reasons.end_of_list(price, band))
            else:
                yield self._priced(
                    resource,
                    price,
                    quantity=band.quantity,
                    unit_price=band.price,
                    description=reasons.description(usage, price, band),
                    assumption=assumption,
                    limits=limits,
                )

    def _bands(self, price: Price, billed: Decimal) -> list[Band]:
        if price.scope is Scope.RESOURCE:
            return price.bands(billed)
        used_before = self._used.get(price.sku, ZERO)
        self._used[price.sku] = used_before + billed
        return price.bands(billed, used_before=used_before)

    # --- What comes in sizes ------------------------------------------------------------------------

    def _sized_lines(self, resource: Resource, usage: Usage, count: Decimal) -> Iterator[LineItem]:
        """The flavor, then what comes along with it: its service level, and a disk where it has none."""
        match = self._match(usage)
        if match is None:
            yield _unpriced(resource, usage, reasons.no_match(self.book, usage))
            return
        hours, running = self.book.month_hours, ""
        if usage.service == SERVER and self.server_hours != hours:
            hours, running = self.server_hours, reasons.running(self.server_hours)
        price = match.price
        yield self._priced(
            resource,
            price,
            quantity=count * self._factor(usage, price, hours),
            unit_price=match.unit_price,
            description=match.description,
            assumption=reasons.join(usage.assumption, reasons.choice(usage, match), running),
            sku=match.sku,
            source=match.source,
            match=str(match),
            limits=_limits(usage, self._factor(usage, price, hours)),
        )
        for fee in match.fees:
            yield self._priced(
                resource,
                fee,
                quantity=count * self._factor(usage, fee, hours),
                unit_price=fee.unit_price,
                description=fee.description,
                assumption=reasons.join(fee.note, running),
                limits=_limits(usage, self._factor(usage, fee, hours)),
            )
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
        question = (usage.service, usage.need, usage.flavor, frozenset(usage.selector.items()))
        if question not in self._matches:
            self._matches[question] = find_size(
                self.book, usage.service, usage.need, flavor=usage.flavor, selector=usage.selector
            )
        return self._matches[question]

    # --- Lines --------------------------------------------------------------------------------------

    def _priced(
        self,
        resource: Resource,
        price: Price,
        *,
        quantity: Decimal,
        unit_price: Decimal,
        description: str,
        assumption: str,
        sku: str | None = None,
        source: Source | None = None,
        match: str | None = None,
        limits: tuple[Decimal, Decimal] | None = None,
    ) -> LineItem:
        """`limits`: the least and the most that the quantity may be."""
        source = source or price.source
        amount = self.book.rounding.of_line(quantity * unit_price)
        once = price.charge is Charge.ONE_TIME
        return LineItem(
            key=resource.key,
            component=resource.component,
            service=price.service,
            sku=sku or price.sku,
            description=description,
            quantity=quantity,
            unit=str(price.unit),
            unit_price=unit_price,
            monthly=ZERO if once else amount,
            one_time=amount if once else ZERO,
            source=LineSource(source.url, price.locator, price.confidence, source.kind),
            assumption=reasons.join(assumption, reasons.doubt(source)),
            match=match,
            range=None if once or limits is None else self._range(limits, unit_price),
        )

    def _range(self, limits: tuple[Decimal, Decimal], unit_price: Decimal) -> LineRange:
        low, high = (self.book.rounding.of_line(limit * unit_price) for limit in limits)
        return LineRange(limits[0], low, limits[1], high)

    def _factor(self, usage: Usage, price: Price, hours: Decimal) -> Decimal:
        return factor(parse_unit(usage.unit), price.unit, month_hours=hours, basis=self.book.unit_basis)


def _limits(usage: Usage, each: Decimal) -> tuple[Decimal, Decimal] | None:
    """The least and the most that will be charged for, in the price's unit; `each`: for one copy.

    What is charged in tiers has no such limits: its line says the numbers of copies in words.
    """
    if usage.least is None or usage.most is None:
        return None
    return usage.least * each, usage.most * each


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

"""The sentences with which a line explains itself."""

from decimal import Decimal

from catalog.domain.commitments import Terms
from catalog.domain.money import CENT, money_for_people, plain_text
from catalog.domain.monthly_rates import Rate
from catalog.domain.price_books import PriceBook
from catalog.domain.price_rows import FreeBasis, Price, Source
from catalog.domain.price_tiers import Band
from catalog.domain.problems import shown
from catalog.domain.size_matching import SizeMatch, SizeNeed
from catalog.domain.units import BYTES, UnitBasis, factor, parse_unit
from estimator.domain.licences import NAMES
from estimator.domain.metering import Usage

NO_QUANTITY = "The design doesn't say how much."

SERVICE_NAMES = {
    "cdn": "CDN traffic",
    "database": "managed databases",
    "database_storage": "storage of managed databases",
    "egress": "outgoing traffic",
    "floating_ip": "public addresses",
    "load_balancer": "load balancers",
    "nat_gateway": "NAT gateways",
    "router": "routers",
    "server": "servers",
    "snapshot": "snapshots",
    "volume": "volumes",
}

WAYS_OUT = {"database": "Draw a database server with a volume to have it priced."}


def join(*sentences: str) -> str:
    return " ".join(sentence for sentence in sentences if sentence)


# --- Why there is no price --------------------------------------------------------------------------


def no_price(book: PriceBook, usage: Usage) -> str:
    if book.sells(usage.service):
        asked = ", ".join(f"{name} {value}" for name, value in sorted(usage.selector.items()))
        return f"{book.title} has prices for {_service(usage)}, but none for this one ({asked})."
    return join(f"{book.title} has no price for {_service(usage)}.", WAYS_OUT.get(usage.service, ""))


def no_match(book: PriceBook, usage: Usage) -> str:
    if not book.sells(usage.service):
        return no_price(book, usage)
    if usage.flavor:
        return f"{book.title} has no flavor called {shown(usage.flavor)}. Pin one of its own, or none."
    if usage.need is None:
        return "The design doesn't say how large it is."
    return f"{book.title} sells nothing as large as {_need(usage.need)}."


def end_of_list(price: Price, band: Band) -> str:
    limit = f"{plain_text(band.start)} {price.unit.thing}"
    return f"The price list ends at {limit}. Ask the provider for what is above."


# --- How the amount came about ----------------------------------------------------------------------


def description(usage: Usage, price: Price, band: Band) -> str:
    return ", ".join(part for part in (usage.role, price.description, _tier(price, band)) if part)


def _tier(price: Price, band: Band) -> str:
    if not price.has_tiers and not band.is_free:
        return ""
    start, thing = plain_text(band.start), price.unit.thing
    if band.end is None:
        return f"above {start} {thing}"
    return (
        f"first {plain_text(band.end)} {thing}"
        if band.start == 0
        else f"{start} to {plain_text(band.end)} {thing}"
    )


def least_quantity(price: Price) -> str:
    unit = price.unit.thing if price.unit.period == "hour" else price.unit
    return f"Charged as {plain_text(price.minimum)} {unit}, the least there is."


def conversion(usage: Usage, price: Price, book: PriceBook, hours: Decimal) -> str:
    """How much for how long where the unit multiplies both, and which way a GB was read."""
    used, sold = parse_unit(usage.unit).thing, price.unit.thing
    if sold not in BYTES or usage.quantity is None:
        return ""
    quantity = plain_text(usage.quantity)
    held = (
        f"{quantity} {used} for {plain_text(round(hours, 2))} hours." if price.unit.period == "hour" else ""
    )
    if {used, sold} != {"GB", "GiB"}:
        return held
    if book.unit_basis is UnitBasis.UNSTATED and sold == "GB":  # a list's GiB leaves no room for doubt
        basis = "The book doesn't say whether its GB is 1000³ or 1024³ bytes; the size asked for is charged."
        return join(held, basis)
    ratio = factor(parse_unit(used), parse_unit(sold), month_hours=book.month_hours, basis=book.unit_basis)
    return join(held, f"{quantity} {used} are {plain_text((usage.quantity * ratio).quantize(CENT))} {sold}.")


def choice(usage: Usage, match: SizeMatch) -> str:
    """The sum of a composed price, and the row's reasons where nobody pinned the flavor."""
    sum_text = f"{match.sum} an hour." if match.sum else ""
    return join(sum_text, "" if usage.flavor else match.price.note)


def licence(usage: Usage, match: SizeMatch) -> str:
    """Of a server whose system costs a licence, in a book that has no such servers."""
    system = usage.selector.get("os")
    if not system or match.price.selector.get("os") == system:
        return ""
    return f"The price is without the licence of {NAMES[system]}: the book has none with it that fits."


def running(hours: Decimal, charged: Decimal) -> str:
    """`charged` differs where the provider counts started hours, or stops at a cap."""
    runs = f"Runs {plain_text(round(hours, 2))} hours a month, as the design says."
    return runs if hours == charged else join(runs, f"Charged as {plain_text(round(charged, 2))} hours.")


RESERVED_ALL_MONTH = "Reserved, so all hours of the month are charged."


def rate(book: PriceBook, price: Price, said: Rate) -> str:
    """Why a month's price stands where the list has one an hour."""
    if said.uncapped is not None:
        cap, hours = (
            f"{book.currency} {plain_text(amount)}" for amount in (said.unit_price, round(said.uncapped, 6))
        )
        return f"The hours would cost {hours}; a month of it costs {cap} at most."
    if said.is_rounded:
        hourly = f"{plain_text(book.month_hours)} hours × {plain_text(price.unit_price)}"
        return f"{hourly}, rounded to {book.currency} {plain_text(said.unit_price)} a month as the book does."
    return ""


def terms(book: PriceBook, price: Price, due: Decimal) -> str:
    if not price.terms.is_reserved:
        return ""
    ahead = f"{money_for_people(due, book.currency)} of it is due at the start." if due else ""
    return join(f"Reserved for {price.terms}.", ahead)


def not_committed(book: PriceBook, asked: Terms) -> str:
    return f"{book.title} doesn't sell this for {asked}, so it is on demand."


FREE_FOR_EACH = {
    FreeBasis.PER_SERVER: "server",
    FreeBasis.PER_RAM_GIB: "GiB of memory",
    FreeBasis.PER_STORED_GB: "GB that is stored",
}


def allowance(price: Price, counted: Decimal) -> str:
    thing = FREE_FOR_EACH.get(price.free_basis)
    free = f"{plain_text(price.free_quantity)} {price.unit.thing}"
    if thing is None:
        return f"{free} a month are free."
    return f"{free} are free for each {thing}; the design has {plain_text(counted)}."


def percent(price: Price, percent: Decimal, *, ceiling: bool) -> str:
    """`ceiling`: it was cut down to what may be taken off, or put on, at most."""
    said = f"{plain_text(abs(percent))}% {'off' if percent < 0 else 'on top'}"
    most = price.ceiling_percent if ceiling else None
    limit = "" if most is None else f"No more than {plain_text(most)}% altogether."
    return join(f"{said}.", limit, price.note)


def least_charge(book: PriceBook, price: Price, reached: Decimal) -> str:
    least, so_far = (money_for_people(amount, book.currency) for amount in (price.minimum_charge, reached))
    return f"As soon as it is used it costs {least} at least; the lines above come to {so_far}."


def boots(match: SizeMatch) -> str:
    return f"{match.flavor} has no disk of its own, so the server starts from a volume."


def minimum(book: PriceBook, price: Price, reached: Decimal) -> str:
    least, so_far = (money_for_people(amount, book.currency) for amount in (price.unit_price, reached))
    return join(f"At least {least} a month over all; the lines above come to {so_far}.", price.note)


def doubt(source: Source) -> str:
    """An uncorroborated figure is shown as such."""
    return "From a third party: read the source again before quoting." if source.kind == "secondary" else ""


def service_name(service: str) -> str:
    return SERVICE_NAMES.get(service, service.replace("_", " "))


def _service(usage: Usage) -> str:
    return service_name(usage.service)


def _need(need: SizeNeed) -> str:
    disk = f", {plain_text(need.disk_gib)} GiB of disk" if need.disk_gib else ""
    return f"{plain_text(need.vcpus)} vCPU, {plain_text(need.ram_gib)} GiB{disk}"

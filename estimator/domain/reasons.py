"""The sentences with which a line explains itself."""

from decimal import Decimal

from catalog.domain.money import money_for_people, plain_text
from catalog.domain.price_books import Band, Price, PriceBook, Source
from catalog.domain.size_matching import SizeMatch, SizeNeed
from catalog.domain.units import UnitBasis, factor, parse_unit
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


def join(*sentences: str) -> str:
    return " ".join(sentence for sentence in sentences if sentence)


# --- Why there is no price --------------------------------------------------------------------------


def no_price(book: PriceBook, usage: Usage) -> str:
    if book.sells(usage.service):
        asked = ", ".join(f"{name} {value}" for name, value in sorted(usage.selector.items()))
        return f"{book.title} has prices for {_service(usage)}, but none for this one ({asked})."
    return f"{book.title} has no price for {_service(usage)}."


def no_match(book: PriceBook, usage: Usage) -> str:
    if not book.sells(usage.service):
        return no_price(book, usage)
    if usage.flavor:
        return f"{book.title} has no flavor called {usage.flavor[:80]}. Pin one of its own, or none."
    if usage.need is None:
        return "The design doesn't say how large it is."
    return f"{book.title} sells nothing as large as {_need(usage.need)}."


def end_of_list(price: Price, band: Band) -> str:
    limit = f"{plain_text(band.start)} {price.unit.thing}"
    return f"The price list ends at {limit}. Ask the provider for what is above."


# --- How the amount came about ----------------------------------------------------------------------


def band_description(price: Price, band: Band) -> str:
    if not price.has_tiers:
        return price.description
    start, thing = plain_text(band.start), price.unit.thing
    if band.end is None:
        return f"{price.description}, above {start} {thing}"
    if band.start == 0:
        return f"{price.description}, first {plain_text(band.end)} {thing}"
    return f"{price.description}, {start} to {plain_text(band.end)} {thing}"


def least_quantity(price: Price) -> str:
    return f"Charged as {plain_text(price.minimum)} {price.unit}, the least there is."


def conversion(usage: Usage, price: Price, book: PriceBook) -> str:
    """GB and GiB differ by 7%, so say which way the list was read."""
    used, sold = parse_unit(usage.unit).thing, price.unit.thing
    if {used, sold} != {"GB", "GiB"} or usage.quantity is None:
        return ""
    if book.unit_basis is UnitBasis.UNSTATED:
        return "The book doesn't say whether its GB is 1000³ or 1024³ bytes; the size asked for is charged."
    ratio = factor(parse_unit(used), parse_unit(sold), month_hours=book.month_hours, basis=book.unit_basis)
    converted = plain_text((usage.quantity * ratio).quantize(Decimal("0.01")))
    return f"{plain_text(usage.quantity)} {used} are {converted} {sold}."


def running(hours: Decimal) -> str:
    return f"Runs {plain_text(hours)} hours a month, as the design says."


def boots(match: SizeMatch) -> str:
    return f"{match.flavor} has no disk of its own, so the server starts from a volume."


def minimum(book: PriceBook, price: Price, reached: Decimal) -> str:
    least, so_far = (money_for_people(amount, book.currency) for amount in (price.unit_price, reached))
    return join(f"At least {least} a month over all; the lines above come to {so_far}.", price.note)


def doubt(source: Source) -> str:
    """An uncorroborated figure is shown as such."""
    return "From a third party: read the source again before quoting." if source.kind == "secondary" else ""


def _service(usage: Usage) -> str:
    return SERVICE_NAMES.get(usage.service, usage.service.replace("_", " "))


def _need(need: SizeNeed) -> str:
    disk = f", {plain_text(need.disk_gib)} GiB of disk" if need.disk_gib else ""
    return f"{plain_text(need.vcpus)} vCPU, {plain_text(need.ram_gib)} GiB{disk}"

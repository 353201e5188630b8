"""A month's usage becomes all its lines: those of each resource, then what is charged to the account."""

from collections.abc import Iterable

from catalog.domain.commitments import ON_DEMAND, Terms
from catalog.domain.price_books import PriceBook
from catalog.domain.price_rows import ALL_SERVICES, Price
from catalog.domain.size_matching import SERVER, VOLUME
from designer.domain.resources import Resource
from estimator.domain.account_lines import with_account_lines
from estimator.domain.line_items import LineItem
from estimator.domain.metering import Usage
from estimator.domain.pricing import COUNTED, Pricing, Stock

Used = tuple[Resource, Usage]


def stock_of(book: PriceBook, used: Iterable[Used], terms: Terms = ON_DEMAND) -> Stock:
    """What free quantities and volume prices count of this usage."""
    pricing = Pricing(book, terms)
    pricing.take_stock(used)
    return pricing.stock


def month_lines(
    book: PriceBook, used: Iterable[Used], terms: Terms = ON_DEMAND, *, beside: Stock | None = None
) -> list[LineItem]:
    """Lines of one component stand together, in the order of the graph; what is nobody's comes last.

    `beside`: the stock of what is there too and priced elsewhere.
    """
    used = list(used)
    pricing = Pricing(book, terms, beside.copy() if beside else Stock())
    pricing.take_stock(used)
    by_owner: dict[str, list[LineItem]] = {}
    for resource, usage in used:
        by_owner.setdefault(resource.component, []).extend(pricing.lines(resource, usage))
    items = [line for lines in by_owner.values() for line in lines]
    return with_account_lines(book, items, terms)


def priced_together(
    book: PriceBook, services: frozenset[str], terms: Terms = ON_DEMAND
) -> frozenset[str] | None:
    """`services` and all others whose prices change with theirs, so that these alone can be priced again.

    None is everything: some price depends on the use of the whole design.
    """
    groups = [{SERVER, VOLUME}]  # servers without a disk of their own start from volumes
    for row in (*book.minimums, *book.percents(terms), *book.account_fees):
        if ALL_SERVICES in row.applies_to.services:
            return None
        groups.append({*row.applies_to.services, *_service_of(book, row)})
    groups += [{row.service, *_service_of(book, row)} for row in book.prices if row.applies_to.sku]
    # What is free with each server changes with the servers; the servers don't change with it.
    follows = [(COUNTED[row.free_basis], row.service) for row in book.prices if row.free_basis in COUNTED]
    found = set(services)
    while joined := [
        *(group for group in groups if group & found and not group <= found),
        *({service} for counted, service in follows if counted in found and service not in found),
    ]:
        found.update(*joined)
    return frozenset(found)


def _service_of(book: PriceBook, row: Price) -> set[str]:
    priced = book.price_of_sku(row.applies_to.sku) if row.applies_to.sku else None
    return {priced.service} if priced else set()

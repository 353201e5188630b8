"""`manage.py compare FILE|KEY [--price-books KEY,KEY]` prices one design with several books, side by side."""

import json
import re
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from catalog.checks import CATALOGUE
from catalog.domain.money import money_for_people, plain_text
from catalog.domain.price_books import PriceBook
from catalog.domain.problems import shown
from catalog.management.price_book_argument import load_price_book
from catalog.selectors import component_types, price_books
from designer.management.documents import bad_input, load_document
from estimator.domain.comparison import Column, Comparison, compare
from estimator.domain.estimates import estimate_design
from estimator.domain.fits import FitKind
from estimator.management.customer_argument import add_customer_argument, load_customer
from estimator.models import Customer
from estimator.selectors import currency_rates, terms_in_currency


class Command(BaseCommand):
    help = "Show what a design costs a month with the prices of several books."
    requires_system_checks = [CATALOGUE]

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("design", metavar="FILE|KEY", help="a document's file or a template's key")
        parser.add_argument(
            "--price-books", default="", metavar="KEY,KEY", help="the books' keys or files; all if absent"
        )
        parser.add_argument(
            "--currency",
            default="",
            metavar="EUR",
            help="what totals are compared in; most books' own if absent",
        )
        add_customer_argument(parser)
        parser.add_argument("--json", action="store_true", help="print one JSON value")

    def handle(self, *args: Any, **options: Any) -> None:
        asked = [key.strip() for key in options["price_books"].split(",") if key.strip()]
        books = [load_price_book(key) for key in dict.fromkeys(asked or price_books())]
        loaded = load_document(options["design"])
        types, customer = component_types(), load_customer(options["customer"])
        found = compare(
            [
                estimate_design(
                    loaded.document, types, book, terms=terms_in_currency(customer, book.currency)
                )
                for book in books
            ],
            labels={id_: one.label for id_, one in loaded.document.components.items()},
            currency=_currency(options["currency"], customer, books),
            rates=currency_rates(customer.owner) if customer else (),
            today=timezone.localdate(),
        )
        if options["json"]:
            self.stdout.write(json.dumps(found.to_json(), indent=2, ensure_ascii=False))
        else:
            self.stdout.write("\n".join(_report(loaded.name, found)))


def _currency(said: str, customer: Customer | None, books: Sequence[PriceBook]) -> str:
    """Without rates only books of one currency can be compared, so that of most and not of the first."""
    if said and not re.fullmatch("[A-Z]{3}", said):
        raise bad_input(f"A currency is three capital letters, such as EUR, not {shown(said)}.")
    if said or (customer is not None and customer.currency):
        return said or (customer.currency if customer else "")
    return Counter(book.currency for book in books).most_common(1)[0][0]


def _report(name: str, found: Comparison) -> Iterator[str]:
    yield (
        f"{name}, a month with {len(found.columns)} price book{'' if len(found.columns) == 1 else 's'}, "
        f"compared in {found.currency}"
    )
    yield ""
    yield from _totals(found)
    for column in found.columns:
        yield ""
        yield from _book(column)


def _totals(found: Comparison) -> Iterator[str]:
    width = max(len(column.estimate.price_book_title) for column in found.columns)
    for column in sorted(found.columns, key=_standing):
        estimate = column.estimate
        rank = f"{column.rank}." if column.rank else "–"
        likeness = column.like_for_like
        beside = ""
        if likeness is not None and likeness.percent is not None:
            sign = "+" if likeness.percent > 0 else ""
            beside = f", {sign}{plain_text(likeness.percent)}% beside the first for what both price"
        basket = column.basket
        if column.rank is None and basket is not None:
            beside += f", {basket.rank}. of {basket.of} for {basket.components} components that most price"
        yield (
            f"{rank:>3} {estimate.price_book_title:{width}}  "
            f"{money_for_people(estimate.totals.monthly, estimate.currency):>14}  "
            f"{plain_text(estimate.coverage * 100)}% priced{beside}"
        )


def _standing(column: Column) -> tuple[int, int, int]:
    """Complete totals by what they come to, then those that price what most books do, then the others."""
    last = 1000
    return column.rank or last, column.basket.rank if column.basket else last, len(column.estimate.unpriced)


def _book(column: Column) -> Iterator[str]:
    estimate = column.estimate
    yield f"{estimate.price_book_title} (version {estimate.price_book_version})"
    yield from (f"  {remark}" for remark in column.remarks)
    width = max((len(cell.label) for cell in column.cells), default=0)
    for cell in column.cells:
        amount = "no price" if cell.monthly is None else money_for_people(cell.monthly, estimate.currency)
        matched = cell.match or ""
        if cell.fit.kind in (FitKind.LARGER_DISK, FitKind.PINNED, FitKind.EXACT):
            matched = f"{matched} ({cell.fit.text})"
        yield f"  {cell.label:{width}}  {amount:>14}  {matched}".rstrip()

"""`manage.py estimate FILE|KEY --price-book KEY` shows what a design costs a month, line by line."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.core.management.base import BaseCommand

from catalog.checks import CATALOGUE
from catalog.domain.money import amount_text, money_for_people, plain_text
from catalog.domain.price_books import PriceBook, TaxKind
from catalog.domain.problems import shown
from catalog.management.price_book_argument import load_price_book
from catalog.selectors import component_types
from designer.management.documents import LoadedDocument, bad_input, load_document
from estimator.domain.assumptions import Assumptions, CommitmentInvalid, Profile, read_commitment
from estimator.domain.commercial_terms import Taxed
from estimator.domain.estimates import Estimate, estimate_design
from estimator.domain.growth import TERMS
from estimator.domain.line_items import LineItem
from estimator.management.customer_argument import add_customer_argument, load_customer, terms_of

NO_PRICE = "no price in this book"
TAX = {TaxKind.NET: "net of tax", TaxKind.GROSS: "with tax", TaxKind.UNSTATED: "tax unstated"}


class Command(BaseCommand):
    help = "Show what a design costs a month with the prices of one book."
    requires_system_checks = [CATALOGUE]

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("design", metavar="FILE|KEY", help="a document's file or a template's key")
        parser.add_argument("--price-book", required=True, metavar="FILE|KEY", help="a book's file or key")
        parser.add_argument("--profile", metavar="|".join(Profile), help="of its use; else the design's own")
        parser.add_argument(
            "--commitment", metavar="none|12|36-upfront", help="months promised, and how they are paid"
        )
        parser.add_argument("--months", metavar="12|24|36", help="what so many months cost, with growth")
        add_customer_argument(parser)
        parser.add_argument("--json", action="store_true", help="print one JSON value")

    def handle(self, *args: Any, **options: Any) -> None:
        book = load_price_book(options["price_book"])
        loaded = load_document(options["design"])
        types = component_types()
        what_if = _what_if(Assumptions.of(loaded.document), options["profile"], options["commitment"])
        months = _months(options["months"])
        terms = terms_of(load_customer(options["customer"]), book)
        found = estimate_design(loaded.document, types, book, assumptions=what_if, terms=terms)
        if options["json"]:
            self.stdout.write(json.dumps(found.to_json(), indent=2, ensure_ascii=False))
        else:
            self.stdout.write("\n".join(_report(loaded, book, found, months)))


def _what_if(said: Assumptions, profile: str | None, commitment: str | None) -> Assumptions:
    if profile is not None and profile not in set(Profile):
        raise bad_input(f"A profile is one of {', '.join(Profile)}, not {shown(profile)}.")
    try:
        purchase = None if commitment is None else read_commitment(commitment)
    except CommitmentInvalid as invalid:
        raise bad_input(str(invalid)) from None
    return said.what_if(profile=Profile(profile) if profile else None, purchase=purchase)


def _months(text: str | None) -> int | None:
    if text is not None and text not in map(str, TERMS):
        raise bad_input(f"Months are {', '.join(map(str, TERMS))}, not {shown(text)}.")
    return None if text is None else int(text)


def _report(loaded: LoadedDocument, book: PriceBook, found: Estimate, months: int | None) -> Iterator[str]:
    yield f"{loaded.name}, {book.title} (version {book.version}, {book.currency}, {TAX[book.tax.kind]})"
    yield ""
    yield from _table(found)
    yield ""
    yield from _totals(book, found)
    if months is not None:
        amount = _money(found.periods.terms[months], found)
        yield f"{months} months {amount:>14}   with growth, and with what is paid once"
    if found.tax is not None:
        yield f"With tax  {_money(found.tax.total.monthly, found):>14}   a month, {_tax(found.tax)}"
    yield ""
    yield from found.assumptions
    yield ""
    yield from _sources(book, found)


def _table(found: Estimate) -> Iterator[str]:
    rows = [(line, _calculation(line), _amount(line, found.currency)) for line in found.line_items]
    if not rows:
        yield "Nothing in this design has a price yet."
        return
    key_width = max(len(line.key) for line, _, _ in rows)
    text_width = max(len(line.description) for line, _, _ in rows)
    sum_width = max(len(calculation) for _, calculation, _ in rows)
    amount_width = max(len(amount) for _, _, amount in rows)
    key = ""
    for line, calculation, amount in rows:
        same = line.key == key
        key = line.key
        yield (
            f"{'' if same else key:{key_width}}  {line.description:{text_width}}  "
            f"{calculation:>{sum_width}}  {amount:>{amount_width}}"
        )
        if line.match:
            yield f"{'':{key_width}}    {line.match}"
        if line.range:
            low, high = (
                money_for_people(amount, found.currency)
                for amount in (line.range.low_monthly, line.range.high_monthly)
            )
            yield f"{'':{key_width}}    {low} to {high} as the load asks"


def _calculation(line: LineItem) -> str:
    """`730 hour × 0.128`. A quantity with endless places is shortened here; the JSON has them all."""
    quantity = plain_text(round(line.quantity, 3))
    return f"{quantity} {line.unit}" + (
        f" × {amount_text(line.unit_price)}" if line.unit_price is not None else ""
    )


def _amount(line: LineItem, currency: str) -> str:
    if line.monthly is None:
        return NO_PRICE
    if line.one_time:
        return f"{money_for_people(line.one_time, currency)} once"
    return money_for_people(line.monthly, currency)


def _totals(book: PriceBook, found: Estimate) -> Iterator[str]:
    totals = found.totals
    open_lines, lines = len(found.unpriced), len(found.line_items)
    share = f"{plain_text(found.coverage * 100)}% priced"
    if open_lines:
        share += f", {open_lines} of {lines} lines {'has' if open_lines == 1 else 'have'} no price"
    yield f"A month   {_money(totals.monthly, found):>14}   {share}"
    doubt = found.doubt
    if doubt is not None and doubt.kind == "secondary":
        rest = f"{doubt.lines} of {doubt.of} prices {'rests' if doubt.lines == 1 else 'rest'}"
        yield f"  {rest} on a third party that nobody corroborated. Read the source before quoting."
    if found.range.is_wide:
        yield f"  {_money(found.range.low, found)} to {_money(found.range.high, found)} as the load asks"
    yield f"A year    {_money(totals.yearly, found):>14}"
    yield f"An hour   {amount_text(totals.hourly):>14}   of a month of {plain_text(book.month_hours)} hours"
    if totals.one_time:
        yield f"Once      {_money(totals.one_time, found):>14}"
    for line in found.unpriced:
        yield f"  {line.key}: {line.assumption}"


def _tax(tax: Taxed) -> str:
    return f"{plain_text(tax.rate_percent.normalize())}% are in it" if tax.included else tax.name


def _money(amount: Decimal, found: Estimate) -> str:
    return money_for_people(amount, found.currency)


def _sources(book: PriceBook, found: Estimate) -> Iterator[str]:
    """Those that a line of this estimate rests on."""
    used = {(line.source.url, line.source.kind) for line in found.line_items if line.source}
    yield "Sources" if used else "No source was needed."
    listed = (
        f"  {source.url} ({source.kind}, read {source.retrieved})"
        for source in book.sources
        if (source.url, source.kind) in used
    )
    yield from dict.fromkeys(listed)

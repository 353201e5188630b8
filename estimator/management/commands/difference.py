"""`manage.py difference FILE|KEY FILE|KEY --price-book KEY` shows what leads from one design to the other."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.core.management.base import BaseCommand

from catalog.checks import CATALOGUE
from catalog.domain.money import money_for_people
from catalog.management.price_book_argument import load_price_book
from catalog.selectors import component_types
from designer.management.documents import load_document
from estimator.domain.differences import Change, Differences, find_differences
from estimator.domain.estimates import estimate_design

SIGNS = {Change.ADDED: "+", Change.REMOVED: "-", Change.CHANGED: "~"}


class Command(BaseCommand):
    help = "Show line by line what two designs cost differently."
    requires_system_checks = [CATALOGUE]

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("before", metavar="FILE|KEY", help="a document's file or a template's key")
        parser.add_argument("after", metavar="FILE|KEY", help="the other one")
        parser.add_argument("--price-book", required=True, metavar="FILE|KEY", help="a book's file or key")
        parser.add_argument("--json", action="store_true", help="print one JSON value")

    def handle(self, *args: Any, **options: Any) -> None:
        book = load_price_book(options["price_book"])
        before, after = load_document(options["before"]), load_document(options["after"])
        types = component_types()
        found = find_differences(
            estimate_design(before.document, types, book),
            estimate_design(after.document, types, book),
            documents=(before.document, after.document),
        )
        if options["json"]:
            self.stdout.write(json.dumps(found.to_json(), indent=2, ensure_ascii=False))
        else:
            self.stdout.write("\n".join(_report(before.name, after.name, found)))


def _report(before: str, after: str, found: Differences) -> Iterator[str]:
    currency = found.after.currency
    yield f"From {before} to {after}, {found.after.price_book_title}"
    yield ""
    width = max((len(one.line.key) for one in found.lines), default=0)
    for one in found.lines:
        yield (
            f"{SIGNS[one.change]} {one.line.key:{width}}  {_signed(one.monthly, currency):>14}  "
            f"{one.line.description}. {one.why}"
        )
    if found.rest_monthly:
        yield f"  {'rounding and discounts':{width}}  {_signed(found.rest_monthly, currency):>14}"
    if not found.lines:
        yield "Both cost the same, line by line."
    totals = [money_for_people(one.totals.monthly, currency) for one in (found.before, found.after)]
    yield ""
    yield f"A month: {totals[0]} → {totals[1]}, {_signed(found.monthly, currency)}"


def _signed(amount: Decimal, currency: str) -> str:
    return f"{'+' if amount > 0 else ''}{money_for_people(amount, currency)}"

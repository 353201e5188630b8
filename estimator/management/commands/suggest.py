"""`manage.py suggest FILE|KEY --price-book KEY` shows what would make a design cheaper, and by how much."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from catalog.checks import CATALOGUE
from catalog.domain.money import money_for_people
from catalog.management.price_book_argument import load_price_book
from catalog.selectors import component_types, price_books
from designer.management.documents import load_document
from estimator.domain.suggestions import Suggestion, suggest


class Command(BaseCommand):
    help = "Show what would make a design cheaper, the largest saving first."
    requires_system_checks = [CATALOGUE]

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("design", metavar="FILE|KEY", help="a document's file or a template's key")
        parser.add_argument("--price-book", required=True, metavar="FILE|KEY", help="a book's file or key")
        parser.add_argument("--json", action="store_true", help="print one JSON value")

    def handle(self, *args: Any, **options: Any) -> None:
        book = load_price_book(options["price_book"])
        loaded = load_document(options["design"])
        today = timezone.localdate()
        found = suggest(
            loaded.data,
            component_types(),
            book,
            other_books=[one.on(today.isoformat()) for one in price_books().values()],
            today=today,
        )
        if options["json"]:
            self.stdout.write(json.dumps([one.to_json() for one in found], indent=2, ensure_ascii=False))
        else:
            self.stdout.write("\n".join(_report(loaded.name, book.title, found)))


def _report(name: str, title: str, found: Sequence[Suggestion]) -> Iterator[str]:
    yield f"{name}, {title}"
    yield ""
    for one in found:
        yield f"{money_for_people(one.saving_monthly, one.currency):>12} a month  {one.title}"
        yield f"{'':12}          {one.detail}"
        if one.due_at_start:
            paid = money_for_people(one.due_at_start, one.currency)
            yield f"{'':12}          {paid} is paid in advance."
    if not found:
        yield "Nothing was found that would make it cheaper."

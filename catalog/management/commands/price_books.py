"""`manage.py price_books` lists the price books: what each prices, how sure it is, and its version."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from catalog import selectors
from catalog.checks import CATALOGUE
from catalog.domain.price_books import PriceBook
from catalog.price_book_doubt import doubt_of


class Command(BaseCommand):
    help = "List the price books that estimates can be made with."
    requires_system_checks = [CATALOGUE]

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="as one JSON value")

    def handle(self, *args: Any, **options: Any) -> None:
        books = sorted(selectors.price_books().values(), key=lambda book: book.key)
        if options["json"]:
            self.stdout.write(json.dumps([_facts(book) for book in books], indent=2, ensure_ascii=False))
            return
        width = max(len(book.key) for book in books)
        for book in books:
            priced = f"{book.price_count:5} prices, {doubt_of(book).kind}"
            self.stdout.write(f"{book.key:{width}}  {book.currency}  v{book.version}  {priced}: {book.title}")


def _facts(book: PriceBook) -> dict[str, Any]:
    is_shipped = selectors.shipped_price_books().get(book.key) is book
    return {
        "key": book.key,
        "provider": book.provider,
        "title": book.title,
        "region": book.region,
        "currency": book.currency,
        "version": book.version,
        "state": "shipped" if is_shipped else "published",
        "valid_from": book.valid_from,
        "collected_at": book.collected_at,
        "price_count": book.price_count,
        "services": sorted(book.services),
        "doubt": doubt_of(book).kind,
    }

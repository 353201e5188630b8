"""manage.py import_prices FILE.csv: a collected price list becomes a price book that the product ships."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from catalog.domain.price_book_fields import PriceBookInvalid
from catalog.domain.price_book_files import read_price_book
from catalog.domain.price_imports import MAPPINGS, book_file_from_csv

BOOKS = Path(__file__).resolve().parents[2] / "data" / "price_books"


class Command(BaseCommand):
    help = f"Turn a collected price list (CSV) of {', '.join(sorted(MAPPINGS))} into a price book."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="CSV with the columns that docs/prices.md lists")
        parser.add_argument("--book-version", type=int, default=1, help="a correction is a new version")
        parser.add_argument(
            "--output", type=Path, help="where to write the book; the shipped books if absent"
        )

    def handle(self, *args: Any, file: Path, book_version: int, output: Path | None, **options: Any) -> None:
        try:
            text = file.read_text(encoding="utf-8")
        except OSError as error:
            raise CommandError(f"{file} can't be read: {error.strerror}.", returncode=2) from None
        except UnicodeDecodeError as error:
            raise CommandError(f"{file} is not UTF-8 text: byte {error.start}.", returncode=2) from None
        try:
            key, book = book_file_from_csv(text, file=file.name, version=book_version)
        except PriceBookInvalid as invalid:
            count = len(invalid.problems)
            refused = f"{file.name} was refused, {count} {'reason' if count == 1 else 'reasons'}:"
            raise CommandError(f"{refused}\n{invalid}", returncode=2) from None
        path = output or BOOKS / f"{key}.json"
        path.write_text(book, encoding="utf-8")
        count = read_price_book(book, file=path.name).price_count
        self.stdout.write(f"{path.name}: {count} prices, {len(book.encode())} bytes.")

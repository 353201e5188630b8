"""manage.py import_prices FILE.csv: a collected price list becomes the price books that the product ships."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from catalog.domain.price_book_fields import PriceBookInvalid
from catalog.domain.price_book_files import read_price_book
from catalog.domain.price_imports import book_files_from_csv
from catalog.domain.price_imports.providers import MAPPINGS

BOOKS = Path(__file__).resolve().parents[2] / "data" / "price_books"


class Command(BaseCommand):
    help = f"Turn a collected price list (CSV) of {', '.join(sorted(MAPPINGS))} into price books."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="CSV with the columns that docs/prices.md lists")
        parser.add_argument("--book-version", type=int, default=1, help="a correction is a new version")
        parser.add_argument("--key", help="only this one of the books that the list makes")
        parser.add_argument(
            "-o",
            "--output",
            type=Path,
            help="directory for the books, or a .json file for a single one; the shipped books if absent",
        )

    def handle(
        self,
        *args: Any,
        file: Path,
        book_version: int,
        key: str | None,
        output: Path | None,
        **options: Any,
    ) -> None:
        try:
            text = file.read_text(encoding="utf-8")
        except OSError as error:
            raise CommandError(f"{file} can't be read: {error.strerror}.", returncode=2) from None
        except UnicodeDecodeError as error:
            raise CommandError(f"{file} is not UTF-8 text: byte {error.start}.", returncode=2) from None
        try:
            books = book_files_from_csv(text, file=file.name, version=book_version)
        except PriceBookInvalid as invalid:
            count = len(invalid.problems)
            refused = f"{file.name} was refused, {count} {'reason' if count == 1 else 'reasons'}:"
            raise CommandError(f"{refused}\n{invalid}", returncode=2) from None
        for path, book in _places(_chosen(books, key), output or BOOKS).items():
            path.write_text(book, encoding="utf-8")
            count = read_price_book(book, file=path.name).price_count
            self.stdout.write(f"{path.name}: {count} prices, {len(book.encode())} bytes.")


def _chosen(books: dict[str, str], key: str | None) -> dict[str, str]:
    if key is None:
        return books
    if key not in books:
        raise CommandError(
            f"The list makes no book {key!r}; it makes {', '.join(sorted(books))}.", returncode=2
        )
    return {key: books[key]}


def _places(books: dict[str, str], output: Path) -> dict[Path, str]:
    """Where each book is written to."""
    if output.suffix != ".json":
        output.mkdir(parents=True, exist_ok=True)
        return {output / f"{key}.json": book for key, book in books.items()}
    if len(books) > 1:
        reason = f"The list makes {len(books)} books. Name a directory, or one of them with --key."
        raise CommandError(reason, returncode=2)
    return dict.fromkeys([output], *books.values())

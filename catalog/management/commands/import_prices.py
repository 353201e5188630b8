"""manage.py import_prices FILE: a price list becomes drafts of price books, or, with -o, the books' files."""

from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.db.utils import OperationalError, ProgrammingError
from django.utils import timezone

from catalog import selectors
from catalog.domain.price_book_fields import PriceBookInvalid
from catalog.domain.price_book_files import read_price_book
from catalog.domain.price_book_writing import write_price_book
from catalog.domain.price_imports.conversion import ImportSettings
from catalog.domain.price_imports.tables import MAX_FILE_BYTES
from catalog.domain.price_imports.uploads import READERS, books_from_upload, guess_kind
from catalog.errors import NewerBookPublished, NotADraft, PriceBookRefused
from catalog.management.import_reports import report_lines
from catalog.services.price_books import import_prices, publish_price_book

SHIPPED = Path(__file__).resolve().parents[2] / "data" / "price_books"
BAD_INPUT = 2  # the exit status


class Command(BaseCommand):
    help = "Turn a price list (CSV, XLSX, a provider's JSON, a book's own file) into price books."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="docs/price-lists.md shows the formats")
        parser.add_argument("--kind", choices=READERS, help="book for .json and collected else, if not said")
        parser.add_argument("--dry-run", action="store_true", help="show what would change, keep nothing")
        parser.add_argument("--publish", action="store_true", help="price with it at once")
        parser.add_argument(
            "-o",
            "--output",
            type=Path,
            help="write files and no drafts: a directory, or a .json file for a single book",
        )
        parser.add_argument("--shipped", action="store_true", help="write the books that the product ships")
        parser.add_argument("--book-version", type=int, default=1, help="of the files that -o writes")
        parser.add_argument("--key", default="", help="of the book; of several, only this one")
        for name in ("title", "provider", "region", "currency", "valid-from", "source-url"):
            parser.add_argument(f"--{name}", default="", help="where the list doesn't say it")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        content = _content(file)
        kind = options["kind"] or guess_kind(file.name)
        names = ("key", "title", "provider", "region", "currency", "valid_from", "source_url")
        settings = ImportSettings(
            today=timezone.localdate().isoformat(), **{name: options[name] for name in names}
        )
        output = SHIPPED if options["shipped"] else options["output"]
        if output is not None and not options["dry_run"]:
            books = _book_files(content, file.name, kind, settings, options["book_version"])
            for path, text in _places(books, output).items():
                path.write_text(text, encoding="utf-8")
                count = read_price_book(text, file=path.name).price_count
                self.stdout.write(f"{path.name}: {count} prices, {len(text.encode())} bytes.")
            return
        try:
            with transaction.atomic():
                self._draft(content, file.name, kind, settings, options)
        except (OperationalError, ProgrammingError):
            reason = "The database has no tables yet. Run manage.py migrate, or write files with -o."
            raise CommandError(reason, returncode=BAD_INPUT) from None

    def _draft(
        self, content: bytes, file: str, kind: str, settings: ImportSettings, options: Mapping[str, Any]
    ) -> None:
        report = import_prices(
            content, file=file, kind=kind, by=None, dry_run=options["dry_run"], settings=settings
        )
        told = "\n".join(report_lines(report))
        if report.errors:
            raise CommandError(told, returncode=BAD_INPUT)
        self.stdout.write(told)
        drafts = [book.draft for book in report.books if book.draft is not None]
        for draft in drafts if options["publish"] else ():
            try:
                self.stdout.write(f"Published {publish_price_book(draft, by=None)}.")
            except (NotADraft, NewerBookPublished, PriceBookRefused) as refused:
                raise CommandError(str(refused), returncode=BAD_INPUT) from None


def _content(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise CommandError(f"{file} can't be read: {error.strerror}.", returncode=BAD_INPUT) from None
    except ValueError:  # a null character is no file's name
        raise CommandError("That is no name of a file.", returncode=BAD_INPUT) from None


def _book_files(
    content: bytes, file: str, kind: str, settings: ImportSettings, version: int
) -> dict[str, str]:
    """Key -> the book's file, read back and found good."""
    shipped = selectors.shipped_price_books() if kind not in ("book", "collected") else {}
    try:
        found = books_from_upload(
            content,
            file=file,
            kind=kind,
            settings=settings,
            current=lambda key: selectors.shipped_price_book_file(key) if key in shipped else None,
        )
        files = {str(book["key"]): write_price_book({**book, "version": version}) for book in found.books}
        for key, text in files.items():
            read_price_book(text, file=f"{key}.json")
    except PriceBookInvalid as invalid:
        count = len(invalid.problems)
        refused = f"{file} was refused, {count} {'reason' if count == 1 else 'reasons'}:"
        raise CommandError(f"{refused}\n{invalid}", returncode=BAD_INPUT) from None
    return files


def _places(books: dict[str, str], output: Path) -> dict[Path, str]:
    """Where each book is written to."""
    if output.suffix != ".json":
        output.mkdir(parents=True, exist_ok=True)
        return {output / f"{key}.json": book for key, book in books.items()}
    if len(books) > 1:
        reason = f"The list makes {len(books)} books. Name a directory, or one of them with --key."
        raise CommandError(reason, returncode=BAD_INPUT)
    return dict.fromkeys([output], *books.values())

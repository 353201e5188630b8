"""FILE|KEY of the commands: a price book's key or file becomes a checked book, or one clear line."""

from pathlib import Path

from django.core.management.base import CommandError
from django.utils import timezone

from catalog.domain.price_book_fields import PriceBookInvalid
from catalog.domain.price_book_files import read_price_book
from catalog.domain.price_books import PriceBook
from catalog.domain.problems import shown
from catalog.errors import PriceBookNotFound
from catalog.selectors import get_price_book, price_books

BAD_INPUT = 2  # the exit status
MAX_FILE_BYTES = 32 * 1024 * 1024


def load_price_book(file_or_key: str) -> PriceBook:
    """With the prices of today. A key goes before a file of that name; `./outscale` is always the file.

    Raises: CommandError with exit status 2.
    """
    try:
        book = get_price_book(file_or_key)
    except PriceBookNotFound:
        book = _read(file_or_key)
    return book.on(timezone.localdate().isoformat())


def _read(file: str) -> PriceBook:
    path = Path(file)
    try:
        with path.open("rb") as opened:
            content = opened.read(MAX_FILE_BYTES + 1)
    except (OSError, ValueError):  # a null character is no file's name
        known = ", ".join(sorted(price_books()))
        raise CommandError(
            f"There is no price book called {shown(file)}. There are {known}.", returncode=BAD_INPUT
        ) from None
    if len(content) > MAX_FILE_BYTES:
        reason = f"is larger than {MAX_FILE_BYTES // 1024**2} MiB. A book is smaller."
        raise CommandError(f"{shown(file)} {reason}", returncode=BAD_INPUT)
    try:
        return read_price_book(content.decode("utf-8-sig"), file=path.name)
    except UnicodeDecodeError as error:
        raise CommandError(
            f"{shown(file)} is not UTF-8 text: byte {error.start} begins no character.", returncode=BAD_INPUT
        ) from None
    except PriceBookInvalid as invalid:
        first, *others = invalid.problems
        rest = f" ({len(others)} more problem{'s' if len(others) > 1 else ''})" if others else ""
        raise CommandError(
            f"{shown(file)} is no price book. {first.place}: {first.reason}{rest}", returncode=BAD_INPUT
        ) from None

"""From a provider's collected price list (CSV) to the files of its price books: see mappings.py."""

from catalog.domain.price_book_fields import BookProblem, PriceBookInvalid
from catalog.domain.price_book_files import read_price_book
from catalog.domain.price_book_writing import write_price_book
from catalog.domain.price_imports.collected_rows import CollectedRow, Record, read_rows
from catalog.domain.price_imports.mappings import BookPlan
from catalog.domain.price_imports.providers import MAPPINGS


def book_files_from_csv(text: str, *, file: str, version: int = 1) -> dict[str, str]:
    """The books that the list makes, key -> text of the file, each already read back and found good.

    Raises: PriceBookInvalid with the place and reason of everything that is wrong.
    """
    files: dict[str, str] = {}
    for book in books_from_csv(text, file=file):
        key = str(book["key"])
        files[key] = write_price_book({**book, "version": version})
        read_price_book(files[key], file=f"{key}.json")
    return files


def books_from_csv(text: str, *, file: str) -> list[Record]:
    """The same as data; books that no row belongs to are left out. Raises: PriceBookInvalid."""
    rows = read_rows(text, file=file)
    found = [plan.book(rows, file=file) for plan in _plans_for(rows, file)]
    if not any(found):
        reason = "No row is of a region and currency that this provider's mapping makes a book of."
        raise PriceBookInvalid([BookProblem(file, "column region", reason)])
    return [book for book in found if book]


def _plans_for(rows: list[CollectedRow], file: str) -> tuple[BookPlan, ...]:
    providers = {row.provider for row in rows}
    if len(providers) != 1 or not providers <= MAPPINGS.keys():
        found = ", ".join(sorted(providers)) or "no row"
        reason = f"The file has {found}; it takes rows of one of {', '.join(sorted(MAPPINGS))}."
        raise PriceBookInvalid([BookProblem(file, "column provider", reason)])
    return MAPPINGS[providers.pop()]

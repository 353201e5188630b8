"""From a provider's collected price list (CSV) to a price book's file, one mapping a provider."""

from collections.abc import Mapping

from catalog.domain.price_book_fields import BookProblem, PriceBookInvalid
from catalog.domain.price_book_files import read_price_book
from catalog.domain.price_book_writing import write_price_book
from catalog.domain.price_imports.collected_rows import CollectedRow, ProviderMapping, Record, read_rows
from catalog.domain.price_imports.outscale import OUTSCALE
from catalog.domain.price_imports.rackspace import RACKSPACE

MAPPINGS: Mapping[str, ProviderMapping] = {mapping.provider_key: mapping for mapping in (RACKSPACE, OUTSCALE)}


def book_file_from_csv(text: str, *, file: str, version: int = 1) -> tuple[str, str]:
    """The key of the book and the text of its file, already read back and found good.

    Raises: PriceBookInvalid with the place and reason of everything that is wrong.
    """
    rows = read_rows(text, file=file)
    mapping = _mapping_for(rows, file)
    chosen = [row for row in rows if row.currency == mapping.currency and row.region in mapping.regions]
    problems: list[BookProblem] = []
    records: list[Record] = []
    for group in mapping.groups(chosen):
        first = group[0]
        convert = mapping.converters.get((first.service, first.resource_type))
        if convert is None:
            place = f"line {first.line} {first.sku}"
            reason = f"The mapping doesn't know {first.service} / {first.resource_type}."
            problems.append(BookProblem(file, place, reason))
        elif record := convert(group):
            records.append(record)
    if problems:
        raise PriceBookInvalid(problems)
    book = {**mapping.header, "version": version, "prices": [*records, *mapping.stated]}
    book_text = write_price_book(book)
    read_price_book(book_text, file=f"{mapping.header['key']}.json")
    return str(mapping.header["key"]), book_text


def _mapping_for(rows: list[CollectedRow], file: str) -> ProviderMapping:
    providers = {row.provider for row in rows}
    if len(providers) != 1 or not providers <= MAPPINGS.keys():
        found = ", ".join(sorted(providers)) or "no row"
        reason = f"The file has {found}; it takes rows of one of {', '.join(sorted(MAPPINGS))}."
        raise PriceBookInvalid([BookProblem(file, "column provider", reason)])
    return MAPPINGS[providers.pop()]

"""What an import found, on a terminal."""

from collections.abc import Iterator, Sequence

from catalog.services.price_books import ImportedBook, ImportReport

MOST_LINES = 40


def report_lines(report: ImportReport) -> Iterator[str]:
    if report.errors:
        count = len(report.errors)
        yield f"{report.file} was refused, {count} {'reason' if count == 1 else 'reasons'}:"
        yield from _some([f"  {one.at}: {one.reason}" for one in report.errors])
        return
    for book in report.books:
        yield from _book_lines(book)
    if report.left_out:
        yield f"Not taken, {len(report.left_out)}:"
        yield from _some([f"  {one.what}: {one.reason}" for one in report.left_out])
    if report.dry_run:
        yield "Nothing was kept: this was a dry run."


def _book_lines(book: ImportedBook) -> Iterator[str]:
    changes = book.changes
    against = "new" if book.before is None else f"against version {book.before}"
    yield (
        f"{book.key}, version {book.version} ({against}): {len(changes.added)} added, "
        f"{len(changes.changed)} changed, {len(changes.removed)} removed, "
        f"{changes.unchanged + changes.reworded} as before, {book.currency}."
    )
    yield from _some([f"  {name}: {before} → {after}" for name, before, after in changes.terms])
    if book.before is not None:
        yield from _some([f"  + {one.sku}: {one.after}" for one in changes.added])
        yield from _some([f"  ~ {one.sku}: {one.before} → {one.after}" for one in changes.changed])
        yield from _some([f"  - {one.sku}: {one.before}" for one in changes.removed])
    if book.draft is not None:
        yield f"  Kept as {book.draft}, {book.draft.state}."


def _some(lines: Sequence[str]) -> Iterator[str]:
    yield from lines[:MOST_LINES]
    if len(lines) > MOST_LINES:
        yield f"  … and {len(lines) - MOST_LINES} more."

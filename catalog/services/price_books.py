"""What someone may ask for with price books: bring prices in, publish them, retire them, drop a draft."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone

from catalog import selectors
from catalog.domain.price_book_changes import BookChanges, changes_between
from catalog.domain.price_book_fields import BookProblem, PriceBookInvalid
from catalog.domain.price_book_files import read_price_book
from catalog.domain.price_book_writing import write_price_book
from catalog.domain.price_books import PriceBook
from catalog.domain.price_imports.conversion import ImportSettings, LeftOut
from catalog.domain.price_imports.uploads import RowProblem, books_from_upload
from catalog.errors import NewerBookPublished, NotADraft, NotPublished, PriceBookRefused, ReviewersOnly
from catalog.models import PriceBookChange, PriceBookVersion

State = PriceBookVersion.State
MAX_KEY = 80  # with @ and a version it still fits a design's column
# Marks the author who leaves the history to its reader: a command, not a person.
Author = User | None


@dataclass(frozen=True)
class ImportedBook:
    """What one book of the file would change. `draft` is the row that holds it, unless this was a dry run."""

    key: str
    title: str
    currency: str
    version: int
    before: int | None
    price_count: int
    changes: BookChanges
    draft: PriceBookVersion | None = None


@dataclass(frozen=True)
class ImportReport:
    file: str
    kind: str
    dry_run: bool
    books: tuple[ImportedBook, ...] = ()
    errors: tuple[RowProblem, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


def import_prices(
    content: bytes, *, file: str, kind: str, by: Author, dry_run: bool, settings: ImportSettings | None = None
) -> ImportReport:
    """Turn a price list into drafts, one a book, or say everything that is wrong with it and keep nothing.

    With `dry_run` nothing is kept either way. A draft of the same book that is there already gets the new
    contents, and its history says so.
    """
    try:
        found = books_from_upload(
            content, file=file, kind=kind, settings=_dated(settings), current=current_book
        )
    except PriceBookInvalid as invalid:
        problems = tuple(RowProblem.of(problem) for problem in invalid.problems)
        return ImportReport(file, kind, dry_run, errors=problems)
    books: list[ImportedBook] = []
    errors: list[RowProblem] = []
    texts: list[str] = []
    for number, data in enumerate(found.books):
        numbered = _numbered(data)
        texts.append(write_price_book(numbered))
        try:
            book = _read(texts[-1], file)
        except PriceBookInvalid as invalid:
            lines = found.lines_of(number)
            errors += [RowProblem.of(problem, lines) for problem in invalid.problems]
            continue
        before = current_book(book.key)
        books.append(
            ImportedBook(
                key=book.key,
                title=book.title,
                currency=book.currency,
                version=book.version,
                before=None if before is None else before["version"],
                price_count=book.price_count,
                changes=changes_between(before, numbered),
            )
        )
    if errors:
        return ImportReport(file, kind, dry_run, errors=tuple(errors), left_out=found.left_out)
    if not dry_run:
        drafts = _kept(texts, file=file, by=by)
        books = [_with_draft(book, draft) for book, draft in zip(books, drafts, strict=True)]
    return ImportReport(file, kind, dry_run, tuple(books), left_out=found.left_out)


def create_draft(text: str, *, by: Author, file: str = "", note: str = "") -> PriceBookVersion:
    """Keep a book's file as a draft, as the next version of its key. Raises: PriceBookRefused."""
    try:
        return _kept([text], file=file, by=by, note=note)[0]
    except PriceBookInvalid as invalid:
        raise _refused(file or "The file", invalid) from None


@transaction.atomic
def publish_price_book(draft: PriceBookVersion, *, by: Author) -> PriceBookVersion:
    """Price with it from the next request on, in all processes. It never changes again.

    The version that was published before is superseded: designs that name it by number keep it.
    Raises: NotADraft, NewerBookPublished, PriceBookRefused when this program reads books differently now.
    """
    draft.refresh_from_db()
    if not draft.is_draft:
        raise NotADraft(str(draft))
    try:
        _read(draft.text, str(draft))
    except PriceBookInvalid as invalid:
        raise _refused(str(draft), invalid) from None
    newest = _newest_in_use(draft.key)
    if newest >= draft.version:
        raise NewerBookPublished(str(draft), newest)
    now = timezone.now()
    superseded = PriceBookVersion.objects.filter(key=draft.key, state=State.PUBLISHED)
    for older in superseded.select_for_update():
        PriceBookVersion.objects.move(older, State.SUPERSEDED)
        _note(older, by, f"Superseded by version {draft.version}.")
    if not PriceBookVersion.objects.move(draft, State.PUBLISHED, published_at=now, published_by=by):
        raise NotADraft(str(draft))
    _note(draft, by, "Published.")
    return _told(draft)


@transaction.atomic
def retire_price_book(version: PriceBookVersion, *, by: Author) -> PriceBookVersion:
    """Offer it no more. Designs that name it go on. Raises: NotPublished."""
    version.refresh_from_db()
    if version.state not in (State.PUBLISHED, State.SUPERSEDED):
        raise NotPublished(str(version), "retired")
    if not PriceBookVersion.objects.move(version, State.RETIRED, retired_at=timezone.now(), retired_by=by):
        raise NotPublished(str(version), "retired")
    _note(version, by, "Retired.")
    return _told(version)


def drop_draft(draft: PriceBookVersion) -> None:
    """Raises: PublishedBookIsFixed."""
    draft.delete()


def possible_steps(version: PriceBookVersion, user: User) -> list[str]:
    """What this person may do with it next."""
    steps = {State.DRAFT: ["publish"], State.PUBLISHED: ["retire"], State.SUPERSEDED: ["retire"]}
    return steps.get(State(version.state), []) if user.is_staff else []


def require_reviewer(user: User) -> None:
    """Prices are everybody's, so that staff members bring them in and publish them. Raises: ReviewersOnly."""
    if not user.is_staff:
        raise ReviewersOnly


def current_book(key: str) -> Mapping[str, Any] | None:
    """The file, as JSON, of the version that is offered now; what an import is compared with."""
    row = PriceBookVersion.objects.filter(key=key, state=State.PUBLISHED).first()
    shipped = selectors.shipped_price_books().get(key)
    if row is not None and (shipped is None or shipped.version <= row.version):
        return dict(json.loads(row.text))
    return None if shipped is None else selectors.shipped_price_book_file(key)


def changes_of(version: PriceBookVersion) -> BookChanges:
    """What it changes against the version it follows: of a draft the offered one, else its predecessor."""
    data = json.loads(version.text)
    before = current_book(version.key) if version.is_draft else _file_of(version.key, data.get("supersedes"))
    return changes_between(before, data)


def _file_of(key: str, version: int | None) -> Mapping[str, Any] | None:
    if version is None:
        return None
    row = PriceBookVersion.objects.in_use().filter(key=key, version=version).first()
    if row is not None:
        return dict(json.loads(row.text))
    shipped = selectors.shipped_price_books().get(key)
    is_it = shipped is not None and shipped.version == version
    return selectors.shipped_price_book_file(key) if is_it else None


def _kept(texts: list[str], *, file: str, by: Author, note: str = "") -> list[PriceBookVersion]:
    """All of them or none. Raises: PriceBookInvalid."""
    for is_last in (False, True):
        try:
            with transaction.atomic():
                return [_keep_draft(text, file=file, by=by, note=note) for text in texts]
        except IntegrityError:  # somebody else drafted the same book in this moment: theirs is there now
            if is_last:
                raise
    return []


def _keep_draft(text: str, *, file: str, by: Author, note: str = "") -> PriceBookVersion:
    """Raises: PriceBookInvalid."""
    book = _read(text, file)
    numbered = _numbered(json.loads(text))
    draft = PriceBookVersion.objects.select_for_update().filter(key=book.key, state=State.DRAFT).first()
    if book.version != numbered["version"]:
        text = write_price_book(numbered)
    is_new = draft is None
    draft = draft or PriceBookVersion(key=book.key, created_by=by)
    draft.version = numbered["version"]
    draft.text, draft.sha256 = text, hashlib.sha256(text.encode()).hexdigest()
    draft.provider, draft.title, draft.region = book.provider[:200], book.title[:300], book.region[:200]
    draft.currency, draft.price_count = book.currency, book.price_count
    draft.imported_from, draft.note = file[:300], note[:300]
    draft.save()
    origin = f"from {file[:300]}" if file else "by hand"
    _note(draft, by, f"{'Drafted' if is_new else 'Drafted anew'} {origin}: {book.price_count} prices.")
    return draft


def _read(text: str, file: str) -> PriceBook:
    """Raises: PriceBookInvalid."""
    book = read_price_book(text, file=file)
    problems: list[BookProblem] = []
    if len(book.key) > MAX_KEY:
        problems.append(BookProblem(file, "key", f"A key has at most {MAX_KEY} characters."))
    for name in ("provider", "title", "region"):
        if not getattr(book, name).isprintable():
            problems.append(BookProblem(file, name, "This holds characters that nobody can see."))
    if not _is_unicode(text):
        problems.append(BookProblem(file, "file", "A text in it holds half a character."))
    if problems:
        raise PriceBookInvalid(problems)
    return book


def _is_unicode(text: str) -> bool:
    """JSON can spell halves of characters, which no database keeps."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _numbered(data: Mapping[str, Any]) -> dict[str, Any]:
    """The file as the next version of its book, whatever number it came with."""
    newest = _newest_in_use(str(data.get("key", "")))
    before = {"supersedes": newest} if newest else {}
    unnumbered = {name: value for name, value in data.items() if name != "supersedes"}
    return {**unnumbered, "version": newest + 1, **before}


def _dated(settings: ImportSettings | None) -> ImportSettings:
    settings = settings or ImportSettings()
    return settings if settings.today else replace(settings, today=timezone.localdate().isoformat())


def _newest_in_use(key: str) -> int:
    """0 where there is none."""
    rows = PriceBookVersion.objects.in_use().filter(key=key).order_by("-version")
    newest = rows.values_list("version", flat=True).first() or 0
    shipped = selectors.shipped_price_books().get(key)
    return max(newest, shipped.version if shipped else 0)


def _with_draft(book: ImportedBook, draft: PriceBookVersion) -> ImportedBook:
    return replace(book, draft=draft, version=draft.version)


def _note(version: PriceBookVersion, by: Author, what: str) -> None:
    PriceBookChange.objects.create(version=version, by=by, what=what)


def _refused(name: str, invalid: PriceBookInvalid) -> PriceBookRefused:
    return PriceBookRefused(name, [{"at": one.place, "detail": one.reason} for one in invalid.problems])


def _told(version: PriceBookVersion) -> PriceBookVersion:
    selectors.look_again()
    version.refresh_from_db()
    return version

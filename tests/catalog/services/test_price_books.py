"""Price books are brought in, looked at, published, superseded and retired; a published one never changes."""

import json
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import DatabaseError, IntegrityError, connection, transaction

from catalog import selectors
from catalog.errors import NewerBookPublished, NotADraft, NotPublished, PriceBookNotFound, PriceBookRefused
from catalog.errors import PublishedBookIsFixed as Fixed
from catalog.freshness import one_look
from catalog.models import PriceBookVersion
from catalog.services.price_books import (
    ImportReport,
    create_draft,
    import_prices,
    publish_price_book,
    retire_price_book,
)
from tests.catalog.price_book_rows import a_price, book_file, drafted, published
from tests.catalog.price_list_files import recorded

pytestmark = pytest.mark.django_db
Counting = Callable[[int], AbstractContextManager[object]]


def brought_in(content: bytes, *, dry_run: bool = False, kind: str = "book", by: Any = None) -> ImportReport:
    return import_prices(content, file="list.json", kind=kind, by=by, dry_run=dry_run)


# --- From draft to retired ------------------------------------------------------------------------------


def test_a_draft_is_nobodys_business_and_a_published_book_is_everybodys(mara: User) -> None:
    draft = drafted(by=mara)
    assert "our-cloud" not in selectors.price_books()
    with pytest.raises(PriceBookNotFound):
        selectors.get_price_book("our-cloud@1")

    book = publish_price_book(draft, by=mara)

    assert selectors.get_price_book("our-cloud").title == "Our cloud, 2026"
    assert selectors.price_books().keys() == {*selectors.shipped_price_books(), "our-cloud"}
    assert (book.state, book.published_by, str(book)) == ("published", mara, "our-cloud@1")


def test_a_new_version_supersedes_the_one_before_and_both_can_be_named(mara: User, teo: User) -> None:
    first = published(by=mara)
    second = published(a_price(price="0.06"), by=teo)
    first.refresh_from_db()

    assert (first.state, second.state, second.version) == ("superseded", "published", 2)
    assert str(selectors.get_price_book("our-cloud").prices[0].unit_price) == "0.06"
    assert str(selectors.get_price_book("our-cloud@1").prices[0].unit_price) == "0.05"
    assert selectors.get_price_book("our-cloud", 2).supersedes == 1
    for wrong in ("our-cloud@3", "our-cloud@", "our-cloud@x", "our-cloud@-1", "our-cloud@99999999999"):
        with pytest.raises(PriceBookNotFound):
            selectors.get_price_book(wrong)


def test_who_did_what_and_when_is_kept(mara: User, teo: User) -> None:
    first = published(by=mara)
    published(a_price(price="0.06"), by=teo)

    history = [(change.what, str(change.by)) for change in first.changes.all()]

    assert history == [
        ("Drafted from our-cloud.json: 1 prices.", "mara"),
        ("Published.", "mara"),
        ("Superseded by version 2.", "teo"),
    ]


def test_a_retired_book_is_offered_no_more_and_goes_on_for_who_names_it(mara: User) -> None:
    retire_price_book(published(), by=mara)

    assert "our-cloud" not in selectors.price_books()
    assert selectors.get_price_book("our-cloud").version == 1


def test_a_version_of_a_shipped_book_takes_its_place_until_it_is_retired(mara: User) -> None:
    shipped = selectors.shipped_price_books()["outscale"]
    content = json.dumps(selectors.shipped_price_book_file("outscale")).replace(
        '"OUTSCALE eu-west-2', '"Ours'
    )
    version = publish_price_book(create_draft(content, by=mara), by=mara)

    assert version.version == shipped.version + 1
    assert selectors.get_price_book("outscale").version == version.version
    assert selectors.get_price_book("outscale", shipped.version) is shipped
    retire_price_book(version, by=mara)
    assert selectors.get_price_book("outscale") is shipped


def test_steps_that_make_no_sense_are_refused(mara: User) -> None:
    draft = drafted()
    with pytest.raises(NotPublished):
        retire_price_book(draft, by=mara)
    first = publish_price_book(draft, by=mara)
    with pytest.raises(NotADraft):
        publish_price_book(first, by=mara)
    retire_price_book(first, by=mara)
    with pytest.raises(NotPublished):
        retire_price_book(first, by=mara)


def test_a_draft_older_than_what_is_published_is_not_published(mara: User) -> None:
    draft = drafted()
    PriceBookVersion.objects.create(
        key="our-cloud", version=9, state="published", provider="p", title="t", region="r", currency="CHF",
        price_count=1, text="{}", sha256="0",
    )  # fmt: skip

    with pytest.raises(NewerBookPublished, match="our-cloud@1 is older than version 9"):
        publish_price_book(draft, by=mara)


# --- The guard ------------------------------------------------------------------------------------------


def test_a_published_book_never_changes_whoever_asks(mara: User) -> None:
    book = published()

    book.text = "{}"
    with pytest.raises(Fixed, match="our-cloud@1 is published, and estimates may use it"):
        book.save()
    with pytest.raises(Fixed):
        book.delete()


@pytest.mark.parametrize(
    "change",
    [
        {"text": "{}"},
        {"version": 7},
        {"key": "other"},
        {"sha256": "0"},
        {"state": "draft"},
    ],
)
def test_the_database_itself_refuses_to_change_a_published_book(change: dict[str, Any]) -> None:
    published()

    with pytest.raises(DatabaseError, match="a published price book does not change"), transaction.atomic():
        PriceBookVersion.objects.filter(key="our-cloud").update(**change)


def test_the_database_itself_refuses_to_delete_a_published_book() -> None:
    published()

    with pytest.raises(DatabaseError, match="a published price book is kept"), transaction.atomic():
        PriceBookVersion.objects.filter(key="our-cloud").delete()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE catalog_pricebookversion SET text = 'x'")


def test_a_retired_book_does_not_come_back(mara: User) -> None:
    retire_price_book(published(), by=mara)

    with pytest.raises(DatabaseError), transaction.atomic():
        PriceBookVersion.objects.filter(key="our-cloud").update(state="published")


def test_one_draft_and_one_published_version_of_a_book(mara: User) -> None:
    published()
    draft = drafted(a_price(price="1"))

    with pytest.raises(IntegrityError), transaction.atomic():
        PriceBookVersion.objects.filter(pk=draft.pk).update(state="published")
    draft.delete()
    assert PriceBookVersion.objects.count() == 1


# --- Imports --------------------------------------------------------------------------------------------


def a_table(*lines: str) -> bytes:
    return "\n".join(lines).encode()


def test_a_gap_in_a_ladder_is_told_by_the_row_of_the_file() -> None:
    lines = recorded("own-list.csv").decode().splitlines()
    tiers = [line for line in lines if "traffic" in line]
    gap = tiers[1].replace("CHF,1000", "CHF,2000")
    report = brought_in(a_table(lines[0], lines[1], tiers[0], gap), kind="collected", dry_run=True)

    assert [(one.row, one.column, one.at) for one in report.errors] == [(4, "tier_from", "line 4.tier_from")]
    assert "There is a gap: the tiers before end at 1000, not 2000." in report.errors[0].reason


def test_two_rows_that_answer_the_same_question_are_told_by_the_row_of_the_file() -> None:
    lines = recorded("own-list.csv").decode().splitlines()
    disk = next(line for line in lines if "block-storage" in line)
    sku = disk.split(",")[2]
    table = a_table(lines[0], lines[1], disk, disk.replace(f",{sku},", ",another,", 1))
    report = brought_in(table, kind="collected", dry_run=True)

    assert [one.row for one in report.errors] == [4]


def test_a_dry_run_shows_what_would_change_and_keeps_nothing(mara: User) -> None:
    published(a_price("s1"), a_price("s2", "0.09"), a_price("s3", "0.18"))
    news = book_file(a_price("s1"), a_price("s2", "0.08"), a_price("s4", "0.30", locator="new"), title="New")

    report = brought_in(news, dry_run=True)

    changes = report.books[0].changes
    assert [(one.sku, one.before, one.after) for one in changes.added] == [("s4", None, "0.30 per hour")]
    assert [(one.sku, one.before, one.after, one.fields) for one in changes.changed] == [
        ("s2", "0.09 per hour", "0.08 per hour", ("price",))
    ]
    assert [one.sku for one in changes.removed] == ["s3"]
    assert (changes.unchanged, report.books[0].before, report.books[0].version) == (1, 1, 2)
    assert PriceBookVersion.objects.count() == 1


def test_an_import_becomes_a_draft_and_a_second_one_takes_its_place(mara: User, teo: User) -> None:
    first = brought_in(book_file(), by=mara).books[0].draft
    again = brought_in(book_file(a_price(price="0.07")), by=teo).books[0].draft

    assert first is not None
    assert again is not None
    assert (first.pk, again.version, again.created_by) == (again.pk, 1, mara)
    assert [change.what for change in again.changes.all()][-1] == "Drafted anew from list.json: 1 prices."
    assert '"0.07"' in PriceBookVersion.objects.get().text


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite in memory takes one connection at a time")
@pytest.mark.django_db(transaction=True)
def test_people_who_bring_the_same_book_in_at_once_share_one_draft() -> None:
    prices = [f"0.0{number}" for number in range(1, 7)]

    def bring(price: str) -> ImportReport:
        try:
            return brought_in(book_file(a_price(price=price)))
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        reports = list(pool.map(bring, prices))

    assert [report.errors for report in reports] == [()] * 6
    assert PriceBookVersion.objects.get().version == 1
    assert PriceBookVersion.objects.get().changes.count() == 6


def test_nothing_is_half_imported(mara: User) -> None:
    good = [a_price(f"s{number}") for number in range(20)]

    report = brought_in(book_file(*good, a_price("bad", price="-1"), a_price("worse", unit="furlong")))

    assert [(one.at, one.column) for one in report.errors] == [
        ("prices[20] bad.price", "price"),
        ("prices[21] worse.unit", "unit"),
    ]
    assert PriceBookVersion.objects.count() == 0


def test_of_a_list_with_several_books_all_come_in_or_none(mara: User) -> None:
    content = recorded("outscale-read-public-catalog.json")

    report = brought_in(content, kind="outscale")

    assert sorted(book.key for book in report.books) == ["outscale", "outscale-cloudgouv-eu-west-1"]
    assert PriceBookVersion.objects.count() == 2
    changed = {one.sku: (one.before, one.after) for one in _book(report, "outscale").changes.changed}
    assert "CustomCore:v7-p2" not in changed  # as shipped
    assert any(price.composed_of for price in _read(report, "outscale").prices)


def _book(report: ImportReport, key: str) -> Any:
    return next(book for book in report.books if book.key == key)


def _read(report: ImportReport, key: str) -> Any:
    publish_price_book(_book(report, key).draft, by=None)
    return selectors.get_price_book(key)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (book_file(a_price(price=0.05)), "0.05 is a JSON number. Write it as text"),  # type: ignore[arg-type]
        (book_file(a_price(), a_price()), "Two rows have this SKU"),
        (book_file(key="K" * 90), "doesn't have the right form"),
        (book_file(key="k" * 90), "A key has at most 80 characters"),
        (book_file(title="a\u0000b"), "This holds characters that nobody can see"),
        (book_file(note="\ud800"), "A text in it holds half a character"),
        (book_file(sources=5), "This has to be a list"),
        (b'{"prices": [NaN]}', "This program reads schema 2"),
        (b"[]", "This is no price book"),
    ],
)
def test_what_makes_no_book_is_refused_in_a_sentence_and_nothing_is_kept(content: bytes, told: str) -> None:
    report = brought_in(content)

    assert told in " ".join(one.reason for one in report.errors)
    assert PriceBookVersion.objects.count() == 0


def test_a_draft_that_makes_no_book_says_where_and_why() -> None:
    with pytest.raises(PriceBookRefused) as refused:
        create_draft(book_file(a_price(unit="furlong")).decode(), by=None)

    assert refused.value.reasons[0]["at"] == "prices[0] s1.unit"


# --- Fresh everywhere -----------------------------------------------------------------------------------


def test_the_database_is_asked_once_a_request_and_read_only_after_a_change(
    mara: User, django_assert_num_queries: Counting
) -> None:
    book = published()
    selectors.price_books()

    with django_assert_num_queries(1), one_look():
        assert selectors.get_price_book("our-cloud") is selectors.get_price_book("our-cloud@1")
    with one_look():
        selectors.price_books()
        retire_price_book(book, by=mara)
        assert "our-cloud" not in selectors.price_books()


def test_a_book_that_no_longer_reads_is_left_out_and_named_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    published()
    PriceBookVersion.objects.create(
        key="old-format", version=1, state="published", provider="p", title="t", region="r", currency="CHF",
        price_count=1, text='{"schema": 1}', sha256="0",
    )  # fmt: skip

    books = selectors.price_books()

    assert "our-cloud" in books
    assert "old-format" not in books
    assert [record.getMessage() for record in caplog.records] == ["own price book left out"]


def test_without_any_database_the_shipped_books_are_there(tmp_path: object) -> None:
    program = (
        "import django; django.setup()\n"
        "from catalog.selectors import get_price_book, price_books\n"
        "print(len(price_books()) > 1, get_price_book('outscale').key)"
    )
    environment = {
        "DJANGO_SETTINGS_MODULE": "config.settings.base",
        "STACKDRAFT_HOME": str(tmp_path),
        "PATH": "/usr/bin:/bin",
    }
    said = subprocess.run(
        [sys.executable, "-c", program],
        check=False,
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert (said.stdout.strip(), said.returncode) == ("True outscale", 0), said.stderr

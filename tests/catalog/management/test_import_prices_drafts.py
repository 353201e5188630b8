"""manage.py import_prices without -o: what would change, drafts, published books. And the list of books."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from catalog.models import PriceBookVersion
from catalog.selectors import get_price_book, price_books
from tests.catalog.price_book_rows import a_price, book_file, published
from tests.catalog.price_list_files import LISTS

pytestmark = pytest.mark.django_db
OWN = str(LISTS / "own-list.csv")


def said(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def test_a_dry_run_tells_every_change_and_keeps_nothing(tmp_path: Path) -> None:
    published(a_price("s1"), a_price("s2"))
    news = tmp_path / "news.json"
    news.write_bytes(book_file(a_price("s1", "0.04"), a_price("s3")))

    assert said("import_prices", str(news), "--dry-run").splitlines() == [
        "our-cloud, version 2 (against version 1): 1 added, 1 changed, 1 removed, 0 as before, CHF.",
        "  + s3: 0.05 per hour",
        "  ~ s1: 0.05 per hour → 0.04 per hour",
        "  - s2: 0.05 per hour",
        "Nothing was kept: this was a dry run.",
    ]
    assert PriceBookVersion.objects.count() == 1


def test_a_list_becomes_a_draft_or_a_published_book_in_one_step() -> None:
    assert "Kept as our-cloud@1, draft." in said("import_prices", OWN)
    assert "our-cloud" not in price_books()
    assert "Published our-cloud@1." in said("import_prices", OWN, "--publish")
    assert get_price_book("our-cloud").price_count == 7


def test_a_providers_catalogue_comes_in_by_its_kind() -> None:
    told = said("import_prices", str(LISTS / "ovh-order-catalogue.json"), "--kind", "ovh", "--dry-run")

    assert "ovh, version" in told
    assert "  win-b2-7.consumption: Its price includes a Windows licence." in told


def test_a_refused_list_tells_each_row_and_keeps_nothing(tmp_path: Path) -> None:
    broken = tmp_path / "broken.csv"
    broken.write_text(Path(OWN).read_text().replace(",0.05,CHF", ",0.05,EUR").replace(",0.09,", ",-1,"))

    with pytest.raises(CommandError, match=r"broken\.csv was refused, 1 reason:") as refused:
        call_command("import_prices", str(broken))

    assert refused.value.returncode == 2
    assert "line 3 s2.price: -1 is negative." in str(refused.value)
    assert PriceBookVersion.objects.count() == 0


def test_the_list_of_books_says_what_there_is() -> None:
    published()

    assert "our-cloud" in said("price_books")
    facts = {book["key"]: book for book in json.loads(said("price_books", "--json"))}
    assert (facts["our-cloud"]["state"], facts["our-cloud"]["doubt"]) == ("published", "primary")
    assert facts["outscale"]["state"] == "shipped"

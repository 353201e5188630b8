"""Operators bring price lists in, look at what they change, publish and retire in the admin."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from catalog.models import PriceBookVersion
from tests.catalog.price_book_rows import a_price, book_file, drafted, published
from tests.catalog.price_list_files import recorded

pytestmark = pytest.mark.django_db
LIST = "/admin/catalog/pricebookversion/"


def act(client: Client, action: str, version: PriceBookVersion) -> str:
    answer = client.post(LIST, {"action": action, "_selected_action": [version.pk]}, follow=True)
    version.refresh_from_db()
    return answer.content.decode()


def bring_in(client: Client, content: bytes, name: str = "list.json", **said: Any) -> str:
    answer = client.post(f"{LIST}bring-in/", {"file": SimpleUploadedFile(name, content), **said}, follow=True)
    return answer.content.decode()


def test_a_list_is_looked_at_then_kept_then_published(admin_client: Client) -> None:
    published(a_price("s1"), a_price("s2"))
    news = book_file(a_price("s1", "0.04"), a_price("s3"))
    assert "Bring a price list in" in admin_client.get(LIST).content.decode()

    looked = bring_in(admin_client, news)
    assert "<td>s1</td><td>0.05 per hour</td><td>0.04 per hour</td>" in looked
    assert PriceBookVersion.objects.count() == 1
    assert "Drafted our-cloud@2." in bring_in(admin_client, news, keep="on")
    draft = PriceBookVersion.objects.get(state="draft")
    assert "Published our-cloud@2." in act(admin_client, "publish", draft)
    assert "Retired our-cloud@2." in act(admin_client, "retire", draft)
    assert draft.state == "retired"


def test_what_is_wrong_with_a_list_is_told_by_place(admin_client: Client) -> None:
    told = bring_in(admin_client, recorded("own-list.csv").replace(b"CHF", b"EUR", 1), "own.csv", keep="on")

    assert "own.csv was refused" in told
    assert "line 3 s2.currency" in told
    assert PriceBookVersion.objects.count() == 0


def test_a_draft_s_page_shows_what_it_changes_and_its_history(admin_client: Client) -> None:
    published(a_price("s1"))
    draft = drafted(a_price("s1", "0.06"), a_price("s2"))

    page = admin_client.get(f"{LIST}{draft.pk}/change/").content.decode()

    assert "1 added, 1 changed, 0 removed, 0 as before." in page
    assert "<td>s1</td><td>0.05 per hour</td><td>0.06 per hour</td>" in page
    assert "Drafted from our-cloud.json: 2 prices." in page


def test_a_published_version_can_only_be_looked_at(admin_client: Client) -> None:
    version = published()
    page = admin_client.get(f"{LIST}{version.pk}/change/")

    assert 'name="note"' not in page.content.decode()
    assert admin_client.get(f"{LIST}{version.pk}/delete/").status_code == 403
    assert "is published already" in act(admin_client, "publish", version)


def test_texts_of_a_list_are_shown_as_texts(admin_client: Client) -> None:
    told = bring_in(admin_client, book_file(a_price("<script>alert(1)</script>")))

    assert "&lt;script&gt;" in told
    assert "<script>alert" not in told


def test_only_operators_bring_prices_in(client: Client) -> None:
    assert client.get(f"{LIST}bring-in/").status_code == 302

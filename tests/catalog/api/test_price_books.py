"""Price books over HTTP: the list, the rows, versions, imports and steps."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from catalog.models import PriceBookVersion
from catalog.selectors import price_books
from tests.catalog.price_book_rows import a_price, book_file, drafted, published
from tests.catalog.price_list_files import recorded, workbook

pytestmark = pytest.mark.django_db
IMPORTS = "/api/price-books/imports/"


@pytest.fixture
def staff(db: None) -> User:
    return User.objects.create_user("rev", is_staff=True, password="look twice")


@pytest.fixture
def api_of_staff(staff: User) -> APIClient:
    client = APIClient()
    client.force_authenticate(staff)
    return client


def send(client: APIClient, content: bytes, name: str = "list.json", **said: Any) -> Any:
    return client.post(IMPORTS, {"file": SimpleUploadedFile(name, content), **said}, format="multipart")


def test_the_list_says_what_a_book_prices_and_how_sure_it_is(api: APIClient) -> None:
    published(a_price("s1"), a_price("s2", note="n"))

    books = {book["key"]: book for book in api.get("/api/price-books/").json()}

    assert books.keys() == price_books().keys()
    ours = books["our-cloud"]
    assert (ours["state"], ours["version"], ours["services"]) == ("published", 1, ["server"])
    assert ours["doubt"] == {"kind": "primary", "counts": {"primary": 2, "corroborated": 0, "secondary": 0}}
    assert (ours["month"], ours["tax"], ours["tax_rate"]) == (
        {"rule": "fixed_hours", "hours": "730"},
        "net",
        None,
    )
    assert (books["outscale"]["state"], books["outscale"]["doubt"]["kind"]) == ("shipped", "secondary")


def test_each_row_has_its_source_and_the_place_in_it(api: APIClient) -> None:
    tiers = [{"from": "0", "to": "10", "price": "0.10"}, {"from": "10", "to": None, "price": "0.08"}]
    traffic = {"service": "egress", "unit": "GB", "tiers": tiers, "sku": "traffic", "description": "Traffic",
               "source": "page", "locator": "Traffic", "confidence": "verbatim"}  # fmt: skip
    published(a_price("s1"), traffic)

    rows = api.get("/api/price-books/our-cloud/prices/").json()
    server, egress = rows

    assert (server["price"], server["tiers"], server["locator"]) == ("0.05", [], "row s1")
    assert server["source"] == {
        "url": "https://cloud.example.com",
        "kind": "primary",
        "retrieved": "2026-11-01",
    }
    assert egress["tiers"] == [
        {"start": "0", "end": "10", "price": "0.1"},
        {"start": "10", "end": None, "price": "0.08"},
    ]
    assert api.get("/api/price-books/our-cloud/prices/?service=egress").json() == [egress]
    assert api.get("/api/price-books/our-cloud/prices/?version=7").json()["code"] == "price_book_not_found"
    assert api.get("/api/price-books/nowhere/prices/").status_code == 404


def test_a_dry_run_is_the_default_and_keeps_nothing(api_of_staff: APIClient) -> None:
    published(a_price("s1"), a_price("s2", "0.09"))

    answer = send(api_of_staff, book_file(a_price("s1", "0.04"), a_price("s3")))

    report = answer.json()
    assert (answer.status_code, report["dry_run"], report["errors"]) == (200, True, [])
    assert [(one["sku"], one["after"]) for one in report["added"]] == [("s3", "0.05 per hour")]
    assert report["changed"] == [
        {
            "book": "our-cloud",
            "sku": "s1",
            "before": "0.05 per hour",
            "after": "0.04 per hour",
            "fields": ["price"],
        }
    ]
    assert [one["sku"] for one in report["removed"]] == ["s2"]
    assert report["books"][0]["draft"] is None
    assert PriceBookVersion.objects.count() == 1


def test_from_a_list_to_a_published_book(api_of_staff: APIClient, api: APIClient) -> None:
    brought = send(api_of_staff, recorded("own-list.csv"), "own.csv", dry_run="false", title="Ours")
    assert brought.status_code == 201, brought.content
    draft = brought.json()["books"][0]["draft"]
    page = f"/api/price-book-versions/{draft}/"
    assert api.get(page).status_code == 404
    assert api.get("/api/price-books/our-cloud/versions/").status_code == 404

    done = api_of_staff.post(f"{page}publish/").json()

    assert (done["state"], done["published_by"], done["steps"]) == ("published", "rev", ["retire"])
    assert [line["what"] for line in done["history"]] == ["Drafted from own.csv: 7 prices.", "Published."]
    assert [one["version"] for one in api.get("/api/price-books/our-cloud/versions/").json()] == [1]
    assert api.get(f"{page}file/").json()["title"] == "Ours"
    assert api_of_staff.post(f"{page}retire/").json()["state"] == "retired"
    assert "our-cloud" not in {book["key"] for book in api.get("/api/price-books/").json()}


def test_errors_come_by_row_and_column(api_of_staff: APIClient) -> None:
    broken = recorded("own-list.csv").replace(b",0.05,CHF", b",-1,CHF", 1)

    report = send(api_of_staff, broken, "own.csv").json()
    refused = send(api_of_staff, broken, "own.csv", dry_run="false")

    assert [(one["row"], one["column"]) for one in report["errors"]] == [(2, "price")]
    assert (refused.status_code, refused.json()["code"]) == (400, "price_book_refused")
    assert refused.json()["reasons"] == [
        {"at": "line 2 s1.price", "detail": "-1 is negative. Prices and quantities start at 0."}
    ]
    assert PriceBookVersion.objects.count() == 0


def test_catalogues_and_workbooks_come_in_through_the_same_door(api_of_staff: APIClient) -> None:
    ovh = send(api_of_staff, recorded("ovh-order-catalogue.json"), "catalogue.json", kind="ovh").json()
    assert [book["key"] for book in ovh["books"]] == ["ovh"]
    assert {"what": "win-b2-7.consumption", "reason": "Its price includes a Windows licence."} in ovh[
        "left_out"
    ]

    rows = [line.split(",") for line in recorded("own-list.csv").decode().splitlines()]
    sheet = send(api_of_staff, workbook(*rows), "own.xlsx", key="our-other-cloud").json()
    assert [book["key"] for book in sheet["books"]] == ["our-other-cloud"]


def test_only_staff_members_bring_prices_in_and_take_steps(api: APIClient, api_of_staff: APIClient) -> None:
    draft = drafted()

    for answer in (
        send(api, book_file()),
        api.post(f"/api/price-book-versions/{draft.pk}/publish/"),
        api.delete(f"/api/price-book-versions/{draft.pk}/"),
    ):
        assert (answer.status_code, answer.json()["code"]) == (403, "reviewers_only")
    assert api_of_staff.delete(f"/api/price-book-versions/{draft.pk}/").status_code == 204
    assert PriceBookVersion.objects.count() == 0


def test_a_published_book_is_not_deleted(api_of_staff: APIClient) -> None:
    book = published()

    answer = api_of_staff.delete(f"/api/price-book-versions/{book.pk}/")

    assert (answer.status_code, answer.json()["code"]) == (409, "published_book_is_fixed")


def test_what_is_asked_wrongly_is_told(api_of_staff: APIClient) -> None:
    assert api_of_staff.post(IMPORTS, {}, format="multipart").json()["reasons"][0]["at"] == "file"
    assert send(api_of_staff, b"{}", kind="magic").json()["reasons"][0]["at"] == "kind"
    assert send(api_of_staff, b"{}", terms="[1]").json()["reasons"][0]["at"] == "terms"
    assert "'prices' is none of" in send(api_of_staff, b"{}", terms='{"prices": []}').json()["detail"]
    assert send(api_of_staff, b"{}", currency="Fr.").json()["reasons"][0]["at"] == "currency"
    assert "This is no price book" in send(api_of_staff, b"{}").json()["errors"][0]["reason"]
    assert "The file is empty" in send(api_of_staff, b"").json()["errors"][0]["reason"]
    assert api_of_staff.post(IMPORTS, {"file": 1}, format="json").status_code == 415
    large = api_of_staff.post(
        IMPORTS, b"", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH="99999999"
    )
    assert (large.status_code, large.json()["code"]) == (413, "price_list_too_large")


def test_a_design_may_stay_with_one_version(api: APIClient) -> None:
    published(a_price(price="0.05"))
    said = {"name": "Shop", "template": "rax-basic", "price_book": "our-cloud@1"}
    design = api.post("/api/designs/", said, format="json").json()
    published(a_price(price="0.06"))

    pinned = api.get(f"/api/designs/{design['id']}/estimate/").json()
    newest = api.get(f"/api/designs/{design['id']}/estimate/?price_book=our-cloud").json()

    assert design["price_book"] == "our-cloud@1"
    assert (pinned["price_book_version"], newest["price_book_version"]) == (1, 2)
    assert pinned["totals"]["monthly"] != newest["totals"]["monthly"]
    gone = api.patch(f"/api/designs/{design['id']}/", {"price_book": "our-cloud@9"}, format="json")
    assert gone.json()["code"] == "price_book_not_found"

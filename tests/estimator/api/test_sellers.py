"""Who sells, his logo, and the texts that he keeps; all of it hostile until it was looked at."""

import base64
import io
from typing import Any

import pytest
from django.contrib.auth.models import User
from PIL import Image
from pypdf import PdfReader
from rest_framework.test import APIClient

from tests.estimator.api.proposals_over_api import post

pytestmark = pytest.mark.django_db


@pytest.fixture
def design(api: APIClient) -> dict[str, Any]:
    return post(api, "/api/designs/", name="Shop", template="rax-basic")


# --- Texts -------------------------------------------------------------------------------------------


def test_a_new_proposal_begins_with_the_usual_texts_and_keeps_them(
    api: APIClient, design: dict[str, Any]
) -> None:
    terms = [{"title": "Payment", "text": "30 days"}]
    words = post(api, "/api/wordings/", name="Shops", is_usual=True, summary="Sells.", terms=terms)
    post(api, "/api/wordings/", name="Clinics", summary="Heals.")

    begun = post(api, "/api/proposals/", design=design["id"])
    api.patch(f"/api/wordings/{words['id']}/", {"summary": "Sells more."}, format="json")

    assert (begun["draft"]["summary"], begun["draft"]["terms"]) == ("Sells.", terms)
    assert api.get(f"/api/proposals/{begun['id']}/").data["draft"]["summary"] == "Sells."


def test_the_starter_texts_are_kept_as_they_are_and_change_nothing_by_themselves(
    api: APIClient, design: dict[str, Any]
) -> None:
    starter = api.get("/api/wordings/starter/").data
    untouched = post(api, "/api/proposals/", design=design["id"])

    kept = post(api, "/api/wordings/", **starter, is_usual=True)
    begun = post(api, "/api/proposals/", design=design["id"])

    assert untouched["draft"]["summary"] == ""
    assert untouched["draft"]["terms"] == []
    for part in ("summary", "benefits", "terms"):
        assert kept[part] == begun["draft"][part] == starter[part] != ""
    titles = [clause["title"] for clause in starter["terms"]]
    assert {"What you get", "What is not included", "Assumptions", "Payment"} <= set(titles)
    assert len(set(titles)) == len(titles)


def test_only_one_of_the_texts_is_the_usual_one(api: APIClient) -> None:
    post(api, "/api/wordings/", name="Shops", is_usual=True)
    post(api, "/api/wordings/", name="Clinics", is_usual=True)

    found = api.get("/api/wordings/").data

    assert [(one["name"], one["is_usual"]) for one in found] == [("Clinics", True), ("Shops", False)]


def test_two_texts_do_not_share_a_name(api: APIClient) -> None:
    post(api, "/api/wordings/", name="Shops")
    other = post(api, "/api/wordings/", name="Clinics")

    made = api.post("/api/wordings/", {"name": "Shops"}, format="json")
    renamed = api.patch(f"/api/wordings/{other['id']}/", {"name": "Shops"}, format="json")

    assert (made.status_code, renamed.status_code) == (409, 409)
    assert made.data["detail"] == 'You have texts called "Shops" already. Choose another name.'


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ({"name": "x" * 101}, "name"),
        ({"name": ""}, "name"),
        ({"summary": "x" * 20_001}, "summary"),
        ({"benefits": [{"title": "a", "text": "b"}] * 7}, "benefits"),
        ({"terms": [{"title": "x" * 201, "text": ""}]}, "terms"),
        ({"terms": [{"title": "a", "text": "b"}] * 61}, "terms"),
        ({"terms": "none"}, "terms"),
    ],
)
def test_texts_have_limits_that_are_said(api: APIClient, said: dict[str, Any], at: str) -> None:
    answer = api.post("/api/wordings/", {"name": "Shops", **said}, format="json")

    assert answer.status_code == 400
    assert answer.data["reasons"][0]["at"].startswith(at)
    assert api.get("/api/wordings/").data == []


def test_texts_and_profile_of_somebody_else_are_not_there(api: APIClient, api_of_teo: APIClient) -> None:
    words = post(api, "/api/wordings/", name="Shops", is_usual=True, summary="Sells.")
    api.patch("/api/seller-profile/", {"name": "Nordlicht"}, format="json")

    assert api_of_teo.get("/api/wordings/").data == []
    assert api_of_teo.patch(f"/api/wordings/{words['id']}/", {}, format="json").status_code == 404
    assert api_of_teo.delete(f"/api/wordings/{words['id']}/").status_code == 404
    assert api_of_teo.delete("/api/wordings/none/").status_code == 404
    assert api_of_teo.get("/api/seller-profile/").data["name"] != "Nordlicht"
    api.delete(f"/api/wordings/{words['id']}/")
    assert api.get("/api/wordings/").data == []


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"address": "x" * 10_000}, "address"),
        ({"color": "red;background:url(//evil)"}, "color"),
        ({"color": "#FFF"}, "color"),
        ({"valid_days": 0}, "valid_days"),
    ],
)
def test_a_profile_takes_nothing_that_could_not_be_printed(
    api: APIClient, said: dict[str, Any], at: str
) -> None:
    answer = api.patch("/api/seller-profile/", said, format="json")

    assert answer.status_code == 400
    assert answer.data["reasons"][0]["at"] == at


# --- The logo ----------------------------------------------------------------------------------------


def test_a_logo_is_made_anew_and_stands_on_the_cover(
    api: APIClient, mara: User, design: dict[str, Any]
) -> None:
    answer = api.put(
        "/api/seller-profile/logo/", {"file": a_picture("JPEG", (1600, 500))}, format="multipart"
    )

    kept = Image.open(io.BytesIO(base64.b64decode(answer.data["logo"])))
    assert (kept.format, kept.size) == ("PNG", (720, 225))
    proposal = post(api, "/api/proposals/", design=design["id"])
    cover = PdfReader(io.BytesIO(api.get(f"/api/proposals/{proposal['id']}/proposal.pdf").content)).pages[0]
    assert len(cover.images) == 1


@pytest.mark.parametrize(
    "upload",
    [
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b"",
        b"\x89PNG\r\n\x1a\n" + b"\0" * 200,
        b"GIF89a" + b"\xff" * 5000,
        b"\0" * (2 * 1024 * 1024 + 1),
    ],
)
def test_what_is_no_small_picture_is_no_logo(api: APIClient, upload: bytes) -> None:
    file = io.BytesIO(upload)
    file.name = "logo.png"

    answer = api.put("/api/seller-profile/logo/", {"file": file}, format="multipart")

    assert answer.status_code == 400
    assert answer.data["detail"].endswith(".")
    assert api.get("/api/seller-profile/").data["logo"] == ""


def test_a_picture_that_unfolds_into_a_huge_one_is_refused_before_it_does(api: APIClient) -> None:
    answer = api.put(
        "/api/seller-profile/logo/",
        {"file": a_picture("PNG", (20_000, 20_000), mode="1")},
        format="multipart",
    )

    assert answer.status_code == 400


def a_picture(kind: str, size: tuple[int, int], mode: str = "RGB") -> io.BytesIO:
    out = io.BytesIO()
    Image.new(mode, size).save(out, kind)
    out.name = f"logo.{kind.lower()}"
    out.seek(0)
    return out

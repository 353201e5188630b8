"""The customer's side of a link: reads, comments, accepts once, and learns nothing that is the seller's."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from rest_framework.test import APIClient

from estimator.models import ShareLink
from estimator.services.sharing import MOST_GUESSES
from tests.estimator.api.proposals_over_api import give_reasons, post, words_of, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def frozen(api: APIClient) -> dict[str, Any]:
    """A proposal with one version. Its mark-up and its service's cost are figures that can be looked for."""
    customer = post(api, "/api/customers/", name="Harbour & Pine", markup_percent="17.3")
    design = post(api, "/api/designs/", name="Shop", template="rax-basic", form="hardened")
    proposal = post(api, "/api/proposals/", design=design["id"], customer=customer["id"])
    extra = {
        "title": "Setting up",
        "quantity": "1",
        "unit_price": "2400",
        "unit_cost": "1811.77",
        "is_once": True,
    }
    write(api, proposal, options=[{**proposal["draft"]["options"][0], "extras": [extra]}])
    give_reasons(api, proposal)
    post(api, f"/api/proposals/{proposal['id']}/versions/")
    return proposal


@pytest.fixture
def customer() -> APIClient:
    """Nobody that we know."""
    return APIClient()


def link_to(api: APIClient, proposal: dict[str, Any], **said: Any) -> str:
    return str(post(api, f"/api/proposals/{proposal['id']}/versions/1/links/", **said)["token"])


def test_whoever_has_the_link_reads_and_downloads_and_the_seller_sees_that(
    api: APIClient, customer: APIClient, frozen: dict[str, Any]
) -> None:
    token = link_to(api, frozen)

    page = customer.get(f"/api/shared/{token}/")
    pdf = customer.get(f"/api/shared/{token}/proposal.pdf")

    assert page.data["contents"]["title"] == "Shop"
    assert page["Cache-Control"] == "no-store"
    assert "P-0001, version 1" in words_of(pdf.content)
    (link,) = api.get(f"/api/proposals/{frozen['id']}/links/").data
    assert [view["what"] for view in link["views"]] == ["proposal.pdf", "page"]
    assert token not in json.dumps(api.get(f"/api/proposals/{frozen['id']}/links/").json())


def test_nothing_that_a_link_gives_tells_cost_or_margin(
    api: APIClient, customer: APIClient, frozen: dict[str, Any]
) -> None:
    token = link_to(api, frozen)
    sums = api.get(f"/api/proposals/{frozen['id']}/versions/1/").data["seller"]["options"][0]["sums"]

    answer = customer.get(f"/api/shared/{token}/").content.decode()

    for secret in (
        "17.3",
        "1811.77",
        sums["cost"]["monthly"],
        sums["margin"]["monthly"],
        sums["margin_percent"],
    ):
        assert secret not in answer
    for word in ("cost", "margin", "markup", "price_book", "seller_id"):
        assert f'"{word}' not in answer


def test_a_link_ends_when_it_expires_and_when_it_is_taken_back(
    api: APIClient, customer: APIClient, frozen: dict[str, Any]
) -> None:
    expired, revoked = link_to(api, frozen), link_to(api, frozen)
    newest, oldest = ShareLink.objects.order_by("-created_at")
    ShareLink.objects.filter(id=oldest.id).update(expires_at=oldest.created_at - timedelta(seconds=1))
    api.delete(f"/api/proposals/{frozen['id']}/links/{newest.id}/")

    for token in (expired, revoked):
        for address in ("", "proposal.pdf", "proposal.xlsx", "proposal.docx"):
            assert customer.get(f"/api/shared/{token}/{address}").status_code == 410
        said = {"name": "Mira", "text": "Hello"}
        assert customer.post(f"/api/shared/{token}/comments/", said, format="json").status_code == 410
        assert accept(customer, token, "x").status_code == 410


@pytest.mark.parametrize("token", ["x", "0" * 43, "a" * 5000, "..", "%00", "\u0378"])
def test_a_guessed_link_leads_nowhere(customer: APIClient, token: str) -> None:
    assert customer.get(f"/api/shared/{token}/").status_code == 404


def test_behind_a_password_nothing_is_read_without_it(
    api: APIClient, customer: APIClient, frozen: dict[str, Any]
) -> None:
    token = link_to(api, frozen, password="correct horse")
    assert customer.get(f"/api/shared/{token}/").status_code == 401
    assert customer.get(f"/api/shared/{token}/proposal.pdf").status_code == 401
    assert unlock(customer, token, "battery staple").status_code == 403

    assert unlock(customer, token, "correct horse").status_code == 204

    assert customer.get(f"/api/shared/{token}/").status_code == 200
    other = link_to(api, frozen, password="correct horse")
    customer.cookies["share-key"]["path"] = "/"  # the same key, shown at another link
    assert customer.get(f"/api/shared/{other}/").status_code == 401


def test_after_ten_wrong_passwords_the_link_rests_even_for_the_right_one(
    api: APIClient, customer: APIClient, frozen: dict[str, Any]
) -> None:
    cache.clear()
    token = link_to(api, frozen, password="correct horse")
    for number in range(MOST_GUESSES):
        assert unlock(customer, token, f"guess {number}").status_code == 403

    assert unlock(customer, token, "correct horse").status_code == 429


def test_a_customer_comments_and_the_seller_answers(
    api: APIClient, customer: APIClient, frozen: dict[str, Any]
) -> None:
    token = link_to(api, frozen)
    said = {"name": "Mira", "text": "<b>Cheaper</b>, if that can be done", "asks_for_change": True}
    assert customer.post(f"/api/shared/{token}/comments/", said, format="json").status_code == 201

    post(api, f"/api/proposals/{frozen['id']}/comments/", text="We will look at it.")

    told = customer.get(f"/api/shared/{token}/").data["comments"]
    assert [(one["name"], one["text"], one["is_sellers"]) for one in told] == [
        ("Mira", "<b>Cheaper</b>, if that can be done", False),
        ("mara", "We will look at it.", True),
    ]
    assert api.get(f"/api/proposals/{frozen['id']}/comments/").data[0]["asks_for_change"]


def test_an_acceptance_is_bound_to_what_was_read_and_is_given_once(
    api: APIClient, customer: APIClient, frozen: dict[str, Any]
) -> None:
    token = link_to(api, frozen)
    digest = customer.get(f"/api/shared/{token}/").data["content_hash"]
    assert accept(customer, token, "0" * 64).status_code == 409
    assert accept(customer, token, digest, option="C").status_code == 409

    first, again = accept(customer, token, digest), accept(customer, token, digest)

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.data["at"] == again.data["at"]
    assert accept(customer, token, digest, name="Somebody Else").status_code == 409
    told = api.get(f"/api/proposals/{frozen['id']}/acceptance/").data
    assert (told["name"], told["option"], told["content_hash"]) == ("Mira Okafor", "A", digest)
    assert api.delete(f"/api/proposals/{frozen['id']}/").status_code == 409


def test_an_older_version_is_read_and_not_accepted(
    api: APIClient, customer: APIClient, frozen: dict[str, Any]
) -> None:
    token = link_to(api, frozen)
    digest = customer.get(f"/api/shared/{token}/").data["content_hash"]
    write(api, frozen, title="Shop, larger")
    post(api, f"/api/proposals/{frozen['id']}/versions/")

    page, answer = customer.get(f"/api/shared/{token}/"), accept(customer, token, digest)

    assert page.data["is_newest"] is False
    assert answer.status_code == 409
    assert "newer version, 2" in answer.data["detail"]


def test_links_of_somebody_elses_proposal_are_not_made_nor_seen(
    api_of_teo: APIClient, frozen: dict[str, Any]
) -> None:
    address = f"/api/proposals/{frozen['id']}"
    assert api_of_teo.post(f"{address}/versions/1/links/", {}, format="json").status_code == 404
    for part in ("links/", "comments/", "acceptance/"):
        assert api_of_teo.get(f"{address}/{part}").status_code == 404


def accept(customer: APIClient, token: str, digest: str, **said: Any) -> Any:
    facts = {"option": "A", "name": "Mira Okafor", "role": "Head of Digital", "content_hash": digest, **said}
    return customer.post(f"/api/shared/{token}/accept/", facts, format="json")


def unlock(customer: APIClient, token: str, password: str) -> Any:
    return customer.post(f"/api/shared/{token}/unlock/", {"password": password}, format="json")


def test_a_customer_switches_between_the_views_that_were_frozen_by_day_and_by_night(
    api: APIClient, customer: APIClient, frozen: dict[str, Any]
) -> None:
    option = api.get(f"/api/proposals/{frozen['id']}/").data["draft"]["options"][0]
    write(api, frozen, options=[{**option, "more_views": ["network", "full"]}])
    give_reasons(api, frozen)
    post(api, f"/api/proposals/{frozen['id']}/versions/")
    token = post(api, f"/api/proposals/{frozen['id']}/versions/2/links/")["token"]
    address = f"/api/shared/{token}/pictures/A.svg"

    def drawn(**asked: str) -> bytes:
        answer = customer.get(address, asked)
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/svg+xml")
        return bytes(answer.content)

    views = customer.get(f"/api/shared/{token}/").data["contents"]["options"][0]["more_pictures"]
    assert [one["view"] for one in views] == ["network"]
    themes = ("light", "dark")
    assert len({drawn(theme=theme, **view) for theme in themes for view in ({}, {"view": "network"})}) == 4
    assert drawn(view="full") == drawn()
    for secret in (b"17.3", b"1811.77", b"<script", b"margin"):
        assert secret not in drawn() + drawn(view="network")


@pytest.mark.parametrize(
    ("letter", "asked", "status"),
    [
        ("A", {"view": "cost"}, 400),
        ("A", {"view": "security"}, 404),
        ("A", {"theme": "../dark"}, 400),
        ("B", {}, 404),
        ("A%2Fdark", {}, 404),
    ],
)
def test_no_other_picture_is_given(
    api: APIClient,
    customer: APIClient,
    frozen: dict[str, Any],
    letter: str,
    asked: dict[str, str],
    status: int,
) -> None:
    """The view with costs least of all: it shows what the seller pays."""
    token = link_to(api, frozen)

    assert customer.get(f"/api/shared/{token}/pictures/{letter}.svg", asked).status_code == status


def test_a_picture_is_behind_the_password_too_and_gone_with_the_link(
    api: APIClient, customer: APIClient, frozen: dict[str, Any]
) -> None:
    token = link_to(api, frozen, password="harbour-and-pine")
    address = f"/api/shared/{token}/pictures/A.svg"
    assert customer.get(address).status_code == 401

    (link,) = api.get(f"/api/proposals/{frozen['id']}/links/").data
    api.delete(f"/api/proposals/{frozen['id']}/links/{link['id']}/")

    assert customer.get(address).status_code == 410

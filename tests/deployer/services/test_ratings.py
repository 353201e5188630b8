"""A cloud's rating service tells what it charges, and that becomes a price book."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from rest_framework.test import APIClient

from catalog.models import PriceBookVersion
from catalog.selectors import get_price_book
from catalog.services.price_books import publish_price_book
from deployer.models import Cloud
from tests.deployer.rating_cloud import RatingCloud, rating_cloud

pytestmark = pytest.mark.django_db


@pytest.fixture
def openstack() -> Iterator[RatingCloud]:
    with rating_cloud() as cloud:
        yield cloud


@pytest.fixture
def staff(db: None) -> User:
    return User.objects.create_user("rev", is_staff=True, password="look twice")


@pytest.fixture
def api_of_staff(staff: User) -> APIClient:
    client = APIClient()
    client.force_authenticate(staff)
    return client


def known(openstack: RatingCloud, owner: User) -> Cloud:
    cloud = Cloud(
        owner=owner, name="alpine", auth_url=openstack.credential["auth"]["auth_url"], region="RegionOne",
        status="ready", checked_at=timezone.now(),
    )  # fmt: skip
    cloud.credential = openstack.credential
    cloud.save()
    return cloud


def asked(client: APIClient, cloud: Cloud, **said: Any) -> Any:
    return client.post(f"/api/clouds/{cloud.pk}/rating-import/", {"currency": "CHF", **said}, format="json")


def test_the_rules_of_a_live_cloud_become_a_book(
    openstack: RatingCloud, api_of_staff: APIClient, staff: User
) -> None:
    cloud = known(openstack, staff)

    looked = asked(api_of_staff, cloud)
    assert (looked.status_code, [one["key"] for one in looked.json()["books"]]) == (200, ["alpine-rating"])
    assert PriceBookVersion.objects.count() == 0
    kept = asked(api_of_staff, cloud, dry_run=False)

    assert kept.status_code == 201, kept.content
    publish_price_book(PriceBookVersion.objects.get(), by=staff)
    book = get_price_book("alpine-rating")
    small = book.price_of_sku("m1.small")
    assert small is not None
    assert (str(small.unit_price), book.currency, book.provider) == ("0.015", "CHF", "alpine")
    assert small.attributes["ram_gib"] == "2"
    assert book.sources[0].url == f"{openstack.address}/rating"
    assert book.price_of_sku("volume.size:ceph-ssd") is not None  # fields are listed service by service


def test_a_cloud_without_a_rating_service_says_so(
    openstack: RatingCloud, api_of_staff: APIClient, staff: User
) -> None:
    openstack.services = ["compute"]

    answer = asked(api_of_staff, known(openstack, staff))

    assert (answer.status_code, answer.json()["code"]) == (409, "cloud_has_no_rating")
    assert "This cloud has no rating service" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("path", "answered", "told"),
    [
        ("/rating/v1/info/metrics", b"<html>", "answered something else than JSON"),
        ("/rating/v1/info/metrics", {"metrics": None}, "answered without a list of metrics"),
        ("/rating/v1/rating/module_config/hashmap/mappings", [], "answered without a list of mappings"),
    ],
)
def test_strange_answers_are_told_in_a_sentence(
    openstack: RatingCloud, api_of_staff: APIClient, staff: User, path: str, answered: Any, told: str
) -> None:
    openstack.answers[path] = answered

    answer = asked(api_of_staff, known(openstack, staff))

    assert (answer.status_code, told in answer.json()["detail"]) == (409, True), answer.json()


def test_rules_that_cannot_be_read_are_refused_by_place_and_nothing_is_kept(
    openstack: RatingCloud, api_of_staff: APIClient, staff: User
) -> None:
    rule = {
        "mapping_id": "x",
        "cost": "-1",
        "type": "flat",
        "service_id": "00000000-0000-4000-8000-000000000013",
    }
    openstack.answers["/rating/v1/rating/module_config/hashmap/mappings"] = {"mappings": [rule]}

    answer = asked(api_of_staff, known(openstack, staff), dry_run=False)

    assert answer.json()["reasons"][0] == {
        "at": "mappings[0].cost",
        "detail": "This is no number from 0 up.",
    }
    assert PriceBookVersion.objects.count() == 0


def test_only_staff_members_ask_and_a_currency_is_needed(
    openstack: RatingCloud, api: APIClient, api_of_staff: APIClient, mara: User, staff: User
) -> None:
    assert asked(api, known(openstack, mara)).json()["code"] == "reviewers_only"
    assert (
        asked(api_of_staff, known(openstack, staff), currency="Fr").json()["reasons"][0]["at"] == "currency"
    )

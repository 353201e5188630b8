"""Which designs cost something else with a new version of a price book."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from rest_framework.test import APIClient

from catalog.models import PriceBookVersion
from catalog.services.price_books import publish_price_book
from designer.models import Design
from designer.services.designs import blank_document, create_design
from estimator import tasks
from estimator.models import ImpactReport
from estimator.services import impact
from tests.catalog.price_book_rows import a_price, drafted, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def api_of_staff(db: None) -> APIClient:
    client = APIClient()
    client.force_authenticate(User.objects.create_user("rev", is_staff=True, password="look twice"))
    return client


def a_design(owner: User, name: str = "Shop", *, servers: int = 1, book: str = "our-cloud") -> Design:
    web = {
        "type": "server",
        "properties": {"count": servers, "size": {"vcpus": 2, "ram_gib": 4, "disk_gib": 20}},
    }
    network = {"type": "network", "properties": {}}
    subnet = {"type": "subnet", "parent": "net", "properties": {"cidr": "10.0.0.0/24"}}
    components = {"net": network, "sn": subnet, "web": {**web, "parent": "sn"}} if servers else {}
    document = {**blank_document(), "components": components}
    return create_design(name=name, owner=owner, document=document, price_book=book)


def asked(client: APIClient, version: Any) -> Any:
    return client.get(f"/api/price-book-versions/{version.pk}/impact/").json()


def test_a_draft_lists_each_design_whose_total_would_change(
    mara: User, teo: User, api_of_staff: APIClient
) -> None:
    published(a_price(price="0.05"))
    shop, blog = a_design(mara, servers=2), a_design(teo, "Blog")
    a_design(mara, "Empty", servers=0)
    a_design(mara, "Stays", book="our-cloud@1")
    a_design(mara, "Elsewhere", book="outscale")
    draft = drafted(a_price(price="0.06"))

    report = asked(api_of_staff, draft)

    rows = {row["design"]: row for row in report["designs"]}
    assert rows.keys() == {str(shop.id), str(blog.id)}
    assert rows[str(shop.id)] == {
        "design": str(shop.id), "name": "Shop", "owner": "mara", "currency": "CHF", "reason": "",
        "before": "73.00", "after": "87.60", "change": "14.60", "coverage_before": "1.00",
        "coverage_after": "1.00",
    }  # fmt: skip
    assert (report["is_done"], report["looked_at"], report["total"]) == (True, 3, 3)
    assert (report["before_version"], report["version"]) == (1, 2)


def test_the_same_can_be_asked_of_a_version_that_is_published_already(
    mara: User, api_of_staff: APIClient
) -> None:
    published(a_price(price="0.05"))
    a_design(mara)
    second = publish_price_book(drafted(a_price(price="0.04")), by=None)

    assert [row["change"] for row in asked(api_of_staff, second)["designs"]] == ["-7.30"]


def test_a_price_that_is_gone_shows_in_the_coverage(mara: User, api_of_staff: APIClient) -> None:
    published(a_price())
    a_design(mara)
    tiny = a_price("tiny", attributes={"flavor": "tiny", "vcpus": "1", "ram_gib": "1", "disk_gib": "10"})

    (row,) = asked(api_of_staff, drafted(tiny))["designs"]

    assert (row["before"], row["after"], row["change"], row["coverage_after"]) == (
        "36.50",
        None,
        None,
        "0.00",
    )


def test_a_book_in_another_currency_is_not_compared(mara: User, api_of_staff: APIClient) -> None:
    published(a_price())
    a_design(mara)

    (row,) = asked(api_of_staff, drafted(a_price(), currency="EUR"))["designs"]

    assert row["reason"] == "The book changes from CHF to EUR."


def test_many_designs_are_looked_at_in_turns_with_progress(
    mara: User, api_of_staff: APIClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(impact, "AT_ONCE", 2)
    monkeypatch.setattr(impact, "TURN", 2)
    queued: list[int] = []
    monkeypatch.setattr(tasks.take_impact_turn, "apply_async", lambda said, **kwargs: queued.append(*said))
    published(a_price())
    for number in range(5):
        a_design(mara, f"Design {number}")
    draft = drafted(a_price(price="1"))

    assert (asked(api_of_staff, draft)["is_done"], len(queued)) == (False, 1)
    tasks.take_impact_turn(queued[-1])
    progress = asked(api_of_staff, draft)
    assert (progress["looked_at"], progress["total"], len(progress["designs"])) == (2, 5, 2)
    while len(queued) > 1:
        tasks.take_impact_turn(queued.pop())
    tasks.take_impact_turn(queued[0])  # delivered once more, late
    done = asked(api_of_staff, draft)
    assert (done["is_done"], done["looked_at"], len({row["name"] for row in done["designs"]})) == (True, 5, 5)
    assert len(done["designs"]) == 5


def test_a_turn_that_was_lost_is_queued_by_who_asks_again(
    mara: User, api_of_staff: APIClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(impact, "AT_ONCE", 0)
    queued: list[int] = []
    monkeypatch.setattr(tasks.take_impact_turn, "apply_async", lambda said, **kwargs: queued.append(*said))
    published(a_price())
    a_design(mara)
    draft = drafted(a_price(price="1"))
    asked(api_of_staff, draft)
    asked(api_of_staff, draft)
    assert len(queued) == 1  # it may just be slow

    ImpactReport.objects.update(changed_at=timezone.now() - timedelta(minutes=5))
    asked(api_of_staff, draft)

    assert len(queued) == 2


def test_new_contents_of_a_draft_are_looked_at_anew(mara: User, api_of_staff: APIClient) -> None:
    published(a_price(price="0.05"))
    a_design(mara)
    first = asked(api_of_staff, drafted(a_price(price="0.06")))
    again = asked(api_of_staff, drafted(a_price(price="0.07")))
    assert [first["designs"][0]["change"], again["designs"][0]["change"]] == ["7.30", "14.60"]

    Design.objects.update(name="Renamed")
    draft = drafted(a_price(price="0.07"))
    assert asked(api_of_staff, draft)["designs"][0]["name"] == "Shop"
    anew = api_of_staff.post(f"/api/price-book-versions/{draft.pk}/impact/").json()
    assert anew["designs"][0]["name"] == "Renamed"


def test_only_staff_members_see_what_others_pay(mara: User, api: APIClient) -> None:
    version = published(a_price())

    answer = api.get(f"/api/price-book-versions/{version.pk}/impact/")

    assert (answer.status_code, answer.json()["code"]) == (403, "reviewers_only")


# --- What the owner of a design sees ----------------------------------------------------------------


def news(client: APIClient, design: Design) -> Any:
    return client.get(f"/api/designs/{design.id}/estimate/").json()["new_prices"]


def test_the_owner_of_a_design_sees_what_a_published_version_did(api: APIClient, mara: User) -> None:
    published(a_price(price="0.05"))
    shop, stays = a_design(mara, servers=2), a_design(mara, "Stays", book="our-cloud@1")
    assert news(api, shop) is None
    draft = drafted(a_price(price="0.06"))
    assert news(api, shop) is None

    publish_price_book(draft, by=mara)

    told = news(api, shop)
    assert (told["book_version"], told["before"], told["after"], told["change"]) == (
        2, "73.00", "87.60", "14.60",
    )  # fmt: skip
    assert news(api, stays) is None
    assert news(api, a_design(mara, "Empty", servers=0)) is None


def test_after_a_month_it_is_no_news_any_more(api: APIClient, mara: User) -> None:
    published(a_price(price="0.05"))
    shop = a_design(mara)
    newest = publish_price_book(drafted(a_price(price="0.06")), by=mara)
    long_ago = timezone.now() - timedelta(days=31)
    PriceBookVersion.objects.filter(pk=newest.pk).update(published_at=long_ago)

    assert news(api, shop) is None

"""Other books, other variants, earlier revisions, cheaper ways: asked over HTTP."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.utils import timezone
from rest_framework.test import APIClient

from designer.models import Design
from estimator.models import CurrencyRate

pytestmark = pytest.mark.django_db
MERGE_PATCH = "application/merge-patch+json"
Json = dict[str, Any]


@pytest.fixture(autouse=True)
def nothing_worked_out_before() -> None:
    cache.clear()


@pytest.fixture
def design(api: APIClient) -> Json:
    return api.post("/api/designs/", {"name": "Web shop", "template": "rax-webapp"}, format="json").json()


def at(design: Json, part: str) -> str:
    return f"/api/designs/{design['id']}/{part}"


def edit(api: APIClient, design: Json, patch: Json) -> None:
    answer = api.patch(at(design, "document/"), json.dumps(patch), content_type=MERGE_PATCH)
    assert answer.status_code == 200, answer.json()


def monthly(api: APIClient, design: Json, **query: str) -> Decimal:
    return Decimal(api.get(at(design, "estimate/"), query).json()["totals"]["monthly"])


# --- Books ------------------------------------------------------------------------------------------


def test_books_stand_side_by_side_in_the_order_asked_for(api: APIClient, design: Json) -> None:
    query = {"price_books": "outscale,rackspace-public-cloud"}
    found = api.get(at(design, "comparison/"), query).json()

    assert [one["book"]["key"] for one in found] == ["outscale", "rackspace-public-cloud"]
    for one in found:
        book = one["book"]["key"]
        assert one["totals"] == api.get(at(design, "estimate/"), {"price_book": book}).json()["totals"]
    (row,) = [row for row in found[1]["rows"] if row["component"] == "web1"]
    assert (row["match"].split(",")[0], row["fit"]["kind"]) == ("General1-4", "spare")


def test_without_a_choice_all_books_are_compared_the_designs_own_first(api: APIClient, design: Json) -> None:
    found = api.get(at(design, "comparison/")).json()
    known = {one["key"] for one in api.get("/api/price-books/").json()}

    assert found[0]["book"]["key"] == "rackspace-public-cloud"
    assert {one["book"]["key"] for one in found} == known


def test_amounts_are_converted_at_the_users_own_dated_rate(
    api: APIClient, mara: User, teo: User, design: Json
) -> None:
    today = timezone.localdate()
    said = {"from_currency": "EUR", "to_currency": "USD", "source": "ECB"}
    CurrencyRate.objects.create(owner=teo, rate=Decimal(9), day=today, **said)
    query = {"price_books": "rackspace-public-cloud,outscale"}
    assert api.get(at(design, "comparison/"), query).json()[1]["comparable"] is None

    CurrencyRate.objects.create(owner=mara, rate=Decimal("1.1"), day=today - timedelta(days=1), **said)
    (_, outscale) = api.get(at(design, "comparison/"), query).json()

    expected = (Decimal(outscale["totals"]["monthly"]) * Decimal("1.1")).quantize(Decimal("0.01"))
    assert Decimal(outscale["comparable"]["monthly"]) == expected
    assert outscale["comparable"]["rate"]["date"] == str(today - timedelta(days=1))


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ({"price_books": "moon"}, 404, "price_book_not_found"),
        ({"price_books": ",".join(f"b{n}" for n in range(50))}, 400, "too_many_price_books"),
        ({"price_books": "x" * 6000}, 400, "invalid"),
        ({"currency": "euro"}, 400, "invalid"),
        ({"currency": "€€€"}, 400, "invalid"),
    ],
)
def test_a_comparison_that_makes_no_sense_is_one_clear_sentence(
    api: APIClient, design: Json, query: Json, status: int, code: str
) -> None:
    answer = api.get(at(design, "comparison/"), query)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["detail"]


# --- Differences ------------------------------------------------------------------------------------


def test_two_revisions_differ_line_by_line_and_the_sum_is_exact(api: APIClient, design: Json) -> None:
    api.post(at(design, "revisions/"), {"name": "First draft"}, format="json")
    edit(api, design, {"components": {"web1": {"properties": {"count": 2}}}})
    api.post(at(design, "revisions/"), {}, format="json")
    edit(api, design, {"components": {"web2": {"properties": {"size": {"vcpus": 4, "ram_gib": 8}}}}})

    found = api.get(at(design, "differences/"), {"from": "1", "to": "2"}).json()
    to_now = api.get(at(design, "differences/"), {"from": "1"}).json()

    # Each server of a component has a volume of its own, so the second one brings one along.
    assert {line["component"] for line in found["lines"]} == {"web1", "cbs1"}
    assert all("count 1 → 2" in line["why"] for line in found["lines"] if line["component"] == "web1")
    assert {line["component"] for line in to_now["lines"]} == {"web1", "web2", "cbs1"}
    for one in (found, to_now):
        total = sum(Decimal(line["monthly"]) for line in one["lines"]) + Decimal(one["rest"]["monthly"])
        after, before = one["after"]["totals"]["monthly"], one["before"]["totals"]["monthly"]
        assert total == Decimal(one["monthly"]) == Decimal(after) - Decimal(before)


def test_an_unchanged_design_gets_no_second_revision(api: APIClient, design: Json) -> None:
    for _ in range(2):
        assert api.post(at(design, "revisions/"), {}, format="json").json()["number"] == 1

    assert [one["created_by"] for one in api.get(at(design, "revisions/")).json()] == ["mara"]


@pytest.mark.parametrize("revision", ["", "7", "-1", "first", "1" * 400, "²", "\x00"])
def test_a_revision_that_is_not_there_is_a_404_that_names_those_that_are(
    api: APIClient, design: Json, revision: str
) -> None:
    api.post(at(design, "revisions/"), {}, format="json")
    answer = api.get(at(design, "differences/"), {"from": revision})

    assert (answer.status_code, answer.json()["code"]) == (404, "revision_not_found")
    assert "There are 1" in answer.json()["detail"]


# --- Suggestions ------------------------------------------------------------------------------------


def test_one_click_on_a_suggestion_saves_what_it_said(api: APIClient, design: Json) -> None:
    before = monthly(api, design)
    best = next(one for one in api.get(at(design, "suggestions/")).json() if one["patch"])
    assert best["title"] and best["detail"]

    edit(api, design, best["patch"])

    assert monthly(api, design) == before - Decimal(best["saving_monthly"])
    again = api.get(at(design, "suggestions/")).json()
    assert best["patch"] not in [one["patch"] for one in again]


# --- Variants ---------------------------------------------------------------------------------------


def test_variants_stand_side_by_side_with_their_differences_to_the_first(
    api: APIClient, design: Json
) -> None:
    variant = api.post(at(design, "variants/"), {}, format="json").json()
    small = api.post(at(variant, "variants/"), {"label": "Small"}, format="json").json()
    edit(api, small, {"components": {"web2": {"properties": {"count": 0}}}})
    query = {"price_books": "rackspace-public-cloud,outscale"}

    found = api.get(at(small, "variants/"), query).json()

    assert [(one["label"], one["name"]) for one in found] == [
        ("A", "Web shop"),
        ("B", "Web shop (B)"),
        ("Small", "Web shop (Small)"),
    ]
    assert found == api.get(at(design, "variants/"), query).json()
    (first, same, changed) = found
    assert first["differences"] is None
    assert (same["differences"]["lines"], same["prices"][0]["difference_monthly"]) == ([], "0.00")
    for index, book in enumerate(query["price_books"].split(",")):
        saved = monthly(api, small, price_book=book) - monthly(api, design, price_book=book)
        assert Decimal(changed["prices"][index]["difference_monthly"]) == saved < 0
    assert changed["differences"]["components"].keys() >= {"web2"}


def test_a_variant_goes_its_own_way_and_keeps_what_it_began_from(api: APIClient, design: Json) -> None:
    variant = api.post(at(design, "variants/"), {}, format="json").json()
    edit(api, variant, {"components": {"web1": {"label": "Other"}}})

    assert (variant["variant_of"], variant["label"], variant["template"]) == (
        design["id"],
        "B",
        "rax-webapp",
    )
    assert api.get(at(design, "")).json()["version"] == 0
    assert Design.objects.get(id=variant["id"]).base_document is not None
    rows = {row["id"]: row for row in api.get("/api/designs/").json()}
    assert rows[variant["id"]]["variant_of"] == design["id"]


def test_two_variants_of_one_name_are_refused(api: APIClient, design: Json) -> None:
    api.post(at(design, "variants/"), {"label": "Cheap"}, format="json")
    answers = [api.post(at(design, "variants/"), {"label": label}, format="json") for label in ("cheap", "A")]

    assert [(one.status_code, one.json()["code"]) for one in answers] == [(409, "variant_label_taken")] * 2
    assert Design.objects.count() == 2


def test_a_long_name_leaves_room_for_the_label(api: APIClient, design: Json) -> None:
    api.patch(at(design, ""), {"name": "x" * 200}, format="json")
    variant = api.post(at(design, "variants/"), {"label": "y" * 60}, format="json").json()

    assert len(variant["name"]) == 200
    assert variant["name"].endswith(f" ({'y' * 60})")


def test_there_is_an_end_to_variants(api: APIClient, design: Json) -> None:
    answers = [api.post(at(design, "variants/"), {}, format="json") for _ in range(21)]

    assert [one.status_code for one in answers] == [201] * 20 + [409]
    assert answers[-1].json()["code"] == "too_many_variants"


def test_when_the_first_goes_the_others_stay_together(api: APIClient, design: Json) -> None:
    (b, c) = [api.post(at(design, "variants/"), {}, format="json").json() for _ in range(2)]

    assert api.delete(at(design, "")).status_code == 204

    found = api.get(at(c, "variants/")).json()
    assert [one["id"] for one in found] == [b["id"], c["id"]]
    assert [one["label"] for one in found] == ["B", "C"]


# --- Budgets ----------------------------------------------------------------------------------------


def test_a_budget_warns_in_the_estimate_and_in_the_list(api: APIClient, design: Json) -> None:
    total = monthly(api, design)
    assert api.get(at(design, "estimate/")).json()["budget"] is None

    changed = api.patch(at(design, ""), {"budget_monthly": str(total + 1)}, format="json").json()
    near = api.get(at(design, "estimate/")).json()["budget"]
    api.patch(at(design, ""), {"budget_monthly": str(total - 1)}, format="json")
    over = api.get("/api/designs/").json()[0]["budget"]

    assert (changed["budget_monthly"], changed["budget_currency"]) == (str(total + 1), "USD")
    assert (near["state"], near["left"]) == ("near", "1.00")
    assert (over["state"], over["left"]) == ("over", "-1.00")
    assert over["warning"].startswith("$1.00 a month above the budget of")

    cleared = api.patch(at(design, ""), {"budget_monthly": None}, format="json").json()
    assert (cleared["budget_monthly"], cleared["budget_currency"]) == (None, "")
    assert api.get("/api/designs/").json()[0]["budget"] is None


def test_a_budget_in_another_currency_is_converted_where_a_rate_is_known(
    api: APIClient, mara: User, design: Json
) -> None:
    said = {"budget_monthly": "1000.00", "budget_currency": "EUR"}
    api.patch(at(design, ""), said, format="json")
    assert api.get(at(design, "estimate/")).json()["budget"]["state"] == "unknown"

    CurrencyRate.objects.create(
        owner=mara,
        from_currency="EUR",
        to_currency="USD",
        rate=Decimal(2),
        day=timezone.localdate(),
        source="ECB",
    )
    found = api.get(at(design, "estimate/")).json()["budget"]

    assert Decimal(found["left"]) == 1000 - monthly(api, design) / 2


@pytest.mark.parametrize(
    "said",
    [
        {"budget_monthly": "0"},
        {"budget_monthly": "-5"},
        {"budget_monthly": "1e400"},
        {"budget_monthly": "lots"},
        {"budget_monthly": "NaN"},
        {"budget_monthly": "100", "budget_currency": "euro"},
        {"budget_currency": "EUR"},
    ],
)
def test_a_budget_that_is_none_is_refused(api: APIClient, design: Json, said: Json) -> None:
    answer = api.patch(at(design, ""), said, format="json")

    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
    assert api.get(at(design, "")).json()["budget_monthly"] is None


# --- Whose it is, and what it costs the database ----------------------------------------------------


@pytest.mark.parametrize(
    "part", ["comparison/", "differences/?from=1", "suggestions/", "variants/", "revisions/"]
)
def test_somebody_elses_design_is_not_there(api_of_teo: APIClient, design: Json, part: str) -> None:
    answer = api_of_teo.get(at(design, part))

    assert (answer.status_code, answer.json()["code"]) == (404, "design_not_found")


def test_nobody_copies_somebody_elses_design(api_of_teo: APIClient, design: Json) -> None:
    assert api_of_teo.post(at(design, "variants/"), {}, format="json").status_code == 404


# A design, the rates, the group; whether operators published types or books since; what a new book did to it.
@pytest.mark.parametrize(
    ("part", "questions"), [("comparison/", 4), ("suggestions/", 4), ("variants/", 4), ("estimate/", 4)]
)
def test_what_if_asks_the_database_little(
    api: APIClient,
    design: Json,
    part: str,
    questions: int,
    django_assert_num_queries: Callable[[int], AbstractContextManager[object]],
) -> None:
    api.post(at(design, "variants/"), {}, format="json")

    with django_assert_num_queries(questions):
        assert api.get(at(design, part)).status_code == 200


def test_budgets_in_other_currencies_ask_for_the_rates_once(
    api: APIClient,
    mara: User,
    design: Json,
    django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]],
) -> None:
    for _ in range(3):
        api.post(at(design, "variants/"), {}, format="json")
    Design.objects.filter(owner=mara).update(budget_monthly=1000, budget_currency="EUR")

    with django_assert_max_num_queries(8):
        rows = api.get("/api/designs/").json()

    assert [row["budget"]["state"] for row in rows] == ["unknown"] * 4


def test_a_comparison_follows_the_terms_of_a_customer(api: APIClient, design: Json) -> None:
    terms = {"name": "Acme", "markup_percent": "10", "discounts": []}
    customer = api.post("/api/customers/", terms, format="json").json()
    books = {"price_books": "rackspace-public-cloud,outscale"}

    plain = api.get(at(design, "comparison/"), books).json()
    agreed = api.get(at(design, "comparison/"), {**books, "customer": customer["id"]}).json()

    assert [one["customer"] for one in agreed] == ["Acme", "Acme"]
    for before, after in zip(plain, agreed, strict=True):
        raised = (Decimal(before["totals"]["monthly"]) * Decimal("1.1")).quantize(Decimal("0.01"))
        assert abs(Decimal(after["totals"]["monthly"]) - raised) <= Decimal("0.01")
        assert after["rows"] == before["rows"]
        assert after["remarks"][0].startswith("The total is what Acme pays")
    own = monthly(api, design, customer=customer["id"])
    assert Decimal(agreed[0]["totals"]["monthly"]) == own


def test_variants_follow_the_terms_of_a_customer(api: APIClient, design: Json) -> None:
    customer = api.post("/api/customers/", {"name": "Acme", "markup_percent": "10"}, format="json").json()
    (first,) = api.get(at(design, "variants/"), {"customer": customer["id"]}).json()

    assert Decimal(first["prices"][0]["totals"]["monthly"]) == monthly(api, design, customer=customer["id"])


def test_somebody_elses_customer_is_no_customer(api: APIClient, design: Json) -> None:
    answer = api.get(at(design, "comparison/"), {"customer": "3f2b8f0e-0000-4000-8000-000000000000"})

    assert answer.status_code == 404

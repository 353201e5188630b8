"""/api/customers/ and /api/currency-rates/: kept, changed, refused, not yours."""

from typing import Any

import pytest
from rest_framework.test import APIClient

pytestmark = pytest.mark.django_db

LINDEN = {
    "name": "Linden",
    "markup_percent": "20",
    "currency": "CHF",
    "discounts": [
        {"target": "service", "match": "server", "percent": "10"},
        {"percent": "5", "label": "Friend"},
    ],
}
RATE = {"from_currency": "USD", "to_currency": "CHF", "rate": "0.8", "day": "2026-11-20", "source": "SNB"}


def kept(api: APIClient, **facts: Any) -> Any:
    return api.post("/api/customers/", {**LINDEN, **facts}, format="json")


def test_a_customer_is_kept_with_the_rules_in_their_order(api: APIClient) -> None:
    made = kept(api)
    [found] = api.get("/api/customers/").json()

    assert made.status_code == 201
    assert found == made.json()
    assert [(one["target"], one["percent"], one["label"]) for one in found["discounts"]] == [
        ("service", "10.000", ""),
        ("all", "5.000", "Friend"),
    ]


def test_a_change_leaves_what_it_does_not_name(api: APIClient) -> None:
    address = f"/api/customers/{kept(api).json()['id']}/"

    renamed = api.patch(address, {"name": "Linden AG"}, format="json").json()
    without = api.patch(address, {"discounts": []}, format="json").json()

    assert (renamed["name"], renamed["markup_percent"], len(renamed["discounts"])) == (
        "Linden AG",
        "20.000",
        2,
    )
    assert (without["name"], without["discounts"]) == ("Linden AG", [])
    assert api.delete(address).status_code == 204
    assert api.get(address).status_code == 404


@pytest.mark.parametrize(
    ("facts", "detail"),
    [
        (
            {"discounts": [{"percent": "120"}]},
            "discounts.0.percent: A discount is more than 0 and up to 100 %, not 120 %.",
        ),
        (
            {"discounts": [{"target": "tier", "percent": "5"}]},
            "discounts.0.match: A discount on tier names the tier that it is for.",
        ),
        (
            {"markup_percent": "-3"},
            "markup_percent: A mark-up is a percentage from 0 to 1000, with three places at most.",
        ),
        (
            {"tax_percent": "1000"},
            "tax_percent: A tax is a percentage from 0 to 100, with three places at most.",
        ),
        ({"currency": "francs"}, "currency: A currency is three capital letters, such as EUR."),
    ],
)
def test_terms_that_nobody_means_are_refused_and_nothing_is_kept(
    api: APIClient, facts: dict[str, Any], detail: str
) -> None:
    answer = kept(api, **facts)

    assert answer.status_code == 400
    assert answer.json()["detail"] == detail
    assert api.get("/api/customers/").json() == []


def test_two_customers_of_one_name_are_refused(api: APIClient) -> None:
    kept(api)
    again = kept(api)

    assert (again.status_code, again.json()["code"]) == (409, "customer_name_taken")


def test_customers_and_rates_are_their_owner_s(api: APIClient, api_of_teo: APIClient) -> None:
    address = f"/api/customers/{kept(api).json()['id']}/"
    rate = f"/api/currency-rates/{api.post('/api/currency-rates/', RATE, format='json').json()['id']}/"

    assert api_of_teo.get("/api/customers/").json() == api_of_teo.get("/api/currency-rates/").json() == []
    for ask in (api_of_teo.get, api_of_teo.delete):
        assert ask(address).status_code == 404
    assert api_of_teo.delete(rate).status_code == 404
    assert kept(api_of_teo).status_code == 201, "two owners may have customers of one name"


def test_a_rate_has_its_day_and_its_source(api: APIClient) -> None:
    made = api.post("/api/currency-rates/", RATE, format="json")
    [found] = api.get("/api/currency-rates/").json()

    assert made.status_code == 201
    assert {name: found[name] for name in RATE} == {**RATE, "rate": "0.8000000000"}
    assert api.delete(f"/api/currency-rates/{found['id']}/").status_code == 204


@pytest.mark.parametrize(
    ("facts", "status", "detail"),
    [
        ({"rate": "0"}, 400, "rate: A rate is more than 0."),
        ({"rate": "-1"}, 400, "rate: A rate is more than 0."),
        ({"rate": "NaN"}, 400, "rate: A valid number is required."),
        ({"to_currency": "USD"}, 400, "A rate leads from one currency to another."),
        ({}, 409, "There is a rate from USD to CHF for 2026-11-20 already. Delete it first."),
    ],
)
def test_rates_that_mean_nothing_are_refused(
    api: APIClient, facts: dict[str, str], status: int, detail: str
) -> None:
    api.post("/api/currency-rates/", RATE, format="json")
    answer = api.post("/api/currency-rates/", {**RATE, **facts}, format="json")

    assert (answer.status_code, answer.json()["detail"]) == (status, detail)


def test_signed_out_people_see_no_customers() -> None:
    assert APIClient().get("/api/customers/").status_code in (401, 403)

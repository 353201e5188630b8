"""GET /api/designs/{id}/estimate/ and its files: what may be asked, and what is refused."""

import csv
import io
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from openpyxl import load_workbook
from rest_framework.test import APIClient

from designer.models import Design
from designer.services.designs import create_design
from estimator.domain.discounts import Discount, Target
from estimator.models import Customer
from estimator.selectors import document_estimate
from estimator.services.customers import add_rate, create_customer

pytestmark = pytest.mark.django_db
BOOK = "rackspace-public-cloud"


@pytest.fixture
def design(mara: User) -> Design:
    return create_design(name="=Shop", owner=mara, template_key="rax-basic")


@pytest.fixture
def linden(mara: User) -> Customer:
    return create_customer(
        owner=mara,
        name="Linden",
        markup_percent=Decimal(20),
        tax_name="VAT",
        tax_percent=Decimal("7.7"),
        discounts=[Discount(Decimal(10), Target.SERVICE, "server")],
    )


@pytest.fixture
def ask(api: APIClient, design: Design) -> Any:
    def ask(ending: str = "/", **query: Any) -> Any:
        return api.get(f"/api/designs/{design.id}/estimate{ending}", query)

    return ask


def test_an_estimate_says_all_that_the_contract_lists(ask: Any) -> None:
    found = ask().json()

    assert set(found["periods"]) == {"hourly", "daily", "monthly", "yearly", "12", "24", "36"}
    assert set(found["range"]) == {"low", "expected", "high"}
    assert set(found["groups"]) == {"component", "tier", "service", "region"}
    assert (
        Decimal(found["range"]["low"])
        <= Decimal(found["totals"]["monthly"])
        < Decimal(found["range"]["high"])
    )
    assert found["book"]["key"] == found["price_book"] == BOOK
    assert found["doubt"]["kind"] in ("primary", "corroborated", "secondary")
    assert (found["discounts"], found["tax"], found["rate"], found["customer"]) == ([], None, None, None)
    assert found["markup"] == {"percent": "0", "monthly": "0.00", "one_time": "0.00"}


def test_another_profile_and_commitment_are_a_question_and_change_nothing(ask: Any, design: Design) -> None:
    before = ask().json()
    high = ask(profile="high", commitment="12-upfront").json()
    design.refresh_from_db()

    assert (high["profile"], high["purchase"]) == ("high", "12 months, paid upfront")
    assert high["totals"]["monthly"] == before["range"]["high"]
    assert ask().json() == before
    assert design.version == 0


def test_a_customer_s_terms_are_applied(ask: Any, linden: Customer) -> None:
    plain, found = ask().json(), ask(customer=linden.id).json()
    listed = Decimal(plain["totals"]["monthly"])

    assert found["list"] == plain["list"]
    assert Decimal(found["markup"]["monthly"]) == (listed * Decimal("0.2")).quantize(Decimal("0.01"))
    assert found["discounts"][0]["title"] == "10% discount on server"
    assert found["tax"]["name"] == "VAT"
    assert found["customer"] == "Linden"


def test_the_customer_s_view_has_no_mark_up_and_the_same_total(ask: Any, linden: Customer) -> None:
    own, seen = ask(customer=linden.id).json(), ask(customer=linden.id, view="customer").json()

    assert seen["totals"] == own["totals"]
    assert not {"markup", "list", "price_book", "book", "doubt", "categories"} & set(seen)
    assert not {"source", "sku", "assumption"} & set(seen["line_items"][0])


def test_amounts_come_in_the_customer_s_currency_at_a_rate_that_is_told(
    ask: Any, mara: User, linden: Customer
) -> None:
    day = timezone.localdate() - timedelta(days=3)
    add_rate(owner=mara, source="USD", target="CHF", rate=Decimal("0.8"), day=day, origin="SNB")
    linden.currency = "CHF"
    linden.save()

    found = ask(customer=linden.id).json()

    assert found["currency"] == "CHF"
    assert found["rate"] == {
        "from": "USD",
        "to": "CHF",
        "rate": "0.8",
        "date": day.isoformat(),
        "source": "SNB",
    }


def test_a_cached_estimate_follows_every_change_of_terms(ask: Any, linden: Customer) -> None:
    before = ask(customer=linden.id).json()["totals"]["monthly"]
    linden.markup_percent = Decimal(30)
    linden.save()
    after = ask(customer=linden.id).json()["totals"]["monthly"]

    assert Decimal(after) > Decimal(before)
    assert ask().json()["totals"]["monthly"] < before


@pytest.mark.parametrize(
    ("query", "status", "detail"),
    [
        ({"profile": "wild"}, 400, 'profile: "wild" is not a valid choice.'),
        (
            {"commitment": "13"},
            400,
            "commitment: A commitment is none or one of 1, 12, 24, 36 months, such as 12 or 36-upfront.",
        ),
        ({"commitment": "12-upfront\n"}, 404, None),
        ({"currency": "euro"}, 400, "currency: A currency is three capital letters, such as EUR."),
        (
            {"currency": "CHF"},
            409,
            "There is no rate from USD to CHF. Add one with its date and source.",
        ),
        ({"customer": "nobody"}, 404, "There is no such customer."),
        ({"version": "0"}, 400, "version: Ensure this value is greater than or equal to 1."),
    ],
)
def test_what_can_t_be_answered_is_refused_in_one_sentence(
    ask: Any, query: dict[str, str], status: int, detail: str | None
) -> None:
    answer = ask(**query)
    if detail is None:  # white space around an option is no part of it
        assert answer.status_code == 200
        return

    assert (answer.status_code, answer.json()["detail"]) == (status, detail)


def test_somebody_else_s_customer_is_not_there(ask: Any, teo: User) -> None:
    theirs = create_customer(owner=teo, name="Theirs")

    assert ask(customer=theirs.id).status_code == 404


def test_the_csv_has_every_line_and_the_total(ask: Any, design: Design) -> None:
    answer = ask(".csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    found = document_estimate(design.document, BOOK)

    assert answer["Content-Disposition"] == 'attachment; filename="shop-estimate.csv"'
    assert len([row for row in rows if row["row"] == "line"]) == len(found.line_items)
    [total] = [row for row in rows if row["row"] == "total"]
    assert Decimal(total["monthly"]) == found.totals.monthly


def test_the_workbook_is_one_that_opens_and_the_customer_s_has_no_mark_up(ask: Any, linden: Customer) -> None:
    answer = ask(".xlsx", customer=linden.id, view="customer")
    page = load_workbook(io.BytesIO(answer.content))["Estimate"]
    words = [str(cell.value).lower() for row in page.iter_rows() for cell in row if cell.value is not None]

    assert words[0] == "=shop"
    assert page["A1"].data_type == "s"
    assert not [word for word in words if "mark-up" in word or "rackspace.com" in word]


def test_files_of_somebody_else_s_design_are_not_there(api_of_teo: APIClient, design: Design) -> None:
    for ending in ("/", ".csv", ".xlsx"):
        assert api_of_teo.get(f"/api/designs/{design.id}/estimate{ending}").status_code == 404

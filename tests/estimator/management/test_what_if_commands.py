"""What-if on the command line: compare, difference, suggest."""

import json
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.utils import timezone

from catalog.domain.money import money_for_people
from catalog.selectors import get_template, price_books
from estimator.models import CurrencyRate, Customer

RACKSPACE = "rackspace-public-cloud"


def run(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def answer(*arguments: str) -> Any:
    return json.loads(run(*arguments, "--json"))


def test_books_stand_side_by_side_with_ranks_and_remarks() -> None:
    shown = run("compare", "rax-basic", "--price-books", f"{RACKSPACE},outscale")

    assert shown.startswith("rax-basic, a month with 2 price books")
    assert " 1. Rackspace public cloud, 2016" in shown
    assert "  – OUTSCALE eu-west-2, 2025" in shown
    assert "General1-4, 4 vCPU · 4 GiB, +2 vCPU spare" in shown
    assert "No price for CDN (Akamai) and Cloud Databases (MySQL)" in shown


def test_all_books_are_compared_in_the_currency_of_most_of_them_the_complete_and_cheapest_first() -> None:
    lines = run("compare", "os-ecommerce-auto").splitlines()
    totals = lines[2 : 2 + len(price_books())]

    assert lines[0].endswith("34 price books, compared in EUR")
    assert totals[0].startswith(" 1. OVHcloud Public Cloud")
    standing = [line.partition(".")[0].strip() for line in totals]
    ranks = [int(one) for one in standing if one.isdigit()]
    assert len(ranks) > 5
    assert ranks == sorted(ranks)
    assert all(line.startswith("  – ") for line in totals[len(ranks) :])


def test_a_book_that_lacks_an_odd_price_has_a_place_among_those_that_price_what_most_do() -> None:
    lines = run("compare", "rax-webapp").splitlines()

    assert any(line.startswith("  – ") and "components that most price" in line for line in lines)


def test_a_comparison_may_be_in_another_currency_and_says_what_one_is() -> None:
    books = ("compare", "rax-basic", "--price-books", f"{RACKSPACE},outscale")

    assert run(*books, "--currency", "EUR").startswith(
        "rax-basic, a month with 2 price books, compared in EUR"
    )
    with pytest.raises(CommandError, match=r'three capital letters, such as EUR, not "euro"'):
        run(*books, "--currency", "euro")


def test_without_a_choice_every_book_is_compared() -> None:
    found = answer("compare", "rax-basic")

    assert {one["book"]["key"] for one in found} == set(price_books())


def test_a_book_that_is_not_there_is_one_line_and_status_2() -> None:
    with pytest.raises(CommandError) as refused:
        run("compare", "rax-basic", "--price-books", f"{RACKSPACE},moon")

    assert refused.value.returncode == 2
    assert str(refused.value).startswith('There is no price book called "moon". There are ')


def test_two_designs_differ_line_by_line() -> None:
    pair = ("rax-basic", "rax-basic:hardened", "--price-book", RACKSPACE)
    shown, found = run("difference", *pair), answer("difference", *pair)

    assert shown.startswith("From rax-basic to rax-basic-hardened, Rackspace public cloud, 2016")
    assert "+ bas/server[0]" in shown
    assert "The component is new." in shown
    moved = sum(Decimal(line["monthly"]) for line in found["lines"]) + Decimal(found["rest"]["monthly"])
    assert moved == Decimal(found["monthly"])


def test_a_design_and_itself_cost_the_same() -> None:
    shown = run("difference", "rax-basic", "rax-basic", "--price-book", RACKSPACE)

    assert "Both cost the same, line by line." in shown


def test_suggestions_come_with_their_money_and_an_edit_that_can_be_sent() -> None:
    shown, found = (call("suggest", "rax-webapp", "--price-book", RACKSPACE) for call in (run, answer))
    (disk, *_) = [one for one in found if one["kind"] == "storage_class"]

    assert disk["patch"]["components"]
    assert f"${disk['saving_monthly']} a month  {disk['title']}" in shown


def test_where_nothing_is_to_be_saved_it_says_so(tmp_path: Path) -> None:
    empty = dict(get_template("rax-basic").document) | {"components": {}, "links": {}, "callouts": {}}
    file = tmp_path / "empty.json"
    file.write_text(json.dumps(empty))

    assert "Nothing was found that would make it cheaper." in run(
        "suggest", str(file), "--price-book", RACKSPACE
    )


# --- A customer's terms -----------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_customer_s_terms_are_applied_to_every_book_and_to_an_estimate() -> None:
    owner = User.objects.create_user("sam")
    Customer.objects.create(owner=owner, name="Acme", markup_percent=10)
    books = ("compare", "rax-basic", "--price-books", f"{RACKSPACE},outscale")
    listed, charged = answer(*books), answer(*books, "--customer", "Acme")

    for before, after in zip(listed, charged, strict=True):
        expected = Decimal(before["totals"]["monthly"]) * Decimal("1.1")
        assert abs(Decimal(after["totals"]["monthly"]) - expected) <= Decimal("0.01")
        assert after["customer"] == "Acme"
    assert "what Acme pays" in run(*books, "--customer", "Acme")
    one = answer("estimate", "rax-basic", "--price-book", RACKSPACE, "--customer", "Acme")
    assert one["totals"]["monthly"] == charged[0]["totals"]["monthly"]


@pytest.mark.django_db
def test_a_customer_that_several_have_is_named_by_its_id() -> None:
    for name in ("sam", "kim"):
        Customer.objects.create(owner=User.objects.create_user(name), name="Acme")
    wanted = str(Customer.objects.get(owner__username="kim").id)
    books = ("compare", "rax-basic", "--price-books", RACKSPACE)

    with pytest.raises(CommandError, match='More than one customer is called "Acme"'):
        run(*books, "--customer", "Acme")
    with pytest.raises(CommandError, match=r'There is no customer "Moon"\. There are: Acme'):
        run(*books, "--customer", "Moon")
    assert answer(*books, "--customer", wanted)[0]["customer"] == "Acme"


@pytest.mark.django_db
def test_an_estimate_for_a_customer_is_in_that_customer_s_currency_at_a_rate_that_is_printed() -> None:
    owner = User.objects.create_user("sam")
    Customer.objects.create(owner=owner, name="Acme", currency="EUR")
    priced = ("estimate", "rax-basic", "--price-book", RACKSPACE, "--customer", "Acme")
    with pytest.raises(CommandError, match="USD"):
        run(*priced)
    today = timezone.localdate()
    CurrencyRate.objects.create(
        owner=owner, from_currency="USD", to_currency="EUR", rate="0.5", day=today, source="the bank"
    )

    shown, found = run(*priced), answer(*priced)

    assert found["currency"] == "EUR"
    month = next(line for line in shown.splitlines() if line.startswith("A month"))
    assert money_for_people(Decimal(found["totals"]["monthly"]), "EUR") in month
    assert "the bank" in shown

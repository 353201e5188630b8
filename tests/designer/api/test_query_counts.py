"""Hot addresses ask the database a fixed number of questions, however much there is."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from model_bakery import baker
from rest_framework.test import APIClient

from catalog.selectors import get_template, price_books
from designer.models import Design

pytestmark = pytest.mark.django_db
Counting = Callable[[int], AbstractContextManager[object]]


@pytest.fixture(autouse=True)
def nothing_worked_out_before(db: None) -> None:
    cache.clear()
    price_books()  # a process reads what operators published once, and asks only for news from then on


def make_designs(owner: User, quantity: int) -> list[Design]:
    document = dict(get_template("rax-basic").document)
    return baker.make(
        Design, owner=owner, document=document, price_book="rackspace-public-cloud", _quantity=quantity
    )


@pytest.mark.parametrize("quantity", [1, 12])
def test_the_list_of_designs(
    api: APIClient, mara: User, quantity: int, django_assert_num_queries: Counting
) -> None:
    make_designs(mara, quantity)

    # Two of them: did operators publish a component type or a price book since? Three: what has drifted.
    with django_assert_num_queries(7):
        assert len(api.get("/api/designs/").json()) == quantity


# The second question is whether operators published a component type since, the third about price books, the
# fourth what the newest version of this design's book changed of its total.
@pytest.mark.parametrize(
    ("part", "questions"), [("estimate/", 4), ("findings/", 2), ("resources/", 2), ("", 1)]
)
def test_what_follows_an_edit(
    api: APIClient, mara: User, part: str, questions: int, django_assert_num_queries: Counting
) -> None:
    (design,) = make_designs(mara, 1)

    with django_assert_num_queries(questions):
        assert api.get(f"/api/designs/{design.id}/{part}").status_code == 200

"""Hot addresses ask the database a fixed number of questions, however much there is."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from model_bakery import baker
from rest_framework.test import APIClient

from catalog.selectors import get_template
from designer.models import Design

pytestmark = pytest.mark.django_db
Counting = Callable[[int], AbstractContextManager[object]]


@pytest.fixture(autouse=True)
def nothing_worked_out_before() -> None:
    cache.clear()


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

    with django_assert_num_queries(3):  # the last: did operators publish a component type since?
        assert len(api.get("/api/designs/").json()) == quantity


# The second question is whether operators published a component type since.
@pytest.mark.parametrize(
    ("part", "questions"), [("estimate/", 2), ("findings/", 2), ("resources/", 2), ("", 1)]
)
def test_what_follows_an_edit(
    api: APIClient, mara: User, part: str, questions: int, django_assert_num_queries: Counting
) -> None:
    (design,) = make_designs(mara, 1)

    with django_assert_num_queries(questions):
        assert api.get(f"/api/designs/{design.id}/{part}").status_code == 200

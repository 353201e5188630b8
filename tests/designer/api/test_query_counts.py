"""Hot addresses ask the database a fixed number of questions, however much there is."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.contrib.auth.models import User
from model_bakery import baker
from rest_framework.test import APIClient

from catalog.selectors import get_template
from designer.models import Design

pytestmark = pytest.mark.django_db
Counting = Callable[[int], AbstractContextManager[object]]


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

    with django_assert_num_queries(2):
        assert len(api.get("/api/designs/").json()) == quantity


@pytest.mark.parametrize("part", ["estimate/", "findings/", "resources/", ""])
def test_what_follows_an_edit(
    api: APIClient, mara: User, part: str, django_assert_num_queries: Counting
) -> None:
    (design,) = make_designs(mara, 1)

    with django_assert_num_queries(1):
        assert api.get(f"/api/designs/{design.id}/{part}").status_code == 200

"""Fixtures that several suites share: a user, a client that is signed in."""

import pytest
from django.contrib.auth.models import User
from rest_framework.test import APIClient


@pytest.fixture
def mara(db: None) -> User:
    return User.objects.create_user("mara", password="correct horse")


@pytest.fixture
def teo(db: None) -> User:
    return User.objects.create_user("teo", password="battery staple")


@pytest.fixture
def api(mara: User) -> APIClient:
    """The API as Mara sees it."""
    client = APIClient()
    client.force_authenticate(mara)
    return client


@pytest.fixture
def api_of_teo(teo: User) -> APIClient:
    client = APIClient()
    client.force_authenticate(teo)
    return client

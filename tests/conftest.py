"""Fixtures that several suites share: a user, a client that is signed in."""

import pytest
from django.contrib.auth.models import User
from hypothesis import settings
from rest_framework.test import APIClient

from catalog import freshness

# Most tests need no database, and pytest-django refuses them one with a RuntimeError. The catalogue takes it
# for what it is: operators added nothing then.
freshness.WITHOUT_DATABASE += (RuntimeError,)

# Hypothesis calls an example that takes 200 ms a failure. On a busy machine that is the machine's, not ours.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


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

"""Credentials are encrypted at rest, and keys can be changed."""

from typing import Any

import pytest
from cryptography.fernet import Fernet, InvalidToken
from django.contrib.auth.models import User

from deployer.credentials import decrypt, encrypt
from deployer.models import Cloud
from tests.deployer.conftest import CREDENTIAL


def test_a_new_key_in_front_still_reads_what_the_old_one_wrote(settings: Any) -> None:
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    settings.CREDENTIAL_KEYS = [old]
    kept = encrypt({"password": "s3cret"})

    settings.CREDENTIAL_KEYS = [new, old]
    assert decrypt(kept) == {"password": "s3cret"}
    again = encrypt({"password": "s3cret"})

    settings.CREDENTIAL_KEYS = [new]
    assert decrypt(again) == {"password": "s3cret"}
    with pytest.raises(InvalidToken):
        decrypt(kept)


@pytest.mark.django_db
def test_no_column_of_a_cloud_holds_its_password(account: Cloud, mara: User) -> None:
    row = Cloud.objects.values().get(id=account.id)

    assert CREDENTIAL["auth"]["password"] not in str(row)
    assert account.credential == CREDENTIAL

"""Keys are changed: everything moves under the new one, and then the old one can go."""

from io import StringIO
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import CommandError

from deployer.credentials import decrypt, encrypt
from deployer.models import Cloud, Resource
from deployer.services import keys
from deployer.services.keys import SEALED, count_old_keys, rotate_keys
from tests.deployer.conftest import CREDENTIAL
from tests.designer.designs import template

pytestmark = pytest.mark.django_db

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


@pytest.fixture(autouse=True)
def old_key(settings: Any) -> None:
    settings.CREDENTIAL_KEYS = [OLD]


def told(*arguments: str) -> str:
    out = StringIO()
    call_command("rotate_credential_keys", *arguments, stdout=out)
    return out.getvalue()


def test_every_sealed_column_is_known_to_the_rotation() -> None:
    columns = {
        (model, field.name)
        for model in apps.get_models()
        for field in model._meta.fields
        if field.name.startswith("sealed")
    }

    assert columns == set(SEALED)


def test_after_a_rotation_the_old_key_can_go(account: Cloud, deploy: Any, settings: Any) -> None:
    deploy(template("rax-basic"))  # its database has a password, which only we know
    row = Resource.objects.exclude(sealed_outputs="").get()
    password = decrypt(row.sealed_outputs)
    settings.CREDENTIAL_KEYS = [NEW, OLD]

    assert "Re-encrypted with the newest key: 1 clouds, 1 resources." in told()

    settings.CREDENTIAL_KEYS = [NEW]
    row.refresh_from_db()
    account.refresh_from_db()
    assert decrypt(row.sealed_outputs) == password
    assert account.credential == CREDENTIAL
    assert "Only the newest key is needed now." in told("--check")


def test_repeating_it_changes_nothing(account: Cloud, settings: Any) -> None:
    settings.CREDENTIAL_KEYS = [NEW, OLD]
    rotate_keys()
    before = Cloud.objects.get().sealed_credential

    again = rotate_keys()

    assert (again.sealed.total(), again.had_it.total()) == (0, 1)
    assert Cloud.objects.get().sealed_credential == before


def test_it_goes_on_after_an_interruption(
    account: Cloud, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(4):
        Cloud.objects.create(
            owner=account.owner,
            name=f"c{number}",
            auth_url="https://cloud.example.org",
            sealed_credential=encrypt({"n": number}),
            status=Cloud.Status.READY,
            checked_at=account.checked_at,
        )
    settings.CREDENTIAL_KEYS = [NEW, OLD]
    monkeypatch.setattr(keys, "BATCH", 2)
    calls = iter([keys.seal_anew, keys.seal_anew, _killed])
    with monkeypatch.context() as killing, pytest.raises(KeyboardInterrupt):
        killing.setattr(keys, "seal_anew", lambda text, seal=keys.seal_anew: next(calls)(text))
        rotate_keys()
    assert count_old_keys().sealed.total() == 3

    assert rotate_keys().sealed.total() == 3
    settings.CREDENTIAL_KEYS = [NEW]
    assert sorted(one.credential["n"] for one in Cloud.objects.exclude(name="lab")) == [0, 1, 2, 3]


def test_what_somebody_writes_meanwhile_is_kept_and_sealed_anew_too(
    account: Cloud, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker that still has the old key only, renewing the credential in the middle of the rotation."""
    theirs = encrypt({"theirs": "newer"})
    settings.CREDENTIAL_KEYS = [NEW, OLD]
    real, seen = keys.seal_anew, []

    def slow(text: str) -> str:
        if not seen:
            Cloud.objects.filter(id=account.id).update(sealed_credential=theirs)
        seen.append(text)
        return real(text)

    monkeypatch.setattr(keys, "seal_anew", slow)

    assert rotate_keys().sealed.total() == 1
    settings.CREDENTIAL_KEYS = [NEW]
    assert Cloud.objects.get().credential == {"theirs": "newer"}


def test_what_no_key_opens_is_named_and_left_alone(account: Cloud, settings: Any) -> None:
    before = Cloud.objects.get().sealed_credential
    settings.CREDENTIAL_KEYS = [NEW]

    with pytest.raises(CommandError, match=f"Under none of the keys: 1 .cloud {account.id}"):
        told()
    assert Cloud.objects.get().sealed_credential == before


def test_asking_how_far_it_is_fails_while_old_keys_are_needed(account: Cloud, settings: Any) -> None:
    settings.CREDENTIAL_KEYS = [NEW, OLD]

    with pytest.raises(CommandError, match="Old keys are still needed"):
        told("--check")
    assert count_old_keys().sealed == {"clouds": 1}


def _killed(text: str) -> str:
    raise KeyboardInterrupt

"""Secrets at rest: encrypted with the installation's keys, the newest first, all of them able to read."""

import json
from collections.abc import Mapping
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


def _fernet() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in settings.CREDENTIAL_KEYS])


def encrypt(value: Mapping[str, Any]) -> str:
    return _fernet().encrypt(json.dumps(value).encode()).decode()


def decrypt(text: str) -> dict[str, Any]:
    """Raises: cryptography.fernet.InvalidToken when none of the keys made it."""
    return json.loads(_fernet().decrypt(text.encode())) if text else {}


def has_newest_key(text: str) -> bool:
    try:
        Fernet(settings.CREDENTIAL_KEYS[0]).decrypt(text.encode())
    except InvalidToken:
        return False
    return True


def seal_anew(text: str) -> str:
    """The same secret under the newest key. Raises: InvalidToken when none of the keys made it."""
    return _fernet().rotate(text.encode()).decode()

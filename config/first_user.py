"""The first user of a new installation, so that somebody can sign in."""

import secrets
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import get_user_model

USERNAME = "admin"


@dataclass(frozen=True)
class FirstUser:
    """`password` is None once it was changed: then only its owner knows it."""

    username: str
    password: str | None


def ensure_first_user() -> FirstUser:
    """Make the first user when there is none. The password is kept beside the data, readable by its owner."""
    users = get_user_model().objects
    kept = settings.HOME / "first-user-password"
    user = users.filter(is_superuser=True).order_by("id").first()
    if user is None:
        password = secrets.token_urlsafe(9)
        kept.touch(mode=0o600)
        kept.write_text(password)
        user = users.create_superuser(USERNAME, password=password)
    known = kept.read_text() if kept.exists() else ""
    return FirstUser(user.get_username(), known if known and user.check_password(known) else None)

"""Passwords that a deployment made: which there are, and each one's value, once."""

import logging
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from deployer.errors import SecretAlreadyShown, SecretNotFound
from deployer.events import look_again_on_commit, tell
from deployer.models import Deployment, Resource
from deployer.selectors import list_secrets

logger = logging.getLogger(__name__)


@dataclass(frozen=True, repr=False)
class Revealed:
    """Never in a log: its repr names nothing."""

    secret: Resource
    value: str


def reveal_secret(deployment: Deployment, key: str, *, revealed_by: User) -> Revealed:
    """The password, for the first and only time. Who asked is recorded before it leaves.

    Raises: SecretNotFound, SecretAlreadyShown.
    """
    with transaction.atomic():
        secret = list_secrets(deployment).filter(key=key).first()
        if secret is None:
            raise SecretNotFound
        now = timezone.now()
        first = Resource.objects.filter(id=secret.id, revealed_at=None)
        if not first.update(revealed_at=now, revealed_by=revealed_by):
            secret.refresh_from_db()
            raise SecretAlreadyShown(shown_to(secret), secret.revealed_at or now)
        tell(deployment, f"{secret.name} was shown to {revealed_by}.", at=now, key=key)
        look_again_on_commit(deployment.id)
    secret.revealed_at, secret.revealed_by = now, revealed_by
    logger.info("secret revealed", extra={"deployment_id": str(deployment.id), "key": key})
    return Revealed(secret, secret.all_outputs()["value"])


def shown_to(secret: Resource) -> str:
    return str(secret.revealed_by) if secret.revealed_by else "somebody who is gone"

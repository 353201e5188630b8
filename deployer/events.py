"""A deployment's story, and the word to its watchers that there is something new to look at."""

import logging
from datetime import datetime
from uuid import UUID

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db import transaction
from redis.exceptions import RedisError

from deployer.models import Deployment, DeploymentEvent

logger = logging.getLogger(__name__)


def group_of(deployment_id: UUID | str) -> str:
    """The Channels group of a deployment's watchers."""
    return f"deployment.{deployment_id}"


def tell(
    deployment: Deployment,
    text: str,
    *,
    at: datetime,
    key: str = "",
    level: DeploymentEvent.Level = DeploymentEvent.Level.INFO,
) -> None:
    """Store one line of the story. Whoever ends the transaction lets the watchers look."""
    DeploymentEvent.objects.create(deployment=deployment, at=at, level=level, key=key, text=text)


def look_again_on_commit(deployment_id: UUID) -> None:
    """Once a transaction, however much it records."""
    transaction.on_commit(lambda: _look_again(deployment_id))


def _look_again(deployment_id: UUID) -> None:
    """Losing this loses nothing: the screen asks again by itself, only later."""
    layer = get_channel_layer()
    if layer is None:
        return
    try:
        async_to_sync(layer.group_send)(group_of(deployment_id), {"type": "look.again"})
    except (OSError, RedisError):
        logger.debug("watchers not told", extra={"deployment_id": str(deployment_id)})

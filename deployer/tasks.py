"""Celery doors: take ids, call the executor, queue what follows."""

import logging
from datetime import timedelta
from uuid import UUID

from celery import shared_task
from django.conf import settings
from django.utils import timezone
from kombu.exceptions import OperationalError

from deployer import executor, operating, tidying
from deployer.domain.cloud import CloudError
from deployer.services import clouds

logger = logging.getLogger(__name__)


@shared_task(acks_late=True)
def take_turn(deployment_id: str, turn: int) -> None:
    """Take one turn of a deployment and queue the next. Safe to deliver twice, or late."""
    following = executor.advance(UUID(deployment_id), turn)
    if following is not None:
        queue_turn(following.deployment_id, following.number, delay_seconds=following.delay_seconds)


@shared_task
def sweep_deployments() -> None:
    """Queue the turns that nobody took: their message was lost, or their worker died."""
    for deployment_id, turn in executor.quiet_turns():
        queue_turn(deployment_id, turn)
    for deployment_id in tidying.unsure_and_over(timezone.now()):
        tidy_late.delay(str(deployment_id))


@shared_task(ignore_result=True)
def tidy_late(deployment_id: str) -> None:
    """Look once more for what an interrupted call left. A cloud that does not answer is asked again."""
    try:
        tidying.tidy_late(UUID(deployment_id), timezone.now())
    except CloudError as error:
        logger.info("not tidied yet", extra={"deployment_id": deployment_id, "error": error.words})


@shared_task
def refresh_clouds() -> None:
    """Read again what clouds have to offer, those that nobody looked at for longest first."""
    if settings.CLOUD_REFRESH_HOURS:
        clouds.refresh_clouds(older_than=timedelta(hours=settings.CLOUD_REFRESH_HOURS))


def queue_turn(deployment_id: UUID, turn: int, *, delay_seconds: float = 0.0) -> None:
    """Without a queue nothing is lost: the sweep queues it once there is one."""
    try:
        take_turn.apply_async((str(deployment_id), turn), countdown=delay_seconds, retry=False)
    except (OperationalError, OSError):
        logger.info("turn not queued", extra={"deployment_id": str(deployment_id), "turn": turn})


@shared_task(acks_late=True)
def take_operation_turn(operation_id: str, turn: int) -> None:
    """Take one turn of an operation and queue the next. Safe to deliver twice, or late."""
    following = operating.advance(UUID(operation_id), turn)
    if following is not None:
        queue_operation(UUID(operation_id), following.number, delay_seconds=following.delay_seconds)


@shared_task
def sweep_operations() -> None:
    for operation_id, turn in operating.quiet_turns():
        queue_operation(operation_id, turn)


@shared_task
def tend_stays() -> None:
    """Each minute: off-hours, ends, and the looks for drift that are due. One failing stops no other."""
    from deployer.services import stays

    now = timezone.now()
    stays.keep_stays(now)
    for tend in (stays.act_on_schedules, stays.act_on_ends):
        try:
            tend(now)
        except Exception:
            logger.exception("stays not tended")
    for stay_id in stays.checks_due(now):
        check_stay.delay(str(stay_id))


@shared_task
def check_stay(stay_id: str) -> None:
    from deployer.services import stays

    stays.check_stay(UUID(stay_id), timezone.now())


def queue_operation(operation_id: UUID, turn: int, *, delay_seconds: float = 0.0) -> None:
    """Without a queue nothing is lost: the sweep queues it once there is one."""
    try:
        take_operation_turn.apply_async((str(operation_id), turn), countdown=delay_seconds, retry=False)
    except (OperationalError, OSError):
        logger.info("operation not queued", extra={"operation_id": str(operation_id), "turn": turn})

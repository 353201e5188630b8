"""Celery doors: take ids, call one service, queue what follows."""

import logging

from celery import shared_task
from kombu.exceptions import OperationalError

from estimator.models import ImpactReport
from estimator.services import impact, printing

logger = logging.getLogger(__name__)


@shared_task(acks_late=True)
def take_impact_turn(report_id: int) -> None:
    """Look at the next designs of a report and queue the turn after. Safe to deliver twice, or late."""
    report = ImpactReport.objects.filter(pk=report_id, is_done=False).first()
    if report is not None and impact.take_turn(report):
        queue_impact_turn(report_id)


def queue_impact_turn(report_id: int) -> None:
    """Without a queue nothing is lost: whoever asks for the report again queues it."""
    try:
        take_impact_turn.apply_async((report_id,), retry=False)
    except (OperationalError, OSError):
        logger.info("impact turn not queued", extra={"report_id": report_id})


@shared_task(acks_late=True)
def make_proposal_file(file_id: int) -> None:
    """Safe to deliver twice, or late: a file is made by whoever claims it."""
    printing.make_file(file_id)


def queue_proposal_file(file_id: int) -> None:
    """Without a queue nothing is lost: whoever wants the file makes it, and a screen offers to try again."""
    try:
        make_proposal_file.apply_async((file_id,), retry=False)
    except (OperationalError, OSError):
        logger.info("proposal file not queued", extra={"file_id": file_id})

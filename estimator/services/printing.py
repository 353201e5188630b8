"""A version's documents: asked for, made by a worker, kept. What is not there yet is made on the spot."""

import logging
from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from estimator.documents.files import DOCUMENT, PDF, WORKBOOK, Edition, proposal_file
from estimator.models import ProposalFile, ProposalVersion

logger = logging.getLogger(__name__)

State = ProposalFile.State
GONE_QUIET = timedelta(minutes=2)  # making takes seconds; after that nobody is at it
WAITS_TOO_LONG = timedelta(seconds=15)
NOT_MADE = "It could not be made. Try again; if it stays, the server's log says why."
NOBODY_AT_IT = (
    "No worker has taken it: none is running, all are busy, or the queue does not answer. Fetch the file, "
    "and it is made at once. Whoever runs Stackdraft finds how to start a worker in docs/operating.md."
)


def edition_of(version: ProposalVersion) -> Edition:
    return Edition(version.customer, version.pictures, version.number, version.changes())


def ask_for_files(version: ProposalVersion) -> list[ProposalFile]:
    """All that a customer fetches. What is ready stays; what waits, failed or went quiet is queued again."""
    for ending, paper in ((PDF, version.customer["paper"]), (WORKBOOK, ""), (DOCUMENT, "")):
        ProposalFile.objects.get_or_create(version=version, ending=ending, paper=paper)
    files = ProposalFile.objects.filter(version=version).defer("content")
    idle = Q(state__in=[State.FAILED, State.WAITING])
    quiet = Q(state=State.MAKING, changed_at__lt=timezone.now() - GONE_QUIET)
    files.filter(idle | quiet).update(state=State.WAITING, detail="", changed_at=timezone.now())
    waiting = list(files.filter(state=State.WAITING))
    transaction.on_commit(lambda: _queue(waiting))
    return list(files)


def trouble_with(file: ProposalFile) -> str:
    """Why it failed, or that nobody is at it; empty while all is well."""
    patience = {State.WAITING: WAITS_TOO_LONG, State.MAKING: GONE_QUIET}.get(State(file.state))
    if patience is not None and file.changed_at < timezone.now() - patience:
        return NOBODY_AT_IT
    return file.detail


def make_file(file_id: int) -> None:
    """Makes what waits, once, whoever else tries. A failure is kept for people, and logged."""
    claimed = ProposalFile.objects.filter(id=file_id, state=State.WAITING).update(
        state=State.MAKING, changed_at=timezone.now()
    )
    if not claimed:
        return
    file = ProposalFile.objects.select_related("version__changed_since").get(id=file_id)
    try:
        content = proposal_file(edition_of(file.version), file.ending, paper=file.paper)
    except Exception:
        logger.exception("proposal file not made", extra={"file_id": file_id})
        _keep(file, state=State.FAILED, detail=NOT_MADE)
    else:
        _keep(file, state=State.READY, content=content)


def file_content(version: ProposalVersion, ending: str, *, paper: str = "") -> bytes:
    """The kept bytes; made now where there are none, also while somebody else is making them."""
    paper = (paper or version.customer["paper"]) if ending == PDF else ""
    file, _ = ProposalFile.objects.get_or_create(version=version, ending=ending, paper=paper)
    if file.content is not None:
        return bytes(file.content)
    _keep(file, state=State.READY, content=proposal_file(edition_of(version), ending, paper=paper))
    kept = ProposalFile.objects.get(id=file.id).content
    assert kept is not None
    return bytes(kept)


def _keep(file: ProposalFile, *, state: str, detail: str = "", content: bytes | None = None) -> None:
    """What is ready is never replaced, so that nobody gets other bytes than the one before."""
    open_ones = ProposalFile.objects.filter(id=file.id).exclude(state=State.READY)
    open_ones.update(state=state, detail=detail, content=content, changed_at=timezone.now())


def _queue(files: Sequence[ProposalFile]) -> None:
    from estimator.tasks import queue_proposal_file  # the task's door calls this module

    for file in files:
        queue_proposal_file(file.id)

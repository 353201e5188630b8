"""Carries an operation forward, one short turn at a time, with the same claim and lease as a deployment.

It waits for a deployment of the design that runs there. Kill it at any moment: the next turn looks at what
the cloud says before it asks again.
"""

import logging
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from deployer import accounts, executor, selectors
from deployer.domain.cloud import CloudError, Live, LiveStatus, NotFound
from deployer.domain.operations import (
    LEFT_AS,
    PATIENCE_SECONDS,
    POWER_VERBS,
    Move,
    OperationStatus,
    Verb,
    next_move,
)
from deployer.domain.retries import decide_retry, look_again_after
from deployer.events import look_again_on_commit, tell
from deployer.models import Deployment, DeploymentEvent, Operation, Resource, Snapshot
from deployer.recording import Clock

logger = logging.getLogger(__name__)

WAIT_FOR_DEPLOYMENT_SECONDS = 5.0
_DONE = {
    Verb.STOP: "is stopped",
    Verb.START: "is running",
    Verb.REBOOT: "was rebooted",
    Verb.HARD_REBOOT: "was rebooted the hard way",
    Verb.SNAPSHOT: "has a snapshot",
}


@dataclass(frozen=True)
class NextTurn:
    number: int
    delay_seconds: float


def advance(operation_id: UUID, turn: int, *, clock: Clock = timezone.now) -> NextTurn | None:
    """Take the numbered turn. None when it is not ours to take, or all is over. Safe to call any time."""
    if not Operation.objects.claim_turn(operation_id, turn, clock(), executor.lease()):
        return None
    operation = Operation.objects.select_related("design", "cloud").get(id=operation_id)
    return _Turn(operation, turn + 1, clock).take()


def quiet_turns(*, clock: Clock = timezone.now) -> list[tuple[UUID, int]]:
    return list(Operation.objects.gone_quiet(clock(), executor.GRACE).values_list("id", "turn"))


class _Turn:
    def __init__(self, operation: Operation, token: int, clock: Clock) -> None:
        self._operation = operation
        self._token = token
        self._clock = clock

    def take(self) -> NextTurn | None:
        operation = self._operation
        running = Deployment.objects.active().filter(design=operation.design, cloud=operation.cloud)
        if not operation.tried and running.exists():
            return self._pause(WAIT_FOR_DEPLOYMENT_SECONDS)
        try:
            if operation.verb == Verb.SNAPSHOT:
                return self._snapshot()
            return self._power()
        except CloudError as error:
            return self._refused(error)

    # --- What it does ---------------------------------------------------------------------------------

    def _power(self) -> NextTurn | None:
        operation, verb = self._operation, Verb(self._operation.verb)
        cloud = accounts.open_account(operation.cloud, operation.region)
        since = operation.started_at if operation.tried else None
        move, why = next_move(verb, cloud.look_at(operation.target_id, verb, since))
        if move == Move.REFUSE:
            return self._failed(why, "refused")
        if move == Move.ASK:
            if not self._begin():
                return None
            cloud.ask(operation.target_id, verb)
            return self._look_later()
        if move == Move.WAIT:
            if operation.status == OperationStatus.QUEUED and not self._begin(tried=False):
                return None
            return self._look_later()
        return self._succeeded()

    def _snapshot(self) -> NextTurn | None:
        operation = self._operation
        cloud = accounts.open_account(operation.cloud, operation.region)
        mark = str(operation.id)
        live: Live | None = None
        if operation.made_id:
            live = cloud.get_snapshot(operation.kind, operation.made_id)
        elif operation.tried:
            live = cloud.find_snapshot(operation.kind, mark)
        if live is None:
            if not self._begin():
                return None
            name = f"{operation.label} {self._clock():%Y-%m-%d %H:%M}"
            live = cloud.snapshot(operation.kind, operation.target_id, name, mark)
        if live.status == LiveStatus.FAILED:
            return self._failed(live.detail, "failed_in_cloud")
        if live.status == LiveStatus.WORKING:
            return self._look_later(made_id=live.cloud_id)
        return self._succeeded(live)

    # --- What it writes down --------------------------------------------------------------------------

    def _begin(self, *, tried: bool = True) -> bool:
        """Before the cloud is asked. From here on a server counts as left that way on purpose."""
        operation, now = self._operation, self._clock()
        with transaction.atomic():
            written = self._write(
                status=OperationStatus.RUNNING,
                tried=tried or operation.tried,
                attempt=operation.attempt + int(tried),
                started_at=operation.started_at or now,
                lease_until=now + executor.lease(),
            )
            if written and tried and operation.verb in POWER_VERBS:
                self._leave_as(LEFT_AS[Verb(operation.verb)])
        return written

    def _look_later(self, **changes: object) -> NextTurn | None:
        operation = self._operation
        age = (self._clock() - operation.started_at).total_seconds() if operation.started_at else 0.0
        if age > PATIENCE_SECONDS:
            minutes = PATIENCE_SECONDS // 60
            return self._failed(f"The cloud has not finished it after {minutes} minutes.", "timed_out")
        return self._pause(look_again_after(age), **changes)

    def _refused(self, error: CloudError) -> NextTurn | None:
        retry = None if isinstance(error, NotFound) else decide_retry(error, max(1, self._operation.attempt))
        if retry is None:
            return self._failed(error.words, error.code)
        changes = {"error": error.words, "error_code": error.code}
        if retry.counts and not self._operation.tried:
            changes["attempt"] = self._operation.attempt + 1  # type: ignore[assignment]
        return self._pause(retry.delay_seconds, **changes)

    def _succeeded(self, made: Live | None = None) -> NextTurn | None:
        operation, now = self._operation, self._clock()
        with transaction.atomic():
            if not self._end(OperationStatus.SUCCEEDED, error="", error_code=""):
                return None
            if operation.verb in POWER_VERBS:
                self._leave_as(LEFT_AS[Verb(operation.verb)])
            if made is not None:
                size = made.outputs.get("size_gib")
                Snapshot.objects.create(
                    design=operation.design,
                    account=operation.cloud,
                    operation=operation,
                    key=operation.key,
                    kind=operation.kind,
                    component=operation.component,
                    region=operation.region,
                    name=f"{operation.label} {(operation.started_at or now):%Y-%m-%d %H:%M}",
                    cloud_id=made.cloud_id,
                    size_gib=int(size) if size else None,
                    created_at=now,
                )
            by = " by its schedule" if operation.by_schedule else ""
            self._tell(f"{operation.label} {_DONE[Verb(operation.verb)]}{by}.")
        return None

    def _failed(self, words: str, code: str) -> NextTurn | None:
        operation = self._operation
        with transaction.atomic():
            if not self._end(OperationStatus.FAILED, error=words, error_code=code):
                return None
            if operation.verb in POWER_VERBS and operation.tried:  # then it counts as it was before
                self._leave_as("running" if operation.verb == Verb.STOP else "stopped")
            self._tell(
                f"{operation.label}: {operation.verb.replace('_', ' ')} failed. {words}",
                DeploymentEvent.Level.ERROR,
            )
        return None

    def _end(self, status: OperationStatus, **changes: object) -> bool:
        return self._write(status=status, finished_at=self._clock(), lease_until=None, **changes)

    def _pause(self, delay_seconds: float, **changes: object) -> NextTurn | None:
        due = self._clock() + timedelta(seconds=delay_seconds)
        if not self._write(lease_until=None, next_turn_at=due, **changes):
            return None
        return NextTurn(self._token, delay_seconds)

    def _write(self, **changes: object) -> bool:
        """False when another worker took over: this one was given up for dead, and writes nothing more."""
        mine = Operation.objects.filter(id=self._operation.id, turn=self._token)
        if not mine.update(**changes):
            logger.warning("operation fenced off", extra={"operation_id": str(self._operation.id)})
            return False
        self._operation.refresh_from_db()
        return True

    def _leave_as(self, power: str) -> None:
        operation = self._operation
        rows = Resource.objects.filter(design=operation.design, account=operation.cloud, key=operation.key)
        rows.update(power="stopped" if power == "stopped" else "")

    def _tell(self, text: str, level: DeploymentEvent.Level = DeploymentEvent.Level.INFO) -> None:
        operation = self._operation
        standing = selectors.find_standing(operation.design, operation.cloud)
        if standing is not None:
            tell(standing, text, at=self._clock(), key=operation.key, level=level)
            look_again_on_commit(standing.id)

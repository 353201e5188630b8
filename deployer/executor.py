"""Carries a deployment forward, one short turn at a time.

A turn starts every run whose needs are met, looks at those under way, records what it learns, and says
when the next turn is due. It never waits for the cloud to finish something. Turns are numbered and claimed,
so that of two workers one wins; and every write first renews the claim, so that a worker that was given up
for dead can write nothing more. Nothing that a turn needs is in memory only: kill it and the next turn,
anywhere, goes on from the records.
"""

import logging
import time
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from deployer import selectors
from deployer.accounts import Accounts
from deployer.domain import calls
from deployer.domain.calls import Answer, Call
from deployer.domain.resolving import OutputMissing
from deployer.domain.states import DeploymentStatus, Work, choose_work, next_due, outcome
from deployer.errors import DeploymentNotFound
from deployer.events import look_again_on_commit
from deployer.models import Deployment, Resource, StepRun
from deployer.ordering import Orders
from deployer.recording import Clock, Recorder
from deployer.residue import read_residue

logger = logging.getLogger(__name__)

CALLS_AT_ONCE = 8
HEARTBEAT_SECONDS = 5.0
# A turn of a large deployment ends after this long, well before a worker's time limit.
MOST_SECONDS = 60.0
# How long after its time a turn counts as lost.
GRACE = timedelta(seconds=5)


class FencedOff(Exception):
    """Another worker has taken over, because this one seemed dead. It must not write any more."""


@dataclass(frozen=True)
class NextTurn:
    number: int
    delay_seconds: float


def lease() -> timedelta:
    return timedelta(seconds=settings.DEPLOYMENT_LEASE_SECONDS)


def advance(deployment_id: UUID, turn: int, *, clock: Clock = timezone.now) -> NextTurn | None:
    """Take the numbered turn. None when it is not ours to take, or nothing is left to do.

    Safe to call any number of times, from anywhere.
    """
    if not Deployment.objects.claim_turn(deployment_id, turn, clock(), lease()):
        return None
    deployment = Deployment.objects.select_related("plan", "cloud", "design").get(id=deployment_id)
    try:
        return _Turn(deployment, turn + 1, clock).take()
    except FencedOff:
        logger.warning("turn fenced off", extra={"deployment_id": str(deployment_id), "turn": turn})
        return None


def quiet_turns(*, clock: Clock = timezone.now) -> list[tuple[UUID, int]]:
    """Turns that nobody took in time: their message was lost, or their worker."""
    return list(Deployment.objects.gone_quiet(clock(), GRACE).values_list("id", "turn"))


def current_turn(deployment_id: UUID) -> int | None:
    """The number of the turn to take next. None when the deployment is over. Raises: DeploymentNotFound."""
    deployment = Deployment.objects.filter(id=deployment_id).first()
    if deployment is None:
        raise DeploymentNotFound
    return None if deployment.is_over else deployment.turn


class _Turn:
    """One claimed turn. `token` is the turn's number after the claim."""

    def __init__(self, deployment: Deployment, token: int, clock: Clock) -> None:
        self._deployment = deployment
        self._token = token
        self._clock = clock
        self._enough_at = time.monotonic() + MOST_SECONDS
        self._runs = {run.name: run for run in deployment.runs.select_related("step")}
        self._record = Recorder(deployment, self._runs, clock)
        rows = Resource.objects.filter(design=deployment.design, account=deployment.cloud)
        self._orders = Orders(deployment, self._runs, {row.key: row for row in rows})

    def take(self) -> NextTurn | None:
        self._begin()
        design, cloud = self._deployment.design, self._deployment.cloud
        accounts = Accounts(cloud, selectors.regions_of(design, cloud))
        under_way: dict[Future[Answer], str] = {}
        with ThreadPoolExecutor(max_workers=CALLS_AT_ONCE, thread_name_prefix="cloud-call") as pool:
            while True:
                work = self._choose(frozenset(under_way.values()))
                for name, call in self._prepare(work, accounts):
                    under_way[pool.submit(calls.answered, call)] = name
                if not under_way:
                    if work.decides_something:
                        continue  # what stands on a skipped or failed run can be decided too
                    return self._end(accounts)
                done, _ = wait(under_way, timeout=HEARTBEAT_SECONDS, return_when=FIRST_COMPLETED)
                if not done:
                    self._hold()
                    continue
                with self._fenced():
                    for answer in done:
                        self._take_in(self._runs[under_way.pop(answer)], answer.result())

    def _begin(self) -> None:
        with self._fenced():
            queued = Deployment.objects.filter(id=self._deployment.id, status=DeploymentStatus.QUEUED)
            queued.update(status=DeploymentStatus.RUNNING, started_at=self._clock())

    def _choose(self, in_flight: frozenset[str]) -> Work:
        if self._is_long_enough:
            return Work()  # the next turn goes on at once
        self._deployment.refresh_from_db(fields=["status"])  # somebody may have cancelled
        return choose_work(
            list(self._runs.values()), self._clock(), in_flight=in_flight, cancelling=self._is_cancelling
        )

    def _prepare(self, work: Work, accounts: Accounts) -> Iterator[tuple[str, Call]]:
        """Record that calls are about to be made, in one write, then hand them out."""
        prepared: list[tuple[str, Call]] = []
        if not work.decides_something and not work.ready:
            return iter(prepared)
        with self._fenced():
            for name in work.skip:
                self._record.skipped(self._runs[name])
            for name in work.cancel:
                self._record.cancelled(self._runs[name])
            for name in work.ready:
                self._record.ready(self._runs[name])
            for name in (*work.look, *work.start):
                run = self._runs[name]
                try:
                    call = self._orders.call_for(run, accounts.at(run.region), only_find=self._is_cancelling)
                except OutputMissing as missing:
                    self._record.failed(run, str(missing), "output_missing")
                    continue
                if name in work.start:
                    self._record.started(run)
                prepared.append((name, call))
        return iter(prepared)

    def _take_in(self, run: StepRun, answer: Answer) -> None:
        if answer.error is not None:
            self._record.refused(run, answer.error)
        elif run.action == "delete":
            if answer.live is None:
                self._record.removed(run)
                self._orders.forget(run.key)
            else:
                self._record.working(run)
        elif answer.live is None:
            self._record.cancelled(run)
        else:
            for row in self._record.standing(run, answer.live):
                self._orders.learn(row)

    def _end(self, accounts: Accounts) -> NextTurn | None:
        """Nothing more can be done right now: either all is over, or something is awaited."""
        ended = outcome(self._runs.values(), cancelling=self._is_cancelling)
        if ended is None:
            due = None if self._is_long_enough else next_due(self._runs.values())
            due = due or self._clock()
            return self._pause(max(0.0, (due - self._clock()).total_seconds()))
        if self._shall_roll_back(ended):
            with self._fenced():
                self._record.roll_back()
            return self._pause(0.0)
        self._finish(ended, accounts)
        return None

    def _pause(self, delay_seconds: float) -> NextTurn:
        due = self._clock() + timedelta(seconds=delay_seconds)
        left = Deployment.objects.filter(id=self._deployment.id, turn=self._token)
        if not left.update(lease_until=None, next_turn_at=due):
            raise FencedOff
        return NextTurn(self._token, delay_seconds)

    def _shall_roll_back(self, ended: DeploymentStatus) -> bool:
        deployment = self._deployment
        wanted = deployment.on_failure == Deployment.OnFailure.ROLL_BACK and not deployment.rolled_back
        return wanted and ended == DeploymentStatus.FAILED and deployment.plan.intent == "deploy"

    def _finish(self, ended: DeploymentStatus, accounts: Accounts) -> None:
        residue = read_residue(self._deployment, accounts, self._clock()) if self._is_destroy else None
        with self._fenced():
            deployment = self._deployment
            deployment.status, deployment.finished_at = ended, self._clock()
            deployment.residue, deployment.lease_until = residue, None
            deployment.save(update_fields=["status", "finished_at", "residue", "lease_until"])
            self._record.ended(ended)

    @property
    def _is_long_enough(self) -> bool:
        return time.monotonic() > self._enough_at

    @property
    def _is_cancelling(self) -> bool:
        return self._deployment.status == DeploymentStatus.CANCELLING

    @property
    def _is_destroy(self) -> bool:
        return self._deployment.plan.intent == "destroy"

    @contextmanager
    def _fenced(self) -> Iterator[None]:
        """One transaction that begins by renewing the lease, and ends by letting the watchers look.

        Raises: FencedOff.
        """
        with transaction.atomic():
            self._hold()
            yield
            look_again_on_commit(self._deployment.id)

    def _hold(self) -> None:
        if not Deployment.objects.hold(self._deployment.id, self._token, self._clock() + lease()):
            raise FencedOff

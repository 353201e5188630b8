"""Carries a deployment forward, one short turn at a time.

A turn starts every run whose needs are met, looks at those under way, records what it learns, and says
when the next turn is due. It never waits for the cloud to finish something. Turns are numbered and claimed,
so that of two workers one wins; and every write first renews the claim, so that a worker that was given up
for dead can write nothing more. Nothing that a turn needs is in memory only: kill it and the next turn,
anywhere, goes on from the records.
"""

import logging
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, InterfaceError, OperationalError, close_old_connections, connection
from django.utils import timezone

from deployer import admission, clearing, selectors, tidying
from deployer.accounts import Accounts
from deployer.domain import calls
from deployer.domain.calls import Answer, Calls
from deployer.domain.cloud import Busy, Order
from deployer.domain.kinds import LOOKED_AT_TOGETHER, MADE_TOGETHER
from deployer.domain.plan import Action
from deployer.domain.resolving import OutputMissing
from deployer.domain.retries import LONGEST_DELAY_SECONDS
from deployer.domain.sharing import shared_room
from deployer.domain.states import DeploymentStatus, RunStatus, Work, choose_work, next_due, outcome
from deployer.domain.urgency import most_urgent_first
from deployer.errors import DeploymentNotFound
from deployer.leasing import Clock, FencedOff, Hold, heartbeat_seconds, lease, steady_seconds
from deployer.models import Deployment, Resource, StepRun
from deployer.ordering import Orders
from deployer.recording import Recorder
from deployer.residue import kept_snapshots, read_residue
from deployer.rolling_back import roll_back

logger = logging.getLogger(__name__)

CALLS_AT_ONCE = 16
# After this long a turn starts nothing more while another deployment waits for a worker: none starves.
# Alone, it goes on to half of what a worker may take for a task.
MOST_SECONDS = 5.0
# How often room is looked for at a service that other deployments fill.
ROOM_SECONDS = 1.0
# How long after its time a turn counts as lost.
GRACE = timedelta(seconds=5)
DATABASE_AGAIN_SECONDS = 1.0

Prepared = list[tuple[tuple[str, ...], Calls]]  # names of runs, and the call that answers each of them


@dataclass(frozen=True)
class NextTurn:
    """Of the same deployment; or, when that is over, of the one that waited for it."""

    deployment_id: UUID
    number: int
    delay_seconds: float


def advance(deployment_id: UUID, turn: int, *, clock: Clock = timezone.now) -> NextTurn | None:
    """Take the numbered turn. None when it is not ours to take, or nothing is left to do.

    Safe to call any number of times, from anywhere.
    """
    if not Deployment.objects.claim_turn(deployment_id, turn, clock(), lease()):
        return None
    hold = Hold(deployment_id, turn + 1, clock)
    try:
        return _take(hold, clock)
    except FencedOff:
        logger.warning("turn fenced off", extra={"deployment_id": str(deployment_id), "turn": turn})
        tidying.become_unsure(deployment_id, clock())
        return None
    except (OperationalError, InterfaceError) as error:
        # Locked, out of reach, or it chose us to give way. What the cloud answered meanwhile is found again.
        logger.warning("turn given up: %s", error, extra={"deployment_id": str(deployment_id)})
        if not connection.in_atomic_block:  # else it belongs to whoever began the transaction
            close_old_connections()
        return _try_again(hold, clock)


def quiet_turns(*, clock: Clock = timezone.now) -> list[tuple[UUID, int]]:
    """Turns that nobody took in time: their message was lost, or their worker."""
    quiet = Deployment.objects.gone_quiet(clock(), GRACE, lease())
    return list(quiet.values_list("id", "turn"))


def current_turn(deployment_id: UUID) -> int | None:
    """The number of the turn to take next. None when the deployment is over. Raises: DeploymentNotFound."""
    deployment = Deployment.objects.filter(id=deployment_id).first()
    if deployment is None:
        raise DeploymentNotFound
    return None if deployment.is_over else deployment.turn


def _take(hold: Hold, clock: Clock) -> NextTurn | None:
    deployment = Deployment.objects.select_related("plan", "cloud", "design").get(id=hold.deployment_id)
    accounts = Accounts(deployment.cloud, selectors.regions_of(deployment.design, deployment.cloud))
    if deployment.status == DeploymentStatus.QUEUED and deployment.waited:
        try:
            if not admission.admit(deployment, accounts, hold, clock):
                return after(deployment)
        except admission.NotYet:
            return _pause(hold, admission.ASK_AGAIN_SECONDS, clock)
    return _Turn(deployment, accounts, hold, clock).take()


def _pause(hold: Hold, delay_seconds: float, clock: Clock) -> NextTurn:
    due = clock() + timedelta(seconds=delay_seconds)
    left = Deployment.objects.filter(id=hold.deployment_id, turn=hold.token)
    if not left.update(lease_until=None, next_turn_at=due):
        raise FencedOff
    return NextTurn(hold.deployment_id, hold.token, delay_seconds)


def _try_again(hold: Hold, clock: Clock) -> NextTurn | None:
    """Without a database not even that is written down: then the lease runs out, and the sweep finds it."""
    try:
        return _pause(hold, DATABASE_AGAIN_SECONDS, clock)
    except (FencedOff, OperationalError, InterfaceError):
        return None


def after(deployment: Deployment) -> NextTurn | None:
    """The first turn of the deployment that waited for this one."""
    same = Deployment.objects.filter(design=deployment.design_id, cloud=deployment.cloud_id)
    following = same.whose_turn_it_is().filter(status=DeploymentStatus.QUEUED).first()
    return NextTurn(following.id, following.turn, 0.0) if following else None


class _Turn:
    """One claimed turn of a deployment that is at work."""

    def __init__(self, deployment: Deployment, accounts: Accounts, hold: Hold, clock: Clock) -> None:
        self._deployment = deployment
        self._accounts = accounts
        self._held = hold
        self._clock = clock
        self._began = steady_seconds()
        self._enough_at = self._began + MOST_SECONDS
        self._hands_over = False
        self._no_longer_made: set[str] = set()  # what became of these has to be asked alone
        runs = most_urgent_first(deployment.runs.select_related("step"))
        self._runs = {run.name: run for run in runs}
        self._record = Recorder(deployment, self._runs, clock)
        rows = Resource.objects.filter(design=deployment.design, account=deployment.cloud)
        self._orders = Orders(deployment, self._runs, {row.key: row for row in rows})

    def take(self) -> NextTurn | None:
        if not self._begin():
            return _pause(self._held, ROOM_SECONDS, self._clock)
        self._deployment.refresh_from_db(fields=["status", "started_at"])
        if not clearing.has_cleared(self._deployment, self._accounts, self._held, self._clock):
            return _pause(self._held, clearing.LOOK_AGAIN_SECONDS, self._clock)
        under_way: dict[Future[list[Answer]], tuple[str, ...]] = {}
        with ThreadPoolExecutor(max_workers=CALLS_AT_ONCE, thread_name_prefix="cloud-call") as pool:
            while True:
                in_flight = frozenset(name for names in under_way.values() for name in names)
                work, prepared = self._prepare(self._choose(in_flight), in_flight)
                for names, call in prepared:
                    under_way[pool.submit(self._answered, call, len(names))] = names
                if not under_way:
                    if work.decides_something:
                        continue  # what stands on a skipped or failed run can be decided too
                    return self._end()
                done, _ = wait(under_way, timeout=self._next_look(in_flight), return_when=FIRST_COMPLETED)
                if not done:
                    self._held.keep()
                    continue
                with self._held.writing():
                    for future in done:
                        for name, answer in zip(under_way.pop(future), future.result(), strict=True):
                            self._take_in(self._runs[name], answer)

    def _next_look(self, in_flight: frozenset[str]) -> float:
        """Seconds until something is due that is not being asked about: a slow call holds up no look."""
        due = next_due(run for run in self._runs.values() if run.name not in in_flight)
        if due is None or self._hands_over:
            return heartbeat_seconds()
        delay = (due - self._clock()).total_seconds()
        return min(max(0.05, delay), heartbeat_seconds())

    def _begin(self) -> bool:
        """False when another deployment of the design is at work after all."""
        deployment = self._deployment
        try:
            with self._held.writing():
                queued = Deployment.objects.filter(id=deployment.id, status=DeploymentStatus.QUEUED)
                queued.update(status=DeploymentStatus.RUNNING, started_at=self._clock())
                if self._record.was_interrupted():
                    tidying.become_unsure(deployment.id, self._clock())
        except IntegrityError:
            Deployment.objects.filter(id=deployment.id).update(waited=True)
            return False
        return True

    def _answered(self, call: Calls, count: int) -> list[Answer]:
        """In a thread. One that stood still longer than the lease asks nothing: another may have asked."""
        if not self._held.is_fresh():
            return [Answer(error=Busy("The worker stood still for a while."))] * count
        return calls.answered_together(call, count)

    def _choose(self, in_flight: frozenset[str]) -> Work:
        if self._is_long_enough():
            return Work()  # the next turn goes on at once
        # Somebody may have cancelled, or want it rolled back now.
        self._deployment.refresh_from_db(fields=["status", "on_failure"])
        return self._work(in_flight)

    def _work(self, in_flight: frozenset[str], room: dict[str, int] | None = None) -> Work:
        runs = list(self._runs.values())
        return choose_work(
            runs,
            self._clock(),
            in_flight=in_flight,
            cancelling=self._is_cancelling,
            met=self._orders.needs_met_early(),
            room=room,
        )

    def _prepare(self, work: Work, in_flight: frozenset[str]) -> tuple[Work, Prepared]:
        """Record that calls are about to be made, in one write, then hand them out."""
        prepared: Prepared = []
        if not work.decides_something and not work.ready:
            return work, prepared
        with self._held.writing():
            if work.start:
                work = self._work(in_flight, self._room())
            for name in work.skip:
                self._record.skipped(self._runs[name])
            for name in work.cancel:
                self._record.cancelled(self._runs[name])
            for name in work.ready:
                self._record.ready(self._runs[name])
            prepared = self._calls_for(work)
        return work, prepared

    def _calls_for(self, work: Work) -> Prepared:
        """One call a run; but what can be made together, and was never tried, goes in one, as do looks."""
        prepared = self._looks_together(work.look)
        looked_at = {name for names, _ in prepared for name in names}
        together: dict[tuple[str, str, str], list[tuple[str, Order]]] = {}
        for name in (*work.look, *work.start):
            if name in looked_at:
                continue
            run = self._runs[name]
            try:
                if self._goes_together(run):
                    order = self._orders.order_of(run)
                    within = str(order.spec.get(MADE_TOGETHER[run.kind] or "", ""))
                    together.setdefault((run.region, run.kind, within), []).append((name, order))
                else:
                    cloud = self._accounts.at(run.region)
                    call = self._orders.call_for(run, cloud, only_find=self._is_cancelling)
                    prepared.append(((name,), partial(calls.alone, call)))
            except OutputMissing as missing:
                self._record.failed(run, str(missing), "output_missing")
                continue
            if name in work.start:
                self._record.started(run)
        for (region, _, _), ordered in together.items():
            names, orders = zip(*ordered, strict=True)
            prepared.append((names, partial(calls.make_together, self._accounts.at(region), orders)))
        return prepared

    def _looks_together(self, names: tuple[str, ...]) -> Prepared:
        """Several that are still being made are asked about at once; the others, and one alone, as ever."""
        asked: dict[tuple[str, str], list[StepRun]] = {}
        for run in (self._runs[name] for name in names):
            if run.kind in LOOKED_AT_TOGETHER and run.action == Action.CREATE and run.cloud_id:
                if run.name in self._no_longer_made:
                    self._no_longer_made.remove(run.name)
                else:
                    asked.setdefault((run.region, run.kind), []).append(run)
        prepared: Prepared = []
        for (region, kind), runs in asked.items():
            if len(runs) > 1:
                ids = [run.cloud_id for run in runs]
                call = partial(calls.look_together, self._accounts.at(region), kind, ids)
                prepared.append((tuple(run.name for run in runs), call))
        return prepared

    def _goes_together(self, run: StepRun) -> bool:
        return (
            run.kind in MADE_TOGETHER
            and run.action == Action.CREATE
            and not run.tried
            and not self._orders.is_in_stack(run)
            and not self._is_cancelling
        )

    def _room(self) -> dict[str, int]:
        """What the other deployments in this cloud leave. One deployment at a time may look and take."""
        return shared_room(self._runs.values(), selectors.claims_beside(self._deployment))

    def _take_in(self, run: StepRun, answer: Answer) -> None:
        if answer.ask_alone:
            self._no_longer_made.add(run.name)  # it is due as before, and asked about at once
        elif answer.error is not None:
            self._record.refused(run, answer.error)
        elif run.action == "delete":
            if answer.live is None:
                for gone in self._record.removed(run):
                    self._orders.forget(gone.key)
            else:
                self._record.working(run)
        elif answer.live is None:
            self._record.cancelled(run)
        else:
            for row in self._record.standing(run, answer.live):
                self._orders.learn(row)

    def _end(self) -> NextTurn | None:
        """Nothing more can be done right now: either all is over, or something is awaited."""
        ended = outcome(self._runs.values())
        if ended is None:
            return _pause(self._held, self._delay(), self._clock)
        if self._shall_roll_back(ended):
            with self._held.writing():
                roll_back(self._deployment, self._runs.values(), self._clock())
            return _pause(self._held, 0.0, self._clock)
        self._finish(ended)
        return after(self._deployment)

    def _delay(self) -> float:
        if self._hands_over:
            return 0.0
        now = self._clock()
        due = [next_due(self._runs.values())]
        if any(run.status == RunStatus.READY for run in self._runs.values()):
            due.append(now + timedelta(seconds=ROOM_SECONDS))
        delay = min(((at - now).total_seconds() for at in due if at), default=0.0)
        return min(max(0.0, delay), LONGEST_DELAY_SECONDS)

    def _shall_roll_back(self, ended: DeploymentStatus) -> bool:
        deployment = self._deployment
        wanted = deployment.on_failure == Deployment.OnFailure.ROLL_BACK and not deployment.rolled_back
        return wanted and ended == DeploymentStatus.FAILED and deployment.plan.intent == "deploy"

    def _finish(self, ended: DeploymentStatus) -> None:
        deployment = self._deployment
        tidying.tidy_if_unsure(deployment, self._accounts, self._held, self._clock)
        residue = self._residue() if self._is_destroy else None
        with self._held.writing():
            deployment.status, deployment.finished_at = ended, self._clock()
            deployment.residue, deployment.lease_until = residue, None
            deployment.save(update_fields=["status", "finished_at", "residue", "lease_until"])
            self._record.ended(ended)

    def _residue(self) -> dict[str, Any]:
        """What is left, after what no record knows has been removed too."""
        tags = selectors.deployment_ids(self._deployment.design, self._deployment.cloud)
        snapshots = kept_snapshots(self._deployment)

        def read() -> dict[str, Any]:
            return read_residue(tags, self._accounts, self._clock(), snapshots=snapshots)

        residue = self._held.meanwhile(read)
        if not residue["left"] or not tidying.tidy(self._deployment, self._accounts, self._held, self._clock):
            return residue
        return self._held.meanwhile(read)

    def _is_long_enough(self) -> bool:
        now = steady_seconds()
        if now > self._enough_at and not self._hands_over:
            self._enough_at = now + MOST_SECONDS
            self._hands_over = (
                now > self._began + settings.CELERY_TASK_TIME_LIMIT / 2
                or Deployment.objects.waiting_for_a_worker(self._clock(), lease()).exists()
            )
        return self._hands_over

    @property
    def _is_cancelling(self) -> bool:
        return self._deployment.status == DeploymentStatus.CANCELLING

    @property
    def _is_destroy(self) -> bool:
        return self._deployment.plan.intent == "destroy"

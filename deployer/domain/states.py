"""The life of a deployment's runs: what may start now, what is over, and what a component looks like."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from deployer.domain.kinds import AT_ONCE, ONE_CALL_AT_A_TIME, facts_of
from deployer.domain.retries import CLOCK_TOLERANCE_SECONDS, LONGEST_DELAY_SECONDS


class RunStatus(StrEnum):
    WAITING = "waiting"  # for what it is built on
    READY = "ready"  # could start, were there room at its service
    RUNNING = "running"  # asked for, or being looked for after an interruption
    RETRYING = "retrying"  # refused for now; `next_try_at` says when it is tried again
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    SKIPPED = "skipped"  # what it is built on failed
    CANCELLED = "cancelled"


class DeploymentStatus(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    CANCELLING = "cancelling"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"


AT_WORK = (DeploymentStatus.RUNNING, DeploymentStatus.CANCELLING)
ACTIVE_DEPLOYMENTS = (DeploymentStatus.QUEUED, *AT_WORK)
OVER = frozenset({RunStatus.SUCCEEDED, RunStatus.FAILED, RunStatus.SKIPPED, RunStatus.CANCELLED})
STOPPED = OVER - {RunStatus.SUCCEEDED}  # what can be tried again
UNDER_WAY = frozenset({RunStatus.RUNNING, RunStatus.RETRYING})


class Run(Protocol):
    """What the decisions below read of a step run."""

    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def needs(self) -> Sequence[str]: ...
    @property
    def next_try_at(self) -> datetime | None: ...


@dataclass(frozen=True)
class Work:
    """What a turn does next, by run names. `ready` could start but for the limit of its service."""

    start: tuple[str, ...] = ()
    look: tuple[str, ...] = ()
    ready: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    cancel: tuple[str, ...] = ()

    @property
    def decides_something(self) -> bool:
        return bool(self.start or self.look or self.skip or self.cancel)


def choose_work(
    runs: Sequence[Run],
    now: datetime,
    *,
    in_flight: frozenset[str] = frozenset(),
    cancelling: bool = False,
    met: Mapping[str, str] | None = None,
    room: Mapping[str, int] | None = None,
) -> Work:
    """Start what can start and look at what is under way and due. Pure: says what, does nothing.

    `in_flight` are runs whose call to the cloud this turn is waiting for. `room` is how many more may be
    under way at each service; without it the deployment has the cloud to itself. `met`: by run, a need that
    counts as met though it is not over.
    """
    met = met or {}
    status = {run.name: run.status for run in runs}
    left = Counter(room if room is not None else room_alone(runs))
    start, look, ready, skip, cancel = [], [], [], [], []
    calling = {run.kind for run in runs if run.name in in_flight} & ONE_CALL_AT_A_TIME
    for run in runs:
        if run.name in in_flight or run.status in OVER:
            continue
        due = is_due(run.next_try_at, now)
        if run.status == RunStatus.RUNNING:
            if due:
                look.append(run.name)
        elif cancelling:
            cancel.append(run.name)
        elif any(status[need] in STOPPED for need in run.needs):
            skip.append(run.name)
        elif due and all(
            status[need] == RunStatus.SUCCEEDED or met.get(run.name) == need for need in run.needs
        ):
            service = facts_of(run.kind).service
            if run.kind in calling:
                continue
            if left[service] > 0:
                left[service] -= 1
                start.append(run.name)
                calling |= {run.kind} & ONE_CALL_AT_A_TIME
            elif run.status != RunStatus.READY:
                ready.append(run.name)
    return Work(tuple(start), tuple(look), tuple(ready), tuple(skip), tuple(cancel))


def room_alone(runs: Iterable[Run]) -> dict[str, int]:
    """What the limits of the services leave, were this the only deployment there."""
    busy = Counter(facts_of(run.kind).service for run in runs if run.status == RunStatus.RUNNING)
    return {service: limit - busy[service] for service, limit in AT_ONCE.items()}


# Later than this nothing is ever put off, whatever the clocks of the workers say.
FARTHEST = timedelta(seconds=LONGEST_DELAY_SECONDS + CLOCK_TOLERANCE_SECONDS)


def is_due(at: datetime | None, now: datetime) -> bool:
    """What seems to be farther away than anything is put off is due: the clock was set back."""
    return at is None or at <= now or at > now + FARTHEST


def next_due(runs: Iterable[Run]) -> datetime | None:
    """When something under way is due again."""
    return min((run.next_try_at for run in runs if run.status in UNDER_WAY and run.next_try_at), default=None)


def outcome(runs: Iterable[Run]) -> DeploymentStatus | None:
    """How the deployment ended, or None while a run is not over."""
    statuses = {run.status for run in runs}
    if statuses - OVER:
        return None
    if RunStatus.FAILED in statuses:
        return DeploymentStatus.FAILED
    if RunStatus.CANCELLED in statuses:
        return DeploymentStatus.CANCELLED
    return DeploymentStatus.SUCCEEDED


class ComponentStatus(StrEnum):
    WAITING = "waiting"
    WORKING = "working"
    RETRYING = "retrying"
    ACTIVE = "active"
    FAILED = "failed"
    DELETING = "deleting"
    GONE = "gone"


@dataclass(frozen=True)
class ComponentState:
    """How far one component on the canvas is: `done` of `total` calls."""

    status: ComponentStatus
    done: int
    total: int
    detail: str = ""


def component_state(runs: Sequence[tuple[str, str, str]], standing: int) -> ComponentState:
    """Read off its runs, as (action, status, error), and how many of its resources stand in the cloud."""
    statuses: Mapping[str, int] = Counter(status for _, status, _ in runs)
    done, total = statuses.get(RunStatus.SUCCEEDED, 0), len(runs)
    if statuses.get(RunStatus.FAILED):
        words = next(error for _, status, error in runs if status == RunStatus.FAILED)
        return ComponentState(ComponentStatus.FAILED, done, total, words)
    if statuses.get(RunStatus.RETRYING):
        words = next(error for _, status, error in runs if status == RunStatus.RETRYING)
        return ComponentState(ComponentStatus.RETRYING, done, total, words)
    if done == total:
        gone = total > 0 and not standing
        return ComponentState(ComponentStatus.GONE if gone else ComponentStatus.ACTIVE, done, total)
    if statuses.get(RunStatus.RUNNING) or done:
        deleting = all(action == "delete" for action, _, _ in runs)
        return ComponentState(ComponentStatus.DELETING if deleting else ComponentStatus.WORKING, done, total)
    if statuses.get(RunStatus.SKIPPED):
        return ComponentState(ComponentStatus.WAITING, done, total, "What it is built on failed.")
    if statuses.get(RunStatus.CANCELLED):
        return ComponentState(ComponentStatus.WAITING, done, total, "Not begun.")
    return ComponentState(ComponentStatus.WAITING, done, total)

"""How deployments that run side by side share the limits of a cloud's services."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from deployer.domain.kinds import AT_ONCE, facts_of
from deployer.domain.states import RunStatus


class Run(Protocol):
    """What is read of a step run."""

    @property
    def kind(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def ready_at(self) -> datetime | None: ...
    @property
    def started_at(self) -> datetime | None: ...


@dataclass(frozen=True)
class Claim:
    """What one deployment has under way at one service, and how much more could start there.

    `waiting_since` is when it last got something there, or else when it first found no room.
    """

    running: int = 0
    waiting: int = 0
    waiting_since: datetime | None = None


def room_for(mine: Claim, others: Iterable[Claim], limit: int) -> int:
    """How many more a deployment may start at a service, so that none starves and no place stays empty.

    Who holds its fair share leaves room for those who wait with less. Of those, whoever has waited longest
    comes first; so even with more deployments than places each gets its turn, however large the others are.
    """
    others = [claim for claim in others if claim.running or claim.waiting]
    free = limit - mine.running - sum(claim.running for claim in others)
    share = max(1, limit // (len(others) + 1))
    kept = sum(
        min(claim.waiting, share - claim.running)
        for claim in others
        if claim.waiting and claim.running < share and (mine.running >= share or _is_before(claim, mine))
    )
    return max(0, free - kept)


def shared_room(runs: Iterable[Run], others: Mapping[str, Sequence[Claim]]) -> dict[str, int]:
    """How many more of these runs may start at each service, beside what others claim there."""
    mine = list(runs)
    return {
        service: room_for(_claim(mine, service), others.get(service, ()), limit)
        for service, limit in AT_ONCE.items()
    }


def _claim(runs: Iterable[Run], service: str) -> Claim:
    here = [run for run in runs if facts_of(run.kind).service == service]
    ready = [run.ready_at for run in here if run.status == RunStatus.READY and run.ready_at]
    served = [run.started_at for run in here if run.started_at]
    return Claim(
        running=sum(run.status == RunStatus.RUNNING for run in here),
        waiting=len(ready),
        waiting_since=waiting_since(min(ready, default=None), max(served, default=None)),
    )


def waiting_since(ready: datetime | None, served: datetime | None) -> datetime | None:
    """Since the later of the two; None when nothing waits."""
    return max(ready, served) if ready and served else ready


def _is_before(other: Claim, mine: Claim) -> bool:
    if other.waiting_since is None or mine.waiting_since is None:
        return other.waiting_since is not None
    return other.waiting_since < mine.waiting_since

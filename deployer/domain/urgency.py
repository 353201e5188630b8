"""Which of the runs that could start comes first: the one that the longest way still hangs on."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol, TypeVar

from deployer.domain.kinds import LOOKED_AT_TOGETHER
from designer.domain import resources as kind

# How long clouds usually take, in rough seconds. What is not named here is there when the call returns.
USUAL_SECONDS: Mapping[str, float] = {
    kind.DATABASE_INSTANCE: 60.0,
    kind.SCALING_GROUP: 30.0,
    kind.LOAD_BALANCER: 20.0,
    kind.SERVER: 10.0,
    kind.IMAGE: 10.0,
    kind.VOLUME: 3.0,
    kind.VOLUME_ATTACHMENT: 3.0,
    kind.ROUTER_INTERFACE: 3.0,
    kind.FILE_SHARE: 5.0,
}
A_CALL_SECONDS = 1.0


def usual_before_looking(resource_kind: str) -> float:
    """How long making one usually takes, where a look before that is wasted: not where one is cheap."""
    return 0.0 if resource_kind in LOOKED_AT_TOGETHER else USUAL_SECONDS.get(resource_kind, 0.0)


class Run(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def needs(self) -> Sequence[str]: ...


AnyRun = TypeVar("AnyRun", bound=Run)


def most_urgent_first(runs: Iterable[AnyRun]) -> list[AnyRun]:
    """Sorted by how long the way is from each run to the end of the deployment; equals keep their order."""
    runs = list(runs)
    ways: dict[str, float] = {}
    behind: dict[str, float] = {}  # the longest way of those that wait for it
    for run in reversed(runs):  # whatever waits for a run stands after it
        way = USUAL_SECONDS.get(run.kind, A_CALL_SECONDS) + behind.get(run.name, 0.0)
        ways[run.name] = way
        for need in run.needs:
            behind[need] = max(behind.get(need, 0.0), way)
    return sorted(runs, key=lambda run: -ways[run.name])

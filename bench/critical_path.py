"""The least that a deployment could take: its calls one after the other on the longest way through them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class TimedRun:
    """One call with what it waits for; `seconds` until what it asked for was there."""

    name: str
    seconds: float
    needs: tuple[str, ...] = ()


def critical_path(runs: Sequence[TimedRun]) -> tuple[float, list[TimedRun]]:
    """Its length, and the runs on it in order. `runs` have what they need before them."""
    ends: dict[str, float] = {}
    before: dict[str, str | None] = {}
    by_name: Mapping[str, TimedRun] = {run.name: run for run in runs}
    for run in runs:
        last = max(run.needs, key=lambda need: ends[need], default=None)
        ends[run.name] = run.seconds + (ends[last] if last else 0.0)
        before[run.name] = last
    if not ends:
        return 0.0, []
    name: str | None = max(ends, key=lambda one: ends[one])
    length = ends[name] if name else 0.0
    way: list[TimedRun] = []
    while name:
        way.append(by_name[name])
        name = before[name]
    return length, way[::-1]

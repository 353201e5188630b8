"""Which region of a cloud takes each drawn one: as said, else where it stands, else by name, else in turn."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from deployer.domain.plan import Recorded
from designer.domain import resources as kind
from designer.domain.resources import ResourceGraph

NOWHERE = ""  # stands in no drawn region


class Because(StrEnum):
    CHOSEN = "chosen"
    STANDING = "standing"
    NAME = "name"
    DEFAULT = "default"
    NONE_LEFT = "none_left"


@dataclass(frozen=True)
class RegionChoice:
    """`drawn` is the design's name, NOWHERE for what stands in none; `region` is the cloud's."""

    drawn: str
    region: str
    because: Because

    def to_json(self) -> dict[str, str]:
        return {"drawn": self.drawn, "region": self.region, "because": self.because.value}


class RegionUnknown(ValueError):
    """A mapping that names a region which the design, or the cloud, does not have."""


def drawn_regions(graph: ResourceGraph) -> list[str]:
    """Those that something stands in that a cloud makes, in the order of their names."""
    return sorted({one.region for one in graph if one.kind not in (kind.EXTERNAL, kind.PASSWORD)})


def choose_regions(
    graph: ResourceGraph,
    offered: Sequence[str],
    recorded: Mapping[str, Recorded],
    said: Mapping[str, str] | None = None,
) -> list[RegionChoice]:
    """One choice for each drawn region. `offered` are the cloud's regions, its default first.

    Two drawn regions share one of the cloud's only when somebody says so: one that finds none of its own
    left is `NONE_LEFT`, and preflight refuses it. Raises: RegionUnknown.
    """
    said = said or {}
    drawn = drawn_regions(graph)
    _refuse_unknown(drawn, offered, said)
    standing = _standing(graph, recorded, offered)
    by_name = {name.casefold(): name for name in reversed(offered)}
    default = offered[0] if offered else ""
    chosen: dict[str, RegionChoice] = {}
    for name in drawn:
        if name in said:
            chosen[name] = RegionChoice(name, said[name], Because.CHOSEN)
        elif name in standing:
            chosen[name] = RegionChoice(name, standing[name], Because.STANDING)
        elif name == NOWHERE:
            chosen[name] = RegionChoice(name, default, Because.DEFAULT)
        elif found := by_name.get(name.casefold()):
            chosen[name] = RegionChoice(name, found, Because.NAME)
    taken = {choice.region for name, choice in chosen.items() if name != NOWHERE}
    for name in drawn:
        if name not in chosen:
            left = next((one for one in offered if one not in taken), None)
            because = Because.NONE_LEFT if left is None else Because.DEFAULT
            chosen[name] = RegionChoice(name, default if left is None else left, because)
            taken.add(chosen[name].region)
    return [chosen[name] for name in drawn]


def in_cloud_regions(graph: ResourceGraph, choices: Iterable[RegionChoice]) -> ResourceGraph:
    """The same graph with the cloud's names in place of the drawn ones; what no cloud makes has none."""
    names = {choice.drawn: choice.region for choice in choices}
    return ResourceGraph(
        {
            key: replace(one, region="" if one.kind == kind.EXTERNAL else names.get(one.region, ""))
            for key, one in graph.resources.items()
        }
    )


def _refuse_unknown(drawn: Sequence[str], offered: Sequence[str], said: Mapping[str, str]) -> None:
    for name, region in said.items():
        if name not in drawn:
            has = ", ".join(one for one in drawn if one) or "no region drawn"
            raise RegionUnknown(f"The design has no region called {name or 'nothing'}, but {has}.")
        if region not in offered:
            raise RegionUnknown(f"The cloud has no region called {region}, but {', '.join(offered)}.")


def _standing(
    graph: ResourceGraph, recorded: Mapping[str, Recorded], offered: Sequence[str]
) -> dict[str, str]:
    """Where most of what is deployed of each drawn region is: things stay where they are."""
    found: dict[str, Counter[str]] = {}
    for one in graph:
        row = recorded.get(one.key)
        if row is not None and row.region in offered and row.kind != kind.PASSWORD:
            found.setdefault(one.region, Counter())[row.region] += 1
    return {drawn: counts.most_common(1)[0][0] for drawn, counts in found.items()}

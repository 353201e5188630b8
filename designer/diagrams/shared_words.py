"""What two lines say alike is said once, on the way that they go together before they part."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from designer.diagrams.arrangement import Route
from designer.diagrams.geometry import Point
from designer.diagrams.scene import Line

_ON_ONE_WAY = 0.5  # pixels that two lines on one track may be apart


@dataclass(frozen=True)
class Company:
    """`speaker` may say the words of `silent` too, on the way that both share."""

    speaker: str
    silent: str
    way: tuple[Point, ...]  # the last point is where they part


def companies(lines: Iterable[Line], routes: Mapping[str, Route]) -> Iterator[Company]:
    """Pairs that say the same and leave one card, or reach one, on one track."""
    together: dict[tuple[str, ...], list[Line]] = {}
    for line in lines:
        together.setdefault(("from", line.start, *line.saying), []).append(line)
        together.setdefault(("to", line.end, *line.saying), []).append(line)
    for (side, *_), group in together.items():
        for one, other in combinations(group, 2):
            if one.both_ways == other.both_ways and one.dashed == other.dashed:
                ways = [routes[line.key].points for line in (one, other)]
                way = shared_way(*(ways if side == "from" else [points[::-1] for points in ways]))
                if len(way) > 1:
                    yield Company(one.key, other.key, way)


def shared_way(one: Sequence[Point], other: Sequence[Point]) -> tuple[Point, ...]:
    """How far two lines run on one track from their beginning on; a single point when they never do."""
    way = [one[0]]
    if not _meet(one[0], other[0]):
        return tuple(way)
    for (a, b), (_, c) in zip(pairwise(one), pairwise(other), strict=False):
        first, second = b.x - a.x + b.y - a.y, c.x - a.x + c.y - a.y
        along = abs(b.y - a.y) < _ON_ONE_WAY
        same_way = along == (abs(c.y - a.y) < _ON_ONE_WAY) and first * second > 0
        if not same_way:
            break
        way.append(b if abs(first) <= abs(second) else c)
        if not _meet(b, c):
            break
    return tuple(way)


def _meet(one: Point, other: Point) -> bool:
    return abs(one.x - other.x) < _ON_ONE_WAY and abs(one.y - other.y) < _ON_ONE_WAY

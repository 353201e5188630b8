"""The grid that lines run on: a few tracks in every gap between cards, and one through every port."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from designer.diagrams.arrangement import Placement
from designer.diagrams.geometry import Point, Rect
from designer.diagrams.ports import Port
from designer.diagrams.scene import Scene

_CLEARANCE = 9  # between a line and a card it passes
_APART = 12  # between two tracks
_LINES_APART = 8  # ports may lie closer to each other than tracks do; lines must not
_TRACKS_IN_A_GAP = 5
_NEAR_A_FRAME = 10
_RIM = 36  # free space around the picture for lines that go round it
# What a pixel costs compared with open ground.
_ALONG_A_FRAME, _OVER_A_TAB, _CLOSE_TO_A_CARD = 2.2, 2.5, 1.15


class Grid:
    """Cells are numbered row by row; `cost` is what a pixel costs there, 0 where a card stands."""

    def __init__(self, scene: Scene, placement: Placement, ports: Mapping[str, list[Port]]) -> None:
        outlines = [placement.outline(scene, key) for key in placement.cards]
        everything = [*outlines, *placement.frames.values()]
        outside = [port.outside for some in ports.values() for port in some]
        self.xs = _tracks(
            {round(point.x, 2) for point in outside},
            [value for rect in everything for value in (rect.left, rect.right)],
        )
        self.ys = _tracks(
            {round(point.y, 2) for point in outside},
            [value for rect in everything for value in (rect.top, rect.bottom)],
        )
        self.columns, self.rows = len(self.xs), len(self.ys)
        # From each track to the next.
        self.widths = [right - left for left, right in pairwise(self.xs)]
        self.heights = [below - above for above, below in pairwise(self.ys)]
        self.cost = [1.0] * (self.columns * self.rows)
        self.frame: list[str | None] = [None] * (self.columns * self.rows)
        for key in sorted(placement.frames, key=scene.depth):
            rect = placement.frames[key]
            self._mark_frame(key, rect)
            tab = scene.frames[key]
            self._dearer(
                Rect(
                    rect.left + 8, rect.top + 4, rect.left + 20 + tab.tab_width, rect.top + 8 + tab.tab_height
                ),
                _OVER_A_TAB,
            )
        for rect in outlines:
            self._dearer(rect.grown(20), _CLOSE_TO_A_CARD)
        for rect in outlines:
            for cell in self._cells(rect.grown(_CLEARANCE)):
                self.cost[cell] = 0.0
        self._close_the_border()
        self.near_columns, self.near_rows = _too_close(self.xs), _too_close(self.ys)

    def cell_at(self, point: Point) -> int:
        """The nearest cell; ports lie on tracks, so nearest is exact for them up to rounding."""
        return _nearest(self.ys, point.y) * self.columns + _nearest(self.xs, point.x)

    def point(self, cell: int) -> Point:
        return Point(self.xs[cell % self.columns], self.ys[cell // self.columns])

    def pieces_beside(self, one: int, other: int) -> Iterator[tuple[int, int]]:
        """Pieces of other tracks so close to this one that two lines there would look like one."""
        low, high = min(one, other), max(one, other)
        row, column = divmod(low, self.columns)
        if high - low == 1:
            for near in self.near_rows[row]:
                aside = (near - row) * self.columns
                yield low + aside, high + aside
        else:
            for near in self.near_columns[column]:
                yield low + near - column, high + near - column

    def _mark_frame(self, key: str, rect: Rect) -> None:
        for cell in self._cells(rect):
            self.frame[cell] = key
        left, top, right, bottom = rect
        for side in (Rect(left, top, right, top), Rect(left, bottom, right, bottom)):
            self._dearer(side.grown(_NEAR_A_FRAME), _ALONG_A_FRAME)
        for side in (Rect(left, top, left, bottom), Rect(right, top, right, bottom)):
            self._dearer(side.grown(_NEAR_A_FRAME), _ALONG_A_FRAME)

    def _close_the_border(self) -> None:
        """Nothing runs on the outermost tracks, so that whoever stands on a cell has four neighbours."""
        for column in range(self.columns):
            self.cost[column] = self.cost[-1 - column] = 0.0
        for row in range(self.rows):
            self.cost[row * self.columns] = self.cost[(row + 1) * self.columns - 1] = 0.0

    def _dearer(self, rect: Rect, cost: float) -> None:
        for cell in self._cells(rect):
            self.cost[cell] = max(self.cost[cell], cost)

    def _cells(self, rect: Rect) -> Iterator[int]:
        first, last = bisect_left(self.xs, rect.left), bisect_right(self.xs, rect.right)
        for row in range(bisect_left(self.ys, rect.top), bisect_right(self.ys, rect.bottom)):
            yield from range(row * self.columns + first, row * self.columns + last)


def _tracks(ports: Iterable[float], edges: list[float]) -> list[float]:
    """Ports' own coordinates, and a few tracks in the middle of each gap between edges, clear of ports."""
    fixed: list[float] = []
    for value in sorted(ports):
        if not fixed or value - fixed[-1] > 0.5:
            fixed.append(value)
    steps = sorted({min(edges) - 2 * _RIM, *edges, max(edges) + 2 * _RIM})
    between = []
    for low, high in pairwise(steps):
        count = min(int((high - low) / _APART) - 1, _TRACKS_IN_A_GAP)
        middle = (low + high) / 2
        between += [middle + _APART * (number - (count - 1) / 2) for number in range(count)]
    free = [value for value in between if abs(fixed[_nearest(fixed, value)] - value) >= _APART / 2]
    return sorted([*fixed, *free])


def _too_close(values: list[float]) -> list[list[int]]:
    """For each track the others that are closer than two lines may be."""
    return [
        [
            number
            for number in range(
                bisect_left(values, value - _LINES_APART), bisect_right(values, value + _LINES_APART)
            )
            if number != here
        ]
        for here, value in enumerate(values)
    ]


def _nearest(values: list[float], wanted: float) -> int:
    after = bisect_left(values, wanted)
    if after == 0:
        return 0
    if after == len(values):
        return after - 1
    return after - 1 if wanted - values[after - 1] <= values[after] - wanted else after

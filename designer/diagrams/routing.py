"""Lines at right angles that keep clear of cards, share a track where they say the same, and rarely cross."""

from collections.abc import Iterable, Iterator
from itertools import pairwise, takewhile
from math import dist

from designer.diagrams.arrangement import Placement, Route
from designer.diagrams.dot import TWO_HEADS, laid_out_backwards
from designer.diagrams.geometry import Point, towards
from designer.diagrams.limits import ROUTER_CELLS, ROUTER_STEPS, ROUTER_STEPS_IN_ALL
from designer.diagrams.pathfinding import Net, Piece, Traffic, Way, cheapest_way, piece
from designer.diagrams.ports import EAST, NORTH, SOUTH, WEST, Port, find_ports
from designer.diagrams.scene import Line, Scene
from designer.diagrams.tracks import Grid

# In pixels of detour, as in pathfinding.
_TAKEN_PORT, _SECOND_DOOR, _WRONG_SIDE = 400, 40, 28
_ARRIVING_ASIDE = 2.2  # times a port's own cost
# What a pixel costs inside the frames of others, and outside the frame that both ends share.
_FOREIGN_FRAME, _OUT_OF_OWN_FRAME = 1.9, 1.3
_PORTS_APART = 11.5
_MAIN_PATH_FIRST = 250
_BRANCH = 9  # how far before the branch a line begins that shares a track, so that its corner is round


def route_lines(scene: Scene, placement: Placement) -> dict[str, Route]:
    """A route for each line that finds one. Short ones of the main path go first and run straight."""
    if not scene.lines:
        return {}
    router = _Router(scene, placement)
    if router.grid.columns * router.grid.rows > ROUTER_CELLS:
        return {}
    return {
        line.key: route
        for line in sorted(scene.lines.values(), key=router.urgency)
        if (route := router.route(line)) is not None
    }


def crossings(routes: Iterable[Route]) -> int:
    """At how many places one line crosses another; lines that share a track cross as one."""
    pieces = [(number, a, b) for number, route in enumerate(routes) for a, b in pairwise(route.points)]
    level = [(number, a, b) for number, a, b in pieces if abs(a.y - b.y) < 0.5]
    upright = [(number, a, b) for number, a, b in pieces if abs(a.x - b.x) < 0.5]
    places = {
        (round(c.x), round(a.y))
        for one, a, b in level
        for other, c, d in upright
        if one != other
        and min(a.x, b.x) + 1 < c.x < max(a.x, b.x) - 1
        and min(c.y, d.y) + 1 < a.y < max(c.y, d.y) - 1
    }
    return len(places)


class _Router:
    def __init__(self, scene: Scene, placement: Placement) -> None:
        self.scene, self.placement = scene, placement
        self.ports = find_ports(scene, placement)
        self.grid = Grid(scene, placement, self.ports)
        self.on_piece: dict[Piece, set[Net]] = {}
        self.on_cell: dict[int, set[Net]] = {}
        self.beside: set[Piece] = set()
        self.at_port: dict[str, dict[Point, Net]] = {}  # card or frame -> place on its edge -> who
        self.known: set[Net] = set()
        self.steps_left = ROUTER_STEPS_IN_ALL

    def urgency(self, line: Line) -> tuple[float, str]:
        start, end = self.placement.rect(line.start).center, self.placement.rect(line.end).center
        apart = abs(start.x - end.x) + abs(start.y - end.y)
        return apart - (_MAIN_PATH_FIRST if line.kind == "traffic" else 0), line.key

    def route(self, line: Line) -> Route | None:
        leaving: Net = ("out", line.start, *line.saying)
        arriving: Net = ("in", line.end, *line.saying)
        own = {leaving, arriving}
        if line.both_ways:
            own |= {("in", line.start, *line.saying), ("out", line.end, *line.saying)}
        starts = list(self._usable(line, line.start, leaving, forward=True))
        goals = list(self._usable(line, line.end, arriving, forward=False))
        if not starts or not goals:
            return None
        traffic = Traffic(
            on_piece=self.on_piece,
            on_cell=self.on_cell,
            beside=self.beside,
            own=own,
            frame_costs=self._frame_costs(line),
            shares=not own.isdisjoint(self.known),
        )
        way, steps = cheapest_way(self.grid, starts, goals, traffic, steps=min(ROUTER_STEPS, self.steps_left))
        self.steps_left -= steps
        if way is None:
            return None
        route = self._route_along(way, line, leaving, arriving)
        self._claim(way, line, own, leaving, arriving)
        return route

    # --- what a line has to pay --------------------------------------------------------------------

    def _usable(self, line: Line, key: str, net: Net, *, forward: bool) -> Iterator[tuple[Port, float]]:
        for port in self.ports[key]:
            if self.grid.cost[self.grid.cell_at(port.outside)]:
                taken = _TAKEN_PORT if self._is_taken(key, port, net) else self._second_door(key, port, net)
                # In the middle of a short side: arriving beside it saves a few pixels and costs a small kink.
                arriving_aside = not forward and port.side in (EAST, WEST)
                cost = port.cost * _ARRIVING_ASIDE if arriving_aside else port.cost
                yield port, cost + taken + self._side_cost(line, port.side, forward=forward)

    def _is_taken(self, key: str, port: Port, net: Net) -> bool:
        """Whether a line that says something else touches the card at this place, or too close to it."""
        return any(
            other != net and dist(at, port.at) < _PORTS_APART
            for at, other in self.at_port.get(key, {}).items()
        )

    def _second_door(self, key: str, port: Port, net: Net) -> float:
        """Lines that say the same use one door of a card, and part ways behind it."""
        doors = {at for at, other in self.at_port.get(key, {}).items() if other == net}
        return _SECOND_DOOR if doors and port.at not in doors else 0

    def _side_cost(self, line: Line, side: int, *, forward: bool) -> float:
        """Lines leave in the direction of reading and arrive against it; those that turn back use flanks."""
        if line.kind in TWO_HEADS:
            return 0
        across = self.placement.direction == "LR"
        if self._runs_back(line):
            return 0 if side in ((NORTH, SOUTH) if across else (WEST, EAST)) else _WRONG_SIDE
        forward ^= laid_out_backwards(self.scene, line)
        sides = (WEST, EAST) if across else (NORTH, SOUTH)
        return 0 if side == sides[forward] else _WRONG_SIDE

    def _runs_back(self, line: Line) -> bool:
        start, end = self.placement.rect(line.start), self.placement.rect(line.end)
        if laid_out_backwards(self.scene, line):
            start, end = end, start
        return end.right < start.left if self.placement.direction == "LR" else end.bottom < start.top

    def _frame_costs(self, line: Line) -> dict[str | None, float]:
        around_start = list(self.scene.frames_around(self.scene.cards[line.source].frame))
        around_end = list(self.scene.frames_around(self.scene.cards[line.target].frame))
        shared = next((frame for frame in around_start if frame in around_end), None)
        own = {*around_start, *around_end}
        outside = {*self.scene.frames_around(self.scene.frames[shared].parent)} if shared else set()
        costs: dict[str | None, float] = dict.fromkeys(self.scene.frames, _FOREIGN_FRAME)
        costs.update(dict.fromkeys(own, 1.0))
        costs.update(dict.fromkeys(outside, _OUT_OF_OWN_FRAME))
        costs[None] = _OUT_OF_OWN_FRAME if shared else 1.0
        return costs

    # --- what a line leaves behind -------------------------------------------------------------------

    def _claim(self, way: Way, line: Line, own: set[Net], leaving: Net, arriving: Net) -> None:
        self.at_port.setdefault(line.start, {})[way.start.at] = leaving
        self.at_port.setdefault(line.end, {})[way.end.at] = arriving
        self.known |= own
        for one, other in pairwise(way.cells):
            self.on_piece.setdefault(piece(one, other), set()).update(own)
            self.beside.update(self.grid.pieces_beside(one, other))
        for cell in way.cells:
            self.on_cell.setdefault(cell, set()).update(own)

    def _route_along(self, way: Way, line: Line, leaving: Net, arriving: Net) -> Route:
        """The whole line, and the part of it that isn't on the page yet."""
        points = [self.grid.point(cell) for cell in way.cells]
        # A stub runs exactly straight: the track through its port may be off by a rounding.
        start, end = _straightened(way.start, points[0]), _straightened(way.end, points[-1])
        whole = without_collinear([start, *points, end])
        pieces = [piece(one, other) for one, other in pairwise(way.cells)]
        before = (
            self._already_drawn(pieces, leaving) if self._port_known(line.start, way.start, leaving) else 0
        )
        after = (
            self._already_drawn(pieces[::-1], arriving)
            if self._port_known(line.end, way.end, arriving)
            else 0
        )
        if not before and not after:
            return Route(whole, whole)
        if before + after >= len(pieces):
            return Route(whole, (), draws_tail=False, draws_head=False)
        new = points[before : len(points) - after]
        first = [towards(points[before], points[before - 1], _BRANCH)] if before else [start]
        last = [towards(points[-1 - after], points[-after], _BRANCH)] if after else [end]
        return Route(
            whole, without_collinear([*first, *new, *last]), draws_tail=not before, draws_head=not after
        )

    def _port_known(self, key: str, port: Port, net: Net) -> bool:
        return self.at_port.get(key, {}).get(port.at) == net

    def _already_drawn(self, pieces: list[Piece], net: Net) -> int:
        return sum(1 for _ in takewhile(lambda one: net in self.on_piece.get(one, ()), pieces))


def _straightened(port: Port, first: Point) -> Point:
    return Point(port.at.x, first.y) if port.side in (EAST, WEST) else Point(first.x, port.at.y)


def without_collinear(points: list[Point]) -> tuple[Point, ...]:
    """Only the ends and the corners."""
    kept = points[:1]
    for here, after in pairwise(points[1:]):
        before = kept[-1]
        straight = abs(before.x - here.x) < 0.5 > abs(here.x - after.x) or abs(before.y - here.y) < 0.5 > abs(
            here.y - after.y
        )
        if not straight:
            kept.append(here)
    return (*kept, points[-1])

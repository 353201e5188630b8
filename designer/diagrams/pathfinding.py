"""The cheapest way over a grid for one line: A* over (cell, direction), with bends and crossings to pay."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from math import inf

from designer.diagrams.limits import ROUTER_STEPS
from designer.diagrams.ports import STEPS, Port
from designer.diagrams.tracks import Grid

# What each of these costs, in pixels of detour.
BEND, CROSSING, FOREIGN_TRACK = 24, 40, 60
SHARED = 0.7  # a pixel on a track that says the same
BESIDE = 5  # a pixel more on a track that says something else

Net = tuple[str, ...]  # who may share a track: leaving or arriving, at which end, what is said
Piece = tuple[int, int]  # two neighbouring cells, lower number first


@dataclass(frozen=True)
class Traffic:
    """What lines drawn earlier have taken, and what this line may share."""

    on_piece: Mapping[Piece, Set[Net]]
    on_cell: Mapping[int, Set[Net]]
    own: Set[Net]
    frame_costs: Mapping[str | None, float]


@dataclass(frozen=True)
class Way:
    cells: tuple[int, ...]  # from the end of the first stub to the end of the last one
    start: Port
    end: Port


def piece(one: int, other: int) -> Piece:
    return (one, other) if one < other else (other, one)


def cheapest_way(  # noqa: PLR0912
    grid: Grid, starts: list[tuple[Port, float]], goals: list[tuple[Port, float]], traffic: Traffic
) -> Way | None:
    """From any start port to any goal port, each with its price; None without a way within the limit.

    One flat loop: it runs a hundred thousand times for a picture.
    """
    columns, rows, xs, ys = grid.columns, grid.rows, grid.xs, grid.ys
    aims: dict[int, list[tuple[Port, float]]] = {}
    for port, cost in goals:
        aims.setdefault(grid.cell_at(port.outside), []).append((port, cost))
    left, right = min(cell % columns for cell in aims), max(cell % columns for cell in aims)
    top, bottom = min(cell // columns for cell in aims), max(cell // columns for cell in aims)
    west, east, north, south = xs[left], xs[right], ys[top], ys[bottom]

    def at_least(column: int, row: int) -> float:
        """Never more than what is left to pay: the way to the box around all goals at the cheapest rate."""
        x, y = xs[column], ys[row]
        return (max(west - x, 0.0, x - east) + max(north - y, 0.0, y - south)) * SHARED

    paid: dict[int, float] = {}
    came_from: dict[int, int | Port] = {}
    for port, cost in starts:
        state = grid.cell_at(port.outside) * 4 + port.side
        if cost < paid.get(state, inf):
            paid[state], came_from[state] = cost, port
    queue = [
        (cost + at_least(state // 4 % columns, state // 4 // columns), cost, state)
        for state, cost in paid.items()
    ]
    heapify(queue)
    best, best_state, best_port = inf, -1, None
    for _ in range(ROUTER_STEPS):
        if not queue or queue[0][0] >= best:
            break
        _, cost, state = heappop(queue)
        if cost > paid[state]:
            continue
        cell, direction = divmod(state, 4)
        for port, port_cost in aims.get(cell, ()):
            arriving = 0 if direction == port.side ^ 2 else BEND
            if direction != port.side and cost + port_cost + arriving < best:
                best, best_state, best_port = cost + port_cost + arriving, state, port
        row, column = divmod(cell, columns)
        for turn, (x, y) in enumerate(STEPS):
            if turn == direction ^ 2 or not (0 <= column + x < columns and 0 <= row + y < rows):
                continue
            neighbour = cell + x + y * columns
            ground = grid.cost[neighbour]
            if not ground:
                continue
            length = abs(xs[column + x] - xs[column]) + abs(ys[row + y] - ys[row])
            step = length * ground * traffic.frame_costs[grid.frame[neighbour]]
            if taken := traffic.on_piece.get((cell, neighbour) if cell < neighbour else (neighbour, cell)):
                step = (
                    step + FOREIGN_TRACK + length * BESIDE if taken.isdisjoint(traffic.own) else step * SHARED
                )
            if (crossed := traffic.on_cell.get(neighbour)) and crossed.isdisjoint(traffic.own):
                step += CROSSING
            if turn != direction:
                step += BEND
            onward = neighbour * 4 + turn
            if cost + step < paid.get(onward, inf):
                paid[onward], came_from[onward] = cost + step, state
                heappush(queue, (cost + step + at_least(column + x, row + y), cost + step, onward))
    if best_port is None:
        return None
    return _retraced(best_state, best_port, came_from)


def _retraced(last: int, end: Port, came_from: Mapping[int, int | Port]) -> Way:
    cells = []
    state: int | Port = last
    while isinstance(state, int):
        cells.append(state // 4)
        state = came_from[state]
    return Way(tuple(reversed(cells)), start=state, end=end)

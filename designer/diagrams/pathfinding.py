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

# The directions that a line may take on, by the one it came with: all but back.
TURNS = tuple(tuple(turn for turn in range(4) if turn != direction ^ 2) for direction in range(4))

Net = tuple[str, ...]  # who may share a track: leaving or arriving, at which end, what is said
Piece = tuple[int, int]  # two neighbouring cells, lower number first


@dataclass(frozen=True)
class Traffic:
    """What lines drawn earlier have taken, and what this line may share."""

    on_piece: Mapping[Piece, Set[Net]]
    on_cell: Mapping[int, Set[Net]]
    beside: Set[Piece]  # so close to a line that another one there would look like the same
    own: Set[Net]
    frame_costs: Mapping[str | None, float]
    shares: bool  # whether anybody whose track this line may share is on the page


@dataclass(frozen=True)
class Way:
    cells: tuple[int, ...]  # from the end of the first stub to the end of the last one
    start: Port
    end: Port


def piece(one: int, other: int) -> Piece:
    return (one, other) if one < other else (other, one)


def cheapest_way(  # noqa: PLR0912, PLR0915
    grid: Grid,
    starts: list[tuple[Port, float]],
    goals: list[tuple[Port, float]],
    traffic: Traffic,
    *,
    steps: int = ROUTER_STEPS,
) -> tuple[Way | None, int]:
    """From any start port to any goal port, each with its price, and the steps it took to find out.

    No way when there is none within the limit of steps. One flat loop: it runs a hundred thousand times for a
    picture. A state is a cell and the direction of arrival: `cell * 4 + direction`.
    """
    columns, xs, ys, ground = grid.columns, grid.xs, grid.ys, grid.cost
    wide, high = grid.widths, grid.heights
    frame, frame_costs = grid.frame, traffic.frame_costs
    on_piece, on_cell, beside, own = traffic.on_piece, traffic.on_cell, traffic.beside, traffic.own
    aims: dict[int, list[tuple[Port, float]]] = {}
    for port, cost in goals:
        aims.setdefault(grid.cell_at(port.outside), []).append((port, cost))
    # Never more than what is left to pay: the way to the box around all goals at the cheapest rate, a bend
    # when the box lies aside, and the cheapest of the goals.
    rate = SHARED if traffic.shares else 1.0
    least = min(cost for _, cost in goals)
    aside = _distances(xs, [cell % columns for cell in aims], rate)
    below = _distances(ys, [cell // columns for cell in aims], rate)

    paid = [inf] * (4 * len(ground))
    came_from: dict[int, int | Port] = {}
    queue = []
    for port, cost in starts:
        cell = grid.cell_at(port.outside)
        state = cell * 4 + port.side
        if cost < paid[state]:
            paid[state], came_from[state] = cost, port
            queue.append((cost + aside[cell % columns] + below[cell // columns] + least, cost, state))
    heapify(queue)
    onward = [(x + y * columns, x, y) for x, y in STEPS]
    best, best_state, best_port = inf, -1, None
    taken_steps = 0
    while queue and taken_steps < steps:
        hoped, cost, state = heappop(queue)
        if hoped >= best:
            break
        if cost > paid[state]:
            continue
        taken_steps += 1
        cell, direction = state >> 2, state & 3
        if cell in aims:
            for port, port_cost in aims[cell]:
                arriving = 0 if direction == port.side ^ 2 else BEND
                if direction != port.side and cost + port_cost + arriving < best:
                    best, best_state, best_port = cost + port_cost + arriving, state, port
        row, column = divmod(cell, columns)
        for turn in TURNS[direction]:
            move, x, y = onward[turn]
            neighbour = cell + move
            rate_here = ground[neighbour]
            if not rate_here:
                continue
            length = wide[column if x > 0 else column - 1] if x else high[row if y > 0 else row - 1]
            step = length * rate_here * frame_costs[frame[neighbour]]
            passage = (cell, neighbour) if move > 0 else (neighbour, cell)
            taken = on_piece.get(passage)
            if taken and not taken.isdisjoint(own):
                step *= SHARED
            elif taken or passage in beside:
                step += FOREIGN_TRACK + length * BESIDE
            crossed = on_cell.get(neighbour)
            if crossed and crossed.isdisjoint(own):
                step += CROSSING
            if turn != direction:
                step += BEND
            step += cost
            next_state = neighbour * 4 + turn
            if step < paid[next_state]:
                paid[next_state], came_from[next_state] = step, state
                to_side, down = aside[column + x], below[row + y]
                hope = step + to_side + down + least + (BEND if to_side and down else 0)
                if hope < best:
                    heappush(queue, (hope, step, next_state))
    if best_port is None:
        return None, taken_steps
    return _retraced(best_state, best_port, came_from), taken_steps


def _distances(values: list[float], goals: list[int], rate: float) -> list[float]:
    """What it costs at least to come from each track to the nearest side of the box around the goals."""
    low, high = values[min(goals)], values[max(goals)]
    return [max(low - value, 0.0, value - high) * rate for value in values]


def _retraced(last: int, end: Port, came_from: Mapping[int, int | Port]) -> Way:
    cells = []
    state: int | Port = last
    while isinstance(state, int):
        cells.append(state // 4)
        state = came_from[state]
    return Way(tuple(reversed(cells)), start=state, end=end)

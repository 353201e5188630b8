"""Where lines may touch a card or a frame."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from designer.diagrams.arrangement import Placement
from designer.diagrams.geometry import Point, Rect
from designer.diagrams.scene import Card, Scene

EAST, SOUTH, WEST, NORTH = range(4)  # opposite sides differ by two
STEPS = ((1, 0), (0, 1), (-1, 0), (0, -1))
STUB = 14  # the straight piece between a card and the first bend: room for an arrow head
_OFF_CENTER_COST = 0.5  # for each pixel
_COUNT_WIDTH = 64
_MOST_TO_A_SIDE = 3  # of the middle
_APART = {EAST: 12, WEST: 12, NORTH: 20, SOUTH: 20}


class Port(NamedTuple):
    side: int
    at: Point  # on the edge
    cost: float

    @property
    def outside(self) -> Point:
        """The end of the stub."""
        x, y = STEPS[self.side]
        return Point(self.at.x + x * STUB, self.at.y + y * STUB)


def find_ports(scene: Scene, placement: Placement) -> dict[str, list[Port]]:
    """For each card and frame with lines: the middle of each side, places beside it, and where two face."""
    outlines = outlines_of_ends(scene, placement)
    lines = Counter(end for line in scene.lines.values() for end in (line.start, line.end))
    ports = {
        key: list(_along_the_sides(placement.rect(key), outline, lines[key]))
        for key, outline in outlines.items()
    }
    for line in scene.lines.values():
        for key, port in _face_to_face(line.start, outlines[line.start], line.end, outlines[line.end]):
            ports[key].append(port)
    return {
        key: [port for port in some if not _under_the_count(scene.cards.get(key), outlines[key], port)]
        for key, some in ports.items()
    }


def outlines_of_ends(scene: Scene, placement: Placement) -> Mapping[str, Rect]:
    """What lines reach, with the cards of a stack that look out behind."""
    return {
        key: placement.outline(scene, key) for line in scene.lines.values() for key in (line.start, line.end)
    }


def _under_the_count(card: Card | None, outline: Rect, port: Port) -> bool:
    """The "×2" of a stack stands on the right end of its upper edge."""
    return (
        card is not None
        and card.count > 1
        and port.side == NORTH
        and port.at.x > outline.right - _COUNT_WIDTH
    )


def _along_the_sides(front: Rect, outline: Rect, lines: int) -> Iterator[Port]:
    """No more places than lines can need: each is another track of the grid."""
    for side in (EAST, SOUTH, WEST, NORTH):
        length = front.height if side in (EAST, WEST) else front.width
        for offset in _offsets(length, _APART[side], min(lines // 2, _MOST_TO_A_SIDE)):
            yield _port(side, outline, front.center, offset, abs(offset) * _OFF_CENTER_COST)


def _offsets(length: float, apart: int, most: int) -> Iterator[int]:
    """The middle first, then outwards, so many to either side at most and clear of the corners."""
    yield 0
    for offset in range(apart, min(int(length / 2 - 12), apart * most) + 1, apart):
        yield from (-offset, offset)


def _port(side: int, outline: Rect, center: Point, offset: float, cost: float) -> Port:
    edge = (outline.right, outline.bottom, outline.left, outline.top)[side]
    at = Point(edge, center.y + offset) if side in (EAST, WEST) else Point(center.x + offset, edge)
    return Port(side, at, cost)


def _face_to_face(start: str, first: Rect, end: str, second: Rect) -> Iterator[tuple[str, Port]]:
    """Ports at one height where two cards overlap in height (or width): straight stays straight."""
    for upright, sides in ((False, (EAST, WEST)), (True, (SOUTH, NORTH))):
        low, high = (
            (max(first.left, second.left), min(first.right, second.right))
            if upright
            else (max(first.top, second.top), min(first.bottom, second.bottom))
        )
        low, high = low + 14, high - 14
        if low > high:
            continue
        centers = [rect.center.x if upright else rect.center.y for rect in (second, first)]
        level = next((center for center in centers if low <= center <= high), (low + high) / 2)
        for key, rect in ((start, first), (end, second)):
            center = rect.center.x if upright else rect.center.y
            for side in sides:
                yield key, _port(side, rect, rect.center, level - center, abs(level - center) * 0.25)

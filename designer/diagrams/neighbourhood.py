"""Which rectangles lie near a place, without asking all of them."""

from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

from designer.diagrams.geometry import Rect

_SIDE = 160  # of a square of the plane, in pixels: about a card
_VAST = 400 * _SIDE * _SIDE  # square pixels; larger things, such as a region, are asked every time

Name = TypeVar("Name")


class Neighbourhood(Generic[Name]):
    """Named rectangles, sorted into squares of the plane."""

    def __init__(self, things: Iterable[tuple[Rect, Name]] = ()) -> None:
        self.squares: dict[tuple[int, int], list[int]] = {}
        self.everywhere: list[int] = []
        self.things: list[tuple[Rect, Name]] = []
        for rect, name in things:
            self.add(rect, name)

    def add(self, rect: Rect, name: Name) -> None:
        number = len(self.things)
        self.things.append((rect, name))
        if (rect.width + _SIDE) * (rect.height + _SIDE) > _VAST:
            self.everywhere.append(number)
            return
        for square in _squares(rect):
            self.squares.setdefault(square, []).append(number)

    def overlapping(self, place: Rect) -> Iterator[tuple[Rect, Name]]:
        """In the order in which they came, each once."""
        near = set(self.everywhere)
        for square in _squares(place):
            near.update(self.squares.get(square, ()))
        for number in sorted(near):
            if place.overlaps(self.things[number][0]):
                yield self.things[number]


def _squares(rect: Rect) -> Iterator[tuple[int, int]]:
    columns = range(int(rect.left // _SIDE), int(rect.right // _SIDE) + 1)
    rows = range(int(rect.top // _SIDE), int(rect.bottom // _SIDE) + 1)
    return ((column, row) for row in rows for column in columns)

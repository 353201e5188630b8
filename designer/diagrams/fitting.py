"""Draws frames closer around what they hold: Graphviz leaves room for its own curves, which nobody draws."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import pairwise

from designer.diagrams.arrangement import Placement, Route
from designer.diagrams.dot import FRAME_MARGIN
from designer.diagrams.geometry import Point, Rect, spanned
from designer.diagrams.scene import TAB_INSET, TAB_TOP, Frame, Scene

_FROM_A_LINE = 14
_ABOVE_A_CARD, _ABOVE_A_FRAME = 20, 12  # between the tab's words and what stands below them


def fitted(scene: Scene, placement: Placement, routes: Mapping[str, Route]) -> Placement:
    """Frames only shrink, innermost first, and lines that run inside a frame stay inside."""
    frames = dict(placement.frames)
    for key in sorted(frames, key=lambda key: (-scene.depth(key), key)):
        cards = [placement.outline(scene, card.key) for card in scene.cards.values() if card.frame == key]
        inner = [frames[inner.key] for inner in scene.frames.values() if inner.parent == key]
        pieces = list(_pieces_within(scene, key, frames[key], routes))
        shrunk = _shrunk(scene.frames[key], frames[key], cards, inner, pieces)
        frames[key] = _still_reached(shrunk, frames[key], list(_ends_at(scene, key, routes)))
    return replace(placement, frames=frames)


def _ends_at(scene: Scene, key: str, routes: Mapping[str, Route]) -> Iterator[Point]:
    for line_key, route in routes.items():
        if scene.lines[line_key].start == key:
            yield route.points[0]
        if scene.lines[line_key].end == key:
            yield route.points[-1]


def _still_reached(shrunk: Rect, before: Rect, ends: list[Point]) -> Rect:
    """A side that a line ends at stays where it is, and so wide that the line still meets it."""
    left, top, right, bottom = shrunk
    for x, y in ends:
        left, right = (
            min(left, max(x - _FROM_A_LINE, before.left)),
            max(right, min(x + _FROM_A_LINE, before.right)),
        )
        top, bottom = (
            min(top, max(y - _FROM_A_LINE, before.top)),
            max(bottom, min(y + _FROM_A_LINE, before.bottom)),
        )
    return Rect(left, top, right, bottom)


def _shrunk(frame: Frame, place: Rect, cards: list[Rect], inner: list[Rect], pieces: list[Rect]) -> Rect:
    held = [rect.grown(FRAME_MARGIN) for rect in (*cards, *inner)] + [
        rect.grown(_FROM_A_LINE) for rect in pieces
    ]
    head = TAB_TOP + frame.tab_height
    tops = [rect.top - head - _ABOVE_A_CARD for rect in cards] + [
        rect.top - head - _ABOVE_A_FRAME for rect in inner
    ]
    top = max(place.top, min([*tops, *(rect.top - _FROM_A_LINE for rect in pieces)]))
    bottom = min(place.bottom, max(rect.bottom for rect in held))
    left = max(place.left, min(rect.left for rect in held))
    right = min(place.right, max(rect.right for rect in held))
    if right - left < frame.tab_width + 2 * TAB_INSET:
        left, right = place.left, place.right
    return Rect(left, top, right, bottom)


def _pieces_within(scene: Scene, key: str, place: Rect, routes: Mapping[str, Route]) -> Iterator[Rect]:
    """The straight pieces of lines that begin or end in a frame; where they leave it they hold nothing."""
    for line_key, route in routes.items():
        line = scene.lines[line_key]
        ends = (scene.cards[line.source].frame, scene.cards[line.target].frame)
        if not any(key in scene.frames_around(end) for end in ends):
            continue
        for a, b in pairwise(route.points):
            piece = spanned(a, b)
            if not piece.overlaps(place):
                continue
            if not (place.left < piece.left and piece.right < place.right):
                piece = piece._replace(left=place.center.x, right=place.center.x)
            if not (place.top < piece.top and piece.bottom < place.bottom):
                piece = piece._replace(top=place.center.y, bottom=place.center.y)
            yield piece

"""Where the words of frames and lines go: tabs move along their frame and pills along their line."""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from math import dist

from designer.diagrams.arrangement import Labels, Placement, Route
from designer.diagrams.geometry import Point, Rect, spanned
from designer.diagrams.scene import TAB_INSET, TAB_TOP, Frame, Line, Scene

_TAB_TRIES = 9
_BADGE = 10
# What each of these costs a pill; the cheapest place wins.
_COVERS, _CROSSES, _CROSSES_SAME, _ON_A_BORDER, _TIGHT, _OFF_THE_LINE, _OFF_CENTER = (
    500,
    60,
    25,
    16,
    30,
    55,
    40,
)
_UPRIGHT = 4
_PLACES = 16  # tried along each straight piece


def place_labels(scene: Scene, placement: Placement, routes: Mapping[str, Route]) -> Labels:
    placer = _Placer(scene, placement, routes)
    tabs = {key: placer.tab_left(frame) for key, frame in scene.frames.items() if key in placement.frames}
    placer.taken = list(placer.covered_ground(tabs))
    pills = dict(placement.pills)
    with_pill = [line for line in scene.lines.values() if line.pill_width and line.key in routes]
    # Short lines have little choice, so they choose first.
    for line in sorted(with_pill, key=lambda line: (_length(routes[line.key]), line.key)):
        place = placer.best_place(line)
        pills[line.key] = place.center
        placer.taken.append(place.grown(2))
    return Labels(tabs, pills)


class _Placer:
    def __init__(self, scene: Scene, placement: Placement, routes: Mapping[str, Route]) -> None:
        self.scene, self.placement, self.routes = scene, placement, routes
        self.pieces = [
            (key, spanned(a, b).grown(1)) for key, route in routes.items() for a, b in pairwise(route.points)
        ]
        self.taken: list[Rect] = []

    # --- tabs ------------------------------------------------------------------------------------

    def tab_left(self, frame: Frame) -> float:
        """As far left as possible without standing on a line or a card."""
        rect = self.placement.frames[frame.key]
        room = max(rect.width - frame.tab_width - 2 * TAB_INSET, 0)
        tries = [rect.left + TAB_INSET + room * step / (_TAB_TRIES - 1) for step in range(_TAB_TRIES)]
        whole_strip = self._tab_rect(frame, tries[0])._replace(right=rect.right)
        lines = [piece for _, piece in self.pieces if piece.overlaps(whole_strip)]
        cards = [card for card in self.placement.cards.values() if card.overlaps(whole_strip)]

        def disturbance(left: float) -> int:
            tab = self._tab_rect(frame, left)
            return sum(map(tab.overlaps, lines)) + 3 * sum(map(tab.overlaps, cards))

        return min(tries, key=lambda left: (disturbance(left), left)) if lines or cards else tries[0]

    def _tab_rect(self, frame: Frame, left: float) -> Rect:
        top = self.placement.frames[frame.key].top
        return Rect(left - 6, top + 5, left + frame.tab_width + 4, top + TAB_TOP + frame.tab_height)

    def covered_ground(self, tabs: Mapping[str, float]) -> Iterator[Rect]:
        for key, rect in self.placement.cards.items():
            yield self.placement.outline(self.scene, key).grown(2)
            if self.scene.cards[key].badges:
                yield Rect(rect.left - _BADGE, rect.top - _BADGE, rect.left + 2 * _BADGE, rect.top + _BADGE)
        for key, left in tabs.items():
            yield self._tab_rect(self.scene.frames[key], left)

    # --- pills -----------------------------------------------------------------------------------

    def best_place(self, line: Line) -> Rect:
        return min(self._places(line), key=lambda one: (one[0] + self._trouble(line, one[1]), one[1]))[1]

    def _places(self, line: Line) -> Iterator[tuple[float, Rect]]:
        """Along the line, best in the middle of the whole; then beside it."""
        route = self.routes[line.key]
        total, gone = _length(route) or 1, 0.0
        last = len(route.points) - 2
        for number, (a, b) in enumerate(pairwise(route.points)):
            length, level = dist(a, b), abs(a.y - b.y) < 1
            needed = line.pill_width if level else line.pill_height
            # Clear of the card at the start, of corners, and of the arrow head.
            before, after = 4 if number == 0 else 8, 12 if number == last else 8
            for step in range(1, _PLACES):
                share = step / _PLACES
                center = Point(a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share)
                room = min(length * share - before, length * (1 - share) - after)
                cost = abs((gone + length * share) / total - 0.5) * _OFF_CENTER
                cost += (0 if level else _UPRIGHT) + (_TIGHT if room < needed / 2 - 4 else 0)
                on_line = Rect.around(center, line.pill_width, line.pill_height)
                x, y = (0, line.pill_height / 2 + 4) if level else (line.pill_width / 2 + 5, 0)
                yield cost, on_line
                yield cost + _OFF_THE_LINE, on_line.moved(x, y)
                yield cost + _OFF_THE_LINE, on_line.moved(-x, -y)
            gone += length

    def _trouble(self, line: Line, place: Rect) -> float:
        cost = sum(_COVERS for one in self.taken if one.overlaps(place))
        for key, piece in self.pieces:
            if key != line.key and place.overlaps(piece):
                cost += _CROSSES_SAME if _go_together(line, self.scene.lines[key]) else _CROSSES
        for frame in self.placement.frames.values():
            if place.overlaps(frame) and not frame.covers(place.grown(3)):
                cost += _ON_A_BORDER
        return cost


def _go_together(one: Line, other: Line) -> bool:
    return one.saying == other.saying and (one.start == other.start or one.end == other.end)


def _length(route: Route) -> float:
    return sum(dist(a, b) for a, b in pairwise(route.points))

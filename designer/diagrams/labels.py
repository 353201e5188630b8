"""Where the words of frames and lines go: tabs move along their frame and pills along their line."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from math import dist

from designer.diagrams.arrangement import Labels, Placement, Route
from designer.diagrams.geometry import Point, Rect, spanned
from designer.diagrams.neighbourhood import Neighbourhood
from designer.diagrams.scene import TAB_INSET, TAB_TOP, Frame, Line, Scene
from designer.diagrams.shared_words import Company, companies

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
_UPRIGHT, _AT_THE_FORK = 4, 32
_CROWDED = 120  # a place that costs so much says less than two pills on two lines
_STEP, _FURTHEST = 12, 72  # pixels off the line, when there is no room beside it
_PLACES = 16  # tried along each straight piece


def place_labels(scene: Scene, placement: Placement, routes: Mapping[str, Route]) -> Labels:
    placer = _Placer(scene, placement, routes)
    tabs = {key: placer.tab_left(frame) for key, frame in scene.frames.items() if key in placement.frames}
    for rect in placer.covered_ground(tabs):
        placer.taken.add(rect, "")
    pills = dict(placement.pills)
    with_pill = [line for line in scene.lines.values() if line.pill_width and line.key in routes]
    said: set[str] = set()
    for company in companies(with_pill, routes):
        line = scene.lines[company.speaker]
        if said.isdisjoint((company.speaker, company.silent)) and (
            place := placer.shared_place(line, company)
        ):
            pills[line.key] = place.center
            pills.pop(company.silent, None)
            placer.taken.add(place.grown(2), line.key)
            said |= {company.speaker, company.silent}
    # Short lines have little choice, so they choose first.
    alone = [line for line in with_pill if line.key not in said]
    for line in sorted(alone, key=lambda line: (length_of(routes[line.key].points), line.key)):
        place = placer.best_place(line)
        pills[line.key] = place.center
        placer.taken.add(place.grown(2), line.key)
    return Labels(tabs, pills)


class _Placer:
    def __init__(self, scene: Scene, placement: Placement, routes: Mapping[str, Route]) -> None:
        self.scene, self.placement, self.routes = scene, placement, routes
        self.pieces = Neighbourhood(
            (spanned(a, b).grown(1), key) for key, route in routes.items() for a, b in pairwise(route.points)
        )
        self.cards = Neighbourhood((rect, key) for key, rect in placement.cards.items())
        self.frames = Neighbourhood((rect, key) for key, rect in placement.frames.items())
        self.taken = Neighbourhood[str]()

    # --- tabs ------------------------------------------------------------------------------------

    def tab_left(self, frame: Frame) -> float:
        """As far left as possible without standing on a line or a card."""
        rect = self.placement.frames[frame.key]
        room = max(rect.width - frame.tab_width - 2 * TAB_INSET, 0)
        tries = [rect.left + TAB_INSET + room * step / (_TAB_TRIES - 1) for step in range(_TAB_TRIES)]
        whole_strip = self._tab_rect(frame, tries[0])._replace(right=rect.right)
        lines = [piece for piece, _ in self.pieces.overlapping(whole_strip)]
        cards = [card for card, _ in self.cards.overlapping(whole_strip)]

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

    def shared_place(self, line: Line, company: Company) -> Rect | None:
        """On the way that both lines go, or where they part. None where something else stands there."""
        fork = Rect.around(company.way[-1], line.pill_width, line.pill_height)
        places = [*self._places(line, company.way), (float(_AT_THE_FORK), fork)]
        on_the_way = [(cost, place) for cost, place in places if cost < _OFF_THE_LINE]
        cost, place = self._cheapest(line, on_the_way)
        return place if cost < _CROWDED else None

    def best_place(self, line: Line) -> Rect:
        cost, place = self._cheapest(line, self._places(line, self.routes[line.key].points))
        if cost < _COVERS:
            return place
        # Between two cards that stand close there is no room for words: they go above or below.
        return min((cost, place), self._cheapest(line, self._places_further_off(line)))[1]

    def _cheapest(self, line: Line, places: Iterable[tuple[float, Rect]]) -> tuple[float, Rect]:
        best: tuple[float, Rect] | None = None
        for cost, place in sorted(places):
            if best is not None and cost > best[0]:
                break  # what follows costs more, even where nothing is in its way
            found = (cost + self._trouble(line, place), place)
            best = min(best, found) if best else found
        assert best is not None  # every route has a piece, and every piece has places
        return best

    def _places_further_off(self, line: Line) -> Iterator[tuple[float, Rect]]:
        for cost, place in self._places(line, self.routes[line.key].points):
            for away in range(_STEP, _FURTHEST + 1, _STEP):
                for x, y in ((0, away), (0, -away), (away, 0), (-away, 0)):
                    yield cost + _OFF_THE_LINE + away, place.moved(x, y)

    def _places(self, line: Line, points: Sequence[Point]) -> Iterator[tuple[float, Rect]]:
        """Along these points of the line, best in the middle of the whole; then beside it."""
        total, gone = length_of(points) or 1, 0.0
        last = len(points) - 2
        for number, (a, b) in enumerate(pairwise(points)):
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
        cost = float(_COVERS * sum(1 for _ in self.taken.overlapping(place)))
        for _, key in self.pieces.overlapping(place):
            if key != line.key:
                cost += _CROSSES_SAME if _go_together(line, self.scene.lines[key]) else _CROSSES
        roomy = place.grown(3)
        cost += sum(_ON_A_BORDER for frame, _ in self.frames.overlapping(place) if not frame.covers(roomy))
        return cost


def _go_together(one: Line, other: Line) -> bool:
    return one.saying == other.saying and (one.start == other.start or one.end == other.end)


def length_of(points: Sequence[Point]) -> float:
    return sum(dist(a, b) for a, b in pairwise(points))

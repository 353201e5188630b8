"""Which of several pictures of one design is best: large on a page first, then calm."""

from collections.abc import Iterator, Mapping
from itertools import combinations, pairwise
from math import dist

from designer.diagrams.arrangement import Arrangement, Placement, Route, placed_extent
from designer.diagrams.geometry import Rect, spanned
from designer.diagrams.page import fit_page
from designer.diagrams.routing import crossings
from designer.diagrams.scene import TAB_HEIGHT, TAB_TOP, Line, Scene

# Each costs this share of a picture's worth.
_CROSSING, _CORNER, _AGAINST_THE_READING, _ODD_SHAPE = 0.02, 0.005, 0.03, 0.08
_UNROUTED, _COVERED = 0.1, 0.1  # a line that isn't routed, words on a card or on other words
_STRUCK_OUT = 0.1  # a frame's name that a line runs along
_OUT_OF_ORDER = 0.005  # a pair whose second stands before its first
_OUTERMOST = 6  # as many times that for a pair of outermost frames: a reader begins with these
_LONG_WAYS = 0.4  # for lines that are together as long as the picture is wide and high, each
_SLIGHTLY = 60  # pixels
_NARROWEST, _WIDEST = 1 / 1.6, 2.6


def prints_at(scene: Scene, picture: Rect) -> float:
    """How large a picture of this extent comes out on a slide, with its notes and legend."""
    return fit_page(scene, picture)[1]


def best_hope(scene: Scene, placement: Placement) -> float:
    """What a placement is worth if its lines turn out perfectly calm: no arrangement of it is worth more."""
    picture = placed_extent(scene, placement)
    against = _AGAINST_THE_READING * _turning_back(scene, placement)
    against += _OUT_OF_ORDER * _out_of_order(scene, placement)
    worth = prints_at(scene, picture) * (1 - against)
    shape = picture.width / max(picture.height, 1)
    return worth if _NARROWEST <= shape <= _WIDEST else worth * (1 - _ODD_SHAPE)


def worth(scene: Scene, placement: Placement, routes: Mapping[str, Route]) -> float:
    """As soon as the lines are known, and before their words are."""
    picture = placed_extent(scene, placement)
    ways = sum(map(length_of, routes.values())) / (picture.width + picture.height) / max(len(routes), 1)
    corners = sum(max(len(route.points) - 3, 0) for route in routes.values())
    unrest = _CROSSING * crossings(routes.values()) + _CORNER * corners + _LONG_WAYS * ways
    unrest += _UNROUTED * (len(scene.lines) - len(routes))
    return best_hope(scene, placement) * (1 - unrest)


def marred(scene: Scene, arrangement: Arrangement) -> float:
    """The share of its worth that a picture keeps when words lie on each other or under lines."""
    covered = _COVERED * sum(1 for _ in covered_words(scene, arrangement))
    return 1 - covered - _STRUCK_OUT * sum(1 for _ in struck_out(scene, arrangement))


def covered_words(scene: Scene, arrangement: Arrangement) -> Iterator[tuple[str, str]]:
    """(line, what its pill lies on): a card, or the pill of another line."""
    pills = {
        key: Rect.around(center, scene.lines[key].pill_width, scene.lines[key].pill_height)
        for key, center in arrangement.labels.pills.items()
    }
    for key, pill in pills.items():
        for card in scene.cards:
            if pill.overlaps(arrangement.placement.outline(scene, card)):
                yield key, card
    for (key, pill), (other, place) in combinations(pills.items(), 2):
        if pill.overlaps(place):
            yield key, other


def struck_out(scene: Scene, arrangement: Arrangement) -> Iterator[tuple[str, str]]:
    """(line, the frame along whose name it runs). A line that only crosses a name leaves it readable."""
    frames = arrangement.placement.frames
    names = {}
    for key, left in arrangement.labels.tabs.items():
        top = frames[key].top + TAB_TOP
        names[key] = Rect(left, top, left + scene.frames[key].tab_width, top + TAB_HEIGHT)
    for line, route in arrangement.routes.items():
        for a, b in pairwise(route.points):
            if abs(a.x - b.x) > abs(a.y - b.y):
                yield from ((line, key) for key, name in names.items() if spanned(a, b).overlaps(name))


def _turning_back(scene: Scene, placement: Placement) -> int:
    traffic = [line for line in scene.lines.values() if line.kind == "traffic"]
    return sum(_runs_against_the_reading(placement, line) for line in traffic)


def _out_of_order(scene: Scene, placement: Placement) -> int:
    """Pairs of neighbours of one kind of which the second stands before the first, as region B above A.

    Outermost frames count for more.
    """
    groups: dict[tuple[str | None, str], list[Rect]] = {}
    for card in scene.cards.values():
        groups.setdefault((card.frame, card.type), []).append(placement.cards[card.key])
    for frame in scene.frames.values():
        if frame.key in placement.frames:
            groups.setdefault((frame.parent, frame.look), []).append(placement.frames[frame.key])
    outermost = {(None, frame.look) for frame in scene.frames.values()}
    return sum(
        _stands_before(other, one) * (_OUTERMOST if which in outermost else 1)
        for which, group in groups.items()
        for one, other in combinations(group, 2)
    )


def _stands_before(one: Rect, other: Rect) -> bool:
    return (
        one.bottom <= other.top
        if one.bottom <= other.top or other.bottom <= one.top
        else one.left < other.left
    )


def _runs_against_the_reading(placement: Placement, line: Line) -> bool:
    """Up without going right, or left without going down."""
    start, end = placement.cards[line.source].center, placement.cards[line.target].center
    right, down = end.x - start.x, end.y - start.y
    return (down < -_SLIGHTLY and right < _SLIGHTLY) or (right < -_SLIGHTLY and down < _SLIGHTLY)


def length_of(route: Route) -> float:
    return sum(dist(a, b) for a, b in pairwise(route.points))

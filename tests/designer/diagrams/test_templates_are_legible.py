"""What can be measured of a good picture, on every template and form: nothing lies on anything else."""

from decimal import Decimal
from itertools import combinations, pairwise

import pytest

from designer.diagrams.arrangement import Arrangement, placed_extent
from designer.diagrams.arranging import arrange, arrange_as_placed
from designer.diagrams.compose import compose
from designer.diagrams.costs import ComponentCost
from designer.diagrams.geometry import Rect, spanned
from designer.diagrams.judging import covered_words, struck_out
from designer.diagrams.routing import crossings
from designer.diagrams.scene import Scene
from designer.diagrams.shared_words import companies
from designer.diagrams.subject import Subject
from designer.diagrams.views.cost import compose_cost
from designer.diagrams.views.executive import compose_executive
from tests.shipped_templates import FORMS, design_of, each_form, name_of

# The most places at which lines may cross. What isn't named here has two at most.
MOST_CROSSINGS = {
    "beh-hybrid": 4,
    "beh-hybrid-hardened": 12,  # everything between two sites goes over two interconnects
    "cyb-multi-hardened": 4,
    "rax-ecommerce-hardened": 5,
    "rax-hybrid-hardened": 3,
    "rax-rackconnect-hardened": 4,
    "rax-revproxy-hardened": 3,
    "rax-webapp-hardened": 4,
}
# Where a line has no other way than along the name of a frame, which interrupts it and stays readable.
ONE_STRUCK_OUT = {"beh-hybrid", "beh-hybrid-hardened", "cyb-multi-hardened"}
NARROWEST, WIDEST = 1 / 1.6, 2.6
PRICE = ComponentCost(Decimal("1234.56"), "USD")

Drawing = tuple[str, Scene, Arrangement]


@pytest.fixture(scope="module", params=FORMS, ids=lambda one: name_of(*one))
def drawing(request, types) -> Drawing:
    scene = compose(design_of(*request.param).document(), types)
    return name_of(*request.param), scene, arrange(scene)


@pytest.fixture(scope="module", params=FORMS, ids=lambda one: name_of(*one))
def drawing_without_words(request, types) -> Drawing:
    """The view "cost": no line says anything, so none is given room for words."""
    document = design_of(*request.param).document()
    scene = compose_cost(Subject(document, types, costs=dict.fromkeys(document.components, PRICE)))
    return name_of(*request.param), scene, arrange(scene)


@pytest.fixture(scope="module", params=FORMS, ids=lambda one: name_of(*one))
def drawing_as_placed(request, types) -> Drawing:
    document = design_of(*request.param).document()
    scene = compose(document, types, as_placed=True)
    return name_of(*request.param), scene, arrange_as_placed(scene, document)


def test_no_card_lies_on_another(drawing) -> None:
    _, scene, arrangement = drawing

    assert not overlapping_cards(scene, arrangement)


def test_no_line_runs_through_a_card_and_none_is_left_out(drawing) -> None:
    _, scene, arrangement = drawing

    assert set(arrangement.routes) == set(scene.lines)
    assert not lines_through_cards(scene, arrangement)


def test_no_words_of_a_line_lie_on_a_card_or_on_other_words(drawing) -> None:
    _, scene, arrangement = drawing

    assert not unsaid(scene, arrangement)
    assert not list(covered_words(scene, arrangement))
    assert not words_on_tabs(scene, arrangement)


def test_lines_that_say_different_things_run_on_tracks_of_their_own(drawing) -> None:
    _, scene, arrangement = drawing

    assert not lines_on_one_track(scene, arrangement)


def test_a_line_that_ends_at_a_frame_never_enters_it(drawing) -> None:
    _, scene, arrangement = drawing

    assert not lines_inside_their_end(scene, arrangement)


def test_no_line_runs_along_the_name_of_a_frame(drawing) -> None:
    name, scene, arrangement = drawing

    assert len(list(struck_out(scene, arrangement))) <= (1 if name in ONE_STRUCK_OUT else 0)


@each_form
def test_an_overview_has_no_name_struck_out(key, form, types) -> None:
    scene = compose_executive(Subject(design_of(key, form).document(), types))

    assert not list(struck_out(scene, arrange(scene)))


def test_amounts_stand_clear_of_cards_and_lines(drawing_without_words) -> None:
    _, scene, arrangement = drawing_without_words

    assert set(arrangement.routes) == set(scene.lines)
    assert not overlapping_cards(scene, arrangement)
    assert not lines_through_cards(scene, arrangement)
    assert not lines_inside_their_end(scene, arrangement)


def test_a_picture_suits_a_slide(drawing) -> None:
    _, scene, arrangement = drawing
    picture = placed_extent(scene, arrangement.placement)

    assert NARROWEST <= picture.width / picture.height <= WIDEST


def test_few_lines_cross(drawing) -> None:
    name, _, arrangement = drawing

    assert crossings(arrangement.routes.values()) <= MOST_CROSSINGS.get(name, 2)


def test_as_placed_no_line_runs_through_a_card_and_no_words_lie_on_anything(drawing_as_placed) -> None:
    _, scene, arrangement = drawing_as_placed

    assert not overlapping_cards(scene, arrangement)
    assert set(arrangement.routes) == set(scene.lines)
    assert not lines_through_cards(scene, arrangement)
    assert not list(covered_words(scene, arrangement))
    assert not words_on_tabs(scene, arrangement)


# --- measuring -----------------------------------------------------------------------------------


def unsaid(scene: Scene, arrangement: Arrangement) -> set[str]:
    """Lines whose words stand neither on them nor on a line that goes with them."""
    pills = arrangement.labels.pills.keys()
    lines = [line for line in scene.lines.values() if line.pill_width]
    said_for = {
        key
        for one in companies(lines, arrangement.routes)
        if not {one.speaker, one.silent}.isdisjoint(pills)
        for key in (one.speaker, one.silent)
    }
    return {line.key for line in lines} - pills - said_for


def overlapping_cards(scene: Scene, arrangement: Arrangement) -> list[tuple[str, str]]:
    outlines = {key: arrangement.placement.outline(scene, key) for key in scene.cards}
    return [pair for pair in combinations(outlines, 2) if outlines[pair[0]].overlaps(outlines[pair[1]])]


def lines_through_cards(scene: Scene, arrangement: Arrangement) -> list[tuple[str, str]]:
    """The last pixel doesn't count: a line ends on the edge of its card."""
    cards = {key: arrangement.placement.outline(scene, key).grown(-1) for key in scene.cards}
    return [
        (line, card)
        for line, route in arrangement.routes.items()
        for piece in (spanned(a, b) for a, b in pairwise(route.points))
        for card, place in cards.items()
        if piece.overlaps(place)
    ]


def lines_inside_their_end(scene: Scene, arrangement: Arrangement) -> list[str]:
    """Lines that run within the frame at which they begin or end."""
    within = {key: place.grown(-1) for key, place in arrangement.placement.frames.items()}
    return [
        key
        for key, route in arrangement.routes.items()
        for end in (scene.lines[key].start, scene.lines[key].end)
        if end in within and any(spanned(a, b).overlaps(within[end]) for a, b in pairwise(route.points))
    ]


def words_on_tabs(scene: Scene, arrangement: Arrangement) -> list[tuple[str, str]]:
    tabs = {
        key: Rect(left, frame.top + 8, left + scene.frames[key].tab_width, frame.top + 28)
        for key, left in arrangement.labels.tabs.items()
        for frame in [arrangement.placement.frames[key]]
    }
    return [
        (line, frame)
        for line, center in arrangement.labels.pills.items()
        for frame, tab in tabs.items()
        if Rect.around(center, scene.lines[line].pill_width, scene.lines[line].pill_height).overlaps(tab)
    ]


def lines_on_one_track(scene: Scene, arrangement: Arrangement) -> list[tuple[str, str]]:
    """Pairs that run side by side, closer than four pixels, for longer than a corner."""
    pieces = [
        (key, spanned(a, b)) for key, route in arrangement.routes.items() for a, b in pairwise(route.points)
    ]
    return [
        (one, other)
        for (one, place), (other, near) in combinations(pieces, 2)
        if scene.lines[one].saying != scene.lines[other].saying and _share_a_track(place, near)
    ]


def _share_a_track(one: Rect, other: Rect) -> bool:
    close, long = 4, 12
    for a, b in ((one, other), (_turned(one), _turned(other))):
        level = a.height < 0.5 and b.height < 0.5
        if level and abs(a.top - b.top) < close and min(a.right, b.right) - max(a.left, b.left) > long:
            return True
    return False


def _turned(rect: Rect) -> Rect:
    return Rect(rect.top, rect.left, rect.bottom, rect.right)

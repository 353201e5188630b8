"""The layout "as placed" says what the canvas says."""

import time

import pytest

from designer.diagrams.arranging import arrange_as_placed
from designer.diagrams.compose import compose
from designer.diagrams.geometry import Rect
from designer.diagrams.placed import place_as_drawn


@pytest.mark.parametrize("key", ["rax-basic", "osc-net"])
def test_everything_stands_where_the_canvas_has_it(key, template, types) -> None:
    design = template(key)
    placement = place_as_drawn(compose(design, types, as_placed=True), design)

    for component in design.components.values():
        around = placement.frames[component.parent] if component.parent else None
        place = placement.rect(component.id)
        if around:
            assert (place.left - around.left, place.top - around.top) == (
                component.position["x"],
                component.position["y"],
            )
            assert around.covers(place)


def test_a_container_is_as_large_as_drawn_and_never_smaller_than_its_contents(a_drawing, types) -> None:
    parts = {
        "net": ("network", None, {"position": {"x": 5, "y": 5}, "extent": {"width": 100, "height": 80}}),
        "web": ("web_server", "net", {"position": {"x": 60, "y": 40}}),
        "big": ("network", None, {"position": {"x": 500, "y": 5}, "extent": {"width": 700, "height": 600}}),
        "db": ("dbaas", "big", {"position": {"x": 20, "y": 40}}),
    }
    design = a_drawing(parts)
    placement = place_as_drawn(compose(design, types, as_placed=True), design)

    assert placement.frames["net"].covers(placement.cards["web"])
    assert placement.frames["big"] == Rect(495, 0, 495 + 700, 600)


def test_where_no_fact_stands_a_name_has_three_rows(a_drawing, types) -> None:
    long = "0.0.0.0/0 to the internet service of region one, and nothing besides"
    parts = {
        "table": ("route_table", None, {"label": long, "position": {"x": 0, "y": 0}}),
        "web": ("volume", None, {"label": long, "position": {"x": 400, "y": 0}, "size_gib": 100}),
    }
    cards = compose(a_drawing(parts), types, as_placed=True).cards

    assert [(len(card.title), bool(card.fact)) for card in cards.values()] == [(3, False), (2, True)]


def test_what_has_no_place_stands_in_a_row_below(a_drawing, types) -> None:
    parts = {
        "net": ("network", None, {}),
        "web": ("web_server", "net", {}),
        "db": ("dbaas", "net", {}),
        "www": ("internet", None, {"position": {"x": 0, "y": 0}}),
    }
    design = a_drawing(parts)
    placement = place_as_drawn(compose(design, types, as_placed=True), design)

    assert placement.frames["net"].top > placement.cards["www"].bottom
    assert not placement.cards["web"].overlaps(placement.cards["db"])
    assert all(placement.frames["net"].covers(placement.cards[key]) for key in ("web", "db"))


def test_places_beyond_all_bounds_are_brought_back(a_drawing, types) -> None:
    design = a_drawing(
        {
            "a": ("internet", None, {"position": {"x": -1e300, "y": 1e300}}),
            "b": ("internet", None, {"position": {"x": 0, "y": 0}}),
        }
    )

    placement = place_as_drawn(compose(design, types, as_placed=True), design)

    assert all(abs(value) < 1_000_000 for rect in placement.cards.values() for value in rect)


def test_things_placed_very_far_apart_are_drawn_in_no_time(a_drawing, types) -> None:
    parts = {}
    for number in range(8):
        aside = -100_000 + number * 25_000
        parts[f"net{number}"] = ("network", None, {"position": {"x": aside, "y": -aside}})
        parts[f"web{number}"] = ("web_server", f"net{number}", {"position": {"x": 100_000, "y": 100_000}})
    design = a_drawing(parts, [f"web{number} -> web{(number * 3 + 1) % 8} HTTP 80" for number in range(7)])
    scene = compose(design, types, as_placed=True)

    started = time.process_time()
    arrange_as_placed(scene, design)

    assert time.process_time() - started < 2

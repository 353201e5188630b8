"""Lines run at right angles around everything that they don't belong to."""

from itertools import pairwise

import pytest

from designer.diagrams import routing
from designer.diagrams.arrangement import Arrangement
from designer.diagrams.arranging import arrange, arrange_as_placed
from designer.diagrams.compose import compose
from designer.diagrams.geometry import Rect
from designer.diagrams.routing import crossings
from designer.diagrams.scene import Scene


@pytest.fixture(scope="module", params=["rax-basic", "osc-net"])
def arranged(request, template, types) -> tuple[Scene, Arrangement]:
    scene = compose(template(request.param), types)
    return scene, arrange(scene)


def test_every_line_of_a_template_finds_a_route(arranged) -> None:
    scene, arrangement = arranged

    assert set(arrangement.routes) == set(scene.lines)


def test_routes_are_made_of_level_and_upright_pieces(arranged) -> None:
    _, arrangement = arranged

    for route in arrangement.routes.values():
        assert all(abs(a.x - b.x) < 0.5 or abs(a.y - b.y) < 0.5 for a, b in pairwise(route.points))


def test_lines_begin_and_end_on_the_edge_of_their_cards(arranged) -> None:
    scene, arrangement = arranged

    for key, route in arrangement.routes.items():
        line = scene.lines[key]
        for end, point in ((line.start, route.points[0]), (line.end, route.points[-1])):
            outline = arrangement.placement.outline(scene, end)
            assert outline.grown(1).covers(Rect(*point, *point))
            assert not outline.grown(-1).covers(Rect(*point, *point))


def test_the_main_path_of_a_template_runs_straight(template, types) -> None:
    routes = arrange(compose(template("rax-basic"), types)).routes

    assert [len(routes[key].points) for key in ("www-sw", "sw-lb", "lb-web", "web-db")] == [2, 2, 2, 2]


def test_lines_that_say_the_same_share_a_track(a_drawing, types) -> None:
    """
    lb ─┬─▶ a        the second line begins at the branch, so that dashes don't fill up
        └─▶ b
    """
    parts = {
        "lb": ("load_balancer", None, {"position": {"x": 0, "y": 100}}),
        "a": ("web_server", None, {"position": {"x": 300, "y": 0}}),
        "b": ("web_server", None, {"position": {"x": 300, "y": 200}}),
    }
    design = a_drawing(parts, ["lb -> a publish HTTP 80", "lb -> b publish HTTP 80"])
    routes = arrange_as_placed(compose(design, types, as_placed=True), design).routes

    first, second = routes["l1"], routes["l2"]
    assert first.points[:2] == second.points[:2]
    assert first.drawn == first.points
    assert second.drawn != second.points
    assert not second.draws_tail
    assert second.draws_head


def test_lines_that_say_different_things_keep_apart(a_drawing, types) -> None:
    parts = {
        "a": ("web_server", None, {"position": {"x": 0, "y": 0}}),
        "b": ("dbaas", None, {"position": {"x": 400, "y": 0}}),
    }
    design = a_drawing(parts, ["a -> b MySQL 3306", "a -> b monitor HTTPS 443"])
    routes = arrange_as_placed(compose(design, types, as_placed=True), design).routes

    assert abs(routes["l1"].points[0].y - routes["l2"].points[0].y) > 10
    assert crossings(routes.values()) == 0


def test_cards_that_lie_on_each_other_are_joined_by_a_straight_line(a_drawing, types) -> None:
    parts = {
        "a": ("web_server", None, {"position": {"x": 0, "y": 0}}),
        "b": ("dbaas", None, {"position": {"x": 20, "y": 10}}),
    }
    design = a_drawing(parts, ["a -> b MySQL 3306"])

    arrangement = arrange_as_placed(compose(design, types, as_placed=True), design)

    assert set(arrangement.placement.cards) == {"a", "b"}


def test_beyond_its_limits_the_router_leaves_lines_to_graphviz(monkeypatch, template, types) -> None:
    monkeypatch.setattr(routing, "ROUTER_CELLS", 10)
    scene = compose(template("rax-basic"), types)

    arrangement = arrange(scene)

    assert arrangement.routes == {}
    assert set(arrangement.placement.curves) == set(scene.lines)

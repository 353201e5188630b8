"""Graphviz in its own process: what comes back is a layout, or one clear sentence."""

import pytest

from bench.diagrams import TYPES, tiered_design
from designer.diagrams import layout, routing
from designer.diagrams.arranging import arrange
from designer.diagrams.compose import compose
from designer.diagrams.layout import place_automatically, run_graphviz
from designer.diagrams.limits import DiagramTimeout

MANY = "digraph { " + " ".join(f"n{a} -> n{a * 7 % 400};" for a in range(1_500)) + "}"


@pytest.mark.parametrize("key", ["rax-basic", "osc-net"])
def test_cards_stand_inside_their_frames_and_beside_each_other(key, template, types) -> None:
    scene = compose(template(key), types)
    for placement in place_automatically(scene, ["LR", "TB"]):
        outlines = {one: placement.outline(scene, one) for one in scene.cards}
        assert all(
            placement.frames[card.frame].covers(outlines[card.key])
            for card in scene.cards.values()
            if card.frame
        )
        assert all(
            placement.frames[frame.parent].covers(placement.frames[frame.key])
            for frame in scene.frames.values()
            if frame.parent
        )
        assert not [
            (one, other)
            for one in outlines
            for other in outlines
            if one < other and outlines[one].overlaps(outlines[other])
        ]


def test_neighbouring_frames_keep_a_gap(template, types) -> None:
    scene = compose(template("osc-net"), types)
    frames = arrange(scene).placement.frames
    subnets = [key for key, frame in scene.frames.items() if frame.parent == "net"]

    assert len(subnets) == 4
    assert not [
        (one, other)
        for one in subnets
        for other in subnets
        if one < other and frames[one].grown(5).overlaps(frames[other])
    ]


def test_the_main_path_is_straight(template, types) -> None:
    placement = arrange(compose(template("rax-basic"), types)).placement

    assert placement.direction == "TB"
    assert len({round(placement.cards[key].center.x) for key in ("www", "sw", "lb", "web", "db")}) == 1


def test_a_layout_that_takes_too_long_is_stopped_and_says_the_limit(monkeypatch) -> None:
    monkeypatch.setattr(layout, "LAYOUT_SECONDS", 0.05)

    with pytest.raises(DiagramTimeout, match=r"took more than 0.05 seconds of time"):
        run_graphviz([MANY])


def test_a_layout_that_takes_too_much_processor_time_is_stopped(monkeypatch) -> None:
    monkeypatch.setattr(layout, "LAYOUT_SECONDS", 1)

    with pytest.raises(DiagramTimeout, match="1 seconds"):
        run_graphviz([MANY] * 200)


def test_a_layout_that_takes_too_much_memory_is_stopped(monkeypatch) -> None:
    monkeypatch.setattr(layout, "LAYOUT_MEMORY_MIB", 180)

    with pytest.raises(DiagramTimeout, match="180 MiB of memory"):
        run_graphviz([MANY])


def test_dot_that_graphviz_refuses_is_our_own_mistake() -> None:
    with pytest.raises(RuntimeError, match="Graphviz ended with status 1"):
        run_graphviz(["digraph { unclosed"])


def test_the_layout_process_sees_nothing_of_our_environment(monkeypatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "/nonexistent")
    monkeypatch.setenv("PYTHONHOME", "/nonexistent")

    assert run_graphviz(["digraph { a -> b }"])[0]["edges"]


def test_a_hundred_components_are_routed_and_a_thousand_keep_the_curves_of_graphviz() -> None:
    for size, routed in ((100, True), (1_000, False)):
        scene = compose(tiered_design(size), TYPES)
        arrangement = arrange(scene)

        assert (set(arrangement.routes) == set(scene.lines)) is routed
        assert bool(arrangement.routes) is routed
        assert set(arrangement.placement.curves) == set(scene.lines)


def test_a_router_that_runs_out_of_steps_leaves_all_lines_to_graphviz(monkeypatch) -> None:
    monkeypatch.setattr(routing, "ROUTER_STEPS_IN_ALL", 500)
    scene = compose(tiered_design(300), TYPES)

    assert arrange(scene).routes == {}


def test_copies_stand_in_the_order_of_their_names(template, types) -> None:
    cards = arrange(compose(template("rax-webapp"), types)).placement.cards

    assert [key for key in sorted(cards, key=lambda key: cards[key].top) if key.startswith("app")] == [
        "app1",
        "app2",
        "app3",
        "app4",
    ]

"""Two lines that say the same say it once where they go together."""

import pytest

from designer.diagrams.arranging import arrange
from designer.diagrams.compose import compose
from designer.diagrams.geometry import Point
from designer.diagrams.shared_words import companies, shared_way

A, B, C, D = Point(0, 0), Point(100, 0), Point(100, 80), Point(100, -80)


@pytest.mark.parametrize(
    ("one", "other", "way"),
    [
        ([A, B, C], [A, B, D], (A, B)),  # they part at a corner
        ([A, B, C], [A, Point(40, 0), Point(40, 60)], (A, Point(40, 0))),  # one turns off before
        ([A, Point(300, 0)], [A, B, C], (A, B)),  # the other goes on straight
        ([A, B, C], [A, B, Point(100, 40), Point(200, 40)], (A, B, Point(100, 40))),
        ([A, B], [Point(0, 12), Point(100, 12)], (A,)),  # another door of the same card
        ([A, B], [A, Point(-100, 0)], (A,)),  # to both sides of one point
        ([A, B], [A, Point(0, 50)], (A,)),
    ],
)
def test_lines_share_their_way_until_they_part(one, other, way) -> None:
    assert shared_way(one, other) == way
    assert len(shared_way(other, one)) == len(way)


def test_a_balancer_says_once_what_it_says_to_both_its_servers(template, types) -> None:
    scene = compose(template("rax-webapp"), types, title="Web application")
    arrangement = arrange(scene)

    balancer = next(card.key for card in scene.cards.values() if card.type == "load_balancer")
    onward = [line for line in scene.lines.values() if line.start == balancer and line.words == "HTTP"]
    pills = [line.key for line in onward if line.key in arrangement.labels.pills]
    assert (len(onward), len(pills)) == (2, 1)


def test_only_a_companion_is_silent(template, types) -> None:
    scene = compose(template("rax-webapp"), types, title="Web application")
    arrangement = arrange(scene)

    lines = [line for line in scene.lines.values() if line.pill_width]
    silent = {line.key for line in lines} - arrangement.labels.pills.keys()
    pairs = {frozenset((one.speaker, one.silent)) for one in companies(lines, arrangement.routes)}
    assert silent
    assert all(
        any(key in pair and pair & arrangement.labels.pills.keys() for pair in pairs) for key in silent
    )

"""Long chains of frames are folded into rows, and tunnels stand between what they join."""

from itertools import pairwise

import pytest

from designer.diagrams.arrangement import placed_extent
from designer.diagrams.arranging import arrange
from designer.diagrams.compose import compose
from designer.diagrams.folding import promising_folds
from designer.diagrams.geometry import Rect
from designer.diagrams.judging import prints_at
from designer.diagrams.layout import place_automatically, place_folded
from designer.diagrams.neighbourhood import Neighbourhood
from designer.diagrams.scene import Scene


@pytest.fixture
def chain(a_drawing, types) -> Scene:
    """www ─▶ [lb0 ─▶ web0] ─▶ [lb1 ─▶ web1] ─▶ … five networks, one behind the other."""
    parts = {"www": ("internet", None, {}), "reg": ("region", None, {})}
    links, before = [], "www"
    for number in range(5):
        parts[f"net{number}"] = ("network", "reg", {"cidr": f"10.{number}.0.0/16"})
        parts[f"lb{number}"] = ("load_balancer", f"net{number}", {})
        parts[f"web{number}"] = ("web_server", f"net{number}", {})
        links += [f"{before} -> lb{number} HTTP 80", f"lb{number} -> web{number} HTTP 80"]
        before = f"web{number}"
    return compose(a_drawing(parts, links), types)


def test_a_chain_of_networks_suits_a_slide(chain) -> None:
    flat, _ = place_automatically(chain, ["LR", "TB"])
    picture = placed_extent(chain, arrange(chain).placement)

    assert placed_extent(chain, flat).width > 8 * placed_extent(chain, flat).height
    assert 1 / 1.6 < picture.width / picture.height < 2.6


def test_rows_follow_each_other_as_lines_of_text_do(chain) -> None:
    placements = place_automatically(chain, ["LR", "TB"])
    folds = [
        fold
        for fold in promising_folds(chain, placements, lambda picture: prints_at(chain, picture))
        if fold.direction == "LR"
    ]
    folded = place_folded(chain, folds)

    assert folded
    for fold, placement in zip(folds, folded, strict=True):
        rows = [[placement.frames[key] for key in row if key in placement.frames] for row in fold.rows]
        for above, below in pairwise(rows):
            assert max(frame.bottom for frame in above) < min(frame.top for frame in below)


def test_no_line_of_a_folded_chain_is_lost(chain) -> None:
    assert set(arrange(chain).routes) == set(chain.lines)


def test_what_suits_a_slide_as_it_is_stays_unfolded(template, types) -> None:
    scene = compose(template("rax-basic"), types)
    placements = place_automatically(scene, ["LR", "TB"])

    assert arrange(scene).placement.cards.keys() == scene.cards.keys()
    assert not promising_folds(scene, placements, lambda _: 1.0)


def test_a_tunnel_stands_between_the_regions_that_it_joins(template, types) -> None:
    placement = arrange(compose(template("cyb-multi"), types)).placement
    first, second, mesh = (placement.rect(key) for key in ("reg1", "reg2", "mesh"))

    across = sorted([first.center.x, second.center.x, mesh.center.x])[1] == mesh.center.x
    down = sorted([first.center.y, second.center.y, mesh.center.y])[1] == mesh.center.y
    assert across or down
    assert not mesh.overlaps(first)
    assert not mesh.overlaps(second)


def test_a_neighbourhood_finds_what_lies_near_in_the_order_it_came() -> None:
    near = Neighbourhood([(Rect(0, 0, 10, 10), "small"), (Rect(-9_000, -9_000, 9_000, 9_000), "vast")])
    near.add(Rect(5_000, 5_000, 5_010, 5_010), "far")
    near.add(Rect(-5, -5, 5, 5), "other")

    assert [name for _, name in near.overlapping(Rect(1, 1, 2, 2))] == ["small", "vast", "other"]
    assert [name for _, name in near.overlapping(Rect(5_001, 5_001, 5_002, 5_002))] == ["vast", "far"]

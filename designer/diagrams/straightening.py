"""Small corrections to what Graphviz placed: cards of the main path that nearly line up do line up."""

from dataclasses import replace

from designer.diagrams.arrangement import Placement
from designer.diagrams.dot import FRAME_MARGIN, distances_from_outside
from designer.diagrams.geometry import Rect
from designer.diagrams.scene import Line, Scene

_NEARLY = 60  # pixels off the line that are taken for an accident
_CLEARANCE = 18


def in_natural_order(scene: Scene, placement: Placement) -> Placement:
    """Cards that only their names tell apart change places until the second stands after the first."""
    lines_of: dict[str, list[tuple[str, ...]]] = {}
    for line in scene.lines.values():
        lines_of.setdefault(line.source, []).append(("out", line.end, *line.saying, str(line.both_ways)))
        lines_of.setdefault(line.target, []).append(("in", line.start, *line.saying, str(line.both_ways)))
    alike: dict[object, list[str]] = {}
    for card in scene.cards.values():
        lines = tuple(sorted(lines_of.get(card.key, [])))
        same = (card.frame, card.type, card.width, card.height, card.overhang, lines)
        alike.setdefault(same, []).append(card.key)
    cards = dict(placement.cards)
    for keys in alike.values():
        places = sorted((placement.cards[key] for key in keys), key=lambda rect: (rect.top, rect.left))
        cards.update(zip(keys, places, strict=True))
    return _moved(scene, placement, cards)


def straightened(scene: Scene, placement: Placement) -> Placement:
    """Moves a card sideways, onto the axis of the one before it, where that touches nothing."""
    cards = dict(placement.cards)
    distances = distances_from_outside(scene)
    main = [line for line in scene.lines.values() if line.kind == "traffic" and line.source in distances]
    moved: set[str] = set()
    for line in sorted(main, key=lambda line: (distances[line.source], line.key)):
        if line.target in moved or distances.get(line.target, 0) <= distances[line.source]:
            continue
        if wanted := _on_one_axis(scene, placement, cards, line):
            cards[line.target] = wanted
        moved.add(line.target)
    return _moved(scene, placement, cards)


def _moved(scene: Scene, placement: Placement, cards: dict[str, Rect]) -> Placement:
    """Curves of cards that stand elsewhere now lead nowhere."""
    curves = {
        key: curve
        for key, curve in placement.curves.items()
        if all(
            cards[end] == placement.cards[end] for end in (scene.lines[key].source, scene.lines[key].target)
        )
    }
    return replace(placement, cards=cards, curves=curves)


def _on_one_axis(scene: Scene, placement: Placement, cards: dict[str, Rect], line: Line) -> Rect | None:
    """Where the target stands in line with the source; None when it does already, or can't."""
    source, target = cards[line.source].center, cards[line.target].center
    across = placement.direction == "LR"
    off = source.y - target.y if across else source.x - target.x
    if not 0.5 < abs(off) <= _NEARLY:
        return None
    wanted = cards[line.target].moved(0, off) if across else cards[line.target].moved(off, 0)
    card = scene.cards[line.target]
    free = wanted.grown(_CLEARANCE)._replace(
        right=wanted.right + card.overhang + _CLEARANCE, bottom=wanted.bottom + card.overhang + _CLEARANCE
    )
    swept = Rect(
        min(free.left, cards[line.target].left),
        min(free.top, cards[line.target].top),
        max(free.right, cards[line.target].right),
        max(free.bottom, cards[line.target].bottom),
    )
    if any(swept.overlaps(rect) for key, rect in cards.items() if key != line.target):
        return None
    if card.frame and not _fits(
        wanted, placement.frames[card.frame], scene.frames[card.frame].tab_height, card.overhang
    ):
        return None
    own = set(scene.frames_around(card.frame))
    if any(
        wanted.grown(FRAME_MARGIN).overlaps(rect) for key, rect in placement.frames.items() if key not in own
    ):
        return None
    return wanted


def _fits(card: Rect, frame: Rect, tab_height: float, overhang: int) -> bool:
    inner = frame.grown(-FRAME_MARGIN)
    return (
        inner.left <= card.left
        and card.right + overhang <= inner.right
        and inner.top + tab_height <= card.top
        and card.bottom + overhang <= inner.bottom
    )

"""From a scene to DOT text: blank boxes of known size. No font, icon or word of a user reaches Graphviz.

Ids are n0, cluster_0 and e0, numbered in the scene's own order; layout.py reads them back.
"""

import math
from collections.abc import Iterator
from itertools import pairwise
from typing import TypeVar

from designer.diagrams.folding import Fold
from designer.diagrams.scene import Card, Frame, Line, Scene

FRAME_MARGIN = 12  # between a frame and what it holds
# Graphviz lets neighbouring clusters touch. So clusters are larger than frames by this on every side,
# and layout.py takes it off again.
FRAME_GAP = 6
Thing = TypeVar("Thing")
_POINTS_PER_INCH = 72  # Graphviz counts sizes in inches; one of its points is one of our pixels
# Services that point at what they serve: laid out backwards, so that they never push the main path.
BACKWARDS = frozenset({"origin", "deliver", "monitor", "provision"})
TWO_HEADS = frozenset({"replication", "tunnel", "ha"})
NO_HEADS = frozenset({"attach"})
_WAYS_OUT = frozenset({"nat_gateway", "router", "internet", "public_network"})
_MAIN_PATH = ("traffic", "growth", "rule", "serves")
# Graphviz keeps ranks apart, not frames: a line without words that ends at a frame needs room for its arrow.
_ARROW = 20
_WEIGHTS = {"traffic": 6, "deliver": 3, "monitor": 1, "admin": 1, "provision": 1, "backup": 1}


def dot_source(scene: Scene, direction: str, fold: Fold | None = None, *, last_first: bool = False) -> str:
    """DOT for one direction, "LR" or "TB"; with a fold, for that.

    `last_first`: tells Graphviz everything in the opposite order, from which it may find another layout.
    """
    return "\n".join(_Writer(scene, direction, fold, last_first=last_first).statements()) + "\n"


def distances_from_outside(scene: Scene) -> dict[str, int]:
    """Steps of traffic from whoever stands outside: the order in which a customer reads the picture."""
    onward: dict[str, list[str]] = {}
    for line in scene.lines.values():
        if line.kind in _MAIN_PATH:
            onward.setdefault(line.source, []).append(line.target)
    aimed_at = {target for targets in onward.values() for target in targets}
    sources = [card.key for card in scene.cards.values() if card.key not in aimed_at]
    outside = [key for key in sources if scene.cards[key].type in ("internet", "client")]
    distances = dict.fromkeys(outside or sources, 0)
    queue = list(distances)
    for key in queue:
        for target in onward.get(key, ()):
            if target not in distances:
                distances[target] = distances[key] + 1
                queue.append(target)
    return distances


class _Writer:
    def __init__(self, scene: Scene, direction: str, fold: Fold | None, *, last_first: bool) -> None:
        self.scene = scene
        self.direction = direction
        self.fold = fold
        # What Graphviz hears of first it tends to place first, and to the right that is at the bottom.
        self.last_first = last_first ^ (direction == "LR")
        self.nodes = {key: f"n{number}" for number, key in enumerate(scene.cards)}
        self.clusters = {key: f"cluster_{number}" for number, key in enumerate(scene.frames)}
        self.distances = distances_from_outside(scene)
        self.talks = {(line.source, line.target) for line in scene.lines.values() if line.kind in _MAIN_PATH}
        self.joints = dict(self._joints())
        self.cards_in: dict[str | None, list[Card]] = {}
        for card in scene.cards.values():
            self.cards_in.setdefault(card.frame, []).append(card)
        self.frames_in: dict[str | None, list[Frame]] = {}
        for frame in scene.frames.values():
            self.frames_in.setdefault(frame.parent, []).append(frame)

    def statements(self) -> Iterator[str]:
        yield "digraph {"
        yield (
            f"graph [rankdir={self.direction} compound=true newrank=true splines=spline nodesep=0.5 "
            "ranksep=0.4 pad=0 margin=0 labeljust=l labelloc=t remincross=true searchsize=60];"
        )
        yield 'node [shape=box fixedsize=true label="" margin=0];'
        yield from self._contents(None)
        yield from self._shared_ranks()
        for number, line in enumerate(self.scene.lines.values()):
            yield from self._edge(number, line)
        yield "}"

    def _contents(self, frame: str | None) -> Iterator[str]:
        cards = self._in_order(self.cards_in.get(frame, []))
        frames = self._in_order(self.frames_in.get(frame, []))
        if self.fold is None or self.fold.frame != frame:
            yield from self._group(cards, frames)
            return
        for number, row in self._in_order(list(enumerate(self.fold.rows))):
            yield f"subgraph cluster_row{number} {{"
            yield f'graph [margin={self.fold.margin(self.scene):.0f} label=""];'
            yield from self._group(
                [card for card in cards if card.key in row], [inner for inner in frames if inner.key in row]
            )
            yield "}"

    def _group(self, cards: list[Card], frames: list[Frame]) -> Iterator[str]:
        yield from (self._node(card) for card in cards if card.key not in self.joints)
        for number, inner in enumerate(frames):
            yield f"subgraph {self.clusters[inner.key]} {{"
            yield f"graph [margin={FRAME_MARGIN + FRAME_GAP} label={_tab(inner)}];"
            yield from self._contents(inner.key)
            yield "}"
            if not number:
                # Only clusters stand between clusters.
                for card in (card for card in cards if card.key in self.joints):
                    yield f"subgraph cluster_joint{self.nodes[card.key]} {{"
                    yield 'graph [margin=0 label=""];'
                    yield self._node(card)
                    yield "}"

    def _in_order(self, things: list[Thing]) -> list[Thing]:
        return things[::-1] if self.last_first else things

    def _node(self, card: Card) -> str:
        width = (card.width + card.overhang) / _POINTS_PER_INCH
        height = (card.height + card.overhang) / _POINTS_PER_INCH
        return f"{self.nodes[card.key]} [width={width:.4f} height={height:.4f}];"

    # --- what stands beside what -----------------------------------------------------------------

    def _shared_ranks(self) -> Iterator[str]:
        ranked = {
            end
            for line in self.scene.lines.values()
            if not self._turns_back(line) and not self._is_level(line)
            for end in (line.source, line.target)
        }
        if self.fold:
            yield from self._folded(self.fold)
            ranked -= self.fold.row.keys()
        yield from self._beside_their_neighbours(ranked)
        for joint, ends in self.joints.items():
            yield self._same_rank([joint, *ends])
            # Nothing but lines from another rank moves a card between two frames.
            for source, target in sorted(self.talks):
                if target in ends and source not in ends:
                    yield f"{self.nodes[source]} -> {self.nodes[joint]} [style=invis weight=2];"
        for group in (*self._siblings(ranked), *self._twins(ranked)):
            if len(group) > 1 and not self._talk_to_each_other(group):
                yield self._same_rank(group)

    def _folded(self, fold: Fold) -> Iterator[str]:
        """Each card in its column, and columns in their order."""
        for cards in fold.columns:
            yield self._same_rank(list(cards))
        for one, other in pairwise(fold.columns):
            yield f"{self.nodes[one[0]]} -> {self.nodes[other[0]]} [style=invis weight=0];"

    def _beside_their_neighbours(self, ranked: set[str]) -> Iterator[str]:
        """What no line ranks stands beside a card that one does: in the same frame, at the network's edge."""
        anchors: dict[str, str | None] = {}
        for card in self.scene.cards.values():
            if card.key not in ranked and card.frame and not self._is_folded(card.key):
                if card.frame not in anchors:
                    anchors[card.frame] = self._anchor(card.frame, ranked)
                if anchor := anchors[card.frame]:
                    yield self._same_rank([card.key, anchor])

    def _anchor(self, frame: str, ranked: set[str]) -> str | None:
        """In this frame, or else in the one around it."""
        for around in self.scene.frames_around(frame):
            inside = [card for card in self.scene.cards_within(around) if card.key in ranked]
            if inside:
                nearest = min(
                    inside,
                    key=lambda card: (card.frame != frame, card.category != "edge", self._distance(card.key)),
                )
                return nearest.key
        return None

    def _siblings(self, ranked: set[str]) -> list[list[str]]:
        """Cards of one type in one frame."""
        groups: dict[tuple[str | None, str], list[str]] = {}
        for card in self.scene.cards.values():
            if card.frame and card.key in ranked:
                groups.setdefault((card.frame, card.type), []).append(card.key)
        return list(groups.values())

    def _twins(self, ranked: set[str]) -> list[list[str]]:
        """Cards that mirror each other in several top frames: same type, same distance from the Internet."""
        groups: dict[tuple[str, int], dict[str, list[str]]] = {}
        for card in self.scene.cards.values():
            if card.frame and card.key in ranked and card.key in self.distances:
                *_, top = self.scene.frames_around(card.frame)
                tops = groups.setdefault((card.type, self.distances[card.key]), {})
                tops.setdefault(top, []).append(card.key)
        return [
            [key for keys in tops.values() for key in keys]
            for tops in groups.values()
            if len(tops) > 1 and all(len(keys) == 1 for keys in tops.values())
        ]

    def _joints(self) -> Iterator[tuple[str, list[str]]]:
        """(card, ends) of what does nothing but join twins, as a tunnel does: it stands between them."""
        lines_of: dict[str, list[Line]] = {}
        for line in self.scene.lines.values():
            lines_of.setdefault(line.source, []).append(line)
            lines_of.setdefault(line.target, []).append(line)
        for card in self.scene.cards.values():
            lines = lines_of.get(card.key, [])
            ends = [line.target if line.source == card.key else line.source for line in lines]
            kinds = {self.scene.cards[end].type for end in ends}
            steps = {self._distance(end) for end in ends}
            tops = {[*self.scene.frames_around(self.scene.cards[end].frame), end][-2:][0] for end in ends}
            if (
                len(ends) > 1
                and card.frame is None
                and all(line.kind in TWO_HEADS for line in lines)
                and len(kinds) == len(steps) == 1
                and len(tops) == len(ends)
            ):
                yield card.key, ends

    def _talk_to_each_other(self, group: list[str]) -> bool:
        return any((one, other) in self.talks for one in group for other in group)

    def _is_folded(self, key: str) -> bool:
        return self.fold is not None and key in self.fold.row

    def _same_rank(self, keys: list[str]) -> str:
        return "{rank=same; " + "; ".join(self.nodes[key] for key in keys) + "}"

    def _distance(self, key: str) -> int:
        return self.distances.get(key, len(self.scene.cards))

    # --- lines -----------------------------------------------------------------------------------

    def _edge(self, number: int, line: Line) -> Iterator[str]:
        if self.fold and self.fold.leads_to_another_row(line.source, line.target):
            return  # the router's business: for Graphviz it would pull the rows apart
        backwards = laid_out_backwards(self.scene, line)
        tail, head = (line.target, line.source) if backwards else (line.source, line.target)
        attributes = [f"id=e{number}", f"weight={_WEIGHTS.get(line.kind, 2)}"]
        if line.both_ways or line.kind in TWO_HEADS:
            attributes.append("dir=both")
        elif line.kind in NO_HEADS:
            attributes.append("dir=none")
        elif backwards:
            attributes.append("dir=back")
        if returning := self._turns_back(line):
            attributes.append("constraint=false")
        elif line.pill_width:
            attributes.append(f"label={_blank(line.pill_width + 6, line.pill_height + 4)}")
        elif line.source_frame or line.target_frame:
            attributes.append(f"label={_blank(_ARROW, _ARROW)}")
        for frame, end in ((line.source_frame, "tail"), (line.target_frame, "head")):
            if frame:
                other = {"tail": "head", "head": "tail"}[end]
                attributes.append(f"l{other if backwards else end}={self.clusters[frame]}")
        if self._is_level(line):
            yield self._same_rank([tail, head])
        elif not (returning or line.source_frame or line.target_frame):
            attributes += ["tailport=e headport=w"] if self.direction == "LR" else ["tailport=s headport=n"]
        yield f"{self.nodes[tail]} -> {self.nodes[head]} [{' '.join(attributes)}];"

    def _is_level(self, line: Line) -> bool:
        """Whether both ends share a rank."""
        joined = line.source in self.joints or line.target in self.joints
        return joined or stand_side_by_side(self.scene, line)

    def _turns_back(self, line: Line) -> bool:
        """Traffic towards the Internet, as through a NAT gateway: it must not push its target inwards."""
        if line.kind not in ("traffic", "publish"):
            return False
        source, target = self.scene.cards[line.source], self.scene.cards[line.target]
        way_out = target.type in _WAYS_OUT and source.category != "edge"
        return way_out or self._distance(line.target) < self._distance(line.source)


def stand_side_by_side(scene: Scene, line: Line) -> bool:
    """Copies of one thing share a rank; a joint between frames, such as a tunnel, comes after both."""
    return line.kind in TWO_HEADS and bool(scene.cards[line.source].frame and scene.cards[line.target].frame)


def laid_out_backwards(scene: Scene, line: Line) -> bool:
    if line.kind in TWO_HEADS:
        return not stand_side_by_side(scene, line) and scene.cards[line.source].frame is None
    return line.kind in BACKWARDS


def _tab(frame: Frame) -> str:
    return _blank(frame.tab_width + 2 * FRAME_GAP + 20, frame.tab_height + FRAME_GAP)


def _blank(width: float, height: float) -> str:
    """A label without words that takes exactly this room."""
    bare = 'BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0" FIXEDSIZE="TRUE"'
    size = f'WIDTH="{math.ceil(width)}" HEIGHT="{math.ceil(height)}"'
    return f"<<TABLE {bare} {size}><TR><TD></TD></TR></TABLE>>"

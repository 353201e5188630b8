"""Folds a long chain of frames into rows, as lines of text: what is eight times as wide as high fits no page.

Graphviz can't fold, but it keeps to columns and rows that it is given. So the unfolded layout says which card
stands in which column, a cut between two columns begins another row, and Graphviz lays the design out again.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, pairwise

from designer.diagrams.arrangement import Placement, placed_extent
from designer.diagrams.geometry import Rect, around_all
from designer.diagrams.scene import Scene

_ROW_MARGIN = 14  # around each row: lines that lead from one to the next run here
_MOST_ROWS = 3
_WORTHWHILE = 1.04  # how much larger a folded picture has to print
_PROMISING = 0.75  # compared with the best guess; guesses are that rough
_TRIES = 8


@dataclass(frozen=True)
class Fold:
    """Rows of what one container holds (None: the whole picture). Downwards, read "column" for row."""

    direction: str
    frame: str | None
    rows: tuple[tuple[str, ...], ...]  # cards and frames that stand in the container itself
    columns: tuple[tuple[str, ...], ...]  # cards, at any depth, that stand below each other once folded
    row_of: tuple[tuple[str, int], ...]  # card -> its row

    @cached_property
    def row(self) -> dict[str, int]:
        return dict(self.row_of)

    @cached_property
    def column(self) -> dict[str, int]:
        return {card: number for number, cards in enumerate(self.columns) for card in cards}

    def margin(self, scene: Scene) -> float:
        """Around each row. Between columns, the words of the lines that lead on need room of their own."""
        if self.direction == "LR":
            return _ROW_MARGIN
        widths = [
            line.pill_width
            for line in scene.lines.values()
            if self.leads_to_another_row(line.source, line.target)
        ]
        return max([_ROW_MARGIN, *(width / 2 - 8 for width in widths)])

    def leads_to_another_row(self, one: str, other: str) -> bool:
        return one in self.row and other in self.row and self.row[one] != self.row[other]


def promising_folds(
    scene: Scene, placements: list[Placement], prints_at: Callable[[Rect], float]
) -> list[Fold]:
    """The few that should print clearly larger than any of these placements, best guess first.

    `prints_at`: how large a picture of this extent comes out on a page.
    """
    enough = _WORTHWHILE * max(prints_at(placed_extent(scene, one)) for one in placements)
    guesses = [
        (scale, fold)
        for placement in placements
        for frame in (None, *scene.frames)
        for picture, fold in _folds_of(scene, placement, frame)
        if (scale := prints_at(picture)) > enough
    ]
    guesses.sort(key=lambda guess: (-guess[0], len(guess[1].rows), guess[1].direction, guess[1].rows))
    return [fold for scale, fold in guesses[:_TRIES] if scale > _PROMISING * guesses[0][0]]


def in_reading_order(scene: Scene, placement: Placement, fold: Fold) -> Placement | None:
    """Rows below each other as they follow each other; None when Graphviz laid them into one another.

    Graphviz keeps rows apart and ignores any wish about their order.
    """
    across = fold.direction == "LR"
    members = [
        [key for key in (*placement.cards, *placement.frames) if _row_of(scene, fold, key) == row]
        for row in range(len(fold.rows))
    ]
    bands = [
        around_all(_along(placement.outline(scene, key), across=across) for key in keys) for keys in members
    ]
    stacked = sorted(bands, key=lambda band: band.top)
    gaps = [below.top - above.bottom for above, below in pairwise(stacked)]
    if min(gaps) < 0:
        return None
    cards, frames = dict(placement.cards), dict(placement.frames)
    top = stacked[0].top
    for keys, band, gap in zip(members, bands, [*gaps, 0.0], strict=True):
        down = top - band.top
        x, y = (0.0, down) if across else (down, 0.0)
        for key in keys:
            places = cards if key in cards else frames
            places[key] = places[key].moved(x, y)
        top += band.height + gap
    # Lines between rows are unknown to Graphviz, and its curves end where the rows stood before.
    moved = Placement(cards, frames, placement.direction)
    return moved if _is_sound(scene, moved) else None


def _row_of(scene: Scene, fold: Fold, key: str) -> int | None:
    if key in scene.cards:
        return fold.row.get(key)
    if fold.frame is None or fold.frame in scene.frames_around(scene.frames[key].parent):
        return next((fold.row[card.key] for card in scene.cards_within(key) if card.key in fold.row), None)
    return None


def _is_sound(scene: Scene, placement: Placement) -> bool:
    """Whether nothing lies on anything else, and all that a frame holds is inside."""
    outlines = {key: placement.outline(scene, key) for key in placement.cards}
    apart = not any(one.overlaps(other) for one, other in combinations(outlines.values(), 2))
    return (
        apart
        and all(
            placement.frames[card.frame].covers(outlines[key])
            for key, card in scene.cards.items()
            if card.frame
        )
        and all(
            placement.frames[frame.parent].covers(placement.frames[key])
            for key, frame in scene.frames.items()
            if frame.parent and key in placement.frames
        )
        and not any(
            rect.overlaps(outline)
            for key, rect in placement.frames.items()
            for card, outline in outlines.items()
            if key not in scene.frames_around(scene.cards[card].frame)
        )
    )


def _folds_of(scene: Scene, placement: Placement, frame: str | None) -> Iterator[tuple[Rect, Fold]]:
    """(roughly the picture's extent, fold) for each way to cut the contents of one container."""
    inside = [key for key, one in scene.frames.items() if one.parent == frame and key in placement.frames]
    inside += [key for key, card in scene.cards.items() if card.frame == frame]
    across = placement.direction == "LR"
    places = {key: _along(placement.outline(scene, key), across=across) for key in inside}
    inside.sort(key=lambda key: (places[key].left, places[key].top, key))
    cuts = [
        number
        for number in range(1, len(inside))
        if max(places[key].right for key in inside[:number])
        < min(places[key].left for key in inside[number:])
    ]
    extent = _along(placed_extent(scene, placement), across=across)
    whole = around_all(places.values()) if places else extent
    for rows in range(2, _MOST_ROWS + 1):
        for chosen in combinations(cuts, rows - 1):
            parts = [inside[a:b] for a, b in zip((0, *chosen), (*chosen, len(inside)), strict=True)]
            if frame is None and any(len(part) == 1 and part[0] in scene.cards for part in parts):
                continue  # the Internet alone makes no row
            bands = [around_all(places[key] for key in part) for part in parts]
            width = extent.width - whole.width + max(band.width for band in bands)
            height = extent.height - whole.height + sum(band.height + 3 * _ROW_MARGIN for band in bands)
            picture = Rect(0, 0, width, height) if across else Rect(0, 0, height, width)
            yield picture, _fold(scene, placement, frame, parts)


def _fold(scene: Scene, placement: Placement, frame: str | None, parts: list[list[str]]) -> Fold:
    across = placement.direction == "LR"
    row_of: dict[str, int] = {}
    for number, part in enumerate(parts):
        for key in part:
            cards = [key] if key in scene.cards else [card.key for card in scene.cards_within(key)]
            row_of.update(dict.fromkeys(cards, number))

    def rank(card: str) -> int:
        center = placement.outline(scene, card).center
        return round(center.x if across else center.y)

    ranks = sorted({rank(card) for card in row_of})
    first = [
        min(ranks.index(rank(card)) for card in row_of if row_of[card] == row) for row in range(len(parts))
    ]
    columns: dict[int, list[str]] = {}
    for card, row in row_of.items():
        columns.setdefault(ranks.index(rank(card)) - first[row], []).append(card)
    return Fold(
        placement.direction,
        frame,
        tuple(map(tuple, parts)),
        tuple(tuple(columns[number]) for number in sorted(columns)),
        tuple(row_of.items()),
    )


def _along(rect: Rect, *, across: bool) -> Rect:
    """Turned so that the direction of reading is always to the right."""
    return rect if across else Rect(rect.top, rect.left, rect.bottom, rect.right)

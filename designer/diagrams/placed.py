"""The layout "as placed": where people put things on the canvas, without Graphviz."""

from collections.abc import Mapping

from designer.diagrams.arrangement import Placement
from designer.diagrams.geometry import Point, Rect
from designer.diagrams.scene import Scene
from designer.domain.document import DesignDocument

_DEFAULT_FRAME = (320.0, 200.0)
_PADDING = 16.0
_GAP = 40.0


def place_as_drawn(scene: Scene, document: DesignDocument) -> Placement:
    """Positions in a document count from the container around; here they count from the sheet's corner.

    Things without a position stand in a row below the others of their container, and a container is
    never smaller than what it holds.
    """
    return _Placer(scene, document).placement()


class _Placer:
    def __init__(self, scene: Scene, document: DesignDocument) -> None:
        self.scene, self.document = scene, document
        self.cards: dict[str, Rect] = {}
        self.frames: dict[str, Rect] = {}

    def placement(self) -> Placement:
        self._fill(None, Point(0, 0))
        everything = [*self.cards.values(), *self.frames.values()]
        left = min((rect.left for rect in everything), default=0)
        top = min((rect.top for rect in everything), default=0)
        return Placement(
            {key: rect.moved(-left, -top) for key, rect in self.cards.items()},
            {key: rect.moved(-left, -top) for key, rect in self.frames.items()},
            direction="LR" if self._reads_across() else "TB",
        )

    def _fill(self, frame: str | None, origin: Point) -> list[Rect]:
        """Places the contents of a container whose corner is at `origin`; returns their outlines."""
        inside: list[Rect] = []
        unplaced = []
        for key in [key for key, one in self.scene.frames.items() if one.parent == frame]:
            if (corner := self._corner(key)) is None:
                unplaced.append(key)
            else:
                inside.append(self._frame(key, Point(origin.x + corner.x, origin.y + corner.y)))
        for key in [key for key, card in self.scene.cards.items() if card.frame == frame]:
            if (corner := self._corner(key)) is None:
                unplaced.append(key)
            else:
                inside.append(self._card(key, Point(origin.x + corner.x, origin.y + corner.y)))
        head = self.scene.frames[frame].tab_height + 10 if frame else 0.0
        x = origin.x + _PADDING
        y = max([origin.y + head + _PADDING - _GAP, *(rect.bottom for rect in inside)]) + _GAP
        for key in unplaced:
            placed = (
                self._frame(key, Point(x, y)) if key in self.scene.frames else self._card(key, Point(x, y))
            )
            inside.append(placed)
            x = placed.right + _GAP
        return inside

    def _frame(self, key: str, corner: Point) -> Rect:
        inside = self._fill(key, corner)
        said = self._said(self.document.components[key].size, ("width", "height")) or _DEFAULT_FRAME
        tab = self.scene.frames[key].tab_width + 28
        place = Rect(
            corner.x,
            corner.y,
            max([corner.x + max(said[0], tab), *(rect.right + _PADDING for rect in inside)]),
            max([corner.y + said[1], *(rect.bottom + _PADDING for rect in inside)]),
        )
        self.frames[key] = place
        return place

    def _card(self, key: str, corner: Point) -> Rect:
        card = self.scene.cards[key]
        place = Rect(corner.x, corner.y, corner.x + card.width, corner.y + card.height)
        self.cards[key] = place
        return place._replace(right=place.right + card.overhang, bottom=place.bottom + card.overhang)

    def _corner(self, key: str) -> Point | None:
        """Where a document puts something, counted from the corner of the container around it."""
        drawn = self.document.components.get(key)  # a view may add cards of its own
        said = self._said(drawn.position if drawn else None, ("x", "y"))
        return Point(*said) if said else None

    @staticmethod
    def _said(values: Mapping[str, float] | None, names: tuple[str, str]) -> tuple[float, float] | None:
        if not values or any(name not in values for name in names):
            return None
        first, second = (max(-100_000.0, min(float(values[name]), 100_000.0)) for name in names)
        return first, second

    def _reads_across(self) -> bool:
        """Whether most lines run more to the side than down."""
        across = 0
        for line in self.scene.lines.values():
            start, end = self.cards[line.source].center, self.cards[line.target].center
            across += 1 if abs(start.x - end.x) > abs(start.y - end.y) else -1
        return across > 0

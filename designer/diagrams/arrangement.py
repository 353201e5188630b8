"""Where everything of a scene stands, and how its lines run."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from designer.diagrams.geometry import Point, Rect, around_all
from designer.diagrams.scene import Scene


@dataclass(frozen=True)
class Curve:
    """A line as Graphviz bends it: Bézier control points from source to target, and where its heads point."""

    points: tuple[Point, ...]
    head: Point | None = None
    tail: Point | None = None


@dataclass(frozen=True)
class Route:
    """A line of straight pieces at right angles, from the edge of one card to the edge of another.

    `drawn` is the part that no earlier line has put on the page: lines that say the same share a track,
    and the later one begins at the branch. It may be empty.
    """

    points: tuple[Point, ...]
    drawn: tuple[Point, ...]
    draws_tail: bool = True
    draws_head: bool = True


@dataclass(frozen=True)
class Placement:
    """Where everything stands. `curves` is empty when nobody but us draws the lines."""

    cards: Mapping[str, Rect]
    frames: Mapping[str, Rect]
    direction: str = "LR"
    curves: Mapping[str, Curve] = field(default_factory=dict)
    pills: Mapping[str, Point] = field(default_factory=dict)

    def rect(self, key: str) -> Rect:
        """Of a card or a frame."""
        return self.cards[key] if key in self.cards else self.frames[key]

    def outline(self, scene: Scene, key: str) -> Rect:
        """The same, with the cards of a stack that look out behind."""
        rect = self.rect(key)
        over = scene.cards[key].overhang if key in scene.cards else 0
        return rect._replace(right=rect.right + over, bottom=rect.bottom + over)


@dataclass(frozen=True)
class Labels:
    tabs: Mapping[str, float]  # frame -> the left edge of its tab
    pills: Mapping[str, Point]  # line -> the centre of its pill


@dataclass(frozen=True)
class Arrangement:
    """A scene ready to paint. Lines without a route run as Graphviz bent them, or straight."""

    placement: Placement
    routes: Mapping[str, Route]
    labels: Labels

    def extent(self, scene: Scene) -> Rect:
        """The smallest rectangle around everything that is drawn."""
        points = [point for route in self.routes.values() for point in route.points]
        for key, curve in self.placement.curves.items():
            points += curve.points if key not in self.routes else ()
        pills = [
            Rect.around(center, scene.lines[key].pill_width, scene.lines[key].pill_height)
            for key, center in self.labels.pills.items()
        ]
        return around_all(
            [placed_extent(scene, self.placement), *pills, *(Rect(*point, *point) for point in points)]
        )


def placed_extent(scene: Scene, placement: Placement) -> Rect:
    """Around cards and frames alone, before any line is drawn."""
    return around_all(
        [*(placement.outline(scene, key) for key in placement.cards), *placement.frames.values()]
    )

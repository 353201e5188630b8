"""Paints lines and the pills on them."""

from collections.abc import Sequence

from designer.diagrams import scene as sizes
from designer.diagrams.arrangement import Placement, Route
from designer.diagrams.dot import NO_HEADS, TWO_HEADS
from designer.diagrams.geometry import Point, Rect
from designer.diagrams.palette import DASHED, Palette, line_look
from designer.diagrams.scene import Line
from designer.diagrams.sizing import words_width
from designer.diagrams.svg import Sheet, bezier_path, rounded_path

Head = tuple[Point, Point]  # a point behind, the tip


class LinePainter:
    def __init__(self, sheet: Sheet, colors: Palette) -> None:
        self.sheet, self.colors = sheet, colors

    def routed(self, line: Line, route: Route) -> None:
        if len(route.drawn) < 2:
            return
        points = route.drawn
        tail = route.draws_tail and (line.both_ways or line.kind in TWO_HEADS)
        head = route.draws_head and line.kind not in NO_HEADS
        path = rounded_path(points, shorten_start=tail, shorten_end=head)
        heads = [(points[-2], points[-1])] * head + [(points[1], points[0])] * tail
        self._stroke(line, path, heads, (points[0], points[-1]) if line.kind in NO_HEADS else ())

    def curved(self, line: Line, placement: Placement) -> None:
        """As Graphviz bends it; without a curve, straight from card to card."""
        both = line.both_ways or line.kind in TWO_HEADS
        if curve := placement.curves.get(line.key):
            heads = [(curve.points[-1], curve.head)] if curve.head and line.kind not in NO_HEADS else []
            heads += [(curve.points[0], curve.tail)] if curve.tail and both else []
            self._stroke(line, bezier_path(curve.points), heads)
            return
        start, end = placement.rect(line.start), placement.rect(line.end)
        points = (edge_towards(start, end.center), edge_towards(end, start.center))
        head, tail = line.kind not in NO_HEADS, both
        heads = [points] * head + [points[::-1]] * tail
        self._stroke(line, rounded_path(points, shorten_start=tail, shorten_end=head), heads)

    def _stroke(self, line: Line, path: str, heads: Sequence[Head], dots: Sequence[Point] = ()) -> None:
        look = line_look(line.kind)
        color = self.colors.lines["faint" if line.faint else look.strength]
        dash = look.dash or (DASHED if line.dashed else "")
        hollow = self.colors.pill if look.double else ""
        self.sheet.line(path, heads, color=color, width=look.width, dash=dash, dots=dots, hollow=hollow)

    def pill(self, line: Line, center: Point) -> None:
        place = Rect.around(center, line.pill_width, line.pill_height)
        two_rows = bool(line.caption and (line.words or line.port))
        strength = line_look(line.kind).strength
        border = {"strong": self.colors.card_border, "rule": self.colors.lines["rule"]}.get(
            strength, self.colors.hairline
        )
        radius = 7 if two_rows else place.height / 2
        self.sheet.rect(place, radius=radius, fill=self.colors.pill, stroke=border, stroke_width="0.8")
        y = center.y + 3.6 - (sizes.PILL_LINE / 2 if two_rows else 0)
        size, ink = sizes.PILL, self.colors.ink_2
        if line.caption:
            self.sheet.text(Point(center.x, y), line.caption, anchor="middle", size=size, fill=ink)
            y += sizes.PILL_LINE
        # The port is a text of its own: where a fallback font draws the words, nobody knows where they end.
        half = words_width(line) / 2
        if line.words:
            self.sheet.text(Point(center.x - half, y), line.words, size=size, fill=ink)
        if line.port:
            self.sheet.text(
                Point(center.x + half, y), line.port, bold=True, anchor="end", size=size, fill=ink
            )


def edge_towards(place: Rect, goal: Point) -> Point:
    """Where the line from a rectangle's middle to a point leaves the rectangle."""
    center = place.center
    x, y = goal.x - center.x, goal.y - center.y
    shares = [half / abs(way) for half, way in ((place.width / 2, x), (place.height / 2, y)) if way]
    share = min([*shares, 1.0])
    return Point(center.x + x * share, center.y + y * share)

"""A sheet of SVG to write on: rectangles, text, icons, badges and lines, escaped and rounded in one place."""

import json
from collections.abc import Iterable, Sequence
from functools import cache
from html import escape
from math import dist
from pathlib import Path
from typing import Literal

from designer.diagrams.geometry import Point, Rect, towards

_ICON_FILE = Path(__file__).resolve().parent / "icons" / "icons.json"
_FALLBACK_ICON = "server"
_HEAD_LENGTH, _HEAD_HALF_WIDTH, _HEAD_NOTCH = 8.5, 3.6, 1.8
CORNER = 8
Anchor = Literal["start", "middle", "end"]


@cache
def icons() -> dict[str, list[str]]:
    """Icon name -> the paths of its strokes, on a grid of 24."""
    known: dict[str, list[str]] = json.loads(_ICON_FILE.read_text(encoding="utf-8"))["icons"]
    return known


def number(value: float) -> str:
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def attributes(**values: object) -> str:
    """` name="value"` for each value that is there; `_` in a Python name stands for `-`."""
    written = []
    for name, value in values.items():
        if value not in (None, ""):
            text = number(value) if isinstance(value, float | int) else escape(str(value))
            written.append(f' {name.replace("_", "-")}="{text}"')
    return "".join(written)


class Sheet:
    """Marks in the order they are painted."""

    def __init__(self) -> None:
        self.marks: list[str] = []
        self.used_icons: set[str] = set()

    def open_group(self, title: str) -> None:
        self.marks.append(f"<g><title>{escape(title)}</title>")

    def close_group(self) -> None:
        self.marks.append("</g>")

    def rect(self, place: Rect, *, radius: float = 0, fill: str, opacity: str = "", **line: object) -> None:
        """`line`: stroke, stroke_width, stroke_dasharray."""
        corner = {"x": place.left, "y": place.top, "width": place.width, "height": place.height}
        self.marks.append(
            f"<rect{attributes(**corner, rx=radius, fill=fill, fill_opacity=opacity, **line)}/>"
        )

    def text(
        self, at: Point, said: str, *, size: float, fill: str, bold: bool = False, anchor: Anchor = "start"
    ) -> None:
        style = attributes(
            x=at.x,
            y=at.y,
            fill=fill,
            font_size=f"{size:g}",
            font_weight="600" if bold else "",
            text_anchor=anchor if anchor != "start" else "",
        )
        self.marks.append(f"<text{style}>{escape(said)}</text>")

    def icon(self, name: str, place: Rect, *, color: str, width: str = "1.75") -> None:
        name = name if name in icons() else _FALLBACK_ICON
        self.used_icons.add(name)
        corner = {"x": place.left, "y": place.top, "width": place.width, "height": place.height}
        self.marks.append(
            f'<use href="#icon-{name}"{attributes(**corner, stroke=color, stroke_width=width)}/>'
        )

    def badge(self, center: Point, value: int, *, fill: str, ink: str, rim: str) -> None:
        middle = attributes(cx=center.x, cy=center.y, r=9, fill=fill, stroke=rim, stroke_width="1.5")
        self.marks.append(f"<circle{middle}/>")
        size = 10.5 if value < 100 else 8
        self.text(
            Point(center.x, center.y + size * 0.36),
            str(value),
            size=size,
            fill=ink,
            bold=True,
            anchor="middle",
        )

    def rule(self, start: Point, end: Point, *, color: str) -> None:
        path = f"M{number(start.x)} {number(start.y)}L{number(end.x)} {number(end.y)}"
        self.marks.append(f"<path{attributes(d=path, stroke=color, stroke_width='1')}/>")

    def line(
        self,
        path: str,
        heads: Iterable[tuple[Point, Point]],
        *,
        color: str,
        width: float,
        dash: str,
        dots: Sequence[Point] = (),
        hollow: str = "",
    ) -> None:
        """`heads`: (a point behind, the tip) for each arrow head. `hollow`: what a double line has inside."""
        style = attributes(
            d=path, fill="none", stroke=color, stroke_width=f"{width:g}", stroke_dasharray=dash
        )
        self.marks.append(f'<path{style} stroke-linecap="round" stroke-linejoin="round"/>')
        if hollow:
            inside = attributes(d=path, fill="none", stroke=hollow, stroke_width=f"{width - 2.4:g}")
            self.marks.append(f'<path{inside} stroke-linejoin="round"/>')
        for behind, tip in heads:
            self.marks.append(f"<path{attributes(d=_head(behind, tip), fill=color)}/>")
        for dot in dots:
            self.dot(dot, 2.5, color=color)

    def dot(self, center: Point, radius: float, *, color: str) -> None:
        self.marks.append(f"<circle{attributes(cx=center.x, cy=center.y, r=radius, fill=color)}/>")

    def symbols(self) -> str:
        """Each icon once, for `<use>`."""
        strokes = '<g fill="none" stroke-linecap="round" stroke-linejoin="round">'
        return "".join(
            f'<symbol id="icon-{name}" viewBox="0 0 24 24">{strokes}'
            + "".join(f'<path d="{path}"/>' for path in icons()[name])
            + "</g></symbol>"
            for name in sorted(self.used_icons)
        )


def _head(behind: Point, tip: Point) -> str:
    """A slim arrow head with a notch."""
    length = dist(behind, tip) or 1
    x, y = (tip.x - behind.x) / length, (tip.y - behind.y) / length
    back = Point(tip.x - x * _HEAD_LENGTH, tip.y - y * _HEAD_LENGTH)
    wing, notch = _HEAD_HALF_WIDTH, _HEAD_NOTCH
    corners = [
        tip,
        Point(back.x - y * wing, back.y + x * wing),
        Point(back.x + x * notch, back.y + y * notch),
        Point(back.x + y * wing, back.y - x * wing),
    ]
    return "M" + "L".join(f"{number(corner.x)} {number(corner.y)}" for corner in corners) + "Z"


def rounded_path(points: Sequence[Point], *, shorten_start: bool = False, shorten_end: bool = False) -> str:
    """Straight pieces with round corners; where a head follows, the line stops inside it."""
    points = list(points)
    if shorten_start:
        points[0] = _step_back(points[1], points[0])
    if shorten_end:
        points[-1] = _step_back(points[-2], points[-1])
    path = [f"M{number(points[0].x)} {number(points[0].y)}"]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        radius = min(CORNER, dist(before, corner) / 2, dist(corner, after) / 2)
        if radius >= 0.5:
            enter, leave = towards(corner, before, radius), towards(corner, after, radius)
            path.append(f"L{number(enter.x)} {number(enter.y)}")
            path.append(f"Q{number(corner.x)} {number(corner.y)} {number(leave.x)} {number(leave.y)}")
        else:
            path.append(f"L{number(corner.x)} {number(corner.y)}")
    path.append(f"L{number(points[-1].x)} {number(points[-1].y)}")
    return "".join(path)


def bezier_path(points: Sequence[Point]) -> str:
    start, *rest = (f"{number(point.x)} {number(point.y)}" for point in points)
    return f"M{start}" + "".join(
        "C" + " ".join(rest[index : index + 3]) for index in range(0, len(rest) - 2, 3)
    )


def _step_back(behind: Point, tip: Point) -> Point:
    return towards(tip, behind, _HEAD_LENGTH - _HEAD_NOTCH)

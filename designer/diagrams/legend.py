"""The legend: what occurs in this picture, and nothing else."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from designer.diagrams import scene as sizes
from designer.diagrams.dot import NO_HEADS, TWO_HEADS
from designer.diagrams.geometry import Point, Rect
from designer.diagrams.measuring import text_width
from designer.diagrams.palette import CATEGORY_NAMES, DASHED, LINES, Palette, line_look
from designer.diagrams.scene import Scene
from designer.diagrams.svg import Sheet, rounded_path
from designer.diagrams.wording import legend_words

ROW = 22
_AFTER_SAMPLE, _APART = 8, 20
_LINE_SAMPLE, _SWATCH, _SCALE = 28, 14, 64


@dataclass(frozen=True)
class Entry:
    """A sample so wide, painted from a point at its left middle, and what it means."""

    width: float
    words: str
    paint: Callable[[Sheet, Point, Palette], None]

    @property
    def room(self) -> float:
        return self.width + _AFTER_SAMPLE + text_width(self.words, sizes.LEGEND)


def paint_legend(sheet: Sheet, scene: Scene, colors: Palette, place: Rect) -> float:
    """Returns the lower edge."""
    things, lines = list(_things(scene)), list(_lines(scene))
    if not things and not lines:
        return place.top - 24
    sheet.rule(Point(place.left, place.top), Point(place.right, place.top), color=colors.hairline)
    x, y = place.left, place.top + 20
    for entries in (things, lines):
        wanted = sum(entry.room + _APART for entry in entries) - _APART
        if x > place.left and x + wanted > place.right:
            x, y = place.left, y + ROW  # lines all on a row of their own, rather than a few left over
        for entry in entries:
            if x > place.left and x + entry.room > place.right:
                x, y = place.left, y + ROW
            entry.paint(sheet, Point(x, y), colors)
            words = Point(x + entry.width + _AFTER_SAMPLE, y + 3.8)
            sheet.text(words, entry.words, size=sizes.LEGEND, fill=colors.ink_2)
            x += entry.room + _APART
    return y + 8


# --- cards ---------------------------------------------------------------------------------------


def _things(scene: Scene) -> Iterator[Entry]:
    cards = list(scene.cards.values())
    costs = [card.cost for card in cards if card.cost]
    if costs:
        if any(cost.heat for cost in costs):
            yield Entry(_SCALE, "share of the largest amount", _heat_scale)
        if any(cost.unpriced for cost in costs):
            yield Entry(_SWATCH, "no price, in whole or in part", _unpriced)
    else:
        categories = {card.category for card in cards if not card.hollow}
        for category in CATEGORY_NAMES:
            if category in categories:
                yield Entry(_SWATCH, CATEGORY_NAMES[category], _category(category))
    if any(card.hardware for card in cards):
        yield Entry(_SWATCH, "dedicated hardware", _hardware)
    if any(card.planned for card in cards):
        yield Entry(_SWATCH, "may be added later", _planned)
    if any(card.badges for card in cards) or any(
        frame.badges or any(chip.badges for chip in frame.chips) for frame in scene.frames.values()
    ):
        yield Entry(18, "see the note", _callout)


def _swatch(at: Point) -> Rect:
    return Rect(at.x, at.y - 6, at.x + _SWATCH, at.y + 6)


def _category(name: str) -> Callable[[Sheet, Point, Palette], None]:
    def paint(sheet: Sheet, at: Point, colors: Palette) -> None:
        ink, soft = colors.category(name)
        sheet.rect(_swatch(at), radius=3.5, fill=soft, stroke=ink, stroke_width="1.2")

    return paint


def _heat_scale(sheet: Sheet, at: Point, colors: Palette) -> None:
    steps = 8
    for step in range(steps):
        left = at.x + step * _SCALE / steps
        place = Rect(left, at.y - 6, left + _SCALE / steps, at.y + 6)
        sheet.rect(place, fill=colors.warmth((step + 1) / steps))
    border = Rect(at.x, at.y - 6, at.x + _SCALE, at.y + 6)
    sheet.rect(border, radius=2, fill="none", stroke=colors.card_border, stroke_width="1")


def _unpriced(sheet: Sheet, at: Point, colors: Palette) -> None:
    ink, soft = colors.unpriced
    sheet.rect(_swatch(at), radius=3.5, fill=soft, stroke=ink, stroke_width="1.2", stroke_dasharray="3 2")


def _hardware(sheet: Sheet, at: Point, colors: Palette) -> None:
    place = _swatch(at)
    sheet.rect(place, radius=1, fill=colors.card, stroke=colors.ink_3, stroke_width="1.2")
    for y in (place.top + 3, place.bottom - 3):
        sheet.dot(Point(place.right - 3, y), 1, color=colors.ink_3)


def _planned(sheet: Sheet, at: Point, colors: Palette) -> None:
    sheet.rect(
        _swatch(at), radius=3.5, fill="none", stroke=colors.ink_3, stroke_width="1.2", stroke_dasharray="3 2"
    )


def _callout(sheet: Sheet, at: Point, colors: Palette) -> None:
    sheet.badge(Point(at.x + 9, at.y), 1, fill=colors.badge, ink=colors.badge_ink, rim=colors.page)


# --- lines ---------------------------------------------------------------------------------------


def _lines(scene: Scene) -> Iterator[Entry]:
    """One entry for each look; kinds that look alike share it."""
    occurring = {
        (line.kind, line.dashed and not line_look(line.kind).dash)
        for line in scene.lines.values()
        if not line.faint
    }
    order = {kind: place for place, kind in enumerate(LINES)}
    groups: dict[object, list[tuple[str, bool]]] = {}
    for kind, dashed in sorted(occurring, key=lambda one: (order.get(one[0], len(order)), one)):
        look = (line_look(kind), kind in TWO_HEADS, kind in NO_HEADS, dashed)
        groups.setdefault(look, []).append((kind, dashed))
    for kinds in groups.values():
        kind, dashed = kinds[0]
        words = ", ".join(legend_words(kind) for kind, _ in kinds) + " (dashed)" * dashed
        yield Entry(_LINE_SAMPLE, words, _sample(kind, dashed=dashed))


def _sample(kind: str, *, dashed: bool) -> Callable[[Sheet, Point, Palette], None]:
    def paint(sheet: Sheet, start: Point, colors: Palette) -> None:
        end = Point(start.x + _LINE_SAMPLE, start.y)
        look = line_look(kind)
        dots = (start, end) if kind in NO_HEADS else ()
        heads = [] if dots else [(start, end)]
        heads += [(end, start)] if kind in TWO_HEADS else []
        sheet.line(
            rounded_path((start, end), shorten_start=len(heads) > 1, shorten_end=bool(heads)),
            heads,
            color=colors.lines[look.strength],
            width=look.width,
            dash=look.dash or (DASHED if dashed else ""),
            dots=dots,
            hollow=colors.pill if look.double else "",
        )

    return paint

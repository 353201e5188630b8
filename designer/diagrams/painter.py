"""Paints an arranged scene: frames, lines, tabs, cards, pills, in this order, so no line hides a word."""

from designer.diagrams import scene as sizes
from designer.diagrams.arrangement import Arrangement, Placement, Route
from designer.diagrams.dot import NO_HEADS, TWO_HEADS
from designer.diagrams.geometry import Point, Rect
from designer.diagrams.measuring import SEMIBOLD, text_width
from designer.diagrams.palette import DASHED, Palette, line_look
from designer.diagrams.scene import Card, Chip, Frame, Line, Scene
from designer.diagrams.sizing import chip_rows, chip_width, words_width
from designer.diagrams.svg import Sheet, bezier_path, rounded_path


def paint(sheet: Sheet, scene: Scene, arrangement: Arrangement, colors: Palette) -> None:
    painter = _Painter(sheet, colors)
    placement, labels = arrangement.placement, arrangement.labels
    for key in sorted(placement.frames, key=scene.depth):
        painter.frame(scene.frames[key], placement.frames[key])
    for line in scene.lines.values():
        if line.key in arrangement.routes:
            painter.routed_line(line, arrangement.routes[line.key])
        else:
            painter.other_line(line, placement)
    for key, left in labels.tabs.items():
        painter.tab(scene.frames[key], placement.frames[key], left)
    for key, card in scene.cards.items():
        painter.card(card, placement.cards[key])
    for key, center in labels.pills.items():
        painter.pill(scene.lines[key], center)


class _Painter:
    def __init__(self, sheet: Sheet, colors: Palette) -> None:
        self.sheet, self.colors = sheet, colors

    # --- containers ------------------------------------------------------------------------------

    def frame(self, frame: Frame, place: Rect) -> None:
        look = self.colors.frame(frame.look)
        self.sheet.open_group(frame.full_name)
        self.sheet.rect(
            place, radius=look.radius, fill=look.fill, stroke=look.border, stroke_width=f"{look.width:g}"
        )
        self.sheet.close_group()

    def tab(self, frame: Frame, place: Rect, left: float) -> None:
        look = self.colors.frame(frame.look)
        x, middle = left, place.top + 17
        room = min(frame.tab_width + 6, place.right - left - 4)
        # A wash of the frame's own colour, in case a line has to pass behind the words.
        self.sheet.rect(
            Rect(left - 4, middle - 10, left + room, middle + 10), radius=4, fill=look.fill, opacity="0.85"
        )
        self.sheet.icon(frame.icon, Rect(x, middle - 7.5, x + 15, middle + 7.5), color=look.ink)
        x += 20
        self.sheet.text(Point(x, middle + 4), frame.title, size=sizes.TAB, fill=look.ink, bold=True)
        x += text_width(frame.title, sizes.TAB, SEMIBOLD) + 8
        if frame.detail:
            self.sheet.text(Point(x, middle + 4), frame.detail, size=sizes.DETAIL, fill=self.colors.ink_3)
            x += text_width(frame.detail, sizes.DETAIL) + 8
        for number in frame.badges:
            self._badge(Point(x + 9, middle), number)
            x += 22
        top = place.top + 33
        for row in chip_rows(frame.chips, place.right - left - sizes.TAB_INSET):
            x = left
            for chip in row:
                self._chip(chip, Point(x, top), frame.look)
                x += chip_width(chip) + sizes.CHIP_GAP
            top += sizes.CHIP_HEIGHT + 5

    def _chip(self, chip: Chip, corner: Point, frame_look: str) -> None:
        look = self.colors.frame(frame_look)
        width = chip_width(chip)
        place = Rect(corner.x, corner.y, corner.x + width, corner.y + sizes.CHIP_HEIGHT)
        self.sheet.rect(
            place, radius=sizes.CHIP_HEIGHT / 2, fill=self.colors.card, stroke=look.border, stroke_width="0.8"
        )
        self.sheet.icon(
            chip.icon, Rect(corner.x + 7, corner.y + 3.5, corner.x + 19, corner.y + 15.5), color=look.ink
        )
        self.sheet.text(
            Point(corner.x + 23, corner.y + 13), chip.text, size=sizes.PILL, fill=self.colors.ink_2
        )
        for index, number in enumerate(reversed(chip.badges)):
            self._badge(Point(place.right - 9.5 - 20 * index, corner.y + 9.5), number)

    # --- cards -----------------------------------------------------------------------------------

    def card(self, card: Card, place: Rect) -> None:
        self.sheet.open_group(card.full_name)
        if card.hollow:
            self._hollow(card, place)
        else:
            self._box(card, place)
            self._tile(card, place)
            self._words(card, place)
            self._docks(card, place)
        if card.count > 1:
            self._times(card, place)
        for index, number in enumerate(card.badges):
            self._badge(Point(place.left + 4 + 20 * index, place.top + 2), number)
        self.sheet.close_group()

    def _box(self, card: Card, place: Rect) -> None:
        colors = self.colors
        border = {"stroke": colors.card_border, "stroke_width": "1"}
        for behind in range(card.stack, 0, -1):
            step = behind * sizes.STACK_STEP
            self.sheet.rect(place.moved(step, step), radius=8, fill=colors.card, **border)
        if card.planned:
            ink, _ = colors.category(card.category)
            self.sheet.rect(
                place,
                radius=8,
                fill=colors.card,
                opacity="0.6",
                stroke=ink,
                stroke_width="1.1",
                stroke_dasharray=DASHED,
            )
            return
        if not card.stack:
            shadow = place.moved(0, 1.5)
            self.sheet.rect(shadow, radius=8, fill=colors.shadow, opacity=f"{colors.shadow_opacity:g}")
        self.sheet.rect(place, radius=8, fill=colors.card, **border)

    def _tile(self, card: Card, place: Rect) -> None:
        ink, soft = self.colors.category(card.category)
        middle = (place.top + self._bottom_of_words(card, place)) / 2
        half = sizes.TILE / 2
        tile = Rect(place.left + 11, middle - half, place.left + 11 + sizes.TILE, middle + half)
        if card.planned:
            self.sheet.rect(tile, radius=8, fill="none", stroke=ink, stroke_width="1", stroke_dasharray="3 3")
        else:
            self.sheet.rect(tile, radius=8, fill=soft)
        self.sheet.icon(card.icon, tile.grown(-7), color=ink)

    def _words(self, card: Card, place: Rect) -> None:
        height = sizes.TITLE_LINE * len(card.title) + (sizes.FACT_LINE if card.fact else 0)
        x = place.left + sizes.TEXT_LEFT
        y = (place.top + self._bottom_of_words(card, place) - height) / 2 + 12.5
        for line in card.title:
            self.sheet.text(Point(x, y), line, size=sizes.TITLE, fill=self.colors.ink, bold=True)
            y += sizes.TITLE_LINE
        if card.fact:
            self.sheet.text(Point(x, y - 1), card.fact, size=sizes.FACT, fill=self.colors.ink_3)

    def _docks(self, card: Card, place: Rect) -> None:
        top = self._bottom_of_words(card, place)
        for dock in card.docks:
            ink, _ = self.colors.category(dock.category)
            self.sheet.rule(
                Point(place.left + 0.5, top), Point(place.right - 0.5, top), color=self.colors.hairline
            )
            icon = Rect(place.left + 22, top + 5, place.left + 36, top + 19)
            self.sheet.icon(dock.icon, icon, color=ink)
            words = Point(place.left + sizes.TEXT_LEFT, top + 16)
            self.sheet.text(words, dock.text, size=sizes.FACT, fill=self.colors.ink_2)
            top += sizes.DOCK_HEIGHT

    def _bottom_of_words(self, card: Card, place: Rect) -> float:
        return place.bottom - sizes.DOCK_HEIGHT * len(card.docks)

    def _times(self, card: Card, place: Rect) -> None:
        """How many there are, on the card's upper edge."""
        said = f"×{card.count:,}"
        width = text_width(said, sizes.DETAIL, SEMIBOLD) + 14
        pill = Rect(place.right - 10 - width, place.top - 9, place.right - 10, place.top + 9)
        self.sheet.rect(
            pill, radius=9, fill=self.colors.card, stroke=self.colors.card_border, stroke_width="1"
        )
        self.sheet.text(
            Point(pill.center.x, pill.center.y + 3.8),
            said,
            size=sizes.DETAIL,
            fill=self.colors.ink,
            bold=True,
            anchor="middle",
        )

    def _hollow(self, card: Card, place: Rect) -> None:
        look = self.colors.frame(card.hollow)
        self.sheet.rect(
            place,
            radius=look.radius,
            fill=look.fill,
            stroke=look.border,
            stroke_width="1.2",
            stroke_dasharray=DASHED,
        )
        x, y = place.left + 13, place.center.y - (7 if card.fact else 0)
        self.sheet.icon(card.icon, Rect(x, y - 7.5, x + 15, y + 7.5), color=look.ink)
        self.sheet.text(Point(x + 21, y + 4), card.title[0], size=sizes.TAB, fill=look.ink, bold=True)
        if card.fact:
            self.sheet.text(Point(x + 21, y + 19), card.fact, size=sizes.DETAIL, fill=self.colors.ink_3)

    def _badge(self, center: Point, number: int) -> None:
        colors = self.colors
        self.sheet.badge(center, number, fill=colors.badge, ink=colors.badge_ink, rim=colors.card)

    # --- lines -----------------------------------------------------------------------------------

    def routed_line(self, line: Line, route: Route) -> None:
        if len(route.drawn) < 2:
            return
        points = route.drawn
        tail = route.draws_tail and (line.both_ways or line.kind in TWO_HEADS)
        head = route.draws_head and line.kind not in NO_HEADS
        path = rounded_path(points, shorten_start=tail, shorten_end=head)
        heads = [(points[-2], points[-1])] * head + [(points[1], points[0])] * tail
        self._stroke(line, path, heads, (points[0], points[-1]) if line.kind in NO_HEADS else ())

    def other_line(self, line: Line, placement: Placement) -> None:
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

    def _stroke(
        self, line: Line, path: str, heads: list[tuple[Point, Point]], dots: tuple[Point, ...] = ()
    ) -> None:
        look = line_look(line.kind)
        dash = look.dash or (DASHED if line.dashed else "")
        self.sheet.line(
            path, heads, color=self.colors.lines[look.strength], width=look.width, dash=dash, dots=dots
        )

    def pill(self, line: Line, center: Point) -> None:
        place = Rect.around(center, line.pill_width, line.pill_height)
        two_rows = bool(line.caption and (line.words or line.port))
        strong = line_look(line.kind).strength == "strong"
        border = self.colors.card_border if strong else self.colors.hairline
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

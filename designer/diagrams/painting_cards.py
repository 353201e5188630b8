"""Paints cards: box, tile with icon, words, amount, what is fastened below, count and callouts."""

from designer.diagrams import scene as sizes
from designer.diagrams.geometry import Point, Rect
from designer.diagrams.measuring import SEMIBOLD, text_width
from designer.diagrams.palette import DASHED, Palette
from designer.diagrams.scene import Card, Cost
from designer.diagrams.svg import Sheet

_SOFT_CORNER, _HARD_CORNER = 8, 3  # cloud things are rounded, boxes in a rack are not


class CardPainter:
    def __init__(self, sheet: Sheet, colors: Palette) -> None:
        self.sheet, self.colors = sheet, colors

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

    # --- the box -----------------------------------------------------------------------------------

    def _box(self, card: Card, place: Rect) -> None:
        colors, radius = self.colors, _HARD_CORNER if card.hardware else _SOFT_CORNER
        fill, border = self._ground(card)
        for behind in range(card.stack, 0, -1):
            step = behind * sizes.STACK_STEP
            self.sheet.rect(place.moved(step, step), radius=radius, fill=fill, **border)
        if card.planned:
            self.sheet.rect(place, radius=radius, fill=fill, opacity="0.6", **border)
            return
        if not card.stack:
            shadow = place.moved(0, 1.5)
            self.sheet.rect(shadow, radius=radius, fill=colors.shadow, opacity=f"{colors.shadow_opacity:g}")
        self.sheet.rect(place, radius=radius, fill=fill, **border)
        if card.hardware:
            self._rails(place, border["stroke"])

    def _ground(self, card: Card) -> tuple[str, dict[str, str]]:
        """Fill and border: white as a rule, warm where it costs much, dashed where something isn't known."""
        colors, cost = self.colors, card.cost
        if cost and cost.unpriced:
            amber, soft = colors.unpriced
            fill = colors.warmth(cost.heat) if cost.heat else soft
            return fill, {"stroke": amber, "stroke_width": "1.2", "stroke_dasharray": DASHED}
        fill = colors.warmth(cost.heat) if cost else colors.card
        if card.planned:
            ink, _ = colors.category(card.category)
            return fill, {"stroke": ink, "stroke_width": "1.1", "stroke_dasharray": DASHED}
        return fill, {"stroke": colors.card_border, "stroke_width": "1"}

    def _rails(self, place: Rect, color: str) -> None:
        """The screws of a unit in a rack, at its right edge."""
        for y in (place.top + 8, place.bottom - 8):
            self.sheet.dot(Point(place.right - 7, y), 1.5, color=color)

    # --- what it says --------------------------------------------------------------------------------

    def _tile(self, card: Card, place: Rect) -> None:
        ink, soft = self.colors.category(card.category)
        middle = (place.top + self._bottom_of_words(card, place)) / 2
        half = sizes.TILE / 2
        tile = Rect(place.left + 11, middle - half, place.left + 11 + sizes.TILE, middle + half)
        radius = _HARD_CORNER if card.hardware else _SOFT_CORNER
        if card.planned:
            self.sheet.rect(
                tile, radius=radius, fill="none", stroke=ink, stroke_width="1", stroke_dasharray="3 3"
            )
        else:
            self.sheet.rect(tile, radius=radius, fill=self.colors.card if card.cost else soft)
        self.sheet.icon(card.icon, tile.grown(-7), color=ink)

    def _words(self, card: Card, place: Rect) -> None:
        below = bool(card.fact or card.cost)
        height = sizes.TITLE_LINE * len(card.title) + (sizes.FACT_LINE if below else 0)
        x = place.left + sizes.TEXT_LEFT
        y = (place.top + self._bottom_of_words(card, place) - height) / 2 + 12.5
        for line in card.title:
            self.sheet.text(Point(x, y), line, size=sizes.TITLE, fill=self.colors.ink, bold=True)
            y += sizes.TITLE_LINE
        if card.cost:
            self._amount(card.cost, Point(place.right - 11, y))
        elif card.fact:
            self.sheet.text(Point(x, y - 1), card.fact, size=sizes.FACT, fill=self.colors.ink_3)

    def _amount(self, cost: Cost, right: Point) -> None:
        """Money stands at the right edge; a price that isn't known is words in amber."""
        nothing_known = cost.unpriced and not cost.said[-1:].isdigit() and not cost.said.endswith("?")
        ink = self.colors.unpriced[0] if nothing_known else self.colors.ink
        self.sheet.text(right, cost.said, size=sizes.TITLE, fill=ink, bold=True, anchor="end")

    def _docks(self, card: Card, place: Rect) -> None:
        """On warm ground in full ink: paler words and colours of categories could not be read there."""
        top = self._bottom_of_words(card, place)
        warm = bool(card.cost and card.cost.heat)
        for dock in card.docks:
            ink = self.colors.ink if warm else self.colors.category(dock.category)[0]
            self.sheet.rule(
                Point(place.left + 0.5, top), Point(place.right - 0.5, top), color=self.colors.hairline
            )
            icon = Rect(place.left + 22, top + 5, place.left + 36, top + 19)
            self.sheet.icon(dock.icon, icon, color=ink)
            left = min(sizes.TEXT_LEFT, card.width - 8 - text_width(dock.text, sizes.FACT))
            words = Point(place.left + left, top + 16)
            pale = self.colors.ink if warm else self.colors.ink_2
            self.sheet.text(words, dock.text, size=sizes.FACT, fill=pale)
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

    # --- a container without contents ------------------------------------------------------------------

    def _hollow(self, card: Card, place: Rect) -> None:
        look, below = self.colors.frame(card.hollow), bool(card.fact or card.cost)
        border, fill = look.border, look.fill
        if card.cost:
            border = self.colors.unpriced[0] if card.cost.unpriced else border
            fill = self.colors.warmth(card.cost.heat) if card.cost.heat else fill
        self.sheet.rect(
            place,
            radius=look.radius,
            fill=fill,
            stroke=border,
            stroke_width="1.2",
            stroke_dasharray=DASHED,
        )
        x, y = place.left + 13, place.center.y - (7 if below else 0)
        self.sheet.icon(card.icon, Rect(x, y - 7.5, x + 15, y + 7.5), color=look.ink)
        self.sheet.text(Point(x + 21, y + 4), card.title[0], size=sizes.TAB, fill=look.ink, bold=True)
        if card.cost:
            self._amount(card.cost, Point(place.right - 11, y + 20))
        elif card.fact:
            self.sheet.text(Point(x + 21, y + 19), card.fact, size=sizes.DETAIL, fill=self.colors.ink_3)

    def _badge(self, center: Point, number: int) -> None:
        colors = self.colors
        self.sheet.badge(center, number, fill=colors.badge, ink=colors.badge_ink, rim=colors.card)

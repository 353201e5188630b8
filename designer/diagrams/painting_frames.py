"""Paints containers: their ground, and the tab with name, detail, chips and sums in their corner."""

from designer.diagrams import scene as sizes
from designer.diagrams.geometry import Point, Rect
from designer.diagrams.measuring import SEMIBOLD, text_width
from designer.diagrams.palette import DASHED, Palette
from designer.diagrams.scene import Chip, Frame
from designer.diagrams.sizing import chip_rows, chip_width, tab_pill_width
from designer.diagrams.svg import Sheet

_WALL = 4  # between the two lines of a double border


class FramePainter:
    def __init__(self, sheet: Sheet, colors: Palette) -> None:
        self.sheet, self.colors = sheet, colors

    def frame(self, frame: Frame, place: Rect) -> None:
        look = self.colors.frame(frame.look)
        border = {"stroke": look.border, "stroke_width": f"{look.width:g}"}
        if look.dashed:
            border["stroke_dasharray"] = DASHED
        self.sheet.open_group(frame.full_name)
        self.sheet.rect(place, radius=look.radius, fill=look.fill, **border)
        if look.double:
            inner = place.grown(-_WALL)
            self.sheet.rect(
                inner, radius=look.radius - _WALL, fill="none", stroke=look.border, stroke_width="0.9"
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
        for said in filter(None, (frame.scales, frame.cost)):
            x += self._pill(said, Point(x, middle), frame) + 8
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

    def _pill(self, said: str, middle_left: Point, frame: Frame) -> float:
        """A fact about the whole container, beside its name. Returns its width."""
        look, width = self.colors.frame(frame.look), tab_pill_width(said)
        x, y = middle_left
        place = Rect(x, y - 9, x + width, y + 9)
        self.sheet.rect(place, radius=9, fill=self.colors.card, stroke=look.border, stroke_width="0.9")
        ink = self.colors.ink if said == frame.cost else look.ink
        self.sheet.text(
            Point(x + width / 2, y + 3.7), said, size=sizes.DETAIL, fill=ink, bold=True, anchor="middle"
        )
        return width

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

    def _badge(self, center: Point, number: int) -> None:
        colors = self.colors
        self.sheet.badge(center, number, fill=colors.badge, ink=colors.badge_ink, rim=colors.card)

"""How much room words take: pills on lines, tabs and chips of containers."""

from collections.abc import Iterator
from dataclasses import replace

from designer.diagrams import scene as sizes
from designer.diagrams.measuring import SEMIBOLD, text_width
from designer.diagrams.scene import Chip, Frame, Line

_TAB_ICON, _BADGE, _GAP = 20, 24, 8
_NARROWEST_ROW = 330  # chips fill at least so much before they begin another row


def measured_line(line: Line) -> Line:
    if not (line.caption or line.words or line.port):
        return line
    rows = bool(line.caption) + bool(line.words or line.port)
    width = max(words_width(line), text_width(line.caption, sizes.PILL)) + 14
    return replace(line, pill_width=width, pill_height=sizes.PILL_LINE * rows + 5)


def words_width(line: Line) -> float:
    width = text_width(line.words, sizes.PILL) + text_width(line.port, sizes.PILL, SEMIBOLD)
    return width + (text_width(" ", sizes.PILL) if line.words and line.port else 0)


def measured_frame(frame: Frame) -> Frame:
    """Sizes the tab: name and detail on one row, then the chips on as many as they need."""
    head = _TAB_ICON + text_width(frame.title, sizes.TAB, SEMIBOLD) + _BADGE * len(frame.badges)
    head += _GAP + text_width(frame.detail, sizes.DETAIL) if frame.detail else 0
    head += sum(_GAP + tab_pill_width(said) for said in (frame.scales, frame.cost) if said)
    rows = list(chip_rows(frame.chips, max(head, _NARROWEST_ROW)))
    width = max([head, *(sum(chip_width(chip) + sizes.CHIP_GAP for chip in row) for row in rows)])
    height = sizes.TAB_HEIGHT + (sizes.CHIP_HEIGHT + 5) * len(rows)
    return replace(frame, tab_width=width, tab_height=height)


def tab_pill_width(said: str) -> float:
    return text_width(said, sizes.DETAIL, SEMIBOLD) + 16


def chip_width(chip: Chip) -> float:
    return text_width(chip.text, sizes.PILL) + 30 + 20 * len(chip.badges)


def chip_rows(chips: tuple[Chip, ...], room: float) -> Iterator[list[Chip]]:
    row: list[Chip] = []
    used = 0.0
    for chip in chips:
        if row and used + chip_width(chip) > room:
            yield row
            row, used = [], 0.0
        row.append(chip)
        used += chip_width(chip) + sizes.CHIP_GAP
    if row:
        yield row

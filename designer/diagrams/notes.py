"""The callouts' words, beside the picture or in columns below it."""

from collections.abc import Iterator
from dataclasses import dataclass

from designer.diagrams import scene as sizes
from designer.diagrams.geometry import Point
from designer.diagrams.measuring import REGULAR, wrap
from designer.diagrams.palette import Palette
from designer.diagrams.scene import Note
from designer.diagrams.svg import Sheet

COLUMN, GAP = 250, 36
_INDENT = 30
_MOST_LINES = 9


@dataclass(frozen=True)
class Block:
    note: Note
    lines: tuple[str, ...]

    @property
    def height(self) -> float:
        return sizes.NOTE_LINE * len(self.lines) + 14


@dataclass(frozen=True)
class NoteColumns:
    """Notes on `count` columns, `width` pixels each."""

    notes: tuple[Note, ...]
    count: int
    width: float

    @property
    def height(self) -> float:
        return max((sum(block.height for block in column) for column in self._columns()), default=0)

    def paint(self, sheet: Sheet, corner: Point, colors: Palette) -> None:
        for index, column in enumerate(self._columns()):
            x, y = corner.x + index * (self.width + GAP), corner.y
            for block in column:
                sheet.badge(
                    Point(x + 9, y + 8),
                    block.note.number,
                    fill=colors.badge,
                    ink=colors.badge_ink,
                    rim=colors.page,
                )
                for row, line in enumerate(block.lines):
                    place = Point(x + _INDENT, y + 12 + sizes.NOTE_LINE * row)
                    sheet.text(place, line, size=sizes.NOTE, fill=colors.ink)
                y += block.height

    def _columns(self) -> Iterator[list[Block]]:
        """Blocks in reading order, spread so that the columns are about equally high."""
        room = self.width - _INDENT
        blocks = [
            Block(one, wrap(one.text, sizes.NOTE, REGULAR, room, lines=_MOST_LINES)) for one in self.notes
        ]
        share = sum(block.height for block in blocks) / max(self.count, 1)
        column: list[Block] = []
        done, height = 0, 0.0
        for block in blocks:
            if column and done < self.count - 1 and height + block.height / 2 > share:
                yield column
                column, height, done = [], 0.0, done + 1
            column.append(block)
            height += block.height
        yield column

"""The sheet around a picture: title, notes, legend and margins."""

from dataclasses import dataclass

from designer.diagrams import scene as sizes
from designer.diagrams.geometry import Point, Rect
from designer.diagrams.legend import ROW, paint_legend
from designer.diagrams.measuring import REGULAR, SEMIBOLD, shorten
from designer.diagrams.notes import COLUMN, GAP, NoteColumns
from designer.diagrams.palette import Palette
from designer.diagrams.scene import Scene
from designer.diagrams.svg import Sheet
from designer.diagrams.svg_file import svg_file

MARGIN = 28
SLIDE = 16 / 9
_TITLE_HEIGHT, _SUBTITLE_HEIGHT = 46, 20
_ABOVE_NOTES = 26
_NARROWEST = 340


@dataclass(frozen=True)
class Page:
    """How much room everything takes. The picture's own corner is at 0, 0."""

    picture: Rect
    note_columns: int  # 0: none; 1: beside the picture; more: below it

    @property
    def content(self) -> Rect:
        right = self.picture.right + (GAP + COLUMN if self.note_columns == 1 else 0)
        return self.picture._replace(right=max(right, _NARROWEST))

    def notes(self, scene: Scene) -> NoteColumns:
        width = (self.content.width - GAP * (self.note_columns - 1)) / max(self.note_columns, 1)
        return NoteColumns(scene.notes, self.note_columns, COLUMN if self.note_columns == 1 else width)


def fit_page(scene: Scene, picture: Rect) -> tuple[Page, float]:
    """The arrangement of notes that prints largest on a slide, and how large (a scale to compare by)."""
    tries = [Page(picture, columns) for columns in ((1, 2, 3) if scene.notes else (0,))]
    sized = [(_scale(scene, page), -page.note_columns, page) for page in tries]
    scale, _, page = max(sized, key=lambda one: one[:2])
    return page, scale


def _scale(scene: Scene, page: Page) -> float:
    content = page.content
    height = max(content.height, page.notes(scene).height if page.note_columns == 1 else 0)
    height += _ABOVE_NOTES + page.notes(scene).height if page.note_columns > 1 else 0
    height += _heading_height(scene) + 2 * ROW + 2 * MARGIN
    return min(SLIDE * 1000 / (content.width + 2 * MARGIN), 1000 / height)


def compose_page(sheet: Sheet, scene: Scene, page: Page, colors: Palette) -> str:
    """The finished SVG: the picture on the sheet, with everything around it."""
    content = page.content
    left, top, right, bottom = content
    top -= _heading_height(scene)
    _paint_heading(sheet, scene, Rect(left, top, right, content.top), colors)
    notes = page.notes(scene)
    if page.note_columns == 1:
        notes.paint(sheet, Point(page.picture.right + GAP, content.top + 4), colors)
        bottom = max(bottom, content.top + 4 + notes.height)
    elif page.note_columns:
        notes.paint(sheet, Point(left, bottom + _ABOVE_NOTES), colors)
        bottom += _ABOVE_NOTES + notes.height
    bottom = paint_legend(sheet, scene, colors, Rect(left, bottom + 24, right, bottom + 24))
    return svg_file(sheet, scene, Rect(left, top, right, bottom).grown(MARGIN), colors)


def _heading_height(scene: Scene) -> float:
    return (_TITLE_HEIGHT if scene.title else 0) + (_SUBTITLE_HEIGHT if scene.subtitle else 0)


def _paint_heading(sheet: Sheet, scene: Scene, place: Rect, colors: Palette) -> None:
    y = place.top + 16
    if scene.title:
        title = shorten(scene.title, sizes.HEADING, SEMIBOLD, place.width)
        sheet.text(Point(place.left, y), title, size=sizes.HEADING, fill=colors.ink, bold=True)
        y += 21
    if scene.subtitle:
        said = shorten(scene.subtitle, sizes.SUBHEADING, REGULAR, place.width)
        sheet.text(Point(place.left, y), said, size=sizes.SUBHEADING, fill=colors.ink_2)


def paint_welcome(sheet: Sheet, scene: Scene, colors: Palette) -> Rect:
    """What stands where a design will be, as long as there is nothing to show."""
    place = Rect(0, 0, 460, 150)
    sheet.rect(
        place, radius=12, fill="none", stroke=colors.card_border, stroke_width="1.2", stroke_dasharray="5 4"
    )
    ink, soft = colors.category("compute")
    tile = Rect(36, 53, 80, 97)
    sheet.rect(tile, radius=8, fill=soft)
    sheet.icon("server", tile.grown(-9), color=ink)
    head, words = (
        ("Nothing to show here", "The design has nothing that this view shows.")
        if scene.subtitle
        else ("Nothing drawn yet", "Put a first component on the canvas and it shows up here.")
    )
    sheet.text(Point(102, 72), head, size=15, fill=colors.ink, bold=True)
    sheet.text(Point(102, 92), words, size=sizes.NOTE, fill=colors.ink_2)
    return place

"""The sheet around a picture: title, notes, legend, margins, and the words for those who can't see it."""

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import escape

from designer.diagrams import scene as sizes
from designer.diagrams.dot import NO_HEADS, TWO_HEADS
from designer.diagrams.geometry import Point, Rect
from designer.diagrams.measuring import FONTS, REGULAR, SEMIBOLD, shorten, text_width, wrap
from designer.diagrams.palette import CATEGORY_NAMES, DASHED, LINES, Palette, line_look
from designer.diagrams.scene import Note, Scene
from designer.diagrams.svg import Sheet, attributes, number, rounded_path
from designer.diagrams.outline import outline
from designer.diagrams.wording import legend_words

MARGIN = 28
SLIDE = 16 / 9
_HEADING_HEIGHT = 46
_NOTE_WIDTH, _NOTE_GAP, _NOTE_INDENT = 250, 36, 30
_LEGEND_ROW = 22


@dataclass(frozen=True)
class NoteBlock:
    note: Note
    lines: tuple[str, ...]

    @property
    def height(self) -> float:
        return sizes.NOTE_LINE * len(self.lines) + 14


@dataclass(frozen=True)
class LegendLine:
    kind: str
    dashed: bool
    words: str


@dataclass(frozen=True)
class Page:
    """How much room everything takes. The picture's own corner is at 0, 0."""

    picture: Rect
    note_columns: int  # 0: none; 1: beside the picture; more: below it

    @property
    def content(self) -> Rect:
        right = self.picture.right + (_NOTE_GAP + _NOTE_WIDTH if self.note_columns == 1 else 0)
        return self.picture._replace(right=max(right, 340))


def fit_page(scene: Scene, picture: Rect) -> tuple[Page, float]:
    """The arrangement of notes that prints largest on a slide, and how large (a scale to compare by)."""
    tries = [Page(picture, columns) for columns in ((1, 2, 3) if scene.notes else (0,))]
    sized = [(_scale(scene, page), -page.note_columns, page) for page in tries]
    scale, _, page = max(sized, key=lambda one: one[:2])
    return page, scale


def _scale(scene: Scene, page: Page) -> float:
    content = page.content
    height = max(content.height, _notes_height(scene, page) if page.note_columns == 1 else 0)
    height += 26 + _notes_height(scene, page) if page.note_columns > 1 else 0
    height += (_HEADING_HEIGHT if scene.title else 0) + 2 * _LEGEND_ROW + 2 * MARGIN
    return min(SLIDE * 1000 / (content.width + 2 * MARGIN), 1000 / height)


def compose_page(sheet: Sheet, scene: Scene, page: Page, colors: Palette) -> str:
    """The finished SVG: the picture on the sheet, with everything around it."""
    content = page.content
    left, top, right, bottom = content
    if scene.title:
        top -= _HEADING_HEIGHT
        title = shorten(scene.title, sizes.HEADING, SEMIBOLD, content.width)
        sheet.text(Point(left, top + 16), title, size=sizes.HEADING, fill=colors.ink, bold=True)
    if page.note_columns == 1:
        _paint_notes(sheet, scene, page, Point(page.picture.right + _NOTE_GAP, content.top + 4), colors)
        bottom = max(bottom, content.top + 4 + _notes_height(scene, page))
    elif page.note_columns:
        _paint_notes(sheet, scene, page, Point(left, bottom + 26), colors)
        bottom += 26 + _notes_height(scene, page)
    bottom = _paint_legend(sheet, scene, colors, Rect(left, bottom + 24, right, bottom + 24))
    return _document(sheet, scene, Rect(left, top, right, bottom).grown(MARGIN), colors)


# --- notes ---------------------------------------------------------------------------------------


def _blocks(scene: Scene, page: Page) -> list[NoteBlock]:
    width = _column_width(page) - _NOTE_INDENT
    return [NoteBlock(note, wrap(note.text, sizes.NOTE, REGULAR, width, lines=9)) for note in scene.notes]


def _column_width(page: Page) -> float:
    if page.note_columns == 1:
        return _NOTE_WIDTH
    return (page.content.width - _NOTE_GAP * (page.note_columns - 1)) / page.note_columns


def _columns(scene: Scene, page: Page) -> Iterator[list[NoteBlock]]:
    """Blocks in reading order, spread so that the columns are about equally high."""
    blocks = _blocks(scene, page)
    share = sum(block.height for block in blocks) / max(page.note_columns, 1)
    column: list[NoteBlock] = []
    done, height = 0, 0.0
    for block in blocks:
        if column and done < page.note_columns - 1 and height + block.height / 2 > share:
            yield column
            column, height, done = [], 0.0, done + 1
        column.append(block)
        height += block.height
    yield column


def _notes_height(scene: Scene, page: Page) -> float:
    return max(sum(block.height for block in column) for column in _columns(scene, page))


def _paint_notes(sheet: Sheet, scene: Scene, page: Page, corner: Point, colors: Palette) -> None:
    for index, column in enumerate(_columns(scene, page)):
        x, y = corner.x + index * (_column_width(page) + _NOTE_GAP), corner.y
        for block in column:
            sheet.badge(
                Point(x + 9, y + 8),
                block.note.number,
                fill=colors.badge,
                ink=colors.badge_ink,
                rim=colors.page,
            )
            for row, line in enumerate(block.lines):
                place = Point(x + _NOTE_INDENT, y + 12 + sizes.NOTE_LINE * row)
                sheet.text(place, line, size=sizes.NOTE, fill=colors.ink)
            y += block.height


# --- legend --------------------------------------------------------------------------------------


def _paint_legend(sheet: Sheet, scene: Scene, colors: Palette, place: Rect) -> float:
    """What occurs in this picture and nothing else. Returns the lower edge."""
    categories = {card.category for card in scene.cards.values() if not card.hollow}
    known = [category for category in CATEGORY_NAMES if category in categories]
    lines = _legend_lines(scene)
    if not known and not lines:
        return place.top - 24
    sheet.rule(Point(place.left, place.top), Point(place.right, place.top), color=colors.hairline)
    x, y = place.left, place.top + 20
    for category in known:
        width = 20 + text_width(CATEGORY_NAMES[category], sizes.LEGEND) + 20
        if x > place.left and x + width - 20 > place.right:
            x, y = place.left, y + _LEGEND_ROW
        ink, soft = colors.category(category)
        sheet.rect(Rect(x, y - 6, x + 12, y + 6), radius=3.5, fill=soft, stroke=ink, stroke_width="1.2")
        sheet.text(Point(x + 18, y + 3.8), CATEGORY_NAMES[category], size=sizes.LEGEND, fill=colors.ink_2)
        x += width
    wanted = sum(56 + text_width(entry.words, sizes.LEGEND) for entry in lines) - 20
    if x > place.left and x + wanted > place.right:
        x, y = place.left, y + _LEGEND_ROW  # lines all on a row of their own, rather than a few left over
    for entry in lines:
        width = 36 + text_width(entry.words, sizes.LEGEND) + 20
        if x > place.left and x + width - 20 > place.right:
            x, y = place.left, y + _LEGEND_ROW
        _paint_sample(sheet, entry, Point(x, y), Point(x + 28, y), colors)
        sheet.text(Point(x + 36, y + 3.8), entry.words, size=sizes.LEGEND, fill=colors.ink_2)
        x += width
    return y + 8


def _paint_sample(sheet: Sheet, entry: LegendLine, start: Point, end: Point, colors: Palette) -> None:
    look = line_look(entry.kind)
    dots = (start, end) if entry.kind in NO_HEADS else ()
    heads = [] if dots else [(start, end)]
    heads += [(end, start)] if entry.kind in TWO_HEADS else []
    path = rounded_path((start, end), shorten_start=len(heads) > 1, shorten_end=bool(heads))
    dash = look.dash or (DASHED if entry.dashed else "")
    sheet.line(path, heads, color=colors.lines[look.strength], width=look.width, dash=dash, dots=dots)


def _legend_lines(scene: Scene) -> list[LegendLine]:
    """One entry for each look; kinds that look alike share it."""
    occurring = {(line.kind, line.dashed and not line_look(line.kind).dash) for line in scene.lines.values()}
    order = {kind: place for place, kind in enumerate(LINES)}
    groups: dict[object, list[tuple[str, bool]]] = {}
    for kind, dashed in sorted(occurring, key=lambda one: (order.get(one[0], len(order)), one)):
        look = (line_look(kind), kind in TWO_HEADS, kind in NO_HEADS, dashed)
        groups.setdefault(look, []).append((kind, dashed))
    return [
        LegendLine(
            kinds[0][0],
            kinds[0][1],
            ", ".join(legend_words(kind) for kind, _ in kinds) + " (dashed)" * kinds[0][1],
        )
        for kinds in groups.values()
    ]


# --- the file ------------------------------------------------------------------------------------


@cache
def _font_faces() -> str:
    """The Latin part of the shipped font; a viewer has its own fonts for other scripts."""
    faces = []
    for weight, name in (("400", REGULAR), ("600", SEMIBOLD)):
        data = base64.b64encode((FONTS / f"Inter-{name}.latin.woff2").read_bytes()).decode()
        source = f"url(data:font/woff2;base64,{data}) format('woff2')"
        faces.append(f"@font-face{{font-family:Inter;font-weight:{weight};src:{source}}}")
    return "".join(faces)


def _document(sheet: Sheet, scene: Scene, paper: Rect, colors: Palette) -> str:
    title = scene.title or "Architecture diagram"
    body = "\n".join(sheet.marks)
    # Several diagrams may stand in one HTML page, so ids carry a part of the contents' hash.
    mark = hashlib.sha256(body.encode()).hexdigest()[:8]
    box = " ".join(number(value) for value in (paper.left, paper.top, paper.width, paper.height))
    root = attributes(
        xmlns="http://www.w3.org/2000/svg",
        width=paper.width,
        height=paper.height,
        viewBox=box,
        font_family="Inter, 'Helvetica Neue', Arial, sans-serif",
        role="img",
        aria_labelledby=f"title-{mark} outline-{mark}",
    )
    paper_color = attributes(
        x=paper.left, y=paper.top, width=paper.width, height=paper.height, fill=colors.page
    )
    return (
        f"<svg{root}>\n"
        f'<title id="title-{mark}">{escape(title)}</title>\n'
        f'<desc id="outline-{mark}">{escape(outline(scene))}</desc>\n'
        f"<style>{_font_faces()}</style>\n"
        f"<defs>{sheet.symbols()}</defs>\n"
        f"<rect{paper_color}/>\n{body}\n</svg>\n"
    )


def paint_welcome(sheet: Sheet, colors: Palette) -> Rect:
    """What stands where a design will be, as long as it has no components."""
    place = Rect(0, 0, 460, 150)
    sheet.rect(
        place, radius=12, fill="none", stroke=colors.card_border, stroke_width="1.2", stroke_dasharray="5 4"
    )
    ink, soft = colors.category("compute")
    tile = Rect(36, 53, 80, 97)
    sheet.rect(tile, radius=8, fill=soft)
    sheet.icon("server", tile.grown(-9), color=ink)
    sheet.text(Point(102, 72), "Nothing drawn yet", size=15, fill=colors.ink, bold=True)
    words = "Put a first component on the canvas and it shows up here."
    sheet.text(Point(102, 92), words, size=sizes.NOTE, fill=colors.ink_2)
    return place

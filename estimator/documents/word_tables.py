"""Tables of a text document as the PDF draws them: hairlines, a dark head on every page, tinted groups."""

from collections.abc import Sequence

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from estimator.documents.word_text import clean

INK, MUTED, HAIRLINE, WASH = "0F172A", "5B6B82", "D3DCE8", "EDF3FA"


def write_table(
    document: Document,
    rows: Sequence[Sequence[str]],
    *,
    widths: Sequence[float],
    heads: Sequence[str] = (),
    figures: Sequence[int] = (),
    strong: Sequence[int] = (),
) -> Table:
    """`widths` in mm; `figures`: the columns whose texts stand at the right; `strong`: the bold ones.

    A second line of a cell is small print.
    """
    written = [list(heads), *rows] if heads else list(rows)
    table = document.add_table(rows=len(written), cols=len(widths))
    table.autofit = False
    _draw_hairlines(table)
    for at, width in enumerate(widths):
        table.columns[at].width = Mm(width)
    for row, words in zip(table.rows, written, strict=True):
        _keep_whole(row)
        for at, (cell, text) in enumerate(zip(row.cells, words, strict=True)):
            cell.width = Mm(widths[at])
            _write(cell, text, is_bold=at in strong, is_figure=at in figures)
    if heads:
        _make_head(table.rows[0])
    return table


def tint(row: _Row, *, spans: int = 1) -> None:
    """A group's row: its first cell reaches over `spans` columns."""
    if spans > 1:
        _join(row.cells[0], row.cells[spans - 1])
    for cell in row.cells:
        _fill(cell, WASH)
    make_bold(row)
    keep_with_next(row)


def make_bold(row: _Row) -> None:
    for paragraph in _paragraphs(row):
        for run in paragraph.runs:
            run.bold = True


def keep_with_next(row: _Row) -> None:
    for paragraph in _paragraphs(row):
        paragraph.paragraph_format.keep_with_next = True


def _join(first: _Cell, last: _Cell) -> None:
    """Merging keeps each cell's paragraph; the empty ones would make the row tall."""
    for paragraph in first.merge(last).paragraphs[1:]:
        paragraph._p.getparent().remove(paragraph._p)


def _paragraphs(row: _Row) -> list[Paragraph]:
    return [paragraph for cell in row.cells for paragraph in cell.paragraphs]


def _write(cell: _Cell, text: str, *, is_bold: bool, is_figure: bool) -> None:
    first, _, rest = clean(text).partition("\n")
    paragraph = cell.paragraphs[0]
    shape = paragraph.paragraph_format
    shape.space_before, shape.space_after = Pt(2), Pt(2)
    paragraph.add_run(first).bold = is_bold or None
    if rest:
        small = paragraph.add_run(f"\n{rest}")
        small.font.size, small.font.color.rgb = Pt(8), RGBColor.from_string(MUTED)
    if is_figure:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _make_head(row: _Row) -> None:
    make_bold(row)
    for cell in row.cells:
        _fill(cell, INK)
    for paragraph in _paragraphs(row):
        paragraph.paragraph_format.keep_with_next = True
        for run in paragraph.runs:
            run.font.size, run.font.color.rgb = Pt(8), RGBColor(255, 255, 255)
    row._tr.get_or_add_trPr().append(_element("w:tblHeader", val="true"))


def _keep_whole(row: _Row) -> None:
    row._tr.get_or_add_trPr().append(_element("w:cantSplit", val="true"))


def _fill(cell: _Cell, color: str) -> None:
    properties = cell._tc.get_or_add_tcPr()
    for old in properties.findall(qn("w:shd")):
        properties.remove(old)
    properties.append(_element("w:shd", val="clear", color="auto", fill=color))


def _draw_hairlines(table: Table) -> None:
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        borders.append(_element(f"w:{side}", val="single", sz="4", space="0", color=HAIRLINE))
    table._tbl.tblPr.append(borders)


def _element(name: str, **attributes: str) -> BaseOxmlElement:
    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element

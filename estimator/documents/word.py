"""A frozen proposal as a text document, for those who edit on. The same contents give the same bytes."""

import io
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table, _Row

from designer.diagrams.export import export
from estimator.documents.layout import layout_of
from estimator.documents.packages import without_times
from estimator.domain.proposals.changes import Changes

_SIZES = {"a4": (Mm(210), Mm(297)), "letter": (Mm(215.9), Mm(279.4))}
_MARGIN = Mm(22)
_NAMED = (42, 124)  # a name and what there is to say of it; mm
# What XML can't hold: a label may have it, a document can't.
_NO_TEXT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_THEN = datetime(1980, 1, 1)  # noqa: DTZ001  the format knows no zone


def proposal_document(
    contents: Mapping[str, Any],
    pictures: Mapping[str, str],
    *,
    version: int,
    changes: Changes | None = None,
) -> bytes:
    """`contents` is the customer's part, `pictures` SVG by option."""
    page = layout_of(contents, version=version, changes=changes)
    document = docx.Document()
    _prepare(document, page, contents)
    _write_cover(document, page)
    _write_summary(document, page)
    _write_changes(document, page)
    for option in page["options"]:
        _write_option(document, page, option, pictures[option["letter"]])
    _heading(document, "Terms", 1)
    for title, words in page["terms"]:
        paragraph = document.add_paragraph()
        paragraph.add_run(_clean(f"{title}. ")).bold = True
        paragraph.add_run(_clean(words))
    _heading(document, "Acceptance", 2)
    document.add_paragraph(_clean(page["acceptance"]))
    for who in (page["customer"], page["seller"]):
        document.add_paragraph(_clean(f"\n\n____________________________\nName and date, {who}"))
    out = io.BytesIO()
    document.save(out)
    return without_times(out.getvalue())


def _prepare(document: Document, page: Mapping[str, Any], contents: Mapping[str, Any]) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = _SIZES[contents["paper"]]
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = _MARGIN
    section.header.paragraphs[0].text = _clean(f"{page['title']} · {page['customer']}")
    section.footer.paragraphs[0].text = _clean(f"{page['number']} · valid until {page['valid']}")
    facts = document.core_properties
    facts.title, facts.author = _clean(page["title"])[:255], _clean(page["seller"])[:255]
    facts.created = facts.modified = _THEN
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Inter", Pt(9.5)
    color = RGBColor.from_string(page["color"].removeprefix("#").upper())
    for level in (1, 2):
        heading = document.styles[f"Heading {level}"]
        heading.font.name, heading.font.color.rgb = "Inter", color


def _write_cover(document: Document, page: Mapping[str, Any]) -> None:
    document.add_paragraph(_clean(page["title"]), style="Title")
    document.add_paragraph(_clean(f"for {page['customer']}"), style="Subtitle")
    document.add_paragraph(_clean(f"{page['number']}, by {page['seller']}"))
    _table(document, [[what, figure, note] for what, figure, note in page["key"]])
    _table(document, page["facts"], widths=_NAMED)


def _write_summary(document: Document, page: Mapping[str, Any]) -> None:
    _heading(document, "Summary", 1)
    for words in page["summary"]:
        document.add_paragraph(_clean(words))
    for title, words in page["benefits"]:
        paragraph = document.add_paragraph(style="List Bullet")
        paragraph.add_run(_clean(f"{title}. ")).bold = True
        paragraph.add_run(_clean(words))
    if page["comparison"]:
        _heading(document, "The options", 2)
        heads = [f"{card['letter']} · {card['name']}" for card in page["cards"]]
        _table(document, page["comparison"], heads=["", *heads])


def _write_changes(document: Document, page: Mapping[str, Any]) -> None:
    if not page["changes"]:
        return
    _heading(document, page["changes_title"], 1)
    for place in page["changes"]:
        _heading(document, place["where"], 2)
        _table(document, place["rows"], heads=("", "Before", "Now"), widths=(50, 58, 58))


def _write_option(document: Document, page: Mapping[str, Any], option: Mapping[str, Any], svg: str) -> None:
    _heading(document, option["title"], 1)
    for words in option["intro"]:
        document.add_paragraph(_clean(words))
    section = document.sections[0]
    assert section.page_width is not None
    picture = export(svg, "png", title=option["title"])
    shape = document.add_picture(io.BytesIO(picture), width=section.page_width - 2 * _MARGIN)
    shape._inline.docPr.set("descr", _clean(option["alternative"]))
    for number, words in option["callouts"]:
        document.add_paragraph(_clean(f"{number}  {words}"))
    if option["included"]:
        _heading(document, "What you receive", 2)
        _table(document, option["included"], widths=_NAMED)
    _heading(document, option["bill_title"], 1)
    document.add_paragraph(_clean(page["basis"]))
    _write_bill(document, option)
    if option["assumptions"]:
        _heading(document, "Use and assumptions", 2)
        for words in option["assumptions"]:
            document.add_paragraph(_clean(words), style="List Bullet")
    for title, rows in (
        ("Not priced, and why", option["not_priced"]),
        ("Advice, and why it was not taken", option["accepted"]),
    ):
        if rows:
            _heading(document, title, 2)
            _table(document, rows, widths=(83, 83))


def _write_bill(document: Document, option: Mapping[str, Any]) -> None:
    rows: list[list[str]] = []
    for tier in option["bill"]:
        rows.append([tier["label"], "", "", "", tier["sum"]])
        for item, facts, quantity, unit, price, month, once in tier["rows"]:
            words, amount = (f"{item}\n{facts}" if facts else item), (f"{month}\n{once}" if once else month)
            rows.append([words, quantity, unit, price, amount])
    heads = ["Item", "Quantity", "Unit", "Unit price", "A month"]
    table = _table(document, rows, heads=heads, figures=(1, 3, 4), widths=(76, 22, 20, 24, 24))
    tiers = {tier["label"] for tier in option["bill"]}
    for row, said in zip(table.rows[1:], rows, strict=True):
        if said[0] in tiers and not said[1]:
            _make_bold(row)
    totals = [[words, month, once] for words, month, once, _ in option["totals"]]
    table = _table(document, totals, heads=["", "a month", "once"], figures=(1, 2), widths=(98, 34, 34))
    for row, (*_, is_total) in zip(table.rows[1:], option["totals"], strict=True):
        if is_total:
            _make_bold(row)


def _table(
    document: Document,
    rows: Sequence[Sequence[str]],
    *,
    heads: Sequence[str] = (),
    figures: tuple[int, ...] = (),
    widths: Sequence[int] = (),
) -> Table:
    """`figures`: the columns whose texts stand at the right; `widths` in mm. The head is on every page."""
    written = [list(heads), *rows] if heads else list(rows)
    table = document.add_table(rows=len(written), cols=len(written[0]) if written else 1)
    table.style = "Table Grid"
    table.autofit = not widths
    for row, words in zip(table.rows, written, strict=True):
        for at, (cell, text) in enumerate(zip(row.cells, words, strict=True)):
            cell.text = _clean(text)
            if widths:
                cell.width = Mm(widths[at])
            if at in figures:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if heads:
        _make_bold(table.rows[0])
        repeated = OxmlElement("w:tblHeader")
        repeated.set(qn("w:val"), "true")
        table.rows[0]._tr.get_or_add_trPr().append(repeated)
    document.add_paragraph()
    return table


def _make_bold(row: _Row) -> None:
    for cell in row.cells:
        for paragraph in cell.paragraphs:
            for run in paragraph.runs:
                run.bold = True


def _heading(document: Document, words: str, level: int) -> None:
    document.add_heading(_clean(words), level)


def _clean(text: str) -> str:
    return _NO_TEXT.sub("", text)

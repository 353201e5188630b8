"""A frozen proposal as a text document, for those who edit on. The same contents give the same bytes."""

import base64
import io
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_BREAK
from docx.section import Section
from docx.shared import Emu, Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from designer.diagrams.export import export, picture_size
from estimator.documents.layout import layout_of
from estimator.documents.packages import without_times
from estimator.documents.word_tables import INK, MUTED, keep_with_next, make_bold, tint, write_table
from estimator.documents.word_text import clean
from estimator.domain.proposals.changes import Changes

Page = Mapping[str, Any]

_SIZES = {"a4": (Mm(210), Mm(297)), "letter": (Mm(215.9), Mm(279.4))}
_MARGIN = Mm(22)
_NAMED = (42, 124)  # a name and what there is to say of it; mm
_ABOVE_THE_DRAWING = Mm(32)  # its heading and a few words
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
    _prepare(document, page, contents["paper"])
    _write_cover(document, page, contents["seller"]["logo"])
    _write_summary(document, page)
    _write_changes(document, page)
    for option in page["options"]:
        _write_drawing(document, option, pictures[option["letter"]])
        _write_option(document, page, option)
    _write_terms(document, page)
    out = io.BytesIO()
    document.save(out)
    return without_times(out.getvalue())


def _prepare(document: Document, page: Page, paper: str) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = _SIZES[paper]
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = _MARGIN
    section.different_first_page_header_footer = True  # the cover has neither
    section.header.paragraphs[0].text = clean(f"{page['title']} · {page['customer']}")
    section.footer.paragraphs[0].text = clean(f"{page['number']} · valid until {page['valid']}")
    facts = document.core_properties
    facts.title, facts.author = clean(page["title"])[:255], clean(page["seller"])[:255]
    facts.created = facts.modified = _THEN
    text = document.styles["Normal"]
    text.font.name, text.font.size = "Inter", Pt(9.5)
    for name, size, color in (
        ("Title", 30, INK),
        ("Subtitle", 13, MUTED),
        ("Heading 1", 20, page["color"].removeprefix("#").upper()),
        ("Heading 2", 11.5, INK),
        ("Header", 8, MUTED),
        ("Footer", 8, MUTED),
    ):
        style = document.styles[name]
        style.font.name, style.font.size, style.font.italic = "Inter", Pt(size), False
        style.font.color.rgb = RGBColor.from_string(color)


def _write_cover(document: Document, page: Page, logo: str) -> None:
    if logo:
        shape = document.add_picture(io.BytesIO(base64.b64decode(logo)), height=Mm(14))
        shape._inline.docPr.set("descr", clean(page["seller"]))
    document.add_paragraph(clean(f"{page['seller']}\n{page['number']}"))
    title = document.add_paragraph(clean(page["title"]), style="Title")
    title.paragraph_format.space_before = Mm(60)
    document.add_paragraph(clean(f"for {page['customer']}"), style="Subtitle")
    figures = [[f"{figure}\n{what}, {note}" for what, figure, note in page["key"]]]
    write_table(document, figures, widths=(55, 55, 56), strong=(0, 1, 2))
    document.add_paragraph()
    write_table(document, page["facts"], widths=_NAMED)
    if page["seller_address"]:
        document.add_paragraph(clean("\n" + page["seller_address"]))
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def _write_summary(document: Document, page: Page) -> None:
    _heading(document, "Summary", 1)
    for words in page["summary"]:
        document.add_paragraph(clean(words))
    for title, words in page["benefits"]:
        paragraph = document.add_paragraph(style="List Bullet")
        _write_clause(paragraph, title, words)
    if page["comparison"]:
        _heading(document, "The options", 2)
        heads = [f"{card['letter']} · {card['name']}" for card in page["cards"]]
        widths = (36, *[130 / len(heads)] * len(heads))
        write_table(document, page["comparison"], heads=["", *heads], widths=widths, strong=(0,))


def _write_changes(document: Document, page: Page) -> None:
    if not page["changes"]:
        return
    _heading(document, page["changes_title"], 1)
    rows = [row for place in page["changes"] for row in ([place["where"], "", ""], *place["rows"])]
    table = write_table(document, rows, heads=("", "Before", "Now"), widths=(50, 58, 58), strong=(0,))
    at = 1
    for place in page["changes"]:
        tint(table.rows[at], spans=3)
        at += 1 + len(place["rows"])


def _write_drawing(document: Document, option: Page, svg: str) -> None:
    """On a page of its own, on its side where the drawing is wide."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.different_first_page_header_footer = False
    width, height = picture_size(svg)
    is_wide = width > 1.2 * height
    if is_wide:
        _turn(section, WD_ORIENT.LANDSCAPE)
    _heading(document, option["title"], 1)
    for words in option["intro"]:
        document.add_paragraph(clean(words))
    most_wide = _length(section.page_width) - 2 * _MARGIN
    most_high = _length(section.page_height) - 2 * _MARGIN - _ABOVE_THE_DRAWING
    picture = io.BytesIO(export(svg, "png", title=option["title"]))
    shape = document.add_picture(picture, width=Emu(min(most_wide, int(most_high * width / height))))
    shape._inline.docPr.set("descr", clean(option["alternative"]))
    after = document.add_section(WD_SECTION.NEW_PAGE)
    if is_wide:
        _turn(after, WD_ORIENT.PORTRAIT)


def _write_option(document: Document, page: Page, option: Page) -> None:
    if option["callouts"]:
        _heading(document, "What the numbers in the drawing mean", 2)
        write_table(document, option["callouts"], widths=(10, 156), strong=(0,))
    if option["included"]:
        _heading(document, "What you receive", 2)
        write_table(document, option["included"], widths=_NAMED, strong=(0,))
    _heading(document, option["bill_title"], 1)
    document.add_paragraph(clean(page["basis"])).paragraph_format.keep_with_next = True
    _write_bill(document, option)
    _write_totals(document, option)
    if option["assumptions"] or option["not_priced"] or option["accepted"]:
        _heading(document, option["notes_title"], 1)
    if option["assumptions"]:
        _heading(document, "Use and assumptions", 2)
        for words in option["assumptions"]:
            document.add_paragraph(clean(words), style="List Bullet")
    for title, rows in (
        ("Not priced, and why", option["not_priced"]),
        ("Advice, and why it was not taken", option["accepted"]),
    ):
        if rows:
            _heading(document, title, 2)
            write_table(document, rows, widths=(76, 90), strong=(0,))


def _write_bill(document: Document, option: Page) -> None:
    rows: list[list[str]] = []
    groups: list[int] = []
    for tier in option["bill"]:
        groups.append(len(rows))
        rows.append([tier["label"], "", "", "", tier["sum"]])
        for item, facts, quantity, unit, price, month, once in tier["rows"]:
            words, amount = (f"{item}\n{facts}" if facts else item), (f"{month}\n{once}" if once else month)
            rows.append([words, quantity, unit, price, amount])
    heads = ("Item", "Quantity", "Unit", "Unit price", "A month")
    table = write_table(document, rows, heads=heads, figures=(1, 3, 4), widths=(71, 21, 25, 24, 25))
    for at in groups:
        tint(table.rows[at + 1], spans=4)
    if rows:
        keep_with_next(table.rows[-1])
    document.add_paragraph().paragraph_format.keep_with_next = True


def _write_totals(document: Document, option: Page) -> None:
    """They stay whole, and with the last row of the bill."""
    totals = [*option["totals"], [*option["term"], "", True]]
    rows = [[words, month, once] for words, month, once, _ in totals]
    table = write_table(
        document, rows, heads=("", "a month", "once"), figures=(0, 1, 2), widths=(106, 30, 30)
    )
    for row, (*_, is_total) in zip(table.rows[1:], totals, strict=True):
        if is_total:
            make_bold(row)
    for row in table.rows[:-1]:
        keep_with_next(row)


def _write_terms(document: Document, page: Page) -> None:
    _heading(document, "Terms", 1)
    for title, words in page["terms"]:
        paragraph = document.add_paragraph()
        _write_clause(paragraph, title, words)
    _heading(document, "Acceptance", 2)
    document.add_paragraph(clean(page["acceptance"])).paragraph_format.keep_with_next = True
    for who in ("customer", "seller"):
        named = f", {page[who]}" if page[who] else ""
        words = f"\n\n\n____________________________\nName and date{named}"
        document.add_paragraph(clean(words)).paragraph_format.keep_with_next = who == "customer"


def _write_clause(paragraph: Paragraph, title: str, words: str) -> None:
    if title:
        paragraph.add_run(clean(f"{title}. ")).bold = True
    paragraph.add_run(clean(words))


def _turn(section: Section, orientation: WD_ORIENT) -> None:
    section.orientation = orientation
    section.page_width, section.page_height = section.page_height, section.page_width


def _length(value: Any) -> int:
    """A section that we made has both lengths; the library allows for others."""
    return int(value)


def _heading(document: Document, words: str, level: int) -> None:
    document.add_heading(clean(words), level)

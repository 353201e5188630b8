"""A frozen proposal as a PDF: tagged, searchable, in shipped fonts. The same contents give the same bytes."""

import base64
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import typst

from designer.diagrams.export import picture_size, printable_svg, shipped_fonts
from estimator.documents.layout import layout_of
from estimator.domain.proposals.changes import Changes

_MM_PER_PIXEL = 0.3  # words of 12 pixels become 10 points
_LAYOUT = Path(__file__).with_name("proposal.typ")


def proposal_pdf(
    contents: Mapping[str, Any],
    pictures: Mapping[str, str],
    *,
    version: int,
    changes: Changes | None = None,
    paper: str = "",
) -> bytes:
    """`contents` is the customer's part, `pictures` SVG by option. `paper`: a4 or letter; else as it says."""
    page = layout_of(contents, version=version, changes=changes)
    page["paper"] = {"letter": "us-letter"}.get(paper or contents["paper"], "a4")
    inputs = {}
    for option in page["options"]:
        svg = pictures[option["letter"]]
        option.update(_room_for(svg))
        inputs[f"picture-{option['letter']}"] = printable_svg(svg)
    logo = contents["seller"]["logo"]
    if logo:
        # typst takes texts for inputs; the bytes of a PNG travel as numbers.
        page["logo"] = list(base64.b64decode(logo))
    inputs["page"] = json.dumps(page)
    try:
        return _compiled(inputs, "ua-1")
    except typst.TypstError:
        # The standard refuses a document whole for one character that no font of ours can show. Without it
        # the page is tagged as well, and shows a box there.
        return _compiled(inputs, None)


def _compiled(inputs: Mapping[str, str], standard: Literal["ua-1"] | None) -> bytes:
    return typst.compile(
        _LAYOUT.read_bytes(),
        format="pdf",
        sys_inputs=dict(inputs),
        font_paths=shipped_fonts(),
        pdf_standards=standard,
        timestamp=0,
    )


def _room_for(svg: str) -> dict[str, Any]:
    """A wide drawing gets a page on its side: every millimetre makes its words larger. A small one does not
    grow until its words are headlines.
    """
    width, height = picture_size(svg)
    return {"is_wide": width > 1.2 * height, "picture_width": width * _MM_PER_PIXEL}

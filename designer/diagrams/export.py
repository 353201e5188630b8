"""From SVG to PDF and PNG, by typst with the shipped fonts only: the same picture on every machine."""

import re
import unicodedata
from functools import cache
from typing import Literal

import typst

from designer.diagrams.limits import PNG_PIXELS, DiagramTooLarge
from designer.diagrams.measuring import FONTS, has_glyph

_PIXELS_PER_INCH = 72  # typst's point is our pixel
_SHARP = 2  # PNG pixels for each pixel of the picture: sharp on a slide and on dense displays
_READABLE = 0.5  # below, names can't be read any more
_SIZE = re.compile(r'<svg[^>]* width="([\d.]+)" height="([\d.]+)"')
# What joins and varies characters (families, skin tones, flags of regions) typst draws as boxes.
_JOINTS = re.compile("[\u200c\u200d\ufe0e\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]")
# A document whose only page is the picture. What comes from users travels as inputs, never as markup.
_DOCUMENT = """#set page(width: {width}pt, height: {height}pt, margin: 0pt, fill: none)
#set document(title: sys.inputs.title, date: none)
#image(bytes(sys.inputs.svg), format: "svg", width: 100%, alt: sys.inputs.title)
"""


def export(svg: str, file_format: Literal["pdf", "png"], *, title: str) -> bytes:
    """The picture as vectors (PDF) or pixels (PNG).

    Raises: DiagramTooLarge when a PNG that can be read would have too many pixels.
    """
    svg = printable_svg(svg)
    width, height = picture_size(svg)
    return typst.compile(
        _DOCUMENT.format(width=width, height=height).encode(),
        format=file_format,
        ppi=_sharpness(width, height) * _PIXELS_PER_INCH if file_format == "png" else None,
        sys_inputs={"svg": svg, "title": title},
        font_paths=shipped_fonts(),
        timestamp=0,
    )


def _sharpness(width: float, height: float) -> float:
    sharpness = min(_SHARP, (PNG_PIXELS / (width * height)) ** 0.5)
    if sharpness < _READABLE:
        pixels = int(width * height * _READABLE**2)
        raise DiagramTooLarge(
            "pixels as a PNG (SVG and PDF have no such limit)", counted=pixels, limit=PNG_PIXELS
        )
    return sharpness


def picture_size(svg: str) -> tuple[float, float]:
    """Width and height of a picture of ours, in pixels."""
    size = _SIZE.match(svg)
    assert size is not None  # page.py writes it so
    return float(size[1]), float(size[2])


def printable_svg(svg: str) -> str:
    """As typst can draw it: where one character has no glyph, it would draw all after it as boxes too."""
    svg = _JOINTS.sub("", svg)
    foreign = {character for character in set(svg) if not character.isascii() and not has_glyph(character)}
    return svg.translate({ord(one): "" if unicodedata.combining(one) else "?" for one in foreign})


@cache
def shipped_fonts() -> typst.Fonts:
    """Ours alone: documents look the same on a machine that has no font."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])

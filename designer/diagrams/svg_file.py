"""The finished SVG: one file that asks nothing of any server, and can be read aloud."""

import base64
import hashlib
from functools import cache
from html import escape

from designer.diagrams.geometry import Rect
from designer.diagrams.measuring import FONTS, REGULAR, SEMIBOLD
from designer.diagrams.outline import outline
from designer.diagrams.palette import Palette
from designer.diagrams.scene import Scene
from designer.diagrams.svg import Sheet, attributes, number


def svg_file(sheet: Sheet, scene: Scene, paper: Rect, colors: Palette) -> str:
    title = " · ".join(said for said in (scene.title, scene.subtitle) if said) or "Architecture diagram"
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


@cache
def _font_faces() -> str:
    """The Latin part of the shipped font; a viewer has its own fonts for other scripts."""
    faces = []
    for weight, name in (("400", REGULAR), ("600", SEMIBOLD)):
        data = base64.b64encode((FONTS / f"Inter-{name}.latin.woff2").read_bytes()).decode()
        source = f"url(data:font/woff2;base64,{data}) format('woff2')"
        faces.append(f"@font-face{{font-family:Inter;font-weight:{weight};src:{source}}}")
    return "".join(faces)

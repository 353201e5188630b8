"""The pictures of every template and form, byte for byte but for the fonts, which are named by their hash.

`GOLDEN=rewrite pytest` writes them anew: look at them before you commit.
"""

import hashlib
import re

import pytest

from catalog.selectors import get_template
from designer.diagrams import render_diagram
from tests.shipped_templates import FORMS, GOLDEN, assert_golden, design_of, each_form, name_of

PICTURES = GOLDEN / "diagrams"
PLACED = ("osc-net", "rax-basic")  # as on the canvas: two tell enough about keeping positions
FONT = re.compile(r"base64,([A-Za-z0-9+/=]{2000,})")


@each_form
def test_a_templates_picture_is_the_one_that_was_looked_at(key, form, types) -> None:
    document = design_of(key, form).document()
    drawn = render_diagram(document, types, title=get_template(key).title, layout="automatic")

    assert_golden(PICTURES / f"{name_of(key, form)}-automatic.svg", without_fonts(drawn))


@pytest.mark.parametrize("key", PLACED)
def test_a_templates_picture_as_placed_is_the_one_that_was_looked_at(key, types) -> None:
    drawn = render_diagram(design_of(key).document(), types, title=get_template(key).title, layout="placed")

    assert_golden(PICTURES / f"{key}-placed.svg", without_fonts(drawn))


def test_no_picture_is_kept_of_a_template_that_is_gone() -> None:
    known = {f"{name_of(*one)}-automatic.svg" for one in FORMS} | {f"{key}-placed.svg" for key in PLACED}

    assert {file.name for file in PICTURES.iterdir()} == known


def without_fonts(svg: bytes) -> str:
    """Half of a picture is its font, the same in each."""
    return FONT.sub(lambda font: f"base64,{hashlib.sha256(font[1].encode()).hexdigest()}", svg.decode())

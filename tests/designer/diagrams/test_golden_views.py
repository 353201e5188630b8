"""The other views of three templates, byte for byte but for the fonts. The full view: test_golden.py.

`GOLDEN=rewrite pytest` writes them anew: look at them before you commit.
"""

import pytest

from catalog.selectors import get_template
from designer.diagrams import render_diagram
from designer.diagrams.views import VIEWS
from estimator.selectors import component_costs
from tests.designer.diagrams.test_golden import without_fonts
from tests.shipped_templates import GOLDEN, assert_golden, design_of

KEYS = ("osc-net", "rax-basic", "rax-hybrid")
FOLDER = GOLDEN / "views"


@pytest.mark.parametrize("view", [view for view in VIEWS if view != "full"])
@pytest.mark.parametrize("key", KEYS)
def test_a_view_is_the_one_that_was_looked_at(key, view, types) -> None:
    template = get_template(key)
    costs = component_costs(template.document, template.price_book) if view == "cost" else None
    drawn = render_diagram(design_of(key).document(), types, title=template.title, view=view, costs=costs)

    assert_golden(FOLDER / f"{key}-{view}.svg", without_fonts(drawn))


@pytest.mark.parametrize("key", KEYS)
def test_a_text_alternative_is_the_one_that_was_read(key, types) -> None:
    said = render_diagram(design_of(key).document(), types, title=get_template(key).title, file_format="txt")

    assert_golden(FOLDER / f"{key}.txt", said.decode())

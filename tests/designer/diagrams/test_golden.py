"""The templates' pictures, byte for byte.

`GOLDEN=rewrite pytest` writes them anew: look at them before you commit.
"""

import os
from pathlib import Path

import pytest

from catalog.selectors import get_template, templates
from designer.diagrams import render_diagram

FOLDER = Path(__file__).resolve().parents[2] / "golden" / "diagrams"


@pytest.mark.parametrize("layout", ["automatic", "placed"])
@pytest.mark.parametrize("key", sorted(templates()))
def test_a_templates_picture_is_the_one_that_was_looked_at(key, layout, template, types) -> None:
    drawn = render_diagram(template(key), types, title=get_template(key).title, layout=layout)
    file = FOLDER / f"{key}-{layout}.svg"
    if os.environ.get("GOLDEN") == "rewrite":
        file.write_bytes(drawn)

    assert drawn == file.read_bytes(), f"{file.name} differs. Draw it with GOLDEN=rewrite and look at it."

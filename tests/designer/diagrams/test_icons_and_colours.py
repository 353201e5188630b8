"""Icons and colours cover the catalogue."""

import re
from pathlib import Path

from designer.diagrams.palette import CATEGORY_NAMES, LINES, THEMES
from designer.diagrams.svg import icons
from designer.diagrams.wording import LINK_WORDS

TOKENS = Path(__file__).resolve().parents[3] / "frontend" / "src" / "app" / "tokens.css"


def test_every_component_type_has_its_icon(types) -> None:
    assert {one.icon for one in types.values()} <= set(icons())
    assert len(icons()) == 65


def test_every_category_has_a_colour_in_both_themes_and_a_name(types) -> None:
    categories = {one.category for one in types.values()}

    for palette in THEMES.values():
        assert categories <= set(palette.categories)
    assert categories - {"container"} <= set(CATEGORY_NAMES)


def test_every_container_type_has_a_look_in_both_themes(types) -> None:
    containers = {key for key, one in types.items() if one.is_container}

    for palette in THEMES.values():
        assert containers <= set(palette.frames)


def test_every_kind_of_link_has_a_look_and_words(types) -> None:
    kinds = {kind for one in types.values() for kind in one.links}

    assert kinds <= set(LINES)
    assert kinds <= set(LINK_WORDS)


def test_category_colours_are_those_of_the_canvas() -> None:
    light, dark = re.split(r":root\[data-mantine-color-scheme=.dark.\]", TOKENS.read_text().lower())[:2]
    for css, palette in ((light, THEMES["light"]), (dark, THEMES["dark"])):
        for name, (color, soft) in palette.categories.items():
            assert f"--sd-cat-{name}: {color.lower()};" in css
            assert f"--sd-cat-{name}-soft: {soft.lower()};" in css

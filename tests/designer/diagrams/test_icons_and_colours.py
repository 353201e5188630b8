"""Icons and colours cover the catalogue."""

import re
from decimal import Decimal
from pathlib import Path

import pytest

from designer.diagrams import render_diagram
from designer.diagrams.costs import ComponentCost
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


@pytest.mark.parametrize("theme", THEMES)
def test_what_is_fastened_to_the_dearest_card_can_be_read(theme, types, a_drawing) -> None:
    design = a_drawing(
        {"web": ("web_server", None, {}), "vol": ("volume", None, {"size_gib": 100})}, ["web -> vol attach"]
    )
    costs = {"web": ComponentCost(Decimal(100), "USD")}
    svg = render_diagram(design, types, view="cost", theme=theme, costs=costs).decode()

    (ink,) = re.findall(r'fill="(#[0-9A-F]{6})"[^>]*>[^<]*100 GiB volume', svg)
    assert contrast(ink, THEMES[theme].warmth(1)) >= 4.5


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


def contrast(one: str, other: str) -> float:
    """As WCAG counts it: 1 for the same colour, 21 for black on white."""
    dark, light = sorted(_luminance(color) for color in (one, other))
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: str) -> float:
    shares = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        share / 12.92 if share <= 0.03928 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue

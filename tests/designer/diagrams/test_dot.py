"""The DOT text holds sizes and structure, and nothing that a person wrote."""

import re

import pytest

from designer.diagrams.compose import compose
from designer.diagrams.dot import dot_source

DOT_WORDS = """
digraph graph rankdir LR compound true newrank splines spline nodesep ranksep pad margin labeljust labelloc
remincross searchsize node shape box fixedsize label width height subgraph cluster_ rank same id weight
tailport headport dir back both none constraint false lhead ltail
TABLE BORDER CELLBORDER CELLSPACING CELLPADDING FIXEDSIZE TRUE WIDTH HEIGHT TR TD /TD /TR /TABLE
"""
HOSTILE = [
    '"];n0->n1;"}',
    "a\\N\\l",
    "</TD></TR></TABLE>>",
    'x" [image="/etc/passwd"]',
    "%s {0} ${HOME}",
    "\x00\ud800",
]


@pytest.mark.parametrize("direction", ["LR", "TB"])
@pytest.mark.parametrize("key", ["rax-basic", "osc-net"])
def test_every_component_and_line_of_a_template_is_laid_out(key, direction, template, types) -> None:
    scene = compose(template(key), types)
    source = dot_source(scene, direction)

    assert f"rankdir={direction}" in source
    assert len(re.findall(r"^n\d+ \[width", source, re.M)) == len(scene.cards)
    assert len(re.findall(r"^subgraph cluster_\d+", source, re.M)) == len(scene.frames)
    assert len(re.findall(r"^n\d+ -> n\d+", source, re.M)) == len(scene.lines)


def test_no_word_of_a_user_reaches_graphviz(a_drawing, types) -> None:
    parts = {f"s{n}": ("web_server", "sn", {"label": label}) for n, label in enumerate(HOSTILE)}
    parts |= {"sn": ("subnet", None, {"label": HOSTILE[0]}), "www": ("internet", None, {"label": HOSTILE[2]})}
    source = dot_source(
        compose(a_drawing(parts, [f"www -> s{n} {HOSTILE[2]}" for n in range(3)]), types), "LR"
    )

    assert set(re.findall(r"[A-Za-z_/$\\]{2,}", source)) <= set(DOT_WORDS.split())


def test_services_at_the_side_are_laid_out_backwards(template, types) -> None:
    scene = compose(template("rax-basic"), types)
    source = dot_source(scene, "LR")
    nodes = {key: f"n{number}" for number, key in enumerate(scene.cards)}

    assert re.search(rf"{nodes['www']} -> {nodes['mon']} \[.*dir=back", source)
    assert re.search(rf"{nodes['www']} -> {nodes['sw']} \[(?!.*dir=back)", source)


def test_the_way_out_does_not_push_the_gateway_inwards(template, types) -> None:
    scene = compose(template("osc-net"), types)
    nodes = {key: f"n{number}" for number, key in enumerate(scene.cards)}

    assert re.search(rf"{nodes['int']} -> {nodes['nat']} \[.*constraint=false", dot_source(scene, "LR"))

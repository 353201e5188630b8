"""The whole graph of both templates, to be read in a review when it changes. `make golden` rewrites it."""

import json
import os
from pathlib import Path

import pytest

from designer.domain.resources import to_json
from tests.designer.designs import template

GRAPHS = Path(__file__).parents[2] / "golden" / "graphs"


@pytest.mark.parametrize(
    ("key", "without", "file"),
    [
        ("rax-basic", frozenset(), "rax-basic.json"),
        ("rax-basic", frozenset({"database", "key-manager"}), "rax-basic-bare-cloud.json"),
        ("osc-net", frozenset(), "osc-net.json"),
    ],
)
def test_the_graph_of_a_template_is_the_golden_one(key: str, without: frozenset[str], file: str) -> None:
    text = json.dumps(to_json(template(key).graph(without=without)), indent=1, ensure_ascii=False) + "\n"
    path = GRAPHS / file
    if os.environ.get("GOLDEN") == "rewrite":
        path.write_text(text)
    assert json.loads(text) == json.loads(path.read_text())

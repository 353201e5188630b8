"""The whole graph of every template and form, to be read when it changes. `make golden` rewrites it.

One resource a line. What servers run at their first start is long and often the same, so it stands once in a
text beside the graph, and the graph names it by its hash.
"""

import hashlib
from typing import Any

import pytest

from designer.domain.resources import ResourceGraph, to_json
from tests.shipped_templates import FORMS, GOLDEN, a_row_each, assert_golden, design_of, each_form, name_of

GRAPHS = GOLDEN / "graphs"
BARE_CLOUD = frozenset({"database", "key-manager"})


@each_form
def test_the_graph_of_a_template_is_the_golden_one(key: str, form: str) -> None:
    assert_graph(name_of(key, form), design_of(key, form).graph())


def test_the_graph_for_a_cloud_without_databases_and_key_store_is_the_golden_one() -> None:
    assert_graph("rax-basic-bare-cloud", design_of("rax-basic").graph(without=BARE_CLOUD))


def test_no_graph_is_kept_of_a_template_that_is_gone() -> None:
    known = {name_of(*one) for one in FORMS} | {"rax-basic-bare-cloud"}

    assert {file.name.partition(".")[0] for file in GRAPHS.iterdir()} == known


def test_a_template_without_a_golden_graph_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GOLDEN", raising=False)

    with pytest.raises(pytest.fail.Exception, match=r"brand-new\.json is missing"):
        assert_graph("brand-new", design_of("rax-basic").graph())


def assert_graph(name: str, graph: ResourceGraph) -> None:
    texts: dict[str, list[str]] = {}  # user data -> keys of the servers that start with it
    rows = [_without_texts(resource, resource["key"], texts) for resource in to_json(graph)]
    assert_golden(GRAPHS / f"{name}.json", a_row_each(rows) + "\n")
    parts = [f"=== {_hash(text)} {' '.join(keys)}\n{text}" for text, keys in texts.items()]
    assert_golden(GRAPHS / f"{name}.user-data.txt", "\n".join(parts))


def _without_texts(value: Any, key: str, texts: dict[str, list[str]]) -> Any:
    if isinstance(value, list):
        return [_without_texts(inner, key, texts) for inner in value]
    if not isinstance(value, dict):
        return value
    kept = {name: _without_texts(inner, key, texts) for name, inner in value.items()}
    if user_data := value.get("user_data"):
        text = _readable(user_data)
        texts.setdefault(text, []).append(key)
        kept["user_data"] = _hash(text)
    return kept


def _readable(value: Any) -> str:
    """The text, with what is known only later as ${db/port[0] address}."""
    if isinstance(value, dict):
        parts = value.get("join")
        return "".join(map(_readable, parts)) if parts else f"${{{value['ref']} {value['output']}}}"
    return str(value)


def _hash(text: str) -> str:
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()[:12]}"

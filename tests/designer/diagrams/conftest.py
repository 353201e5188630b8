"""The shipped catalogue, its templates as designs, and small designs made by hand."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from catalog.domain.component_specs import ComponentType
from catalog.selectors import component_types, get_template
from designer.domain.document import Component, DesignDocument, Link
from designer.domain.parsing import parse_document

Types = Mapping[str, ComponentType]


@pytest.fixture(scope="session")
def types() -> Types:
    return component_types()


@pytest.fixture(scope="session")
def template(types: Types) -> Callable[[str], DesignDocument]:
    def read(key: str) -> DesignDocument:
        return parse_document(dict(get_template(key).document), types)

    return read


@pytest.fixture(scope="session")
def a_drawing() -> Callable[..., DesignDocument]:
    """`a_drawing({"web": ("web_server", "sn", {"label": "Web", "count": 2})}, ["lb -> web HTTP 80"])`

    Made by hand and not parsed, so that it may hold what the parser refuses.
    """

    def build(
        components: Mapping[str, tuple[str, str | None, dict[str, Any]]],
        links: list[str] | tuple[str, ...] = (),
        *,
        callouts: Mapping[int, tuple[str, list[str]]] | None = None,
    ) -> DesignDocument:
        parts = {}
        for key, (kind, parent, said) in components.items():
            properties = {
                name: value for name, value in said.items() if name not in ("label", "position", "extent")
            }
            parts[key] = Component(
                key,
                kind,
                said.get("label", key),
                parent,
                properties,
                said.get("position"),
                said.get("extent"),
            )
        lines = {}
        for number, text in enumerate(links, 1):
            source, _, target, *rest = text.split(" ")
            kind = rest.pop(0) if rest and rest[0].islower() else "traffic"
            protocol = rest.pop(0) if rest else ""
            ports = tuple(int(port) for port in rest[0].split(",")) if rest else ()
            lines[f"l{number}"] = Link(f"l{number}", source, target, kind, protocol, ports)
        notes = tuple(
            {"number": number, "text": text, "components": keys}
            for number, (text, keys) in sorted((callouts or {}).items())
        )
        return DesignDocument({}, parts, lines, notes)

    return build

"""A design as plain data, checked once at the door and trusted afterwards."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

FORMAT = 1
Json = dict[str, Any]


@dataclass(frozen=True)
class Problem:
    """One reason why a document or an edit is refused, and where: `at` is a path such as `components.web.parent`."""

    at: str
    detail: str


class DocumentInvalid(Exception):
    """Every problem found, never just the first."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("; ".join(f"{problem.at}: {problem.detail}" for problem in problems))


@dataclass(frozen=True)
class Component:
    """One placed item. `properties` holds what was said and the type's defaults for the rest."""

    id: str
    type: str
    label: str
    parent: str | None
    properties: Mapping[str, Any]
    position: Mapping[str, float] | None = None
    size: Mapping[str, float] | None = None

    @property
    def count(self) -> int:
        return int(self.properties.get("count", 1))


@dataclass(frozen=True)
class Link:
    """A typed connection; `source` opens it. `ports` is empty where the protocol has none."""

    id: str
    source: str
    target: str
    kind: str
    protocol: str
    ports: tuple[int, ...]
    label: str = ""
    style: str = "solid"
    properties: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class DesignDocument:
    settings: Mapping[str, Any]
    components: Mapping[str, Component]
    links: Mapping[str, Link]
    callouts: tuple[Mapping[str, Any], ...] = ()  # {"number": 1, "text": "...", "components": ["web"]}

    def of_type(self, *types: str) -> Iterator[Component]:
        return (component for component in self.components.values() if component.type in types)

    def children(self, container_id: str | None) -> Iterator[Component]:
        return (component for component in self.components.values() if component.parent == container_id)

    def ancestors(self, component_id: str) -> Iterator[Component]:
        """The containers around a component, innermost first."""
        parent = self.components[component_id].parent
        while parent is not None:
            yield self.components[parent]
            parent = self.components[parent].parent

    def enclosing(self, component_id: str, container_type: str) -> Component | None:
        return next((one for one in self.ancestors(component_id) if one.type == container_type), None)

    def links_from(self, component_id: str, kind: str | None = None) -> Iterator[Link]:
        return (one for one in self.links.values() if one.source == component_id and kind in (None, one.kind))

    def links_to(self, component_id: str, kind: str | None = None) -> Iterator[Link]:
        return (one for one in self.links.values() if one.target == component_id and kind in (None, one.kind))

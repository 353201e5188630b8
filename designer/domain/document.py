"""A design as plain data, checked once at the door and trusted afterwards."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from catalog.domain.problems import Problem

__all__ = ["FORMAT", "Component", "DesignDocument", "DocumentInvalid", "Json", "Link", "Problem"]

FORMAT = 1
Json = dict[str, Any]
T = TypeVar("T")


class DocumentInvalid(Exception):
    """Every problem found, never just the first."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("; ".join(f"{problem.at}: {problem.detail}" for problem in problems))


@dataclass(frozen=True)
class Component:
    """One placed item. `properties` holds what was said and the type's defaults for the rest.

    `type` is the shipped type that it is or behaves as, `own_type` how the document names an own type.
    `usage` is what was said about its use, for estimates: see usage_assumptions.py.
    """

    id: str
    type: str
    label: str
    parent: str | None
    properties: Mapping[str, Any]
    position: Mapping[str, float] | None = None
    size: Mapping[str, float] | None = None
    own_type: str = ""
    usage: Mapping[str, Any] = field(default_factory=dict)

    @property
    def reference(self) -> str:
        """Its name in the catalogue: what people see of it is looked up by this."""
        return self.own_type or self.type

    @property
    def count(self) -> int:
        """How many there are of it; a sharded database has its replicas for each shard."""
        if "shards" in self.properties:
            return int(self.properties["shards"]) * int(self.properties["replicas_per_shard"])
        return int(self.properties.get("count", 1))


@dataclass(frozen=True)
class Link:
    """A typed connection; `source` opens it. `ports` is empty where the protocol has none.

    `any_port`: whatever goes between the two is meant, on every port.
    """

    id: str
    source: str
    target: str
    kind: str
    protocol: str
    ports: tuple[int, ...]
    label: str = ""
    style: str = "solid"
    properties: Mapping[str, Any] = field(default_factory=dict)
    any_port: bool = False


@dataclass(frozen=True)
class DesignDocument:
    """Components and links by id, in the document's order.

    Shape: a callout is {"number": 1, "text": "...", "components": ["web"]}.
    """

    settings: Mapping[str, Any]
    components: Mapping[str, Component]
    links: Mapping[str, Link]
    callouts: tuple[Mapping[str, Any], ...] = ()

    def of_type(self, *types: str) -> Iterator[Component]:
        return (component for component in self.components.values() if component.type in types)

    def children(self, container_id: str | None) -> Iterator[Component]:
        return iter(self._children.get(container_id, ()))

    def ancestors(self, component_id: str) -> Iterator[Component]:
        """The containers around a component, innermost first."""
        parent = self.components[component_id].parent
        while parent is not None:
            yield self.components[parent]
            parent = self.components[parent].parent

    def enclosing(self, component_id: str, container_type: str) -> Component | None:
        return next((one for one in self.ancestors(component_id) if one.type == container_type), None)

    def links_from(self, component_id: str, kind: str | None = None) -> Iterator[Link]:
        return (one for one in self._links_from.get(component_id, ()) if kind in (None, one.kind))

    def links_to(self, component_id: str, kind: str | None = None) -> Iterator[Link]:
        return (one for one in self._links_to.get(component_id, ()) if kind in (None, one.kind))

    # Looked up for every component of a large design, so each is sorted into its drawer once.

    @cached_property
    def _children(self) -> Mapping[str | None, list[Component]]:
        return _sorted_by((one.parent, one) for one in self.components.values())

    @cached_property
    def _links_from(self) -> Mapping[str | None, list[Link]]:
        return _sorted_by((one.source, one) for one in self.links.values())

    @cached_property
    def _links_to(self) -> Mapping[str | None, list[Link]]:
        return _sorted_by((one.target, one) for one in self.links.values())


def _sorted_by(pairs: Iterable[tuple[str | None, T]]) -> Mapping[str | None, list[T]]:
    drawers: dict[str | None, list[T]] = defaultdict(list)
    for key, value in pairs:
        drawers[key].append(value)
    return drawers

"""What a picture is of: a design, the catalogue that explains it, and how the reader wants it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from catalog.domain.component_specs import ComponentType
from designer.diagrams.costs import ComponentCost
from designer.diagrams.fates import category_of, natural_order
from designer.diagrams.measuring import one_line
from designer.diagrams.scene import Note
from designer.diagrams.wording import display_name
from designer.domain.document import Component, DesignDocument, Link
from designer.domain.expansion import expand
from designer.domain.resources import ResourceGraph

Naming = Literal["generic", "rackspace", "openstack", "outscale"]
_FALLBACK_ICON = "server"


@dataclass(frozen=True)
class Subject:
    """`as_placed`: everything that has a place on the canvas keeps a card or a frame of its own."""

    document: DesignDocument
    types: Mapping[str, ComponentType]
    title: str = ""
    as_placed: bool = False
    naming: Naming = "generic"
    costs: Mapping[str, ComponentCost] = field(default_factory=dict)

    @cached_property
    def components(self) -> Mapping[str, Component]:
        """In an order of their own: the same picture in whatever order the document's map came."""
        return {
            key: self.document.components[key] for key in sorted(self.document.components, key=natural_order)
        }

    @cached_property
    def links(self) -> list[Link]:
        return [self.document.links[key] for key in sorted(self.document.links, key=natural_order)]

    @cached_property
    def graph(self) -> ResourceGraph:
        """What will exist; views that say more than the drawing read it off this."""
        return expand(self.document, self.types)

    @cached_property
    def heading(self) -> str:
        return one_line(self.title, limit=300)

    @cached_property
    def notes(self) -> tuple[Note, ...]:
        return tuple(
            Note(int(callout["number"]), text)
            for callout in self.document.callouts
            if (text := one_line(callout.get("text", ""), limit=400))
        )

    @cached_property
    def _badges(self) -> Mapping[str, set[int]]:
        badges: dict[str, set[int]] = {}
        for callout in self.document.callouts:
            for key in callout.get("components", ()):
                badges.setdefault(key, set()).add(int(callout["number"]))
        return badges

    def numbers(self, components: list[Component]) -> tuple[int, ...]:
        """The callouts that stand at these components."""
        return tuple(sorted({number for one in components for number in self._badges.get(one.id, ())}))

    def name(self, component: Component) -> str:
        return display_name(component, self.types.get(component.reference), self.naming)

    def icon(self, component: Component) -> str:
        known = self.types.get(component.reference)
        return known.icon if known else _FALLBACK_ICON

    def category(self, component: Component) -> str:
        return category_of(component, self.types)

    def family(self, component: Component) -> str:
        known = self.types.get(component.type)
        return known.family if known else "external"

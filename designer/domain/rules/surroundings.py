"""What every rule asks of a component first: what it is called, what it does, and where it is."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from designer.domain.blueprint import Blueprint
from designer.domain.document import Component
from designer.domain.naming import resource_name
from designer.domain.rules.notices import joined
from designer.domain.rules.roles import ROLE_OF_SOFTWARE, ROLE_OF_TYPE


@dataclass(frozen=True, kw_only=True)
class Surroundings(Blueprint):
    """The design with names, roles and places, each found once."""

    # --- Words --------------------------------------------------------------------------------

    def label(self, component: Component | str) -> str:
        one = self.component(component) if isinstance(component, str) else component
        name = resource_name(one.label or self.type_of(one).label)
        return name if len(name) <= 60 else f"{name[:59]}…"

    def labels(self, components: Iterable[Component | str]) -> str:
        """Up to three names, then how many more: "Web, App and 4 more"; equal ones counted: "2 × App"."""
        counted = Counter(self.label(one) for one in components)
        names = [name if times == 1 else f"{times} × {name}" for name, times in counted.items()]
        if len(names) > 3:
            return f"{', '.join(names[:2])} and {len(names) - 2} more"
        return joined(names)

    # --- Who does what ------------------------------------------------------------------------

    def sort(self, component_id: str) -> str:
        """The plain key of a component's type, whatever version of it."""
        return self.type_of(self.component(component_id)).key

    def role(self, component: Component) -> str | None:
        known = ROLE_OF_TYPE.get(self.type_of(component).key)
        return known or ROLE_OF_SOFTWARE.get(str(component.properties.get("software")))

    def copies(self, component: Component) -> int:
        """How many machines a component stands for, ours or a site's; a managed database is one."""
        match self.topology.family(component.id):
            case "server" if self.is_on_site(component.id):
                return component.count
            case "server" | "growth_pool":
                return self.server_count(component.id)
            case "baremetal":
                return component.count
            case "database":
                return 1
        return 0

    @cached_property
    def by_role(self) -> Mapping[str, Sequence[Component]]:
        """Components that run something, by role; growth pools count once they have servers."""
        found: dict[str, list[Component]] = {}
        for component in self.document.components.values():
            if (role := self.role(component)) and self.copies(component):
                found.setdefault(role, []).append(component)
        return found

    def of_role(self, *roles: str) -> list[Component]:
        return [component for role in roles for component in self.by_role.get(role, ())]

    @cached_property
    def running(self) -> Sequence[Component]:
        """Everything that stands for at least one machine or managed database."""
        families = ("server", "growth_pool", "baremetal", "database")
        return [one for one in self.topology.of_family(*families) if self.copies(one)]

    @cached_property
    def servers(self) -> Sequence[Component]:
        """Servers in the cloud, which is what we can look after."""
        found = self.topology.of_family("server", "growth_pool")
        return [one for one in found if self.copies(one) and not self.is_on_site(one.id)]

    @cached_property
    def golden_images(self) -> frozenset[str]:
        """Names of images that have a server's software in them."""
        images = self.topology.of_family("image")
        golden = (one.properties for one in images if one.properties["golden"])
        return frozenset(f"{said['os']}-{said['version']}" for said in golden)

    # --- Where it is --------------------------------------------------------------------------

    def place(self, component_id: str) -> str | None:
        """The region around a component, or the outermost site; on the open canvas the only region there is.

        A region in a data centre is a region: somebody runs a cloud there.
        """
        return self._inside[self.component(component_id).parent] or self._only_region

    @cached_property
    def _inside(self) -> Mapping[str | None, str | None]:
        """For each component, the place of what sits directly in it."""
        known: dict[str | None, str | None] = {None: None}
        components = self.document.components
        for component_id in components:
            path: list[str] = []
            at: str | None = component_id
            while at is not None and at not in known:
                path.append(at)
                at = components[at].parent
            for one in reversed(path):
                known[one] = self._place_made_by(components[one], known[components[one].parent])
        return known

    def _place_made_by(self, component: Component, around: str | None) -> str | None:
        if component.type == "region":
            return component.id
        return around or (component.id if self.topology.family(component.id) == "site" else None)

    @cached_property
    def _only_region(self) -> str | None:
        regions = self.topology.of_type("region")
        return regions[0].id if len(regions) == 1 else None

    def is_site(self, place: str | None) -> bool:
        return place is not None and self.topology.family(place) == "site"

    def is_on_site(self, component_id: str) -> bool:
        """Whether it stands in a data centre or private cloud, where nothing is deployed."""
        return self.is_site(self.place(component_id))

    def place_name(self, place: str | None) -> str:
        if place is None:
            return ""
        one = self.component(place)
        name = one.properties.get("name") if one.type == "region" else None
        drawn = self.label(one)
        return str(name or (drawn if drawn != self.type_of(one).label else place))

    def by_place(self, components: Iterable[Component]) -> dict[str | None, list[Component]]:
        grouped: dict[str | None, list[Component]] = {}
        for component in components:
            grouped.setdefault(self.place(component.id), []).append(component)
        return grouped

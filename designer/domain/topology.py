"""Where every component of a design sits and who links to whom, worked out once for expansion and rules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from catalog.domain.component_specs import ComponentType
from designer.domain.document import Component, DesignDocument, Link


@dataclass(frozen=True)
class Surroundings:
    """The nearest container of each sort around a place, by component id.

    `site` is a data centre or private cloud that is nearer than any region: a region may be drawn inside its
    provider's data centre, and what is in the region is in the cloud.
    """

    region: str | None = None
    zone: str | None = None
    network: str | None = None
    subnet: str | None = None
    tier: str | None = None
    scaling_group: str | None = None
    site: str | None = None


SORTS = frozenset(Surroundings.__dataclass_fields__)
NOWHERE = Surroundings()


@dataclass(frozen=True)
class Topology:
    """Answers about a parsed document: every parent and link end exists, and no component contains itself."""

    document: DesignDocument
    types: Mapping[str, ComponentType]

    def family(self, component_id: str) -> str:
        return self.types[self.document.components[component_id].type].family

    def of_family(self, *families: str) -> list[Component]:
        return [one for family in families for one in self._by_family.get(family, ())]

    @cached_property
    def _by_family(self) -> Mapping[str, Sequence[Component]]:
        grouped: dict[str, list[Component]] = {}
        for component in self.document.components.values():
            grouped.setdefault(self.types[component.type].family, []).append(component)
        return grouped

    def of_type(self, *types: str) -> list[Component]:
        return [one for type_ in types for one in self._by_type.get(type_, ())]

    @cached_property
    def _by_type(self) -> Mapping[str, Sequence[Component]]:
        grouped: dict[str, list[Component]] = {}
        for component in self.document.components.values():
            grouped.setdefault(component.type, []).append(component)
        return grouped

    @cached_property
    def _links_by_source(self) -> Mapping[str, Sequence[Link]]:
        grouped: dict[str, list[Link]] = {}
        for link in self._links_in_order:
            grouped.setdefault(link.source, []).append(link)
        return grouped

    @cached_property
    def _links_by_target(self) -> Mapping[str, Sequence[Link]]:
        grouped: dict[str, list[Link]] = {}
        for link in self._links_in_order:
            grouped.setdefault(link.target, []).append(link)
        return grouped

    @cached_property
    def _links_in_order(self) -> Sequence[Link]:
        # By id: a database may hand the document's keys back in another order, and the answers must not move.
        return sorted(self.document.links.values(), key=lambda link: link.id)

    def outbound(self, component_id: str, *kinds: str) -> list[Link]:
        links = self._links_by_source.get(component_id, ())
        return [link for link in links if not kinds or link.kind in kinds]

    def inbound(self, component_id: str, *kinds: str) -> list[Link]:
        links = self._links_by_target.get(component_id, ())
        return [link for link in links if not kinds or link.kind in kinds]

    @cached_property
    def _inside(self) -> Mapping[str | None, Surroundings]:
        """For each component, what surrounds the things that sit directly in it."""
        known: dict[str | None, Surroundings] = {None: NOWHERE}
        components = self.document.components
        for component_id in components:
            path: list[str] = []
            at: str | None = component_id
            while at not in known:
                assert at is not None
                path.append(at)
                at = components[at].parent
            for one in reversed(path):
                known[one] = self._entered(known[components[one].parent], components[one])
        return known

    def _entered(self, around: Surroundings, container: Component) -> Surroundings:
        type_ = self.types[container.type]
        if type_.archetype == "region":
            return replace(around, region=container.id, site=None)
        sort = "site" if type_.family == "site" else type_.archetype
        return replace(around, **{sort: container.id}) if sort in SORTS else around

    def surroundings(self, component_id: str) -> Surroundings:
        return self._inside[self.document.components[component_id].parent]

    # --- Sites: what stands outside the cloud -----------------------------------------------------

    def site(self, component_id: str) -> str | None:
        """The data centre or private cloud that a component stands in, if it stands in no region there."""
        return self.surroundings(component_id).site

    def site_ranges(self, site_id: str) -> list[str]:
        """The addresses used in a site: those of the networks drawn in it, else what the site says itself."""
        if drawn := self._ranges_by_site.get(site_id):
            return sorted(drawn)
        site = self.document.components[site_id]
        said = site.properties.get("peer_cidrs")
        if said is None and (outer := self.site(site_id)):  # a private cloud in a data centre
            return self.site_ranges(outer)
        return [str(cidr) for cidr in said or ()]

    @cached_property
    def _ranges_by_site(self) -> Mapping[str, set[str]]:
        ranges: dict[str, set[str]] = {}
        for network in self.of_family("network"):
            site = self.site(network.id)
            while site:
                ranges.setdefault(site, set()).add(str(network.properties["cidr"]))
                site = self.site(site)
        return ranges

    @cached_property
    def subnets_of(self) -> Mapping[str, Sequence[Component]]:
        """Subnets by their network's id, in the order of their ids."""
        grouped: dict[str, list[Component]] = {}
        for subnet in sorted(self.of_family("subnet"), key=lambda one: one.id):
            if network := self.surroundings(subnet.id).network:
                grouped.setdefault(network, []).append(subnet)
        return grouped

    def subnet(self, component_id: str) -> Component | None:
        """The subnet a component gets its address from: the one around it, else the first of its network."""
        around = self.surroundings(component_id)
        if around.subnet:
            return self.document.components[around.subnet]
        return next(iter(self.subnets_of.get(around.network or "", ())), None)

    def scaling_group(self, component_id: str) -> Component | None:
        """The group that starts and stops a component's servers."""
        group = self.surroundings(component_id).scaling_group
        return self.document.components[group] if group else None

    def scaled(self, group_id: str) -> list[Component]:
        """The server components that a scaling group starts and stops, in the order of their ids."""
        return self._scaled.get(group_id, [])

    @cached_property
    def _scaled(self) -> Mapping[str, list[Component]]:
        grouped: dict[str, list[Component]] = {}
        for component in sorted(self.of_family("server"), key=lambda one: one.id):
            if group := self.surroundings(component.id).scaling_group:
                grouped.setdefault(group, []).append(component)
        return grouped

    def network(self, component_id: str) -> Component | None:
        network = self.surroundings(component_id).network
        return self.document.components[network] if network else None

    def region(self, component_id: str) -> str:
        """The region as a cloud calls it: the enclosing one, else the design's default or only one."""
        component = self.document.components[component_id]
        region = component_id if component.type == "region" else self.surroundings(component_id).region
        return self._region_names[region] if region else self.default_region

    @cached_property
    def _region_names(self) -> Mapping[str, str]:
        return {one.id: one.properties.get("name") or one.id for one in self.of_type("region")}

    @cached_property
    def default_region(self) -> str:
        if said := self.document.settings.get("region"):
            return str(said)
        return next(iter(self._region_names.values())) if len(self._region_names) == 1 else ""

    @property
    def region_names(self) -> list[str]:
        """What clouds call the regions of the design, in the order of the regions' ids."""
        return [name for _, name in sorted(self._region_names.items())]

    def zone_indexes(self, component_id: str) -> list[int]:
        """The zones that a component's copies are dealt over: those it names, else the one it sits in."""
        components = self.document.components
        named = self.document.components[component_id].properties.get("zones") or ()
        zones = [components[zone] for zone in named if zone in components and components[zone].type == "zone"]
        if not zones and (zone := self.surroundings(component_id).zone):
            zones = [components[zone]]
        return [int(zone.properties.get("index", 0)) for zone in zones]

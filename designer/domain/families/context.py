"""What a family works with while it expands one component."""

from collections.abc import Mapping
from functools import cached_property

from designer.domain.blueprint import Blueprint
from designer.domain.document import Component, Link
from designer.domain.firewall import IngressRule, ingress_rules
from designer.domain.naming import resource_name
from designer.domain.resources import Ref, Resource
from designer.domain.software.clusters import OVERLAYS, cluster

SETTINGS = "settings"  # owner of what belongs to the whole design
KEY_PAIR_KEY = f"{SETTINGS}/key_pair"


class Context(Blueprint):
    """The blueprint, and the making of resources that look alike in every family."""

    @cached_property
    def firewall(self) -> Mapping[str, Mapping[IngressRule, Link | None]]:
        return ingress_rules(self)

    def security_groups(self, component_id: str) -> list[Ref]:
        """The group that the arrows fill, then those that are drawn and name the component."""
        drawn = self.named_by("security_group", component_id)
        return [Ref(f"{one}/security_group") for one in (component_id, *(group.id for group in drawn))]

    # --- Tunnels that servers keep ----------------------------------------------------------------

    def ranges_beyond(self, component_id: str) -> list[str]:
        """The networks at the other ends of the tunnels that a component's servers keep."""
        if self.component(component_id).properties.get("software") not in OVERLAYS:
            return []
        own = self.topology.network(component_id)
        ends = {place.component for place in cluster(self.component(component_id), self)}
        networks = (self.topology.network(end) for end in ends)
        return sorted({str(one.properties["cidr"]) for one in networks if one and own and one.id != own.id})

    def tunnel_keepers(self, network_id: str) -> list[str]:
        """The components of a network that keep tunnels to others, in the order of their ids."""
        return self._tunnel_keepers.get(network_id, [])

    @cached_property
    def _tunnel_keepers(self) -> Mapping[str, list[str]]:
        keepers: dict[str, list[str]] = {}
        for component in sorted(self.topology.of_family("server"), key=lambda one: one.id):
            network = self.topology.network(component.id)
            if network and self.port_keys(component.id) and self.ranges_beyond(component.id):
                keepers.setdefault(network.id, []).append(component.id)
        return keepers

    # --- Key pairs: each belongs to one region ----------------------------------------------------

    def key_pair(self, component_id: str) -> Ref | None:
        """The one drawn in the component's region, else the one of the settings."""
        region = self.topology.region(component_id)
        if region in self._drawn_key_pairs:
            return Ref(f"{self._drawn_key_pairs[region]}/key_pair")
        if self.document.settings.get("ssh_public_key"):
            return Ref(self.settings_key_pair(region))
        return None

    @cached_property
    def _drawn_key_pairs(self) -> Mapping[str, str]:
        drawn: dict[str, str] = {}
        for one in sorted(self.topology.of_family("keypair"), key=lambda one: one.id):
            if one.properties.get("public_key") and not self.topology.site(one.id):
                drawn.setdefault(self.topology.region(one.id), one.id)
        return drawn

    @cached_property
    def key_pair_regions(self) -> list[str]:
        """Where servers take the key of the settings."""
        servers = self.topology.of_family("server", "growth_pool", "database")
        regions = {self.topology.region(one.id) for one in servers if self.has_ports(one.id)}
        return sorted(regions - self._drawn_key_pairs.keys()) or [self.topology.default_region]

    def settings_key_pair(self, region: str) -> str:
        """Its key. The first region's has no region in it, so that it stays when a second one is drawn."""
        home = self.topology.default_region or next(iter(self.topology.region_names), "")
        return KEY_PAIR_KEY if region in ("", home) else f"{KEY_PAIR_KEY}[{region}]"

    # --- Making resources -------------------------------------------------------------------------

    def name(self, component: Component, *suffixes: str | int) -> str:
        return resource_name(component.label or self.type_of(component).label, *suffixes)

    def resource(
        self,
        component: Component,
        key: str,
        kind: str,
        properties: Mapping[str, object],
        *,
        name: str,
        needs: tuple[str, ...] = (),
        note: str = "",
        region: str | None = None,
    ) -> Resource:
        """`key` without the component's id, which is put in front; `region` where it is another than its."""
        return Resource(
            key=f"{component.id}/{key}",
            kind=kind,
            component=component.id,
            properties={"name": name, **properties},
            needs=needs,
            region=self.topology.region(component.id) if region is None else region,
            note=note,
        )

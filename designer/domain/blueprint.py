"""What a design means before any resource: who runs servers, where they are reached, how they get out."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from catalog.domain.component_specs import ComponentType
from designer.domain.document import Component, DesignDocument, Link
from designer.domain.resources import DATABASE_INSTANCE, Ref
from designer.domain.routing import Crossing, Leg, find_crossings, find_legs, vpn_network
from designer.domain.topology import Topology

if TYPE_CHECKING:
    from designer.domain.arrivals import Crowd

MANAGED_DATABASES = "database"
CERTIFICATE_STORE = "key-manager"
SHARED_FILES = "shared-file-system"

NAMING = ("security_group", "server_group", "certificate")  # families that name their members
SERVING = ("traffic", "burst")  # link kinds over which a component sends requests to another


@dataclass(frozen=True)
class Blueprint:
    """A design read for one kind of cloud: `without` names the services that the cloud lacks."""

    topology: Topology
    without: frozenset[str] = frozenset()

    @property
    def document(self) -> DesignDocument:
        return self.topology.document

    @cached_property
    def crowds(self) -> "dict[tuple[str, str | None], Crowd]":
        """What arrivals.py has worked out so far, by the place that many send through and the region."""
        return {}

    def component(self, component_id: str) -> Component:
        return self.document.components[component_id]

    def type_of(self, component: Component) -> ComponentType:
        return self.topology.types[component.reference]

    def has(self, service: str) -> bool:
        return service not in self.without

    # --- Servers ------------------------------------------------------------------------------

    def server_count(self, component_id: str) -> int:
        """How many servers of the cloud a component runs by itself; a managed database runs none of ours.

        A scaling group says how many there are of what is drawn in it, whatever count that has. What stands
        in a site runs outside the cloud.
        """
        component = self.component(component_id)
        if self.topology.site(component_id):
            return 0
        match self.topology.family(component_id):
            case "server":
                group = self.topology.scaling_group(component_id)
                return int(group.properties["desired"]) if group else component.count
            case "growth_pool":
                return int(component.properties["current"])
            case "database" if not self.has(MANAGED_DATABASES):
                return self_run_copies(component)
        return 0

    def has_ports(self, component_id: str) -> bool:
        """Servers get a port and a group where there is a subnet to sit in; NET-01 tells of the others."""
        if self.topology.subnet(component_id) is None:
            return False
        return self.server_count(component_id) > 0 or self.is_scaled(component_id)

    def is_scaled(self, component_id: str) -> bool:
        """Whether a scaling group starts and stops its servers, which are no resources of the design then."""
        around = self.topology.surroundings(component_id)
        in_the_cloud = self.topology.family(component_id) == "server" and not around.site
        return in_the_cloud and around.scaling_group is not None

    def fixed_count(self, component_id: str) -> int:
        """How many servers are resources of their own, with ports and addresses that others may name."""
        return 0 if self.is_scaled(component_id) else self.server_count(component_id)

    def port_keys(self, component_id: str) -> list[str]:
        if not self.has_ports(component_id):
            return []
        return [f"{component_id}/port[{index}]" for index in range(self.fixed_count(component_id))]

    def addresses(self, component_id: str) -> list[Ref]:
        """Where others reach a component inside the design: one address, or one for each of its servers."""
        if self.home_subnet(component_id) is None:
            return []
        family = self.topology.family(component_id)
        if family == "load_balancer":
            return [Ref(f"{component_id}/load_balancer", "address")]
        if family == "database" and self.has(MANAGED_DATABASES):
            return [Ref(f"{component_id}/{DATABASE_INSTANCE}", "address")]
        return [Ref(key, "address") for key in self.port_keys(component_id)]

    def stands_for(self, component_id: str) -> list[str]:
        """The components that a link's end means: of a scaling group its members, of any other itself."""
        if self.topology.family(component_id) == "scaling_group":
            return [member.id for member in self.topology.scaled(component_id)]
        return [component_id]

    def server_targets(self, component_id: str) -> list[Link]:
        """The links over which a component hands requests to servers."""
        return [
            link if target == link.target else replace(link, target=target)
            for link in self.topology.outbound(component_id, *SERVING)
            for target in self.stands_for(link.target)
            if self.has_ports(target) and self._in_one_region(component_id, target)
        ]

    def _in_one_region(self, one: str, other: str) -> bool:
        return self.topology.region(one) == self.topology.region(other)

    def named_by(self, family: str, component_id: str) -> list[Component]:
        """The drawn groups, or certificates, that name a component of their region as a member."""
        return self._named_by.get((family, component_id), [])

    @cached_property
    def _named_by(self) -> Mapping[tuple[str, str], list[Component]]:
        named: dict[tuple[str, str], list[Component]] = {}
        for family in NAMING:
            for group in sorted(self.topology.of_family(family), key=lambda one: one.id):
                members = (one for one in group.properties["members"] if one in self.document.components)
                for member in dict.fromkeys(end for one in members for end in self.stands_for(one)):
                    if not self.topology.site(group.id) and self._in_one_region(group.id, member):
                        named.setdefault((family, member), []).append(group)
        return named

    def attached_volumes(self, component_id: str) -> list[Component]:
        """Volumes that this component's servers have; one drawn to several components is the first link's."""
        volumes = [
            self.component(link.target)
            for link in self.topology.outbound(component_id, "attach")
            if self.topology.family(link.target) == "volume"
            and self.volume_owner(link.target) == component_id
        ]
        return list({volume.id: volume for volume in volumes}.values())

    def volume_owner(self, volume_id: str) -> str | None:
        """The component whose servers a volume is attached to."""
        sources = (link.source for link in self.topology.inbound(volume_id, "attach"))
        return next((one for one in sources if self.server_count(one) or self.is_scaled(one)), None)

    # --- Public addresses ---------------------------------------------------------------------

    def bound_target(self, floating_ip: Component) -> str | None:
        """The component that a floating address belongs to: the one it names, else the one it points at."""
        named = floating_ip.properties.get("bound_to")
        if named in self.document.components:
            return str(named)
        links = self.topology.outbound(floating_ip.id, "traffic")
        return links[0].target if links else None

    @cached_property
    def _bound_addresses(self) -> Mapping[str, list[tuple[str, int]]]:
        """Component -> (floating address component, copy) for each of its places, in order."""
        bound: dict[str, list[tuple[str, int]]] = {}
        for address in sorted(self.topology.of_family("floating_ip"), key=lambda one: one.id):
            if target := self.bound_target(address):
                bound.setdefault(target, []).extend((address.id, index) for index in range(address.count))
        return bound

    def bound_place(self, floating_ip_id: str, copy: int) -> tuple[str, int] | None:
        """The component, and which of its servers, that copy `copy` of a floating address serves."""
        target = self.bound_target(self.component(floating_ip_id))
        if target is None:
            return None
        return target, self._bound_addresses[target].index((floating_ip_id, copy))

    def public_addresses(self, component_id: str) -> list[Ref]:
        """Where the internet reaches a component: the addresses drawn for it, then its own, in order."""
        component = self.component(component_id)
        drawn = [
            Ref(f"{one}/floating_ip[{copy}]", "address")
            for one, copy in self._bound_addresses.get(component_id, ())
        ]
        if self.home_subnet(component_id) is None:
            return []
        if self.topology.family(component_id) == "load_balancer":
            own = [Ref(f"{component_id}/floating_ip", "address")]
            return drawn[:1] or (own if component.properties["scheme"] == "public" else [])
        copies = self.fixed_count(component_id) if self.has_ports(component_id) else 0
        if component.properties.get("public_address"):
            own = [
                Ref(f"{component_id}/floating_ip[{copy}]", "address") for copy in range(len(drawn), copies)
            ]
            return [*drawn, *own][:copies]
        return drawn[:copies]

    def bound_count(self, component_id: str) -> int:
        """How many public addresses are drawn for a component."""
        return len(self._bound_addresses.get(component_id, ()))

    # --- Ways out -----------------------------------------------------------------------------

    def home_subnet(self, component_id: str) -> Component | None:
        """Where a component gets its address; a balancer outside any network does beside its servers."""
        if self.topology.site(component_id):
            return None  # addresses of a site are nobody's but the site's
        if subnet := self.topology.subnet(component_id):
            return subnet
        if self.topology.family(component_id) != "load_balancer":
            return None
        targets = self.server_targets(component_id)
        return self.topology.subnet(targets[0].target) if targets else None

    @cached_property
    def _routers(self) -> Mapping[str, str]:
        """Network -> the router that serves it. A network has one, so that each subnet has one gateway."""
        serving: dict[str, str] = {}
        for router in sorted(self.topology.of_family("router"), key=lambda one: one.id):
            if self.topology.site(router.id):
                continue
            for network_id in self._networks_of(router):
                serving.setdefault(network_id, f"{router.id}/router")
        for network_id in self._networks_in_need:
            serving.setdefault(network_id, f"{network_id}/router")
        return serving

    def _networks_of(self, router: Component) -> list[str]:
        """The network a router sits in; in a region, the networks it is linked to, else all of the region."""
        if network := self.topology.network(router.id):
            return [network.id]
        links = [*self.topology.outbound(router.id), *self.topology.inbound(router.id)]
        linked = {
            self.topology.surroundings(end).network for link in links for end in (link.source, link.target)
        }
        region = self.topology.region(router.id)
        return [
            network.id
            for network in sorted(self.topology.of_family("network"), key=lambda one: one.id)
            if not self.topology.site(network.id)
            and self.topology.region(network.id) == region
            and (network.id in linked or linked <= {None})
        ]

    @cached_property
    def _networks_in_need(self) -> set[str]:
        """Networks that need a router though none is drawn.

        They have several subnets, something in them goes outside, or another network reaches into them.
        """
        in_need = {
            network_id
            for network_id, subnets in self.topology.subnets_of.items()
            if len(subnets) > 1 and not self.topology.site(network_id)
        }
        reached = {self.topology.surroundings(target.id).network for _, target in self.crossings}
        return in_need | self.networks_going_outside | {one for one in reached if one}

    @cached_property
    def crossings(self) -> list[Crossing]:
        return find_crossings(self)

    @cached_property
    def legs(self) -> Mapping[str, tuple[Leg, ...]]:
        return find_legs(self)

    @cached_property
    def networks_going_outside(self) -> set[str]:
        going = {
            network.id
            for component in self.document.components.values()
            if self._goes_outside(component)
            and (subnet := self.home_subnet(component.id))
            and (network := self.topology.network(subnet.id))
        }
        carrying = {self.vpn_network(gateway.id) for gateway in self.topology.of_family("vpn")}
        return going | {one for one in carrying if one}

    def vpn_network(self, gateway_id: str) -> str | None:
        return vpn_network(self, gateway_id)

    def ranges_in_region(self, region_id: str) -> list[str]:
        """The address ranges of a region's own networks."""
        surroundings = self.topology.surroundings
        networks = self.topology.of_family("network")
        inside = (one for one in networks if surroundings(one.id).region == region_id)
        return sorted(str(one.properties["cidr"]) for one in inside if not surroundings(one.id).site)

    def ranges_behind(self, gateway_id: str) -> list[str]:
        """The addresses on a VPN gateway's own side: its site's or its router's, and what it is linked to."""
        topology = self.topology
        site, network = topology.site(gateway_id), self.vpn_network(gateway_id)
        ranges = set(topology.site_ranges(site)) if site else set()
        served = self.networks_served_by(self.router_of(network) or "") if network else []
        linked = (topology.network(link.target) for link in topology.outbound(gateway_id, *SERVING, "admin"))
        ranges |= {str(self.component(one).properties["cidr"]) for one in served}
        return sorted(ranges | {str(one.properties["cidr"]) for one in linked if one})

    def _goes_outside(self, component: Component) -> bool:
        if self.bound_count(component.id):
            return True
        if self.topology.family(component.id) == "load_balancer":
            return bool(component.properties["scheme"] == "public")
        said = component.properties
        runs = self.server_count(component.id) > 0 or self.is_scaled(component.id)
        return runs and bool(
            said.get("public_address") or said.get("software", "none") != "none" or "engine" in said
        )

    def router_of(self, network_id: str) -> str | None:
        return self._routers.get(network_id)

    def networks_served_by(self, router_key: str) -> list[str]:
        return [network_id for network_id, key in self._routers.items() if key == router_key]

    def way_out(self, subnet: Component) -> tuple[str, ...]:
        """What must exist before an address of this subnet reaches the outside, or is reached from there."""
        network = self.topology.network(subnet.id)
        return (f"{subnet.id}/router_interface",) if network and self.router_of(network.id) else ()

    def zone_index(self, component_id: str, copy: int) -> int | None:
        zones = self.topology.zone_indexes(component_id)
        return zones[copy % len(zones)] if zones else None


def self_run_copies(database: Component) -> int:
    """Servers that stand in for a managed database: the primary, and its replicas or its standby.

    PostgreSQL's recipe sets up a primary only.
    """
    if database.properties["engine"] == "postgresql":
        return 1
    return 1 + max(int(database.properties["replicas"]), 1 if database.properties["ha"] else 0)

"""What rules look at: who speaks to whom, and which ports stand open to whom."""

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from ipaddress import IPv4Network
from itertools import chain, count

from catalog.domain.link_rules import find_refusal
from designer.domain.addressing import ANYWHERE, is_open_to_the_world, read_cidr
from designer.domain.document import Component, Link
from designer.domain.findings import Severity
from designer.domain.resources import FLOATING_IP, SECURITY_GROUP_RULE, Ref, ResourceGraph
from designer.domain.rules.notices import Notice
from designer.domain.rules.surroundings import Surroundings

BALANCERS = ("load_balancer", "hw_load_balancer", "lb_vm")
NAME_SERVERS = ("dns_zone", "dns_external")
FIREWALLS = ("hw_firewall", "fwaas")
# Whoever answers behind one of these is spoken to by anybody on the internet.
_EDGES = frozenset(
    {"internet", "client", "edge_switch", "storefront", "public_network", "router", "floating_ip", "cdn"}
    | set(NAME_SERVERS)
)
_PASSING = frozenset({"hw_firewall", "interconnect", "vpn_gateway", "vpn_mesh"})  # hand on what they get
_PRIVATE = frozenset({"vpn_gateway", "vpn_mesh"})  # ... but take nothing from strangers
LONGEST_ID_STEM = 35  # an id has 40 characters, and a number may follow


@dataclass(frozen=True)
class Opening:
    """Ports that an address range may reach. `low` is None where every port is meant.

    `holder` owns the group: the component itself, or a drawn group, whose rule number `row` it then is.
    """

    holder: Component
    members: tuple[Component, ...]
    roles: frozenset[str | None]  # what the members are
    protocol: str
    low: int | None
    high: int | None
    cidr: str
    row: int | None = None

    def covers(self, port: int) -> bool:
        if self.protocol not in {"tcp", "any"}:
            return False
        return self.low is None or self.low <= port <= (self.high or self.low)

    @property
    def is_for_everyone(self) -> bool:
        return is_open_to_the_world(self.cidr)

    @property
    def ports(self) -> str:
        if self.low is None:
            return "every port"
        return f"port {self.low}" if self.high in (None, self.low) else f"ports {self.low} to {self.high}"


@dataclass(frozen=True, kw_only=True)
class Evidence(Surroundings):
    """The design and its resource graph, with answers that several rules ask for, each found once."""

    graph: ResourceGraph

    # --- Who speaks to whom -------------------------------------------------------------------

    @cached_property
    def _outside(self) -> frozenset[str]:
        """Components through which strangers come: the edge, and what passes on what comes from there."""
        found = {one.id for one in self.document.components.values() if self.sort(one.id) in _EDGES}
        waiting = list(found)
        while waiting:
            for link in self.topology.outbound(waiting.pop(), "traffic"):
                target = self.sort(link.target)
                if target in _PASSING and target not in _PRIVATE and link.target not in found:
                    found.add(link.target)
                    waiting.append(link.target)
        return frozenset(found)

    def links_from_outside(self, component_id: str) -> list[Link]:
        links = self.topology.inbound(component_id, "traffic", "admin")
        return [link for link in links if link.source in self._outside]

    def onward(self, link: Link) -> Iterator[Link]:
        """Where a link really ends: itself, or links of its ports behind an interconnect, VPN or firewall."""
        seen, waiting = {link.id}, deque([link])
        while waiting:
            one = waiting.popleft()
            if self.sort(one.target) not in _PASSING:
                yield one
                continue
            for following in self.topology.outbound(one.target, one.kind):
                same = not one.ports or not following.ports or set(one.ports) & set(following.ports)
                if same and following.id not in seen:
                    seen.add(following.id)
                    waiting.append(following)

    def reached(self, component_id: str, *kinds: str) -> list[Link]:
        """The links by which a component really reaches others, whatever passes them on."""
        return [end for link in self.topology.outbound(component_id, *kinds) for end in self.onward(link)]

    def pool(self, balancer_id: str) -> list[Component]:
        """Who answers behind a balancer, each once; a scaling group counts as what is drawn in it."""
        found: dict[str, Component] = {}
        for link in self.reached(balancer_id, "traffic", "burst"):
            target = self.component(link.target)
            members = self.topology.scaled(target.id) if target.type == "scaling_group" else [target]
            found.update({one.id: one for one in members})
        return list(found.values())

    # --- What the internet sees ---------------------------------------------------------------

    @cached_property
    def openings(self) -> Sequence[Opening]:
        """Everything that lets an address range in: made from the links, or drawn as a group."""
        return [*self._linked_openings(), *self._drawn_openings()]

    def _linked_openings(self) -> Iterator[Opening]:
        for rule in self.graph.of_kind(SECURITY_GROUP_RULE):
            said, holder = rule.properties, self.document.components.get(rule.component)
            if holder is None or holder.type == "security_group" or said.get("direction") == "egress":
                continue
            cidr = said.get("remote_cidr")
            if isinstance(cidr, str):  # else it is the one address of a server that is still to come
                protocol = str(said.get("protocol") or "any")
                low, high = said.get("port_min"), said.get("port_max")
                roles = frozenset({self.role(holder)})
                yield Opening(holder, (holder,), roles, protocol, low, high, cidr)

    def _drawn_openings(self) -> Iterator[Opening]:
        for group in self.topology.of_family("security_group"):
            members = tuple(self.members(group))
            roles = frozenset(self.role(one) for one in members)
            for row, rule in enumerate(group.properties.get("rules") or ()):
                if rule["direction"] == "ingress":
                    low, _, high = str(rule.get("port") or "").partition("-")
                    yield Opening(
                        group,
                        members,
                        roles,
                        rule["protocol"],
                        int(low) if low else None,
                        int(high or low) if low else None,
                        rule.get("source") or ANYWHERE,
                        row,
                    )

    def is_range_at(self, cidr: str, component: Component) -> bool:
        """Whether a range belongs to a network of the component's own region or site."""
        block = read_cidr(cidr)
        own = self._ranges.get(self.place(component.id), ())
        return block is not None and any(block.subnet_of(one) for one in own)

    @cached_property
    def _ranges(self) -> Mapping[str | None, Sequence[IPv4Network]]:
        found: dict[str | None, list[IPv4Network]] = {}
        for network in self.topology.of_family("network"):
            if block := read_cidr(network.properties["cidr"]):
                found.setdefault(self.place(network.id), []).append(block)
        return found

    def members(self, group: Component) -> Iterator[Component]:
        """The components that a drawn group or certificate names; of a scaling group, what is drawn in it."""
        for member in group.properties.get("members") or ():
            if member in self.document.components:
                one = self.component(member)
                yield from self.topology.scaled(one.id) if one.type == "scaling_group" else (one,)

    @cached_property
    def faces_internet(self) -> bool:
        """Whether a stranger's packet can come in at all."""
        boundary = self.topology.of_family("boundary")
        return (
            any(self.graph.of_kind(FLOATING_IP))
            or any(opening.is_for_everyone for opening in self.openings)
            or any(self.topology.outbound(one.id, "traffic") for one in boundary)
        )

    @cached_property
    def public_components(self) -> frozenset[str]:
        """Components of which some server or balancer has a public address."""
        ends = (resource.properties.get("port") for resource in self.graph.of_kind(FLOATING_IP))
        found = {self.graph[end.key].component for end in ends if isinstance(end, Ref)}
        for component in self.servers:  # a scaling group gives its servers their addresses itself
            said = component.properties.get("public_address") or self.bound_count(component.id)
            if said and self.is_scaled(component.id):
                found.add(component.id)
        return frozenset(found)

    # --- For fixes ----------------------------------------------------------------------------

    def may_link(self, source_id: str, target_type: str, kind: str) -> bool:
        types = self.topology.types
        source = self.type_of(self.component(source_id))
        return target_type in types and find_refusal(source, types[target_type], kind) is None

    def around(self, component: Component) -> str | None:
        """The container for something new beside a component: a scaling group holds its servers only."""
        group = self.topology.scaling_group(component.id)
        return (group or component).parent

    @cached_property
    def _ids(self) -> frozenset[str]:
        return frozenset(self.document.components.keys() | self.document.links.keys())

    def free_id(self, wanted: str) -> str:
        """An id for something that a fix adds: the wanted one where it is free, and never too long."""
        stem = wanted[:LONGEST_ID_STEM]
        numbered = (f"{stem}-{number}" for number in count(2))
        return next(one for one in chain([stem], numbered) if one not in self._ids)


@dataclass(frozen=True)
class Rule:
    """`summary` is the fixed phrase of each finding; `look` notes every place that breaks the rule.

    `when` says in words what makes it fire, for people who look it up.
    """

    id: str
    severity: Severity
    summary: str
    look: Callable[[Evidence], Iterator[Notice]]
    when: str = ""

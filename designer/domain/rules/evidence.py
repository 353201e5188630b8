"""What rules look at, what they may note, and words that they share."""

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from ipaddress import IPv4Network
from itertools import chain, count

from catalog.domain.link_rules import find_refusal
from designer.domain.addressing import ANYWHERE, is_open_to_the_world, read_cidr
from designer.domain.blueprint import Blueprint
from designer.domain.document import Component, Json, Link
from designer.domain.findings import Severity
from designer.domain.naming import resource_name
from designer.domain.resources import FLOATING_IP, SECURITY_GROUP_RULE, Ref, ResourceGraph
from designer.domain.rules.roles import ROLE_OF_SOFTWARE, ROLE_OF_TYPE

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
class Notice:
    """One place where a rule is broken. `fix` is a merge patch, where one edit repairs it."""

    detail: str
    components: tuple[str, ...] = ()
    fix: Json | None = None


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
class Evidence(Blueprint):
    """The design and its resource graph, with answers that several rules ask for, each found once."""

    graph: ResourceGraph

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


def changed(component: Component | str, **properties: object) -> Json:
    """The merge patch that sets properties of one component."""
    component_id = component if isinstance(component, str) else component.id
    return {"components": {component_id: {"properties": properties}}}


def joined(words: Sequence[str]) -> str:
    """As a sentence lists them: "a, b and c"."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)

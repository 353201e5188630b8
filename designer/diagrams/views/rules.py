"""Who may reach whom, read off the resource graph: groups, their members, and what each lets in."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass, field, replace

from designer.domain.addressing import ANYWHERE
from designer.domain.resources import (
    DATABASE_INSTANCE,
    FLOATING_IP,
    LISTENER,
    LOAD_BALANCER,
    MEMBER,
    PORT,
    SCALING_GROUP,
    SECURITY_GROUP,
    SECURITY_GROUP_RULE,
    Ref,
    Resource,
    ResourceGraph,
)

SSH = 22
_EVERYONE = frozenset({ANYWHERE, "::/0"})


@dataclass(frozen=True)
class Opening:
    """One permission. Its source is a component or else an address range; ports read "80" or "4567–4568".

    `by_range`: the rule names this range, and the component is why; all else in the range gets in too.
    """

    target: str
    protocol: str
    ports: str
    source: str = ""
    cidr: str = ""
    by_range: str = ""

    @property
    def is_anywhere(self) -> bool:
        return self.cidr in _EVERYONE

    @property
    def is_own(self) -> bool:
        """Copies of one component talk to each other."""
        return self.source == self.target

    @property
    def is_administration(self) -> bool:
        """SSH from somewhere in particular. SSH from anywhere is worth an arrow."""
        return self.ports == str(SSH) and not self.is_anywhere


@dataclass(frozen=True)
class Firewall:
    """`groups`: component -> the names of the groups that guard it, or of what guards it instead."""

    groups: Mapping[str, tuple[str, ...]]
    openings: tuple[Opening, ...]
    outgoing: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def read_firewall(graph: ResourceGraph) -> Firewall:
    members = _members(graph)
    groups: dict[str, list[str]] = defaultdict(list)
    for group, components in members.items():
        for component in components:
            groups[component].append(group)
    openings: set[Opening] = set()
    outgoing: dict[str, set[str]] = defaultdict(set)
    for rule in graph.of_kind(SECURITY_GROUP_RULE):
        group = rule.properties["security_group"].key
        for component in members.get(group, ()):
            if rule.properties["direction"] == "egress":
                outgoing[component].add(_egress_words(rule))
            else:
                openings.update(_openings(graph, rule, component, members))
    openings = set(_from_balancers(graph, openings))
    openings.update(_listeners(graph))
    openings.update(_allow_lists(graph))
    guarded = {opening.target for opening in openings} | set(groups)
    return Firewall(
        {key: tuple(sorted(groups.get(key, ()))) for key in sorted(guarded)},
        tuple(sorted(openings, key=astuple)),
        {key: tuple(sorted(said)) for key, said in sorted(outgoing.items())},
    )


def _members(graph: ResourceGraph) -> dict[str, set[str]]:
    """Group -> the components whose ports carry it; a group that no port carries guards its own component."""
    members: dict[str, set[str]] = {one.key: set() for one in graph.of_kind(SECURITY_GROUP)}
    for resource in graph.of_kind(PORT, SCALING_GROUP):
        scales = resource.kind == SCALING_GROUP
        carrier = _scaled(graph, resource) if scales else resource.component
        for group in _carried(resource):
            if carrier and group.key in members:
                members[group.key].add(carrier)
    return {key: found or {graph[key].component} for key, found in members.items()}


def _carried(resource: Resource) -> list[Ref]:
    """The groups of a port, or of the servers that a scaling group starts."""
    said = resource.properties.get("member", {}) if resource.kind == SCALING_GROUP else resource.properties
    return [group for group in said.get("security_groups", ()) if isinstance(group, Ref)]


def _scaled(graph: ResourceGraph, group: Resource) -> str | None:
    """What a scaling group starts: the component whose own group its servers carry first."""
    return next((graph[one.key].component for one in _carried(group)), None)


def _openings(
    graph: ResourceGraph, rule: Resource, target: str, members: Mapping[str, set[str]]
) -> Iterator[Opening]:
    said = rule.properties
    protocol, ports = str(said["protocol"]), _ports(said.get("port_min"), said.get("port_max"))
    remote = said.get("remote_group") or said.get("remote_cidr") or ANYWHERE
    if not isinstance(remote, Ref):
        yield Opening(target, protocol, ports, cidr=str(remote))
    elif remote.key in members:
        for source in members[remote.key]:
            yield Opening(target, protocol, ports, source=source)
    elif remote.key in graph.resources:
        yield Opening(target, protocol, ports, source=_owner(graph, remote.key))


def _owner(graph: ResourceGraph, key: str) -> str:
    """Whose address this is: a floating address belongs to the server behind it."""
    resource = graph[key]
    port = resource.properties.get("port")
    return graph[port.key].component if isinstance(port, Ref) else resource.component


def _ports(least: object, most: object) -> str:
    if least is None:
        return ""
    return str(least) if most in (None, least) else f"{least}–{most}"


def _egress_words(rule: Resource) -> str:
    said = rule.properties
    where = said.get("remote_cidr") or "anywhere"
    ports = _ports(said.get("port_min"), said.get("port_max"))
    return " ".join(part for part in ("out:", str(said["protocol"]), ports, "to", str(where)) if part)


# --- what stands in for groups -----------------------------------------------------------------------


def _from_balancers(graph: ResourceGraph, openings: Iterable[Opening]) -> Iterator[Opening]:
    """A rule for a balancer's subnet is there for the balancer: it reaches its members from that subnet."""
    ranges = {
        one.component: str(graph[subnet.key].properties.get("cidr"))
        for one in graph.of_kind(LOAD_BALANCER)
        if isinstance(subnet := one.properties.get("subnet"), Ref) and subnet.key in graph.resources
    }
    reaches = defaultdict(set)
    for member in graph.of_kind(MEMBER):
        address = member.properties.get("address")
        if isinstance(address, Ref) and address.key in graph.resources:
            target = graph[address.key].component
            reaches[target, str(member.properties["port"])].add(member.component)
    for group in graph.of_kind(SCALING_GROUP):
        for pool in group.properties.get("pools", ()):
            if member_of_group := _scaled(graph, group):
                reaches[member_of_group, str(pool["port"])].add(graph[pool["pool"].key].component)
    for opening in openings:
        balancers = [
            balancer
            for balancer in sorted(reaches[opening.target, opening.ports])
            if opening.cidr and ranges.get(balancer) == opening.cidr
        ]
        for balancer in balancers:
            yield replace(opening, source=balancer, cidr="", by_range=opening.cidr)
        if not balancers:
            yield opening


def _listeners(graph: ResourceGraph) -> Iterator[Opening]:
    """A balancer answers whoever reaches it: everyone by its public address, else its own network."""
    public = set()
    for address in graph.of_kind(FLOATING_IP):
        balancer = address.properties.get("load_balancer")
        if isinstance(balancer, Ref) and balancer.key in graph.resources:
            public.add(graph[balancer.key].component)
    networks = {
        one.component: graph[graph[subnet.key].properties["network"].key].component
        for one in graph.of_kind(LOAD_BALANCER)
        if isinstance(subnet := one.properties.get("subnet"), Ref) and subnet.key in graph.resources
    }
    for listener in graph.of_kind(LISTENER):
        balancer, port = listener.component, str(listener.properties["port"])
        if balancer in public:
            yield Opening(balancer, "tcp", port, cidr=ANYWHERE)
        elif balancer in networks:
            yield Opening(balancer, "tcp", port, source=networks[balancer])


def _allow_lists(graph: ResourceGraph) -> Iterator[Opening]:
    """A managed database keeps a list of ranges instead of a group."""
    for database in graph.of_kind(DATABASE_INSTANCE):
        for cidr in database.properties.get("allowed_cidrs", ()):
            yield Opening(database.component, "tcp", str(database.properties.get("port", "")), cidr=str(cidr))

"""Which traffic each component's security group lets in. The links are the only reason for a rule."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from designer.domain.addressing import ANYWHERE
from designer.domain.arrivals import OPENING, OUTSIDE, SSH_PORT, Arrival, arrivals, openings
from designer.domain.blueprint import Blueprint
from designer.domain.document import Component, Link
from designer.domain.resources import Ref
from designer.domain.software.clusters import OVERLAYS, cluster, openings_inside
from designer.domain.software.engines import database_engine, listening_port

__all__ = [
    "OPENING",
    "OUTSIDE",
    "SSH_PORT",
    "IngressRule",
    "allowed_ranges",
    "arrivals_at",
    "ingress_rules",
    "replicates_among_itself",
]

BOTH_WAYS = ("replication", "ha")  # a standby becomes the primary one day, and then opens the connection


@dataclass(frozen=True)
class IngressRule:
    """One permission of one group.

    `source` is a component whose group is let in, or else `cidr` an address range, or else `address` one that
    is known once deployed. Equal traffic makes equal names, so two links cannot ask for the same rule twice
    (Neutron refuses twins).
    """

    protocol: str
    port_min: int | None
    port_max: int | None
    source: str | None = None
    cidr: str | None = None
    address: Ref | None = None

    @property
    def name(self) -> str:
        ports = () if self.port_min is None else (str(self.port_min),)
        return "-".join([self.protocol, *ports, self._sender])

    @property
    def _sender(self) -> str:
        if self.address:
            return self.address.key.replace("/", "-").replace("[", "-").rstrip("]")
        return self.source or str(self.cidr).replace("/", "-")


def ingress_rules(blueprint: Blueprint) -> Mapping[str, Mapping[IngressRule, Link | None]]:
    """Component -> its rules, each with the first link that asks for it (None: copies talk to each other)."""
    rules: dict[str, dict[IngressRule, Link | None]] = {}
    for link in sorted(blueprint.document.links.values(), key=lambda one: one.id):
        if link.kind not in OPENING:
            continue
        for source, target in _directions(blueprint, link):
            for rule in _rules_between(blueprint, link, source, target):
                rules.setdefault(target, {}).setdefault(rule, link)
    for component in blueprint.topology.of_family("server", "database"):
        if replicates_among_itself(blueprint, component):
            port = listening_port(component, blueprint)
            own = IngressRule("tcp", port, port, source=component.id)
            rules.setdefault(component.id, {}).setdefault(own, None)
        for rule in _rules_of_cluster(blueprint, component):
            rules.setdefault(component.id, {}).setdefault(rule, None)
    for component_id, rule, link in rules_of_tunnels(blueprint):
        rules.setdefault(component_id, {}).setdefault(rule, link)
    return rules


def rules_of_tunnels(blueprint: Blueprint) -> Iterator[tuple[str, IngressRule, Link]]:
    """What servers that keep a tunnel take from their network's other servers, to hand it on."""
    keepers: dict[str, list[str]] = {}
    for one in blueprint.topology.of_family("server"):
        network = blueprint.topology.network(one.id)
        if network and one.properties.get("software") in OVERLAYS and blueprint.has_ports(one.id):
            keepers.setdefault(network.id, []).append(one.id)
    if not keepers:
        return
    for link in sorted(blueprint.document.links.values(), key=lambda one: one.id):
        if link.kind not in OPENING or not _leaves_by_tunnel(blueprint, link):
            continue
        for source, target in _directions(blueprint, link):
            network = blueprint.topology.network(source)
            for keeper in keepers.get(network.id, ()) if network and blueprint.has_ports(source) else ():
                spoken = [(one.protocol, one.port) for one in openings(blueprint, link, target)]
                for protocol, port in [*spoken, *_said_inside(blueprint, source)] if keeper != source else ():
                    yield keeper, IngressRule(protocol, port, port, source), link


def _said_inside(blueprint: Blueprint, component_id: str) -> Sequence[tuple[str, int | None]]:
    """What a member of a cluster says to members in other regions, whatever its arrows speak of."""
    component = blueprint.component(component_id)
    region = blueprint.topology.region(component_id)
    members = cluster(component, blueprint)
    is_far = any(blueprint.topology.region(one.component) != region for one in members)
    return openings_inside(component) if is_far else ()


def _leaves_by_tunnel(blueprint: Blueprint, link: Link) -> bool:
    """Over an overlay that is drawn, or straight to another region."""
    ends = [blueprint.type_of(blueprint.component(end)).archetype for end in (link.source, link.target)]
    if "vpn_mesh" in ends:
        return True
    regions = {blueprint.topology.region(end) for end in (link.source, link.target)}
    return len(regions) > 1 and all(blueprint.has_ports(end) for end in (link.source, link.target))


def _rules_of_cluster(blueprint: Blueprint, component: Component) -> Iterator[IngressRule]:
    """What the members of a cluster say to each other, wherever the links between them lead along.

    A security group is known in its own region only. Beyond, nodes of an overlay meet at their public
    addresses, and other servers come out of a tunnel with the addresses of their subnet.
    """
    members = cluster(component, blueprint)
    is_overlay = component.properties.get("software") in OVERLAYS
    for other in dict.fromkeys(place.component for place in members if len(members) > 1):
        if other == component.id and len(blueprint.port_keys(other)) < 2:
            continue
        near = blueprint.topology.region(other) == blueprint.topology.region(component.id)
        subnet = blueprint.topology.subnet(other)
        for protocol, port in openings_inside(component):
            if near:
                yield IngressRule(protocol, port, port, source=other)
            elif is_overlay:
                for address in blueprint.public_addresses(other):
                    yield IngressRule(protocol, port, port, address=address)
            elif subnet:
                yield IngressRule(protocol, port, port, cidr=str(subnet.properties["cidr"]))


def replicates_among_itself(blueprint: Blueprint, component: Component) -> bool:
    """A database of several servers: the first is the primary, the others follow it."""
    return database_engine(component) is not None and len(blueprint.port_keys(component.id)) > 1


def allowed_ranges(blueprint: Blueprint, component_id: str) -> list[str]:
    """The address ranges that reach a managed database, which keeps a list of its own instead of a group."""
    ranges = {
        cidr
        for link in blueprint.topology.inbound(component_id, *OPENING)
        for arrival in arrivals(blueprint, link, link.source, component_id)
        if (cidr := _range_of(blueprint, arrival)) and cidr != ANYWHERE
    }
    return sorted(ranges | _drawn_ranges(blueprint, component_id))


def _drawn_ranges(blueprint: Blueprint, component_id: str) -> set[str]:
    """What drawn security groups that name a managed database let in to it."""
    groups = blueprint.named_by("security_group", component_id)
    rules = (rule for group in groups for rule in group.properties["rules"])
    return {str(rule.get("source", ANYWHERE)) for rule in rules if rule["direction"] == "ingress"}


def _range_of(blueprint: Blueprint, arrival: Arrival) -> str | None:
    subnet = blueprint.topology.subnet(arrival.source) if arrival.source else None
    return str(subnet.properties["cidr"]) if subnet else arrival.cidr


def arrivals_at(blueprint: Blueprint, component_id: str) -> list[Arrival]:
    """All that the links bring to one component, as far as anything can be said about it."""
    topology = blueprint.topology
    links = [*topology.inbound(component_id, *OPENING), *topology.outbound(component_id, *BOTH_WAYS)]
    found = [
        arrival
        for link in links
        for source, target in _directions(blueprint, link)
        if target == component_id
        for arrival in arrivals(blueprint, link, source, target)
    ]
    return list(dict.fromkeys(found))


def _directions(blueprint: Blueprint, link: Link) -> Iterator[tuple[str, str]]:
    for target in blueprint.stands_for(link.target):
        yield link.source, target
    if link.kind in BOTH_WAYS:
        yield link.target, link.source


def _rules_between(blueprint: Blueprint, link: Link, source: str, target: str) -> Iterator[IngressRule]:
    if not blueprint.has_ports(target):
        return
    for one in arrivals(blueprint, link, source, target):
        port = one.opening.port
        yield IngressRule(one.opening.protocol, port, port, one.source, one.cidr, one.address)

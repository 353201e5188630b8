"""Which traffic each component's security group lets in. The links are the only reason for a rule."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from designer.domain.addressing import ANYWHERE
from designer.domain.blueprint import Blueprint
from designer.domain.document import Component, Link
from designer.domain.software.site import database_engine, listening_port

OPENING = ("traffic", "burst", "admin", "replication")  # link kinds that open a connection to their target
# Families that stand for the world outside, or for what reaches us through it.
OUTSIDE = frozenset({"boundary", "router", "floating_ip", "external"})
SSH_PORT = 22


@dataclass(frozen=True)
class IngressRule:
    """One permission of one group. `source` is a component whose group is let in, or else an address range.

    Equal traffic makes equal names, so two links cannot ask for the same rule twice (Neutron refuses twins).
    """

    protocol: str
    port_min: int | None
    port_max: int | None
    source: str | None = None
    cidr: str | None = None

    @property
    def name(self) -> str:
        ports = () if self.port_min is None else (str(self.port_min),)
        return "-".join([self.protocol, *ports, self.source or str(self.cidr).replace("/", "-")])


def ingress_rules(blueprint: Blueprint) -> Mapping[str, Mapping[IngressRule, Link | None]]:
    """Component -> its rules, each with the first link that asks for it (None: copies talk to each other)."""
    rules: dict[str, dict[IngressRule, Link | None]] = {}
    for link in sorted(blueprint.document.links.values(), key=lambda one: one.id):
        if link.kind not in OPENING:
            continue
        for target in blueprint.stands_for(link.target):
            for rule in _rules_between(blueprint, link, link.source, target):
                rules.setdefault(target, {}).setdefault(rule, link)
        # A standby becomes the primary one day, and then the connection is opened from the other end.
        if link.kind == "replication":
            for rule in _rules_between(blueprint, link, link.target, link.source):
                rules.setdefault(link.source, {}).setdefault(rule, link)
    for component in blueprint.topology.of_family("server", "database"):
        if replicates_among_itself(blueprint, component):
            port = listening_port(component, blueprint)
            own = IngressRule("tcp", port, port, source=component.id)
            rules.setdefault(component.id, {}).setdefault(own, None)
    return rules


def replicates_among_itself(blueprint: Blueprint, component: Component) -> bool:
    """A database of several servers: the first is the primary, the others follow it."""
    return database_engine(component) is not None and len(blueprint.port_keys(component.id)) > 1


def allowed_ranges(blueprint: Blueprint, component_id: str) -> list[str]:
    """The address ranges that reach a managed database, which keeps a list of its own instead of a group."""
    ranges: set[str] = set()
    for link in blueprint.topology.inbound(component_id, *OPENING):
        subnet = blueprint.topology.subnet(link.source)
        if subnet and (
            blueprint.has_ports(link.source) or blueprint.topology.family(link.source) == "database"
        ):
            ranges.add(str(subnet.properties["cidr"]))
    return sorted(ranges)


def _rules_between(blueprint: Blueprint, link: Link, source: str, target: str) -> Iterator[IngressRule]:
    if not blueprint.has_ports(target):
        return
    openings = _openings(link)
    if link.kind == "burst" and not openings:  # joins the pool, on the port that its servers answer on
        openings = [("tcp", listening_port(blueprint.component(target), blueprint))]
    for protocol, port in openings:
        if blueprint.has_ports(source):
            yield IngressRule(protocol, port, port, source=source)
        elif cidr := _source_range(blueprint, link, port, source, target):
            yield IngressRule(protocol, port, port, cidr=cidr)


def _openings(link: Link) -> list[tuple[str, int | None]]:
    """Transport protocol and port; a link such as plain IP names no port and so opens none."""
    name = link.protocol.upper()
    if link.any_port:
        return [(name.lower() if name in {"TCP", "UDP", "ICMP"} else "any", None)]
    if name == "ICMP":
        return [("icmp", None)]
    return [("udp" if name == "UDP" else "tcp", port) for port in link.ports]


def _source_range(blueprint: Blueprint, link: Link, port: int | None, source: str, target: str) -> str | None:
    family = blueprint.topology.family(source)
    if family == "load_balancer":
        # Members are reached from the balancer's own subnet: see families/load_balancer.py.
        subnet = blueprint.home_subnet(source)
    elif family == "database":
        subnet = blueprint.topology.subnet(source)
    elif family in OUTSIDE:
        return _admin_range(blueprint, target) if _is_ssh(blueprint, link, port, target) else ANYWHERE
    else:
        return None
    return str(subnet.properties["cidr"]) if subnet else None


def _is_ssh(blueprint: Blueprint, link: Link, port: int | None, target: str) -> bool:
    said = blueprint.component(target).properties
    return link.protocol.upper() == "SSH" or port == (said.get("port") if "admin_cidr" in said else SSH_PORT)


def _admin_range(blueprint: Blueprint, target: str) -> str:
    """SSH from outside comes from administrators: the bastion's range, else the design's, else anywhere."""
    bastion = blueprint.component(target).properties.get("admin_cidr")
    return str(bastion or blueprint.document.settings.get("admin_cidr") or ANYWHERE)

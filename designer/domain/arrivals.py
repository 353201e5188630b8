"""Whose packets really reach a component over a link: behind an interconnect or a VPN stand others.

A link's source is its sender, unless it only passes on what reaches it: then the senders are those whose
links lead into it and speak of the same port. An any-port link and what comes out of a tunnel carry all.

    f5 ──HTTP 80──► interconnect ──HTTP 80────► web     the balancer's addresses reach web on 80,
    web ─MySQL 3306─► interconnect ─MySQL 3306─► db     and nothing that speaks MySQL does
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from designer.domain.addressing import ANYWHERE, read_cidr
from designer.domain.blueprint import Blueprint
from designer.domain.document import Component, Link
from designer.domain.resources import Ref
from designer.domain.software.engines import listening_port

# Link kinds that open a connection to their target.
OPENING = ("traffic", "burst", "admin", "replication", "analyse", "provision", "tunnel", "ha")
# Families that stand for the world outside, or for what reaches us through it.
OUTSIDE = frozenset({"boundary", "router", "floating_ip", "external", "dns"})
# Of those, the types that hand on what others send, with the senders' addresses.
PASSES_ON = frozenset({"interconnect", "vpn_mesh", "hw_firewall", "hw_load_balancer", "peering", "fwaas"})
NEVER_OPENS = frozenset({"monitoring", "nat_gateway", "backup_policy"})
SSH_PORT = 22
# More senders than this behind one place are let in by their subnets: a rule for each of them at each target
# would be more than a cloud keeps (Neutron's own quota is 100 rules a project) and takes minutes to work out.
CROWD = 50
# Protocols that are not TCP alone.
TRANSPORTS = {
    "UDP": ("udp",),
    "IPSEC": ("udp",),
    "TINC": ("tcp", "udp"),
    "WIREGUARD": ("udp",),
    "ICMP": ("icmp",),
}


@dataclass(frozen=True)
class Opening:
    """A port that a link speaks on; None is every port of the protocol, `any` every protocol."""

    protocol: str
    port: int | None = None

    def also_in(self, other: "Opening") -> "Opening | None":
        """What two openings have in common."""
        if self.protocol == "any" or other.protocol == "any":
            wider, narrower = (self, other) if self.protocol == "any" else (other, self)
            return narrower if wider.port in (None, narrower.port) else None
        if self.protocol != other.protocol:
            return None
        if self.port is None or other.port is None:
            return replace(self, port=self.port if other.port is None else other.port)
        return self if self.port == other.port else None


EVERYTHING = Opening("any")


@dataclass(frozen=True)
class Arrival:
    """One sender on one port: a component whose security group is let in, an address range, or an address.

    `address` is an output that is known once deployed: a server's public address in another region.
    """

    opening: Opening
    source: str | None = None
    cidr: str | None = None
    address: Ref | None = None


@dataclass(frozen=True)
class Crowd:
    """Who sends through one place: subnets with what comes out of each, and who is followed one by one."""

    openings: list[tuple[Component, Opening]]
    others: list[Link]


def openings(blueprint: Blueprint, link: Link, target: str) -> list[Opening]:
    """Transport protocols and ports; a link such as plain IP names no port and so opens none."""
    if link.kind == "ha":
        return [Opening("vrrp")]  # a stand-by listens for its partner, by a protocol without ports
    names = [word for word in link.protocol.upper().replace("+", " ").replace("/", " ").split() if word]
    transports = {one for name in names for one in TRANSPORTS.get(name, ())}
    if "TCP" in names or not transports:
        transports.add("tcp")
    if link.any_port:
        known = set(names) & {"TCP", "UDP", "ICMP"}
        return [Opening(one) for one in sorted(transports)] if known else [EVERYTHING]
    if transports == {"icmp"}:
        return [Opening("icmp")]
    ports = link.ports
    if link.kind == "burst" and not ports:  # joins the pool, on the port that its servers answer on
        ports = (listening_port(blueprint.component(target), blueprint),)
    return [Opening(transport, port) for transport in sorted(transports) for port in ports]


def arrivals(blueprint: Blueprint, link: Link, source: str, target: str) -> list[Arrival]:
    """Who reaches `target` over the link that comes from `source`, each sender once."""
    search = _Search(blueprint, link, target)
    found = [one for opening in openings(blueprint, link, target) for one in search.senders(source, opening)]
    everybody = {one.opening for one in found if one.cidr == ANYWHERE}
    return list(dict.fromkeys(one for one in found if one.cidr == ANYWHERE or one.opening not in everybody))


@dataclass(frozen=True)
class _Search:
    blueprint: Blueprint
    link: Link
    target: str

    def senders(
        self, source: str, opening: Opening, passed: frozenset[str] = frozenset()
    ) -> Iterator[Arrival]:
        """`passed` are the places on the way that were followed back already: tunnels lead both ways."""
        if source == self.target or source in passed:
            return
        if self.blueprint.topology.family(source) == "vpn":
            yield from self._from_vpn(source, opening, passed | {source})
        elif self._passes_on(source):
            yield from self._passed_on(source, opening, passed | {source})
        else:
            yield from self._from(source, opening)

    def _passes_on(self, component_id: str) -> bool:
        component = self.blueprint.component(component_id)
        archetype = self.blueprint.type_of(component).archetype
        if archetype == "router":
            return not component.properties["external"]
        if archetype == "hw_load_balancer" and self.blueprint.topology.site(component_id):
            return False  # it answers and asks with addresses of its site
        return archetype in PASSES_ON

    # --- What only passes on ----------------------------------------------------------------------

    def _passed_on(self, place: str, opening: Opening, passed: frozenset[str]) -> Iterator[Arrival]:
        topology = self.blueprint.topology
        inbound = topology.inbound(place, *OPENING)
        tunnels = topology.outbound(place, "tunnel")
        if not inbound and not tunnels:
            if site := topology.site(place):
                yield from self._from_ranges(topology.site_ranges(site), opening)
            return
        callers = [link for link in inbound if link.kind != "tunnel"]
        if len(callers) > CROWD and not topology.site(self.target):
            crowd = self._crowd(place, callers)
            callers = crowd.others
            for subnet, carried in crowd.openings:
                if common := opening.also_in(carried):
                    yield from self._from_subnet(subnet, common)
        for link in callers:
            for carried in self._carried(link, place):
                if common := opening.also_in(carried):
                    yield from self.senders(link.source, common, passed)
        for end in self._tunnel_ends(place):
            yield from self._from_tunnel(end, opening, passed)

    def _crowd(self, place: str, callers: list[Link]) -> Crowd:
        """The same for all targets in one region, so it is worked out once for them."""
        region = self.blueprint.topology.region(self.target)
        known = self.blueprint.crowds
        if (place, region) not in known:
            subnets = {link.id: self._subnet_of_group(link.source) for link in callers}
            openings_of_subnets = {
                (subnet.id, carried): (subnet, carried)
                for link in callers
                if (subnet := subnets[link.id])
                for carried in self._carried(link, place)
            }
            others = [link for link in callers if subnets[link.id] is None]
            known[place, region] = Crowd(list(openings_of_subnets.values()), others)
        return known[place, region]

    def _subnet_of_group(self, source: str) -> Component | None:
        """The subnet of a server whose security group the target could name."""
        topology = self.blueprint.topology
        elsewhere = topology.region(source) != topology.region(self.target) or topology.site(source)
        if elsewhere or self._passes_on(source) or not self.blueprint.has_ports(source):
            return None
        return None if topology.family(source) in ("vpn", "load_balancer") else topology.subnet(source)

    def _carried(self, link: Link, place: str) -> list[Opening]:
        """What a link brings to a place. Without a port it brings all that its source only passes on."""
        if found := openings(self.blueprint, link, place):
            return found
        family = self.blueprint.topology.family(link.source)
        return [EVERYTHING] if family == "boundary" or self._passes_on(link.source) else []

    def _tunnel_ends(self, place: str) -> list[str]:
        topology = self.blueprint.topology
        ends = [link.target for link in topology.outbound(place, "tunnel")]
        return sorted({*ends, *(link.source for link in topology.inbound(place, "tunnel"))})

    def _from_tunnel(self, end: str, opening: Opening, passed: frozenset[str]) -> Iterator[Arrival]:
        topology = self.blueprint.topology
        if topology.family(end) == "site":
            yield from self._from_ranges(topology.site_ranges(end), opening)
        elif topology.family(end) == "vpn":
            yield from self._from_ranges(self.blueprint.ranges_behind(end), opening)
        elif self._is_region(end):
            yield from self._from_ranges(self.blueprint.ranges_in_region(end), opening)
        else:
            yield from self.senders(end, opening, passed)

    def _is_region(self, component_id: str) -> bool:
        return self.blueprint.type_of(self.blueprint.component(component_id)).archetype == "region"

    # --- Tunnels of a VPN -------------------------------------------------------------------------

    def _from_vpn(self, gateway: str, opening: Opening, passed: frozenset[str]) -> Iterator[Arrival]:
        """Out of it comes what is behind its peers; a link from the internet into it is the tunnel itself."""
        topology = self.blueprint.topology
        yield from self._from_ranges(self.blueprint.component(gateway).properties["peer_cidrs"], opening)
        if topology.site(gateway):
            yield from self._from_ranges(self.blueprint.ranges_behind(gateway), opening)
        for end in self._tunnel_ends(gateway):
            yield from self._from_tunnel(end, opening, passed)
        for link in topology.inbound(gateway, "traffic", "admin"):
            if self._passes_on(link.source):
                yield from self._passed_on(link.source, opening, passed | {link.source})

    # --- Senders ----------------------------------------------------------------------------------

    def _from(self, source: str, opening: Opening) -> Iterator[Arrival]:
        blueprint, topology = self.blueprint, self.blueprint.topology
        component = blueprint.component(source)
        if site := topology.site(source):
            yield from (Arrival(opening, cidr=cidr) for cidr in _ranges_at(blueprint, component, site))
        elif topology.family(source) == "load_balancer":
            # Members are reached from the balancer's own subnet: see families/load_balancer.py.
            yield from self._from_subnet(blueprint.home_subnet(source), opening)
        elif blueprint.has_ports(source):
            yield from self._from_servers(source, opening)
        elif topology.family(source) in ("database", "baremetal"):
            yield from self._from_subnet(topology.subnet(source), opening)
        elif topology.family(source) in OUTSIDE and not self._is_silent(component):
            yield from self._from_outside(opening)

    def _is_silent(self, component: Component) -> bool:
        return self.blueprint.type_of(component).archetype in NEVER_OPENS

    def _from_servers(self, source: str, opening: Opening) -> Iterator[Arrival]:
        """A security group is known in its own region only; elsewhere servers have addresses."""
        blueprint, topology = self.blueprint, self.blueprint.topology
        same_region = topology.region(source) == topology.region(self.target)
        if same_region and not topology.site(self.target):
            yield Arrival(opening, source=source)
        elif (
            not same_region
            and not topology.site(self.target)
            and (public := blueprint.public_addresses(source))
        ):
            yield from (Arrival(opening, address=address) for address in public)
        else:
            yield from self._from_subnet(topology.subnet(source), opening)

    def _from_subnet(self, subnet: Component | None, opening: Opening) -> Iterator[Arrival]:
        if subnet:
            yield Arrival(opening, cidr=str(subnet.properties["cidr"]))

    def _from_ranges(self, ranges: Iterable[str], opening: Opening) -> Iterator[Arrival]:
        """All but what the target's own network covers: that traffic never passes here."""
        network = self.blueprint.topology.network(self.target)
        own = read_cidr(network.properties["cidr"]) if network else None
        for cidr in ranges:
            block = read_cidr(cidr)
            if own is None or block is None or not block.subnet_of(own):
                yield Arrival(opening, cidr=str(cidr))

    def _from_outside(self, opening: Opening) -> Iterator[Arrival]:
        """SSH comes from administrators: from the bastion's range, else the design's, else anywhere."""
        said = self.blueprint.component(self.target).properties
        admins = said.get("admin_cidr") or self.blueprint.document.settings.get("admin_cidr")
        ssh_port = said.get("port") if "admin_cidr" in said else SSH_PORT
        if self.link.kind == "provision":  # done by administrators' tools, wherever those run
            if admins:
                yield Arrival(opening, cidr=str(admins))
        elif self.link.protocol.upper() == "SSH" or opening.port == ssh_port:
            yield Arrival(opening, cidr=str(admins or ANYWHERE))
        elif self.link.kind in ("traffic", "burst", "admin", "replication"):
            yield Arrival(opening, cidr=ANYWHERE)


def _ranges_at(blueprint: Blueprint, component: Component, site: str) -> list[str]:
    """The narrowest range that something in a site sends from: its subnet's, its network's, the site's."""
    around = blueprint.topology.surroundings(component.id)
    drawn = around.subnet or around.network
    return (
        [str(blueprint.component(drawn).properties["cidr"])]
        if drawn
        else blueprint.topology.site_ranges(site)
    )

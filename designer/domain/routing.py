"""How traffic gets from one network into another: the routers that serve them, and legs between them.

A network has one router, so that each subnet has one gateway. Where something in network A reaches something
in network B, and another router serves B, that router gets a leg in A: an interface with an address of its
own (the gateway's is taken), and a route on the subnet that says so. The way back needs nothing more, because
B's gateway is the very router that has the leg.

    A 10.0.1.0/24   web ─────────────► app   B 10.0.2.0/24
      ├── .1   a's router                     │
      └── .254 b's router ──────────────── .1 ┘      route in A: 10.0.2.0/24 via 10.0.1.254

The eCommerce reference is built so: three networks with a router each, of which two have a leg beyond.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from ipaddress import IPv4Address
from typing import TYPE_CHECKING

from designer.domain.addressing import read_cidr
from designer.domain.document import Component

if TYPE_CHECKING:
    from designer.domain.blueprint import Blueprint

# Link kinds over which something needs a way to the other end.
REACHING = ("traffic", "burst", "admin", "replication", "analyse")
SMALLEST_PREFIX = 29  # a smaller subnet has no address to spare beside its gateway, DHCP and one server

Crossing = tuple[Component, Component]


@dataclass(frozen=True)
class Leg:
    """A second router's interface in a subnet, and what that router leads to from there."""

    router: str
    address: str
    destinations: tuple[str, ...]


def find_crossings(blueprint: "Blueprint") -> list[Crossing]:
    """Pairs of subnets in different networks of one region: from the first, something reaches the second.

    A router that is linked to what sits in another network reaches from there into its own.
    """
    pairs: dict[tuple[str, str], Crossing] = {}
    for link in blueprint.document.links.values():
        if link.kind not in REACHING:
            continue
        for ends in _ends(blueprint, link.source, link.target):
            if _cross(blueprint, *ends):
                pairs[ends[0].id, ends[1].id] = ends
    return [pairs[ids] for ids in sorted(pairs)]


def _ends(blueprint: "Blueprint", source: str, target: str) -> Iterator[Crossing]:
    towards_router = blueprint.topology.family(source) == "router"
    for one in _subnets_at(blueprint, source):
        for other in _subnets_at(blueprint, target):
            yield (other, one) if towards_router else (one, other)


def _subnets_at(blueprint: "Blueprint", component_id: str) -> list[Component]:
    """The subnets that a link's end means: a component's own, or all of the network a router sits in."""
    if blueprint.topology.family(component_id) == "router":
        network = blueprint.topology.network(component_id)
        return list(blueprint.topology.subnets_of.get(network.id, ())) if network else []
    found = (blueprint.home_subnet(one) for one in blueprint.stands_for(component_id))
    return [subnet for subnet in found if subnet]


def _cross(blueprint: "Blueprint", source: Component, target: Component) -> bool:
    topology = blueprint.topology
    around, beyond = topology.surroundings(source.id), topology.surroundings(target.id)
    in_one_region = topology.region(source.id) == topology.region(target.id)
    return in_one_region and around.network != beyond.network and not around.site and not beyond.site


def find_legs(blueprint: "Blueprint") -> Mapping[str, tuple[Leg, ...]]:
    """Subnet -> the legs that other networks' routers have in it. Overlapping ranges get none: see NET-06."""
    wanted: dict[str, dict[str, set[str]]] = {}
    done: set[tuple[str, str]] = set()
    for source, target in blueprint.crossings:
        own, other = (_router_at(blueprint, subnet) for subnet in (source, target))
        here, there = read_cidr(source.properties["cidr"]), read_cidr(target.properties["cidr"])
        if own == other or other is None or not here or not there or here.overlaps(there):
            continue
        if here.prefixlen > SMALLEST_PREFIX or (target.id, source.id) in done:
            continue
        done.add((source.id, target.id))
        wanted.setdefault(source.id, {}).setdefault(other, set()).add(str(there))
    return {
        subnet_id: tuple(
            Leg(router, _spare_address(blueprint.component(subnet_id), place), tuple(sorted(destinations)))
            for place, (router, destinations) in enumerate(sorted(by_router.items()))
        )
        for subnet_id, by_router in wanted.items()
    }


def _router_at(blueprint: "Blueprint", subnet: Component) -> str | None:
    network = blueprint.topology.network(subnet.id)
    return blueprint.router_of(network.id) if network else None


def _spare_address(subnet: Component, place: int) -> str:
    """From the top of the range, where the subnet's own addresses are not given out."""
    cidr = read_cidr(subnet.properties["cidr"])
    assert cidr is not None
    return str(IPv4Address(int(cidr.broadcast_address) - 1 - place))


def vpn_network(blueprint: "Blueprint", gateway_id: str) -> str | None:
    """The network whose router carries a VPN: the one around the gateway, else the first that it reaches."""
    topology = blueprint.topology
    around = topology.surroundings(gateway_id)
    if around.site or around.network:
        return None if around.site else around.network
    reached = (topology.surroundings(link.target) for link in topology.outbound(gateway_id, *REACHING))
    region = topology.region(gateway_id)
    others = sorted(
        one.id
        for one in topology.of_family("network")
        if topology.region(one.id) == region and not topology.site(one.id)
    )
    linked = (place.network for place in reached if place.network and not place.site)
    return next(linked, None) or next(iter(others), None)

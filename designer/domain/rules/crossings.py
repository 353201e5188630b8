"""What joins one place (a region, a site) with another: interconnects, VPNs and the tunnels between them."""

from collections.abc import Iterator
from dataclasses import dataclass

from designer.domain.document import Component
from designer.domain.rules.evidence import Evidence

CONNECTORS = ("interconnect", "vpn_gateway", "vpn_mesh")
CARRYING = ("traffic", "replication", "admin", "publish", "burst", "tunnel")


@dataclass(frozen=True)
class Crossing:
    """One way between places: a connector, or several with a tunnel between them. Fails as one."""

    connectors: tuple[str, ...]
    places: frozenset[str]
    networks: frozenset[str]


def crossings(design: Evidence) -> list[Crossing]:
    """The ways that lead somewhere, in the order of their connectors."""
    grouped = _tunnelled_together(design)
    found = [_crossing(design, connectors) for connectors in grouped]
    return [one for one in found if len(one.places) > 1]


def between(ways: list[Crossing], left: str | None, right: str | None) -> list[Crossing]:
    return [way for way in ways if {left, right} <= way.places]


def _tunnelled_together(design: Evidence) -> list[tuple[str, ...]]:
    ends = {one.id for one in design.topology.of_type(*CONNECTORS)}
    tunnels = [link for link in design.document.links.values() if link.kind == "tunnel"]
    ends |= {end for link in tunnels for end in (link.source, link.target)}
    neighbours: dict[str, set[str]] = {end: set() for end in ends}
    for link in design.document.links.values():
        if link.kind in {"tunnel", "traffic"} and link.source in ends and link.target in ends:
            neighbours[link.source].add(link.target)
            neighbours[link.target].add(link.source)
    grouped, seen = [], set()
    for start in sorted(ends):
        if start in seen:
            continue
        group, waiting = {start}, [start]
        while waiting:
            new = neighbours[waiting.pop()] - group
            group |= new
            waiting.extend(new)
        seen |= group
        grouped.append(tuple(sorted(group)))
    return grouped


def _crossing(design: Evidence, connectors: tuple[str, ...]) -> Crossing:
    places: set[str] = set()
    networks: set[str] = set()
    for one in connectors:
        for component in (design.component(one), *_neighbours(design, one)):
            if place := _place_of_end(design, component):
                places.add(place)
            if network := design.topology.network(component.id):
                networks.add(network.id)
    return Crossing(connectors, frozenset(places), frozenset(networks))


def _neighbours(design: Evidence, connector: str) -> Iterator[Component]:
    for link in design.topology.outbound(connector, *CARRYING):
        yield design.component(link.target)
    for link in design.topology.inbound(connector, *CARRYING):
        yield design.component(link.source)


def _place_of_end(design: Evidence, component: Component) -> str | None:
    """Regions and sites are places themselves; what lies on the canvas beside them is in none."""
    if component.type == "region":
        return component.id
    if component.parent is None:
        return component.id if design.topology.family(component.id) == "site" else None
    return design.place(component.id)

"""The rule about address ranges: each fits where it is, and no two that meet overlap."""

from collections.abc import Iterator, Sequence
from ipaddress import IPv4Network

from designer.domain.addressing import free_block, overlapping_pairs, read_cidr
from designer.domain.document import Component
from designer.domain.rules.crossings import crossings
from designer.domain.rules.evidence import Evidence
from designer.domain.rules.notices import Notice, changed


def misplaced_address_ranges(design: Evidence) -> Iterator[Notice]:
    """Subnets outside their network or over one another, and networks that share a router and addresses."""
    for network in design.topology.of_family("network"):
        subnets = design.topology.subnets_of.get(network.id, ())
        yield from _subnets_that_do_not_fit(design, network, subnets)
    routed: dict[str, list[tuple[IPv4Network, Component]]] = {}
    for network in design.topology.of_family("network"):
        router, block = design.router_of(network.id), read_cidr(network.properties["cidr"])
        if router and block:
            routed.setdefault(router, []).append((block, network))
    for ranges in routed.values():
        for left, right in overlapping_pairs(ranges):
            detail = (
                f"{_with_range(design, left)} and {_with_range(design, right)} share a router and overlap, "
                "so traffic could go to either. Give one of them another range."
            )
            yield Notice(detail, (left.id, right.id))
    yield from _subnets_that_reach_their_like(design)
    yield from _joined_networks_that_overlap(design)


def _subnets_that_reach_their_like(design: Evidence) -> Iterator[Notice]:
    """Between networks with routers of their own there is a way only where the addresses differ."""
    for source, target in design.crossings:
        own, other = (design.topology.network(one.id) for one in (source, target))
        if own and other and design.router_of(own.id) == design.router_of(other.id):
            continue  # said already
        here, there = read_cidr(source.properties["cidr"]), read_cidr(target.properties["cidr"])
        if here and there and here.overlaps(there):
            detail = (
                f"{_with_range(design, source)} reaches {_with_range(design, target)}, and they overlap, so "
                "no router can tell which is meant. Give one of them another range."
            )
            yield Notice(detail, (source.id, target.id))


def _joined_networks_that_overlap(design: Evidence) -> Iterator[Notice]:
    noted: set[tuple[str, str]] = set()
    for way in crossings(design):
        connectors = design.labels(way.connectors)
        networks = [design.component(one) for one in sorted(way.networks)]
        ranges = [(block, one) for one in networks if (block := read_cidr(one.properties["cidr"]))]
        for left, right in overlapping_pairs(ranges):
            if (left.id, right.id) not in noted:
                noted.add((left.id, right.id))
                detail = (
                    f"{connectors} joins {_with_range(design, left)} with {_with_range(design, right)}, and "
                    "they overlap, so no packet finds the other side. Give one of them another range."
                )
                yield Notice(detail, (left.id, right.id))
    for gateway in design.topology.of_type("vpn_gateway"):
        own = [one for one in design.topology.of_family("network") if _is_beside(design, gateway, one)]
        ranges = [(block, one) for one in own if (block := read_cidr(one.properties["cidr"]))]
        peers = [block for text in gateway.properties["peer_cidrs"] if (block := read_cidr(text))]
        for block, network in ranges:
            if peer := next((one for one in peers if one.overlaps(block)), None):
                detail = (
                    f"{design.label(gateway)} leads to {peer}, which overlaps {_with_range(design, network)} "
                    "on its own side, so no packet finds the other side. Give one of them another range."
                )
                yield Notice(detail, (gateway.id, network.id))


def _is_beside(design: Evidence, gateway: Component, network: Component) -> bool:
    around = design.topology.network(gateway.id)
    return around.id == network.id if around else design.place(gateway.id) == design.place(network.id)


def _subnets_that_do_not_fit(
    design: Evidence, network: Component, subnets: Sequence[Component]
) -> Iterator[Notice]:
    inside = read_cidr(network.properties["cidr"])
    blocks = {subnet.id: block for subnet in subnets if (block := read_cidr(subnet.properties["cidr"]))}
    for subnet in subnets:
        block = blocks.get(subnet.id)
        if block is None:
            detail = f"{_with_range(design, subnet)} is no address range. Use one such as 10.0.30.0/24."
            yield Notice(detail, (subnet.id,))
        elif inside and not block.subnet_of(inside):
            detail = (
                f"{_with_range(design, subnet)} lies outside {_with_range(design, network)}, so its servers "
                "would have addresses that the network does not own. Choose a range inside it."
            )
            yield Notice(detail, (subnet.id, network.id), _moved(subnet, inside, blocks))
    ranges = [(blocks[subnet.id], subnet) for subnet in subnets if subnet.id in blocks]
    for left, right in overlapping_pairs(ranges):
        detail = (
            f"{_with_range(design, left)} and {_with_range(design, right)} overlap, so the same address "
            "could exist twice. Give one of them another range."
        )
        yield Notice(detail, (left.id, right.id), _moved(right, inside, blocks))


def _moved(
    subnet: Component, inside: IPv4Network | None, blocks: dict[str, IPv4Network]
) -> dict[str, object] | None:
    """The subnet on the first free range of its own size; None where the network is full."""
    if inside is None:
        return None
    others = [block for subnet_id, block in blocks.items() if subnet_id != subnet.id]
    block = free_block(inside, others, blocks[subnet.id].prefixlen)
    return changed(subnet, cidr=str(block)) if block else None


def _with_range(design: Evidence, component: Component) -> str:
    return f"{design.label(component)} ({component.properties['cidr']})"

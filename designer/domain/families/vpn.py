"""VPN gateways: the router of their network gets a service, and each tunnel a connection to its other end.

    network ── router ── vpn_service ─┬─ vpn_connection[b]   the other gateway's address, networks and secret
                                      └─ vpn_connection[dc]  what the data centre says, or the gateway itself

Two gateways of one design know each other, and share one secret. Of a site the design knows what is written
in it; where its public address is not, the connection says so.
"""

from collections.abc import Iterable

from designer.domain.addressing import read_cidr
from designer.domain.document import Component
from designer.domain.families.context import Context
from designer.domain.families.password import LENGTH
from designer.domain.resources import (
    PASSWORD,
    VPN_CONNECTION,
    VPN_ENDPOINT_GROUP,
    VPN_IKE_POLICY,
    VPN_IPSEC_POLICY,
    VPN_SERVICE,
    Ref,
    Resource,
)

SOMEBODY = "peer"  # the other end of a tunnel that is described, not drawn
NO_NETWORK = "There is no network in this region that it could join to its other end."
NO_PEER = "Nothing is at its other end yet: draw a tunnel to it, or fill in its address and networks."
NO_ADDRESS = "The public address of its other end isn't known: fill it in, or nothing can connect."


def expand_vpn(component: Component, context: Context) -> list[Resource]:
    network = context.vpn_network(component.id)
    router = context.router_of(network) if network else None
    peers = _peers(component, context)
    service = context.resource(
        component,
        "vpn_service",
        VPN_SERVICE,
        {"router": Ref(router) if router else None},
        name=context.name(component),
        needs=tuple(need for subnet in _subnets(router, context) for need in context.way_out(subnet)),
        note="" if router and peers else NO_PEER if router else NO_NETWORK,
    )
    if not router or not peers:
        return [service]
    said = component.properties
    ike = context.resource(
        component,
        "vpn_ike_policy",
        VPN_IKE_POLICY,
        {"ike_version": said["ike_version"], "encryption": said["encryption"]},
        name=context.name(component, "key exchange"),
    )
    ipsec = context.resource(
        component,
        "vpn_ipsec_policy",
        VPN_IPSEC_POLICY,
        {"encryption": said["encryption"]},
        name=context.name(component, "encryption"),
    )
    local = context.resource(
        component,
        "vpn_endpoint_group[local]",
        VPN_ENDPOINT_GROUP,
        {
            "type": "subnet",
            "endpoints": [Ref(f"{subnet.id}/subnet") for subnet in _subnets(router, context)],
        },
        name=context.name(component, "own subnets"),
    )
    tunnels = (part for peer in peers for part in _tunnel(component, context, peer))
    return [service, ike, ipsec, local, *tunnels]


def _subnets(router: str | None, context: Context) -> list[Component]:
    networks = context.networks_served_by(router) if router else []
    return [subnet for network in networks for subnet in context.topology.subnets_of.get(network, ())]


def _peers(component: Component, context: Context) -> list[str]:
    """The other ends of its tunnels, by component id; of a described one there is no id."""
    topology = context.topology
    ends = {link.target for link in topology.outbound(component.id, "tunnel")}
    ends |= {link.source for link in topology.inbound(component.id, "tunnel")}
    described = component.properties.get("peer_address") or component.properties["peer_cidrs"]
    return sorted(ends) or ([SOMEBODY] if described else [])


def _tunnel(component: Component, context: Context, peer: str) -> list[Resource]:
    name = context.name(context.component(peer)) if peer != SOMEBODY else "its other end"
    address = _address(component, context, peer)
    remote = context.resource(
        component,
        f"vpn_endpoint_group[{peer}]",
        VPN_ENDPOINT_GROUP,
        {"type": "cidr", "endpoints": _ranges(component, context, peer)},
        name=context.name(component, "networks behind", name),
    )
    secret = _secret_owner(component, context, peer)
    connection = context.resource(
        component,
        f"vpn_connection[{peer}]",
        VPN_CONNECTION,
        {
            "service": Ref(f"{component.id}/vpn_service"),
            "ike_policy": Ref(f"{component.id}/vpn_ike_policy"),
            "ipsec_policy": Ref(f"{component.id}/vpn_ipsec_policy"),
            "local_group": Ref(f"{component.id}/vpn_endpoint_group[local]"),
            "peer_group": Ref(remote.key),
            "peer_address": address,
            "psk": Ref(secret, "value"),
            "dpd": component.properties["dpd"],
        },
        name=context.name(component, "to", name),
        note="" if address else NO_ADDRESS,
    )
    if not secret.startswith(f"{component.id}/"):
        return [remote, connection]
    password = context.resource(
        component,
        secret.removeprefix(f"{component.id}/"),
        PASSWORD,
        {"length": LENGTH},
        name=context.name(component, "secret shared with", name),
    )
    return [remote, password, connection]


def _is_ours(peer: str, context: Context) -> bool:
    """Whether the other end is a gateway that this design deploys too."""
    return peer != SOMEBODY and context.topology.family(peer) == "vpn" and bool(context.vpn_network(peer))


def _secret_owner(component: Component, context: Context, peer: str) -> str:
    """The key of the password: one for two gateways of this design, made by the first of them."""
    if _is_ours(peer, context):
        first, second = sorted((component.id, peer))
        return f"{first}/password[{second}]"
    return f"{component.id}/password[{peer}]"


def _address(component: Component, context: Context, peer: str) -> Ref | str | None:
    if _is_ours(peer, context):
        return Ref(f"{peer}/vpn_service", "address")
    if said := component.properties.get("peer_address"):
        return str(said)
    site = peer if peer != SOMEBODY and context.topology.family(peer) == "site" else None
    site = site or (context.topology.site(peer) if peer != SOMEBODY else None)
    while site:
        if found := context.component(site).properties.get("peer_public_ip"):
            return str(found)
        site = context.topology.site(site)
    return None


def _ranges(component: Component, context: Context, peer: str) -> list[str]:
    """What is behind the other end, as it is drawn or as the gateway says, without what is on this side."""
    said = [str(cidr) for cidr in component.properties["peer_cidrs"]]
    drawn: list[str] = []
    if peer != SOMEBODY:
        family = context.topology.family(peer)
        if family == "vpn":
            drawn = context.ranges_behind(peer)
        elif family == "site":
            drawn = context.topology.site_ranges(peer)
        elif context.type_of(context.component(peer)).archetype == "region":
            drawn = context.ranges_in_region(peer)
    own = context.ranges_behind(component.id)
    return sorted({*said, *_without(drawn, own)})


def _without(ranges: Iterable[str], own: Iterable[str]) -> list[str]:
    blocks = [block for cidr in own if (block := read_cidr(cidr))]
    return [
        cidr
        for cidr in ranges
        if (block := read_cidr(cidr)) and not any(block.subnet_of(mine) for mine in blocks)
    ]

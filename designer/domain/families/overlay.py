"""What lets a network's other servers use a tunnel that one of its servers keeps.

    db ──► router ── route to the other side ──► vpn server ══ tunnel ══ vpn server ──► router ──► db

The router sends what is meant for the other side to the VPN server. That server's port lets packets pass
whose sender or receiver is on the other side; Neutron drops them otherwise. What may go through is up to
the firewall: see rules_of_tunnels there.
"""

from designer.domain.document import Component
from designer.domain.families.context import Context
from designer.domain.resources import ROUTER_ROUTE, Ref, Resource


def router_routes(component: Component, context: Context) -> list[Resource]:
    """The first server of the first VPN component in a network is the way for all of the network."""
    network = context.topology.network(component.id)
    router = context.router_of(network.id) if network else None
    subnet = context.topology.subnet(component.id)
    ports = context.port_keys(component.id)
    if network is None or router is None or subnet is None or not ports:
        return []
    if context.tunnel_keepers(network.id)[:1] != [component.id]:
        return []
    return [
        context.resource(
            component,
            f"router_route[{destination.replace('/', '-')}]",
            ROUTER_ROUTE,
            {"router": Ref(router), "destination": destination, "next_hop": Ref(ports[0], "address")},
            name=context.name(component, "to", destination),
            needs=context.way_out(subnet),
        )
        for destination in context.ranges_beyond(component.id)
    ]

"""Networks, their subnets with the ways out of them, and the router of a network that has none drawn."""

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network
from typing import Any

from designer.domain.document import Component
from designer.domain.families.context import Context
from designer.domain.resources import NETWORK, ROUTER, ROUTER_INTERFACE, SUBNET, Ref, Resource
from designer.domain.routing import Leg


def expand_network(component: Component, context: Context) -> list[Resource]:
    resources = [context.resource(component, "network", NETWORK, {}, name=context.name(component))]
    router_key = f"{component.id}/router"
    if context.router_of(component.id) == router_key:
        outside = component.id in context.networks_going_outside
        resources.append(
            context.resource(
                component,
                "router",
                ROUTER,
                {"external": outside, "enable_snat": outside},
                name=context.name(component, "router"),
                note="No router is drawn, so the network gets one.",
            )
        )
    return resources


def expand_subnet(component: Component, context: Context) -> list[Resource]:
    network = context.topology.network(component.id)
    assert network is not None  # the only place where a subnet may sit
    legs = context.legs.get(component.id, ())
    subnet = context.resource(
        component,
        "subnet",
        SUBNET,
        {
            "network": Ref(f"{network.id}/network"),
            "cidr": component.properties["cidr"],
            "dns_nameservers": list(component.properties["dns_nameservers"]),
            "dhcp": True,
            **(_routes(component, legs) if legs else {}),
        },
        name=context.name(component),
    )
    resources = [subnet]
    if router_key := context.router_of(network.id):
        resources.append(
            context.resource(
                component,
                "router_interface",
                ROUTER_INTERFACE,
                {"router": Ref(router_key), "subnet": Ref(subnet.key)},
                name=context.name(component, "on the router"),
            )
        )
    return [*resources, *(_leg(component, context, leg) for leg in legs)]


def _routes(component: Component, legs: Sequence[Leg]) -> dict[str, Any]:
    """The ways over other networks' routers, whose addresses nobody else in the subnet is given."""
    first = IPv4Network(component.properties["cidr"]).network_address
    last = min(IPv4Address(leg.address) for leg in legs) - 1
    return {
        "host_routes": [
            {"destination": destination, "next_hop": leg.address}
            for leg in legs
            for destination in leg.destinations
        ],
        # Neutron takes the first address for the gateway.
        "allocation_pools": [{"start": str(first + 2), "end": str(last)}],
    }


def _leg(component: Component, context: Context, leg: Leg) -> Resource:
    owner = context.component(leg.router.partition("/")[0])
    return context.resource(
        component,
        f"router_interface[{owner.id}]",
        ROUTER_INTERFACE,
        {"router": Ref(leg.router), "subnet": Ref(f"{component.id}/subnet"), "address": leg.address},
        name=context.name(component, "towards", context.name(owner)),
    )

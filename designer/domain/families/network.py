"""Networks, their subnets, and the router that a network gets when it needs one and none is drawn."""

from designer.domain.document import Component
from designer.domain.families.context import Context
from designer.domain.resources import NETWORK, ROUTER, ROUTER_INTERFACE, SUBNET, Ref, Resource


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
    subnet = context.resource(
        component,
        "subnet",
        SUBNET,
        {
            "network": Ref(f"{network.id}/network"),
            "cidr": component.properties["cidr"],
            "dns_nameservers": list(component.properties["dns_nameservers"]),
            "dhcp": True,
        },
        name=context.name(component),
    )
    router_key = context.router_of(network.id)
    if router_key is None:
        return [subnet]
    interface = context.resource(
        component,
        "router_interface",
        ROUTER_INTERFACE,
        {"router": Ref(router_key), "subnet": Ref(subnet.key)},
        name=context.name(component, "on the router"),
    )
    return [subnet, interface]

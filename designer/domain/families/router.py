"""Routers that are drawn."""

from designer.domain.document import Component
from designer.domain.families.context import Context
from designer.domain.resources import ROUTER, Resource


def expand_router(component: Component, context: Context) -> list[Resource]:
    said = component.properties
    served = set(context.networks_served_by(f"{component.id}/router"))
    # A NAT gateway has no object of its own in OpenStack: it is the router translating addresses.
    nat_gateways = (
        context.topology.surroundings(one.id).network for one in context.document.of_type("nat_gateway")
    )
    translates = said["enable_snat"] or bool(served & set(nat_gateways))
    return [
        context.resource(
            component,
            "router",
            ROUTER,
            {
                "external": said["external"],
                "enable_snat": said["external"] and translates,
                "egress_gb_month": said["egress_gb_month"],
            },
            name=context.name(component),
        )
    ]

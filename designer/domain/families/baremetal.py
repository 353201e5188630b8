"""Whole machines. Somebody sets them up: a cloud only lends one where its operator made a flavor of it."""

from designer.domain.document import Component
from designer.domain.families.context import Context
from designer.domain.families.doors import doors
from designer.domain.resources import EXTERNAL, Resource

HOW = (
    "Order it from the provider, or set up one that is there, and connect it to the network drawn around it."
)
IN_A_CLOUD = (
    "A cloud lends whole machines only where its operator offers them as flavors. Where this one does, "
    "draw a server with that flavor pinned in its place, and it is deployed."
)


def expand_baremetal(component: Component, context: Context) -> list[Resource]:
    """Its properties are the quantities. None of them (count 0) is nothing."""
    if not component.count:
        return []
    service = "dedicated_database" if "engine" in component.properties else "dedicated_server"
    return [
        context.resource(
            component,
            "external",
            EXTERNAL,
            {
                **component.properties,
                "service": service,
                "by_hand": True,
                "how": HOW + doors(component, context),
            },
            name=context.name(component),
            note=IN_A_CLOUD if context.topology.surroundings(component.id).region else "",
        )
    ]

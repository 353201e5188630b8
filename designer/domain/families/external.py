"""What no cloud creates: it is priced, and where someone has to arrange it, the plan says how."""

from designer.domain.document import Component
from designer.domain.families.context import Context
from designer.domain.resources import EXTERNAL, Resource

SERVICES = {"public_network": "egress", "backup_policy": "backup"}  # the others are called like their type
BY_HAND = {
    "cdn": "Order the CDN from its provider and give it the object container or the balancer as its origin.",
    "monitoring": "Set up the checks in your monitoring service.",
    "backup_policy": "Schedule the backups in the cloud's console, or by cron with its command line.",
}
BY_ITSELF = {
    "public_network": "The cloud's external network is there already; this counts what is sent through it.",
    "nat_gateway": "The network's router translates addresses, so nothing has to be made.",
}
UNKNOWN = "Arrange this with its provider."


def expand_external(component: Component, context: Context) -> list[Resource]:
    """The type's own properties are the quantities."""
    by_hand = component.type not in BY_ITSELF
    how = BY_HAND.get(component.type, UNKNOWN) if by_hand else BY_ITSELF[component.type]
    return [
        context.resource(
            component,
            "external",
            EXTERNAL,
            {
                **component.properties,
                "service": SERVICES.get(component.type, component.type),
                "by_hand": by_hand,
                "how": how,
            },
            name=context.name(component),
        )
    ]

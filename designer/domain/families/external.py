"""What no cloud creates: it is priced, and where someone has to arrange it, the plan says how."""

from collections.abc import Callable, Mapping

from designer.domain.document import Component
from designer.domain.families.context import Context
from designer.domain.families.dns import targets_of
from designer.domain.families.doors import doors
from designer.domain.resources import EXTERNAL, Resource

# The others are called like their type.
SERVICES = {
    "backup_policy": "backup",
    "dns_external": "dns",
    "email_service": "email",
    "hw_firewall": "hardware_firewall",
    "hw_load_balancer": "hardware_load_balancer",
    "payment_gateway": "payments",
    "public_network": "egress",
}
BY_HAND = {
    "automation": "Give the tool the addresses of the servers that it looks after and a key to sign in with.",
    "backup_policy": "Schedule the backups in the cloud's console, or by cron with its command line.",
    "cdn": "Order the CDN from its provider and give it the object container or the balancer as its origin.",
    "dns_external": "Order the service from its provider.",
    "email_service": "Order it from its provider and give its key to the application.",
    "external_backup": "Open an account there and give its key to the job that makes the copies.",
    "fwaas": "Enter the policy in the cloud's firewall service, on the router of this network.",
    "hw_firewall": "Order the device, or configure the one that is there.",
    "hw_load_balancer": "Order the device, or configure the pools of the one that is there.",
    "interconnect": "Order the line from the provider, who joins the networks at its ends.",
    "managed_storage": "Order the storage and connect it to the servers it is for.",
    "monitoring": "Set up the checks in your monitoring service.",
    "nas": "Order the storage and mount it where it is used.",
    "payment_gateway": "Sign a contract with the provider and give its key to the application.",
    "peering": "Ask the owner of the other network to accept the peering, and route to it.",
    "reserved_capacity": "Ask the provider to reserve it.",
}
BY_ITSELF = {
    "nat_gateway": "The network's router translates addresses, so nothing has to be made.",
    "public_network": "The cloud's external network is there already; this counts what is sent through it.",
    "vpn_mesh": "The VPN servers at its ends make it; this counts what is sent through it.",
}
UNKNOWN = "Arrange this with its provider."


def expand_external(component: Component, context: Context) -> list[Resource]:
    """The type's own properties are the quantities. None of it (count 0) is nothing."""
    if not component.count:
        return []
    archetype = context.type_of(component).archetype
    by_hand = archetype not in BY_ITSELF
    how = BY_HAND.get(archetype, UNKNOWN) if by_hand else BY_ITSELF[archetype]
    more = MORE_TO_TELL.get(archetype)
    return [
        context.resource(
            component,
            "external",
            EXTERNAL,
            {
                **component.properties,
                "service": SERVICES.get(archetype, archetype),
                "by_hand": by_hand,
                "how": how + (more(component, context) if more else ""),
            },
            name=context.name(component),
        )
    ]


def _records(component: Component, context: Context) -> str:
    """The records to enter, since the addresses are known only once the design is deployed."""
    told = []
    for target in targets_of(component, context):
        several = len(context.public_addresses(target.id))
        what = f"its {several} public addresses" if several > 1 else "its public address"
        told.append(f"{context.name(target)} ({what})")
    if not told:
        return ""
    seconds = component.properties["ttl_seconds"]
    return f" Enter records for {', '.join(told)}, to live {seconds} seconds."


MORE_TO_TELL: Mapping[str, Callable[[Component, Context], str]] = {
    "dns_external": _records,
    "hw_firewall": doors,
    "hw_load_balancer": doors,
    "nas": doors,
}

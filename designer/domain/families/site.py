"""Sites: data centres, private clouds and what stands in them. It is priced and listed, and never deployed.

data centre ─┬─ network, subnet             nothing: they are there
             ├─ firewall, NAS, whole machine the external service that they are anywhere
             ├─ server, balancer, volume     an external of the site, counted
             └─ private cloud ── server      an external without a price: its hosts are charged
"""

from typing import Any

from designer.domain.document import Component
from designer.domain.families.container import expand_to_nothing
from designer.domain.families.context import Context
from designer.domain.families.doors import doors
from designer.domain.resources import EXTERNAL, Resource

# Families that are the same wherever they stand; the others are a matter of the site's own people.
SAME_ANYWHERE = frozenset({"baremetal", "external", "site"})
# What a site has of itself, or what has no part of its own in one.
WITHOUT_A_PART = frozenset(
    {
        "boundary",
        "certificate",
        "container",
        "keypair",
        "network",
        "route_table",
        "router",
        "scaling_group",
        "security_group",
        "server_group",
        "subnet",
    }
)
HOW_IN_A_PRIVATE_CLOUD = "Start it in the private cloud; its hosts are charged, the server is not."
HOW_IN_A_SITE = "Arrange it in the site: nothing is deployed there."
HOW_A_SITE = "It is there already, or its owner sets it up."
HOW_A_PRIVATE_CLOUD = "Order its hosts, or use those that are there."
# Properties that say how much of it there is, as far as a type has them.
QUANTITIES = ("size", "flavor", "volume_gib", "size_gib", "size_gb", "engine", "replicas", "software")


def expand_site(component: Component, context: Context) -> list[Resource]:
    """The site itself: a private cloud by its hosts, a data centre by itself."""
    is_cloud = "hypervisors" in component.properties
    return [
        context.resource(
            component,
            "external",
            EXTERNAL,
            {
                **component.properties,
                "service": "private_cloud" if is_cloud else "site",
                "by_hand": True,
                "how": HOW_A_PRIVATE_CLOUD if is_cloud else HOW_A_SITE,
            },
            name=context.name(component),
        )
    ]


def expand_in_site(component: Component, context: Context) -> list[Resource]:
    """What a component of the cloud is where it stands in a site."""
    family = context.topology.family(component.id)
    count = _count(component, context)
    if family in WITHOUT_A_PART or not count:
        return expand_to_nothing(component, context)
    site = context.component(context.topology.site(component.id) or "")
    in_private_cloud = "hypervisors" in site.properties and _runs_servers(component, context)
    how = HOW_IN_A_PRIVATE_CLOUD if in_private_cloud else HOW_IN_A_SITE
    service = "private_cloud_server" if in_private_cloud else _service(component, context)
    said = component.properties
    quantities: dict[str, Any] = {name: said[name] for name in QUANTITIES if name in said}
    return [
        context.resource(
            component,
            "external",
            EXTERNAL,
            {
                **quantities,
                "count": count,
                "service": service,
                "by_hand": True,
                "how": how + doors(component, context),
            },
            name=context.name(component),
        )
    ]


def _count(component: Component, context: Context) -> int:
    """How many there are: a growth pool counts what is in use, a scaling group what it starts with."""
    if group := context.topology.scaling_group(component.id):
        return int(group.properties["desired"])
    return int(component.properties.get("current", component.count))


def _runs_servers(component: Component, context: Context) -> bool:
    return context.topology.family(component.id) in ("server", "growth_pool")


def _service(component: Component, context: Context) -> str:
    family = context.topology.family(component.id)
    if family == "vpn":
        return "vpn_gateway"
    return "site_server" if _runs_servers(component, context) else f"site_{family}"

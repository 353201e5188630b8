"""Servers held back for later: nothing exists, is let in or costs until `current` is above 0.

What may still come is in the graph as something that nobody makes, so that an estimate can say what it would
cost.
"""

from designer.domain.document import Component
from designer.domain.families.context import Context
from designer.domain.families.server import Fleet, servers
from designer.domain.resources import EXTERNAL, Resource
from designer.domain.software import software_of, user_data


def expand_growth_pool(component: Component, context: Context) -> list[Resource]:
    return [*_existing(component, context), *_still_to_come(component, context)]


def _still_to_come(component: Component, context: Context) -> list[Resource]:
    said = component.properties
    room = int(said["max"]) - int(said["current"])
    if room <= 0:
        return []
    return [
        context.resource(
            component,
            "external[growth]",
            EXTERNAL,
            {
                "service": "growth",
                "size": dict(said["size"]),
                "flavor": said.get("flavor"),
                "boot_volume_gib": said["boot_volume_gib"],
                "most": room,
                "by_hand": False,
                "how": "Raise the number of servers now, and deploy again, when they are needed.",
            },
            name=context.name(component, "still to come"),
        )
    ]


def _existing(component: Component, context: Context) -> list[Resource]:
    said = component.properties
    software = software_of(component, context.type_of(component))
    return servers(
        Fleet(
            component=component,
            count=int(said["current"]),
            size=said["size"],
            flavor=said.get("flavor"),
            image=said["image"],
            boot_volume_gib=int(said["boot_volume_gib"]),
            user_data=user_data(component, context, software),
            installs=software is not None and software.installs,
        ),
        context,
    )

"""Servers held back for later: nothing exists, is let in or costs until `current` is above 0."""

from designer.domain.document import Component
from designer.domain.families.context import Context
from designer.domain.families.server import Fleet, servers
from designer.domain.resources import Resource
from designer.domain.software import software_of, user_data


def expand_growth_pool(component: Component, context: Context) -> list[Resource]:
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

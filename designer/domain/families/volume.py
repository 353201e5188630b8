"""Block volumes: one for each server of the component that is linked to it, or a single loose one.

Those of servers in a scaling group come and go with them: see families/scaling_group.py.
"""

from designer.domain.document import Component
from designer.domain.families.context import Context
from designer.domain.resources import VOLUME, VOLUME_ATTACHMENT, Ref, Resource


def expand_volume(component: Component, context: Context) -> list[Resource]:
    """A volume of servers that do not exist yet (count 0, an empty growth pool) does not exist either."""
    owner = context.volume_owner(component.id)
    linked = bool(context.topology.inbound(component.id, "attach"))
    copies = context.fixed_count(owner) if owner else int(not linked)
    resources = []
    for copy in range(copies):
        volume = context.resource(
            component,
            f"volume[{copy}]",
            VOLUME,
            {
                "size_gib": component.properties["size_gib"],
                "type": component.properties["type"],
                "encrypted": component.properties["encrypted"],
                "zone_index": context.zone_index(owner or component.id, copy),
            },
            name=context.name(component, copy + 1),
        )
        resources.append(volume)
        if owner:
            resources.append(
                context.resource(
                    component,
                    f"volume_attachment[{copy}]",
                    VOLUME_ATTACHMENT,
                    {"server": Ref(f"{owner}/server[{copy}]"), "volume": Ref(volume.key)},
                    name=context.name(component, copy + 1, "attached"),
                )
            )
    return resources

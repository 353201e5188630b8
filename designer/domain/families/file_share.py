"""Shared file systems."""

from designer.domain.document import Component
from designer.domain.families.context import Context
from designer.domain.families.server import NO_SUBNET
from designer.domain.resources import FILE_SHARE, Ref, Resource

COPIED = "Copying to {} isn't set up by this design: do it with the storage's own tools."


def expand_file_share(component: Component, context: Context) -> list[Resource]:
    said = component.properties
    subnet = context.topology.subnet(component.id)
    network = context.topology.network(component.id)
    copies = [said["replicate_to"]] if said.get("replicate_to") else []
    copies += [link.target for link in context.topology.outbound(component.id, "replication")]
    names = [
        context.name(context.component(one))
        for one in dict.fromkeys(copies)
        if one in context.document.components
    ]
    notes = [NO_SUBNET] if subnet is None else []
    notes += [COPIED.format(names[0])] if names else []
    return [
        context.resource(
            component,
            "file_share",
            FILE_SHARE,
            {
                "size_gb": said["size_gb"],
                "protocol": said["protocol"],
                "network": Ref(f"{network.id}/network") if network else None,
                "subnet": Ref(f"{subnet.id}/subnet") if subnet else None,
            },
            name=context.name(component),
            note=" ".join(notes),
        )
    ]

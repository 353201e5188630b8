"""Shared file systems. Few clouds have them; for the others a share is a matter of somebody's hands."""

from designer.domain.blueprint import SHARED_FILES
from designer.domain.document import Component
from designer.domain.families.context import Context
from designer.domain.families.server import NO_SUBNET
from designer.domain.resources import EXTERNAL, FILE_SHARE, Ref, Resource

COPIED = "Copying to {} isn't set up by this design: do it with the storage's own tools."
HOW_BY_HAND = (
    "This cloud has no shared file systems. Run a server with a volume of {} GB that exports one by {}, or "
    "take a share from elsewhere, and mount it on the servers that need it."
)


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
    if not context.has(SHARED_FILES):
        how = " ".join([HOW_BY_HAND.format(said["size_gb"], said["protocol"]), *_copied(names)])
        properties = {"service": "file_share", "size_gb": said["size_gb"], "by_hand": True, "how": how}
        return [context.resource(component, "external", EXTERNAL, properties, name=context.name(component))]
    notes = [NO_SUBNET] if subnet is None else []
    notes += _copied(names)
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


def _copied(names: list[str]) -> list[str]:
    return [COPIED.format(names[0])] if names else []

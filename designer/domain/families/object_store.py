"""Object containers."""

from designer.domain.document import Component
from designer.domain.families.context import Context
from designer.domain.naming import container_name
from designer.domain.resources import OBJECT_CONTAINER, Resource


def expand_object_store(component: Component, context: Context) -> list[Resource]:
    said = component.properties
    feeds_cdn = any(
        context.component(link.target).type == "cdn"
        for link in context.topology.outbound(component.id, "origin")
    )
    return [
        context.resource(
            component,
            "object_container",
            OBJECT_CONTAINER,
            {
                "size_gb": said["size_gb"],
                "public_read": said["public_read"] or feeds_cdn,  # a CDN fetches like anybody else
                "egress_gb_month": said["egress_gb_month"],
            },
            name=container_name(component.label, component.id),
        )
    ]

"""Containers have no object of their own, but a tier may ask that its servers are kept apart."""

from designer.domain.document import Component
from designer.domain.families.context import Context
from designer.domain.families.server import SOFT_ANTI_AFFINITY
from designer.domain.resources import SERVER_GROUP, Resource


def expand_container(component: Component, context: Context) -> list[Resource]:
    if not component.properties.get("spread"):
        return []
    return [
        context.resource(
            component,
            "server_group",
            SERVER_GROUP,
            {"policy": SOFT_ANTI_AFFINITY},
            name=context.name(component, "group"),
        )
    ]


def expand_to_nothing(component: Component, context: Context) -> list[Resource]:
    """For what is drawn and has no counterpart: the internet, a route table (routes live in the router)."""
    return []

"""Server groups that are drawn: their members are put on different machines, or on the same one."""

from designer.domain.document import Component
from designer.domain.families.context import Context
from designer.domain.resources import SERVER_GROUP, Resource


def expand_server_group(component: Component, context: Context) -> list[Resource]:
    return [
        context.resource(
            component,
            "server_group",
            SERVER_GROUP,
            {"policy": component.properties["policy"]},
            name=context.name(component),
        )
    ]

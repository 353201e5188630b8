"""A managed database, or the server with a volume that takes its place where a cloud has none."""

from designer.domain.blueprint import MANAGED_DATABASES, self_run_copies
from designer.domain.document import Component
from designer.domain.families.context import Context
from designer.domain.families.password import administrator_password, database_password
from designer.domain.families.server import Fleet, servers
from designer.domain.firewall import allowed_ranges
from designer.domain.resources import (
    DATABASE_INSTANCE,
    EXTERNAL,
    VOLUME,
    VOLUME_ATTACHMENT,
    Ref,
    Resource,
)
from designer.domain.software import DATABASE_NAME, DATABASE_USER, RECIPES, user_data

ENGINE_NAMES = {"mysql": "MySQL", "mariadb": "MariaDB", "postgresql": "PostgreSQL"}
IMAGE = "ubuntu-24.04"  # the one that the recipes are written for
NO_SUBNET = "There is no subnet to put it in yet, so it has no address."


def expand_database(component: Component, context: Context) -> list[Resource]:
    passwords = [database_password(component, context), *administrator_password(component, context)]
    backup = _backup(component, context)
    if context.has(MANAGED_DATABASES):
        return [*passwords, _instance(component, context), *backup]
    return [*passwords, *_self_run(component, context), *backup]


def _instance(component: Component, context: Context) -> Resource:
    """The service guards it with a group of its own, which takes address ranges only."""
    said = component.properties
    subnet = context.topology.subnet(component.id)
    network = context.topology.network(component.id)
    return context.resource(
        component,
        "database_instance",
        DATABASE_INSTANCE,
        {
            "engine": said["engine"],
            "version": said["version"],
            "size": dict(said["size"]),
            "flavor": said.get("flavor"),
            "volume_gib": said["volume_gib"],
            "network": Ref(f"{network.id}/network") if network else None,
            "subnet": Ref(f"{subnet.id}/subnet") if subnet else None,
            "allowed_cidrs": allowed_ranges(context, component.id),
            "port": said["port"],
            "replicas": said["replicas"],
            "ha": said["ha"],
            "database": DATABASE_NAME,
            "user": DATABASE_USER,
            "password": Ref(f"{component.id}/password", "value"),
        },
        name=context.name(component),
        # Trove refuses a subnet that no router leads to, even for a database that stays inside.
        needs=context.way_out(subnet) if subnet else (),
        note="" if subnet else NO_SUBNET,
    )


def _self_run(component: Component, context: Context) -> list[Resource]:
    said = component.properties
    copies = self_run_copies(component)
    resources = servers(
        Fleet(
            component=component,
            count=copies,
            size=said["size"],
            flavor=said.get("flavor"),
            image=IMAGE,
            user_data=user_data(component, context, RECIPES[said["engine"]]),
            note=_stand_in_note(component),
        ),
        context,
    )
    has_ports = context.has_ports(component.id)
    for copy in range(copies):
        volume = context.resource(
            component,
            f"volume[{copy}]",
            VOLUME,
            {
                "size_gib": said["volume_gib"],
                "type": "ssd",
                "encrypted": False,
                "zone_index": context.zone_index(component.id, copy),
            },
            name=context.name(component, copy + 1, "data"),
        )
        resources.append(volume)
        if has_ports:
            resources.append(
                context.resource(
                    component,
                    f"volume_attachment[{copy}]",
                    VOLUME_ATTACHMENT,
                    {"server": Ref(f"{component.id}/server[{copy}]"), "volume": Ref(volume.key)},
                    name=context.name(component, copy + 1, "data attached"),
                )
            )
    return resources


def _stand_in_note(component: Component) -> str:
    engine = ENGINE_NAMES[component.properties["engine"]]
    note = f"This cloud has no managed database, so a server with a volume runs {engine}."
    wants_more = component.properties["replicas"] or component.properties["ha"]
    if engine == "PostgreSQL" and wants_more:
        note += " It has no replicas or standby; set them up by hand."
    return note


def _backup(component: Component, context: Context) -> list[Resource]:
    if not component.properties["backup"]:
        return []
    return [
        context.resource(
            component,
            "external[backup]",
            EXTERNAL,
            {
                "service": "backup",
                "storage_gb": component.properties["volume_gib"],
                "by_hand": True,
                "how": "Switch on scheduled backups for this database in the cloud's console.",
            },
            name=context.name(component, "backups"),
        )
    ]

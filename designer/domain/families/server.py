"""Servers: each copy's port, server and what goes with it. Growth pools and self-run databases use it too."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from designer.domain.blueprint import SERVING
from designer.domain.document import Component
from designer.domain.families.context import Context
from designer.domain.families.overlay import router_routes
from designer.domain.families.password import passwords
from designer.domain.families.security_group import security_group
from designer.domain.resources import FLOATING_IP, PORT, SERVER, SERVER_GROUP, VOLUME, Join, Ref, Resource
from designer.domain.software import software_of, user_data
from designer.domain.software.clusters import shared_port
from designer.domain.software.remarks import remarks

SOFT_ANTI_AFFINITY = "soft-anti-affinity"  # apart while there is room, so that a small cloud still takes them
NO_SUBNET = "There is no subnet to put it in yet, so it has no address."


@dataclass(frozen=True)
class Fleet:
    """Equal servers of one component. `user_data` makes the first-boot text of one copy.

    `differs`: each copy's software is set up in its own way, as with a database and its replicas.
    """

    component: Component
    count: int
    size: Mapping[str, Any]
    flavor: str | None
    image: str
    user_data: Callable[[int], str | Join | None]
    boot_volume_gib: int = 0
    public_address: bool = False
    installs: bool = True
    differs: bool = False
    note: str = ""

    def security_groups(self, context: Context) -> list[Ref]:
        return context.security_groups(self.component.id)


def expand_server(component: Component, context: Context) -> list[Resource]:
    """A server in a scaling group leaves its security group and passwords here; the group makes the rest."""
    made = passwords(component, context)
    if context.is_scaled(component.id):
        return [*made, *(security_group(component, context) if context.has_ports(component.id) else ())]
    return [*made, *servers(fleet_of(component, context), context), *router_routes(component, context)]


def fleet_of(component: Component, context: Context) -> Fleet:
    said = component.properties
    software = software_of(component, context.type_of(component))
    return Fleet(
        component=component,
        count=context.server_count(component.id),
        size=said["size"],
        flavor=said.get("flavor"),
        image=said["image"],
        boot_volume_gib=int(said["boot_volume_gib"]),
        public_address=bool(said["public_address"]),
        user_data=user_data(component, context, software),
        installs=software is not None and software.installs,
        differs=software is not None and software.each,
        note=" ".join(filter(None, (_passing_by_note(component, context), remarks(component, context)))),
    )


def _passing_by_note(component: Component, context: Context) -> str:
    """Servers that come and go have no address that another one could be told of."""
    passed_by = [
        context.name(context.component(link.target))
        for link in context.topology.outbound(component.id, *SERVING)
        if context.is_scaled(link.target)
    ]
    if not passed_by:
        return ""
    return (
        f"It can't be told where the servers of {passed_by[0]} are, because a scaling group starts and stops "
        "them. Put a load balancer between the two."
    )


def servers(fleet: Fleet, context: Context) -> list[Resource]:
    """What a fleet becomes.

    Where there is no subnet to sit in, the servers alone are made, without ports, security group, address or
    software: they still have a price, and rule NET-01 says why they cannot be deployed.
    """
    component, subnet = fleet.component, context.topology.subnet(fleet.component.id)
    if not fleet.count:
        return []
    if subnet is None:
        return [_server(fleet, context, copy, ports=[], note=NO_SUBNET) for copy in range(fleet.count)]

    resources = security_group(component, context)
    group = _own_group(fleet, context)
    resources.extend(group)
    server_group = _wider_group(component, context) or (Ref(group[0].key) if group else None)
    network = context.topology.network(subnet.id)
    assert network is not None  # a subnet sits in a network, or the document would not have parsed
    place = {
        "network": Ref(f"{network.id}/network"),
        "subnet": Ref(f"{subnet.id}/subnet"),
        "security_groups": fleet.security_groups(context),
    }
    shared = shared_port(component, context)
    holds_shared = shared == f"{component.id}/port[shared]"
    if holds_shared:
        name = context.name(component, "shared address")
        resources.append(context.resource(component, "port[shared]", PORT, place, name=name))
    # Neutron drops what a server sends or takes under another address than its own, unless its port says so.
    foreign = [*([Ref(shared, "address")] if shared else []), *context.ranges_beyond(component.id)]
    allowed = {"allowed_addresses": foreign} if foreign else {}
    for copy in range(fleet.count):
        port = context.resource(
            component,
            f"port[{copy}]",
            PORT,
            {**place, **allowed},
            name=context.name(component, copy + 1, "port"),
        )
        resources.append(port)
        if boot_volume := _boot_volume(fleet, context, copy):
            resources.append(boot_volume)
        resources.append(
            _server(
                fleet,
                context,
                copy,
                ports=[Ref(port.key)],
                server_group=server_group,
                boot_volume=Ref(boot_volume.key) if boot_volume else None,
                needs=context.way_out(subnet) if fleet.installs else (),
                note=fleet.note,
            )
        )
        if fleet.public_address and copy >= context.bound_count(component.id):
            resources.append(
                context.resource(
                    component,
                    f"floating_ip[{copy}]",
                    FLOATING_IP,
                    {"port": Ref(str(shared)) if holds_shared and copy == 0 else Ref(port.key)},
                    name=context.name(component, copy + 1, "public address"),
                    needs=context.way_out(subnet),
                )
            )
    return resources


def _server(
    fleet: Fleet,
    context: Context,
    copy: int,
    *,
    ports: list[Ref],
    server_group: Ref | None = None,
    boot_volume: Ref | None = None,
    needs: tuple[str, ...] = (),
    note: str = "",
) -> Resource:
    component = fleet.component
    return context.resource(
        component,
        f"server[{copy}]",
        SERVER,
        {
            "size": dict(fleet.size),
            "flavor": fleet.flavor,
            "image": fleet.image,
            "ports": ports,
            "server_group": server_group,
            "boot_volume": boot_volume,
            "zone_index": context.zone_index(component.id, copy),
            "user_data": fleet.user_data(copy) if ports else None,
            "key_pair": context.key_pair(component.id),
            "role": component.type,
            "public": bool(ports) and (fleet.public_address or copy < context.bound_count(component.id)),
        },
        name=context.name(component, copy + 1),
        needs=needs,
        note=note,
    )


def _boot_volume(fleet: Fleet, context: Context, copy: int) -> Resource | None:
    """A volume made from the image, for servers that do not boot from their flavor's disk."""
    if not fleet.boot_volume_gib:
        return None
    return context.resource(
        fleet.component,
        f"boot_volume[{copy}]",
        VOLUME,
        {
            "size_gib": fleet.boot_volume_gib,
            "type": "ssd",
            "encrypted": False,
            "image": fleet.image,
            "zone_index": context.zone_index(fleet.component.id, copy),
        },
        name=context.name(fleet.component, copy + 1, "boot volume"),
    )


def _own_group(fleet: Fleet, context: Context) -> list[Resource]:
    if fleet.count < 2 or _wider_group(fleet.component, context):
        return []
    return [
        context.resource(
            fleet.component,
            "server_group",
            SERVER_GROUP,
            {"policy": SOFT_ANTI_AFFINITY},
            name=context.name(fleet.component, "group"),
        )
    ]


def _wider_group(component: Component, context: Context) -> Ref | None:
    """The group that is drawn for it, else its tier's: a server can be in one group only."""
    if drawn := context.named_by("server_group", component.id):
        return Ref(f"{drawn[0].id}/server_group")
    tier = context.topology.surroundings(component.id).tier
    if tier and context.component(tier).properties.get("spread"):
        return Ref(f"{tier}/server_group")
    return None

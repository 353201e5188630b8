"""Auto scaling groups: for what is drawn in one, a small stack that starts and stops its servers by load.

The members are no resources of their own: nobody knows today how many there will be, nor their addresses. So
one description of a member, its user data included, serves them all, and only a balancer can point at them.
"""

from collections.abc import Mapping
from typing import Any

from designer.domain.document import Component
from designer.domain.families.context import Context
from designer.domain.families.load_balancer import pools_for
from designer.domain.families.server import NO_SUBNET, Fleet, fleet_of
from designer.domain.resources import SCALING_GROUP, Ref, Resource

LIMITS = (
    "min",
    "max",
    "desired",
    "adjustment",
    "cooldown_seconds",
    "metric",
    "up_threshold_percent",
    "down_threshold_percent",
    "period_seconds",
    "eval_periods",
)
EACH_ALONE = "Each member starts with an empty database of its own: draw databases outside the group."


def expand_scaling_group(component: Component, context: Context) -> list[Resource]:
    members = context.topology.scaled(component.id)
    return [_group(component, member, context, place) for place, member in enumerate(members)]


def _group(component: Component, member: Component, context: Context, place: int) -> Resource:
    """The first member's group is simply the scaling group; further members have one each beside it."""
    said = component.properties
    fleet = fleet_of(member, context)
    several = len(context.topology.scaled(component.id)) > 1
    subnet = context.topology.subnet(member.id)
    is_public = _is_public(fleet, context)
    # The software is fetched on the first boot, and an address needs the router, as with single servers.
    needs = context.way_out(subnet) if subnet and (fleet.installs or is_public) else ()
    return context.resource(
        component,
        f"scaling_group[{member.id}]" if place else "scaling_group",
        SCALING_GROUP,
        {
            "member": _member(fleet, context, is_public),
            "pools": pools_for(member.id, context) if subnet else [],
            **{name: said[name] for name in LIMITS},
            "selector": said.get("selector"),
        },
        name=context.name(component, context.name(member)) if several else context.name(component),
        needs=needs,
        note=_note(fleet, context, several=several),
    )


def _member(fleet: Fleet, context: Context, is_public: bool) -> Mapping[str, Any]:
    """What each server of the group is like."""
    member = fleet.component
    subnet = context.topology.subnet(member.id)
    network = context.topology.network(member.id)
    return {
        "size": dict(fleet.size),
        "flavor": fleet.flavor,
        "image": fleet.image,
        "boot_volume_gib": fleet.boot_volume_gib,
        "network": Ref(f"{network.id}/network") if subnet and network else None,
        "subnet": Ref(f"{subnet.id}/subnet") if subnet else None,
        "security_groups": fleet.security_groups(context) if subnet else [],
        "user_data": fleet.user_data(0) if subnet else None,
        "key_pair": context.key_pair(member.id),
        "public_address": is_public,
        "role": member.type,
        "volumes": [
            {
                "size_gib": volume.properties["size_gib"],
                "type": volume.properties["type"],
                "mount": volume.properties["mount"],
            }
            for volume in context.attached_volumes(member.id)
        ],
    }


def _is_public(fleet: Fleet, context: Context) -> bool:
    """An address drawn for some of the members is one for each: they come and go, so none is special."""
    return fleet.public_address or context.bound_count(fleet.component.id) > 0


def _note(fleet: Fleet, context: Context, *, several: bool) -> str:
    member = fleet.component
    sentences = [fleet.note]
    if several:
        sentences.append("What is drawn in the group differs, so each kind of server has a group of its own.")
    if fleet.differs:
        sentences.append(EACH_ALONE)
    if context.topology.subnet(member.id) is None:
        sentences.append(NO_SUBNET)
    return " ".join(sentence for sentence in sentences if sentence)

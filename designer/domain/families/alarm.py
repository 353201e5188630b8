"""Alarms: told of what they watch by the servers and groups that it became.

OpenStack's telemetry measures what servers do. It asks no page for an answer, and counts no members of a
balancer, so such an alarm is a matter of the monitoring.
"""

from collections.abc import Iterator

from designer.domain.document import Component
from designer.domain.families.context import Context
from designer.domain.resources import ALARM, EXTERNAL, SCALING_GROUP, Ref, Resource

SAID = ("metric", "comparison", "threshold", "granularity_seconds", "eval_periods")
MEASURED = frozenset({"cpu", "memory"})
WATCHES_NOTHING = "It watches no server that exists yet. Name the components that it watches."
NOT_MEASURED = (
    "Set it up in the monitoring: the cloud measures CPU and memory of servers, and nothing else that an "
    "alarm could watch."
)


def expand_alarm(component: Component, context: Context) -> list[Resource]:
    said = component.properties
    watched = [one for one in said["watches"] if one in context.document.components]
    servers = [ref for one in watched for ref in _servers(one, context)]
    groups = list(dict.fromkeys(ref for one in watched for ref in _groups(one, context)))
    if said["metric"] not in MEASURED or not servers + groups:
        return [_by_hand(component, context)]
    return [
        context.resource(
            component,
            "alarm",
            ALARM,
            {**{name: said[name] for name in SAID}, "servers": servers, "groups": groups},
            name=context.name(component),
        )
    ]


def _by_hand(component: Component, context: Context) -> Resource:
    said = component.properties
    how = WATCHES_NOTHING if said["metric"] in MEASURED and not said["watches"] else NOT_MEASURED
    return context.resource(
        component,
        "external",
        EXTERNAL,
        {"service": "alarm", "by_hand": True, "how": how},
        name=context.name(component),
    )


def _servers(component_id: str, context: Context) -> list[Ref]:
    if context.topology.site(component_id):
        return []
    return [Ref(f"{component_id}/server[{copy}]") for copy in range(context.fixed_count(component_id))]


def _groups(component_id: str, context: Context) -> Iterator[Ref]:
    """A scaling group has one for each kind of member; a member means its own."""
    if context.topology.site(component_id):
        return
    around = context.topology.scaling_group(component_id)
    group = component_id if context.topology.family(component_id) == "scaling_group" else around and around.id
    if not group:
        return
    for place, member in enumerate(context.topology.scaled(group)):
        if component_id in (group, member.id):
            yield Ref(f"{group}/{SCALING_GROUP}[{member.id}]" if place else f"{group}/{SCALING_GROUP}")

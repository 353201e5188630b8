"""Alarms: told of what they watch by the resources that it became."""

from designer.domain.document import Component
from designer.domain.families.context import Context
from designer.domain.resources import ALARM, DATABASE_INSTANCE, LOAD_BALANCER, SCALING_GROUP, Ref, Resource

SAID = ("metric", "comparison", "threshold", "granularity_seconds", "eval_periods")
WATCHES_NOTHING = "It watches nothing that exists yet."


def expand_alarm(component: Component, context: Context) -> list[Resource]:
    said = component.properties
    watched = [
        ref
        for target in said["watches"]
        if target in context.document.components
        for ref in _resources_of(target, context)
    ]
    return [
        context.resource(
            component,
            "alarm",
            ALARM,
            {**{name: said[name] for name in SAID}, "watches": watched},
            name=context.name(component),
            note="" if watched else WATCHES_NOTHING,
        )
    ]


def _resources_of(component_id: str, context: Context) -> list[Ref]:
    if context.topology.site(component_id):
        return []
    family = context.topology.family(component_id)
    if family == "load_balancer":
        return [Ref(f"{component_id}/{LOAD_BALANCER}")]
    if family == "scaling_group":
        return [Ref(f"{component_id}/{SCALING_GROUP}")] if context.topology.scaled(component_id) else []
    if family == "database" and not context.server_count(component_id):
        return [Ref(f"{component_id}/{DATABASE_INSTANCE}")]
    if context.is_scaled(component_id):
        group = context.topology.scaling_group(component_id)
        return _resources_of(group.id, context) if group else []
    return [Ref(f"{component_id}/server[{copy}]") for copy in range(context.fixed_count(component_id))]

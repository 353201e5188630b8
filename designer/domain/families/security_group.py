"""Security groups: each component's own, filled by the arrows, and those that are drawn with their rules."""

from collections.abc import Mapping

from designer.domain.addressing import ANYWHERE
from designer.domain.document import Component, Link
from designer.domain.families.context import Context
from designer.domain.firewall import IngressRule
from designer.domain.naming import resource_name
from designer.domain.resources import SECURITY_GROUP, SECURITY_GROUP_RULE, Ref, Resource


def security_group(component: Component, context: Context) -> list[Resource]:
    """One group for all servers of a component. Without links it lets nothing in; servers always get out."""
    group = context.resource(
        component,
        "security_group",
        SECURITY_GROUP,
        {"description": "Lets in what the links of the design say."},
        name=context.name(component, "security group"),
    )
    asked_for = context.firewall.get(component.id, {})
    rules = [
        _rule(component, context, group, rule, link)
        for rule, link in sorted(asked_for.items(), key=lambda one: one[0].name)
    ]
    return [group, *rules]


def expand_security_group(component: Component, context: Context) -> list[Resource]:
    """A drawn group. The ports of its members carry it beside their own: see Context.security_groups."""
    group = context.resource(
        component,
        "security_group",
        SECURITY_GROUP,
        {"description": "Drawn by hand, beside what the links of the design say."},
        name=context.name(component),
    )
    rules: dict[str, Resource] = {}  # by key: Neutron refuses a rule that is there already
    for said in component.properties["rules"]:
        rule = _drawn_rule(component, context, group, said)
        rules.setdefault(rule.key, rule)
    return [group, *rules.values()]


def _drawn_rule(component: Component, context: Context, group: Resource, said: Mapping[str, str]) -> Resource:
    """TCP and UDP without a port mean all of them; ICMP and any protocol have none."""
    direction, protocol = said["direction"], said["protocol"]
    other_side = said.get("source", ANYWHERE)
    has_ports = protocol in ("tcp", "udp") and "port" in said
    first, _, last = said["port"].partition("-") if has_ports else ("", "", "")
    parts = [
        *([direction] if direction == "egress" else []),
        protocol,
        *([said["port"]] if has_ports else []),
    ]
    name = "-".join([*parts, other_side.replace("/", "-")])
    return context.resource(
        component,
        f"security_group_rule[{name}]",
        SECURITY_GROUP_RULE,
        {
            "security_group": Ref(group.key),
            "direction": direction,
            "protocol": protocol,
            "port_min": int(first) if first else None,
            "port_max": int(last or first) if first else None,
            "description": "Drawn by hand",
            "remote_cidr": other_side,
        },
        name=context.name(component, name),
    )


def _rule(
    component: Component, context: Context, group: Resource, rule: IngressRule, link: Link | None
) -> Resource:
    properties = {
        "security_group": Ref(group.key),
        "direction": "ingress",
        "protocol": rule.protocol,
        "port_min": rule.port_min,
        "port_max": rule.port_max,
        "description": _reason(component, context, link),
    }
    if rule.source:
        properties["remote_group"] = Ref(f"{rule.source}/security_group")
    else:
        properties["remote_cidr"] = rule.address or rule.cidr
    return context.resource(
        component,
        f"security_group_rule[{rule.name}]",
        SECURITY_GROUP_RULE,
        properties,
        name=context.name(component, rule.name),
    )


def _reason(component: Component, context: Context, link: Link | None) -> str:
    if link is None:
        return resource_name(f"Copies of {context.name(component)} follow the first one")
    source, target = context.component(link.source), context.component(link.target)
    return resource_name(f"{context.name(source)} to {context.name(target)}, {link.protocol or link.kind}")

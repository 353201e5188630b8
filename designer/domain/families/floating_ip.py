"""Public addresses that are drawn: address i goes to server i of the component they are bound to."""

from designer.domain.document import Component
from designer.domain.families.context import Context
from designer.domain.resources import FLOATING_IP, Ref, Resource
from designer.domain.software.clusters import shared_port

UNBOUND = "Bound to nothing yet: the address is kept, and paid for."


def expand_floating_ip(component: Component, context: Context) -> list[Resource]:
    """Those of a scaling group's servers come and go with the servers: see families/scaling_group.py."""
    target = context.bound_target(component)
    if target is not None and context.is_scaled(target):
        return []
    return [_address(component, context, copy) for copy in range(component.count)]


def _address(component: Component, context: Context, copy: int) -> Resource:
    bound, needs = _binding(component, context, copy)
    return context.resource(
        component,
        f"floating_ip[{copy}]",
        FLOATING_IP,
        bound,
        name=context.name(component, copy + 1),
        needs=needs,
        note="" if bound else UNBOUND,
    )


def _binding(component: Component, context: Context, copy: int) -> tuple[dict[str, Ref], tuple[str, ...]]:
    """What the address points at, and what must exist before; nothing where there is no such server."""
    place = context.bound_place(component.id, copy)
    if place is None:
        return {}, ()
    target, index = place
    subnet = context.home_subnet(target)
    if subnet is None:
        return {}, ()
    if context.topology.family(target) == "load_balancer":
        bound = {"load_balancer": Ref(f"{target}/load_balancer", "vip_port_id")} if index == 0 else {}
        return bound, context.way_out(subnet) if bound else ()
    ports = context.port_keys(target)
    shared = shared_port(context.component(target), context)
    if index == 0 and shared == f"{target}/port[shared]":
        return {"port": Ref(shared)}, context.way_out(subnet)
    return ({"port": Ref(ports[index])}, context.way_out(subnet)) if index < len(ports) else ({}, ())

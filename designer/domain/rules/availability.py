"""Rules about what happens when one thing fails."""

from collections.abc import Iterator, Sequence

from designer.domain.document import Component, Json
from designer.domain.rules.evidence import BALANCERS, Evidence
from designer.domain.rules.notices import Notice, changed
from designer.domain.rules.replication import partners
from designer.domain.rules.roles import BALANCER, DATA, STATELESS, TIER_NAMES


def single_stateless_servers(design: Evidence) -> Iterator[Notice]:
    for role in sorted(STATELESS):
        by_place = design.by_place(design.by_role.get(role, ()))
        for place, components in by_place.items():
            if sum(design.copies(one) for one in components) != 1:
                continue
            only = components[0]
            where = f" in {design.place_name(place)}" if len(by_place) > 1 else ""
            detail = (
                f"{design.label(only)} is the only one of the {TIER_NAMES[role]}{where}. When it fails or "
                "restarts, the service is down. Run two."
            )
            yield Notice(detail, (only.id,), _of_two(design, only))


def _of_two(design: Evidence, only: Component) -> Json:
    if group := design.topology.scaling_group(only.id):
        return changed(group, min=2, desired=2, max=max(2, int(group.properties["max"])))
    if design.topology.family(only.id) == "growth_pool":
        return changed(only, current=2)
    return changed(only, count=2)


def tiers_in_one_zone(design: Evidence) -> Iterator[Notice]:
    for role in sorted(STATELESS | {BALANCER}):
        for place, components in design.by_place(design.by_role.get(role, ())).items():
            servers = sum(design.copies(one) for one in components)
            zones = {zone for one in components for zone in _zones_used(design, one)}
            if servers >= 2 and len(zones) < 2 and not design.is_site(place):
                detail = (
                    f"All {servers} {TIER_NAMES[role]} are in one availability zone, or leave the choice to "
                    "the cloud. A power cut there stops them all. Name two zones for them."
                )
                fix = _over_two_zones(design, components)
                yield Notice(detail, tuple(one.id for one in components), fix)


def databases_without_a_standby(design: Evidence) -> Iterator[Notice]:
    replicating = partners(design)
    for component in design.of_role(DATA):
        said = component.properties
        if component.id in replicating or said.get("ha") or said.get("replicas"):
            continue
        if design.copies(component) < 2 and not _is_sharded(component):
            detail = (
                f"{design.label(component)} has no standby. When it fails, everything behind it waits until "
                "it is repaired. "
            )
            if "ha" in said:
                detail += "Make it highly available, or add a replica."
                yield Notice(detail, (component.id,), changed(component, ha=True))
            else:
                detail += "Add a second server with the role standby, and link it by replication."
                yield Notice(detail, (component.id,))


def _is_sharded(database: Component) -> bool:
    """A document database says how many members a shard has: DAT-11 judges that."""
    return "replicas_per_shard" in database.properties


def standbys_without_a_movable_address(design: Evidence) -> Iterator[Notice]:
    for link in design.document.links.values():
        source, target = design.component(link.source), design.component(link.target)
        if link.kind != "replication" or design.role(source) != DATA or design.role(target) != DATA:
            continue
        standby = next((one for one in (target, source) if one.properties.get("role") == "standby"), None)
        if standby is None or any(_has_movable_address(design, one) for one in (source, target)):
            continue
        primary = source if standby is target else target
        detail = (
            f"When {design.label(primary)} fails, {design.label(standby)} has the data but another address, "
            "and every application must be told. Give the pair an address that moves, or a balancer in "
            "front."
        )
        yield Notice(detail, (primary.id, standby.id))
    for balancer in design.of_role(BALANCER):
        said = balancer.properties
        if said.get("mode") == "standby" and not said.get("vrrp") and not design.bound_count(balancer.id):
            detail = (
                f"{design.label(balancer)} stands by without an address that moves to it, so nobody reaches "
                "it when the active balancer fails. Share an address between the two by VRRP."
            )
            yield Notice(detail, (balancer.id,), _with_vrrp(design, balancer))


# --- Shared by the rules above --------------------------------------------------------------------


def _with_vrrp(design: Evidence, balancer: Component) -> Json:
    """Both ends have to speak it: all balancers of the place."""
    here = design.by_place(design.of_role(BALANCER))[design.place(balancer.id)]
    return {"components": {one.id: {"properties": {"vrrp": True}} for one in here}}


def _zones_used(design: Evidence, component: Component) -> list[int]:
    """Only as many zones as there are servers to put into them."""
    return design.topology.zone_indexes(component.id)[: design.copies(component)]


def _over_two_zones(design: Evidence, components: Sequence[Component]) -> Json | None:
    """The zones of the components' own region named for each that has servers for two of them."""
    place = design.place(components[0].id)
    zones = [one for one in design.topology.of_type("zone") if design.place(one.id) == place]
    zones.sort(key=lambda one: int(one.properties["index"]))
    if len({zone.properties["index"] for zone in zones}) < 2:
        return None
    several = [
        one for one in components if design.copies(one) >= 2 and one.properties.get("zones") is not None
    ]
    named = {"properties": {"zones": [zone.id for zone in zones]}}
    return {"components": {one.id: named for one in several}} if several else None


def _has_movable_address(design: Evidence, component: Component) -> bool:
    sources = (design.sort(link.source) for link in design.topology.inbound(component.id, "traffic"))
    return design.bound_count(component.id) > 0 or any(source in BALANCERS for source in sources)

"""Gives what runs another size: an edit of the drawing and a plan, so that drawing and cloud never part.

What it costs, whether the quota allows it and who has to approve it is the plan's to say, as with any change.
"""

from django.contrib.auth.models import User

from deployer.domain.adoption import CannotSay, adopt
from deployer.domain.drift import Difference, Drift
from deployer.domain.plan import Recorded
from deployer.errors import ResizeImpossible
from deployer.models import Cloud, Plan
from deployer.services.drift import scene_of
from deployer.services.planning import Situation, create_plan, read_situation
from designer.domain import resources as kind
from designer.models import Design
from designer.services.designs import apply_patch


def plan_resize(
    design: Design,
    cloud: Cloud,
    *,
    component: str,
    flavor: str = "",
    size_gib: int | None = None,
    created_by: User | None,
) -> Plan:
    """All of a component's servers to this flavor of the cloud, or its volume to so many GiB.

    What else was drawn since the last deployment is in the plan as well, and shown there.
    Raises: ResizeImpossible, CloudNotReady, EditRefusedByDesign.
    """
    situation = read_situation(design, cloud)
    if size_gib is None:
        wanted = _to_flavor(_standing(situation, component, kind.SERVER), flavor, situation)
    else:
        wanted = _to_size(_standing(situation, component, kind.VOLUME), size_gib)
    scene = scene_of(design.document, situation, drift=wanted)
    for one in wanted:
        try:
            adoption = adopt(one, scene)
        except CannotSay as cannot:
            raise ResizeImpossible(str(cannot)) from None
        if adoption.patch:
            apply_patch(design, adoption.patch, author=created_by)
            design.refresh_from_db()
            scene = scene_of(design.document, situation, drift=wanted)
    return create_plan(design=design, cloud=cloud, intent=Plan.Intent.DEPLOY, created_by=created_by)


def _standing(situation: Situation, component: str, sort: str) -> list[Recorded]:
    found = [one for one in situation.recorded.values() if one.component == component and one.kind == sort]
    if not found:
        raise ResizeImpossible(f"Nothing of that component stands there as a {sort}.")
    return found


def _to_flavor(servers: list[Recorded], flavor: str, situation: Situation) -> list[Difference]:
    wanted = []
    for one in servers:
        offered = situation.profile.at(one.region).flavors
        found = next((each for each in offered if each.name == flavor), None)
        if found is None:
            raise ResizeImpossible(f"The cloud has no flavor called {flavor} there.")
        size = {"vcpus": found.vcpus, "ram_gib": found.ram_mib / 1024, "disk_gib": found.disk_gib}
        wanted.append(_changed(one, "flavor", one.matched.get("flavor_name"), flavor, {"size": size}))
    if all(one.recorded == flavor for one in wanted):
        raise ResizeImpossible(f"It has the flavor {flavor} already.")
    return wanted


def _to_size(volumes: list[Recorded], size_gib: int) -> list[Difference]:
    had = max(int(one.properties.get("size_gib") or 0) for one in volumes)
    if size_gib <= had:
        raise ResizeImpossible(f"A volume grows and never shrinks, and it has {had} GiB.")
    return [_changed(one, "size_gib", one.properties.get("size_gib"), size_gib, {}) for one in volumes]


def _changed(
    one: Recorded, attribute: str, recorded: object, wanted: object, observed: dict[str, object]
) -> Difference:
    """As if the cloud had it already: then the edit that says so is the one that asks for it."""
    return Difference(
        drift=Drift.CHANGED,
        kind=one.kind,
        key=one.key,
        component=one.component,
        label=str(one.properties.get("name") or one.key),
        cloud_id=one.cloud_id,
        attribute=attribute,
        recorded=recorded,
        live=wanted,
        observed=observed,
        region=one.region,
    )

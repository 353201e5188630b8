"""Rules about the loss of a whole place: several regions, what goes on between them, and having just one."""

from collections.abc import Iterator

from designer.domain.document import Component
from designer.domain.rules.crossings import Crossing, between, crossings
from designer.domain.rules.evidence import NAME_SERVERS, Evidence
from designer.domain.rules.notices import Notice, changed
from designer.domain.rules.replication import pairs_across_regions, partners
from designer.domain.rules.roles import DATA


def regions_that_outlive_their_database(design: Evidence) -> Iterator[Notice]:
    """A region answers health checks by its web servers; with its only database gone it still seems well."""
    regions = [place for place in design.by_place(design.running) if place and not design.is_site(place)]
    if len(regions) < 2 or not design.topology.of_type(*NAME_SERVERS):
        return
    databases = design.by_place(design.of_role(DATA))
    for region in regions:
        here = databases.get(region, [])
        if sum(design.copies(one) for one in here) == 1 and not _is_watched(design, here[0]):
            detail = (
                f"{design.label(here[0])} is the only database in {design.place_name(region)}. When it "
                "fails, DNS goes on sending visitors there, because web servers still answer. Let "
                "monitoring or an alarm watch the database, and take the region out when it is down."
            )
            yield Notice(detail, (region, here[0].id))


def _is_watched(design: Evidence, database: Component) -> bool:
    alarms = design.topology.of_family("alarm")
    return bool(design.topology.inbound(database.id, "monitor")) or any(
        database.id in alarm.properties["watches"] for alarm in alarms
    )


def masters_without_a_majority(design: Evidence) -> Iterator[Notice]:
    replicating = partners(design)
    masters = [one for one in design.of_role(DATA) if one.properties.get("role") == "multi-master"]
    seen: set[str] = set()
    for master in masters:
        if master.id in seen:
            continue
        group = _all_joined(master.id, replicating)
        seen |= group
        members = [one for one in masters if one.id in group]
        count = sum(design.copies(one) for one in members)
        if count and count % 2 == 0:
            detail = (
                f"{design.labels(members)} are {count} masters that replicate to each other, and an even "
                "number can't outvote itself: when they lose sight of each other, all stop or both go on. "
                "Add one more, or an arbiter, in a third place."
            )
            yield Notice(detail, tuple(one.id for one in members))


def _all_joined(start: str, neighbours: dict[str, set[str]]) -> set[str]:
    found, waiting = {start}, [start]
    while waiting:
        new = neighbours.get(waiting.pop(), set()) - found
        found |= new
        waiting.extend(new)
    return found


def single_tunnels_under_replication(design: Evidence) -> Iterator[Notice]:
    ways = crossings(design)
    noted: set[tuple[str, ...]] = set()
    for pair in pairs_across_regions(design):
        left, right = design.place(pair.left), design.place(pair.right)
        if design.is_site(left) or design.is_site(right):
            continue  # HYB-03 tells of a site's only way
        carriers = _carriers(between(ways, left, right), pair.meshes)
        if len(carriers) == 1 and carriers[0].connectors not in noted:
            noted.add(carriers[0].connectors)
            detail = (
                f"{design.labels(carriers[0].connectors)} alone carries what {design.label(pair.left)} and "
                f"{design.label(pair.right)} tell each other. When it breaks, the two drift apart. Add a "
                "second tunnel on another way, watch both, and decide beforehand which side wins."
            )
            yield Notice(detail, (*carriers[0].connectors, pair.left, pair.right))


def _carriers(ways: list[Crossing], meshes: tuple[str, ...]) -> list[Crossing]:
    """The ways that the data takes: the overlays it is linked to, else any way that there is."""
    return [way for way in ways if set(meshes) & set(way.connectors)] if meshes else ways


def no_capacity_kept_for_an_emergency(design: Evidence) -> Iterator[Notice]:
    components = design.document.components.values()
    places = {sort: [one for one in components if one.type == sort] for sort in ("region", "zone")}
    recovers_elsewhere = max(len(found) for found in places.values()) >= 2
    if recovers_elsewhere and not any(one.type == "reserved_capacity" for one in components):
        detail = (
            "The design counts on a second place, and in a disaster everybody wants room there. Reserve "
            "capacity in it, so that the servers you need will start."
        )
        sort = "region" if len(places["region"]) >= 2 else "zone"
        yield Notice(detail, tuple(one.id for one in places[sort]))


def everything_in_one_region(design: Evidence) -> Iterator[Notice]:
    if design.document.settings.get("environment") != "production" or not design.running:
        return
    regions = [one.id for one in design.topology.of_type("region")]
    policies = design.topology.of_type("backup_policy")
    off_site = any(policy.properties["offsite"] and design.topology.inbound(policy.id) for policy in policies)
    if len(regions) < 2 and not off_site and not design.topology.of_type("external_backup"):
        detail = (
            "Everything is in one region, and no copy of the data leaves it. A disaster there ends the "
            "service. Keep backups off-site, or run a second region."
        )
        yield Notice(detail, tuple(regions))


def images_in_one_region_only(design: Evidence) -> Iterator[Notice]:
    regions = design.topology.of_type("region")
    if len(regions) < 2 and not any(one.properties["role"] == "dr" for one in regions):
        return
    images = design.topology.of_family("image")
    if any(one.properties["copied_to"] for one in images):
        return
    detail = (
        "The design counts on a second region, and no image is copied there: in a disaster its servers have "
        "nothing current to start from. Keep images in both regions, and retire old ones."
    )
    fix = None
    if len(images) == 1:
        home = design.place(images[0].id)
        fix = changed(images[0], copied_to=[one.id for one in regions if one.id != home])
    yield Notice(detail, tuple(one.id for one in (*images, *regions)), fix)

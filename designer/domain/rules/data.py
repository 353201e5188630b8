"""Rules about keeping data."""

from collections.abc import Iterator

from designer.domain.document import Component
from designer.domain.rules.evidence import APP, DATA, WEB, Evidence, Notice, changed

BACKUP_TARGETS = ("backup_policy", "object_store", "external_backup")


def database_servers_without_a_volume(design: Evidence) -> Iterator[Notice]:
    for component in design.of_role(DATA):
        if design.topology.family(component.id) == "server" and not design.attached_volumes(component.id):
            detail = (
                f"{design.label(component)} keeps its data on the server's own disk and loses it with the "
                "server. Link it to a volume."
            )
            yield Notice(detail, (component.id,), _with_volume(design, component))


def volumes_with_two_owners(design: Evidence) -> Iterator[Notice]:
    for volume in design.topology.of_family("volume"):
        owners = sorted({link.source for link in design.topology.inbound(volume.id, "attach")})
        if len(owners) > 1:
            detail = (
                f"{design.label(volume)} is linked to {design.labels(owners)}, and a volume serves one of "
                "them only. Give each a volume of its own."
            )
            yield Notice(detail, (volume.id, *owners))


def databases_without_a_backup(design: Evidence) -> Iterator[Notice]:
    for component in design.of_role(DATA):
        partners = [link.target for link in design.topology.outbound(component.id, "replication")]
        partners += [link.source for link in design.topology.inbound(component.id, "replication")]
        if any(_is_backed_up(design, one) for one in (component.id, *partners)):
            continue
        label = design.label(component)
        detail = f"{label} has no backup. A wrong command or a lost disk would lose its data for good. "
        if "backup" in component.properties:
            detail += "Switch its scheduled backup on, or link it to a backup policy."
            yield Notice(detail, (component.id,), changed(component, backup=True))
        else:
            detail += "Link it or its volume to a backup policy."
            yield Notice(detail, (component.id,), _with_backup_policy(design, component))


def backups_that_stay_in_the_region(design: Evidence) -> Iterator[Notice]:
    for policy in design.topology.of_type("backup_policy"):
        if design.topology.inbound(policy.id, "backup") and not policy.properties["offsite"]:
            detail = (
                f"{design.label(policy)} keeps its copies in the region that it protects, so one disaster "
                "takes both. Copy them to another region."
            )
            yield Notice(detail, (policy.id,), changed(policy, offsite=True))


def no_place_for_static_files(design: Evidence) -> Iterator[Notice]:
    tiers = design.of_role(WEB, APP)
    if tiers and not design.topology.of_family("object_store"):
        detail = (
            "Static files would lie on the web and application servers, each with its own copy. Put them "
            "in an object container."
        )
        yield Notice(detail, tuple(one.id for one in tiers))


def object_stores_behind_the_application(design: Evidence) -> Iterator[Notice]:
    for store in design.topology.of_family("object_store"):
        leads_out = design.topology.outbound(store.id, "origin", "deliver")
        fetched = [
            link
            for link in design.topology.inbound(store.id, "traffic")
            if design.component(link.source).type in {"cdn", "client", "internet"}
        ]
        if not leads_out and not fetched and not store.properties["public_read"]:
            detail = (
                f"Nothing serves {design.label(store)} directly, so every file goes through the "
                "application. Put a CDN in front, or make the container public."
            )
            yield Notice(detail, (store.id,))


def cdns_without_an_origin(design: Evidence) -> Iterator[Notice]:
    for cdn in design.topology.of_type("cdn"):
        if design.topology.inbound(cdn.id, "origin") or design.topology.outbound(cdn.id, "traffic"):
            continue
        detail = (
            f"{design.label(cdn)} has nothing to deliver. Link the object container or the balancer that it "
            "fetches from to it."
        )
        stores = design.topology.of_family("object_store") or design.topology.of_family("load_balancer")
        fix = None
        if len(stores) == 1:
            link = {"source": stores[0].id, "target": cdn.id, "kind": "origin"}
            fix = {"links": {design.free_id(f"{stores[0].id}-{cdn.id}"): link}}
        yield Notice(detail, (cdn.id,), fix)


# --- Shared by the rules above --------------------------------------------------------------------


def _is_backed_up(design: Evidence, component_id: str) -> bool:
    if design.component(component_id).properties.get("backup"):
        return True
    holders = [component_id, *(volume.id for volume in design.attached_volumes(component_id))]
    return any(
        design.component(link.target).type in BACKUP_TARGETS
        for holder in holders
        for link in design.topology.outbound(holder, "backup")
    )


def _with_volume(design: Evidence, component: Component) -> dict[str, object]:
    volume_id = design.free_id(f"{component.id}-data")
    volume = {
        "type": "volume",
        "label": f"{design.label(component)} data",
        "parent": component.parent,
        "properties": {"encrypted": True},
    }
    link = {"source": component.id, "target": volume_id, "kind": "attach"}
    return {
        "components": {volume_id: volume},
        "links": {design.free_id(f"{component.id}-{volume_id}"): link},
    }


def _with_backup_policy(design: Evidence, component: Component) -> dict[str, object]:
    """A link to the design's first policy, which is made where there is none."""
    policy = next(iter(design.topology.of_type("backup_policy")), None)
    policy_id = policy.id if policy else design.free_id("backups")
    link = {"source": component.id, "target": policy_id, "kind": "backup"}
    patch: dict[str, object] = {"links": {design.free_id(f"{component.id}-{policy_id}"): link}}
    if policy is None:
        region = design.topology.surroundings(component.id).region
        made: dict[str, object] = {"type": "backup_policy", "label": "Backups"}
        patch["components"] = {policy_id: made | ({"parent": region} if region else {})}
    return patch

"""Rules about keeping data."""

from collections.abc import Iterator

from designer.domain.document import Component, Json
from designer.domain.rules.evidence import Evidence
from designer.domain.rules.notices import Notice, changed
from designer.domain.rules.replication import partners
from designer.domain.rules.roles import DATA

BACKUP_TARGETS = ("backup_policy", "object_store", "external_backup")
SAFE_REPLICAS = 3  # of one shard: two still agree when one is lost


def database_servers_without_a_volume(design: Evidence) -> Iterator[Notice]:
    for component in design.of_role(DATA):
        if design.topology.family(component.id) == "server" and not _has_volume(design, component):
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
    replicating = partners(design)
    saved = {one.id for one in design.of_role(DATA) if _is_backed_up(design, one.id)}
    for component in design.of_role(DATA):
        if component.id in saved or not saved.isdisjoint(replicating.get(component.id, ())):
            continue
        label = design.label(component)
        detail = f"{label} has no backup. A wrong command or a lost disk would lose its data for good. "
        if "backup" in component.properties:
            detail += "Switch its scheduled backup on, or link it to a backup policy."
            yield Notice(detail, (component.id,), changed(component, backup=True))
        else:
            detail += "Link it or its volume to a backup policy."
            fix = None
            if design.may_link(component.id, "backup_policy", "backup"):
                fix = _with_backup_policy(design, component)
            yield Notice(detail, (component.id,), fix)


def backups_that_stay_in_the_region(design: Evidence) -> Iterator[Notice]:
    for policy in design.topology.of_type("backup_policy"):
        if design.topology.inbound(policy.id, "backup") and not policy.properties["offsite"]:
            detail = (
                f"{design.label(policy)} keeps its copies in the region that it protects, so one disaster "
                "takes both. Copy them to another region."
            )
            yield Notice(detail, (policy.id,), changed(policy, offsite=True))
    for store in design.topology.of_family("object_store"):
        here = design.place(store.id)
        copies = design.topology.outbound(store.id, "replication", "backup")
        if any(_is_elsewhere(design, link.target, here) for link in copies):
            continue
        kept = [
            link.source
            for link in design.topology.inbound(store.id, "backup")
            if design.place(link.source) == here and not _has_another_copy(design, link.source, here)
        ]
        if kept:
            detail = (
                f"The backups of {design.labels(kept)} lie in {design.label(store)}, in the region that they "
                "protect, so one disaster takes both. Copy them to another region or another provider."
            )
            yield Notice(detail, (store.id, *kept), _with_copy_outside(design, store, kept))


def _is_elsewhere(design: Evidence, target_id: str, here: str | None) -> bool:
    target = design.component(target_id)
    if target.type == "external_backup" or target.properties.get("offsite"):
        return True
    return target.type == "object_store" and design.place(target_id) != here


def _has_another_copy(design: Evidence, source_id: str, here: str | None) -> bool:
    links = design.topology.outbound(source_id, "backup")
    return any(_is_elsewhere(design, link.target, here) for link in links)


def _with_copy_outside(design: Evidence, store: Component, kept: list[str]) -> Json:
    """Each backed up by a policy that copies it to another region too."""
    policy = next(
        (one for one in design.topology.of_type("backup_policy") if one.properties["offsite"]), None
    )
    policy_id = policy.id if policy else design.free_id("backups")
    made: Json = {"type": "backup_policy", "label": "Backups", "properties": {"offsite": True}}
    links = {
        design.free_id(f"{one}-{policy_id}"): {"source": one, "target": policy_id, "kind": "backup"}
        for one in kept
    }
    return {
        "links": links,
        **({} if policy else {"components": {policy_id: made | _in_region(design, store.id)}}),
    }


def shards_without_a_majority(design: Evidence) -> Iterator[Notice]:
    for component in design.of_role(DATA):
        members = component.properties.get("replicas_per_shard")
        if members is not None and members < SAFE_REPLICAS:
            detail = (
                f"A shard of {design.label(component)} has {members} member{'s' * (members != 1)}, so one "
                "lost server loses its data, or leaves nobody who may decide. Keep three of each."
            )
            yield Notice(detail, (component.id,), changed(component, replicas_per_shard=SAFE_REPLICAS))


def shares_copied_across_regions(design: Evidence) -> Iterator[Notice]:
    for share in design.topology.of_family("file_share"):
        named = [share.properties["replicate_to"]] if share.properties.get("replicate_to") else []
        copies = {*named, *(link.target for link in design.topology.outbound(share.id, "replication"))}
        here = design.place(share.id)
        far = sorted(one for one in copies if one in design.document.components and design.place(one) != here)
        if far:
            detail = (
                f"{design.label(share)} is copied to {design.labels(far)} in another region, and a file "
                "system is hard to keep in step over such a way. Put the files into object storage, or "
                "plan for the work."
            )
            yield Notice(detail, (share.id, *far))


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


def _has_volume(design: Evidence, component: Component) -> bool:
    if design.attached_volumes(component.id):
        return True
    links = design.topology.outbound(component.id, "attach")
    return design.is_on_site(component.id) and any(links)  # a site's disks are no resources of ours


def _with_volume(design: Evidence, component: Component) -> Json:
    volume_id = design.free_id(f"{component.id}-data")
    volume = {
        "type": "volume",
        "label": f"{design.label(component)} data",
        "parent": design.around(component),
        "properties": {"encrypted": True},
    }
    link = {"source": component.id, "target": volume_id, "kind": "attach"}
    return {
        "components": {volume_id: volume},
        "links": {design.free_id(f"{component.id}-{volume_id}"): link},
    }


def _with_backup_policy(design: Evidence, component: Component) -> Json:
    """A link to the design's first policy, which is made where there is none."""
    policy = next(iter(design.topology.of_type("backup_policy")), None)
    policy_id = policy.id if policy else design.free_id("backups")
    link = {"source": component.id, "target": policy_id, "kind": "backup"}
    patch: Json = {"links": {design.free_id(f"{component.id}-{policy_id}"): link}}
    if policy is None:
        made: Json = {"type": "backup_policy", "label": "Backups"}
        patch["components"] = {policy_id: made | _in_region(design, component.id)}
    return patch


def _in_region(design: Evidence, component_id: str) -> Json:
    region = design.topology.surroundings(component_id).region
    return {"parent": region} if region else {}

"""Where data lies: volumes, object containers, shares, images, databases, backups."""

from dataclasses import replace

from catalog.domain.money import ZERO
from designer.domain.resources import Resource
from estimator.domain.metering.networks import egress
from estimator.domain.metering.quantities import number_in, size_need, size_text, text_in
from estimator.domain.metering.usage import ONE, Surroundings, Usage


def meter_volume(resource: Resource, around: Surroundings) -> list[Usage]:
    said = resource.properties
    kind = {"type": text_in(said.get("type")) or "ssd"}
    usages = [Usage("volume", f"Volume, {kind['type']}", "GiB-month", number_in(said.get("size_gib")), kind)]
    if said.get("iops"):
        usages.append(Usage("volume_iops", "Provisioned IOPS", "IOPS-month", number_in(said["iops"]), kind))
    return usages


def meter_object_container(resource: Resource, around: Surroundings) -> list[Usage]:
    stored = Usage(
        "object_storage", "Object storage", "GB-month", number_in(resource.properties.get("size_gb"))
    )
    # Infomaniak and Cyso charge what leaves object storage otherwise than what leaves servers.
    return [stored, *(replace(usage, selector={"of": "object_storage"}) for usage in egress(resource))]


def meter_database(resource: Resource, around: Surroundings) -> list[Usage]:
    """Replicas are instances of the same size; high availability is a source with one replica at least."""
    said = resource.properties
    highly_available = bool(said.get("ha"))
    replicas = number_in(said.get("replicas")) or ZERO
    instances = ONE + (max(replicas, ONE) if highly_available else replicas)
    need = size_need(said.get("size"), with_disk=False)
    copies = "" if instances == 1 else f"Counted as {instances} instances, each with its storage. "
    space = number_in(said.get("volume_gib"))
    return [
        Usage(
            "database",
            size_text("Managed database", need),
            quantity=instances,
            selector={"edition": "ha" if highly_available else "std"},
            need=need,
            flavor=text_in(said.get("flavor")),
            assumption=copies.strip(),
        ),
        Usage(
            "database_storage",
            "Storage of the managed database",
            "GiB-month",
            None if space is None else space * instances,
        ),
    ]


def meter_file_share(resource: Resource, around: Surroundings) -> list[Usage]:
    return file_share(resource)


def meter_image(resource: Resource, around: Surroundings) -> list[Usage]:
    return image(resource)


def backup(resource: Resource) -> list[Usage]:
    """Snapshots are charged as such; dumps and volume backups lie in object storage."""
    said = resource.properties
    snapshots = said.get("method") == "snapshot"
    remarks = [] if snapshots else ["Copies are counted as object storage."]
    remarks += ["Traffic to the other region isn't counted."] if said.get("offsite") else []
    return [
        Usage(
            "snapshot" if snapshots else "object_storage",
            "Snapshots" if snapshots else "Backup copies",
            "GB-month",
            number_in(said.get("storage_gb")),
            role="" if snapshots else "Backup copies",
            assumption=" ".join(remarks),
        )
    ]


def file_share(resource: Resource) -> list[Usage]:
    return [
        Usage("file_share", "Shared file system", "GB-month", number_in(resource.properties.get("size_gb")))
    ]


def image(resource: Resource) -> list[Usage]:
    """As much storage as its copies take, one in each region that it is kept in."""
    return [
        Usage("image_storage", "Machine image", "GB-month", number_in(resource.properties.get("size_gb")))
    ]


def external_backup(resource: Resource) -> list[Usage]:
    stored = number_in(resource.properties.get("storage_gb"))
    return [Usage("external_backup", "Backup at another provider", "GB-month", stored)]

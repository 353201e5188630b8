"""Rules about what a site shows: its pages and files, and the ways to whoever reads them."""

from collections.abc import Iterator

from designer.domain.document import Component
from designer.domain.rules.evidence import Evidence
from designer.domain.rules.notices import Notice, changed
from designer.domain.rules.roles import APP, WEB

LARGE_MIB = 100  # an upload in one piece that is larger often has to begin again
SHARED = frozenset({"file_share", "nas", "managed_storage", "object_store"})


def web_servers_with_own_content(design: Evidence) -> Iterator[Notice]:
    for nodes in design.by_place(design.of_role(WEB)).values():
        alone = [one for one in nodes if design.attached_volumes(one.id)]
        count = sum(design.copies(one) for one in alone)
        if count < 2 or _have_one_source(design, alone):
            continue
        detail = (
            f"{design.labels(alone)} keep the site's files on {count} volumes, and nothing keeps those "
            "alike: visitors see the old page on one and the new on another. Let them share a file system, "
            "publish to object storage, or copy from one of them."
        )
        yield Notice(detail, tuple(one.id for one in alone))


def _have_one_source(design: Evidence, nodes: list[Component]) -> bool:
    """All see the same files, or one hands them to the others."""
    if set.intersection(*(_files_of(design, one) for one in nodes)):
        return True
    among = {one.id for one in nodes}
    synced = {
        link.target for one in nodes for link in design.topology.outbound(one.id) if link.target in among
    }
    return len(among) > 1 and len(among - synced) <= 1


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


def large_uploads_in_one_piece(design: Evidence) -> Iterator[Notice]:
    """Fires for a store whose type says how large uploads are (`largest_upload_mib`) and in which pieces."""
    for store in design.topology.of_family("object_store"):
        largest, piece = store.properties.get("largest_upload_mib"), store.properties.get("segment_mib")
        if largest is not None and largest > LARGE_MIB and (piece is None or piece > LARGE_MIB):
            detail = (
                f"Uploads to {design.label(store)} reach {largest} MiB in one piece, and one that breaks off "
                f"begins again. Upload in segments of {LARGE_MIB} MiB."
            )
            settable = "segment_mib" in design.type_of(store).properties
            yield Notice(detail, (store.id,), changed(store, segment_mib=LARGE_MIB) if settable else None)


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


def _files_of(design: Evidence, node: Component) -> set[str]:
    """Where a server keeps files that others see too: shares it mounts or reaches, containers it fills."""
    return {
        link.target
        for link in design.reached(node.id, "attach", "traffic", "publish")
        if design.sort(link.target) in SHARED
    }

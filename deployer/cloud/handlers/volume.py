from collections import Counter
from collections.abc import Iterator
from typing import Any

from openstack.connection import Connection

from deployer.cloud.handlers.handler import Handler, counted, human_name, read_status
from deployer.cloud.handlers.server import METADATA_KEY
from deployer.domain.cloud import Item, Live, Order, Refused, Spec, Tag
from designer.domain import resources

_WORKING = frozenset({"CREATING", "EXTENDING", "DELETING", "DOWNLOADING", "RETYPING"})


class VolumeHandler(Handler):
    kind = resources.VOLUME

    def items(self, conn: Connection) -> Iterator[Item]:
        snapshots = Counter(one.volume_id for one in conn.block_storage.snapshots(details=False))
        for volume in conn.block_storage.volumes(details=True):
            tag = Tag.find_in((volume.metadata or {}).get(METADATA_KEY))
            live = _live(volume)
            observed = {
                "name": volume.name or "",
                "size_gib": volume.size,
                "volume_type": volume.volume_type or "",
            }
            holds = counted(snapshots[volume.id], "snapshot")
            name = volume.name or volume.id
            yield Item(
                self.kind, volume.id, name, tag, live.status, live.detail, holds=holds, observed=observed
            )

    def create(self, conn: Connection, order: Order) -> Live:
        attributes: dict[str, Any] = {
            "name": human_name(order.spec),
            "size": int(order.spec["size_gib"]),
            "metadata": {METADATA_KEY: str(order.tag)},
        }
        if order.spec.get("volume_type"):
            attributes["volume_type"] = order.spec["volume_type"]
        if order.spec.get("zone"):
            attributes["availability_zone"] = order.spec["zone"]
        if order.spec.get("image_id"):  # a server will boot from it
            attributes["image_id"] = order.spec["image_id"]
        return _live(conn.block_storage.create_volume(**attributes))

    def get(self, conn: Connection, cloud_id: str) -> Live:
        return _live(conn.block_storage.get_volume(cloud_id))

    def update(self, conn: Connection, cloud_id: str, spec: Spec, changed: frozenset[str]) -> Live:
        storage: Any = conn.block_storage  # versions 2 and 3 of its API have classes of their own
        volume = storage.get_volume(cloud_id)
        if "name" in changed:
            storage.update_volume(volume, name=human_name(spec))
        if volume.size < int(spec["size_gib"]):
            storage.extend_volume(volume, int(spec["size_gib"]))
        return self.get(conn, cloud_id)

    def delete(self, conn: Connection, cloud_id: str) -> None:
        snapshots = list(conn.block_storage.snapshots(volume_id=cloud_id))
        if snapshots:
            # They may be the only copy of somebody's data, so they are not ours to remove.
            raise Refused(f"The volume has {len(snapshots)} snapshots. Remove them first, then try again.")
        conn.block_storage.delete_volume(cloud_id, ignore_missing=False)


def _live(volume: Any) -> Live:
    status = read_status(volume.status, working=_WORKING)
    detail = f"The volume is in {volume.status}." if volume.status.startswith("error") else ""
    return Live(volume.id, status, detail, {"id": volume.id})

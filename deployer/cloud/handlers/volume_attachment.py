from collections.abc import Iterator

from openstack.connection import Connection

from deployer.cloud.handlers.handler import PlaceHandler
from deployer.domain.cloud import Item, Live, LiveStatus, NotFound, Order
from designer.domain import resources


class VolumeAttachmentHandler(PlaceHandler):
    """Its id is `<server id>/<volume id>`. Cinder says how far it is, Nova does it."""

    kind = resources.VOLUME_ATTACHMENT

    def items(self, conn: Connection) -> Iterator[Item]:
        for volume in conn.block_storage.volumes(details=True):
            for attachment in volume.attachments or ():
                cloud_id = f"{attachment['server_id']}/{volume.id}"
                yield Item(
                    self.kind,
                    cloud_id,
                    volume.name or volume.id,
                    None,
                    LiveStatus.ACTIVE,
                    observed={"server": attachment["server_id"], "volume": volume.id},
                )

    def find(self, conn: Connection, order: Order) -> Live | None:
        try:
            return self.get(conn, f"{order.spec['server']}/{order.spec['volume']}")
        except NotFound:
            return None

    def create(self, conn: Connection, order: Order) -> Live:
        server, volume = order.spec["server"], order.spec["volume"]
        conn.compute.create_volume_attachment(server, volume_id=volume)
        cloud_id = f"{server}/{volume}"
        return Live(cloud_id, LiveStatus.WORKING, outputs={"id": cloud_id})

    def get(self, conn: Connection, cloud_id: str) -> Live:
        server, _, volume_id = cloud_id.partition("/")
        volume = conn.block_storage.get_volume(volume_id)
        here = any(attachment["server_id"] == server for attachment in volume.attachments or ())
        if volume.status == "in-use" and here:
            return Live(cloud_id, LiveStatus.ACTIVE, outputs={"id": cloud_id})
        if volume.status in ("attaching", "detaching", "reserved"):
            return Live(cloud_id, LiveStatus.WORKING, outputs={"id": cloud_id})
        if volume.status.startswith("error"):
            return Live(cloud_id, LiveStatus.FAILED, f"The volume is in {volume.status}.")
        raise NotFound("The volume is not attached to this server.")

    def delete(self, conn: Connection, cloud_id: str) -> None:
        server, _, volume = cloud_id.partition("/")
        conn.compute.delete_volume_attachment(server, volume, ignore_missing=False)

from collections.abc import Iterator

from openstack.connection import Connection

from deployer.cloud.handlers.handler import Handler, named
from deployer.domain.cloud import Item, Live, LiveStatus, Order, Tag
from designer.domain import resources


class ServerGroupHandler(Handler):
    """Has neither description nor metadata, so its name carries the tag."""

    kind = resources.SERVER_GROUP

    def items(self, conn: Connection) -> Iterator[Item]:
        for group in conn.compute.server_groups():
            yield Item(self.kind, group.id, group.name, Tag.find_in(group.name), LiveStatus.ACTIVE)

    def create(self, conn: Connection, order: Order) -> Live:
        policy = order.spec.get("policy", "soft-anti-affinity")
        group = conn.compute.create_server_group(name=named(order), policy=policy)
        return Live(group.id, LiveStatus.ACTIVE, outputs={"id": group.id})

    def get(self, conn: Connection, cloud_id: str) -> Live:
        group = conn.compute.get_server_group(cloud_id)
        return Live(group.id, LiveStatus.ACTIVE, outputs={"id": group.id})

    def delete(self, conn: Connection, cloud_id: str) -> None:
        conn.compute.delete_server_group(cloud_id, ignore_missing=False)

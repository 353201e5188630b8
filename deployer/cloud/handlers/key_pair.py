import re
from collections.abc import Iterator

from openstack.connection import Connection

from deployer.cloud.handlers.handler import Handler
from deployer.domain.cloud import Item, Live, LiveStatus, Order, Tag
from designer.domain import resources

# Nova takes letters, digits, spaces, - and _ only, so the tag is spelt with dashes.
_NAME = re.compile(r"^stackdraft-([0-9a-f-]{36})-(.+)$")


class KeyPairHandler(Handler):
    """Its name is its id. Belongs to the user, not to the project."""

    kind = resources.KEY_PAIR

    def items(self, conn: Connection) -> Iterator[Item]:
        for pair in conn.compute.keypairs():
            match = _NAME.match(pair.name)
            tag = Tag(match[1], match[2]) if match else None
            yield Item(self.kind, pair.name, pair.name, tag, LiveStatus.ACTIVE)

    def find(self, conn: Connection, order: Order) -> Live | None:
        found = conn.compute.find_keypair(_name(order.tag))
        return _live(found.name) if found else None

    def create(self, conn: Connection, order: Order) -> Live:
        pair = conn.compute.create_keypair(name=_name(order.tag), public_key=order.spec["public_key"])
        return _live(pair.name)

    def get(self, conn: Connection, cloud_id: str) -> Live:
        return _live(conn.compute.get_keypair(cloud_id).name)

    def delete(self, conn: Connection, cloud_id: str) -> None:
        conn.compute.delete_keypair(cloud_id, ignore_missing=False)


def _name(tag: Tag) -> str:
    return f"stackdraft-{tag.deployment}-{re.sub(r'[^A-Za-z0-9_-]', '-', tag.key)}"[:255]


def _live(name: str) -> Live:
    return Live(name, LiveStatus.ACTIVE, outputs={"id": name})

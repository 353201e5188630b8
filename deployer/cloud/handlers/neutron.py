"""What all Neutron kinds share: one call a resource, a description that carries the tag."""

from collections.abc import Iterator
from typing import Any

from openstack.connection import Connection

from deployer.cloud.handlers.handler import Handler, described, read_status
from deployer.domain.cloud import Item, Live, Order, Spec, Tag


class NeutronHandler(Handler):
    """`noun` and `plural` are the SDK's names for it: create_<noun>, <plural>()."""

    noun: str
    plural: str

    def attributes(self, spec: Spec) -> dict[str, Any]:
        """What to create it with, beyond its name and description."""
        return {}

    def changes(self, spec: Spec, changed: frozenset[str]) -> dict[str, Any]:
        """What to send for changed properties."""
        return {"name": spec["name"]} if "name" in changed else {}

    def outputs(self, found: Any) -> dict[str, str]:
        return {"id": found.id}

    def observed(self, found: Any) -> dict[str, Any]:
        """What the cloud says of it, in the design's words (Item.observed)."""
        return {"name": found.name}

    def description(self, order: Order) -> str:
        return described(order.tag)

    def items(self, conn: Connection) -> Iterator[Item]:
        for found in getattr(conn.network, self.plural)(project_id=conn.current_project_id):
            yield Item(
                self.kind,
                found.id,
                getattr(found, "name", "") or found.id,
                Tag.find_in(found.description),
                self._live(found).status,
                observed=self.observed(found),
            )

    def create(self, conn: Connection, order: Order) -> Live:
        attributes = {"name": order.spec.get("name"), **self.attributes(order.spec)}
        create = getattr(conn.network, f"create_{self.noun}")
        return self._live(create(description=self.description(order), **attributes))

    def get(self, conn: Connection, cloud_id: str) -> Live:
        return self._live(getattr(conn.network, f"get_{self.noun}")(cloud_id))

    def update(self, conn: Connection, cloud_id: str, spec: Spec, changed: frozenset[str]) -> Live:
        if changes := self.changes(spec, changed):
            return self._live(getattr(conn.network, f"update_{self.noun}")(cloud_id, **changes))
        return self.get(conn, cloud_id)

    def delete(self, conn: Connection, cloud_id: str) -> None:
        getattr(conn.network, f"delete_{self.noun}")(cloud_id, ignore_missing=False)

    def _live(self, found: Any) -> Live:
        # DOWN is no failure: a port has no server yet, an address nobody uses it.
        status = read_status(getattr(found, "status", None), working=frozenset({"BUILD"}))
        return Live(found.id, status, outputs=self.outputs(found))

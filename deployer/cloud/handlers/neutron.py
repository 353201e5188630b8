"""What all Neutron kinds share: one call a resource, a description that carries the tag."""

from collections.abc import Iterator, Sequence
from typing import Any

from openstack.connection import Connection
from openstack.resource import Resource as NetworkResource

from deployer.cloud.handlers.handler import Handler, described, read_status
from deployer.domain.cloud import Item, Live, Order, ServerFault, Spec, Tag


class NeutronHandler(Handler):
    """`noun` and `plural` are the SDK's names for it: create_<noun>, <plural>()."""

    noun: str
    plural: str
    # The SDK's class, for kinds that can be made several in one call.
    resource: type[NetworkResource] | None = None

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

    def body(self, order: Order) -> dict[str, Any]:
        """The request's body, the same alone and among others."""
        attributes = {"name": order.spec.get("name"), **self.attributes(order.spec)}
        return {"description": self.description(order), **attributes}

    def create(self, conn: Connection, order: Order) -> Live:
        return self._live(getattr(conn.network, f"create_{self.noun}")(**self.body(order)))

    def create_together(self, conn: Connection, orders: Sequence[Order]) -> list[Live]:
        assert self.resource is not None, f"Neutron makes no {self.plural} together."
        made = self.resource.bulk_create(conn.network, [self.body(order) for order in orders])
        by_tag = {Tag.find_in(one.description): self._live(one) for one in made}
        if missing := [str(order.tag) for order in orders if order.tag not in by_tag]:
            raise ServerFault(f"Neutron does not say what became of {', '.join(missing)}.")
        return [by_tag[order.tag] for order in orders]

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

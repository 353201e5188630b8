"""What a load balancer and its children share: tags, and a provisioning status that forbids haste."""

from collections.abc import Iterator
from typing import Any

from openstack.connection import Connection

from deployer.cloud.handlers.handler import Handler, human_name
from deployer.domain.cloud import Item, Live, LiveStatus, NotFound, Order, Spec, Tag

_STATUS = {"ACTIVE": LiveStatus.ACTIVE, "ERROR": LiveStatus.FAILED}


class OctaviaHandler(Handler):
    """`noun` and `plural` are the SDK's names for it."""

    noun: str
    plural: str

    def body(self, order: Order) -> dict[str, Any]:
        """The request's body, the same alone and inside a load balancer's."""
        return {"name": human_name(order.spec), "tags": [str(order.tag)], **self.attributes(order.spec)}

    def attributes(self, spec: Spec) -> dict[str, Any]:
        raise NotImplementedError

    def belongs_to(self, spec: Spec) -> dict[str, Any]:
        """What says whose child it is, when it is made alone."""
        return {}

    def changes(self, spec: Spec, changed: frozenset[str]) -> dict[str, Any]:
        return {"name": human_name(spec)} if "name" in changed else {}

    def observed(self, found: Any) -> dict[str, Any]:
        """What the cloud says of it, in the design's words (Item.observed)."""
        return {"name": found.name}

    def items(self, conn: Connection) -> Iterator[Item]:
        for found in getattr(conn.load_balancer, self.plural)(project_id=conn.current_project_id):
            if found.provisioning_status != "DELETED":
                live = self.live(found)
                yield Item(
                    self.kind,
                    found.id,
                    found.name,
                    tag_of(found),
                    live.status,
                    live.detail,
                    observed=self.observed(found),
                )

    def find(self, conn: Connection, order: Order) -> Live | None:
        found = next(getattr(conn.load_balancer, self.plural)(tags=str(order.tag)), None)
        return self.live(found) if found else None

    def create(self, conn: Connection, order: Order) -> Live:
        create = getattr(conn.load_balancer, f"create_{self.noun}")
        return self.live(create(**self.body(order), **self.belongs_to(order.spec)))

    def get(self, conn: Connection, cloud_id: str) -> Live:
        found = getattr(conn.load_balancer, f"get_{self.noun}")(cloud_id)
        if found.provisioning_status == "DELETED":
            raise NotFound("It has been deleted.")
        return self.live(found)

    def update(self, conn: Connection, cloud_id: str, spec: Spec, changed: frozenset[str]) -> Live:
        if changes := self.changes(spec, changed):
            getattr(conn.load_balancer, f"update_{self.noun}")(cloud_id, **changes)
        return self.get(conn, cloud_id)

    def delete(self, conn: Connection, cloud_id: str) -> None:
        getattr(conn.load_balancer, f"delete_{self.noun}")(cloud_id, ignore_missing=False)

    def live(self, found: Any) -> Live:
        status = status_of(found.provisioning_status)
        detail = "Octavia could not build it." if status == LiveStatus.FAILED else ""
        return Live(found.id, status, detail, {"id": found.id})


def status_of(provisioning_status: str) -> LiveStatus:
    return _STATUS.get(provisioning_status, LiveStatus.WORKING)


def only_id(found: Any) -> str:
    """Of a list of what it belongs to, as Octavia answers: [{"id": ...}]."""
    return next((one["id"] for one in found or ()), "")


def tag_of(found: Any) -> Tag | None:
    return next((tag for text in found.tags or () if (tag := Tag.find_in(text))), None)

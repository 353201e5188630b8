from collections.abc import Iterator
from urllib.parse import quote

from openstack import exceptions
from openstack.connection import Connection

from deployer.cloud.handlers.handler import Handler, counted, human_name
from deployer.domain.cloud import Conflict, Item, Live, LiveStatus, NotFound, Order, Refused, Spec, Tag
from designer.domain import resources

TAG_HEADER = "X-Container-Meta-Stackdraft"
PUBLIC_READ = ".r:*,.rlistings"


class ObjectContainerHandler(Handler):
    """Its name is its id. A container that holds objects is never removed by us."""

    kind = resources.OBJECT_CONTAINER

    def items(self, conn: Connection) -> Iterator[Item]:
        for container in conn.object_store.containers():
            headers = conn.object_store.head(_path(container.name)).headers
            yield Item(
                self.kind,
                container.name,
                container.name,
                Tag.find_in(headers.get(TAG_HEADER)),
                LiveStatus.ACTIVE,
                holds=counted(int(container.count or 0), "object"),
                observed={"public_read": ".r:*" in headers.get("X-Container-Read", "")},
            )

    def find(self, conn: Connection, order: Order) -> Live | None:
        name = human_name(order.spec)
        return _live(name) if _tag(conn, name) == order.tag else None

    def create(self, conn: Connection, order: Order) -> Live:
        name = human_name(order.spec)
        # PUT on a container that exists changes it, so somebody else's has to be noticed first.
        if conn.object_store.head(_path(name)).status_code == 204:
            raise Refused(
                f"There is an object container called {name} already, and it is not from this design."
            )
        headers = {TAG_HEADER: str(order.tag)}
        if order.spec.get("public_read"):
            headers["X-Container-Read"] = PUBLIC_READ
        exceptions.raise_from_response(conn.object_store.put(_path(name), headers=headers))
        return _live(name)

    def get(self, conn: Connection, cloud_id: str) -> Live:
        exceptions.raise_from_response(conn.object_store.head(_path(cloud_id)))
        return _live(cloud_id)

    def update(self, conn: Connection, cloud_id: str, spec: Spec, changed: frozenset[str]) -> Live:
        readers = PUBLIC_READ if spec.get("public_read") else ""
        answer = conn.object_store.post(_path(cloud_id), headers={"X-Container-Read": readers})
        exceptions.raise_from_response(answer)
        return _live(cloud_id)

    def delete(self, conn: Connection, cloud_id: str) -> None:
        answer = conn.object_store.head(_path(cloud_id))
        if answer.status_code == 404:
            raise NotFound("The container is gone.")
        exceptions.raise_from_response(answer)
        if count := int(answer.headers.get("X-Container-Object-Count", 0)):
            raise Refused(f"The container holds {count} objects, so it was left. Empty it, then try again.")
        answer = conn.object_store.delete(_path(cloud_id))
        if answer.status_code == 409:  # filled between the look and the removal
            raise Conflict("The container is not empty.")
        exceptions.raise_from_response(answer)


def _path(name: str) -> str:
    return "/" + quote(name, safe="")


def _tag(conn: Connection, name: str) -> Tag | None:
    return Tag.find_in(conn.object_store.head(_path(name)).headers.get(TAG_HEADER))


def _live(name: str) -> Live:
    return Live(name, LiveStatus.ACTIVE, outputs={"id": name})

from collections.abc import Iterator
from typing import Any

from openstack.connection import Connection

from deployer.cloud.handlers.octavia import OctaviaHandler, tag_of
from deployer.domain.cloud import Item, Live, NotFound, Order, Spec
from designer.domain import resources


class MemberHandler(OctaviaHandler):
    """Known only inside its pool, so its id is `<pool id>/<member id>`."""

    kind, noun, plural = resources.MEMBER, "member", "members"

    def attributes(self, spec: Spec) -> dict[str, Any]:
        attributes = {"address": spec["address"], "protocol_port": spec["port"]}
        if spec.get("subnet"):
            attributes["subnet_id"] = spec["subnet"]
        return attributes

    def changes(self, spec: Spec, changed: frozenset[str]) -> dict[str, Any]:
        changes = super().changes(spec, changed)
        if "enabled" in changed:
            changes["admin_state_up"] = True
        return changes

    def items(self, conn: Connection) -> Iterator[Item]:
        for pool in conn.load_balancer.pools(project_id=conn.current_project_id):
            for found in conn.load_balancer.members(pool):
                live = self.live(found)
                observed = {
                    "name": found.name,
                    "pool": pool.id,
                    "address": found.address,
                    "port": found.protocol_port,
                    "enabled": bool(found.is_admin_state_up),
                }
                cloud_id = f"{pool.id}/{found.id}"
                yield Item(self.kind, cloud_id, found.name, tag_of(found), live.status, observed=observed)

    def find(self, conn: Connection, order: Order) -> Live | None:
        pool = order.spec["pool"]
        found = next(conn.load_balancer.members(pool, tags=str(order.tag)), None)
        return self.member_live(pool, found) if found else None

    def create(self, conn: Connection, order: Order) -> Live:
        pool = order.spec["pool"]
        return self.member_live(pool, conn.load_balancer.create_member(pool, **self.body(order)))

    def find_made(self, conn: Connection, order: Order, heat_id: str) -> Live:
        """Heat cannot name it, so we do."""
        return self.update(conn, f"{order.spec['pool']}/{heat_id}", order.spec, frozenset({"name"}))

    def get(self, conn: Connection, cloud_id: str) -> Live:
        pool, _, member = cloud_id.partition("/")
        found = conn.load_balancer.get_member(member, pool)
        if found.provisioning_status == "DELETED":
            raise NotFound("It has been deleted.")
        return self.member_live(pool, found)

    def update(self, conn: Connection, cloud_id: str, spec: Spec, changed: frozenset[str]) -> Live:
        pool, _, member = cloud_id.partition("/")
        if changes := self.changes(spec, changed):
            conn.load_balancer.update_member(member, pool, **changes)
        return self.get(conn, cloud_id)

    def delete(self, conn: Connection, cloud_id: str) -> None:
        pool, _, member = cloud_id.partition("/")
        conn.load_balancer.delete_member(member, pool, ignore_missing=False)

    def member_live(self, pool: str, found: Any) -> Live:
        live = self.live(found)
        return Live(f"{pool}/{found.id}", live.status, live.detail, {"id": found.id})

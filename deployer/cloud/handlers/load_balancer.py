from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from openstack.connection import Connection

from deployer.cloud.handlers.health_monitor import HealthMonitorHandler
from deployer.cloud.handlers.listener import ListenerHandler
from deployer.cloud.handlers.member import MemberHandler
from deployer.cloud.handlers.octavia import OctaviaHandler, status_of
from deployer.cloud.handlers.pool import PoolHandler
from deployer.domain.cloud import Live, LiveStatus, Order, Spec, Tag
from designer.domain import resources
from designer.domain.resources import Ref


class LoadBalancerHandler(OctaviaHandler):
    """Made with its children in one call, and removed with them in one."""

    kind, noun, plural = resources.LOAD_BALANCER, "load_balancer", "load_balancers"

    def attributes(self, spec: Spec) -> dict[str, Any]:
        return {"vip_subnet_id": spec["subnet"]}

    def observed(self, found: Any) -> dict[str, Any]:
        return {**super().observed(found), "subnet": found.vip_subnet_id, "address": found.vip_address}

    def create(self, conn: Connection, order: Order) -> Live:
        body = self.body(order)
        if listeners := _nested(order.parts):
            body["listeners"] = listeners
        created = conn.load_balancer.create_load_balancer(**body)
        live = self.live(created)
        parts = {tag: part for tag, part in _made_parts(created) if tag}
        return Live(live.cloud_id, live.status, live.detail, live.outputs, parts)

    def get(self, conn: Connection, cloud_id: str) -> Live:
        live = super().get(conn, cloud_id)
        if live.status != LiveStatus.ACTIVE:
            return live
        answer = conn.load_balancer.get(f"/lbaas/loadbalancers/{cloud_id}/status")
        if not answer.ok:
            return live  # then each of its children is asked for itself
        return replace(live, inside=dict(_statuses(answer.json()["statuses"]["loadbalancer"])))

    def delete(self, conn: Connection, cloud_id: str) -> None:
        conn.load_balancer.delete_load_balancer(cloud_id, cascade=True, ignore_missing=False)

    def live(self, found: Any) -> Live:
        live = super().live(found)
        outputs = {"id": found.id, "vip_port_id": found.vip_port_id, "address": found.vip_address}
        return Live(live.cloud_id, live.status, live.detail, {k: v for k, v in outputs.items() if v})


def _nested(parts: Sequence[Order]) -> list[dict[str, Any]]:
    """Listeners with their pools, those with their members and monitor, as Octavia reads them."""
    return [
        ListenerHandler().body(listener) | _default_pool(listener, parts)
        for listener in parts
        if listener.kind == resources.LISTENER
    ]


def _default_pool(listener: Order, parts: Sequence[Order]) -> dict[str, Any]:
    for pool in _children(parts, resources.POOL, "listener", listener):
        body = PoolHandler().body(pool)
        body["members"] = [
            MemberHandler().body(member) for member in _children(parts, resources.MEMBER, "pool", pool)
        ]
        for monitor in _children(parts, resources.HEALTH_MONITOR, "pool", pool):
            body["healthmonitor"] = HealthMonitorHandler().body(monitor)
        return {"default_pool": body}
    return {}


def _children(parts: Sequence[Order], kind: str, parent_property: str, parent: Order) -> Iterator[Order]:
    for part in parts:
        reference = part.spec.get(parent_property)
        if part.kind == kind and isinstance(reference, Ref) and reference.key == parent.tag.key:
            yield part


def _statuses(whole: dict[str, Any]) -> Iterator[tuple[str, LiveStatus]]:
    """Of all children, by the ids that their handlers know them by."""
    listeners = whole.get("listeners") or ()
    pools = [*(whole.get("pools") or ()), *(pool for one in listeners for pool in one.get("pools") or ())]
    for one in (*listeners, *pools):
        yield one["id"], status_of(one["provisioning_status"])
    for pool in pools:
        for member in pool.get("members") or ():
            yield f"{pool['id']}/{member['id']}", status_of(member["provisioning_status"])
        if monitor := pool.get("health_monitor"):
            yield monitor["id"], status_of(monitor["provisioning_status"])


def _made_parts(created: Any) -> Iterator[tuple[Tag | None, Live]]:
    """The children's ids are in the answer to the one call."""
    for listener in created.listeners or ():
        yield _part(listener)
    for pool in created.pools or ():
        yield _part(pool)
        for member in pool.get("members") or ():
            yield _part(member, inside=f"{pool['id']}/")
        if pool.get("healthmonitor"):
            yield _part(pool["healthmonitor"])


def _part(body: dict[str, Any], *, inside: str = "") -> tuple[Tag | None, Live]:
    tag = next((tag for text in body.get("tags") or () if (tag := Tag.find_in(text))), None)
    return tag, Live(inside + body["id"], LiveStatus.WORKING, outputs={"id": body["id"]})

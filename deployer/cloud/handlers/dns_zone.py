from collections.abc import Iterator
from typing import Any

from openstack.connection import Connection

from deployer.cloud.errors import speaking_plainly
from deployer.cloud.handlers.handler import Handler, described
from deployer.domain.cloud import Conflict, Item, Live, LiveStatus, Order, Refused, Spec, Tag
from designer.domain import resources

DESCRIPTION_LENGTH = 160  # Designate's limit
_STATUS = {"ACTIVE": LiveStatus.ACTIVE, "ERROR": LiveStatus.FAILED}


class DnsZoneHandler(Handler):
    kind = resources.DNS_ZONE

    def items(self, conn: Connection) -> Iterator[Item]:
        for zone in conn.dns.zones():
            live = _zone_live(zone)
            tag = Tag.find_in(zone.description)
            observed = {"ttl_seconds": zone.ttl, "email": zone.email}
            yield Item(self.kind, zone.id, zone.name, tag, live.status, live.detail, observed=observed)

    def create(self, conn: Connection, order: Order) -> Live:
        name = absolute(order.spec["zone"])
        try:
            with speaking_plainly():
                zone = conn.dns.create_zone(
                    name=name,
                    email=order.spec["email"],
                    ttl=order.spec["ttl_seconds"],
                    description=dns_description(order),
                )
        except Conflict as conflict:
            # In a public cloud it may be a stranger's: no time that passes gives us the name.
            words = f"The cloud's DNS has a zone {name} already. Name another domain. {conflict.words}"
            raise Refused(words) from conflict
        return _zone_live(zone)

    def get(self, conn: Connection, cloud_id: str) -> Live:
        return _zone_live(conn.dns.get_zone(cloud_id))

    def update(self, conn: Connection, cloud_id: str, spec: Spec, changed: frozenset[str]) -> Live:
        conn.dns.update_zone(cloud_id, email=spec["email"], ttl=spec["ttl_seconds"])
        return self.get(conn, cloud_id)

    def delete(self, conn: Connection, cloud_id: str) -> None:
        """Its records go with it, somebody else's too: a zone that is no longer ours has no use for them."""
        conn.dns.delete_zone(cloud_id, ignore_missing=False)


def _zone_live(zone: Any) -> Live:
    """A zone whose serial is on its way because a record has changed stands as firmly as before."""
    if zone.status == "PENDING" and zone.action == "UPDATE":
        return Live(zone.id, LiveStatus.ACTIVE, outputs={"id": zone.id})
    return dns_live(zone, zone.id)


def absolute(name: str) -> str:
    return name if name.endswith(".") else f"{name}."


def dns_description(order: Order) -> str:
    return described(order.tag)[:DESCRIPTION_LENGTH]


def dns_live(found: Any, cloud_id: str) -> Live:
    status = _STATUS.get(found.status, LiveStatus.WORKING)
    detail = "The name servers did not take it." if status == LiveStatus.FAILED else ""
    return Live(cloud_id, status, detail, {"id": cloud_id})

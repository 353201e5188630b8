from collections.abc import Iterator

from openstack.connection import Connection

from deployer.cloud.handlers.dns_zone import absolute, dns_description, dns_live
from deployer.cloud.handlers.handler import Handler
from deployer.domain.cloud import Item, Live, Order, Spec, Tag
from designer.domain import resources


class DnsRecordHandler(Handler):
    """All addresses of one name: Designate's recordset. Its id is `<zone id>/<recordset id>`."""

    kind = resources.DNS_RECORD

    def items(self, conn: Connection) -> Iterator[Item]:
        for zone in conn.dns.zones():
            for found in conn.dns.recordsets(zone):
                cloud_id = f"{zone.id}/{found.id}"
                live = dns_live(found, cloud_id)
                tag = Tag.find_in(found.description)
                observed = {"records": list(found.records), "ttl_seconds": found.ttl}
                yield Item(self.kind, cloud_id, found.name, tag, live.status, live.detail, observed=observed)

    def find(self, conn: Connection, order: Order) -> Live | None:
        zone, name = order.spec["zone"], absolute(order.spec["record_name"])
        for found in conn.dns.recordsets(zone, name=name, type=order.spec["type"]):
            if Tag.find_in(found.description) == order.tag:
                return dns_live(found, f"{zone}/{found.id}")
        return None

    def create(self, conn: Connection, order: Order) -> Live:
        spec = order.spec
        found = conn.dns.create_recordset(
            spec["zone"],
            name=absolute(spec["record_name"]),
            type=spec["type"],
            records=list(spec["records"]),
            ttl=spec["ttl_seconds"],
            description=dns_description(order),
        )
        return dns_live(found, f"{spec['zone']}/{found.id}")

    def find_made(self, conn: Connection, order: Order, heat_id: str) -> Live:
        return self.get(conn, f"{order.spec['zone']}/{heat_id}")

    def get(self, conn: Connection, cloud_id: str) -> Live:
        zone, _, recordset = cloud_id.partition("/")
        return dns_live(conn.dns.get_recordset(recordset, zone), cloud_id)

    def update(self, conn: Connection, cloud_id: str, spec: Spec, changed: frozenset[str]) -> Live:
        zone, _, recordset = cloud_id.partition("/")
        found = conn.dns.get_recordset(recordset, zone)
        conn.dns.update_recordset(found, records=list(spec["records"]), ttl=spec["ttl_seconds"])
        return self.get(conn, cloud_id)

    def delete(self, conn: Connection, cloud_id: str) -> None:
        zone, _, recordset = cloud_id.partition("/")
        conn.dns.delete_recordset(recordset, zone, ignore_missing=False)

from collections.abc import Iterator
from typing import Any

from openstack.connection import Connection

from deployer.cloud.handlers.neutron import NeutronHandler
from deployer.domain.cloud import Item, Spec, Tag
from designer.domain import resources


class FloatingIpHandler(NeutronHandler):
    kind, noun, plural = resources.FLOATING_IP, "ip", "ips"

    def attributes(self, spec: Spec) -> dict[str, Any]:
        attributes = {"floating_network_id": spec["external_network_id"], "name": None}
        if port := _port(spec):
            attributes["port_id"] = port
        return attributes

    def changes(self, spec: Spec, changed: frozenset[str]) -> dict[str, Any]:
        return {"port_id": _port(spec)}

    def outputs(self, found: Any) -> dict[str, str]:
        return {"id": found.id, "address": found.floating_ip_address}

    def items(self, conn: Connection) -> Iterator[Item]:
        for found in conn.network.ips(project_id=conn.current_project_id):
            status = self._live(found).status
            tag = Tag.find_in(found.description)
            observed = {"port": found.port_id or "", "address": found.floating_ip_address}
            yield Item(self.kind, found.id, found.floating_ip_address, tag, status, observed=observed)


def _port(spec: Spec) -> str | None:
    """A server's port, or the port that a load balancer answers on."""
    return spec.get("port") or spec.get("load_balancer")

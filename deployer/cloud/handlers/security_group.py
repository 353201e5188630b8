from typing import Any

from openstack.connection import Connection
from openstack.network.v2 import security_group as sdk

from deployer.cloud.handlers.handler import described, retold
from deployer.cloud.handlers.neutron import NeutronHandler
from deployer.domain.cloud import Live, Order, Spec
from designer.domain import resources


class SecurityGroupHandler(NeutronHandler):
    """Starts with Neutron's two rules that let everything out; what comes in is up to the design."""

    kind, noun, plural = resources.SECURITY_GROUP, "security_group", "security_groups"
    resource = sdk.SecurityGroup

    def description(self, order: Order) -> str:
        return described(order.tag, order.spec.get("description"))

    def update(self, conn: Connection, cloud_id: str, spec: Spec, changed: frozenset[str]) -> Live:
        changes: dict[str, Any] = self.changes(spec, changed)
        if "description" in changed:
            old = conn.network.get_security_group(cloud_id)
            changes["description"] = retold(old.description, spec.get("description"))
        if changes:
            conn.network.update_security_group(cloud_id, **changes)
        return self.get(conn, cloud_id)

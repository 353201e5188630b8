from typing import Any

from openstack.network.v2 import security_group_rule as sdk

from deployer.cloud.handlers.handler import described
from deployer.cloud.handlers.neutron import NeutronHandler
from deployer.domain.cloud import Order, Spec
from designer.domain import resources


class SecurityGroupRuleHandler(NeutronHandler):
    """Neutron has no way to change a rule, so a changed one is a new one."""

    kind, noun, plural = resources.SECURITY_GROUP_RULE, "security_group_rule", "security_group_rules"
    resource = sdk.SecurityGroupRule

    def attributes(self, spec: Spec) -> dict[str, Any]:
        remote_cidr = spec.get("remote_cidr")
        protocol = spec.get("protocol")
        return {
            "security_group_id": spec["security_group"],
            "direction": spec.get("direction", "ingress"),
            "protocol": None if protocol == "any" else protocol,
            "port_range_min": spec.get("port_min"),
            "port_range_max": spec.get("port_max"),
            "remote_group_id": spec.get("remote_group"),
            "remote_ip_prefix": remote_cidr,
            "ether_type": "IPv6" if remote_cidr and ":" in remote_cidr else "IPv4",
        }

    def observed(self, found: Any) -> dict[str, Any]:
        return {
            "security_group": found.security_group_id,
            "direction": found.direction,
            "protocol": found.protocol or "any",
            "port_min": found.port_range_min,
            "port_max": found.port_range_max,
            "remote_group": found.remote_group_id,
            "remote_cidr": found.remote_ip_prefix,
            "family": found.ether_type,
        }

    def body(self, order: Order) -> dict[str, Any]:
        attributes = {name: value for name, value in self.attributes(order.spec).items() if value is not None}
        return {"description": described(order.tag, order.spec.get("description")), **attributes}

from typing import Any

from deployer.cloud.handlers.neutron import NeutronHandler
from deployer.domain.cloud import Spec
from designer.domain import resources


class SubnetHandler(NeutronHandler):
    kind, noun, plural = resources.SUBNET, "subnet", "subnets"

    def attributes(self, spec: Spec) -> dict[str, Any]:
        attributes = {
            "network_id": spec["network"],
            "cidr": spec["cidr"],
            "ip_version": 6 if ":" in spec["cidr"] else 4,
            "is_dhcp_enabled": spec.get("dhcp", True),
            "dns_nameservers": list(spec.get("dns_nameservers") or ()),
        }
        if spec.get("gateway_ip"):
            attributes["gateway_ip"] = spec["gateway_ip"]
        return attributes

    def changes(self, spec: Spec, changed: frozenset[str]) -> dict[str, Any]:
        changes = super().changes(spec, changed)
        if "dns_nameservers" in changed:
            changes["dns_nameservers"] = list(spec.get("dns_nameservers") or ())
        if "dhcp" in changed:
            changes["is_dhcp_enabled"] = spec.get("dhcp", True)
        return changes

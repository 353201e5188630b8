from typing import Any

from openstack.network.v2 import subnet as sdk

from deployer.cloud.handlers.neutron import NeutronHandler
from deployer.domain.cloud import Spec
from designer.domain import resources


class SubnetHandler(NeutronHandler):
    kind, noun, plural = resources.SUBNET, "subnet", "subnets"
    resource = sdk.Subnet

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
        if spec.get("host_routes"):
            attributes["host_routes"] = _host_routes(spec)
        if spec.get("allocation_pools"):
            attributes["allocation_pools"] = spec["allocation_pools"]
        return attributes

    def observed(self, found: Any) -> dict[str, Any]:
        return {
            **super().observed(found),
            "network": found.network_id,
            "cidr": found.cidr,
            "dhcp": bool(found.is_dhcp_enabled),
            "dns_nameservers": list(found.dns_nameservers or ()),
            "host_routes": [
                {"destination": route["destination"], "next_hop": route["nexthop"]}
                for route in found.host_routes or ()
            ],
        }

    def changes(self, spec: Spec, changed: frozenset[str]) -> dict[str, Any]:
        changes = super().changes(spec, changed)
        if "dns_nameservers" in changed:
            changes["dns_nameservers"] = list(spec.get("dns_nameservers") or ())
        if "dhcp" in changed:
            changes["is_dhcp_enabled"] = spec.get("dhcp", True)
        if "host_routes" in changed:
            changes["host_routes"] = _host_routes(spec)
        # Once the ways over other routers are gone, the addresses that they had stay out of the pool.
        if "allocation_pools" in changed and spec.get("allocation_pools"):
            changes["allocation_pools"] = spec["allocation_pools"]
        return changes


def _host_routes(spec: Spec) -> list[dict[str, str]]:
    return [
        {"destination": route["destination"], "nexthop": route["next_hop"]}
        for route in spec.get("host_routes") or ()
    ]

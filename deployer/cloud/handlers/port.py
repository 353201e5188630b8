from typing import Any

from openstack.network.v2 import port as sdk

from deployer.cloud.handlers.neutron import NeutronHandler
from deployer.domain.cloud import Spec
from designer.domain import resources


class PortHandler(NeutronHandler):
    """Reserved before its server, so that the address is known when user data is written."""

    kind, noun, plural = resources.PORT, "port", "ports"
    resource = sdk.Port

    def attributes(self, spec: Spec) -> dict[str, Any]:
        return {
            "network_id": spec["network"],
            "fixed_ips": [{"subnet_id": spec["subnet"]}],
            "security_group_ids": list(spec.get("security_groups") or ()),
            "allowed_address_pairs": [{"ip_address": one} for one in spec.get("allowed_addresses") or ()],
        }

    def observed(self, found: Any) -> dict[str, Any]:
        """`attached_to` is what uses the port, `owner` which service put it to use."""
        return {
            **super().observed(found),
            "network": found.network_id,
            "security_groups": list(found.security_group_ids or ()),
            "allowed_addresses": [pair["ip_address"] for pair in found.allowed_address_pairs or ()],
            "address": self.outputs(found).get("address"),
            "attached_to": found.device_id or "",
            "owner": found.device_owner or "",
        }

    def changes(self, spec: Spec, changed: frozenset[str]) -> dict[str, Any]:
        changes = super().changes(spec, changed)
        if "security_groups" in changed:
            changes["security_group_ids"] = list(spec.get("security_groups") or ())
        if "allowed_addresses" in changed:
            pairs = [{"ip_address": one} for one in spec.get("allowed_addresses") or ()]
            changes["allowed_address_pairs"] = pairs
        return changes

    def outputs(self, found: Any) -> dict[str, str]:
        addresses = [fixed["ip_address"] for fixed in found.fixed_ips or () if fixed.get("ip_address")]
        return {"id": found.id, **({"address": addresses[0]} if addresses else {})}

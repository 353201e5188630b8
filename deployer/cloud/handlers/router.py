from typing import Any

from deployer.cloud.handlers.neutron import NeutronHandler
from deployer.domain.cloud import Spec
from designer.domain import resources


class RouterHandler(NeutronHandler):
    kind, noun, plural = resources.ROUTER, "router", "routers"

    def attributes(self, spec: Spec) -> dict[str, Any]:
        return {"external_gateway_info": _gateway(spec)} if spec.get("external", True) else {}

    def observed(self, found: Any) -> dict[str, Any]:
        gateway = found.external_gateway_info or {}
        observed = {**super().observed(found), "external": bool(gateway)}
        if "enable_snat" in gateway:
            observed["enable_snat"] = bool(gateway["enable_snat"])
        return observed

    def changes(self, spec: Spec, changed: frozenset[str]) -> dict[str, Any]:
        changes = super().changes(spec, changed)
        if changed & {"external", "enable_snat"}:
            changes["external_gateway_info"] = _gateway(spec) if spec.get("external", True) else {}
        return changes


def _gateway(spec: Spec) -> dict[str, Any]:
    gateway: dict[str, Any] = {"network_id": spec["external_network_id"]}
    # Saying it needs an administrator under Neutron's default policy, so say only what differs.
    if spec.get("enable_snat", True) is False:
        gateway["enable_snat"] = False
    return gateway

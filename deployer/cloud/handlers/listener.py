from typing import Any

from deployer.cloud.handlers.octavia import OctaviaHandler, only_id
from deployer.domain.cloud import Spec
from designer.domain import resources


class ListenerHandler(OctaviaHandler):
    kind, noun, plural = resources.LISTENER, "listener", "listeners"

    def attributes(self, spec: Spec) -> dict[str, Any]:
        attributes = {"protocol": spec["protocol"], "protocol_port": spec["port"]}
        if spec.get("certificate"):
            attributes["default_tls_container_ref"] = spec["certificate"]
        return attributes

    def observed(self, found: Any) -> dict[str, Any]:
        return {
            **super().observed(found),
            "load_balancer": only_id(found.load_balancers),
            "protocol": found.protocol,
            "port": found.protocol_port,
            "certificate": found.default_tls_container_ref or "",
        }

    def belongs_to(self, spec: Spec) -> dict[str, Any]:
        return {"loadbalancer_id": spec["load_balancer"]}

    def changes(self, spec: Spec, changed: frozenset[str]) -> dict[str, Any]:
        changes = super().changes(spec, changed)
        if "certificate" in changed:
            changes["default_tls_container_ref"] = spec.get("certificate")
        return changes

from typing import Any

from deployer.cloud.handlers.octavia import OctaviaHandler
from deployer.domain.cloud import Spec
from designer.domain import resources


class ListenerHandler(OctaviaHandler):
    kind, noun, plural = resources.LISTENER, "listener", "listeners"

    def attributes(self, spec: Spec) -> dict[str, Any]:
        attributes = {"protocol": spec["protocol"], "protocol_port": spec["port"]}
        if spec.get("certificate"):
            attributes["default_tls_container_ref"] = spec["certificate"]
        return attributes

    def belongs_to(self, spec: Spec) -> dict[str, Any]:
        return {"loadbalancer_id": spec["load_balancer"]}

    def changes(self, spec: Spec, changed: frozenset[str]) -> dict[str, Any]:
        changes = super().changes(spec, changed)
        if "certificate" in changed:
            changes["default_tls_container_ref"] = spec.get("certificate")
        return changes

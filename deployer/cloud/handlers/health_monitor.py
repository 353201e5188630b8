from typing import Any

from openstack.connection import Connection

from deployer.cloud.handlers.octavia import OctaviaHandler, only_id
from deployer.domain.cloud import Live, Order, Spec
from designer.domain import resources

_SENT_AS = {
    "delay_seconds": "delay",
    "timeout_seconds": "timeout",
    "retries": "max_retries",
    "path": "url_path",
}


class HealthMonitorHandler(OctaviaHandler):
    kind, noun, plural = resources.HEALTH_MONITOR, "health_monitor", "health_monitors"

    def attributes(self, spec: Spec) -> dict[str, Any]:
        return {"type": spec["type"], **self._sent(spec, frozenset(_SENT_AS))}

    def observed(self, found: Any) -> dict[str, Any]:
        observed = {
            **super().observed(found),
            "pool": only_id(found.pools),
            "type": found.type,
            "delay_seconds": found.delay,
            "timeout_seconds": found.timeout,
            "retries": found.max_retries,
        }
        if str(found.type).startswith("HTTP"):
            observed["path"] = found.url_path
        return observed

    def find_made(self, conn: Connection, order: Order, heat_id: str) -> Live:
        """Heat cannot name it, so we do."""
        return self.update(conn, heat_id, order.spec, frozenset({"name"}))

    def belongs_to(self, spec: Spec) -> dict[str, Any]:
        return {"pool_id": spec["pool"]}

    def changes(self, spec: Spec, changed: frozenset[str]) -> dict[str, Any]:
        return super().changes(spec, changed) | self._sent(spec, changed)

    @staticmethod
    def _sent(spec: Spec, names: frozenset[str]) -> dict[str, Any]:
        """Octavia refuses a path for a monitor that speaks no HTTP."""
        return {
            sent: spec[name]
            for name, sent in _SENT_AS.items()
            if name in names
            and spec.get(name) is not None
            and (name != "path" or str(spec["type"]).startswith("HTTP"))
        }

from typing import Any

from deployer.cloud.handlers.octavia import OctaviaHandler, only_id
from deployer.domain.cloud import Spec
from designer.domain import resources


class PoolHandler(OctaviaHandler):
    kind, noun, plural = resources.POOL, "pool", "pools"

    def attributes(self, spec: Spec) -> dict[str, Any]:
        attributes = {"protocol": spec["protocol"], "lb_algorithm": _algorithm(spec)}
        if spec.get("session_persistence"):
            attributes["session_persistence"] = _persistence(spec["session_persistence"])
        return attributes

    def observed(self, found: Any) -> dict[str, Any]:
        persistence = found.session_persistence or {}
        return {
            **super().observed(found),
            "load_balancer": only_id(found.loadbalancers),
            "protocol": found.protocol,
            "algorithm": found.lb_algorithm,
            "session_persistence": {name: value for name, value in persistence.items() if value is not None},
        }

    def belongs_to(self, spec: Spec) -> dict[str, Any]:
        return {"listener_id": spec["listener"]}

    def changes(self, spec: Spec, changed: frozenset[str]) -> dict[str, Any]:
        changes = super().changes(spec, changed)
        if "algorithm" in changed:
            changes["lb_algorithm"] = _algorithm(spec)
        if "session_persistence" in changed:
            wanted = spec.get("session_persistence")
            changes["session_persistence"] = _persistence(wanted) if wanted else None
        return changes


def _algorithm(spec: Spec) -> str:
    return str(spec.get("algorithm") or "ROUND_ROBIN").upper()


def _persistence(wanted: Any) -> dict[str, Any]:
    return dict(wanted) if isinstance(wanted, dict) else {"type": str(wanted).upper()}

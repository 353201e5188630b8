"""A managed database (Trove). The SDK knows little of it, so its REST API is spoken directly."""

from collections.abc import Iterator
from typing import Any

from openstack import exceptions
from openstack.connection import Connection

from deployer.cloud.handlers.handler import Handler, named
from deployer.domain.cloud import Busy, Item, Live, LiveStatus, Order, Spec, Tag
from designer.domain import resources

_FAILED = frozenset({"ERROR", "FAILED"})
_STANDS = frozenset({"ACTIVE", "HEALTHY", "SHUTDOWN", "RESTART_REQUIRED"})
DEFAULT_NAME = "app"  # of the database and of the user in it


class DatabaseInstanceHandler(Handler):
    kind = resources.DATABASE_INSTANCE

    def items(self, conn: Connection) -> Iterator[Item]:
        for found in _ask(conn, "GET", "/instances")["instances"]:
            live = _live(found)
            tag = Tag.find_in(found["name"])
            yield Item(
                self.kind,
                found["id"],
                found["name"],
                tag,
                live.status,
                live.detail,
                observed=_observed(found),
            )

    def create(self, conn: Connection, order: Order) -> Live:
        spec = order.spec
        instance: dict[str, Any] = {
            "name": named(order),
            "flavorRef": spec["flavor_id"],
            "volume": {"size": int(spec["volume_gib"])},
            "datastore": {"type": spec["datastore"], "version": spec["datastore_version"]},
            "nics": [{"network_id": spec["network"], "subnet_id": spec["subnet"]}],
            "databases": [{"name": str(spec.get("database") or DEFAULT_NAME)}],
        }
        if spec.get("allowed_cidrs"):
            instance["access"] = {"is_public": False, "allowed_cidrs": list(spec["allowed_cidrs"])}
        if spec.get("password"):
            user = str(spec.get("user") or DEFAULT_NAME)
            instance["users"] = [
                {"name": user, "password": spec["password"], "host": "%", "databases": instance["databases"]}
            ]
        return _live(_ask(conn, "POST", "/instances", {"instance": instance})["instance"])

    def get(self, conn: Connection, cloud_id: str) -> Live:
        return _live(_ask(conn, "GET", f"/instances/{cloud_id}")["instance"])

    def update(self, conn: Connection, cloud_id: str, spec: Spec, changed: frozenset[str]) -> Live:
        """One change at a time is all that Trove takes; while another is to come, Busy asks to come back."""
        found = _ask(conn, "GET", f"/instances/{cloud_id}")["instance"]
        if found["status"] not in _STANDS | {"ACTIVE"}:
            raise Busy(f"The database is in {found['status']}.", retry_after=3)
        if "allowed_cidrs" in changed:
            access = {"is_public": False, "allowed_cidrs": list(spec.get("allowed_cidrs") or ())}
            if found.get("access", {}).get("allowed_cidrs", []) != access["allowed_cidrs"]:
                _ask(conn, "PUT", f"/instances/{cloud_id}", {"instance": {"access": access}})
                raise Busy("Its allowed addresses are being changed.", retry_after=1)
        grows = found["volume"]["size"] < int(spec["volume_gib"])
        if changed & {"size", "flavor"} and found["flavor"]["id"] != spec["flavor_id"]:
            _resize(conn, cloud_id, {"flavorRef": spec["flavor_id"]})
            if grows:
                raise Busy("It is being resized; its volume comes next.", retry_after=3)
        elif grows:
            _resize(conn, cloud_id, {"volume": {"size": int(spec["volume_gib"])}})
        return self.get(conn, cloud_id)

    def delete(self, conn: Connection, cloud_id: str) -> None:
        _ask(conn, "DELETE", f"/instances/{cloud_id}")


def _observed(found: dict[str, Any]) -> dict[str, Any]:
    observed: dict[str, Any] = {"flavor_id": found["flavor"]["id"], "volume_gib": found["volume"]["size"]}
    if "access" in found:  # Trove tells it from 2020 on
        observed["allowed_cidrs"] = list(found["access"].get("allowed_cidrs") or ())
    return observed


def _resize(conn: Connection, cloud_id: str, to: dict[str, Any]) -> None:
    _ask(conn, "POST", f"/instances/{cloud_id}/action", {"resize": to})


def _ask(conn: Connection, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
    answer = conn.database.request(path, method, json=body)
    exceptions.raise_from_response(answer)
    return answer.json() if answer.content else {}


def _live(found: dict[str, Any]) -> Live:
    status = LiveStatus.WORKING
    if found["status"] in _FAILED:
        status = LiveStatus.FAILED
    elif found["status"] in _STANDS:
        status = LiveStatus.ACTIVE
    fault = found.get("fault") or {}
    detail = str(fault.get("message") or found["status"]) if status == LiveStatus.FAILED else ""
    addresses = [one["address"] for one in found.get("addresses") or ()] or list(found.get("ip") or ())
    outputs = {"id": found["id"], **({"address": addresses[0]} if addresses else {})}
    return Live(found["id"], status, detail, outputs)

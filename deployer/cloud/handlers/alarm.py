"""An alarm on the load of servers (Aodh). The SDK knows nothing of it, so its REST API is spoken directly."""

import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from openstack import exceptions
from openstack.connection import Connection

from deployer.cloud.handlers.handler import Handler, described, human_name
from deployer.domain.cloud import Item, Live, LiveStatus, Order, Spec, Tag
from deployer.domain.measurements import measured
from designer.domain import resources

TYPE = "gnocchi_aggregation_by_resources_threshold"


class AlarmHandler(Handler):
    """Whether it has gone off is nothing that a deployment waits for."""

    kind = resources.ALARM

    def items(self, conn: Connection) -> Iterator[Item]:
        for found in _ask(conn, "GET", "/alarms"):
            tag = Tag.find_in(found["description"])
            yield Item(self.kind, found["alarm_id"], found["name"], tag, LiveStatus.ACTIVE)

    def create(self, conn: Connection, order: Order) -> Live:
        return _live(_ask(conn, "POST", "/alarms", _body(conn, order.spec, described(order.tag))))

    def get(self, conn: Connection, cloud_id: str) -> Live:
        return _live(_ask(conn, "GET", _path(cloud_id)))

    def update(self, conn: Connection, cloud_id: str, spec: Spec, changed: frozenset[str]) -> Live:
        """PUT says all of it anew, so what somebody added by hand, such as actions, is sent along."""
        found = _ask(conn, "GET", _path(cloud_id))
        body = {**found, **_body(conn, spec, found["description"])}
        return _live(_ask(conn, "PUT", _path(cloud_id), body))

    def delete(self, conn: Connection, cloud_id: str) -> None:
        _ask(conn, "DELETE", _path(cloud_id))


def _body(conn: Connection, spec: Spec, description: str) -> dict[str, Any]:
    vcpus, ram_mib = _smallest(conn, spec)
    rule = measured(
        spec["metric"],
        spec["threshold"],
        period_seconds=spec["granularity_seconds"],
        eval_periods=spec["eval_periods"],
        vcpus=vcpus,
        ram_mib=ram_mib,
    )
    watched: list[dict[str, Any]] = [{"=": {"server_group": group}} for group in spec["groups"]]
    if spec["servers"]:
        watched.append({"in": {"id": list(spec["servers"])}})
    query = {"and": [{"or": watched}, {"=": {"ended_at": None}}]}
    return {
        "name": human_name(spec),
        "description": description,
        "type": TYPE,
        f"{TYPE}_rule": {**rule, "comparison_operator": spec["comparison"], "query": json.dumps(query)},
    }


def _smallest(conn: Connection, spec: Spec) -> tuple[int, int]:
    """vCPUs and MiB of the smallest server that it watches: figures are compared with a share of these."""
    sizes = []
    for server_id in spec["servers"]:
        flavor = conn.compute.get_server(server_id).flavor
        if flavor.vcpus is None:  # old Nova tells its id only
            flavor = conn.compute.get_flavor(flavor.id)
        sizes.append((int(flavor.vcpus), int(flavor.ram)))
    for group in spec["groups"]:
        outputs = conn.orchestration.get_stack(group).outputs or ()
        told = {one["output_key"]: one["output_value"] for one in outputs}
        sizes.append((int(told["vcpus"]), int(told["ram_mib"])))
    return min(sizes)


def _path(cloud_id: str) -> str:
    return f"/alarms/{UUID(cloud_id)}"


def _ask(conn: Connection, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
    answer = conn.alarm.request(path, method, json=body)
    exceptions.raise_from_response(answer)
    return answer.json() if answer.content else {}


def _live(found: dict[str, Any]) -> Live:
    return Live(found["alarm_id"], LiveStatus.ACTIVE, outputs={"id": found["alarm_id"]})

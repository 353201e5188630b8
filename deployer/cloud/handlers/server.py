import base64
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from openstack.connection import Connection
from openstack.exceptions import BadRequestException, ConflictException

from deployer.cloud.handlers.handler import Handler, human_name, read_status
from deployer.domain.cloud import Item, Live, LiveStatus, NotFound, Order, Spec, Tag
from designer.domain import resources

METADATA_KEY = "stackdraft"  # Nova's own tags end at 60 characters; a metadata value may have 255
_WORKING = frozenset({"BUILD", "REBUILD", "RESIZE", "VERIFY_RESIZE", "MIGRATING", "REVERT_RESIZE"})


class ServerHandler(Handler):
    kind = resources.SERVER

    def items(self, conn: Connection) -> Iterator[Item]:
        for server in conn.compute.servers(details=True):
            tag = Tag.find_in((server.metadata or {}).get(METADATA_KEY))
            live = _live(server)
            yield Item(
                self.kind, server.id, server.name, tag, live.status, live.detail, observed=_observed(server)
            )

    def create(self, conn: Connection, order: Order) -> Live:
        spec = order.spec
        attributes: dict[str, Any] = {
            "name": human_name(spec),
            "flavor_id": spec["flavor_id"],
            "networks": [{"port": port} for port in spec.get("ports") or ()],
            "metadata": {METADATA_KEY: str(order.tag)},
        }
        if spec.get("boot_volume"):
            attributes["block_device_mapping"] = [
                {
                    "uuid": spec["boot_volume"],
                    "source_type": "volume",
                    "destination_type": "volume",
                    "boot_index": 0,
                    "delete_on_termination": False,
                }
            ]
        else:
            attributes["image_id"] = spec["image_id"]
        if spec.get("user_data"):
            attributes["user_data"] = base64.b64encode(str(spec["user_data"]).encode()).decode()
        if spec.get("zone"):
            attributes["availability_zone"] = spec["zone"]
        if spec.get("key_pair"):
            attributes["key_name"] = spec["key_pair"]
        if spec.get("server_group"):
            attributes["scheduler_hints"] = {"group": spec["server_group"]}
        created = conn.compute.create_server(**attributes)
        return Live(created.id, LiveStatus.WORKING, outputs={"id": created.id})

    def get(self, conn: Connection, cloud_id: str) -> Live:
        server = conn.compute.get_server(cloud_id)
        if server.status == "DELETED":
            raise NotFound("The server has been deleted.")
        if server.status == "VERIFY_RESIZE":
            # Nova keeps the old disk until somebody says that the new size works.
            # An earlier look may have said so already: then it is being done, or has just been.
            with suppress(ConflictException, BadRequestException):
                conn.compute.confirm_server_resize(server)
        return _live(server)

    def being_made(self, conn: Connection) -> Iterator[str]:
        """Without details Nova asks nobody else."""
        for server in conn.compute.servers(details=False, status="BUILD"):
            yield str(server.id)

    def update(self, conn: Connection, cloud_id: str, spec: Spec, changed: frozenset[str]) -> Live:
        server = conn.compute.get_server(cloud_id)
        if "name" in changed and server.name != human_name(spec):
            conn.compute.update_server(server, name=human_name(spec))
        if changed & {"size", "flavor"} and not _has_flavor(server, spec):
            conn.compute.resize_server(server, spec["flavor_id"])
            return Live(cloud_id, LiveStatus.WORKING, outputs={"id": cloud_id})
        if "power_on" in changed and server.status == "SHUTOFF":
            conn.compute.start_server(server)
        if "power_off" in changed and server.status == "ACTIVE":
            conn.compute.stop_server(server)
        if "ports" in changed:
            _connect(conn, server, spec)
        return self.get(conn, cloud_id)

    def delete(self, conn: Connection, cloud_id: str) -> None:
        conn.compute.delete_server(cloud_id, ignore_missing=False)


def _connect(conn: Connection, server: Any, spec: Spec) -> None:
    """Plug in again what somebody unplugged."""
    plugged = {one.port_id for one in conn.compute.server_interfaces(server)}
    for port in spec.get("ports") or ():
        if port not in plugged:
            conn.compute.create_server_interface(server, port_id=port)


def _has_flavor(server: Any, spec: Spec) -> bool:
    """New Nova embeds the flavor's name, old Nova its id."""
    flavor = server.flavor
    return spec["flavor_name"] == getattr(flavor, "original_name", None) or spec["flavor_id"] == flavor.id


_POWER = {"ACTIVE": "running", "SHUTOFF": "stopped"}


def _observed(server: Any) -> dict[str, Any]:
    """Old Nova tells only its flavor's id."""
    observed: dict[str, Any] = {
        "name": server.name,
        "power": _POWER.get(server.status, str(server.status).lower()),
        "image_id": (server.image or {}).get("id") or "",
        "zone": server.availability_zone or "",
    }
    flavor = server.flavor
    if name := getattr(flavor, "original_name", None):
        observed["flavor"] = name
        observed["size"] = {
            "vcpus": flavor.vcpus,
            "ram_gib": flavor.ram / 1024,
            "disk_gib": flavor.disk,
        }
    elif flavor.id:
        observed["flavor_id"] = flavor.id
    return observed


def _live(server: Any) -> Live:
    status = read_status(server.status, working=_WORKING)
    if server.task_state == "deleting":
        status = LiveStatus.WORKING
    fault = getattr(server, "fault", None) or {}
    detail = str(fault.get("message", "")) if status == LiveStatus.FAILED else ""
    outputs = {"id": server.id}
    for addresses in (server.addresses or {}).values():
        fixed = [one["addr"] for one in addresses if one.get("OS-EXT-IPS:type", "fixed") == "fixed"]
        if fixed:
            outputs.setdefault("address", fixed[0])
    return Live(server.id, status, detail or ("" if status != LiveStatus.FAILED else server.status), outputs)

"""A machine image that the cloud fetches from an address by itself (Glance's web-download)."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlsplit

from openstack import exceptions
from openstack.connection import Connection

from deployer.cloud.handlers.handler import Handler
from deployer.cloud.handlers.server import METADATA_KEY
from deployer.domain.cloud import Item, Live, LiveStatus, Order, Spec, Tag
from designer.domain import resources

WEB_DOWNLOAD = "web-download"
# By what the address ends with; most clouds' images are qcow2, whatever they are called.
_FORMATS = {"raw": "raw", "iso": "iso", "vmdk": "vmdk", "vhd": "vhd", "vhdx": "vhdx", "vdi": "vdi"}
_STATUS = {"active": LiveStatus.ACTIVE, "killed": LiveStatus.FAILED, "deactivated": LiveStatus.FAILED}


class ImageHandler(Handler):
    kind = resources.IMAGE

    def items(self, conn: Connection) -> Iterator[Item]:
        for image in conn.image.images(owner=conn.current_project_id):
            tag = Tag.find_in((image.properties or {}).get(METADATA_KEY))
            status = _STATUS.get(image.status, LiveStatus.WORKING)
            yield Item(self.kind, image.id, image.name or image.id, tag, status)

    def create(self, conn: Connection, order: Order) -> Live:
        spec = order.spec
        body = {
            "name": spec["image_name"],
            "disk_format": _format(spec["url"]),
            "container_format": "bare",
            "visibility": "private",
            "os_distro": spec["os"],
            "os_version": spec["version"],
            METADATA_KEY: str(order.tag),
        }
        image = _ask(conn, "POST", "/images", body)
        method = {"method": {"name": WEB_DOWNLOAD, "uri": spec["url"]}}
        _ask(conn, "POST", f"{_path(image['id'])}/import", method)
        return Live(image["id"], LiveStatus.WORKING, outputs={"id": image["id"]})

    def get(self, conn: Connection, cloud_id: str) -> Live:
        image = _ask(conn, "GET", _path(cloud_id))
        outputs = {"id": image["id"]}
        if image["status"] == "queued":  # fetching has not begun, or is over and brought nothing
            failure = _failure(_ask(conn, "GET", f"{_path(cloud_id)}/tasks")["tasks"])
            status = LiveStatus.FAILED if failure else LiveStatus.WORKING
            return Live(image["id"], status, failure, outputs)
        status = _STATUS.get(image["status"], LiveStatus.WORKING)
        detail = f"The image is {image['status']}." if status == LiveStatus.FAILED else ""
        return Live(image["id"], status, detail, outputs)

    def update(self, conn: Connection, cloud_id: str, spec: Spec, changed: frozenset[str]) -> Live:
        return self.get(conn, cloud_id)

    def delete(self, conn: Connection, cloud_id: str) -> None:
        _ask(conn, "DELETE", _path(cloud_id))


def _failure(tasks: list[dict[str, Any]]) -> str:
    """Why nothing will come of it; nothing was asked for when we were interrupted between two calls."""
    if not tasks:
        return "Nobody has asked the cloud to fetch it."
    last = max(tasks, key=lambda task: str(task["created_at"]))
    if last["status"] != "failure":
        return ""
    return str(last.get("message") or "The cloud could not fetch it.")


def _format(url: str) -> str:
    return _FORMATS.get(urlsplit(url).path.rpartition(".")[2].lower(), "qcow2")


def _path(cloud_id: str) -> str:
    return f"/images/{quote(cloud_id, safe='')}"


def _ask(conn: Connection, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
    answer = conn.image.request(path, method, json=body)
    exceptions.raise_from_response(answer)
    return answer.json() if answer.content else {}

"""What is asked of servers and volumes that run already: power, reboots, snapshots."""

from datetime import datetime
from typing import Any

from openstack.connection import Connection

from deployer.domain.cloud import Live, LiveStatus, NotFound
from deployer.domain.operations import Look, Verb
from designer.domain import resources

# Not the tag of resources: a snapshot outlives what it was made of, and no plan removes it as a stray.
MARK = "stackdraft_snapshot"
_POWER = {"ACTIVE": "running", "SHUTOFF": "stopped"}
_AT_WORK = frozenset({"REBOOT", "HARD_REBOOT", "BUILD", "RESIZE", "VERIFY_RESIZE", "REBUILD", "MIGRATING"})


def look_at(conn: Connection, server_id: str, verb: Verb, since: datetime | None) -> Look:
    """`since`: when it may have been asked before; Nova keeps a list of what it was asked."""
    server = conn.compute.get_server(server_id)
    if server.status == "DELETED":
        raise NotFound("The server has been deleted.")
    working = bool(server.task_state) or server.status in _AT_WORK
    asked = since is not None and verb in (Verb.REBOOT, Verb.HARD_REBOOT) and not working
    heard = asked and any(
        one.action == "reboot" and _time(one.start_time) >= since.replace(microsecond=0)  # type: ignore[union-attr]
        for one in conn.compute.server_actions(server_id)
    )
    return Look(_POWER.get(server.status, str(server.status).lower()), working, heard)


def ask(conn: Connection, server_id: str, verb: Verb) -> None:
    if verb == Verb.STOP:
        conn.compute.stop_server(server_id)
    elif verb == Verb.START:
        conn.compute.start_server(server_id)
    else:
        conn.compute.reboot_server(server_id, "HARD" if verb == Verb.HARD_REBOOT else "SOFT")


def snapshot(conn: Connection, kind: str, cloud_id: str, name: str, mark: str) -> Live:
    if kind == resources.SERVER:
        image = conn.compute.create_server_image(cloud_id, name, metadata={MARK: mark}, wait=False)
        return Live(image.id, LiveStatus.WORKING)
    # A volume in use can be copied as well; what its server has not written yet is not in it.
    made = conn.block_storage.create_snapshot(
        volume_id=cloud_id, name=name, metadata={MARK: mark}, force=True
    )
    return _live(made, made.size)


def find_snapshot(conn: Connection, kind: str, mark: str) -> Live | None:
    """What an earlier try made, if it did."""
    if kind == resources.SERVER:
        for image in conn.image.images(visibility="private"):
            if (image.properties or {}).get(MARK) == mark:
                return _live(image, _gib(image))
        return None
    for one in conn.block_storage.snapshots(details=True):
        if (one.metadata or {}).get(MARK) == mark:
            return _live(one, one.size)
    return None


def get_snapshot(conn: Connection, kind: str, cloud_id: str) -> Live:
    if kind == resources.SERVER:
        image = conn.image.get_image(cloud_id)
        return _live(image, _gib(image))
    found = conn.block_storage.get_snapshot(cloud_id)
    return _live(found, found.size)


def delete_snapshot(conn: Connection, kind: str, cloud_id: str) -> None:
    if kind == resources.SERVER:
        conn.image.delete_image(cloud_id, ignore_missing=False)
    else:
        conn.block_storage.delete_snapshot(cloud_id, ignore_missing=False)


def _live(found: Any, size_gib: int | None) -> Live:
    word = str(found.status or "").lower()
    if word in ("active", "available"):
        status = LiveStatus.ACTIVE
    elif word in ("error", "killed", "deleted"):
        status = LiveStatus.FAILED
    else:
        status = LiveStatus.WORKING
    detail = f"The snapshot is in {found.status}." if status == LiveStatus.FAILED else ""
    return Live(found.id, status, detail, {"size_gib": str(size_gib)} if size_gib else {})


def _gib(image: Any) -> int | None:
    """Rounded up: 1 byte of a GiB is charged as one."""
    return -(-int(image.size) // 2**30) if image.size else None


def _time(text: str) -> datetime:
    moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return moment if moment.tzinfo else datetime.fromisoformat(text + "+00:00")

"""A shared file system (Manila) that its subnet may mount.

The share's metadata carry the tag, and the range of the subnet: the rule that lets it in can be made only
when the share stands, so a look makes it. Where the cloud's type of share runs a server of its own for it,
the share has a share network, which is made before it and removed after it.
"""

from collections.abc import Iterator
from typing import Any

from openstack import exceptions
from openstack.connection import Connection

from deployer.cloud.handlers.handler import Handler, described, human_name
from deployer.cloud.handlers.server import METADATA_KEY
from deployer.domain.cloud import Item, Live, LiveStatus, NotFound, Order, Spec, Tag
from designer.domain import resources

LET_IN_KEY = "stackdraft_let_in"
READ_AND_WRITE = "rw"


class FileShareHandler(Handler):
    """Its id is `<share id>`, or `<share id>/<share network id>` where it has one."""

    kind = resources.FILE_SHARE

    def items(self, conn: Connection) -> Iterator[Item]:
        used = set()
        for share in conn.shared_file_system.shares(details=True):
            used.add(share.share_network_id)
            tag = Tag.find_in((share.metadata or {}).get(METADATA_KEY))
            observed = {"size_gb": share.size}
            status = _status(share)
            yield Item(self.kind, _cloud_id(share), share.name or share.id, tag, status, observed=observed)
        for network in conn.shared_file_system.share_networks(details=True):
            tag = Tag.find_in(network.description)
            if tag and network.id not in used:  # we were interrupted before the share was asked for
                yield Item(self.kind, f"/{network.id}", network.name, tag, LiveStatus.FAILED)

    def create(self, conn: Connection, order: Order) -> Live:
        spec = order.spec
        attributes: dict[str, Any] = {
            "name": human_name(spec),
            "description": described(order.tag),
            "size": int(spec["size_gb"]),
            "share_protocol": spec["protocol"],
            "metadata": {
                METADATA_KEY: str(order.tag),
                LET_IN_KEY: conn.network.get_subnet(spec["subnet"]).cidr,
            },
        }
        if _wants_network(conn):
            network = conn.shared_file_system.create_share_network(
                name=human_name(spec),
                description=described(order.tag),
                neutron_net_id=spec["network"],
                neutron_subnet_id=spec["subnet"],
            )
            attributes["share_network_id"] = network.id
        share = conn.shared_file_system.create_share(**attributes)
        return Live(_cloud_id(share), LiveStatus.WORKING, outputs={"id": share.id})

    def get(self, conn: Connection, cloud_id: str) -> Live:
        share_id, _, network_id = cloud_id.partition("/")
        if not share_id:
            conn.shared_file_system.get_share_network(network_id)
            return Live(cloud_id, LiveStatus.FAILED, "The share itself was never made.")
        try:
            share = conn.shared_file_system.get_share(share_id)
        except exceptions.NotFoundException:
            if network_id:
                conn.shared_file_system.delete_share_network(network_id, ignore_missing=True)
            raise NotFound("The share is gone.") from None
        status = _status(share)
        if status == LiveStatus.ACTIVE:
            status = _let_in(conn, share)
        detail = f"The share is in {share.status}." if status == LiveStatus.FAILED else ""
        return Live(cloud_id, status, detail, {"id": share.id, **_path(conn, share, status)})

    def update(self, conn: Connection, cloud_id: str, spec: Spec, changed: frozenset[str]) -> Live:
        share_id = cloud_id.partition("/")[0]
        share = conn.shared_file_system.get_share(share_id)
        if "name" in changed:
            conn.shared_file_system.update_share(share_id, display_name=human_name(spec))
        if share.size != int(spec["size_gb"]):
            conn.shared_file_system.resize_share(share_id, int(spec["size_gb"]), no_shrink=True)
        return self.get(conn, cloud_id)

    def delete(self, conn: Connection, cloud_id: str) -> None:
        share_id, _, network_id = cloud_id.partition("/")
        if share_id:
            conn.shared_file_system.delete_share(share_id, ignore_missing=False)
        else:
            conn.shared_file_system.delete_share_network(network_id, ignore_missing=False)


def _wants_network(conn: Connection) -> bool:
    """Whether the cloud's default type of share stands in a network of its user."""
    answer = conn.shared_file_system.get("/types/default")
    if answer.status_code == 404:  # no default: the cloud then has but one way, the simple one
        return False
    exceptions.raise_from_response(answer)
    extras = answer.json()["share_type"]["extra_specs"]
    return str(extras.get("driver_handles_share_servers", "")).lower() == "true"


def _let_in(conn: Connection, share: Any) -> LiveStatus:
    """Active once the range of the design may mount it."""
    wanted = (share.metadata or {}).get(LET_IN_KEY)
    if not wanted:
        return LiveStatus.ACTIVE
    for rule in conn.shared_file_system.access_rules(share):
        if rule.access_to == wanted:
            return LiveStatus.ACTIVE if rule.state == "active" else LiveStatus.WORKING
    conn.shared_file_system.create_access_rule(
        share.id, access_type="ip", access_to=wanted, access_level=READ_AND_WRITE
    )
    return LiveStatus.WORKING


def _path(conn: Connection, share: Any, status: LiveStatus) -> dict[str, str]:
    if status != LiveStatus.ACTIVE:
        return {}
    found = [one.path for one in conn.shared_file_system.export_locations(share.id)]
    return {"path": found[0]} if found else {}


def _cloud_id(share: Any) -> str:
    return f"{share.id}/{share.share_network_id}" if share.share_network_id else str(share.id)


def _status(share: Any) -> LiveStatus:
    word = str(share.status or "")
    if "error" in word:
        return LiveStatus.FAILED
    return LiveStatus.ACTIVE if word in ("available", "inactive") else LiveStatus.WORKING

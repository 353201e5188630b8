"""What a record lets us expect of a cloud's own account of a resource, and where the two differ.

Both sides speak the design's words (Item.observed). Only what both of them tell is compared.
"""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from deployer.domain.cloud import Flavor, Item, LiveStatus
from deployer.domain.kinds import facts_of
from deployer.domain.plan import Recorded
from deployer.domain.resolving import OutputMissing, Outputs, resolve
from designer.domain import resources as kind
from designer.domain.resources import from_json

RUNNING, STOPPED = "running", "stopped"
POWER = "power"

Properties = Mapping[str, Any]


@dataclass(frozen=True)
class Change:
    """One property that is not as recorded."""

    attribute: str
    recorded: Any
    live: Any


def changes_of(recorded: Recorded, outputs: Outputs, item: Item) -> list[Change]:
    """In what the cloud's account differs from the record. What is being worked on is not judged."""
    if item.status == LiveStatus.WORKING:
        return []
    expected = expected_of(recorded, outputs)
    changes = []
    for name, wanted in expected.items():
        if name not in item.observed or name in facts_of(recorded.kind).unseen:
            continue
        if not alike(name, wanted, item.observed[name]):
            changes.append(Change(name, wanted, item.observed[name]))
    return changes


def alike(name: str, left: Any, right: Any) -> bool:
    """Whether two values of a property mean the same."""
    shape = _SHAPES.get(name, _plain)
    return bool(shape(left) == shape(right))


def expected_of(recorded: Recorded, outputs: Outputs) -> dict[str, Any]:
    """What the cloud should say of it, as far as we know: by the names of Item.observed."""
    said = {}
    for name in (*_EXPECTED.get(recorded.kind, ()), "name"):
        if name in recorded.properties:
            with suppress(OutputMissing):  # what it refers to is itself missing, and told as such
                said[name] = resolve(from_json(recorded.properties[name]), outputs)
    matched = recorded.matched
    if recorded.kind == kind.SERVER:
        said[POWER] = recorded.power or RUNNING
        said |= {name: matched[at] for name, at in _OF_SERVERS.items() if matched.get(at)}
        if recorded.properties.get("boot_volume"):
            said.pop("image_id", None)  # Nova names no image of a server that starts from a volume
    elif recorded.kind == kind.DATABASE_INSTANCE and matched.get("flavor_name"):
        said["flavor"] = matched["flavor_name"]
    elif recorded.kind == kind.VOLUME and matched.get("volume_type"):
        said["volume_type"] = matched["volume_type"]
    elif recorded.kind == kind.FLOATING_IP:
        bound_to = [name for name in ("port", "load_balancer") if recorded.properties.get(name)]
        if not bound_to:
            said["port"] = ""
        elif bound_to[0] in said:
            said["port"] = said[bound_to[0]]
    elif recorded.kind == kind.MEMBER:
        said["enabled"] = True
    if recorded.kind in _ADDRESSED and (address := outputs.get(recorded.key, {}).get("address")):
        said["address"] = address
    return said


def with_flavor_named(item: Item, flavors: Iterable[Flavor]) -> Item:
    """Some services tell a flavor's id alone; `flavors` are those of the item's region."""
    told = item.observed.get("flavor_id")
    flavor = next((one for one in flavors if one.id == told), None) if told else None
    if flavor is None:
        return item
    size = {"vcpus": flavor.vcpus, "ram_gib": flavor.ram_mib / 1024, "disk_gib": flavor.disk_gib}
    return replace(item, observed={**item.observed, "flavor": flavor.name, "size": size})


# What of a kind's properties a cloud tells, and what could have been changed there.
_EXPECTED: Mapping[str, tuple[str, ...]] = {
    kind.SUBNET: ("dhcp", "dns_nameservers", "host_routes"),
    kind.ROUTER: ("external", "enable_snat"),
    kind.PORT: ("security_groups", "allowed_addresses"),
    kind.FLOATING_IP: ("port", "load_balancer"),
    kind.VOLUME: ("size_gib",),
    kind.LISTENER: ("certificate",),
    kind.POOL: ("algorithm", "session_persistence"),
    kind.HEALTH_MONITOR: ("delay_seconds", "timeout_seconds", "retries", "path"),
    kind.OBJECT_CONTAINER: ("public_read",),
    kind.DATABASE_INSTANCE: ("volume_gib", "allowed_cidrs"),
    kind.DNS_ZONE: ("ttl_seconds", "email"),
    kind.DNS_RECORD: ("records", "ttl_seconds"),
    kind.VPN_IKE_POLICY: ("ike_version", "encryption"),
    kind.VPN_IPSEC_POLICY: ("encryption",),
    kind.VPN_ENDPOINT_GROUP: ("endpoints",),
    kind.VPN_CONNECTION: ("peer_address", "dpd"),
    kind.FILE_SHARE: ("size_gb",),
}
_OF_SERVERS = {"flavor": "flavor_name", "image_id": "image_id", "zone": "zone"}
_ADDRESSED = frozenset({kind.PORT, kind.FLOATING_IP, kind.LOAD_BALANCER})


def _plain(value: Any) -> Any:
    """Nothing said, an empty list and an empty text are the same."""
    return value or None if isinstance(value, (str, list, tuple, dict)) else value


def _name(value: Any) -> Any:
    return str(value or "")[:200]


def _unordered(value: Any) -> Any:
    return sorted(str(one) for one in value or ()) or None


def _upper(value: Any) -> Any:
    return str(value or "ROUND_ROBIN").upper()


def _flag(value: Any) -> Any:
    return bool(value)


def _whole(value: Any) -> Any:
    return None if value is None else int(value)


def _persistence(value: Any) -> Any:
    wanted = dict(value) if isinstance(value, Mapping) else {"type": str(value).upper()} if value else {}
    return {name: one for name, one in wanted.items() if one is not None} or None


# How two values of a property are made comparable; the others are compared as they are.
_SHAPES: Mapping[str, Callable[[Any], Any]] = {
    "name": _name,
    "security_groups": _unordered,
    "allowed_addresses": _unordered,
    "allowed_cidrs": _unordered,
    "host_routes": _unordered,
    "records": _unordered,
    "endpoints": _unordered,
    "ttl_seconds": _whole,
    "size_gb": _whole,
    "algorithm": _upper,
    "session_persistence": _persistence,
    "public_read": _flag,
    "external": _flag,
    "enable_snat": _flag,
    "dhcp": _flag,
    "size_gib": _whole,
    "volume_gib": _whole,
    "delay_seconds": _whole,
    "timeout_seconds": _whole,
    "retries": _whole,
}

"""The resource graph: what will exist in a cloud. Quotes, plans, firewall and exports are read off it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import NoneType
from typing import Any

NETWORK = "network"
SUBNET = "subnet"
ROUTER = "router"
ROUTER_INTERFACE = "router_interface"
ROUTER_ROUTE = "router_route"
PORT = "port"
SECURITY_GROUP = "security_group"
SECURITY_GROUP_RULE = "security_group_rule"
SERVER_GROUP = "server_group"
SERVER = "server"
SCALING_GROUP = "scaling_group"  # a small stack: the group, its two policies and their alarms
VOLUME = "volume"
VOLUME_ATTACHMENT = "volume_attachment"
FLOATING_IP = "floating_ip"
LOAD_BALANCER = "load_balancer"
LISTENER = "listener"
POOL = "pool"
MEMBER = "member"
HEALTH_MONITOR = "health_monitor"
OBJECT_CONTAINER = "object_container"
DATABASE_INSTANCE = "database_instance"
DNS_ZONE = "dns_zone"
DNS_RECORD = "dns_record"
VPN_SERVICE = "vpn_service"
VPN_IKE_POLICY = "vpn_ike_policy"
VPN_IPSEC_POLICY = "vpn_ipsec_policy"
VPN_ENDPOINT_GROUP = "vpn_endpoint_group"
VPN_CONNECTION = "vpn_connection"
ALARM = "alarm"
IMAGE = "image"
FILE_SHARE = "file_share"
KEY_PAIR = "key_pair"
SECRET = "secret"  # noqa: S105  a kind, not a secret: a certificate kept in the cloud's key manager
PASSWORD = "password"  # noqa: S105  made by us when deploying, kept encrypted, no cloud object
EXTERNAL = "external"  # what no cloud creates: priced, and arranged by hand


@dataclass(frozen=True)
class Ref:
    """An output of another resource, known once that one exists: `id`, `address`, `value`, ..."""

    key: str
    output: str = "id"


@dataclass(frozen=True)
class Join:
    """Text with outputs of other resources in it, such as user data that names a port's address."""

    parts: tuple["str | Ref", ...]


@dataclass(frozen=True)
class Resource:
    """One API object to be. `key` is stable across edits and unique in the design: `web/server[0]`.

    `properties` hold final values, `Ref` or `Join`. `needs` are the keys that must exist first; every key
    that a Ref in the properties names is among them. `note` says to people what is special about it.
    """

    key: str
    kind: str
    component: str
    properties: Mapping[str, Any] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    region: str = ""
    note: str = ""

    @property
    def index(self) -> int:
        """The number in the brackets, 0 where there is none or it is no number."""
        inside = self.key.rpartition("[")[2].rstrip("]")
        return int(inside) if self.key.endswith("]") and inside.isdigit() else 0


class DependencyCycle(ValueError):
    def __init__(self, keys: Sequence[str]) -> None:
        self.keys = tuple(keys)
        super().__init__(f"These resources wait for each other: {', '.join(keys)}.")


@dataclass(frozen=True)
class ResourceGraph:
    """Resources by key, in an order in which they can be created."""

    resources: Mapping[str, Resource]

    @classmethod
    def build(cls, resources: Sequence[Resource]) -> "ResourceGraph":
        """Add to `needs` what the properties refer to, and sort.

        Raises: ValueError on a repeated key or an unknown need, DependencyCycle when there is no order.
        """
        by_key: dict[str, Resource] = {}
        for resource in resources:
            if resource.key in by_key:
                raise ValueError(f"Two resources are called {resource.key}.")
            referred = {ref.key for ref in references(resource.properties)}
            by_key[resource.key] = replace(resource, needs=tuple(sorted(referred | set(resource.needs))))
        for resource in by_key.values():
            if unknown := [need for need in resource.needs if need not in by_key]:
                raise ValueError(f"{resource.key} needs {', '.join(unknown)}, which nobody makes.")
        return cls({key: by_key[key] for key in _creation_order(by_key)})

    def __iter__(self) -> Iterator[Resource]:
        return iter(self.resources.values())

    def __len__(self) -> int:
        return len(self.resources)

    def __getitem__(self, key: str) -> Resource:
        return self.resources[key]

    def of_kind(self, *kinds: str) -> Iterator[Resource]:
        return (resource for resource in self if resource.kind in kinds)

    def of_component(self, component_id: str) -> Iterator[Resource]:
        return (resource for resource in self if resource.component == component_id)


def references(value: Any) -> Iterator[Ref]:
    """Every Ref inside a property value, however deep."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, (str, int, float, NoneType)):
            continue  # most of what there is, and this runs for every value of a large design
        if isinstance(one, Ref):
            yield one
        elif isinstance(one, Join):
            waiting.extend(one.parts)
        elif isinstance(one, Mapping):
            waiting.extend(one.values())
        elif isinstance(one, (list, tuple)):
            waiting.extend(one)


def _creation_order(by_key: Mapping[str, Resource]) -> list[str]:
    """Needs first; otherwise the order of the input, so that the same design always sorts the same way."""
    order: list[str] = []
    waiting = {key: set(resource.needs) for key, resource in by_key.items()}
    needed_by: dict[str, list[str]] = {key: [] for key in by_key}
    for key, needs in waiting.items():
        for need in needs:
            needed_by[need].append(key)
    ready = [key for key, needs in waiting.items() if not needs]
    while ready:
        following: list[str] = []
        for key in ready:
            order.append(key)
            for dependent in needed_by[key]:
                waiting[dependent].discard(key)
                if not waiting[dependent]:
                    following.append(dependent)
        ready = following
    if len(order) < len(by_key):
        placed = set(order)
        raise DependencyCycle([key for key in by_key if key not in placed])
    return order


def to_json(value: Any) -> Any:
    """Properties, resources and graphs as JSON values; Ref becomes {"ref": key, "output": name}."""
    if isinstance(value, Ref):
        return {"ref": value.key, "output": value.output}
    if isinstance(value, Join):
        return {"join": [to_json(part) for part in value.parts]}
    if isinstance(value, Resource):
        return {
            "key": value.key,
            "kind": value.kind,
            "component": value.component,
            "needs": list(value.needs),
            "properties": to_json(value.properties),
            "region": value.region,
            "note": value.note,
        }
    if isinstance(value, ResourceGraph):
        return [to_json(resource) for resource in value]
    if isinstance(value, Mapping):
        return {key: to_json(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [to_json(item) for item in value]
    return value


def from_json(value: Any) -> Any:
    """The inverse of to_json for property values: a recorded plan step is read back with this."""
    if isinstance(value, dict):
        if value.keys() == {"ref", "output"}:
            return Ref(value["ref"], value["output"])
        if value.keys() == {"join"}:
            return Join(tuple(from_json(part) for part in value["join"]))
        return {key: from_json(item) for key, item in value.items()}
    if isinstance(value, list):
        return [from_json(item) for item in value]
    return value

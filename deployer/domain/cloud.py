"""What deployments ask of a cloud, in words that any OpenStack client or a fake can answer."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from deployer.domain.kinds import LOAD_BALANCER_PARTS
from deployer.domain.operations import Look, Verb
from designer.domain.resources import LOAD_BALANCER

Spec = Mapping[str, Any]


class LiveStatus(StrEnum):
    ACTIVE = "active"
    WORKING = "working"
    FAILED = "failed"


@dataclass(frozen=True)
class Tag:
    """Names the step that made a resource; it is on the resource before we have a record of it."""

    deployment: str
    key: str

    PREFIX = "stackdraft"

    def __str__(self) -> str:
        return f"{self.PREFIX}:{self.deployment}:{self.key}"

    def part(self, name: str) -> "Tag":
        """For what the cloud itself makes of the resource, such as a scaling group's members."""
        return Tag(self.deployment, f"{self.key}+{name}")

    @property
    def whole(self) -> "Tag | None":
        """The tag of the resource that it is a part of; None for what is a resource itself."""
        key, plus, _ = self.key.partition("+")
        return Tag(self.deployment, key) if plus else None

    @classmethod
    def find_in(cls, text: str | None) -> "Tag | None":
        """The tag among the words of a name or description."""
        for word in (text or "").split():
            prefix, _, rest = word.partition(":")
            deployment, colon, key = rest.partition(":")
            if prefix == cls.PREFIX and deployment and colon and key:
                return cls(deployment, key)
        return None


@dataclass(frozen=True)
class Order:
    """One resource to make. `spec` holds final values.

    `parts` are what the cloud can make in the same call, as Octavia makes a load balancer's children; in
    their specs, a Ref to another part or to the whole is left in place.
    """

    kind: str
    tag: Tag
    spec: Spec
    parts: tuple["Order", ...] = ()


@dataclass(frozen=True)
class Live:
    """What the cloud answers about one resource. `detail` is in the cloud's own words.

    `parts` are what was made with it in the same call. `inside` says how each of what is in it is, by its id,
    where the cloud tells that with the whole.
    """

    cloud_id: str
    status: LiveStatus
    detail: str = ""
    outputs: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[Tag, "Live"] = field(default_factory=dict)
    inside: Mapping[str, LiveStatus] = field(default_factory=dict)


@dataclass(frozen=True)
class Item:
    """One line of an inventory: something that exists in the cloud, ours or not.

    `region` is the one it was read through; where regions share a service, the first of them.
    `holds` is what of people's is in it and keeps it from being removed: `12 objects`, `2 snapshots`.
    `observed` is what the cloud says of it, by the names that a design's resources use, where a reference
    is the id that it stands for. A property that the cloud does not tell is not in it.
    """

    kind: str
    cloud_id: str
    name: str
    tag: Tag | None
    status: LiveStatus
    detail: str = ""
    region: str = ""
    holds: str = ""
    observed: Spec = field(default_factory=dict)


def without_balancer_parts(items: Sequence[Item]) -> list[Item]:
    """Leave out what goes with a balancer that is there too; asked alone meanwhile, it refuses to go."""
    going = {_component(item) for item in items if item.kind == LOAD_BALANCER}
    return [item for item in items if item.kind not in LOAD_BALANCER_PARTS or _component(item) not in going]


def _component(item: Item) -> tuple[str, str, str]:
    """Whose it is. One without our tag is nobody's."""
    deployment, key = (item.tag.deployment, item.tag.key) if item.tag else ("", item.cloud_id)
    return item.region, deployment, key.partition("/")[0]


def without_parts(items: Sequence[Item]) -> list[Item]:
    """Leave out what the cloud made of another item that is there too: it goes when that one goes."""
    tags = {item.tag for item in items if item.tag}
    return [item for item in items if not (item.tag and item.tag.whole in tags)]


@dataclass(frozen=True)
class Flavor:
    id: str
    name: str
    vcpus: int
    ram_mib: int
    disk_gib: int


@dataclass(frozen=True)
class Image:
    id: str
    name: str
    min_disk_gib: int = 0


@dataclass(frozen=True)
class ExternalNetwork:
    id: str
    name: str
    cidrs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Quota:
    """Units: as the cloud counts them; RAM in MiB, `gigabytes` in GiB. A limit of -1 is no limit."""

    limit: int
    used: int

    @property
    def free(self) -> int | None:
        return None if self.limit < 0 else max(0, self.limit - self.used)


@dataclass(frozen=True)
class CloudProfile:
    """What a cloud has to offer, read on contact. `datastores` maps an engine to its versions.

    `addresses` says where each service answers, `project` whose account it is. `regions` holds what each of
    several regions has, by name; the rest is then what the first of them has.
    """

    services: frozenset[str] = frozenset()
    flavors: tuple[Flavor, ...] = ()
    images: tuple[Image, ...] = ()
    zones: tuple[str, ...] = ()
    volume_zones: tuple[str, ...] = ()
    volume_types: tuple[str, ...] = ()
    external_networks: tuple[ExternalNetwork, ...] = ()
    datastores: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    quotas: Mapping[str, Quota] = field(default_factory=dict)
    addresses: Mapping[str, str] = field(default_factory=dict)
    project_id: str = ""
    project: str = ""
    regions: Mapping[str, "CloudProfile"] = field(default_factory=dict)

    @classmethod
    def of_regions(cls, regions: Mapping[str, "CloudProfile"]) -> "CloudProfile":
        """Several regions as one profile, the first of them in front."""
        first = next(iter(regions.values()), cls())
        return replace(first, regions=dict(regions))

    def at(self, region: str) -> "CloudProfile":
        return self.regions.get(region, self)

    def reach(self, region: str, service: str) -> str:
        """The first region where the service answers at the same address: what is shared is one place."""
        address = self.at(region).addresses.get(service)
        if not address:
            return region
        shared = (name for name, one in self.regions.items() if one.addresses.get(service) == address)
        return next(shared, region)

    def services_everywhere(self) -> frozenset[str]:
        """What can be counted on in every region."""
        offers = [one.services for one in self.regions.values()] or [self.services]
        return frozenset.intersection(*offers)

    def to_json(self) -> dict[str, Any]:
        """Of one region; the others are kept beside it."""
        return {
            "services": sorted(self.services),
            "flavors": [vars(flavor) for flavor in self.flavors],
            "images": [vars(image) for image in self.images],
            "zones": list(self.zones),
            "volume_zones": list(self.volume_zones),
            "volume_types": list(self.volume_types),
            "external_networks": [{**vars(one), "cidrs": list(one.cidrs)} for one in self.external_networks],
            "datastores": {engine: list(versions) for engine, versions in self.datastores.items()},
            "quotas": {name: vars(quota) for name, quota in self.quotas.items()},
            "addresses": dict(self.addresses),
            "project_id": self.project_id,
            "project": self.project,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "CloudProfile":
        return cls(
            services=frozenset(data.get("services", ())),
            flavors=tuple(Flavor(**one) for one in data.get("flavors", ())),
            images=tuple(Image(**one) for one in data.get("images", ())),
            zones=tuple(data.get("zones", ())),
            volume_zones=tuple(data.get("volume_zones", ())),
            volume_types=tuple(data.get("volume_types", ())),
            external_networks=tuple(
                ExternalNetwork(one["id"], one["name"], tuple(one["cidrs"]))
                for one in data.get("external_networks", ())
            ),
            datastores={engine: tuple(versions) for engine, versions in data.get("datastores", {}).items()},
            quotas={name: Quota(**one) for name, one in data.get("quotas", {}).items()},
            addresses=dict(data.get("addresses", {})),
            project_id=data.get("project_id", ""),
            project=data.get("project", ""),
        )

    def without(self, *services: str) -> "CloudProfile":
        regions = {name: one.without(*services) for name, one in self.regions.items()}
        return replace(self, services=self.services - set(services), regions=regions)


class CloudError(Exception):
    """Something a cloud answered. str() is what it said, in its own words."""

    code = "cloud_error"
    can_pass = False  # whether asking again later can help

    def __init__(self, words: str, *, retry_after: float | None = None) -> None:
        self.words = words
        self.retry_after = retry_after
        super().__init__(words)


class NotFound(CloudError):
    code = "not_found"


class Refused(CloudError):
    """It understood and will not: a value it does not take, a permission that is missing."""

    code = "refused"


class CredentialsRefused(Refused):
    code = "credentials_refused"


class AddressRefused(CloudError):
    """An address that this installation does not talk to; nothing was sent there."""

    code = "address_refused"


class QuotaExceeded(CloudError):
    code = "quota_exceeded"


class Vanished(CloudError):
    """It was there and is gone: removed by somebody, or it was on its way out when it was found."""

    code = "vanished"
    can_pass = True


class Conflict(CloudError):
    """In use, or in a state that does not allow this. Often passes when something else has finished."""

    code = "conflict"
    can_pass = True


class Busy(CloudError):
    """At work on the same thing, or asking for less haste (429); `retry_after` is in seconds."""

    code = "busy"
    can_pass = True


class ServerFault(CloudError):
    """A 5xx answer. Whether the request had an effect is unknown, so look before asking again."""

    code = "server_fault"
    can_pass = True


class Unreachable(CloudError):
    """No answer in time, or no connection. The effect is unknown here too."""

    code = "unreachable"
    can_pass = True


class RefusedTogether(CloudError):
    """One of several that were asked for in one call is refused; which one shows when each is asked for."""

    code = "refused_together"
    can_pass = True


class Cloud(Protocol):
    """One account in one region. Every method may raise CloudError; none waits for work to finish."""

    def read_profile(self) -> CloudProfile: ...

    def region_names(self) -> list[str]:
        """Every region of the cloud that has servers or networks, this account's own first."""

    def read_rating(self) -> dict[str, Any]:
        """The rules by which it charges, as its rating service tells them. Raises: NotFound without one."""

    def inventory(self, kinds: Iterable[str]) -> list[Item]:
        """Everything of these kinds in the account, by asking the cloud and nothing else."""

    def find(self, order: Order) -> Live | None:
        """What carries the order's tag, or is by nature the only one of its sort (a router's interface)."""

    def create(self, order: Order) -> Live:
        """Ask for it, tagged from its first moment where the API can do that."""

    def create_together(self, orders: Sequence[Order]) -> Sequence[Live]:
        """Several of one kind in one call (deployer.domain.kinds.MADE_TOGETHER): all of them, or none."""

    def find_made(self, order: Order, heat_id: str) -> Live:
        """What a stack has made of the order, by the id that Heat knows it by. Raises: NotFound."""

    def get(self, kind: str, cloud_id: str) -> Live:
        """Raises: NotFound."""

    def being_made(self, kind: str) -> frozenset[str]:
        """Ids of all that it is still making, in one answer (deployer.domain.kinds.LOOKED_AT_TOGETHER)."""

    def update(self, kind: str, cloud_id: str, spec: Spec, changed: frozenset[str]) -> Live:
        """Change these properties of it in place to what `spec` says."""

    def delete(self, kind: str, cloud_id: str) -> None:
        """Ask for its removal; `get` raises NotFound once it is gone. Raises: NotFound."""

    def look_at(self, server_id: str, verb: Verb, since: datetime | None) -> Look:
        """How a server is, and whether it heard since then what may have been asked. Raises: NotFound."""

    def ask(self, server_id: str, verb: Verb) -> None:
        """Stop, start or reboot a server."""

    def snapshot(self, kind: str, cloud_id: str, name: str, mark: str) -> Live:
        """Keep a copy of a server or a volume as it is. By `mark` it is found again."""

    def find_snapshot(self, kind: str, mark: str) -> Live | None: ...

    def get_snapshot(self, kind: str, cloud_id: str) -> Live:
        """Raises: NotFound."""

    def delete_snapshot(self, kind: str, cloud_id: str) -> None:
        """Raises: NotFound."""


@dataclass(frozen=True)
class ClosedCloud:
    """Stands in for a cloud that cannot be reached: answers every question with the reason."""

    reason: CloudError

    def read_profile(self) -> CloudProfile:
        raise self.reason

    def region_names(self) -> list[str]:
        raise self.reason

    def read_rating(self) -> dict[str, Any]:
        raise self.reason

    def inventory(self, kinds: Iterable[str]) -> list[Item]:
        raise self.reason

    def find(self, order: Order) -> Live | None:
        raise self.reason

    def create(self, order: Order) -> Live:
        raise self.reason

    def create_together(self, orders: Sequence[Order]) -> Sequence[Live]:
        raise self.reason

    def find_made(self, order: Order, heat_id: str) -> Live:
        raise self.reason

    def get(self, kind: str, cloud_id: str) -> Live:
        raise self.reason

    def being_made(self, kind: str) -> frozenset[str]:
        raise self.reason

    def update(self, kind: str, cloud_id: str, spec: Spec, changed: frozenset[str]) -> Live:
        raise self.reason

    def delete(self, kind: str, cloud_id: str) -> None:
        raise self.reason

    def look_at(self, server_id: str, verb: Verb, since: datetime | None) -> Look:
        raise self.reason

    def ask(self, server_id: str, verb: Verb) -> None:
        raise self.reason

    def snapshot(self, kind: str, cloud_id: str, name: str, mark: str) -> Live:
        raise self.reason

    def find_snapshot(self, kind: str, mark: str) -> Live | None:
        raise self.reason

    def get_snapshot(self, kind: str, cloud_id: str) -> Live:
        raise self.reason

    def delete_snapshot(self, kind: str, cloud_id: str) -> None:
        raise self.reason

"""Where what the cloud answers differs from what our records say: nothing is asked of anybody here."""

import hashlib
import json
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from deployer.domain.cloud import Item, LiveStatus, without_parts
from deployer.domain.kinds import facts_of
from deployer.domain.observing import Change, changes_of
from deployer.domain.plan import Recorded
from deployer.domain.resolving import OutputMissing, Outputs, resolve
from designer.domain import resources as kind
from designer.domain.resources import from_json, references


class Drift(StrEnum):
    MISSING = "missing"  # recorded, and no longer there
    FAILED = "failed"  # there, and in an error
    CHANGED = "changed"  # a property is not as recorded
    EXTRA = "extra"  # somebody put it into something of ours
    STRAY = "stray"  # carries our tag without a record


@dataclass(frozen=True)
class Difference:
    """One difference. `recorded` and `live` are values of `attribute`, or of the whole where there is none.

    `key` is ours; of something extra it is that of what it was put into, with its own id behind a ~.
    `observed` is all that the cloud says of it (Item.observed).
    """

    drift: Drift
    kind: str
    key: str
    component: str
    label: str
    cloud_id: str
    attribute: str = ""
    recorded: Any = None
    live: Any = None
    detail: str = ""
    observed: Mapping[str, Any] = field(default_factory=dict)
    region: str = ""

    @property
    def id(self) -> str:
        """The same at the next look, as long as it is the same difference."""
        whole = dict(self.observed) if self.drift == Drift.EXTRA else self.live
        said = [self.drift, self.kind, self.key, self.cloud_id, self.attribute, whole]
        return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()[:16]

    @property
    def is_ours(self) -> bool:
        return self.drift in (Drift.MISSING, Drift.FAILED, Drift.CHANGED)


Place = Callable[[Item | Recorded], Hashable]


def _place(one: Item | Recorded) -> Hashable:
    return one.kind, one.cloud_id


def find_drift(
    recorded: Mapping[str, Recorded],
    outputs: Outputs,
    inventory: Sequence[Item],
    strays: Sequence[Item] = (),
    *,
    place: Place = _place,
) -> list[Difference]:
    """All differences: of our own resources in the records' order, then what others added, then strays.

    `outputs` are what the cloud once answered, by key. What a missing thing took along is told too.
    `place` tells things apart that go by a name, which two regions may both have.
    """
    standing = {place(item): item for item in inventory}
    found: list[Difference] = []
    for one in recorded.values():
        if one.kind != kind.PASSWORD:  # kept by us, so it is always there
            found.extend(_of_one(one, outputs, standing.get(place(one))))
    by_id = {(item.kind, item.cloud_id): item for item in inventory}
    found.extend(_detached(recorded, outputs, by_id))
    told = {place(one) for one in recorded.values()} | {place(item) for item in strays}
    others = [item for item in without_parts(inventory) if place(item) not in told]
    found.extend(_extras(recorded, outputs, others, by_id))
    found.extend(_stray(item) for item in strays)
    return found


def _of_one(one: Recorded, outputs: Outputs, item: Item | None) -> Iterator[Difference]:
    title = facts_of(one.kind).title.lower()
    if item is None:
        yield _difference(Drift.MISSING, one, detail=f"The {title} is no longer in the cloud.")
        return
    if item.status == LiveStatus.FAILED:
        words = item.detail or f"The cloud says that the {title} has failed."
        yield _difference(Drift.FAILED, one, item, detail=words)
        return
    for change in changes_of(one, outputs, item):
        yield _difference(Drift.CHANGED, one, item, change)


def _detached(
    recorded: Mapping[str, Recorded], outputs: Outputs, standing: Mapping[tuple[str, str], Item]
) -> Iterator[Difference]:
    """Ports that are there and no longer on their server."""
    for server in recorded.values():
        if server.kind != kind.SERVER or (server.kind, server.cloud_id) not in standing:
            continue
        loose = []
        for ref in references(from_json(server.properties.get("ports"))):
            port = recorded.get(ref.key)
            item = standing.get((kind.PORT, port.cloud_id)) if port else None
            if item is not None and item.observed.get("attached_to", server.cloud_id) != server.cloud_id:
                loose.append(item)
        if loose:
            yield _difference(
                Drift.CHANGED,
                server,
                standing[server.kind, server.cloud_id],
                Change("ports", [item.cloud_id for item in loose], []),
                detail=f"It is no longer connected to {', '.join(item.name for item in loose)}.",
            )


# --- What others put into our things ----------------------------------------------------------------

# Which properties of something say what it sits in.
INSIDE: Mapping[str, tuple[tuple[str, str], ...]] = {
    kind.SECURITY_GROUP_RULE: (("security_group", kind.SECURITY_GROUP),),
    kind.MEMBER: (("pool", kind.POOL),),
    kind.LISTENER: (("load_balancer", kind.LOAD_BALANCER),),
    kind.POOL: (("load_balancer", kind.LOAD_BALANCER),),
    kind.HEALTH_MONITOR: (("pool", kind.POOL),),
    kind.SUBNET: (("network", kind.NETWORK),),
    kind.ROUTER_INTERFACE: (("router", kind.ROUTER), ("subnet", kind.SUBNET)),
    kind.ROUTER_ROUTE: (("router", kind.ROUTER),),
    kind.VOLUME_ATTACHMENT: (("server", kind.SERVER), ("volume", kind.VOLUME)),
    kind.FLOATING_IP: (("port", kind.PORT),),
    kind.PORT: (("network", kind.NETWORK),),
}


def _extras(
    recorded: Mapping[str, Recorded],
    outputs: Outputs,
    others: Sequence[Item],
    by_id: Mapping[tuple[str, str], Item],
) -> Iterator[Difference]:
    ours = {(one.kind, one.cloud_id): one for one in recorded.values()}
    # A load balancer's public address is bound to a port that the balancer made.
    for one in recorded.values():
        if port := outputs.get(one.key, {}).get("vip_port_id"):
            ours[kind.PORT, port] = one
    names = {cloud_id: item.name for (sort, cloud_id), item in by_id.items() if sort == kind.SERVER}
    joined = _joined_by_groups(recorded, outputs)
    for item in others:
        holder = next(
            (
                ours[inside, str(item.observed.get(name))]
                for name, inside in INSIDE.get(item.kind, ())
                if (inside, str(item.observed.get(name))) in ours
            ),
            None,
        )
        if holder is None or holder.cloud_id in joined or not _is_somebodys(item, ours):
            continue
        yield Difference(
            drift=Drift.EXTRA,
            kind=item.kind,
            key=f"{holder.key}~{item.cloud_id}",
            component=holder.component,
            label=_label_of_extra(item, names),
            cloud_id=item.cloud_id,
            observed=item.observed,
            region=item.region,
            detail=_said_of_extra(item, holder, names),
        )


def _label_of_extra(item: Item, names: Mapping[str, str]) -> str:
    """Neutron gives rules no names, and an id tells nobody anything."""
    if item.kind == kind.SECURITY_GROUP_RULE:
        return f"Rule for {ports_text(item.observed)}"
    return names.get(str(item.observed.get("attached_to")), item.name)


def _is_somebodys(item: Item, ours: Mapping[tuple[str, str], Recorded]) -> bool:
    """Whether a person put it there, and not the cloud itself."""
    seen = item.observed
    if item.kind == kind.SECURITY_GROUP_RULE:  # Neutron lets everything out of a new group
        anywhere = not seen.get("remote_cidr") and not seen.get("remote_group")
        return not (seen.get("direction") == "egress" and anywhere and seen.get("protocol") == "any")
    if item.kind == kind.PORT:  # services have ports everywhere; of interest is who else is connected
        is_server = str(seen.get("owner", "")).startswith("compute:")
        return is_server and (kind.SERVER, str(seen.get("attached_to"))) not in ours
    return True


def _joined_by_groups(recorded: Mapping[str, Recorded], outputs: Outputs) -> set[str]:
    """Ids of the pools that a scaling group's servers join by themselves."""
    joined: set[str] = set()
    for one in recorded.values():
        if one.kind == kind.SCALING_GROUP:
            for ref in references(from_json(one.properties.get("pools"))):
                with suppress(OutputMissing):
                    joined.add(str(resolve(ref, outputs)))
                if held := recorded.get(ref.key):
                    joined.add(held.cloud_id)
    return joined


def _said_of_extra(item: Item, holder: Recorded, names: Mapping[str, str]) -> str:
    seen, place = item.observed, str(holder.properties.get("name") or holder.key)
    if item.kind == kind.SECURITY_GROUP_RULE:
        source = seen.get("remote_cidr") or seen.get("remote_group") or "anywhere"
        way = "to" if seen.get("direction") == "egress" else "from"
        return f"{place} also lets {ports_text(seen)} through {way} {source}."
    if item.kind == kind.MEMBER:
        return f"{place} also sends to {seen.get('address')}:{seen.get('port')}."
    if item.kind == kind.PORT:
        other = names.get(str(seen.get("attached_to")), "another server")
        return f"{other} is connected to {place} at {seen.get('address')}."
    if item.kind == kind.LISTENER:
        return f"{place} also listens on {seen.get('protocol')} {seen.get('port')}."
    return f"The {facts_of(item.kind).title.lower()} {item.name} was added to {place}."


def ports_text(rule: Mapping[str, Any]) -> str:
    """Of a rule: `tcp 22`, `udp 5000-5010`, `everything`."""
    protocol, low, high = rule.get("protocol") or "any", rule.get("port_min"), rule.get("port_max")
    if protocol == "any":
        return "everything"
    if low is None:
        return f"all {protocol}"
    return f"{protocol} {low}" if low == high else f"{protocol} {low}-{high}"


def _stray(item: Item) -> Difference:
    assert item.tag is not None
    return Difference(
        drift=Drift.STRAY,
        kind=item.kind,
        key=f"{item.tag.key}~{item.cloud_id}",
        component=item.tag.key.partition("/")[0],
        label=item.name,
        cloud_id=item.cloud_id,
        observed=item.observed,
        region=item.region,
        detail="It carries our tag but is in no record: left by an interruption.",
    )


def _difference(
    drift: Drift,
    one: Recorded,
    item: Item | None = None,
    change: Change | None = None,
    *,
    detail: str = "",
) -> Difference:
    return Difference(
        drift=drift,
        kind=one.kind,
        key=one.key,
        component=one.component,
        label=str(one.properties.get("name") or one.key),
        cloud_id=one.cloud_id,
        attribute=change.attribute if change else "",
        recorded=change.recorded if change else None,
        live=change.live if change else None,
        detail=detail,
        observed=item.observed if item else {},
        region=one.region,
    )

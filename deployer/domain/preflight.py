"""What could stop a plan, found before anything is touched, and said all at once."""

import ipaddress
import itertools
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from deployer.domain.cloud import CloudProfile, Item, Live
from deployer.domain.data_loss import data_destroyed, data_in_the_way
from deployer.domain.kinds import LOCAL, facts_of
from deployer.domain.matching import match_resource
from deployer.domain.plan import Action, PlannedStep, Recorded
from deployer.domain.quotas import TITLES, Projection, counted_in
from deployer.domain.regions import Because, RegionChoice
from deployer.domain.stacking import why_not_as_one_stack
from designer.domain import resources as kind
from designer.domain.resources import from_json, references


class CheckStatus(StrEnum):
    PASSED = "passed"
    WARNING = "warning"
    FAILED = "failed"


@dataclass(frozen=True)
class Check:
    """`region` is empty where a check holds for all of them. With `to_confirm` the plan is applied only by
    somebody who says that they know.
    """

    check: str
    status: CheckStatus
    summary: str
    detail: str = ""
    region: str = ""
    to_confirm: bool = False

    def to_json(self) -> dict[str, Any]:
        return {
            "check": self.check,
            "status": self.status.value,
            "summary": self.summary,
            "detail": self.detail,
            "region": self.region,
            "to_confirm": self.to_confirm,
        }


SERVICE_TITLES = {
    "compute": "servers",
    "network": "networks",
    "block-storage": "volumes",
    "load-balancer": "load balancers",
    "object-store": "object storage",
    "database": "managed databases",
    "key-manager": "a key manager",
    "image": "images",
    "dns": "DNS zones",
    "vpn": "VPN gateways",
    "shared-file-system": "shared file systems",
    "orchestration": "scaling groups",
    "alarm": "alarms",
}


def check_plan(
    steps: Sequence[PlannedStep],
    profile: CloudProfile,
    inventory: Sequence[Item],
    *,
    ours: frozenset[tuple[str, str]] = frozenset(),
    recorded: Mapping[str, Recorded] | None = None,
    live: Mapping[str, Live] | None = None,
    quotas: Sequence[Projection] = (),
    choices: Sequence[RegionChoice] = (),
) -> list[Check]:
    """Every check of a plan to deploy, each region against what that region has.

    `ours` are the (kind, cloud id) pairs that this design has there; `recorded` and `live` what our rows and
    the cloud say of them. `quotas` are projected. `choices` say which region of the cloud each drawn one goes
    to.
    """
    checks = [
        Check("credentials", CheckStatus.PASSED, "The cloud accepts the credential."),
        *_region_choices(choices),
        *_as_one_stack(steps, recorded or {}),
        *_in_the_way(steps, inventory, CheckStatus.FAILED),
        *_data(steps, recorded or {}, live or {}),
    ]
    foreign = [item for item in inventory if (item.kind, item.cloud_id) not in ours]
    if len(profile.regions) < 2:
        return checks + _check_region(steps, steps, profile, foreign, quotas)
    found: list[Check] = []
    for region in profile.regions:
        here = _check_region(
            [step for step in steps if step.region == region],
            list(counted_in(region, steps, profile)),
            profile.at(region),
            [item for item in foreign if item.region == region],
            [one for one in quotas if one.region == region],
        )
        found += [replace(check, region=region) for check in here]
    return checks + _same_everywhere(found, len(profile.regions))


_MAKING = (Action.CREATE, Action.REPLACE, Action.UPDATE)


def _check_region(
    steps: Sequence[PlannedStep],
    counted: Sequence[PlannedStep],
    profile: CloudProfile,
    foreign: Sequence[Item],
    quotas: Sequence[Projection],
) -> list[Check]:
    """`counted` are the steps whose quota is this region's: a service that regions share counts once."""
    making = [step for step in steps if step.action in _MAKING]
    return [
        _services(making, profile),
        _places(making),
        *_matches(making, profile),
        _quota(quotas),
        _addresses(steps, profile),
        *_full_subnets(steps),
        _names([step for step in counted if step.action == Action.CREATE], foreign),
    ]


def _same_everywhere(checks: Sequence[Check], regions: int) -> list[Check]:
    """What passes in every region is said once."""
    passed = Counter((one.check, one.summary) for one in checks if one.status == CheckStatus.PASSED)
    everywhere = {said for said, count in passed.items() if count == regions}
    kept = [one for one in checks if (one.check, one.summary) not in everywhere]
    return [Check(check, CheckStatus.PASSED, summary) for check, summary in sorted(everywhere)] + kept


def check_destroy_plan(
    steps: Sequence[PlannedStep],
    inventory: Sequence[Item],
    *,
    recorded: Mapping[str, Recorded],
    live: Mapping[str, Live],
) -> list[Check]:
    """What would be left, and what goes with its data. Neither stops it: destroying is what was asked for."""
    in_the_way = _in_the_way(steps, inventory, CheckStatus.WARNING)
    nothing_left = Check("contents", CheckStatus.PASSED, "Nothing holds contents that would keep it there.")
    return [
        Check("credentials", CheckStatus.PASSED, "The cloud accepts the credential."),
        *(in_the_way or [nothing_left]),
        *(replace(check, to_confirm=False) for check in _data(steps, recorded, live)),
    ]


def _in_the_way(steps: Sequence[PlannedStep], inventory: Sequence[Item], status: CheckStatus) -> list[Check]:
    found = data_in_the_way(steps, inventory)
    if not found:
        return []
    return [
        Check(
            "contents",
            status,
            "Something holds contents and would be left.",
            "Object containers with objects and volumes with snapshots are never removed for you: "
            f"{' '.join(found)} Remove the contents first.",
        )
    ]


def _data(
    steps: Sequence[PlannedStep], recorded: Mapping[str, Recorded], live: Mapping[str, Live]
) -> list[Check]:
    losses = data_destroyed(steps, recorded, live)
    if not losses:
        return []
    things = " ".join(f"{loss.label}: {loss.what}." for loss in losses)
    return [
        Check(
            "data",
            CheckStatus.WARNING,
            "This plan destroys data.",
            f"{things} What is in there is gone for good; back it up first if it is needed.",
            to_confirm=True,
        )
    ]


def _services(steps: Sequence[PlannedStep], profile: CloudProfile) -> Check:
    needed = {service for step in steps for service in facts_of(step.kind).services} - {LOCAL}
    missing = sorted(needed - profile.services)
    if not missing:
        return Check("services", CheckStatus.PASSED, "The cloud has every service that the design uses.")
    words = ", ".join(SERVICE_TITLES.get(name, name) for name in missing)
    return Check(
        "services",
        CheckStatus.FAILED,
        f"The cloud has no {words}.",
        "Choose another cloud, or take what needs it out of the design.",
    )


def _as_one_stack(steps: Sequence[PlannedStep], recorded: Mapping[str, Recorded]) -> list[Check]:
    why = why_not_as_one_stack(steps, recorded)
    if not why:
        return []
    return [Check("stack", CheckStatus.FAILED, "It cannot be deployed as one Heat stack.", why)]


def _region_choices(choices: Sequence[RegionChoice]) -> list[Check]:
    """Two drawn regions are drawn so that one may fail: they share one of the cloud's only if told to."""
    if homeless := [one.drawn for one in choices if one.because == Because.NONE_LEFT]:
        return [
            Check(
                "regions",
                CheckStatus.FAILED,
                "The cloud has too few regions.",
                f"Say which of its regions takes {_some(homeless)}, even one that is taken, or choose a "
                "cloud with more.",
            )
        ]
    sharing: dict[str, list[str]] = {}
    for one in choices:
        if one.drawn:
            sharing.setdefault(one.region, []).append(one.drawn)
    return [
        Check(
            "regions",
            CheckStatus.WARNING,
            "Drawn regions share one.",
            f"{_some(drawn)} all go to {region}, so they fail together.",
        )
        for region, drawn in sharing.items()
        if len(drawn) > 1
    ]


# Where a kind says which subnet it stands in; without one its graph is there for the price only.
_STANDS_IN = {
    kind.SERVER: ("ports",),
    kind.LOAD_BALANCER: ("subnet",),
    kind.DATABASE_INSTANCE: ("subnet",),
    kind.SCALING_GROUP: ("member", "subnet"),
    kind.FILE_SHARE: ("subnet",),
}


def _places(steps: Sequence[PlannedStep]) -> Check:
    homeless = [
        step.label
        for step in steps
        if step.kind in _STANDS_IN and not _inside(step.properties, _STANDS_IN[step.kind])
    ]
    if not homeless:
        return Check("places", CheckStatus.PASSED, "Everything that needs a subnet stands in one.")
    return Check(
        "places",
        CheckStatus.FAILED,
        "Something stands in no subnet.",
        f"Nothing could reach it there. Draw a subnet and drop it in: {_some(homeless)}.",
    )


def _inside(value: Any, names: Sequence[str]) -> Any:
    for name in names:
        value = value.get(name) or {}
    return value


def _matches(steps: Sequence[PlannedStep], profile: CloudProfile) -> list[Check]:
    lacking: dict[str, list[str]] = {}
    compromises: dict[str, list[str]] = {}
    for step in steps:
        if step.action == Action.UPDATE:
            continue
        match = match_resource(step.kind, from_json(step.properties), profile)
        if match.lacking:
            lacking.setdefault(match.lacking, []).append(step.label)
        if match.compromise:
            compromises.setdefault(match.compromise, []).append(step.label)
    checks = [
        Check("matches", CheckStatus.FAILED, "The cloud lacks something.", f"{what} ({_some(labels)})")
        for what, labels in lacking.items()
    ]
    checks += [
        Check("matches", CheckStatus.WARNING, "Not quite as asked.", f"{what} ({_some(labels)})")
        for what, labels in compromises.items()
    ]
    return checks or [
        Check("matches", CheckStatus.PASSED, "Flavors, images, zones and volume types were all found.")
    ]


def _quota(projections: Sequence[Projection]) -> Check:
    if short := [str(one) for one in projections if one.is_short]:
        return Check("quota", CheckStatus.FAILED, "The quota is too small.", " ".join(short))
    if tight := [TITLES.get(one.name, one.name).lower() for one in projections if one.is_tight]:
        return Check(
            "quota",
            CheckStatus.WARNING,
            "The quota is enough only when what goes is gone.",
            f"New things are made first. If the cloud refuses, apply what goes on its own: {_some(tight)}.",
        )
    return Check("quota", CheckStatus.PASSED, "The quota is enough.")


def _addresses(steps: Sequence[PlannedStep], profile: CloudProfile) -> Check:
    """Neutron refuses subnets on one router that overlap each other or the network beyond the router."""
    subnets = {step.key: step for step in steps if step.kind == kind.SUBNET and step.action != Action.DELETE}
    behind: dict[str, list[PlannedStep]] = {}
    for step in steps:
        if step.kind != kind.ROUTER_INTERFACE or step.action == Action.DELETE:
            continue
        properties = from_json(step.properties)
        router, subnet = (next(references(properties.get(name)), None) for name in ("router", "subnet"))
        if router and subnet and subnet.key in subnets:
            behind.setdefault(router.key, []).append(subnets[subnet.key])
    outside = [cidr for one in profile.external_networks[:1] for cidr in one.cidrs]
    clashes = [
        f"{left.label} and {right.label} overlap, and are in one network."
        for left, right in itertools.combinations(subnets.values(), 2)
        if left.properties.get("network") == right.properties.get("network") and _overlap(left, right)
    ]
    for group in behind.values():
        for index, left in enumerate(group):
            clashes += [
                f"{left.label} and {right.label} overlap."
                for right in group[index + 1 :]
                if _overlap(left, right)
            ]
            clashes += [
                f"{left.label} overlaps {cidr}, the cloud's external network."
                for cidr in outside
                if _overlaps(str(left.properties.get("cidr")), cidr)
            ]
    if clashes:
        return Check("addresses", CheckStatus.FAILED, "Address ranges overlap.", " ".join(clashes))
    return Check("addresses", CheckStatus.PASSED, "No address range overlaps another.")


# Of a subnet, Neutron keeps its own number, the broadcast address, the router's and the DHCP server's.
_KEPT_ADDRESSES = 4


def _full_subnets(steps: Sequence[PlannedStep]) -> list[Check]:
    """A subnet that is too small for what stands in it would be noticed halfway."""
    standing: Counter[str] = Counter()
    for step in steps:
        if step.action != Action.DELETE and step.kind in (
            kind.PORT,
            kind.LOAD_BALANCER,
            kind.DATABASE_INSTANCE,
        ):
            standing.update(ref.key for ref in references(from_json(step.properties.get("subnet"))))
    full = [
        f"{step.label} ({step.properties['cidr']}) has room for {room}; {standing[step.key]} need an address."
        for step in steps
        if step.kind == kind.SUBNET and standing[step.key] > (room := _room(str(step.properties.get("cidr"))))
    ]
    if not full:
        return []
    return [Check("addresses", CheckStatus.FAILED, "A subnet is too small.", " ".join(full))]


def _room(cidr: str) -> int:
    return max(0, ipaddress.ip_network(cidr, strict=False).num_addresses - _KEPT_ADDRESSES)


def _overlap(left: PlannedStep, right: PlannedStep) -> bool:
    return _overlaps(str(left.properties.get("cidr")), str(right.properties.get("cidr")))


def _overlaps(left: str, right: str) -> bool:
    one, other = ipaddress.ip_network(left, strict=False), ipaddress.ip_network(right, strict=False)
    return one.version == other.version and one.overlaps(other)


# The one kind whose name is its identity: a second one with the same name cannot be.
_NAME_IS_IDENTITY = frozenset({kind.OBJECT_CONTAINER})
_NAMED_IN_LISTS = frozenset({kind.NETWORK, kind.SERVER, kind.LOAD_BALANCER, kind.VOLUME, kind.ROUTER})


def _names(making: Sequence[PlannedStep], foreign: Sequence[Item]) -> Check:
    others = {(item.kind, item.name) for item in foreign}
    taken = sorted(
        step.label for step in making if step.kind in _NAME_IS_IDENTITY and (step.kind, step.label) in others
    )
    if taken:
        return Check(
            "names",
            CheckStatus.FAILED,
            f"The cloud already has an object container called {_some(taken)}.",
            "Rename the component, or remove that container first.",
        )
    twice = sorted(
        {step.label for step in making if step.kind in _NAMED_IN_LISTS and (step.kind, step.label) in others}
    )
    if twice:
        return Check(
            "names",
            CheckStatus.WARNING,
            "Some names are in use already.",
            f"The cloud allows it, but lists get harder to read: {_some(twice)}.",
        )
    return Check("names", CheckStatus.PASSED, "No name is taken.")


def _some(labels: Sequence[str]) -> str:
    shown = ", ".join(labels[:3])
    return f"{shown} and {len(labels) - 3} more" if len(labels) > 3 else shown

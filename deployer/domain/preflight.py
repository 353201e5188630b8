"""What could stop a plan, found before anything is touched, and said all at once."""

import ipaddress
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from deployer.domain.cloud import CloudProfile, Item
from deployer.domain.kinds import LOCAL, NOT_CREATED_YET, facts_of
from deployer.domain.matching import match_resource
from deployer.domain.plan import Action, PlannedStep
from designer.domain import resources as kind
from designer.domain.resources import from_json, references


class CheckStatus(StrEnum):
    PASSED = "passed"
    WARNING = "warning"
    FAILED = "failed"


@dataclass(frozen=True)
class Check:
    check: str
    status: CheckStatus
    summary: str
    detail: str = ""

    def to_json(self) -> dict[str, str]:
        return {
            "check": self.check,
            "status": self.status.value,
            "summary": self.summary,
            "detail": self.detail,
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
    "shared-file-system": "shared file systems",
    "orchestration": "scaling groups",
    "alarm": "alarms",
}
QUOTA_OF_KIND = {
    kind.NETWORK: "networks",
    kind.SUBNET: "subnets",
    kind.ROUTER: "routers",
    kind.PORT: "ports",
    kind.SECURITY_GROUP: "security_groups",
    kind.SECURITY_GROUP_RULE: "security_group_rules",
    kind.FLOATING_IP: "floating_ips",
    kind.SERVER: "instances",
    kind.SERVER_GROUP: "server_groups",
    kind.KEY_PAIR: "key_pairs",
    kind.VOLUME: "volumes",
    kind.LOAD_BALANCER: "load_balancers",
    kind.LISTENER: "listeners",
    kind.POOL: "pools",
    kind.MEMBER: "members",
    kind.HEALTH_MONITOR: "health_monitors",
}


def check_plan(
    steps: Sequence[PlannedStep],
    profile: CloudProfile,
    inventory: Sequence[Item],
    *,
    ours: frozenset[tuple[str, str]] = frozenset(),
    others: Mapping[str, int] | None = None,
    regions: frozenset[str] = frozenset(),
) -> list[Check]:
    """Every check of a plan to deploy.

    `ours` are the (kind, cloud id) pairs that this design has there. `others` is what deployments that are
    still running will take, by quota name. `regions` are those that the design's resources belong to.
    """
    making = [step for step in steps if step.action in (Action.CREATE, Action.REPLACE, Action.UPDATE)]
    return [
        Check("credentials", CheckStatus.PASSED, "The cloud accepts the credential."),
        _services(making, profile),
        *_unknown_kinds(making),
        *_several_regions(regions),
        _places(making),
        *_matches(making, profile),
        _quota(steps, profile, others or {}),
        _addresses(steps, profile),
        _names(making, inventory, ours),
    ]


def quota_needs(steps: Iterable[PlannedStep]) -> Counter[str]:
    """What the steps add to each quota; removals give back."""
    needs: Counter[str] = Counter()
    for step in steps:
        if step.action == Action.CREATE:
            needs.update(_takes(step.kind, step.properties, step.matched))
        elif step.action == Action.DELETE:
            needs.subtract(_takes(step.kind, step.properties, step.matched))
    return needs


def _takes(resource_kind: str, properties: Mapping[str, Any], matched: Mapping[str, Any]) -> Counter[str]:
    taken: Counter[str] = Counter()
    if quota := QUOTA_OF_KIND.get(resource_kind):
        taken[quota] += 1
    if resource_kind == kind.SERVER:
        taken["cores"] += int(matched.get("flavor_vcpus", 0))
        taken["ram"] += int(matched.get("flavor_ram_mib", 0))
    if resource_kind == kind.VOLUME:
        taken["gigabytes"] += int(properties.get("size_gib", 0))
    if resource_kind == kind.LOAD_BALANCER:
        taken["ports"] += 1  # its virtual address
    if resource_kind == kind.ROUTER_INTERFACE:
        taken["ports"] += 1
    return taken


def _services(steps: Sequence[PlannedStep], profile: CloudProfile) -> Check:
    needed = {facts_of(step.kind).service for step in steps} - {LOCAL}
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


def _unknown_kinds(steps: Sequence[PlannedStep]) -> list[Check]:
    """One sentence for each kind that nobody can make yet; nothing where all can be made."""
    labels: dict[str, list[str]] = {}
    for step in steps:
        if step.kind in NOT_CREATED_YET:
            labels.setdefault(step.kind, []).append(step.label)
    return [
        Check(
            "kinds",
            CheckStatus.FAILED,
            f"This version does not create {facts_of(one).plural} yet.",
            f"Take what needs it out of the design, or create it by hand: {_some(labels[one])}.",
        )
        for one in sorted(labels)
    ]


def _several_regions(regions: frozenset[str]) -> list[Check]:
    """A plan goes into one region of a cloud; a second region's networks would end up in the first."""
    if len(regions) < 2:
        return []
    return [
        Check(
            "regions",
            CheckStatus.FAILED,
            f"The design has {len(regions)} regions, and this version deploys into one.",
            f"Make a design of each and deploy it to its own region: {_some(sorted(regions))}.",
        )
    ]


# Where a kind says which subnet it stands in; without one its graph is there for the price only.
_STANDS_IN = {kind.SERVER: "ports", kind.LOAD_BALANCER: "subnet", kind.DATABASE_INSTANCE: "subnet"}


def _places(steps: Sequence[PlannedStep]) -> Check:
    homeless = [
        step.label
        for step in steps
        if step.kind in _STANDS_IN and not step.properties.get(_STANDS_IN[step.kind])
    ]
    if not homeless:
        return Check("places", CheckStatus.PASSED, "Everything that needs a subnet stands in one.")
    return Check(
        "places",
        CheckStatus.FAILED,
        "Something stands in no subnet.",
        f"Nothing could reach it there. Draw a subnet and drop it in: {_some(homeless)}.",
    )


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


def _quota(steps: Sequence[PlannedStep], profile: CloudProfile, others: Mapping[str, int]) -> Check:
    short = []
    for name, needed in sorted(quota_needs(steps).items()):
        quota = profile.quotas.get(name)
        if quota is None or quota.free is None or needed <= 0:
            continue
        waiting = others.get(name, 0)
        if needed + waiting > quota.free:
            also = f", and other deployments that are running will take {waiting}" if waiting else ""
            short.append(
                f"{name.replace('_', ' ')}: {needed} needed, {quota.free} of {quota.limit} free{also}."
            )
    if not short:
        return Check("quota", CheckStatus.PASSED, "The quota is enough.")
    return Check("quota", CheckStatus.FAILED, "The quota is too small.", " ".join(short))


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
    clashes = []
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


def _overlap(left: PlannedStep, right: PlannedStep) -> bool:
    return _overlaps(str(left.properties.get("cidr")), str(right.properties.get("cidr")))


def _overlaps(left: str, right: str) -> bool:
    one, other = ipaddress.ip_network(left, strict=False), ipaddress.ip_network(right, strict=False)
    return one.version == other.version and one.overlaps(other)


# The one kind whose name is its identity: a second one with the same name cannot be.
_NAME_IS_IDENTITY = frozenset({kind.OBJECT_CONTAINER})
_NAMED_IN_LISTS = frozenset({kind.NETWORK, kind.SERVER, kind.LOAD_BALANCER, kind.VOLUME, kind.ROUTER})


def _names(
    steps: Sequence[PlannedStep], inventory: Sequence[Item], ours: frozenset[tuple[str, str]]
) -> Check:
    others = {(item.kind, item.name) for item in inventory if (item.kind, item.cloud_id) not in ours}
    making = [step for step in steps if step.action == Action.CREATE]
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

"""What could stop a plan, found before anything is touched, and said all at once."""

import ipaddress
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from deployer.domain.cloud import CloudProfile, Item
from deployer.domain.kinds import LOCAL, facts_of
from deployer.domain.matching import match_resource
from deployer.domain.plan import Action, PlannedStep
from deployer.domain.regions import Because, RegionChoice
from designer.domain import resources as kind
from designer.domain.resources import from_json, references


class CheckStatus(StrEnum):
    PASSED = "passed"
    WARNING = "warning"
    FAILED = "failed"


@dataclass(frozen=True)
class Check:
    """`region` is empty where a check holds for all of them."""

    check: str
    status: CheckStatus
    summary: str
    detail: str = ""
    region: str = ""

    def to_json(self) -> dict[str, str]:
        return {
            "check": self.check,
            "status": self.status.value,
            "summary": self.summary,
            "detail": self.detail,
            "region": self.region,
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
    others: Sequence[PlannedStep] = (),
    choices: Sequence[RegionChoice] = (),
) -> list[Check]:
    """Every check of a plan to deploy, each region against what that region has.

    `ours` are the (kind, cloud id) pairs that this design has there. `others` are the steps that deployments
    still running will make. `choices` say which region of the cloud each drawn one goes to.
    """
    checks = [
        Check("credentials", CheckStatus.PASSED, "The cloud accepts the credential."),
        *_region_choices(choices),
    ]
    foreign = [item for item in inventory if (item.kind, item.cloud_id) not in ours]
    if len(profile.regions) < 2:
        return checks + _check_region(steps, steps, profile, foreign, others)
    found: list[Check] = []
    for region in profile.regions:
        here = _check_region(
            [step for step in steps if step.region == region],
            list(counted_in(region, steps, profile)),
            profile.at(region),
            [item for item in foreign if item.region == region],
            list(counted_in(region, others, profile)),
        )
        found += [replace(check, region=region) for check in here]
    return checks + _same_everywhere(found, len(profile.regions))


_MAKING = (Action.CREATE, Action.REPLACE, Action.UPDATE)


def _check_region(
    steps: Sequence[PlannedStep],
    counted: Sequence[PlannedStep],
    profile: CloudProfile,
    foreign: Sequence[Item],
    others: Sequence[PlannedStep],
) -> list[Check]:
    """`counted` are the steps whose quota is this region's: a service that regions share counts once."""
    making = [step for step in steps if step.action in _MAKING]
    return [
        _services(making, profile),
        _places(making),
        *_matches(making, profile),
        _quota(counted, profile, quota_needs(others)),
        _addresses(steps, profile),
        _names([step for step in counted if step.action == Action.CREATE], foreign),
    ]


def counted_in(region: str, steps: Iterable[PlannedStep], profile: CloudProfile) -> Iterator[PlannedStep]:
    """The steps that change what a region holds; a move is a removal here and a creation there."""
    for step in steps:
        service = facts_of(step.kind).service
        now, after = profile.reach(step.old_region, service), profile.reach(step.region, service)
        if step.action == Action.REPLACE and now != after:
            if region in (now, after):
                yield replace(step, action=Action.CREATE if region == after else Action.DELETE)
        elif region == after:
            yield step


def _same_everywhere(checks: Sequence[Check], regions: int) -> list[Check]:
    """What passes in every region is said once."""
    passed = Counter((one.check, one.summary) for one in checks if one.status == CheckStatus.PASSED)
    everywhere = {said for said, count in passed.items() if count == regions}
    kept = [one for one in checks if (one.check, one.summary) not in everywhere]
    return [Check(check, CheckStatus.PASSED, summary) for check, summary in sorted(everywhere)] + kept


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
    if resource_kind == kind.SCALING_GROUP:
        taken.update(_taken_by_group(properties, matched))
    if resource_kind == kind.VOLUME:
        taken["gigabytes"] += int(properties.get("size_gib", 0))
    if resource_kind == kind.LOAD_BALANCER:
        taken["ports"] += 1  # its virtual address
    if resource_kind == kind.ROUTER_INTERFACE:
        taken["ports"] += 1
    return taken


def _taken_by_group(properties: Mapping[str, Any], matched: Mapping[str, Any]) -> Counter[str]:
    """As it starts. What its load adds later has to fit too, but nobody knows when, so it is no claim."""
    count, member = int(properties.get("desired", 0)), properties.get("member") or {}
    volumes = member.get("volumes") or ()
    each = {
        "instances": 1,
        "ports": 1,
        "cores": int(matched.get("flavor_vcpus", 0)),
        "ram": int(matched.get("flavor_ram_mib", 0)),
        "floating_ips": 1 if member.get("public_address") else 0,
        "members": len(properties.get("pools") or ()),
        "volumes": len(volumes),
        "gigabytes": sum(int(volume["size_gib"]) for volume in volumes),
    }
    return Counter({name: amount * count for name, amount in each.items()})


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

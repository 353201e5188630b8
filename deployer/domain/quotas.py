"""What a plan takes of a cloud's quotas, beside what is used and what other deployments will still take."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from deployer.domain.cloud import CloudProfile
from deployer.domain.kinds import facts_of
from deployer.domain.plan import Action, PlannedStep, Recorded
from designer.domain import resources as kind

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
# In the order in which people ask: what is scarce first. `ram` is in MiB, `gigabytes` in GiB.
TITLES = {
    "instances": "Servers",
    "cores": "vCPUs",
    "ram": "Memory, MiB",
    "volumes": "Volumes",
    "gigabytes": "Volumes, GiB",
    "floating_ips": "Public addresses",
    "load_balancers": "Load balancers",
    "networks": "Networks",
    "subnets": "Subnets",
    "routers": "Routers",
    "ports": "Ports",
    "security_groups": "Security groups",
    "security_group_rules": "Security rules",
    "server_groups": "Server groups",
    "key_pairs": "Key pairs",
    "listeners": "Listeners",
    "pools": "Pools",
    "members": "Pool members",
    "health_monitors": "Health monitors",
}


@dataclass(frozen=True)
class Projection:
    """One quota as it will be. `plan` is what is taken in the end, `peak` the most on the way there: what is
    new is made before what it stands in for goes. `others` is for deployments that run or wait.

    Units: as the cloud counts them.
    """

    region: str
    name: str
    limit: int
    used: int
    plan: int
    peak: int
    others: int

    @property
    def left(self) -> int:
        return self.limit - self.used - self.others - self.plan

    @property
    def is_short(self) -> bool:
        return self.plan > 0 and self.left < 0

    @property
    def is_tight(self) -> bool:
        """Enough in the end, but not while the old still stands beside the new."""
        return not self.is_short and self.peak > 0 and self.limit - self.used - self.others < self.peak

    def to_json(self) -> dict[str, Any]:
        return {
            "region": self.region,
            "name": self.name,
            "title": TITLES.get(self.name, self.name),
            "limit": self.limit,
            "used": self.used,
            "plan": self.plan,
            "others": self.others,
            "left": self.left,
        }

    def __str__(self) -> str:
        also = f", and other deployments will take {self.others:,}" if self.others else ""
        free = max(0, self.limit - self.used)
        title = TITLES.get(self.name, self.name)
        return f"{title}: {self.plan:,} needed, {free:,} of {self.limit:,} free{also}."


@dataclass(frozen=True)
class QuotaClaim:
    """What a deployment that runs or waits will still take for one resource."""

    kind: str
    region: str
    takes: Mapping[str, int]


def project_regions(
    steps: Sequence[PlannedStep],
    profile: CloudProfile,
    *,
    recorded: Mapping[str, Recorded],
    others: Sequence[QuotaClaim] = (),
) -> list[Projection]:
    """Each limited quota that the plan changes, region by region, the scarcest sorts first."""
    if len(profile.regions) < 2:
        return project(steps, profile, recorded=recorded, others=others)
    return [
        replace(one, region=region)
        for region in profile.regions
        for one in project(
            list(counted_in(region, steps, profile)),
            profile.at(region),
            recorded=recorded,
            others=[one for one in others if profile.reach(one.region, facts_of(one.kind).service) == region],
        )
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


def project(
    steps: Sequence[PlannedStep],
    profile: CloudProfile,
    *,
    recorded: Mapping[str, Recorded],
    others: Sequence[QuotaClaim] = (),
) -> list[Projection]:
    claimed: Counter[str] = Counter()
    for claim in others:
        claimed.update(claim.takes)
    change: Counter[str] = Counter()
    peak: Counter[str] = Counter()
    for step in steps:
        taken = quota_change(step, recorded.get(step.key))
        change.update(taken)
        peak.update({name: amount for name, amount in taken.items() if amount > 0})
    order = list(TITLES)
    return [
        Projection("", name, quota.limit, quota.used, change[name], peak[name], claimed[name])
        for name, quota in sorted(
            profile.quotas.items(), key=lambda one: order.index(one[0]) if one[0] in order else len(order)
        )
        if quota.limit >= 0 and (change[name] or peak[name])
    ]


def quota_change(step: PlannedStep, row: Recorded | None) -> Counter[str]:
    """What one step adds to each quota, below zero where it gives back. `row` is what stands there now."""
    after = takes(step.kind, step.properties, step.matched)
    before = takes(row.kind, row.properties, row.matched) if row else Counter[str]()
    change: Counter[str] = Counter()
    if step.action == Action.CREATE:
        change.update(after)
    elif step.action == Action.DELETE and step.cloud_id:
        change.subtract(before or after)
    elif step.action in (Action.UPDATE, Action.REPLACE):
        change.update(after)
        change.subtract(before)
    return Counter({name: amount for name, amount in change.items() if amount})


def takes(resource_kind: str, properties: Mapping[str, Any], matched: Mapping[str, Any]) -> Counter[str]:
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

"""From desired, recorded and live to the steps that lead there, each with its reason."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from deployer.domain.cloud import CloudProfile, Item, Live, LiveStatus
from deployer.domain.kinds import LOCAL, STACK, KindFacts, facts_of
from deployer.domain.matching import Match, match_resource
from designer.domain import resources as kind
from designer.domain.resources import Resource, ResourceGraph, from_json, references, to_json

Properties = Mapping[str, Any]

MATCHED_PROPERTIES = frozenset({"size", "flavor", "external", "member"})  # a change asks for another match


class Action(StrEnum):
    CREATE = "create"
    UPDATE = "update"
    REPLACE = "replace"
    DELETE = "delete"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Decision:
    """One action for one resource. The reason is for people; nothing branches on it."""

    action: Action
    reason: str
    changed: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Recorded:
    """What our row remembers of a resource. `properties` is JSON, references included.

    `region` is the cloud's own name of where it stands.
    `power` is how a server was left on purpose: empty is running, else "stopped".
    """

    key: str
    kind: str
    component: str
    cloud_id: str
    properties: Properties
    matched: Properties = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    region: str = ""
    power: str = ""


@dataclass(frozen=True)
class Mend:
    """What of one resource was changed in the cloud, and is put back.

    `changed` are the properties that can be put back in place, told in `reason`. `beyond` tells what cannot;
    with `replaces` the resource is then made anew, else that is left as it is.
    """

    changed: frozenset[str] = frozenset()
    reason: str = ""
    beyond: str = ""
    replaces: bool = False


@dataclass(frozen=True)
class PlannedStep:
    """One action on one resource.

    `properties` is JSON: what it shall be, or for a removal what it was. `matched` holds the cloud's own
    flavor, image and so on. `needs` are keys it is built on, `old_needs` those it was built on. `region` is
    where it shall be, or for a removal where it is; `old_region` is where it stood before.
    """

    key: str
    kind: str
    component: str
    label: str
    action: Action
    reason: str
    note: str = ""
    properties: Properties = field(default_factory=dict)
    matched: Properties = field(default_factory=dict)
    changed: frozenset[str] = frozenset()
    needs: tuple[str, ...] = ()
    old_needs: tuple[str, ...] = ()
    cloud_id: str = ""
    region: str = ""
    old_region: str = ""

    @property
    def is_stray(self) -> bool:
        """The removal of something that carries our tag without a record."""
        return self.action == Action.DELETE and STRAY in self.key


STRAY = "~"  # between the key in its tag and its id in the cloud


def decide(desired: Properties | None, recorded: Properties | None, facts: KindFacts) -> Decision:
    """Choose by comparing what the design asks with what our row says."""
    if recorded is None:
        return Decision(Action.CREATE, "not deployed yet")
    if desired is None:
        return Decision(Action.DELETE, "no longer in the design")
    changed = frozenset(
        name
        for name in (desired.keys() | recorded.keys()) - facts.unseen
        if desired.get(name) != recorded.get(name)
    )
    if fixed := changed - facts.updatable:
        return Decision(Action.REPLACE, _why_fixed(fixed), changed)
    for name in sorted(changed & facts.only_grows):
        if (desired.get(name) or 0) < (recorded.get(name) or 0):
            title = facts.title.lower()
            return Decision(Action.REPLACE, f"a {title} cannot shrink; its data goes with it", changed)
    if changed:
        return Decision(Action.UPDATE, f"{_listed(changed)} changed", changed)
    return Decision(Action.NOTHING, "already as designed")


def decide_from_live(decision: Decision, live: Live | None, *, was_there: bool = True) -> Decision:
    """What the cloud answers comes before what our row says.

    `was_there`: the cloud has said its id. Of what a deployment has only just asked for, nobody knows it yet.
    """
    if decision.action == Action.CREATE:
        return decision
    if decision.action == Action.DELETE:
        gone = "already gone from the cloud" if was_there else "was asked for, but is not there yet"
        return Decision(Action.DELETE, gone) if live is None else decision
    if live is None:
        missing = "was deployed, but is no longer in the cloud"
        return Decision(Action.CREATE, missing if was_there else "was asked for, but is not there yet")
    if live.status == LiveStatus.FAILED:
        words = f": {live.detail}" if live.detail else ""
        return Decision(Action.REPLACE, f"has failed in the cloud{words}")
    if live.status == LiveStatus.WORKING and decision.action == Action.NOTHING:
        return Decision(Action.UPDATE, "the cloud has not finished it yet")
    return decision


def decide_from_drift(decision: Decision, mend: Mend | None) -> Decision:
    """What somebody changed in the cloud is put back, where that takes nothing but a change."""
    if mend is None or decision.action not in (Action.NOTHING, Action.UPDATE):
        return decision
    if mend.beyond and mend.replaces:
        return Decision(Action.REPLACE, mend.beyond, mend.changed)
    if not mend.changed:
        return decision
    reason = mend.reason if decision.action == Action.NOTHING else f"{decision.reason}; {mend.reason}"
    return Decision(Action.UPDATE, reason, decision.changed | mend.changed)


def build_plan(
    desired: ResourceGraph,
    recorded: Mapping[str, Recorded],
    live: Mapping[str, Live],
    profile: CloudProfile,
    *,
    strays: Iterable[Item] = (),
    mends: Mapping[str, Mend] | None = None,
) -> list[PlannedStep]:
    """The steps in an order in which they can be read: what is made or kept first, then what goes.

    Regions of `desired` are the cloud's, as those of `recorded` are (domain.regions maps the drawn ones).
    `live` has what the cloud answered for recorded keys; a key that is missing there is gone. `strays`
    carry our tag without a record, left by an interruption; they go too. `mends`: what drifted, by key.
    """
    mends = mends or {}
    steps: dict[str, PlannedStep] = {}
    renewed: set[str] = set()  # keys whose identity in the cloud changes
    for resource in desired:
        if resource.kind == kind.EXTERNAL:
            continue
        key = resource.key
        step = _plan_one(resource, recorded.get(key), live.get(key), profile, renewed, mend=mends.get(key))
        if step.action == Action.REPLACE or (step.action == Action.CREATE and resource.key in recorded):
            renewed.add(resource.key)
        steps[resource.key] = step
    gone = [one for key, one in recorded.items() if key not in steps]
    for one in reversed(creation_order(gone)):
        decision = decide_from_live(
            decide(None, one.properties, facts_of(one.kind)), live.get(one.key), was_there=bool(one.cloud_id)
        )
        steps[one.key] = _removal(one, decision.reason)
    return [*steps.values(), *(_stray_removal(item, steps) for item in strays)]


def build_destroy_plan(
    recorded: Mapping[str, Recorded], live: Mapping[str, Live], *, strays: Iterable[Item] = ()
) -> list[PlannedStep]:
    """Remove all that is recorded, and what carries our tag without being recorded."""
    steps = build_plan(ResourceGraph({}), recorded, live, CloudProfile(), strays=strays)
    return [
        replace(step, reason="the deployment is being destroyed")
        if step.reason == "no longer in the design"
        else step
        for step in steps
    ]


def is_matched_otherwise(step: PlannedStep, profile: CloudProfile) -> bool:
    """Whether the cloud offers something else by now than what a new resource was planned with."""
    if step.action not in (Action.CREATE, Action.REPLACE) or step.kind == STACK:
        return False
    return dict(match_resource(step.kind, from_json(step.properties), profile).values) != dict(step.matched)


def creation_order(recorded: Iterable[Recorded]) -> list[Recorded]:
    """Needs first. Needs that are not among them don't count."""
    by_key = {one.key: one for one in recorded}
    ordered: dict[str, Recorded] = {}

    def place(key: str, path: frozenset[str]) -> None:
        if key in ordered or key not in by_key or key in path:
            return
        for need in by_key[key].needs:
            place(need, path | {key})
        ordered[key] = by_key[key]

    for key in by_key:
        place(key, frozenset())
    return list(ordered.values())


def recorded_graph(recorded: Iterable[Recorded]) -> ResourceGraph:
    """What is deployed, as a graph that can be priced. A stack is no resource of a design, only a way."""
    return ResourceGraph(
        {
            one.key: Resource(
                one.key, one.kind, one.component, from_json(one.properties), one.needs, region=one.region
            )
            for one in creation_order(recorded)
            if one.kind != STACK
        }
    )


def as_stored(properties: Properties) -> Properties:
    """Properties as they come back from a JSON column, so that equal means equal."""
    return json.loads(json.dumps(to_json(properties), sort_keys=True))


def _plan_one(
    resource: Resource,
    row: Recorded | None,
    live: Live | None,
    profile: CloudProfile,
    renewed: set[str],
    *,
    mend: Mend | None,
) -> PlannedStep:
    facts = facts_of(resource.kind)
    properties = as_stored(resource.properties)
    decision = decide(properties, row.properties if row else None, facts)
    if row is not None and _moves(row, resource, facts, profile):
        decision = Decision(Action.REPLACE, f"moves from {row.region} to {resource.region}")
    asked = decision.changed
    was_there = row is None or bool(row.cloud_id)
    decision = decide_from_drift(decide_from_live(decision, live, was_there=was_there), mend)
    if decision.action in (Action.UPDATE, Action.NOTHING):
        decision = _cascade(resource, decision, facts, renewed)
    match = _keep_or_match(resource, row, decision, asked, profile.at(resource.region))
    left = mend.beyond if mend and decision.action in (Action.UPDATE, Action.NOTHING) else ""
    return PlannedStep(
        key=resource.key,
        kind=resource.kind,
        component=resource.component,
        label=str(resource.properties.get("name") or resource.key),
        action=decision.action,
        reason=decision.reason,
        note=" ".join(part for part in (resource.note, match.note, left) if part),
        properties=properties,
        matched=match.values,
        changed=decision.changed,
        needs=resource.needs,
        old_needs=row.needs if row else (),
        cloud_id=row.cloud_id if row and live is not None else "",
        region=resource.region,
        old_region=row.region if row else resource.region,
    )


def _moves(row: Recorded, resource: Resource, facts: KindFacts, profile: CloudProfile) -> bool:
    """To a region where another service answers. A row without a region stands where it shall be."""
    if facts.service == LOCAL or not row.region:
        return False
    return profile.reach(row.region, facts.service) != profile.reach(resource.region, facts.service)


def _cascade(resource: Resource, decision: Decision, facts: KindFacts, renewed: set[str]) -> Decision:
    """What it refers to gets a new identity: follow, or be built anew too."""
    for name, value in resource.properties.items():
        targets = sorted({ref.key for ref in references(value)} & renewed)
        if not targets or name in facts.unseen:
            continue
        if name not in facts.loose:
            return Decision(Action.REPLACE, f"{targets[0]}, which it is built on, is made anew")
        decision = Decision(Action.UPDATE, f"follows {targets[0]}", decision.changed | {name})
    return decision


def _keep_or_match(
    resource: Resource, row: Recorded | None, decision: Decision, asked: frozenset[str], profile: CloudProfile
) -> Match:
    """A resource keeps the flavor it has until its size changes, whatever the cloud offers meanwhile.

    `asked` is what the design changed: one that was resized in the cloud gets back what it had.
    """
    stays = decision.action in (Action.NOTHING, Action.UPDATE)
    if row is not None and stays and not asked & MATCHED_PROPERTIES:
        return Match(row.matched)
    return match_resource(resource.kind, resource.properties, profile)


def _removal(one: Recorded, reason: str) -> PlannedStep:
    return PlannedStep(
        key=one.key,
        kind=one.kind,
        component=one.component,
        label=str(one.properties.get("name") or one.key),
        action=Action.DELETE,
        reason=reason,
        properties=one.properties,
        matched=one.matched,
        old_needs=one.needs,
        cloud_id=one.cloud_id,
        region=one.region,
        old_region=one.region,
    )


def _stray_removal(item: Item, steps: Mapping[str, PlannedStep]) -> PlannedStep:
    """Its needs are unknown, so it waits for nothing; a refusal because it is in use is tried again."""
    assert item.tag is not None
    twin = steps.get(item.tag.key)
    return PlannedStep(
        key=f"{item.tag.key}{STRAY}{item.cloud_id}",
        kind=item.kind,
        component=twin.component if twin else item.tag.key.partition("/")[0],
        label=item.name,
        action=Action.DELETE,
        reason="carries our tag but is in no record: left by an interruption",
        old_needs=tuple(need for need in twin.old_needs) if twin else (),
        cloud_id=item.cloud_id,
        region=item.region,
        old_region=item.region,
    )


def _why_fixed(names: frozenset[str]) -> str:
    if names == {"user_data"}:
        return "its software is set up at its first start, and what it is told there has changed"
    return f"{_listed(names)} cannot change in place"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))

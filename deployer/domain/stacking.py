"""Another way to carry out a plan: one Heat stack makes what the steps say.

    passwords ──► the stack ──► the step of each resource that it makes: found, looked at, recorded
                            ──► alarms, scaling groups: our own calls, with the ids that Heat was given

The stack is one more step. What is in it is its property, so it is compared, changed and taken back as any
other resource is. The steps of what it makes stay in the plan, with their reasons and their money.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from deployer.domain.cloud import Live
from deployer.domain.kinds import STACK, facts_of
from deployer.domain.plan import (
    Action,
    PlannedStep,
    Recorded,
    as_stored,
    decide,
    decide_from_live,
)
from designer.domain import resources as kind
from designer.domain.resources import from_json, references

STACK_KEY = f"design/{STACK}"

# Made by our own calls beside the stack: Heat makes these otherwise than they are drawn, or not at all; and a
# scaling group is a stack already, which its load changes whenever it likes.
BESIDE = frozenset({kind.ALARM, kind.SCALING_GROUP, kind.FILE_SHARE, kind.VPN_ENDPOINT_GROUP})
# Told to the stack though it makes none of them.
CONTEXT = frozenset({kind.PASSWORD, kind.VPN_ENDPOINT_GROUP})

_OUTSIDE = BESIDE | {kind.PASSWORD, kind.EXTERNAL, STACK}

Contents = Mapping[str, Mapping[str, Any]]  # by key: kind, component, properties, matched, needs


def is_inside(resource_kind: str) -> bool:
    return resource_kind not in _OUTSIDE


def with_stack(
    steps: Sequence[PlannedStep], recorded: Mapping[str, Recorded], live: Mapping[str, Live], *, title: str
) -> list[PlannedStep]:
    """The same steps behind the one of the stack that carries out most of them.

    Its `matched` has `carries`, the keys whose change it makes, and `anew`, those among them that Heat has to
    be told to make once more because somebody else removed them.
    """
    kept = [step for step in steps if step.action != Action.DELETE]
    contents = {step.key: _entry(step) for step in kept if is_inside(step.kind) or step.kind in CONTEXT}
    # Heat's tunnels say both ends themselves.
    steps = [step for step in steps if step.kind != kind.VPN_ENDPOINT_GROUP]
    row = recorded.get(STACK_KEY)
    if not any(is_inside(entry["kind"]) for entry in contents.values()):
        return list(steps) if row is None else [*steps, _removal(row)]
    properties = as_stored({"name": title, "resources": contents})
    before: Contents = row.properties["resources"] if row else {}
    carries, anew = [], []
    for step in steps:
        if not is_inside(step.kind) or step.is_stray or step.action == Action.NOTHING:
            continue
        if properties["resources"].get(step.key) != before.get(step.key):
            carries.append(step.key)
        elif step.action in (Action.CREATE, Action.REPLACE):
            carries.append(step.key)
            if step.key in recorded:
                anew.append(step.key)
    decision = decide(properties, row.properties if row else None, facts_of(STACK))
    decision = decide_from_live(decision, live.get(STACK_KEY))
    if decision.action == Action.NOTHING and carries:
        decision = replace(decision, action=Action.UPDATE, reason="makes anew what is no longer there")
    elif decision.action == Action.UPDATE and row is not None:
        decision = replace(decision, reason=f"{_count(carries)} in it changed" if carries else "is finished")
    stack = PlannedStep(
        key=STACK_KEY,
        kind=STACK,
        component="",
        label=title,
        action=decision.action,
        reason=decision.reason,
        properties=properties,
        matched={"carries": carries, "anew": anew},
        changed=decision.changed,
        needs=tuple(key for key, entry in contents.items() if entry["kind"] == kind.PASSWORD),
        cloud_id=row.cloud_id if row and STACK_KEY in live else "",
        region=_region(steps),
        old_region=row.region if row else _region(steps),
    )
    return [stack, *steps]


def without_stack(recorded: Mapping[str, Recorded]) -> dict[str, Recorded]:
    """What a design asks for; the stack is only how."""
    return {key: one for key, one in recorded.items() if key != STACK_KEY}


def is_as_one_stack(steps: Sequence[PlannedStep]) -> bool:
    return any(step.kind == STACK for step in steps)


def why_not_as_one_stack(steps: Sequence[PlannedStep], recorded: Mapping[str, Recorded]) -> str:
    """Why these steps cannot be those of one stack, with what to do; empty: they can."""
    if not any(step.kind == STACK and step.action != Action.DELETE for step in steps):
        return ""
    inside = [step for step in steps if is_inside(step.kind) and step.action != Action.DELETE]
    if len({step.region for step in inside}) > 1:
        return "A stack stands in one region and this design in several. Deploy it call by call."
    if STACK_KEY not in recorded and any(is_inside(one.kind) for one in recorded.values()):
        return (
            "The design stands here already, made call by call, and a stack cannot take that over. "
            "Go on call by call, or destroy it first."
        )
    beside = {step.key: step.label for step in steps if step.kind in BESIDE}
    for step in inside:
        if found := [beside[need] for need in step.needs if need in beside]:
            return f"{step.label} needs {found[0]}, which Heat does not make. Deploy it call by call."
    return ""


def _entry(step: PlannedStep) -> dict[str, Any]:
    """What Heat is told of it; what only pricing or drawing reads is no change for a stack."""
    unseen = facts_of(step.kind).unseen - {"name"}
    properties = {name: value for name, value in step.properties.items() if name not in unseen}
    named = {ref.key for ref in references(from_json(properties))}
    return {
        "kind": step.kind,
        "component": step.component,
        "properties": properties,
        "matched": dict(step.matched),
        "needs": [need for need in step.needs if need not in named],
    }


def _region(steps: Sequence[PlannedStep]) -> str:
    return next((step.region for step in steps if is_inside(step.kind)), "")


def _removal(row: Recorded) -> PlannedStep:
    return PlannedStep(
        key=row.key,
        kind=row.kind,
        component=row.component,
        label="Heat stack",
        action=Action.DELETE,
        reason="nothing is left that it would make",
        properties=row.properties,
        matched=row.matched,
        cloud_id=row.cloud_id,
        region=row.region,
        old_region=row.region,
    )


def _count(keys: Sequence[str]) -> str:
    return f"{len(keys)} resource{'' if len(keys) == 1 else 's'}"

"""How the steps of a plan are carried out: which calls there are, and which waits for which."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import Any

from deployer.domain.kinds import HOLDS_DATA, LOAD_BALANCER_PARTS, STACK
from deployer.domain.plan import Action, PlannedStep
from deployer.domain.stacking import STACK_KEY, is_inside
from designer.domain import resources as kind
from designer.domain.resources import DependencyCycle, from_json, references

Before = Mapping[str, Any]  # see deployer.models.StepRun.before


@dataclass(frozen=True)
class PlannedRun:
    """One call. `needs` names the runs that must succeed first; `parts` the keys made in the same call.

    `undoes` tells what takes a deployment back from what carried it forward.
    """

    key: str
    action: Action
    needs: frozenset[str] = frozenset()
    parts: tuple[str, ...] = ()
    undoes: bool = False

    @property
    def name(self) -> str:
        return run_name(self.action, self.key, undoes=self.undoes)


def build_runs(steps: Sequence[PlannedStep]) -> list[PlannedRun]:
    """Order the calls: needs before what needs them, and the other way round for removals.

    A replacement is two runs, the removal first. Steps with nothing to do have none.
    Raises: DependencyCycle.
    """
    makes = {step.key: _name(_making(step), step.key) for step in steps if _making(step)}
    removes = {
        step.key: _name(Action.DELETE, step.key)
        for step in steps
        if step.action in (Action.DELETE, Action.REPLACE)
    }
    runs: dict[str, PlannedRun] = {}
    for step in steps:
        if name := removes.get(step.key):
            runs[name] = PlannedRun(step.key, Action.DELETE, _before_removal(step, steps, makes, removes))
        if name := makes.get(step.key):
            needs = {makes[need] for need in step.needs if need in makes}
            if step.key in removes:
                needs.add(removes[step.key])
            runs[name] = PlannedRun(step.key, _making(step) or Action.CREATE, frozenset(needs))
    stack = next((step for step in steps if step.kind == STACK and step.action != Action.NOTHING), None)
    carried = _carried_by(stack, steps)
    _make_load_balancers_whole(runs, [step for step in steps if step.key not in carried])
    _remove_load_balancers_whole(runs, steps)
    if stack is not None:
        _let_the_stack_carry(stack, carried, runs)
    return _in_order(runs)


def _carried_by(stack: PlannedStep | None, steps: Sequence[PlannedStep]) -> frozenset[str]:
    """Keys whose change a Heat stack makes: those that it says, or all that goes with it."""
    if stack is None:
        return frozenset()
    if stack.action == Action.DELETE:
        return frozenset(step.key for step in steps if is_inside(step.kind) and not step.is_stray)
    return frozenset(stack.matched.get("carries", ()))


def undo_steps(
    steps: Sequence[PlannedStep], befores: Mapping[str, Before], touched: Set[tuple[Action, str]]
) -> tuple[list[PlannedStep], list[str]]:
    """The steps that lead back from where a deployment has come, and what cannot be brought back.

    `befores` are our rows as they were, by key. `touched` are the runs that may have had an effect, as
    (action, key). What held data that is gone is left out, and so is a volume's smaller size.
    """
    back: list[PlannedStep] = []
    lost: list[str] = []
    for step in steps:
        removed = (Action.DELETE, step.key) in touched
        made = (Action.CREATE, step.key) in touched
        before = befores.get(step.key)
        if made and not removed:
            action = Action.DELETE
        elif (Action.UPDATE, step.key) in touched and before is not None:
            action = Action.UPDATE
        elif removed and before is not None:
            if step.kind in HOLDS_DATA:
                lost.append(step.key)
                continue
            action = Action.REPLACE if made else Action.CREATE
        else:
            continue
        old = _as_before(step, before) if before is not None and action != Action.DELETE else step
        back.append(
            replace(
                old,
                action=action,
                reason="the deployment is rolled back",
                changed=step.changed,
                old_needs=step.needs if action != Action.CREATE else (),
                old_region=step.region,
                needs=() if action == Action.DELETE else old.needs,
            )
        )
    return back, lost


def build_undo_runs(steps: Sequence[PlannedStep]) -> list[PlannedRun]:
    """As `build_runs`, under names of their own. Raises: DependencyCycle."""

    def renamed(name: str) -> str:
        action, _, key = name.partition(" ")
        return run_name(action, key, undoes=True)

    return [
        replace(run, undoes=True, needs=frozenset(renamed(name) for name in run.needs))
        for run in build_runs(steps)
    ]


def run_name(action: str, key: str, *, undoes: bool = False) -> str:
    """How runs name each other in their needs."""
    return f"{'undo-' if undoes else ''}{action} {key}"


def _as_before(step: PlannedStep, before: Before) -> PlannedStep:
    properties = dict(before["properties"])
    if step.kind == STACK:  # it carries back what it carried
        before = {**before, "matched": step.matched}
    if step.kind == kind.VOLUME and step.properties.get("size_gib", 0) > properties.get("size_gib", 0):
        properties["size_gib"] = step.properties["size_gib"]  # what has grown does not shrink
    return replace(
        step,
        properties=properties,
        matched=before["matched"],
        needs=tuple(before["needs"]),
        component=before["component"],
        region=before["region"],
        label=before["name"] or step.label,
    )


def _name(action: Action | None, key: str) -> str:
    return run_name(str(action), key)


def _making(step: PlannedStep) -> Action | None:
    if step.action in (Action.CREATE, Action.REPLACE):
        return Action.CREATE
    return Action.UPDATE if step.action == Action.UPDATE else None


def _before_removal(
    step: PlannedStep, steps: Sequence[PlannedStep], makes: Mapping[str, str], removes: Mapping[str, str]
) -> frozenset[str]:
    """Whoever was built on it goes first, or lets go of it first."""
    waits = set()
    for other in steps:
        if step.key not in other.old_needs or other.key == step.key:
            continue
        if other.key in removes:
            waits.add(removes[other.key])
        elif other.key in makes and step.key not in other.needs:
            waits.add(makes[other.key])
    return frozenset(waits)


def _make_load_balancers_whole(runs: dict[str, PlannedRun], steps: Sequence[PlannedStep]) -> None:
    """Octavia makes a load balancer and its children in one call: a quarter of the time of one by one.

    So the load balancer also waits for what its children are built on, unless that waits for it.
    """
    for whole in steps:
        name = _name(Action.CREATE, whole.key)
        if whole.kind != kind.LOAD_BALANCER or name not in runs:
            continue
        parts = [step for step in steps if _part_of(step) == whole.key and _making(step) == Action.CREATE]
        family = {whole.key, *(part.key for part in parts)}
        waits_for_whole = _descendants(name, runs)
        together: list[PlannedStep] = []
        for part in parts:  # in creation order: a pool stands before its members
            outside = {
                need for need in runs[_name(Action.CREATE, part.key)].needs if _key(need) not in family
            }
            inside = {_name(Action.CREATE, need) for need in part.needs if need in family - {whole.key}}
            if not outside & waits_for_whole and inside <= {
                _name(Action.CREATE, one.key) for one in together
            }:
                together.append(part)
                runs[name] = replace(runs[name], needs=runs[name].needs | outside)
        runs[name] = replace(runs[name], parts=tuple(part.key for part in together))


def _remove_load_balancers_whole(runs: dict[str, PlannedRun], steps: Sequence[PlannedStep]) -> None:
    """Its children go with it, so they wait for it and not it for them."""
    for whole in steps:
        name = _name(Action.DELETE, whole.key)
        if whole.kind != kind.LOAD_BALANCER or name not in runs:
            continue
        parts = {
            _name(Action.DELETE, step.key)
            for step in steps
            if _part_of(step) == whole.key and _name(Action.DELETE, step.key) in runs
        }
        runs[name] = replace(runs[name], needs=runs[name].needs - parts)
        for part in parts:
            runs[part] = replace(runs[part], needs=(runs[part].needs - parts) | {name})


def _let_the_stack_carry(stack: PlannedStep, carried: frozenset[str], runs: dict[str, PlannedRun]) -> None:
    """What a stack makes, changes or removes is looked at once that is done; our own calls fit in around it.

    What is made beside it waits for the parts that it is built on, and what goes is gone before they go.
    """
    name = _name(Action.DELETE if stack.action == Action.DELETE else _making(stack), stack.key)
    for run in list(runs.values()):
        if run.key not in carried:
            continue
        needs = {name} if run.action == Action.DELETE else run.needs | {name}
        runs[run.name] = replace(run, needs=frozenset(needs))
    gone_before = {run.name for run in runs.values() if _goes_beside(run, carried)}
    runs[name] = replace(runs[name], needs=runs[name].needs | gone_before)


def _goes_beside(run: PlannedRun, carried: frozenset[str]) -> bool:
    """A removal by a call of ours. A password's waits for what knows it, so that one comes last."""
    if run.action != Action.DELETE or run.key in (*carried, STACK_KEY):
        return False
    return not any(_key(need) in carried for need in run.needs)


def _part_of(step: PlannedStep) -> str | None:
    if step.kind not in LOAD_BALANCER_PARTS:
        return None
    return next((ref.key for ref in references(from_json(step.properties.get("load_balancer")))), None)


def _key(name: str) -> str:
    return name.partition(" ")[2]


def _descendants(name: str, runs: Mapping[str, PlannedRun]) -> set[str]:
    """Every run that waits for this one, however far."""
    found: set[str] = set()
    front = {name}
    while front:
        front = {other for other, run in runs.items() if run.needs & front} - found
        found |= front
    return found


def _in_order(runs: Mapping[str, PlannedRun]) -> list[PlannedRun]:
    order: dict[str, PlannedRun] = {}
    while len(order) < len(runs):
        ready = [name for name, run in runs.items() if name not in order and run.needs <= order.keys()]
        if not ready:
            raise DependencyCycle([_key(name) for name in runs if name not in order])
        for name in ready:
            order[name] = runs[name]
    return list(order.values())

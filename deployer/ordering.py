"""Which call to the cloud a run makes next, with every reference filled in from the records."""

from collections.abc import Iterable, Mapping
from functools import partial

from deployer.domain import calls
from deployer.domain.calls import Call
from deployer.domain.cloud import Cloud, Order, Spec, Tag
from deployer.domain.kinds import STACK
from deployer.domain.plan import Action
from deployer.domain.resolving import resolve
from deployer.domain.runs import run_name
from deployer.domain.stacking import is_inside
from deployer.domain.states import RunStatus
from deployer.exports.heat.whole_plan import names_in_stack, stack_request
from deployer.models import Deployment, Resource, Step, StepRun
from designer.domain.resources import from_json


class Orders:
    """Knows what the cloud has answered so far, by resource key."""

    def __init__(
        self, deployment: Deployment, runs: Mapping[str, StepRun], rows: Mapping[str, Resource]
    ) -> None:
        self._deployment = deployment
        self._runs = runs
        self._by_stack = carried_runs(runs.values())
        self._names = {
            run.name: names_in_stack(run.step.properties["resources"])
            for run in runs.values()
            if run.kind == STACK
        }
        self._outputs = {key: row.all_outputs() for key, row in rows.items()}

    def learn(self, row: Resource) -> None:
        self._outputs[row.key] = row.all_outputs()

    def forget(self, key: str) -> None:
        self._outputs.pop(key, None)

    def made_by_stack(self, run: StepRun) -> str:
        """The id that Heat has given to what it makes for this run; empty while it has none."""
        stack = self._by_stack.get(run.name)
        if stack is None:
            return ""
        name = self._names[stack.name].get(run.key, "")
        return self._outputs.get(stack.key, {}).get(name, "")

    def is_in_stack(self, run: StepRun) -> bool:
        return run.name in self._by_stack

    def needs_met_early(self) -> dict[str, str]:
        """By run: the stack that it need not wait for any longer, because its own part of it is there."""
        return {
            name: stack.name
            for name, stack in self._by_stack.items()
            if stack.action == Action.CREATE and self.made_by_stack(self._runs[name])
        }

    def call_for(self, run: StepRun, cloud: Cloud, *, only_find: bool) -> Call:
        """The next call of a run that is to start, or is under way and due.

        A running run without a next look was interrupted in the middle of its call.
        `only_find`: start nothing that is not there already. Raises: OutputMissing.
        """
        asked = run.status == RunStatus.RUNNING and run.next_try_at is not None
        if run.action == Action.DELETE:
            if not run.cloud_id and run.undoes:  # its making was tried, and nobody knows with what effect
                return partial(
                    calls.unmake, cloud, self.order_of(self._runs[run_name(Action.CREATE, run.key)])
                )
            ask = calls.look_for_end if asked else calls.remove
            return partial(ask, cloud, run.kind, run.cloud_id)
        if run.action == Action.UPDATE:
            if asked or self.is_in_stack(run):
                return partial(calls.look, cloud, run.kind, run.cloud_id)
            changed = frozenset(run.step.changed)
            return partial(calls.change, cloud, run.kind, run.cloud_id, self._spec(run.step), changed)
        if run.cloud_id:
            return partial(calls.look, cloud, run.kind, run.cloud_id)
        order = self.order_of(run)
        if self.is_in_stack(run):
            return partial(calls.find_made, cloud, order, self.made_by_stack(run))
        if only_find:
            return partial(calls.find, cloud, order)
        # A run that was never tried cannot have left anything, so it need not be looked for.
        return partial(calls.make, cloud, order, look_first=run.tried)

    def order_of(self, run: StepRun) -> Order:
        """Raises: OutputMissing."""
        family = frozenset((run.key, *run.parts))
        parts = tuple(
            Order(part.kind, self._tag(part.key), self._spec(part.step, leave=family))
            for part in (self._runs[run_name(Action.CREATE, key, undoes=run.undoes)] for key in run.parts)
        )
        return Order(run.kind, self._tag(run.key), self._spec(run.step), parts)

    def _tag(self, key: str) -> Tag:
        return Tag(str(self._deployment.id), key)

    def _spec(self, step: Step, *, leave: frozenset[str] = frozenset()) -> Spec:
        if step.kind == STACK:
            return self._stack_spec(step)
        return {**resolve(from_json(step.properties), self._outputs, leave=leave), **step.matched}

    def _stack_spec(self, step: Step) -> Spec:
        contents = step.properties["resources"]
        request = stack_request(contents, self._outputs, title=step.label)
        names = names_in_stack(contents)
        anew = [names[key] for key in step.matched.get("anew", ()) if key in names]
        return {**vars(request), "anew": anew}


def carried_runs(runs: Iterable[StepRun]) -> dict[str, StepRun]:
    """By run: the one of the stack that makes, changes or removes it."""
    runs = list(runs)
    stacks = {run.name: run for run in runs if run.kind == STACK}
    return {
        run.name: stacks[need] for run in runs if is_inside(run.kind) for need in run.needs if need in stacks
    }

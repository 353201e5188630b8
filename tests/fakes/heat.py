"""A fake cloud with a Heat: a stack's resources come in one after the other, and go with it."""

import itertools
from dataclasses import dataclass, field
from typing import Any

import yaml

from deployer.domain.cloud import Conflict, Item, Live, LiveStatus, NotFound, Order, Spec
from deployer.domain.kinds import STACK
from tests.fakes.cloud import FakeCloud

PER_LOOK = 6


@dataclass
class Stack:
    """`made` is what is there: name in the template -> (id that Heat tells, thing that it stands for)."""

    cloud_id: str
    order: Order
    asked: dict[str, Any]
    made: dict[str, tuple[str, tuple[str, str] | None]] = field(default_factory=dict)
    failed: str = ""
    parameters: dict[str, str] = field(default_factory=dict)


class FakeHeat(FakeCloud):
    """`stacks` by id. Things of a stack carry no tag of ours, as in a real one."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.stacks: dict[str, Stack] = {}
        self.fails_at = ""
        self._ids = itertools.count(1)

    def stack(self) -> Stack:
        (found,) = self.stacks.values()
        return found

    def inventory(self, kinds: Any) -> list[Item]:
        items = super().inventory(kinds)
        if STACK in set(kinds):
            items += [
                Item(STACK, one.cloud_id, one.cloud_id, one.order.tag, self._stack_live(one).status)
                for one in self.stacks.values()
            ]
        return items

    def find(self, order: Order) -> Live | None:
        if order.kind != STACK:
            return super().find(order)
        return next(
            (self._stack_live(one) for one in self.stacks.values() if one.order.tag == order.tag), None
        )

    def create(self, order: Order) -> Live:
        if order.kind != STACK:
            return super().create(order)
        self.calls.append(("create", STACK))
        self._maybe_refuse("create", STACK)
        if any(one.order.tag == order.tag for one in self.stacks.values()):
            raise Conflict("The Stack already exists.")
        made = Stack(f"stack-{next(self._ids)}", order, yaml.safe_load(order.spec["template"])["resources"])
        made.parameters = dict(order.spec["parameters"])
        self.stacks[made.cloud_id] = made
        self._maybe_lose_answer(STACK)
        return Live(made.cloud_id, LiveStatus.WORKING)

    def get(self, kind: str, cloud_id: str) -> Live:
        if kind != STACK:
            return super().get(kind, cloud_id)
        self.calls.append(("get", STACK))
        if cloud_id not in self.stacks:
            raise NotFound("The stack is gone.")
        stack = self.stacks[cloud_id]
        waiting = [name for name in stack.asked if name not in stack.made]
        for name in waiting[:PER_LOOK]:
            if name == self.fails_at:
                stack.failed, self.fails_at = f"Resource CREATE failed: {name}", ""
            if not stack.failed:
                stack.made[name] = (f"heat-{next(self._ids)}", None)
        return self._stack_live(stack)

    def find_made(self, order: Order, heat_id: str) -> Live:
        for stack in self.stacks.values():
            for name, (known, thing) in stack.made.items():
                if known != heat_id:
                    continue
                if thing is None or thing not in self.things:
                    made = self._make(order)
                    made.tag, made.looks_left = None, 0
                    stack.made[name] = (known, (made.kind, made.cloud_id))
                    return self._live(made)
                return self._live(self.things[thing])
        raise NotFound(f"Heat knows no {heat_id}.")

    def update(self, kind: str, cloud_id: str, spec: Spec, changed: frozenset[str]) -> Live:
        if kind != STACK:
            return super().update(kind, cloud_id, spec, changed)
        self.calls.append(("update", STACK))
        self._maybe_refuse("update", STACK)
        stack = self.stacks[cloud_id]
        asked = yaml.safe_load(spec["template"])["resources"]
        for name in list(stack.made):
            if name not in asked or name in spec["anew"]:
                _, thing = stack.made.pop(name)
                self.things.pop(thing, None) if thing else None
        stack.asked, stack.failed = asked, ""
        return Live(cloud_id, LiveStatus.WORKING)

    def delete(self, kind: str, cloud_id: str) -> None:
        if kind != STACK:
            return super().delete(kind, cloud_id)
        self.calls.append(("delete", STACK))
        if cloud_id not in self.stacks:
            raise NotFound("The stack is gone.")
        for _, thing in self.stacks.pop(cloud_id).made.values():
            self.things.pop(thing, None) if thing else None

    def _stack_live(self, stack: Stack) -> Live:
        outputs = {"id": stack.cloud_id, **{name: heat_id for name, (heat_id, _) in stack.made.items()}}
        if stack.failed:
            return Live(stack.cloud_id, LiveStatus.FAILED, stack.failed, outputs)
        is_whole = stack.asked.keys() <= stack.made.keys()
        return Live(stack.cloud_id, LiveStatus.ACTIVE if is_whole else LiveStatus.WORKING, "", outputs)

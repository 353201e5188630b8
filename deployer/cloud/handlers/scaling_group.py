"""A scaling group: a Heat stack with the group, its two policies and their alarms."""

import json
import re
from collections.abc import Iterator
from typing import Any

from openstack.connection import Connection

from deployer.cloud.handlers.handler import Handler, human_name
from deployer.cloud.handlers.stack import stack_live, standing_stacks, tag_of_stack
from deployer.domain.cloud import Busy, Conflict, Item, Live, LiveStatus, Order, Spec, Tag
from deployer.domain.scaling_stack import GROUP, MEMBER_FILE, member_template, scaling_template
from designer.domain import resources

PATIENCE_MINUTES = 30
# Heat takes letters, digits, dots, dashes and _ only. No component's id has a dot, so they part the key.
_NAME = re.compile(r"^stackdraft-([0-9a-f-]{36})-([^.]+)\.([^.]+)(?:\.([^.]+))?$")


class ScalingGroupHandler(Handler):
    """Lists of stacks tell little, so the name carries the tag; and Heat keeps names apart."""

    kind = resources.SCALING_GROUP

    def items(self, conn: Connection) -> Iterator[Item]:
        for stack in standing_stacks(conn):
            if tag_of_stack(stack.name):
                continue  # a whole plan in one
            live = stack_live(stack)
            # A change that failed can be tried again, and a new stack would cost all its members.
            failed_change = stack.status == "UPDATE_FAILED"
            status = LiveStatus.WORKING if failed_change else live.status
            yield Item(self.kind, stack.id, stack.name, _tag(stack.name), status, live.detail)

    def find(self, conn: Connection, order: Order) -> Live | None:
        return self.get(conn, _stack_name(order.tag))

    def create(self, conn: Connection, order: Order) -> Live:
        stack = conn.orchestration.create_stack(
            name=_stack_name(order.tag),
            is_rollback_disabled=True,
            **_templates(order.spec, order.tag),
        )
        return Live(stack.id, LiveStatus.WORKING, outputs={"id": stack.id})

    def get(self, conn: Connection, cloud_id: str) -> Live:
        stack = conn.orchestration.get_stack(cloud_id, resolve_outputs=False)
        if stack.status == "DELETE_FAILED":
            raise Conflict(f"Heat could not remove it: {stack.status_reason}")
        return stack_live(stack)

    def update(self, conn: Connection, cloud_id: str, spec: Spec, changed: frozenset[str]) -> Live:
        """How many members there are is the load's to say, unless the design has just said so anew.

        A group that is growing is let grow first: Heat would break that off, and fail with it.
        """
        stack = conn.orchestration.get_stack(cloud_id, resolve_outputs=False)
        if _is_growing(conn, stack):
            raise Busy("Its load has just changed how many members it has.", retry_after=3)
        said = spec if "desired" in changed else {**spec, "desired": None}
        conn.orchestration.update_stack(stack, **_templates(said, _tag(stack.name)))
        return Live(cloud_id, LiveStatus.WORKING, outputs={"id": cloud_id})

    def delete(self, conn: Connection, cloud_id: str) -> None:
        conn.orchestration.delete_stack(cloud_id, ignore_missing=False)


def _templates(spec: Spec, tag: Tag | None) -> dict[str, Any]:
    whole = {**spec, "name": human_name(spec)}
    members = str(tag.part("member")) if tag else ""
    return {
        "template": json.dumps(scaling_template(whole, description=whole["name"], tag=members)),
        "files": {MEMBER_FILE: json.dumps(member_template(whole))},
        "timeout_mins": PATIENCE_MINUTES,
    }


def _is_growing(conn: Connection, stack: Any) -> bool:
    """Its members are in a stack within the stack, and only that one tells that they come and go."""
    answer = conn.orchestration.get(f"/stacks/{stack.name}/{stack.id}/resources/{GROUP}")
    inner = answer.json().get("resource", {}).get("physical_resource_id") if answer.ok else None
    if not inner:
        return False
    members = conn.orchestration.get_stack(inner, resolve_outputs=False)
    return str(members.status).endswith("_IN_PROGRESS")


def _stack_name(tag: Tag) -> str:
    return f"stackdraft-{tag.deployment}-{re.sub(r'[/[]', '.', tag.key).rstrip(']')}"


def _tag(stack_name: str) -> Tag | None:
    match = _NAME.match(stack_name)
    if match is None:
        return None
    deployment, component, kind, place = match.groups()
    return Tag(deployment, f"{component}/{kind}" + (f"[{place}]" if place else ""))

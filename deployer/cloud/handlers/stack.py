"""A whole plan as one Heat stack (deployer.domain.stacking)."""

import base64
import re
from collections.abc import Collection, Iterator, Mapping
from http import HTTPStatus
from typing import Any

from openstack.connection import Connection
from openstack.exceptions import NotFoundException, raise_from_response

from deployer.cloud.handlers.handler import Handler
from deployer.cloud.handlers.secret import new_certificate
from deployer.domain.cloud import Busy, Conflict, Item, Live, LiveStatus, NotFound, Order, Spec, Tag
from deployer.domain.kinds import STACK
from deployer.domain.stacking import STACK_KEY

PATIENCE_MINUTES = 60
_NAME = re.compile(r"^stackdraft-([0-9a-f-]{36})$")
# Heat's own resources that were made, whatever was done to them since.
_IS_THERE = frozenset({"CREATE_COMPLETE", "UPDATE_COMPLETE", "CHECK_COMPLETE"})


class StackHandler(Handler):
    """Heat keeps names apart and has little else to carry a tag, so the name is the tag.

    Outputs are the ids of what Heat has made, by the names of the template, as soon as each is there.
    Shape of a spec: template, parameters, certificates (parameter -> name), anew (names in the template).
    """

    kind = STACK

    def items(self, conn: Connection) -> Iterator[Item]:
        for stack in standing_stacks(conn):
            if tag := tag_of_stack(stack.name):
                live = stack_live(stack)
                # One that failed is gone on with: a new one would cost everything that is in it.
                is_to_finish = live.status == LiveStatus.FAILED and "DELETE" not in stack.status
                status = LiveStatus.WORKING if is_to_finish else live.status
                yield Item(self.kind, stack.id, stack.name, tag, status, live.detail)

    def find(self, conn: Connection, order: Order) -> Live | None:
        try:
            return self.get(conn, _name(order.tag))
        except NotFoundException:
            return None

    def create(self, conn: Connection, order: Order) -> Live:
        stack = conn.orchestration.create_stack(
            name=_name(order.tag),
            is_rollback_disabled=True,
            template=order.spec["template"],
            parameters={**order.spec["parameters"], **_certificates(order.spec)},
            timeout_mins=PATIENCE_MINUTES,
        )
        return Live(stack.id, LiveStatus.WORKING, outputs={"id": stack.id})

    def get(self, conn: Connection, cloud_id: str) -> Live:
        stack = conn.orchestration.get_stack(cloud_id, resolve_outputs=False)
        if stack.status == "DELETE_FAILED":
            raise Conflict(f"Heat could not remove it: {stack.status_reason}")
        if stack.status == "DELETE_COMPLETE":
            raise NotFound("The stack is gone.")
        live = stack_live(stack)
        made = {
            one.name: one.physical_resource_id
            for one in conn.orchestration.resources(stack)
            if one.status in _IS_THERE and one.physical_resource_id
        }
        return Live(stack.id, live.status, live.detail, {**made, "id": stack.id})

    def update(self, conn: Connection, cloud_id: str, spec: Spec, changed: frozenset[str]) -> Live:
        """A patch, so that a certificate that was handed over once need not be said again."""
        stack = conn.orchestration.get_stack(cloud_id, resolve_outputs=False)
        if stack.status.endswith("_IN_PROGRESS"):
            raise Busy(f"The stack is in {stack.status}.", retry_after=3)
        address = f"/stacks/{stack.name}/{stack.id}"
        for name in spec["anew"]:
            said = {"mark_unhealthy": True, "resource_status_reason": "It is no longer in the cloud."}
            answer = conn.orchestration.patch(f"{address}/resources/{name}", json=said)
            if answer.status_code != HTTPStatus.NOT_FOUND:  # what is not in the stack is made in any case
                raise_from_response(answer)
        body = {
            "template": spec["template"],
            "parameters": {**spec["parameters"], **_certificates(spec, known=stack.parameters or {})},
            "timeout_mins": PATIENCE_MINUTES,
            "disable_rollback": True,
        }
        raise_from_response(conn.orchestration.patch(address, json=body))
        return Live(cloud_id, LiveStatus.WORKING, outputs={"id": cloud_id})

    def delete(self, conn: Connection, cloud_id: str) -> None:
        conn.orchestration.delete_stack(cloud_id, ignore_missing=False)


def standing_stacks(conn: Connection) -> Iterator[Any]:
    """Heat lists one for a moment after it has said that it is deleted."""
    return (stack for stack in conn.orchestration.stacks() if stack.status != "DELETE_COMPLETE")


def tag_of_stack(name: str) -> Tag | None:
    match = _NAME.match(name)
    return Tag(match[1], STACK_KEY) if match else None


def _name(tag: Tag) -> str:
    return f"stackdraft-{tag.deployment}"


def _certificates(spec: Spec, *, known: Collection[str] = ()) -> Mapping[str, str]:
    """New ones, in base64, for the parameters that want one and have none."""
    return {
        parameter: base64.b64encode(new_certificate(name)).decode()
        for parameter, name in spec["certificates"].items()
        if parameter not in known
    }


def stack_live(stack: Any) -> Live:
    """What Heat's word for a stack's state comes to."""
    status = LiveStatus.WORKING
    if stack.status.endswith("_COMPLETE"):
        status = LiveStatus.ACTIVE
    elif stack.status.endswith("_FAILED"):
        status = LiveStatus.FAILED
    detail = str(stack.status_reason or stack.status) if status == LiveStatus.FAILED else ""
    return Live(stack.id, status, detail, {"id": stack.id})

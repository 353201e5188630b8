"""One run's conversation with the cloud: plain calls that can be made from any thread."""

import logging
import secrets
import string
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from deployer.domain.cloud import (
    Busy,
    Cloud,
    CloudError,
    CredentialsRefused,
    Live,
    LiveStatus,
    NotFound,
    Order,
    RefusedTogether,
    ServerFault,
    Spec,
    Unreachable,
    Vanished,
)
from deployer.domain.kinds import REMOVED_AT_ONCE
from designer.domain import resources as kind

logger = logging.getLogger(__name__)

PASSWORD_LENGTH = 24  # where the design says nothing else: 142 bits
_LETTERS = string.ascii_letters + string.digits  # nothing that a shell, a URL or an SQL string would mind


@dataclass(frozen=True)
class Answer:
    """What came of a call. `live` is None when the resource is gone, or was not found.

    `ask_alone`: it is no longer being made; what became of it has to be asked.
    """

    live: Live | None = None
    error: CloudError | None = None
    ask_alone: bool = False


Call = Callable[[], Answer]
Calls = Callable[[], list[Answer]]  # one conversation about several things


def make(cloud: Cloud, order: Order, *, look_first: bool) -> Answer:
    """Create it; or take what an earlier, interrupted try created. One that failed then is removed first."""
    if order.kind == kind.PASSWORD:
        return Answer(new_password(order.spec))
    found = cloud.find(order) if look_first else None
    if found is None:
        try:
            return Answer(cloud.create(order))
        except CloudError as error:
            # Refused because it is there already? It may be ours: an earlier try that landed since the look.
            if error.can_pass or not look_first or (found := cloud.find(order)) is None:
                raise
    if found.status == LiveStatus.FAILED:
        cloud.delete(order.kind, found.cloud_id)
        raise Busy("The one that failed is being removed first.")
    return Answer(found)


def alone(call: Call) -> list[Answer]:
    return [call()]


def make_together(cloud: Cloud, orders: Sequence[Order]) -> list[Answer]:
    """Create several of a kind that were never tried before, in one call.

    One that cannot be made stops them all, so after a refusal each is asked for alone. Where the effect is
    unknown, each is looked for before that, as ever.
    """
    if len(orders) == 1:
        return [make(cloud, orders[0], look_first=False)]
    try:
        return [Answer(live) for live in cloud.create_together(orders)]
    except (CredentialsRefused, Busy, ServerFault, Unreachable):
        raise
    except CloudError as error:
        raise RefusedTogether(error.words) from error


def find(cloud: Cloud, order: Order) -> Answer:
    """What an interrupted try left, if anything: a cancelled deployment starts nothing more."""
    return Answer(new_password(order.spec) if order.kind == kind.PASSWORD else cloud.find(order))


def find_made(cloud: Cloud, order: Order, heat_id: str) -> Answer:
    """What a stack has made of the order; the stack is finished, or at least this part of it."""
    if not heat_id:
        raise CloudError("Heat's stack is finished, but has not made it.")
    try:
        return Answer(cloud.find_made(order, heat_id))
    except NotFound as error:
        raise Vanished(error.words) from None


def look(cloud: Cloud, resource_kind: str, cloud_id: str) -> Answer:
    try:
        return Answer(cloud.get(resource_kind, cloud_id))
    except NotFound as error:
        raise Vanished(error.words) from None


def look_together(cloud: Cloud, resource_kind: str, cloud_ids: Sequence[str]) -> list[Answer]:
    """Which of these are still being made."""
    making = cloud.being_made(resource_kind)
    return [
        Answer(Live(one, LiveStatus.WORKING, outputs={"id": one}))
        if one in making
        else Answer(ask_alone=True)
        for one in cloud_ids
    ]


def change(cloud: Cloud, resource_kind: str, cloud_id: str, spec: Spec, changed: frozenset[str]) -> Answer:
    return Answer(cloud.update(resource_kind, cloud_id, spec, changed))


def remove(cloud: Cloud, resource_kind: str, cloud_id: str) -> Answer:
    """Ask for its removal; gone already is as good."""
    if resource_kind == kind.PASSWORD or not cloud_id:
        return Answer()
    try:
        cloud.delete(resource_kind, cloud_id)
    except NotFound:
        return Answer()
    return Answer() if resource_kind in REMOVED_AT_ONCE else look_for_end(cloud, resource_kind, cloud_id)


def unmake(cloud: Cloud, order: Order) -> Answer:
    """Remove what a try may have made whose answer never came."""
    found = None if order.kind == kind.PASSWORD else cloud.find(order)
    return Answer() if found is None else remove(cloud, order.kind, found.cloud_id)


def look_for_end(cloud: Cloud, resource_kind: str, cloud_id: str) -> Answer:
    """Whatever state it is in, it is either still there or gone."""
    try:
        live = cloud.get(resource_kind, cloud_id)
    except NotFound:
        return Answer()
    return Answer(Live(cloud_id, LiveStatus.WORKING, live.detail))


def answered(call: Call) -> Answer:
    """Make the call; an error is an answer too. An unexpected one is final, and reaches the log."""
    return answered_together(partial(alone, call), 1)[0]


def answered_together(call: Calls, count: int) -> list[Answer]:
    """As `answered`: an error is everybody's answer."""
    try:
        return call()
    except CloudError as error:
        return [Answer(error=error)] * count
    except Exception as error:
        logger.exception("call to the cloud broke")
        words = f"Something unexpected: {type(error).__name__}: {error}"
        return [Answer(error=CloudError(words))] * count


def new_password(spec: Spec) -> Live:
    """Made again after an interruption: nobody has used the one that was lost."""
    length = int(spec.get("length", PASSWORD_LENGTH))
    value = "".join(secrets.choice(_LETTERS) for _ in range(length))
    return Live("", LiveStatus.ACTIVE, outputs={"value": value})

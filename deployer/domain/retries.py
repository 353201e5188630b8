"""When asking again can help, and how long to wait before it."""

import math
from dataclasses import dataclass
from datetime import UTC, datetime

from deployer.domain.cloud import Busy, CloudError, RefusedTogether

MOST_TRIES = 8  # with the delays below: two minutes of a service that answers nothing but errors
LONGEST_DELAY_SECONDS = 60.0
# How far the clocks of several workers may differ, or one be set back, before it is noticed.
CLOCK_TOLERANCE_SECONDS = 60.0
BUSY_DELAY_SECONDS = 1.0
LOOKS_IN_STEP_SECONDS = 0.5


@dataclass(frozen=True)
class Retry:
    """Ask again after `delay_seconds`. Waiting for a busy thing to finish does not use up a try."""

    delay_seconds: float
    counts: bool


def decide_retry(error: CloudError, attempt: int) -> Retry | None:
    """`attempt` is the number of the try that just failed, from 1. None: this is final.

    What the cloud says in Retry-After wins, within reason: an hour of silence helps nobody who watches.
    """
    if not error.can_pass:
        return None
    if isinstance(error, RefusedTogether):
        return Retry(0.0, counts=False)
    if isinstance(error, Busy):
        return Retry(min(error.retry_after or BUSY_DELAY_SECONDS, LONGEST_DELAY_SECONDS), counts=False)
    if attempt >= MOST_TRIES:
        return None
    delay = error.retry_after if error.retry_after is not None else 2.0 ** (attempt - 1)
    return Retry(min(delay, LONGEST_DELAY_SECONDS), counts=True)


def in_step(at: datetime) -> datetime:
    """The next step of the clock, so that looks that could be one come at the same moment."""
    steps = math.ceil(at.timestamp() / LOOKS_IN_STEP_SECONDS)
    return datetime.fromtimestamp(steps * LOOKS_IN_STEP_SECONDS, UTC)


def look_again_after(waited_seconds: float, usual_seconds: float = 0.0) -> float:
    """Seconds until the next look at something under way: often at first, calmer the longer it takes.

    No look comes long before what it usually takes: each costs the cloud as much as a small call.
    """
    if not waited_seconds:
        return min(10.0, max(0.3, usual_seconds / 8))
    return min(10.0, max(0.4, waited_seconds / 8))

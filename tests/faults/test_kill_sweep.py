"""`kill -9` of every process at the boundaries of every step, with the real processes and a real template.

Each target meets every nth boundary (FAULTS_EVERY, 16 unless said), each of them others. FAULTS_EVERY=1 is
the whole sweep: every boundary once for every target. It takes long, so its counts are kept on the page.
"""

import os
import time
from collections import Counter
from collections.abc import Iterable

import pytest

from tests.faults.stack import WORKERS, Stack
from tests.faults.table import Row, expect, keep

pytestmark = [pytest.mark.timeout(3600)]
EVERY = int(os.environ.get("FAULTS_EVERY", "16"))
IS_WHOLE = EVERY == 1
PATIENCE_SECONDS = 3000
WORDS = {"worker": "Worker", "web": "Web process", "scheduler": "Scheduler", "broker": "Broker (Redis)"}
INTENTS = {"deploy": "create", "destroy": "delete"}
OVER = {"succeeded", "failed", "cancelled"}
# Made and removed in one call with the load balancer; passwords are made without a call.
WITHOUT_CALL = ("listener", "pool", "member", "health_monitor", "password")
ROWS: list[Row] = []


def see_through(stack: Stack, deployment: str, target: str) -> str:
    """Kill the target whenever the deployment is held at a boundary. Returns how it ended."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        for held, place, pid in stack.boundaries.held(0.2):
            names = [name for name in WORKERS if stack.pids[name] == pid] if target == "worker" else [target]
            for name in names:
                stack.kill(name)
                stack.start(name)
            stack.boundaries.release(held, place)
        if (status := stack.statuses()[deployment]) in OVER:
            return status
    raise AssertionError(f"not over after {PATIENCE_SECONDS} s: {stack.statuses()}")


@pytest.mark.parametrize("target", WORDS)
def test_whoever_is_killed_whenever_it_goes_on(stack: Stack, target: str) -> None:
    row = Row(f"`kill -9`: {WORDS[target]}", "deploying and destroying, at some boundaries")
    struck = strike(stack, target, row, nth=EVERY, first=list(WORDS).index(target))
    if IS_WHOLE:
        # A worker that is killed in one call never comes to the end of the others that it has made.
        while missing := boundaries_of(stack, target) - struck:
            struck |= strike(stack, target, row, places=missing)
        row.where = f"deploying and destroying, at every boundary ({len(struck)})"
    assert struck
    ROWS.append(row)
    if target == "web":
        stack.wait_for_web()


def strike(
    stack: Stack, target: str, row: Row, *, nth: int = 0, first: int = 0, places: Iterable[str] = ()
) -> set[str]:
    """Deploy and destroy, killing at each nth boundary or at those named. Returns where it was done."""
    struck: set[str] = set()
    for intent in INTENTS:
        if nth:
            stack.boundaries.hold_every(nth, first)
        else:
            stack.boundaries.hold_at(set(places))
        (deployment,) = stack.apply([target], intent).values()
        status = see_through(stack, deployment, target)
        tags = Counter(str(thing.tag) for thing in stack.cloud.everything())
        standing = {(thing.kind, thing.cloud_id) for thing in stack.cloud.everything()}
        recorded = stack.recorded()
        twins = sum(count - 1 for count in tags.values())
        row.add(complete=status == "succeeded", twins=twins, orphans=len(standing - recorded))
        assert standing == recorded
        assert bool(standing) == (intent == "deploy")
        struck |= stack.boundaries.struck()
    return struck


def boundaries_of(stack: Stack, target: str) -> set[str]:
    """Around each call that deploying and destroying take."""
    calls = {key for key, kind in stack.steps(target) if kind not in WITHOUT_CALL}
    return {
        f"{side} {verb} {key}" for key in calls for verb in INTENTS.values() for side in ("before", "after")
    }


def test_the_page_says_what_was_seen() -> None:
    assert len(ROWS) == len(WORDS)
    if IS_WHOLE:
        keep("sweep", ROWS)
    else:
        expect("kills", ROWS)

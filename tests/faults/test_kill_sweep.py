"""`kill -9` of every process at the boundaries of every step, with the real processes and a real template.

Each target meets every nth boundary (FAULTS_EVERY, 16 unless said), each of them others. FAULTS_EVERY=1 is
the whole sweep: every boundary once for every target. It takes long, so its counts are kept on the page.
"""

import os
import time
from collections import Counter

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
    where = f"deploying and destroying, at {'every boundary' if IS_WHOLE else 'some boundaries'}"
    row = Row(f"`kill -9`: {WORDS[target]}", where)
    struck = 0
    for intent, verb in INTENTS.items():
        (deployment,) = stack.apply([target], intent).values()
        stack.boundaries.hold_every(deployment, EVERY, list(WORDS).index(target))
        status = see_through(stack, deployment, target)
        tags = Counter(str(thing.tag) for thing in stack.cloud.everything())
        standing = {(thing.kind, thing.cloud_id) for thing in stack.cloud.everything()}
        recorded = stack.recorded()
        twins = sum(count - 1 for count in tags.values())
        row.add(complete=status == "succeeded", twins=twins, orphans=len(standing - recorded))
        assert standing == recorded
        assert bool(standing) == (intent == "deploy")
        places = stack.boundaries.struck(deployment)
        struck += len(places)
        assert places
        if IS_WHOLE:
            each = {key for key, kind in stack.steps(deployment) if kind not in WITHOUT_CALL}
            assert {f"{side} {verb} {key}" for key in each for side in ("before", "after")} <= places
            assert places == stack.boundaries.passed(deployment)
    row.where += f" ({struck} of them)" if IS_WHOLE else ""
    ROWS.append(row)
    if target == "web":
        stack.wait_for_web()


def test_the_page_says_what_was_seen() -> None:
    assert len(ROWS) == len(WORDS)
    if IS_WHOLE:
        keep("sweep", ROWS)
    else:
        expect("kills", ROWS)

"""`kill -9` of every process at the boundaries of every step, with the real processes.

Each run takes every nth boundary (FAULTS_EVERY, 10 unless said), each deployment others of them.
"""

import os
import time
from collections import Counter
from collections.abc import Iterator

import pytest

from tests.faults.stack import WORKERS, Stack
from tests.faults.table import Row, expect

pytestmark = [pytest.mark.timeout(1800)]
EVERY = int(os.environ.get("FAULTS_EVERY", "10"))
PATIENCE_SECONDS = 600
WORDS = {"worker": "Worker", "web": "Web process", "scheduler": "Scheduler", "broker": "Broker (Redis)"}
ROWS: list[Row] = []
OVER = {"succeeded", "failed", "cancelled"}


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    with Stack(tmp_path_factory.mktemp("f")) as stack:
        yield stack


@pytest.fixture(scope="module")
def boundaries(stack: Stack) -> dict[str, int]:
    """How many there are in a deploy and in a destroy that nobody disturbs."""
    numbers = {}
    for intent in ("deploy", "destroy"):
        (deployment,) = stack.apply(["undisturbed"], intent).values()
        assert see_through(stack, {deployment}, "")[deployment] == "succeeded"
        numbers[intent] = stack.boundaries.passed()[deployment]
    return numbers


def see_through(stack: Stack, deployments: set[str], target: str) -> dict[str, str]:
    """Kill the target whenever one of them is held at a boundary, until all are over."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        for deployment, number, pid in stack.boundaries.held(0.2):
            names = [name for name in WORKERS if stack.pids[name] == pid] if target == "worker" else [target]
            for name in names:
                stack.kill(name)
                stack.start(name)
            stack.boundaries.release(deployment, number)
        ended = {one: status for one, status in stack.statuses().items() if one in deployments}
        if set(ended.values()) <= OVER:
            return ended
    raise AssertionError(f"not over after {PATIENCE_SECONDS} s: {stack.statuses()}")


@pytest.mark.parametrize("target", WORDS)
def test_whoever_is_killed_whenever_it_goes_on(stack: Stack, boundaries: dict[str, int], target: str) -> None:
    row = Row(f"`kill -9`: {WORDS[target]}", "deploying and destroying, at boundaries of every step")
    names = [f"{target} {number}" for number in range(2)]
    for intent in ("deploy", "destroy"):
        deployments = stack.apply(names, intent)
        for number, deployment in enumerate(deployments.values()):
            first = 1 + number * EVERY // len(names)
            stack.boundaries.hold_at(deployment, list(range(first, boundaries[intent] + 1, EVERY)))
        ended = see_through(stack, set(deployments.values()), target)
        tags = Counter(str(thing.tag) for thing in stack.cloud.everything())
        standing = {(thing.kind, thing.cloud_id) for thing in stack.cloud.everything()}
        recorded = set(stack.ask("select kind, cloud_id from deployer_resource where cloud_id <> ''"))
        twins = sum(count - 1 for count in tags.values())
        for place, status in enumerate(ended.values()):
            orphans = len(standing - recorded) if place == 0 else 0
            row.add(complete=status == "succeeded", twins=twins if place == 0 else 0, orphans=orphans)
        assert standing == recorded
        assert all(stack.boundaries.passed()[one] > 1 for one in deployments.values())
    ROWS.append(row)
    if target == "web":
        stack.wait_for_web()


def test_the_page_says_what_was_seen() -> None:
    assert len(ROWS) == len(WORDS)
    expect("kills", ROWS)

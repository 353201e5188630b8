"""A worker that stands still longer than its claim, and then goes on as if nothing had happened."""

import os
import signal
import time

import pytest

from tests.faults.stack import Stack
from tests.faults.table import Row, expect
from tests.faults.test_kill_sweep import OVER

pytestmark = [pytest.mark.timeout(900)]
PATIENCE_SECONDS = 240
RECORDS = ("deployer_steprun", "deployer_resource")
ROW = Row("Worker frozen beyond its lease (SIGSTOP, SIGCONT)", "before a server is asked for, and after it")


@pytest.mark.parametrize("side", ["before", "after"])
def test_a_worker_that_wakes_up_too_late_writes_nothing_more(stack: Stack, side: str) -> None:
    stack.boundaries.hold_at({f"{side} create web/server[0]"})
    (deployment,) = stack.apply(["frozen"], "deploy").values()
    ((held, place, pid),) = waited_for(lambda: stack.boundaries.held(0.2))
    time.sleep(2)  # its other calls come to an end
    freeze(pid, stack)
    try:
        stack.boundaries.release(held, place)
        waited_for(lambda: stack.statuses()[deployment] in OVER)
        written = [stack.ask(f"select * from {table} order by id") for table in RECORDS]
        assert is_equal(stack)
    finally:
        os.kill(pid, signal.SIGCONT)

    # Before the call it was past every question, so it still asks. What that makes is found and removed.
    if side == "before":
        waited_for(lambda: not is_equal(stack))
        waited_for(lambda: is_equal(stack))
    else:
        time.sleep(3)
    assert [stack.ask(f"select * from {table} order by id") for table in RECORDS] == written
    assert is_equal(stack)
    tags = [str(thing.tag) for thing in stack.cloud.everything() if not thing.going]
    is_complete = stack.statuses()[deployment] == "succeeded"
    ROW.add(complete=is_complete, twins=len(tags) - len(set(tags)), orphans=0)
    (destroying,) = stack.apply(["frozen"], "destroy").values()
    waited_for(lambda: stack.statuses()[destroying] in OVER)
    assert stack.statuses()[destroying] == "succeeded"
    assert is_equal(stack) and not stack.recorded()


def test_the_page_says_what_was_seen() -> None:
    assert ROW.complete + ROW.failed == 2
    expect("frozen", [ROW])


def freeze(pid: int, stack: Stack) -> None:
    """Not while it writes: SQLite would let nobody else write as long as it stands still."""
    os.kill(pid, signal.SIGSTOP)
    while not stack.can_be_written():
        os.kill(pid, signal.SIGCONT)
        time.sleep(0.1)
        os.kill(pid, signal.SIGSTOP)


def is_equal(stack: Stack) -> bool:
    """A stray that was told to go is on its way out: nobody asks for it any more."""
    recorded = stack.recorded()
    there = {(one.kind, one.cloud_id) for one in stack.cloud.everything() if not one.going}
    return there == recorded


def waited_for(true):  # type: ignore[no-untyped-def]
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not (answer := true()):
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.1)
    return answer

"""What may start now, how a deployment ends, and what a component on the canvas shows."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from deployer.domain.kinds import AT_ONCE
from deployer.domain.states import choose_work, component_state, next_due, outcome

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@dataclass
class ARun:
    name: str
    status: str = "waiting"
    kind: str = "network"
    needs: list[str] = field(default_factory=list)
    next_try_at: datetime | None = None


def test_what_needs_nothing_starts_at_once_and_the_rest_waits() -> None:
    runs = [ARun("net"), ARun("sn", needs=["net"])]

    assert choose_work(runs, NOW).start == ("net",)


def test_what_stands_on_a_failure_is_skipped_and_so_is_what_stands_on_that() -> None:
    runs = [ARun("a", "failed"), ARun("b", needs=["a"]), ARun("c")]

    work = choose_work(runs, NOW)

    assert (work.skip, work.start) == (("b",), ("c",))
    assert choose_work([ARun("b", "skipped"), ARun("d", needs=["b"])], NOW).skip == ("d",)


def test_a_retry_waits_for_its_time() -> None:
    run = ARun("net", "retrying", next_try_at=NOW + timedelta(seconds=5))

    assert choose_work([run], NOW).start == ()
    assert choose_work([run], NOW + timedelta(seconds=5)).start == ("net",)


def test_a_running_one_is_looked_at_when_due_and_at_once_after_an_interruption() -> None:
    awaited = ARun("s", "running", next_try_at=NOW + timedelta(seconds=3))
    interrupted = ARun("t", "running")

    assert choose_work([awaited, interrupted], NOW).look == ("t",)


def test_what_is_in_flight_is_left_alone() -> None:
    work = choose_work([ARun("net", "running")], NOW, in_flight=frozenset({"net"}))

    assert work.look == work.start == ()


def test_a_service_takes_only_so_many_at_once() -> None:
    most = AT_ONCE["compute"]
    runs = [ARun(f"s{number}", kind="server") for number in range(most + 3)]

    work = choose_work(runs, NOW)

    assert len(work.start) == most
    assert len(work.ready) == 3


def test_balancers_are_asked_for_one_after_the_other_and_built_side_by_side() -> None:
    first, second = ARun("a", kind="load_balancer"), ARun("b", kind="load_balancer")
    assert choose_work([first, second], NOW).start == ("a",)

    first.status = "running"
    assert choose_work([first, second], NOW, in_flight=frozenset({"a"})).start == ()

    first.next_try_at = NOW + timedelta(seconds=2)  # answered, and being built
    assert choose_work([first, second], NOW).start == ("b",)


def test_cancelling_starts_nothing_and_keeps_an_eye_on_what_runs() -> None:
    runs = [ARun("a", "running"), ARun("b", "retrying", next_try_at=NOW), ARun("c")]

    work = choose_work(runs, NOW, cancelling=True)

    assert (work.look, work.start, work.cancel) == (("a",), (), ("b", "c"))


@pytest.mark.parametrize(
    ("statuses", "ended"),
    [
        (["succeeded", "succeeded"], "succeeded"),
        (["succeeded", "running"], None),
        (["failed", "waiting"], None),
        (["failed", "skipped", "succeeded"], "failed"),
        (["succeeded", "cancelled"], "cancelled"),
        (["succeeded", "succeeded"], "succeeded"),
        ([], "succeeded"),
    ],
)
def test_a_deployment_ends_when_nothing_is_left_to_do(statuses: list[str], ended: str | None) -> None:
    runs = [ARun(str(index), status) for index, status in enumerate(statuses)]

    assert outcome(runs) == ended


def test_the_next_turn_is_due_when_the_first_of_those_under_way_is() -> None:
    soon, later = NOW + timedelta(seconds=1), NOW + timedelta(seconds=9)

    assert (
        next_due([ARun("a", "running", next_try_at=later), ARun("b", "retrying", next_try_at=soon)]) == soon
    )
    assert next_due([ARun("a", "succeeded", next_try_at=soon)]) is None


@pytest.mark.parametrize(
    ("runs", "standing", "status"),
    [
        ([("create", "waiting", "")], 0, "waiting"),
        ([("create", "succeeded", ""), ("create", "waiting", "")], 1, "working"),
        ([("create", "running", "")], 0, "working"),
        ([("create", "retrying", "in use")], 0, "retrying"),
        ([("create", "succeeded", "")], 1, "active"),
        ([], 1, "active"),
        ([("create", "succeeded", ""), ("create", "failed", "no host")], 1, "failed"),
        ([("delete", "running", "")], 1, "deleting"),
        ([("delete", "succeeded", ""), ("delete", "waiting", "")], 1, "deleting"),
        ([("delete", "succeeded", "")], 0, "gone"),
        ([("delete", "succeeded", ""), ("create", "succeeded", "")], 1, "active"),
        ([("create", "skipped", "")], 0, "waiting"),
    ],
)
def test_a_component_shows_how_far_its_resources_are(
    runs: list[tuple[str, str, str]], standing: int, status: str
) -> None:
    state = component_state(runs, standing)

    assert state.status == status
    assert state.done <= state.total == len(runs)


def test_a_failed_component_says_why() -> None:
    assert component_state([("create", "failed", "No valid host.")], 0).detail == "No valid host."

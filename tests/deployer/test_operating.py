"""Stop, start, reboot, snapshot on a fake cloud: seen through, and never twice."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from deployer import executor, operating
from deployer.domain.cloud import Refused, ServerFault
from deployer.domain.operations import OperationStatus, Verb
from deployer.errors import NothingToOperate, OperationRunning
from deployer.models import Cloud, DriftReport, Operation, Resource, Snapshot
from deployer.services.drift import check_drift
from deployer.services.operations import remove_snapshot, request_operation
from designer.models import Design
from tests.deployer.conftest import Clock
from tests.deployer.drawings import a_server, a_site
from tests.fakes.cloud import FakeCloud, Killed

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop(deploy: Any, account: Cloud) -> Design:
    return deploy(a_site(count=2)).design


@pytest.fixture
def ask(shop: Design, account: Cloud, mara: User) -> Any:
    def ask(verb: Verb, component: str = "web") -> list[Operation]:
        return request_operation(shop, account, verb, component=component, created_by=mara)

    return ask


@pytest.fixture
def carry_out(clock: Clock) -> Any:
    def carry_out(operation: Operation, turns: int = 100) -> Operation:
        for _ in range(turns):
            operation.refresh_from_db()
            if operation.finished_at:
                break
            following = operating.advance(operation.id, operation.turn, clock=clock)
            clock.forward(following.delay_seconds if following else 1)
        operation.refresh_from_db()
        return operation

    return carry_out


def test_stopping_a_component_stops_each_of_its_servers_and_is_no_drift(
    cloud: FakeCloud, ask: Any, carry_out: Any, shop: Design, account: Cloud
) -> None:
    done = [carry_out(one) for one in ask(Verb.STOP)]

    assert [one.status for one in done] == [OperationStatus.SUCCEEDED] * 2
    assert cloud.power("Web server 1") == cloud.power("Web server 2") == "stopped"
    assert check_drift(shop, account, asked_by=None).status == DriftReport.Status.AS_DESIGNED
    texts = [event.text for event in shop.deployments.get().events.all()]
    assert "Web server 1 is stopped." in texts


def test_starting_what_runs_is_done_without_asking(cloud: FakeCloud, ask: Any, carry_out: Any) -> None:
    operation = carry_out(ask(Verb.START)[0])

    assert operation.status == OperationStatus.SUCCEEDED
    assert cloud.count("start", "server") == 0


@pytest.mark.parametrize("verb", [Verb.STOP, Verb.REBOOT, Verb.SNAPSHOT])
def test_a_worker_killed_after_the_call_asks_no_second_time(
    verb: Verb, cloud: FakeCloud, ask: Any, carry_out: Any, clock: Clock
) -> None:
    cloud.kill_worker_after_next(verb.value)
    operation = ask(verb)[0]

    with pytest.raises(Killed):
        carry_out(operation)
    clock.forward(executor.lease().total_seconds() + 1)

    assert carry_out(operation).status == OperationStatus.SUCCEEDED
    assert cloud.count(verb.value, "server") == 1


@pytest.mark.parametrize("verb", [Verb.STOP, Verb.HARD_REBOOT, Verb.SNAPSHOT])
def test_a_lost_answer_asks_no_second_time(verb: Verb, cloud: FakeCloud, ask: Any, carry_out: Any) -> None:
    cloud.lose_answer_of_next(verb.value)

    assert carry_out(ask(verb)[0]).status == OperationStatus.SUCCEEDED
    assert cloud.count(verb.value, "server") == 1


def test_a_refusal_is_told_in_the_clouds_words_and_leaves_the_record_as_it_was(
    cloud: FakeCloud, ask: Any, carry_out: Any
) -> None:
    cloud.refuse_next("stop", "server", Refused("The server is locked."))

    operation = carry_out(ask(Verb.STOP)[0])

    assert (operation.status, operation.error) == (OperationStatus.FAILED, "The server is locked.")
    assert Resource.objects.get(key=operation.key).power == ""


def test_what_can_pass_is_tried_again(cloud: FakeCloud, ask: Any, carry_out: Any) -> None:
    cloud.refuse_next("stop", "server", ServerFault("Away."), times=3)

    assert carry_out(ask(Verb.STOP)[0]).status == OperationStatus.SUCCEEDED


def test_one_thing_at_a_time_is_done_to_a_server(ask: Any) -> None:
    ask(Verb.STOP)

    with pytest.raises(OperationRunning):
        ask(Verb.REBOOT)


def test_a_component_without_servers_takes_none(ask: Any) -> None:
    with pytest.raises(NothingToOperate):
        ask(Verb.STOP, component="lb")


def test_a_stopped_server_is_not_rebooted(ask: Any, carry_out: Any) -> None:
    carry_out(ask(Verb.STOP)[0])
    Operation.objects.active().delete()

    operation = carry_out(ask(Verb.REBOOT)[0])

    assert operation.error == "It is stopped, so there is nothing to reboot. Start it."


def test_an_operation_waits_for_a_deployment(
    cloud: FakeCloud, ask: Any, start: Any, run: Any, carry_out: Any, clock: Clock
) -> None:
    deployment = start(a_site(count=3))
    operation = ask(Verb.STOP)[0]

    following = operating.advance(operation.id, 0, clock=clock)
    assert following is not None
    assert cloud.count("look_at", "server") == 0

    run(deployment)
    assert carry_out(operation).status == OperationStatus.SUCCEEDED


def test_a_snapshot_is_listed_named_by_destroy_and_removed_when_asked(
    cloud: FakeCloud, deploy: Any, account: Cloud, mara: User, carry_out: Any
) -> None:
    design = deploy(a_server()).design
    (operation,) = request_operation(design, account, Verb.SNAPSHOT, component="app", created_by=mara)
    carry_out(operation)
    (snapshot,) = Snapshot.objects.all()
    assert (snapshot.component, snapshot.size_gib) == ("app", 8)

    gone = deploy(a_server(), "destroy")
    assert gone.residue["clean"] is False
    assert [one["kind"] for one in gone.residue["left"]] == ["server_snapshot"]

    remove_snapshot(snapshot)
    assert not cloud.snapshots
    assert not Snapshot.objects.exists()

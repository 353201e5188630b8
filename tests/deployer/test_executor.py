"""Deployments on a fake cloud: in order, through trouble, and never twice."""

from threading import Event
from typing import Any

import pytest
from django.contrib.auth.models import User

from deployer import executor
from deployer.accounts import Accounts
from deployer.domain.cloud import (
    Busy,
    Conflict,
    Live,
    LiveStatus,
    Order,
    QuotaExceeded,
    Refused,
    ServerFault,
    Unreachable,
)
from deployer.domain.kinds import LOAD_BALANCER_PARTS
from deployer.domain.states import DeploymentStatus, RunStatus
from deployer.leasing import lease
from deployer.models import Cloud, Deployment, Resource
from deployer.residue import read_residue
from deployer.services.deploying import apply_plan, cancel_deployment, retry_deployment
from deployer.services.planning import create_plan
from tests.deployer.conftest import Clock, Keep
from tests.deployer.drawings import a_server, a_site
from tests.fakes.cloud import SLOW, FakeCloud, Killed

pytestmark = pytest.mark.django_db


def errors(deployment: Deployment) -> dict[str, str]:
    return {run.key: run.error for run in deployment.runs.select_related("step") if run.error}


def status_of(deployment: Deployment, key: str) -> str:
    return deployment.runs.get(step__key=key).status


def test_a_design_becomes_what_it_says(cloud: FakeCloud, deploy: Any) -> None:
    deployment = deploy(a_site(count=2))

    assert deployment.status == DeploymentStatus.SUCCEEDED, errors(deployment)
    assert len(cloud.names("server")) == 2
    assert len(cloud.names("member")) == 2
    assert cloud.names("listener") == ["Load balancer listener 80"]
    assert len(cloud.names("floating_ip")) == 1


def test_every_resource_carries_the_tag_of_the_step_that_made_it(cloud: FakeCloud, deploy: Any) -> None:
    deployment = deploy(a_site())

    for thing in cloud.things.values():
        assert thing.tag is not None
        assert thing.tag.deployment == str(deployment.id)
        assert Resource.objects.get(key=thing.tag.key).cloud_id.endswith(thing.cloud_id)


def test_a_load_balancer_is_made_with_its_children_in_one_call(cloud: FakeCloud, deploy: Any) -> None:
    deploy(a_site(count=3))

    assert cloud.count("create", "load_balancer") == 1
    assert cloud.count("create", "member") == cloud.count("create", "listener") == 0
    assert len(cloud.names("member")) == 3


def test_a_balancers_children_are_there_when_it_is_and_not_asked_about_one_by_one(
    cloud: FakeCloud, deploy: Any
) -> None:
    deployment = deploy(a_site(count=3))

    assert deployment.status == DeploymentStatus.SUCCEEDED
    assert cloud.count("get", "member") == cloud.count("get", "listener") == 0
    rows = Resource.objects.filter(kind__in=LOAD_BALANCER_PARTS)
    assert {row.status for row in rows} == {LiveStatus.ACTIVE}
    assert len(rows) == 6  # listener, pool, monitor, three members


def test_servers_that_are_being_made_are_asked_about_together(cloud: FakeCloud, deploy: Any) -> None:
    deployment = deploy(a_server(count=4))

    assert deployment.status == DeploymentStatus.SUCCEEDED
    assert cloud.count("being_made", "server") == SLOW["server"] + 1
    assert cloud.count("get", "server") == 4, "each once, when it is no longer being made"


def test_of_servers_looked_at_together_one_that_fails_is_told_in_the_clouds_words(
    cloud: FakeCloud, deploy: Any
) -> None:
    cloud.fail_next("server", "No valid host was found.")

    deployment = deploy(a_server(count=3))

    failed = deployment.runs.get(step__kind="server", status=RunStatus.FAILED)
    assert failed.error == "No valid host was found."
    assert len(cloud.names("server")) == 3
    assert deployment.runs.filter(step__kind="server", status=RunStatus.SUCCEEDED).count() == 2


def test_a_look_at_several_that_is_refused_is_made_again(cloud: FakeCloud, deploy: Any) -> None:
    cloud.refuse_next("being_made", "server", ServerFault("503 Service Unavailable"))

    deployment = deploy(a_server(count=3))

    assert deployment.status == DeploymentStatus.SUCCEEDED, errors(deployment)
    assert len(cloud.names("server")) == 3


def test_ports_of_several_servers_are_made_in_one_call(cloud: FakeCloud, deploy: Any) -> None:
    deploy(a_server(count=4))

    assert cloud.count("create", "port") == 1
    assert len(cloud.names("port")) == 4


def test_of_several_asked_for_together_only_the_one_that_is_refused_fails(
    cloud: FakeCloud, deploy: Any
) -> None:
    cloud.refuse_next("create", "port", QuotaExceeded("Quota exceeded for ports."), times=2)

    deployment = deploy(a_server(count=3))

    # Neutron made none of them, so each was looked for and asked for again, alone.
    assert cloud.count("create", "port") == 4
    assert len(cloud.names("port")) == len(cloud.names("server")) == 2
    failed = deployment.runs.get(step__kind="port", status=RunStatus.FAILED)
    assert (failed.error, failed.attempt) == ("Quota exceeded for ports.", 1)


def test_an_answer_lost_about_several_makes_no_twin(cloud: FakeCloud, deploy: Any) -> None:
    cloud.lose_answer_of_next("port")

    deployment = deploy(a_server(count=3))

    assert deployment.status == DeploymentStatus.SUCCEEDED
    assert len(cloud.names("port")) == 3
    assert cloud.count("find", "port") == 3


def test_a_worker_killed_when_several_were_made_together_leaves_no_orphan(
    cloud: FakeCloud, start: Any, run: Any, clock: Clock
) -> None:
    cloud.kill_worker_after_next("port")
    deployment = start(a_server(count=3))

    with pytest.raises(Killed):
        run(deployment)
    clock.forward(60)

    assert run(deployment).status == DeploymentStatus.SUCCEEDED
    assert {(kind, one) for kind, one in cloud.things} == {
        (row.kind, row.cloud_id) for row in Resource.objects.exclude(cloud_id="")
    }


def test_a_fresh_deployment_looks_for_nothing_before_it_creates(cloud: FakeCloud, deploy: Any) -> None:
    deploy(a_site())

    assert not [call for call in cloud.calls if call[0] == "find"]


def test_a_failed_server_leaves_its_network_in_place(cloud: FakeCloud, deploy: Any) -> None:
    cloud.refuse_next("create", "server", QuotaExceeded("Quota exceeded for cores."))

    deployment = deploy(a_site())

    assert deployment.status == DeploymentStatus.FAILED
    assert len(cloud.names("network")) == 1
    run = deployment.runs.get(step__key="web/server[0]")
    assert (run.status, run.error_code, run.error) == (
        "failed",
        "quota_exceeded",
        "Quota exceeded for cores.",
    )


def test_what_does_not_depend_on_a_failure_is_finished(cloud: FakeCloud, deploy: Any) -> None:
    cloud.refuse_next("create", "router", Refused("The router is not allowed."))

    deployment = deploy(a_site())

    assert status_of(deployment, "sn/router_interface") == RunStatus.SKIPPED
    assert status_of(deployment, "lb/load_balancer") == RunStatus.SUCCEEDED
    assert status_of(deployment, "lb/floating_ip") == RunStatus.SKIPPED


def test_one_turn_is_enough_to_say_what_all_cannot_be_done(cloud: FakeCloud, start: Any, run: Any) -> None:
    cloud.refuse_next("create", "network", Refused("No more networks."))

    deployment = run(start(a_server()), turns=1)

    assert deployment.status == DeploymentStatus.FAILED
    assert status_of(deployment, "app/server[0]") == RunStatus.SKIPPED


def test_a_slow_call_holds_up_no_look_at_what_is_due(
    cloud: FakeCloud, start: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The container's call answers when the server has been looked at; alone, it waits in vain."""
    looked_at = Event()
    create, get = cloud.create, cloud.get

    def slow_create(order: Order) -> Live:
        if order.kind == "object_container" and not looked_at.wait(timeout=20):
            raise Unreachable("Nobody looked at the server meanwhile.")
        return create(order)

    def noticed_get(kind: str, cloud_id: str) -> Live:
        if kind == "server":
            looked_at.set()
        return get(kind, cloud_id)

    monkeypatch.setattr(executor, "heartbeat_seconds", lambda: 60.0)
    monkeypatch.setattr(cloud, "create", slow_create)
    monkeypatch.setattr(cloud, "get", noticed_get)
    deployment = start(a_server().with_("files", "object_store"))

    executor.advance(deployment.id, 0)

    assert deployment.runs.get(step__kind="object_container").attempt == 1
    assert status_of(deployment, "files/object_container") == RunStatus.SUCCEEDED


def test_a_long_turn_hands_over_while_another_deployment_waits(
    cloud: FakeCloud,
    start: Any,
    run: Any,
    plan: Any,
    keep: Keep,
    mara: User,
    account: Cloud,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(executor, "MOST_SECONDS", 0.0)
    alone = start(a_server())
    run(alone, turns=1)
    assert cloud.names("server") == ["App server 1"]  # nobody waited, so it went as far as it could

    other = create_plan(design=keep(a_site(), "other"), cloud=account, intent="deploy", created_by=mara)
    apply_plan(other, applied_by=mara)
    clock.forward(60)  # both are due
    assert run(alone, turns=1).status == DeploymentStatus.RUNNING
    assert cloud.count("get", "server") == 0  # handed over before it asked

    monkeypatch.setattr(executor, "MOST_SECONDS", 60.0)
    assert run(alone).status == DeploymentStatus.SUCCEEDED


def test_a_server_that_ends_in_error_fails_with_the_clouds_words(cloud: FakeCloud, deploy: Any) -> None:
    cloud.fail_next("server", "No valid host was found.")

    deployment = deploy(a_server())

    assert errors(deployment) == {"app/server[0]": "No valid host was found."}


def test_a_conflict_is_tried_again_until_it_passes(cloud: FakeCloud, deploy: Any) -> None:
    cloud.refuse_next("create", "port", Conflict("The subnet is being changed."), times=3)

    deployment = deploy(a_server())

    assert deployment.status == DeploymentStatus.SUCCEEDED
    assert deployment.runs.get(step__key="app/port[0]").attempt == 4


def test_a_service_that_only_answers_errors_is_given_up_with_its_words(cloud: FakeCloud, deploy: Any) -> None:
    cloud.refuse_next("create", "port", ServerFault("Database is away."), times=100)

    deployment = deploy(a_server())

    assert deployment.status == DeploymentStatus.FAILED
    assert errors(deployment)["app/port[0]"] == "Database is away."
    assert deployment.runs.get(step__key="app/port[0]").attempt == 8


def test_the_delay_that_the_cloud_asks_for_is_kept(
    cloud: FakeCloud, start: Any, run: Any, clock: Clock
) -> None:
    cloud.refuse_next("create", "network", Busy("Slow down.", retry_after=17))
    deployment = start(a_server())

    executor.advance(deployment.id, 0, clock=clock)

    waiting = deployment.runs.get(step__key="net/network")
    assert waiting.status == RunStatus.RETRYING
    assert (waiting.next_try_at - clock.now).total_seconds() == 17
    assert run(deployment).status == DeploymentStatus.SUCCEEDED


def test_a_lost_answer_makes_no_twin(cloud: FakeCloud, deploy: Any) -> None:
    cloud.lose_answer_of_next("server")

    deployment = deploy(a_server())

    assert deployment.status == DeploymentStatus.SUCCEEDED
    assert cloud.names("server") == ["App server 1"]


@pytest.mark.parametrize(
    "kind",
    ["network", "router", "subnet", "port", "router_interface", "server", "load_balancer", "floating_ip"],
)
def test_a_worker_killed_between_call_and_record_leaves_neither_twin_nor_orphan(
    kind: str, cloud: FakeCloud, start: Any, run: Any, clock: Clock
) -> None:
    cloud.kill_worker_after_next(kind)
    deployment = start(a_site())

    with pytest.raises(Killed):
        run(deployment)
    clock.forward(60)  # the dead worker's lease runs out
    assert run(deployment).status == DeploymentStatus.SUCCEEDED

    made = set(cloud.things)
    recorded = {(row.kind, row.cloud_id) for row in Resource.objects.exclude(cloud_id="")}
    assert made == recorded


def test_a_worker_killed_while_destroying_finishes_it_later(
    cloud: FakeCloud, deploy: Any, start: Any, run: Any, clock: Clock
) -> None:
    deploy(a_site())
    cloud.kill_worker_after_next("server")
    deployment = start(a_site(), "destroy")

    with pytest.raises(Killed):
        run(deployment)
    clock.forward(60)

    assert run(deployment).status == DeploymentStatus.SUCCEEDED
    assert not cloud.things


def test_a_turn_is_taken_once(cloud: FakeCloud, start: Any, clock: Clock) -> None:
    deployment = start(a_server())

    assert executor.advance(deployment.id, 0, clock=clock) is not None
    assert executor.advance(deployment.id, 0, clock=clock) is None  # the same message, delivered again
    assert cloud.count("create", "network") == 1


def test_nobody_takes_a_turn_while_a_living_worker_holds_it(
    start: Any, clock: Clock, cloud: FakeCloud
) -> None:
    deployment = start(a_server())
    assert Deployment.objects.claim_turn(deployment.id, 0, clock.now, lease())

    assert executor.advance(deployment.id, 1, clock=clock) is None

    clock.forward(lease().total_seconds() + 1)
    assert executor.advance(deployment.id, 1, clock=clock) is not None


def test_a_worker_that_was_given_up_can_write_nothing_more(
    cloud: FakeCloud, start: Any, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    deployment = start(a_server())
    wait = executor.wait

    def wait_too_long(*args: Any, **kwargs: Any) -> Any:
        Deployment.objects.filter(id=deployment.id).update(turn=7)  # another worker took over meanwhile
        return wait(*args, **kwargs)

    monkeypatch.setattr(executor, "wait", wait_too_long)

    assert executor.advance(deployment.id, 0, clock=clock) is None
    assert len(cloud.names("network")) == 1
    assert not Resource.objects.exists()


def test_a_deployment_gone_quiet_is_found(cloud: FakeCloud, start: Any, clock: Clock) -> None:
    deployment = start(a_server())
    assert executor.quiet_turns(clock=clock) == []

    clock.forward(10)  # its message was lost

    assert executor.quiet_turns(clock=clock) == [(deployment.id, 0)]


def test_cancelling_finishes_what_is_under_way_and_starts_no_more(
    cloud: FakeCloud, start: Any, run: Any
) -> None:
    deployment = run(start(a_site()), turns=1)
    assert "server" in cloud.kinds()

    cancel_deployment(deployment)
    run(deployment)

    assert deployment.status == DeploymentStatus.CANCELLED
    assert status_of(deployment, "web/server[0]") == RunStatus.SUCCEEDED
    assert status_of(deployment, "lb/floating_ip") == RunStatus.CANCELLED
    assert not cloud.names("floating_ip")


def test_a_cancelled_deployment_goes_on_when_asked(cloud: FakeCloud, start: Any, run: Any) -> None:
    deployment = run(start(a_site()), turns=1)
    run(cancel_deployment(deployment))

    assert run(retry_deployment(deployment)).status == DeploymentStatus.SUCCEEDED
    assert len(cloud.names("server")) == 1


def test_going_on_after_a_failure_clears_away_what_failed(cloud: FakeCloud, deploy: Any, run: Any) -> None:
    cloud.fail_next("server", "No valid host was found.")
    deployment = deploy(a_site())
    assert deployment.status == DeploymentStatus.FAILED

    run(retry_deployment(deployment))

    assert deployment.status == DeploymentStatus.SUCCEEDED, errors(deployment)
    assert cloud.names("server") == ["Web server 1"]


def test_roll_back_removes_what_the_deployment_made_and_only_that(cloud: FakeCloud, deploy: Any) -> None:
    deploy(a_server())
    before = set(cloud.things)
    cloud.fail_next("load_balancer", "No amphora could be booted.")

    deployment = deploy(
        a_site().with_("app", "app_server", parent="sn"), on_failure=Deployment.OnFailure.ROLL_BACK
    )

    assert deployment.status == DeploymentStatus.FAILED
    assert set(cloud.things) == before
    assert {row.key for row in Resource.objects.all()} >= {"app/server[0]"}


def test_the_cloud_that_never_finishes_is_not_waited_for_for_ever(
    cloud: FakeCloud, start: Any, run: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(SLOW, "server", 10**9)

    deployment = run(start(a_server()), turns=2000)

    assert errors(deployment) == {"app/server[0]": "The cloud has not finished it after 20 minutes."}


def test_destroying_leaves_nothing_and_says_so(cloud: FakeCloud, deploy: Any) -> None:
    deploy(a_site(count=2))

    deployment = deploy(a_site(count=2), "destroy")

    assert deployment.status == DeploymentStatus.SUCCEEDED, errors(deployment)
    assert not cloud.things
    assert deployment.residue["clean"] is True
    assert not Resource.objects.exists()


def test_a_container_that_holds_objects_is_left_and_named(cloud: FakeCloud, deploy: Any) -> None:
    drawing = a_server().with_("files", "object_store", label="files")
    deploy(drawing)
    (container,) = cloud.names("object_container")
    cloud.put_objects(container, 3)

    deployment = deploy(drawing, "destroy")

    assert deployment.status == DeploymentStatus.FAILED
    assert deployment.residue["clean"] is False
    assert [one["name"] for one in deployment.residue["left"]] == [container]
    assert not cloud.names("server")


def test_residue_is_asked_of_the_cloud_and_not_of_our_records(cloud: FakeCloud, deploy: Any) -> None:
    deployment = deploy(a_server())
    Resource.objects.all().delete()

    tags = frozenset([str(deployment.id)])
    left = read_residue(tags, Accounts(deployment.cloud, [""]), deployment.finished_at)["left"]
    assert {one["kind"] for one in left} == cloud.kinds()


def test_a_cloud_that_cannot_be_asked_is_never_called_clean(
    cloud: FakeCloud, deploy: Any, start: Any, run: Any
) -> None:
    deploy(a_server())
    deployment = start(a_server(), "destroy")
    cloud.refuse_next("inventory", "", ServerFault("Away."))

    residue = run(deployment).residue

    assert residue["clean"] is False
    assert "Away." in residue["detail"]


def test_a_password_is_made_once_and_kept_encrypted(cloud: FakeCloud, deploy: Any) -> None:
    drawing = (
        a_server().with_("db", "db_server", parent="sn").linked("app", "db", protocol="MySQL", port=3306)
    )
    deploy(drawing)

    row = Resource.objects.get(kind="password")
    value = row.all_outputs()["value"]
    assert len(value) == 24
    assert value not in str(row.outputs) + row.sealed_outputs
    assert any(
        value in server.spec["user_data"] for server in cloud.things.values() if server.kind == "server"
    )

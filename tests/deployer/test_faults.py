"""What a cloud can do to a deployment: at every sort of call, and never a twin or an orphan."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError

from deployer import executor, tidying
from deployer.domain.cloud import (
    Busy,
    CloudError,
    Conflict,
    CredentialsRefused,
    QuotaExceeded,
    Refused,
    ServerFault,
    Unreachable,
)
from deployer.domain.kinds import LOAD_BALANCER_PARTS
from deployer.domain.states import DeploymentStatus
from deployer.models import Deployment, Resource
from deployer.recording import Recorder
from tests.deployer.conftest import Clock
from tests.deployer.drawings import a_site, a_store
from tests.designer.designs import Design as Drawing
from tests.fakes.cloud import SLOW, FakeCloud, Killed
from tests.faults.table import Row, expect

pytestmark = pytest.mark.django_db

SITE = a_site()
WITHOUT_PARTS = SITE.without_link("lb-web").without_link("www-lb")
EVERY_CALL = "a fifth of all sorts of calls, creating and removing"
ROWS: dict[str, Row] = {}

PASSING: dict[str, tuple[Callable[[], CloudError], int]] = {
    "500": (lambda: ServerFault("Internal Server Error"), 2),
    "503": (lambda: ServerFault("Service Unavailable", retry_after=4), 2),
    "429 with Retry-After": (lambda: Busy("Slow down.", retry_after=7), 2),
    "409": (lambda: Conflict("It is in use."), 2),
    "No answer": (lambda: Unreachable("No answer in 60 seconds."), 2),
    "500 without end": (lambda: ServerFault("Internal Server Error"), 500),
    "Credential no longer accepted": (lambda: CredentialsRefused("The request needs authentication."), 1),
    "Refused": (lambda: Refused("Policy does not allow it."), 1),
}


def survived(fault: str, where: str, deployment: Deployment, cloud: FakeCloud, clock: Clock) -> None:
    """Count what is there, from the cloud's own memory, and hold the records to it."""
    clock.forward(600)
    for one in tidying.unsure_and_over(clock.now):
        tidying.tidy_late(one, clock.now)
    recorded = set(Resource.objects.exclude(cloud_id="").values_list("kind", "cloud_id"))
    # What is on its way out stays recorded until it is gone; a stray is no longer counted then.
    there = {place: one for place, one in cloud.things.items() if place in recorded or not one.going}
    tags = [str(thing.tag) for thing in there.values()]
    assert deployment.is_over
    twins, orphans = len(tags) - len(set(tags)), len(set(there) - recorded)
    row = ROWS.setdefault(fault, Row(fault, where))
    row.add(complete=deployment.status == DeploymentStatus.SUCCEEDED, twins=twins, orphans=orphans)
    assert recorded == set(there), f"{fault}: records and cloud differ"


def fresh(cloud: FakeCloud) -> None:
    """A cloud and records as if nothing had ever been deployed."""
    Deployment.objects.all().update(status=DeploymentStatus.FAILED)
    Resource.objects.all().delete()
    Deployment.objects.all().delete()
    cloud.__init__(cloud.profile)  # type: ignore[misc]


def calls_that(run: Any, start: Any, cloud: FakeCloud, intent: str) -> list[tuple[str, str]]:
    before = len(cloud.calls)
    assert run(start(SITE, intent)).status == DeploymentStatus.SUCCEEDED
    return sorted(set(cloud.calls[before:]))


@pytest.mark.parametrize("fault", PASSING)
def test_whatever_a_call_answers_there_is_neither_twin_nor_orphan(
    fault: str, cloud: FakeCloud, start: Any, run: Any, clock: Clock
) -> None:
    error, times = PASSING[fault]
    making = calls_that(run, start, cloud, "deploy")
    removing = calls_that(run, start, cloud, "destroy")
    # Every fifth of them, for each fault others: together they meet every sort of call.
    first = list(PASSING).index(fault) % 5
    for verb, kind in making[first::5]:
        fresh(cloud)
        cloud.refuse_next(verb, kind, error(), times=times)
        survived(fault, EVERY_CALL, run(start(SITE), turns=5000), cloud, clock)
    for verb, kind in removing[first::5]:
        fresh(cloud)
        run(start(SITE))
        cloud.refuse_next(verb, kind, error(), times=times)
        survived(fault, EVERY_CALL, run(start(SITE, "destroy"), turns=5000), cloud, clock)


@pytest.mark.parametrize("fault", PASSING)
def test_parts_that_a_load_balancer_loses_are_neither_forgotten_nor_left(
    fault: str, cloud: FakeCloud, start: Any, run: Any, clock: Clock
) -> None:
    """Whose balancer goes they go with; here it stays, so each is removed by itself."""
    error, times = PASSING[fault]
    for kind in sorted(LOAD_BALANCER_PARTS)[list(PASSING).index(fault) % 2 :: 2]:
        fresh(cloud)
        run(start(SITE))
        cloud.refuse_next("delete", kind, error(), times=times)
        deployment = run(start(WITHOUT_PARTS), turns=5000)
        assert cloud.count("delete", kind) > 0
        survived(fault, EVERY_CALL, deployment, cloud, clock)


LOST, SLOW_ANSWER = "Answer lost after the call succeeded", "Answer so slow that it was given up"


@pytest.mark.parametrize("fault", [LOST, SLOW_ANSWER])
def test_whatever_becomes_of_an_answer_there_is_neither_twin_nor_orphan(
    fault: str, cloud: FakeCloud, start: Any, run: Any, clock: Clock
) -> None:
    making = [kind for verb, kind in calls_that(run, start, cloud, "deploy") if verb == "create"]
    for kind in making:
        fresh(cloud)
        if fault == SLOW_ANSWER:
            cloud.make_next_late(kind)
        else:
            cloud.lose_answer_of_next(kind)
        survived(fault, "every creation", run(start(SITE)), cloud, clock)


def test_every_other_fault(
    cloud: FakeCloud, start: Any, run: Any, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def deploying(
        fault: str, where: str, arrange: Callable[[], object], drawing: Drawing = SITE, **options: Any
    ) -> Deployment:
        fresh(cloud)
        arrange()
        deployment = run(start(drawing, **options), turns=5000)
        survived(fault, where, deployment, cloud, clock)
        return deployment

    quota = QuotaExceeded("Quota exceeded for cores: requested 2, used 40 of 40.")
    for policy in ("keep", "roll_back"):
        deploying(
            "Quota reached halfway",
            "creation of the server; kept and rolled back",
            lambda: cloud.refuse_next("create", "server", quota),
            on_failure=policy,
        )
        for words, kind in (
            ("No valid host was found", "server"),
            ("Load balancer in error", "load_balancer"),
        ):
            deploying(
                words,
                f"the {kind.replace('_', ' ')}, after it was accepted; kept and rolled back",
                lambda kind=kind, words=words: cloud.fail_next(kind, words),  # type: ignore[misc]
                on_failure=policy,
            )
    assert not cloud.things, "the last one was rolled back as a whole"

    for policy in ("keep", "roll_back"):
        for words, kind in (
            ("Volume in error", "volume"),
            ("Volume cannot be attached", "volume_attachment"),
        ):
            deploying(
                words,
                f"the {kind.replace('_', ' ')}, after it was accepted; kept and rolled back",
                lambda kind=kind, words=words: cloud.fail_next(kind, words),  # type: ignore[misc]
                drawing=a_store(),
                on_failure=policy,
            )
    assert not cloud.things

    with monkeypatch.context() as slow:
        slow.setitem(SLOW, "load_balancer", 10**9)
        deploying("Load balancer stuck in PENDING", "the load balancer", lambda: None)

    fresh(cloud)
    run(start(SITE))
    destroy = run(start(SITE, "destroy"), turns=1)
    for kind in ("router_interface", "subnet", "network"):
        for name in cloud.names(kind):
            cloud.forget(kind, name)
    survived("Network gone while destroying", "after the first turn", run(destroy), cloud, clock)


def test_a_clock_that_jumps(cloud: FakeCloud, start: Any, run: Any, clock: Clock) -> None:
    for hours in (1, -1):
        for turns in range(1, 6):
            fresh(cloud)
            deployment = run(start(SITE), turns=turns)
            clock.now += timedelta(hours=hours)
            survived("Clock set forward or back by an hour", "after each turn", run(deployment), cloud, clock)

    # A worker was killed in the middle, and the lease that it left ends an hour from now.
    for kind in ("network", "server", "load_balancer"):
        fresh(cloud)
        cloud.kill_worker_after_next(kind)
        deployment = start(SITE)
        with pytest.raises(Killed):
            run(deployment)
        clock.now -= timedelta(hours=1)
        assert executor.quiet_turns(clock=clock), "its lease is believed by nobody"
        row = "Clock set back while a killed worker's lease runs"
        survived(row, "after creations", run(deployment), cloud, clock)


def test_a_database_that_is_locked(
    cloud: FakeCloud, start: Any, run: Any, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    methods = ("started", "standing", "ready", "ended")
    for method in methods:
        fresh(cloud)
        whole = getattr(Recorder, method)
        left = [1]

        def locked(
            self: Recorder, *args: Any, whole: Any = whole, left: list[int] = left, **options: Any
        ) -> Any:
            if left and left.pop():
                raise OperationalError("database is locked")
            return whole(self, *args, **options)

        with monkeypatch.context() as patched:
            patched.setattr(Recorder, method, locked)
            survived("Database locked", "at each sort of record", run(start(SITE)), cloud, clock)


def test_the_page_says_what_was_seen() -> None:
    assert ROWS, "the tests above have counted nothing"
    expect("answers", sorted(ROWS.values(), key=lambda row: row.fault.lower()))

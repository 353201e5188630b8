"""What is put under the product in a process that is to be killed: the shared cloud, and the boundaries.

Nothing of the product knows of it. A boundary is before a call to the cloud, after it and before its answer
is recorded, and after a record and before anybody is told of it.
"""

import os
import threading
from collections.abc import Callable, Iterable
from typing import Any

from django.apps import AppConfig
from django.conf import settings


class Product(AppConfig):
    name = "tests.faults"
    label = "faults"

    def ready(self) -> None:
        from deployer import accounts, events, executor, tasks, tidying

        cloud = RemoteCloud()
        accounts.open_account = lambda row, region="": cloud
        executor.GRACE = settings.FAULTS_GRACE
        tidying.UNSURE = settings.FAULTS_UNSURE
        look_again = events._look_again

        def look_again_later(deployment: Any) -> None:
            reach_after_record(deployment, "told")
            look_again(deployment)

        events._look_again = look_again_later
        queue_turn = tasks.queue_turn

        def queue_turn_later(deployment: Any, turn: int, **options: Any) -> None:
            reach_after_record(deployment, "queued")
            queue_turn(deployment, turn, **options)

        tasks.queue_turn = queue_turn_later
        advance = executor.advance

        def advance_known(deployment: Any, turn: int, **options: Any) -> Any:
            _working_on[0] = str(deployment)
            return advance(deployment, turn, **options)

        executor.advance = advance_known


_local = threading.local()


def shared(name: str) -> Any:
    """A proxy of this thread's own, in this process: connections do not survive a fork."""
    if getattr(_local, "pid", None) != os.getpid():
        from tests.faults.cloud_process import connect

        _local.pid, _local.proxies = os.getpid(), {}
        _local.manager = connect(settings.FAULTS_CLOUD)
    if name not in _local.proxies:
        _local.proxies[name] = getattr(_local.manager, name)()
    return _local.proxies[name]


def reach(deployment: str, place: str) -> None:
    if os.environ.get("FAULTS_ROLE") == "worker":
        shared("boundaries").reach(deployment, place, os.getpid())


def reach_after_record(deployment: Any, what: str) -> None:
    """Named for how far the records have come, so that each is another boundary."""
    from deployer.domain.states import OVER
    from deployer.models import StepRun

    over = StepRun.objects.filter(deployment=deployment, status__in=OVER).count()
    reach(str(deployment), f"{what} when {over} are over")


class RemoteCloud:
    """The Cloud protocol, answered by the other process, with a boundary on each side of what changes it."""

    def __getattr__(self, question: str) -> Any:
        return getattr(shared("cloud"), question)

    def inventory(self, kinds: Iterable[str]) -> Any:
        return shared("cloud").inventory(list(kinds))

    def create(self, order: Any) -> Any:
        places = [f"create {order.tag.key}"]
        return _between(order.tag.deployment, places, lambda: shared("cloud").create(order))

    def create_together(self, orders: Any) -> Any:
        places = [f"create {order.tag.key}" for order in orders]
        return _between(orders[0].tag.deployment, places, lambda: shared("cloud").create_together(orders))

    def update(self, kind: str, cloud_id: str, spec: Any, changed: Any) -> Any:
        places = [f"update {shared('cloud').key_of(kind, cloud_id)}"]
        return _between(_working_on[0], places, lambda: shared("cloud").update(kind, cloud_id, spec, changed))

    def delete(self, kind: str, cloud_id: str) -> None:
        places = [f"delete {shared('cloud').key_of(kind, cloud_id)}"]
        _between(_working_on[0], places, lambda: shared("cloud").delete(kind, cloud_id))


def _between(deployment: str, places: list[str], call: Callable[[], Any]) -> Any:
    """Several places where one call makes several things."""
    for place in places:
        reach(deployment, f"before {place}")
    answer = call()
    for place in places:
        reach(deployment, f"after {place}")
    return answer


# The deployment whose turn this process takes: a removal carries no tag that would say so.
_working_on = [""]

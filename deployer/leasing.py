"""Who may write to a deployment: the worker whose lease it is, and nobody who was given up for dead."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

from django.conf import settings
from django.db import transaction

from deployer.events import look_again_on_commit
from deployer.models import Deployment

Clock = Callable[[], datetime]
Answer = TypeVar("Answer")


class FencedOff(Exception):
    """Another worker has taken over, because this one seemed dead. It must not write any more."""


def lease() -> timedelta:
    return timedelta(seconds=settings.DEPLOYMENT_LEASE_SECONDS)


def steady_seconds() -> float:
    """A clock that nobody sets, and that goes on while the machine is suspended where there is such a one."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


def heartbeat_seconds() -> float:
    """A lease survives five heartbeats that come late."""
    return lease().total_seconds() / 6


class Hold:
    """One claimed turn of a deployment. `token` is the turn's number after the claim."""

    def __init__(self, deployment_id: UUID, token: int, clock: Clock) -> None:
        self.deployment_id = deployment_id
        self.token = token
        self._clock = clock
        self._renewed = steady_seconds()

    def renew(self) -> None:
        """Raises: FencedOff."""
        if not Deployment.objects.hold(self.deployment_id, self.token, self._clock() + lease()):
            raise FencedOff
        self._renewed = steady_seconds()

    def keep(self) -> None:
        """Renew when it is time to; else leave the database alone. Raises: FencedOff."""
        if steady_seconds() - self._renewed >= heartbeat_seconds():
            self.renew()

    def is_fresh(self) -> bool:
        """Whether nobody can have taken over yet. For threads that are about to make a call."""
        return steady_seconds() - self._renewed < lease().total_seconds()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction that begins by renewing the lease, and ends by letting the watchers look.

        Raises: FencedOff.
        """
        with transaction.atomic():
            self.renew()
            yield
            look_again_on_commit(self.deployment_id)

    def meanwhile(self, call: Callable[[], Answer]) -> Answer:
        """Make a call that may take long, in a thread, renewing the lease until it has answered.

        Raises: FencedOff, and whatever the call raises.
        """
        with ThreadPoolExecutor(max_workers=1, thread_name_prefix="cloud-call") as pool:
            future: Future[Answer] = pool.submit(call)
            while not wait([future], timeout=heartbeat_seconds()).done:
                self.renew()
        return future.result()

"""The cloud in memory as a process of its own, so that it survives whatever is killed around it.

usage: python -m tests.faults.cloud_process SOCKET

It also keeps the boundaries: a process that passes one asks here, and is held where somebody is to be killed.
"""

import sys
import threading
from multiprocessing.managers import BaseManager
from typing import Any

from tests.fakes.cloud import FakeCloud, Thing, a_profile

KEY = b"faults"


class Boundaries:
    """Counts the boundaries that a deployment passes, and holds who passes one that was asked for."""

    def __init__(self) -> None:
        self._lock = threading.Condition()
        self._wanted: set[tuple[str, int]] = set()
        self._passed: dict[str, int] = {}
        self._held: list[tuple[str, int, int]] = []
        self._released: set[tuple[str, int]] = set()

    def hold_at(self, deployment: str, numbers: list[int]) -> None:
        with self._lock:
            self._wanted |= {(deployment, number) for number in numbers}

    def reach(self, deployment: str, pid: int) -> None:
        """Called by the product. Comes back at once, or when it is released, or never."""
        with self._lock:
            number = self._passed[deployment] = self._passed.get(deployment, 0) + 1
            place = (deployment, number)
            if place not in self._wanted:
                return
            self._wanted.discard(place)
            self._held.append((deployment, number, pid))
            self._lock.notify_all()
            self._lock.wait_for(lambda: place in self._released, timeout=60)

    def held(self, seconds: float) -> list[tuple[str, int, int]]:
        """Who is held, as (deployment, boundary, process); waits a moment for somebody."""
        with self._lock:
            self._lock.wait_for(lambda: self._held, timeout=seconds)
            held, self._held = self._held, []
            return held

    def release(self, deployment: str, number: int) -> None:
        with self._lock:
            self._released.add((deployment, number))
            self._lock.notify_all()

    def passed(self) -> dict[str, int]:
        return dict(self._passed)


class SharedCloud(FakeCloud):
    def everything(self) -> list[Thing]:
        return list(self.things.values())


CLOUD, BOUNDARIES = SharedCloud(a_profile().without("database")), Boundaries()


class Manager(BaseManager):
    pass


Manager.register("cloud", callable=lambda: CLOUD)
Manager.register("boundaries", callable=lambda: BOUNDARIES)


def connect(socket: str) -> Any:
    manager = Manager(address=socket, authkey=KEY)
    manager.connect()
    return manager


if __name__ == "__main__":
    Manager(address=sys.argv[1], authkey=KEY).get_server().serve_forever()

"""The cloud in memory as a process of its own, so that it survives whatever is killed around it.

usage: python -m tests.faults.cloud_process SOCKET

It also keeps the boundaries: a process that passes one asks here, and is held where somebody is to be killed.
"""

import sys
import threading
from collections.abc import Callable
from multiprocessing.managers import BaseManager
from typing import Any
from zlib import crc32

from tests.fakes.cloud import FakeCloud, Thing, a_profile

KEY = b"faults"


class Boundaries:
    """Knows the boundaries that deployments pass by name, and holds who is first to pass one asked for."""

    def __init__(self) -> None:
        self._lock = threading.Condition()
        self._is_wanted: Callable[[str], bool] = lambda place: False
        self._passed: set[tuple[str, str]] = set()
        self._struck: set[str] = set()
        self._held: list[tuple[str, str, int]] = []
        self._released: set[tuple[str, str]] = set()

    def hold_every(self, nth: int, first: int) -> None:
        """From now on. Which they are depends on their names, not on the order in which they come."""
        self._begin(lambda place: crc32(place.encode()) % nth == first % nth)

    def hold_at(self, places: set[str]) -> None:
        self._begin(lambda place: place in places)

    def _begin(self, is_wanted: Callable[[str], bool]) -> None:
        with self._lock:
            self._is_wanted, self._struck = is_wanted, set()

    def reach(self, deployment: str, place: str, pid: int) -> None:
        """Called by the product. Comes back at once, or when it is released, or after a minute."""
        with self._lock:
            if (deployment, place) in self._passed or not self._is_wanted(place):
                self._passed.add((deployment, place))
                return
            self._passed.add((deployment, place))
            self._struck.add(place)
            self._held.append((deployment, place, pid))
            self._lock.notify_all()
            self._lock.wait_for(lambda: (deployment, place) in self._released, timeout=60)

    def held(self, seconds: float) -> list[tuple[str, str, int]]:
        """Who is held, as (deployment, boundary, process); waits a moment for somebody."""
        with self._lock:
            self._lock.wait_for(lambda: self._held, timeout=seconds)
            held, self._held = self._held, []
            return held

    def release(self, deployment: str, place: str) -> None:
        with self._lock:
            self._released.add((deployment, place))
            self._lock.notify_all()

    def struck(self) -> set[str]:
        return set(self._struck)


class SharedCloud(FakeCloud):
    def everything(self) -> list[Thing]:
        return list(self.things.values())

    def key_of(self, kind: str, cloud_id: str) -> str:
        """Of which resource in the drawing this is; nothing when it is gone."""
        thing = self.things.get((kind, cloud_id))
        return thing.tag.key if thing and thing.tag else ""


CLOUD, BOUNDARIES = SharedCloud(a_profile(quotas={})), Boundaries()


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

"""What several tests ask machines."""

import time
from collections.abc import Callable

from tests.machines.machine import Machine


def eventually(holds: Callable[[], bool], seconds: float = 90) -> None:
    """It becomes true in time; until then it may also fail to answer."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            if holds():
                return
        except (OSError, RuntimeError):
            if time.monotonic() > deadline:
                raise
        assert time.monotonic() < deadline, "it never came true"
        time.sleep(0.5)


def sql(machine: Machine, statement: str) -> str:
    return machine.run("mysql", "-e", statement)

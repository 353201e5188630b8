"""The product's processes by themselves, to be killed one by one."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE_SECONDS = 400


class Place(Protocol):
    home: Path
    environment: dict[str, str]


def wait_until(true: object, what: str) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if true():  # type: ignore[operator]
            return
        time.sleep(0.1)
    raise AssertionError(f"{what} did not happen in {PATIENCE_SECONDS} s")


def kill_9(child: "subprocess.Popen[bytes]") -> None:
    """The process and its pool, at once and without a word."""
    os.killpg(child.pid, signal.SIGKILL)
    child.wait()


@contextmanager
def process(checkout: Place, *command: str) -> Iterator["subprocess.Popen[bytes]"]:
    log = (checkout.home / "log").open("ab")
    child = subprocess.Popen(
        list(command), cwd=ROOT, env=checkout.environment, stdout=log, stderr=log, start_new_session=True
    )
    try:
        yield child
    finally:
        if child.poll() is None:
            kill_9(child)
        log.close()


@contextmanager
def private_queue(checkout: Place) -> Iterator[None]:
    """A Redis of the test's own."""
    socket = checkout.home / "redis.sock"
    beside = Path(sys.executable).with_name("redis-server")
    program = str(beside) if beside.exists() else "redis-server"
    checkout.environment["REDIS_URL"] = f"unix://{socket}"
    options = ["--port", "0", "--unixsocket", str(socket), "--save", "", "--dir", str(checkout.home)]
    with process(checkout, program, *options):
        wait_until(socket.exists, "Redis")
        yield


def celery(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "celery", "--app", "config", *arguments]


WORKER = celery("worker", "--concurrency", "2", "--without-gossip", "--without-mingle")


def beat(checkout: Place) -> list[str]:
    return celery("beat", "--schedule", str(checkout.home / "beat"), "--pidfile", "")

"""Real servers of a test's own: PostgreSQL and Redis on loopback, gone with the block that asked for them."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

START_SECONDS = 30


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def private_postgresql() -> Iterator[str]:
    """The address of an empty PostgreSQL that writes nothing to disk it has to wait for."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not programs:
        raise SystemExit("No PostgreSQL. Install it: sudo apt-get install postgresql")
    home, port = Path(tempfile.mkdtemp(prefix="stackdraft-pg-")), free_port()
    # PostgreSQL refuses to run as root.
    drop_root = []
    if os.geteuid() == 0:
        drop_root = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]
        shutil.chown(home, "nobody")
    initdb = [*drop_root, f"{programs[-1]}/initdb", "-D", f"{home}/data", "-A", "trust", "-U", "app", "-N"]
    subprocess.run(initdb, check=True, capture_output=True, cwd="/")
    unsafe_and_quick = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    settings = {"listen_addresses": "127.0.0.1", **unsafe_and_quick}
    server = subprocess.Popen(
        [*drop_root, f"{programs[-1]}/postgres", "-D", f"{home}/data", "-p", str(port), "-k", str(home)]
        + [word for name, value in settings.items() for word in ("-c", f"{name}={value}")],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
    )
    try:
        _wait_for(lambda: _answers(port), "PostgreSQL")
        yield f"postgres://app@127.0.0.1:{port}/postgres"
    finally:
        server.terminate()
        server.wait(20)
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def private_redis() -> Iterator[str]:
    """The address of an empty Redis."""
    program = shutil.which("redis-server")
    if program is None:
        raise SystemExit("No redis-server. Install it: sudo apt-get install redis-server")
    port = free_port()
    server = subprocess.Popen(
        [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"],
        stdout=subprocess.DEVNULL,
    )
    try:
        _wait_for(lambda: _answers(port), "Redis")
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.terminate()
        server.wait(20)


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _wait_for(ready: object, name: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if ready():  # type: ignore[operator]
            return
        time.sleep(0.05)
    raise SystemExit(f"{name} did not start in {START_SECONDS} s")

"""Starting, watching and ending the service processes.

Each one leads a session of its own, so it outlives the terminal that started it, and its process
group holds its own children and nothing else. A pid file remembers the pid together with the time
of its birth: a number that the system gave to another program since is never taken for ours.
"""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from settings import BIN, DATA, ETC, IP, LOG, PORTS, RUN, SOURCE, Failure, write

START_SECONDS = 120  # a busy machine needs half of it
GRACE_SECONDS = {"foundations": 30}
SHORT_GRACE_SECONDS = 5


class Ready(Enum):
    """How to see that a started process is at work."""

    ALIVE = "it runs"
    LISTENS = "its port accepts connections"
    ANSWERS = "its port answers HTTP: uWSGI listens before it is able to"
    ON_BUS = "it is connected to the message bus"


@dataclass(frozen=True)
class Service:
    name: str
    group: str
    command: list[str]
    ready: Ready
    port: int | None = None
    environment: Mapping[str, object] = field(default_factory=dict)

    @property
    def log(self) -> Path:
        return LOG / f"{self.name}.log"

    @property
    def pid_file(self) -> Path:
        return RUN / f"{self.name}.pid"


@dataclass(frozen=True)
class Process:
    """A line of /proc: what is needed to know whose process it is."""

    pid: int
    group: int
    born: str


def environment(**extra: object) -> dict[str, str]:
    """Variables for our processes: little of the caller's, all of what the services look for."""
    kept = {name: os.environ[name] for name in ("LANG", "TERM", "TMPDIR", "USER") if name in os.environ}
    ours = {
        "PATH": f"{BIN}:{os.environ.get('PATH', '/usr/bin:/bin')}:/usr/sbin:/sbin",
        # barbican, aodh and gnocchi look for their configuration nowhere but here
        "HOME": ETC / "home",
        "PYTHONPATH": SOURCE / "plugins",
        "PYTHONUNBUFFERED": "1",
        "PYTHONWARNINGS": "ignore",
        "LC_ALL": "C.UTF-8",
        "MALLOC_ARENA_MAX": "2",
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "no_proxy": f"{IP},localhost",
        "NO_PROXY": f"{IP},localhost",
        "OS_NOVA_CONFIG_DIR": ETC / "nova",
        "OS_NOVA_CONFIG_FILES": "api-paste.ini;nova.conf;nova-db.conf",
        "OS_NEUTRON_CONFIG_DIR": ETC / "neutron",
        "OS_NEUTRON_CONFIG_FILES": "neutron.conf",
        **{f"OS_{name.upper()}_CONFIG_DIR": ETC / name for name in ("keystone", "glance", "placement", "designate")},
    }
    return kept | {name: str(value) for name, value in (ours | extra).items()}


def run(command: Iterable[object], *, log: str) -> None:
    """Run a command to its end, its output appended to a log."""
    words = [str(word) for word in command]
    path = LOG / f"{log}.log"
    with path.open("ab") as output:
        output.write(f"\n$ {' '.join(words)}\n".encode())
        output.flush()
        code = subprocess.call(
            words, stdin=subprocess.DEVNULL, stdout=output, stderr=output, cwd=RUN, env=environment()
        )
    if code:
        raise Failure(f"{words[0]} failed with status {code}; its output ends {path}")


def is_running(service: Service) -> bool:
    return (known := _remembered(service)) is not None and known in _processes()


def start(services: Iterable[Service]) -> list[Service]:
    """Start those that don't run yet and wait until each is at work. Returns the ones it started."""
    services = list(services)
    running = _processes()
    missing = [service for service in services if _remembered(service) not in running]
    stop(missing)  # children that outlived their parent would still hold its port
    for service in missing:
        _launch(service)
    deadline = time.monotonic() + START_SECONDS
    for service in missing:
        _wait_until_ready(service, deadline)
    return missing


def stop(services: Iterable[Service]) -> None:
    """End the processes of these services and all their children; forcibly those that don't heed the request."""
    services = [service for service in services if service.pid_file.exists()]
    for group in {service.group == "foundations" for service in services}:
        pass
    leaders = {service: _group_of(service) for service in services}
    for request, seconds in ((signal.SIGTERM, _grace(services)), (signal.SIGKILL, 5)):
        for group in _living(leaders.values()):
            os.killpg(group, request)
        _wait(lambda: not _living(leaders.values()), seconds)
    for service in services:
        service.pid_file.unlink(missing_ok=True)

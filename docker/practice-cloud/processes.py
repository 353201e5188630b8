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
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from console import Failure
from settings import BIN, ETC, HOME, IP, LOG, PORTS, RUN, SOURCE, write

START_SECONDS = 300  # for all together; two busy cores need a fifth of it


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
        "PRACTICE_CLOUD_HOME": HOME,
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
        **{
            f"OS_{name.upper()}_CONFIG_DIR": ETC / name
            for name in ("keystone", "glance", "placement", "designate")
        },
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


def start(services: Iterable[Service]) -> list[Service]:
    """Start those that do not run yet and wait until each is at work. Returns the ones it started."""
    missing = [service for service in services if not is_running(service)]
    stop(missing)  # children that outlived their parent would still hold its port
    for service in missing:
        _launch(service)
    deadline = time.monotonic() + START_SECONDS
    for service in missing:
        _wait_until_ready(service, deadline)
    return missing


def stop(services: Iterable[Service]) -> None:
    """End these services with all their children; the foundations last, because the others use them."""
    services = list(services)
    _end([service for service in services if service.group != "foundations"], grace_seconds=5)
    _end([service for service in services if service.group == "foundations"], grace_seconds=30)


def is_running(service: Service) -> bool:
    remembered = _remembered(service)
    return remembered is not None and remembered in {(process.pid, process.born) for process in _processes()}


def state(service: Service) -> str:
    if not is_running(service):
        return "stopped"
    return "running" if _is_ready(service) else "not ready"


def memory_mib(services: Iterable[Service]) -> int:
    """Memory of all these services, with shared pages counted once."""
    groups = _groups(services)
    return sum(_proportional_kib(process.pid) for process in _processes() if process.group in groups) // 1024


def _launch(service: Service) -> None:
    if service.port and _listens(service.port):
        raise Failure(
            f"Port {service.port}, which {service.name} needs, is taken by another program. "
            "Another PRACTICE_CLOUD_PORT_OFFSET (before the first start) moves all ports."
        )
    with service.log.open("ab") as log:
        process = subprocess.Popen(
            service.command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=RUN,
            env=environment(**service.environment),
            start_new_session=True,
        )
    born = next((known.born for known in _processes() if known.pid == process.pid), "at once dead")
    write(service.pid_file, f"{process.pid} {born}")


def _wait_until_ready(service: Service, deadline: float) -> None:
    while not _is_ready(service):
        if not is_running(service):
            raise Failure(f"{service.name} ended right after its start; {service.log} says why")
        if time.monotonic() > deadline:
            raise Failure(
                f"{service.name} is not ready after {START_SECONDS} s ({service.ready.value}); {service.log}"
            )
        time.sleep(0.1)


def _is_ready(service: Service) -> bool:
    match service.ready:
        case Ready.LISTENS:
            return _listens(service.port)
        case Ready.ANSWERS:
            return _answers(service.port)
        case Ready.ON_BUS:
            return _is_connected(service, PORTS["rabbitmq"])
    return is_running(service)


def _end(services: list[Service], *, grace_seconds: float) -> None:
    for request, seconds in ((signal.SIGTERM, grace_seconds), (signal.SIGKILL, 5)):
        for group in _groups(services):
            with suppress(ProcessLookupError):
                os.killpg(group, request)
        deadline = time.monotonic() + seconds
        while _groups(services) and time.monotonic() < deadline:
            time.sleep(0.05)
    for service in services:
        service.pid_file.unlink(missing_ok=True)


def _remembered(service: Service) -> tuple[int, str] | None:
    """Pid and birth of the process that was started last, None when it never was or has been stopped."""
    try:
        pid, born = service.pid_file.read_text().split()
    except (OSError, ValueError):
        return None
    return int(pid), born


def _groups(services: Iterable[Service]) -> set[int]:
    """The living process groups of these services, also where only children are left of one."""
    processes = _processes()
    births = {process.pid: process.born for process in processes}
    alive = {process.group for process in processes}
    remembered = filter(None, map(_remembered, services))
    return {pid for pid, born in remembered if pid in alive and births.get(pid, born) == born}


def _processes() -> list[Process]:
    """Every living process of this machine. Zombies are dead."""
    found = []
    for directory in Path("/proc").glob("[0-9]*"):
        try:
            # the name, in brackets, may itself hold spaces and brackets
            fields = (directory / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it ended meanwhile
        if fields[0] != "Z":
            found.append(Process(pid=int(directory.name), group=int(fields[2]), born=fields[19]))
    return found


def _listens(port: int) -> bool:
    with socket.socket() as connection:
        connection.settimeout(1)
        return connection.connect_ex((IP, port)) == 0


def _answers(port: int) -> bool:
    try:
        with socket.create_connection((IP, port), timeout=30) as connection:
            connection.sendall(b"GET / HTTP/1.0\r\nHost: practice\r\n\r\n")
            return connection.recv(12).startswith(b"HTTP/")
    except OSError:
        return False


def _is_connected(service: Service, port: int) -> bool:
    """Whether a process of the service has an established connection to this local port.

    Work sent to a worker's queue before the worker has declared it would be lost without a trace.
    """
    rows = [row.split() for row in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    sockets = {f"socket:[{row[9]}]" for row in rows if row[3] == "01" and row[2].endswith(f":{port:04X}")}
    groups = _groups([service])
    return any(sockets & _open_files(process.pid) for process in _processes() if process.group in groups)


def _open_files(pid: int) -> set[str]:
    names = set()
    with suppress(OSError):
        for descriptor in Path(f"/proc/{pid}/fd").iterdir():
            with suppress(OSError):
                names.add(str(descriptor.readlink()))
    return names


def _proportional_kib(pid: int) -> int:
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0

"""Getting the programs: three servers from the system's packages, OpenStack into a virtual environment."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from console import Failure, say
from processes import stop
from services import program, rabbitmq_server, services
from settings import BIN, DONE, LOG, SOURCE, VENV, write

LOCK_FILE = SOURCE / "requirements.lock"

# package, and the path of the program we need it for
SYSTEM_PACKAGES: dict[str, Callable[[], str]] = {
    "mariadb-server": lambda: program("mariadbd", "mysqld"),
    "rabbitmq-server": rabbitmq_server,
    "memcached": lambda: program("memcached"),
    "openssl": lambda: program("openssl"),
}
# What Debian would otherwise start at the next boot, on the usual ports.
UNITS = ("mariadb.service", "rabbitmq-server.service", "memcached.service", "epmd.service", "epmd.socket")

# Every answer to a remote call is otherwise noticed up to half a second late, many times a request.
PATCHED = "oslo_messaging/_drivers/amqpdriver.py"
SLOW, QUICK = " " * 16 + "time.sleep(0.5)\n", " " * 16 + "time.sleep(0.005)\n"


def install_system_packages() -> None:
    """Have apt-get install the servers that are missing, none of them started by the system."""
    missing = [name for name, path in SYSTEM_PACKAGES.items() if not shutil.which(path())]
    if not missing:
        return
    if os.getuid() != 0 or not shutil.which("apt-get"):
        wanted = " ".join(missing)
        raise Failure(f"Please install these first: sudo apt-get install --no-install-recommends {wanted}")
    say(f"installing {', '.join(missing)} with apt-get ...")
    with _nothing_starts_by_itself():
        _apt_get_install(*missing)


def install_openstack() -> None:
    """Bring the virtual environment to what the lock file says."""
    wanted = hashlib.sha256(LOCK_FILE.read_bytes()).hexdigest()
    mark = DONE / "virtual-environment"
    if mark.exists() and mark.read_text() == wanted and (BIN / "python").exists():
        return
    stop(services())  # they would go on with half of the old programs and half of the new ones
    count = sum("==" in line for line in LOCK_FILE.read_text().splitlines())
    say(f"installing {count} Python packages (1 GB) into {VENV} ...")
    shutil.rmtree(VENV, ignore_errors=True)
    if not _installed_with_uv():
        _install_with_pip()
    _make_remote_calls_quick()
    write(mark, wanted)


def _installed_with_uv() -> bool:
    """uv takes seconds where pip takes minutes, but it may be absent or know no way to the packages."""
    uv = shutil.which("uv", path=f"{SOURCE.parents[1]}/.venv/bin:{os.environ.get('PATH', '')}")
    if uv is None:
        return False
    created = _logged("uv", uv, "venv", "--no-project", "--python", sys.executable, VENV)
    return created and _logged(
        "uv", uv, "pip", "install", "--python", BIN / "python", "--no-deps", "-r", LOCK_FILE
    )


def _install_with_pip() -> None:
    say("... with pip, which takes some minutes")
    if not _logged("pip", sys.executable, "-m", "venv", "--clear", VENV):
        if os.getuid() != 0:
            raise Failure(
                "Python cannot make virtual environments; please: sudo apt-get install python3-venv"
            )
        _apt_get_install("python3-venv")
        if not _logged("pip", sys.executable, "-m", "venv", "--clear", VENV):
            raise Failure(f"Python cannot make a virtual environment; {LOG}/pip.log says why")
    pip = (BIN / "python", "-m", "pip", "--disable-pip-version-check", "--no-input")
    if not _logged("pip", *pip, "install", "--no-compile", "--no-deps", "-r", LOCK_FILE):
        raise Failure(f"pip could not install OpenStack; {LOG}/pip.log says why")


@contextmanager
def _nothing_starts_by_itself() -> Iterator[None]:
    """Keep Debian from starting the servers it installs, now and at the next boot."""
    policy = Path("/usr/sbin/policy-rc.d")
    ours = not policy.exists()
    if ours:
        write(policy, "#!/bin/sh\nexit 101\n", mode=0o755)
    try:
        yield
    finally:
        if ours:
            policy.unlink()
        if systemctl := shutil.which("systemctl"):
            _logged("apt", systemctl, "disable", *UNITS)


def _apt_get_install(*packages: str) -> None:
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    apt_get = ("apt-get", "-y", "-o", "DPkg::Lock::Timeout=300")
    _logged("apt", *apt_get, "update")  # where this fails the lists may still do
    if not _logged("apt", *apt_get, "install", "--no-install-recommends", *packages):
        raise Failure(f"apt-get could not install {', '.join(packages)}; {LOG}/apt.log says why")


def _logged(log: str, *command: object) -> bool:
    """Run a command in the caller's environment, where package registries are set up. True on success."""
    words = [str(word) for word in command]
    with (LOG / f"{log}.log").open("ab") as output:
        output.write(f"\n$ {' '.join(words)}\n".encode())
        output.flush()
        return subprocess.call(words, stdin=subprocess.DEVNULL, stdout=output, stderr=output) == 0


def _make_remote_calls_quick() -> None:
    path = next((VENV / "lib").glob(f"python3*/site-packages/{PATCHED}"))
    source = path.read_text()
    if SLOW not in source:
        raise Failure(f"{path} is not as slow as it was; see whether it still needs to be changed")
    # A new file, not a change of this one: uv links it from its cache.
    path.unlink()
    path.write_text(source.replace(SLOW, QUICK))

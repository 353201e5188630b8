"""The root file systems that machines start from: a small Debian 12 with cloud-init and systemd, made once.

    base      debootstrap, then what every cloud image has: cloud-init, systemd, SSH, sudo, curl
    layer     what one machine adds to the base: written by its own first boot, packages and all

They lie under `machines/` in `$STACKDRAFT_CACHE` (else `$XDG_CACHE_HOME/stackdraft`, `~/.cache/stackdraft`).
Remove that directory to begin anew. Packages come from the Debian mirror in `$DEBIAN_MIRROR`.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

MIRROR = os.environ.get("DEBIAN_MIRROR", "http://deb.debian.org/debian")
SECURITY = os.environ.get("DEBIAN_SECURITY_MIRROR", "http://deb.debian.org/debian-security")
SUITE = "bookworm"
ARCHIVE_ADDRESS = "198.51.100.1"
ARCHIVE_PORT = 3142
# What Debian's own cloud image has of what the recipes lean on.
IN_EVERY_IMAGE = (
    "ca-certificates cloud-init curl dbus e2fsprogs iproute2 kmod less netbase openssh-server openssl perl "
    "procps python3 sudo systemd systemd-sysv udev"
)
# What only costs time where the harness lays the network and there is no clock to set.
NOT_STARTED = (
    "apt-daily-upgrade.timer",
    "apt-daily.timer",
    "e2scrub_all.timer",
    "systemd-firstboot.service",
    "systemd-networkd-wait-online.service",
    "systemd-networkd.service",
    "systemd-timesyncd.service",
)
SETTINGS = {
    "etc/apt/sources.list": f"deb {MIRROR} {SUITE} main\ndeb {MIRROR} {SUITE}-updates main\n"
    f"deb {SECURITY} {SUITE}-security main\n",
    # Nothing is kept, so nothing has to reach the disk. What is served is as old as the cache.
    "etc/apt/apt.conf.d/90machines": f'Acquire::http::Proxy "http://{ARCHIVE_ADDRESS}:{ARCHIVE_PORT}";\n'
    'Acquire::Check-Valid-Until "false";\nAcquire::Languages "none";\n'
    'Dpkg::Options { "--force-unsafe-io"; };\n',
    "etc/dpkg/dpkg.cfg.d/90machines": "path-exclude=/usr/share/man/*\npath-exclude=/usr/share/doc/*\n"
    "path-include=/usr/share/doc/*/copyright\npath-exclude=/usr/share/locale/*\n",
    # The harness lays the network, as a cloud's DHCP would; one host key is enough.
    "etc/cloud/cloud.cfg.d/90-machines.cfg": "datasource_list: [NoCloud]\nnetwork: {config: disabled}\n"
    "locale: false\nssh_genkeytypes: [ed25519]\n",
    "etc/gitconfig": f"[http]\n\tproxy = http://{ARCHIVE_ADDRESS}:{ARCHIVE_PORT}\n",
}


def home() -> Path:
    cache = os.environ.get("STACKDRAFT_CACHE")
    if cache is None:
        cache = str(Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "stackdraft")
    return Path(cache) / "machines"


def downloads() -> Path:
    """The archive's copies of packages, by the tree they are for: another tree, other packages."""
    return home() / f"downloads-{_stamp()}"


def base() -> Path:
    """Makes it when it is not there, which takes a minute or two."""
    tree = home() / f"base-{_stamp()}"
    with _alone(tree):
        if not (tree / ".complete").exists():
            _make_base(tree)
    return tree


def layer(name: str, make: Callable[[Path], None]) -> Path:
    """A directory that `make` fills when there is none of that name yet."""
    place = home() / f"layer-{_stamp()}-{name}"
    with _alone(place):
        if not place.exists():
            part = place.with_suffix(".part")
            shutil.rmtree(part, ignore_errors=True)
            part.mkdir(parents=True)
            make(part)
            part.rename(place)
    return place


def _stamp() -> str:
    said = repr((SUITE, MIRROR, IN_EVERY_IMAGE, NOT_STARTED, sorted(SETTINGS.items())))
    return hashlib.sha256(said.encode()).hexdigest()[:12]


def _make_base(tree: Path) -> None:
    shutil.rmtree(tree, ignore_errors=True)
    tree.mkdir(parents=True)
    _run(["debootstrap", "--variant=minbase", SUITE, tree, MIRROR])
    for path, text in SETTINGS.items():
        (tree / path).parent.mkdir(parents=True, exist_ok=True)
        (tree / path).write_text(text)
    proxy = tree / "etc/apt/apt.conf.d/90machines"
    proxy.rename(tree / "90machines")  # while it is made, packages come straight from the mirror
    shutil.copy("/etc/resolv.conf", tree / "etc/resolv.conf")
    (tree / "usr/sbin/policy-rc.d").write_text("#!/bin/sh\nexit 101\n")
    (tree / "usr/sbin/policy-rc.d").chmod(0o755)
    install = ["apt-get", "-q", "-y", "--no-install-recommends", "install", *IN_EVERY_IMAGE.split()]
    try:
        for command in (["apt-get", "-q", "update"], [*install, "-oDpkg::Options::=--force-unsafe-io"]):
            own = ["unshare", "--mount", "--pid", "--fork", f"--mount-proc={tree}/proc"]
            _run([*own, "chroot", tree, *command])
    finally:
        (tree / "usr/sbin/policy-rc.d").unlink()
    (tree / "90machines").rename(proxy)
    shutil.rmtree(tree / "var/cache/apt/archives", ignore_errors=True)
    (tree / "var/cache/apt/archives/partial").mkdir(parents=True)
    for path in ("etc/resolv.conf", "etc/machine-id"):
        (tree / path).unlink(missing_ok=True)
    _run(["systemctl", f"--root={tree}", "mask", "-q", *NOT_STARTED])
    (tree / ".complete").touch()


def _run(command: Iterable[object]) -> None:
    words = [str(word) for word in command]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(words, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(words)} failed:\n{(done.stdout + done.stderr)[-3000:]}")


@contextmanager
def _alone(place: Path) -> Iterator[None]:
    """Two test runs on one machine do not make the same directory at once."""
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield

"""One machine: its own root file system and kernel namespaces, systemd as process 1, cloud-init.

What it shares with the others is the kernel: no boot loader, no modules, no udev.
"""

import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterable
from pathlib import Path

import yaml

from tests.machines import tree
from tests.machines.wires import Space, run

BOOT_SECONDS = 600
SEED = "var/lib/cloud/seed/nocloud"
# A volume's device is called by the first 20 characters of its id, as KVM's virtio disks are.
DISK = "/dev/disk/by-id/virtio-{:.20}"


class Machine:
    """`builder`: where an earlier first boot may install the packages that user data lists, for later ones.

    The whole user data runs either way, and what its scripts install is always installed anew.
    """

    def __init__(self, place: Path, space: Space, *, builder: Space | None = None) -> None:
        self.name = f"{space.name}-layer" if builder is space else space.name
        self.space = space
        self.builder = builder
        self.place = place
        self.root = place / "root"
        self.volumes: dict[str, str] = {}  # id -> loop device
        self.process: subprocess.Popen[bytes] | None = None

    # --- Its life -------------------------------------------------------------------------------------

    def start(self, user_data: str, *, hostname: str, lower: Iterable[Path] | None = None) -> None:
        lowers = [*(lower if lower is not None else self._layers(user_data)), tree.base()]
        mount_overlay(self.place, lowers)
        seed = self.root / SEED
        seed.mkdir(parents=True)
        (seed / "user-data").write_text(user_data)
        identity = hashlib.sha256(str(self.place).encode()).hexdigest()[:16]
        (seed / "meta-data").write_text(f"instance-id: i-{identity}\nlocal-hostname: {hostname}\n")
        self._boot()

    def _layers(self, user_data: str) -> list[Path]:
        packages = sorted((yaml.safe_load(user_data) or {}).get("packages", ()))
        return [layer_with(packages, self.builder)] if packages and self.builder else []

    def _boot(self, *bound: str) -> None:
        for hierarchy in _cgroups():
            (hierarchy / self.name).mkdir()
        joined = "".join(f"echo $$ > {hierarchy / self.name}/cgroup.procs; " for hierarchy in _cgroups())
        command = [
            "systemd-nspawn",
            "--quiet",
            "--boot",
            f"--directory={self.root}",
            f"--machine={self.name}",
            f"--network-namespace-path={self.space.path}",
            "--register=no",
            "--keep-unit",
            "--console=pipe",
            "--resolv-conf=off",
            "--timezone=off",
            "--link-journal=no",
            "--capability=CAP_NET_ADMIN",
            "--bind=/dev/net/tun",
            *(f"--bind={device}:{DISK.format(volume)}" for volume, device in self.volumes.items()),
            *bound,
        ]
        with (self.place / "console.log").open("ab") as log:
            self.process = subprocess.Popen(
                ["sh", "-c", f'{joined}exec "$@"', "boot", *command],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                # Its network is its own, so it may say whether it hands packets on.
                env={**os.environ, "SYSTEMD_NSPAWN_API_VFS_WRITABLE": "network"},
            )

    def ready(self, seconds: float = BOOT_SECONDS) -> None:
        """Waits until cloud-init is through; its errors, if any, are this test's."""
        result, deadline = self.root / "var/lib/cloud/data/result.json", time.monotonic() + seconds
        while not (result.exists() and result.read_text().endswith("}\n")):
            assert self.process is not None
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError(f"{self.name} is not ready.\n{self.story()}")
            time.sleep(0.2)
        errors = json.loads(result.read_text())["v1"]["errors"]
        if errors:
            raise AssertionError(f"{self.name}: {errors}\n{self.story()}")

    def story(self) -> str:
        """What it wrote while it was set up, for whoever reads a failure."""
        logs = (self.place / "console.log", self.root / "var/log/cloud-init-output.log")
        return "\n".join(log.read_text(errors="replace")[-6000:] for log in logs if log.exists())

    def stop(self, *, keep: bool = False) -> None:
        """Pulls the plug."""
        if self.process is not None:
            if leader := self._leader():
                os.kill(leader, signal.SIGKILL)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
            self.process = None
        for place in (self.root, *(self.place / volume for volume in self.volumes)):
            subprocess.run(["umount", "--recursive", place], check=False, capture_output=True)
        for hierarchy in _cgroups():
            _remove_cgroup(hierarchy / self.name)
        for device in self.volumes.values():
            subprocess.run(["losetup", "--detach", device], check=False, capture_output=True)
        if keep:
            for name in ("root", "work"):
                shutil.rmtree(self.place / name, ignore_errors=True)
        else:
            shutil.rmtree(self.place, ignore_errors=True)

    def restart(self) -> None:
        """Pulls the plug and boots again from the same disk.

        systemd in a container leaves devices in /etc/fstab alone, so their volumes are mounted from here.
        """
        if leader := self._leader():
            os.kill(leader, signal.SIGKILL)
        assert self.process is not None
        self.process.wait(20)
        for hierarchy in _cgroups():
            _remove_cgroup(hierarchy / self.name)
        bound = []
        for line in self.read("/etc/stackdraft/volumes").splitlines() if self.volumes else ():
            volume, path = line.split()
            (self.place / volume).mkdir()
            run("mount", self.volumes[volume], self.place / volume)
            bound.append(f"--bind={self.place / volume}:{path}")
        self._boot(*bound)

    def attach(self, volume: str, gib: int) -> None:
        """A blank disk, sparse, before the machine starts."""
        self.place.mkdir(parents=True, exist_ok=True)
        disk = self.place / f"{volume}.disk"
        with disk.open("wb") as file:
            file.truncate(gib << 30)
        self.volumes[volume] = run("losetup", "--find", "--show", disk).strip()

    # --- Looking inside -------------------------------------------------------------------------------

    def run(self, *words: str, text: str | None = None) -> str:
        """A command on the machine, as root. Raises: RuntimeError when it fails."""
        leader = self._leader()
        if leader is None:
            raise RuntimeError(f"{self.name} does not run.\n{self.story()}")
        enter = f"nsenter --target={leader} --mount --uts --ipc --net --pid --root --wd=/".split()
        environment = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin", "HOME": "/root"}
        return run(*enter, *words, text=text, env=environment)

    def is_active(self, unit: str) -> bool:
        try:
            return self.run("systemctl", "is-active", unit).strip() == "active"
        except RuntimeError:
            return False

    def read(self, path: str) -> str:
        return (self.root / path.lstrip("/")).read_text()

    def _leader(self) -> int | None:
        """Process 1 of the machine, by its number outside."""
        if self.process is None or self.process.poll() is not None:
            return None
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return int(children[0]) if children else None


def mount_overlay(place: Path, lowers: Iterable[Path]) -> None:
    """`root`, on top of the trees. Nothing has to outlive a crash, so nothing waits for disks."""
    for name in ("root", "upper", "work"):
        (place / name).mkdir(parents=True, exist_ok=True)
    places = f"lowerdir={':'.join(map(str, lowers))},upperdir={place}/upper,workdir={place}/work"
    run("mount", "-t", "overlay", "overlay", "-o", f"{places},volatile", place / "root")


def layer_with(packages: list[str], builder: Space) -> Path:
    """What a first boot writes that does no more than install these packages."""
    name = hashlib.sha256(" ".join(packages).encode()).hexdigest()[:12]

    def make(place: Path) -> None:
        machine = Machine(place, builder, builder=builder)
        said = yaml.safe_dump({"package_update": True, "packages": packages})
        try:
            machine.start(f"#cloud-config\n{said}", hostname="layer", lower=())
            machine.ready()
        finally:
            machine.stop(keep=True)
        for trace in ("var/lib/cloud", "var/log/journal", "etc/machine-id", "etc/hostname", "etc/hosts"):
            left = place / "upper" / trace
            shutil.rmtree(left) if left.is_dir() else left.unlink(missing_ok=True)

    return tree.layer(name, make) / "upper"


def _cgroups() -> list[Path]:
    """The hierarchies that systemd keeps its services in, where this process is in each."""
    found = []
    for line in Path("/proc/self/cgroup").read_text().splitlines():
        _, controllers, own = line.split(":", 2)
        if controllers in {"", "name=systemd"}:
            mounted = "unified" if Path("/sys/fs/cgroup/unified").exists() else ""
            top = Path("/sys/fs/cgroup") / ("systemd" if controllers else mounted)
            found.append(top / own.lstrip("/"))
    return found


def _remove_cgroup(place: Path) -> None:
    if not place.exists():
        return
    for directory, _, _ in os.walk(place, topdown=False):
        for _ in range(50):
            try:
                Path(directory).rmdir()
                break
            except OSError:
                time.sleep(0.05)  # the last of its processes is still going


def hostname_of(name: str, copy: int) -> str:
    """As Nova makes one of a server's name."""
    return re.sub(r"[^a-z0-9-]+", "-", f"{name}-{copy}".lower()).strip("-")[:60] or "server"

"""Network namespaces and the cables between them: what Neutron makes of networks, subnets and routers.

Every name carries the number of this process, so test runs side by side do not meet. Nothing is changed in
the machine's own network.
"""

import ctypes
import itertools
import os
import subprocess
import threading
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

_CLONE_NEWNET = 0x40000000
_numbers = itertools.count(1)


class Space:
    """One network namespace with its interfaces eth0, eth1, ..."""

    def __init__(self, name: str) -> None:
        self.name = f"sd{os.getpid()}-{next(_numbers)}-{name}"[:60]
        self.interfaces = 0
        run("ip", "netns", "add", self.name)
        self.ip("link", "set", "lo", "up")

    @property
    def path(self) -> Path:
        return Path("/run/netns") / self.name

    def ip(self, *words: object) -> None:
        run("ip", "-n", self.name, *words)

    def exec(self, *words: object, text: str | None = None) -> str:
        return run("ip", "netns", "exec", self.name, *words, text=text)

    def forward(self) -> None:
        """Be a router."""
        self.exec("sysctl", "-qw", "net.ipv4.ip_forward=1")

    def filter(self, rules: str) -> None:
        self.exec("nft", "-f", "-", text=rules)

    def inside(self, ask: Callable[[], T]) -> T:
        """Calls `ask` in a thread whose sockets belong to this namespace."""
        answers: list[T] = []
        errors: list[BaseException] = []

        def enter() -> None:
            try:
                libc = ctypes.CDLL(None, use_errno=True)
                with self.path.open() as namespace:
                    if libc.setns(namespace.fileno(), _CLONE_NEWNET) != 0:
                        raise OSError(ctypes.get_errno(), f"cannot enter {self.name}")
                answers.append(ask())
            except BaseException as error:  # noqa: BLE001  handed on to whoever asked
                errors.append(error)

        thread = threading.Thread(target=enter)
        thread.start()
        thread.join()
        if errors:
            raise errors[0]
        return answers[0]

    def remove(self) -> None:
        subprocess.run(["ip", "netns", "delete", self.name], check=False, capture_output=True)


class Switchboard:
    """A namespace full of bridges, one for each network."""

    def __init__(self) -> None:
        self.space = Space("switch")
        self.space.exec("sysctl", "-qw", "net.ipv4.conf.all.forwarding=0")
        # Bridges pass everything on; who may speak to whom is decided at each machine's port.
        for name in ("bridge-nf-call-iptables", "bridge-nf-call-ip6tables", "bridge-nf-call-arptables"):
            if Path(f"/proc/sys/net/bridge/{name}").exists():
                self.space.exec("sysctl", "-qw", f"net.bridge.{name}=0")
        self.bridges: dict[str, str] = {}

    def plug(self, space: Space, network: str, addresses: Iterable[str]) -> str:
        """A cable from the namespace to the network's bridge; the new interface's name in the namespace."""
        bridge = self.bridges.get(network)
        if bridge is None:
            bridge = self.bridges[network] = f"br{len(self.bridges)}"
            self.space.ip("link", "add", bridge, "type", "bridge")
            self.space.ip("link", "set", bridge, "up")
        interface, far = f"eth{space.interfaces}", f"p{next(_numbers)}"
        space.interfaces += 1
        ends = f"{far} netns {self.space.name} type veth peer {interface} netns {space.name}"
        run("ip", "link", "add", *ends.split())
        self.space.ip("link", "set", far, "master", bridge, "up")
        space.ip("link", "set", interface, "up")
        for address in addresses:
            space.ip("address", "add", address, "dev", interface)
        return interface


def run(*words: object, text: str | None = None, env: Mapping[str, str] | None = None) -> str:
    command = [str(word) for word in words]
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=False, env=env)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}: {done.stdout}{done.stderr}")
    return done.stdout

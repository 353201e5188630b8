"""A load balancer as Octavia builds one: HAProxy on an address of the balancer's subnet."""

import subprocess
import time
from pathlib import Path

from deployer.domain.resolving import Outputs, resolve
from designer.domain.resources import HEALTH_MONITOR, LISTENER, MEMBER, POOL, Ref, Resource, ResourceGraph
from tests.machines import tree
from tests.machines.machine import layer_with, mount_overlay
from tests.machines.wires import Space, run

_ALGORITHMS = {"ROUND_ROBIN": "roundrobin", "LEAST_CONNECTIONS": "leastconn", "SOURCE_IP": "source"}


class Balancer:
    def __init__(self, place: Path, space: Space, builder: Space) -> None:
        self.place, self.space, self.builder = place, space, builder
        self.root = place / "root"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, graph: ResourceGraph, balancer: Resource, outputs: Outputs) -> None:
        mount_overlay(self.place, [layer_with(["haproxy"], self.builder), tree.base()])
        certificate = self.root / "etc/haproxy/certificate.pem"
        command = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=balancer -keyout"
        run(*command.split(), f"{certificate}.key", "-out", certificate)
        (self.root / "etc/haproxy/haproxy.cfg").write_text(_configuration(graph, balancer, outputs))
        joined = certificate.read_text() + Path(f"{certificate}.key").read_text()
        certificate.write_text(joined)
        command = ["ip", "netns", "exec", self.space.name, "chroot", self.root, "haproxy", "-f"]
        with (self.place / "haproxy.log").open("wb") as log:
            self.process = subprocess.Popen(
                [*map(str, command), "/etc/haproxy/haproxy.cfg", "-db"], stdout=log, stderr=log
            )
        time.sleep(0.5)
        assert self.process.poll() is None, (self.place / "haproxy.log").read_text()

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait(10)
        subprocess.run(["umount", self.root], check=False, capture_output=True)


def _configuration(graph: ResourceGraph, balancer: Resource, outputs: Outputs) -> str:
    address = outputs[balancer.key]["address"]
    text = "defaults\n  timeout connect 5s\n  timeout client 60s\n  timeout server 60s\n"
    for listener in graph.of_kind(LISTENER):
        if listener.properties["load_balancer"] != Ref(balancer.key):
            continue
        port, protocol = listener.properties["port"], listener.properties["protocol"]
        mode = "tcp" if protocol == "TCP" else "http"
        tls = " ssl crt /etc/haproxy/certificate.pem" if protocol == "TERMINATED_HTTPS" else ""
        text += f"frontend f{port}\n  mode {mode}\n  bind {address}:{port}{tls}\n  default_backend b{port}\n"
        pool = next(one for one in graph.of_kind(POOL) if one.properties.get("listener") == Ref(listener.key))
        monitor = next(
            (one for one in graph.of_kind(HEALTH_MONITOR) if one.properties["pool"] == Ref(pool.key)), None
        )
        text += f"backend b{port}\n  mode {mode}\n  balance {_ALGORITHMS[pool.properties['algorithm']]}\n"
        kept = (pool.properties.get("session_persistence") or {}).get("type")
        if kept == "HTTP_COOKIE":
            text += "  cookie SRV insert indirect nocache\n"
        elif kept == "SOURCE_IP":
            text += "  stick-table type ip size 10k\n  stick on src\n"
        check = ""
        if monitor is not None:
            check = (
                f" check inter {monitor.properties['delay_seconds']}s fall {monitor.properties['retries']}"
            )
            if monitor.properties["type"] == "HTTP":
                text += f"  option httpchk GET {monitor.properties['path']}\n  http-check expect status 200\n"
        for number, member in enumerate(graph.of_kind(MEMBER)):
            if member.properties["pool"] == Ref(pool.key):
                said = resolve(member.properties, outputs)
                cookie = f" cookie m{number}" if kept == "HTTP_COOKIE" else ""
                text += f"  server m{number} {said['address']}:{said['port']}{check}{cookie}\n"
    return text

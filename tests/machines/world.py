"""A design made real on this machine: its networks, routers, security groups, balancers and servers.

    internet (a namespace: visitors, the package archive, floating addresses' network)
      └── router (a namespace each) ── network (a bridge each) ── servers (machines), balancers (HAProxy)

Everything is read off the design's own resource graph, as the cloud would be told it. What a cloud answers
(addresses, ids) and what a deployment makes (passwords) is made up here.
"""

import ipaddress
import json
import secrets
import shutil
import subprocess
import tempfile
import urllib.error
import urllib.request
import uuid
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPMessage
from pathlib import Path
from typing import Any

from deployer.domain.resolving import resolve
from designer.domain.resources import (
    FLOATING_IP,
    LOAD_BALANCER,
    PASSWORD,
    PORT,
    ROUTER,
    ROUTER_INTERFACE,
    ROUTER_ROUTE,
    SECURITY_GROUP_RULE,
    SERVER,
    SUBNET,
    VOLUME,
    VOLUME_ATTACHMENT,
    Ref,
    Resource,
    ResourceGraph,
)
from tests.machines import tree
from tests.machines.archive import Archive
from tests.machines.balancer import Balancer
from tests.machines.machine import Machine, hostname_of
from tests.machines.wires import Space, Switchboard

EXTERNAL = ipaddress.IPv4Network("198.51.100.0/24")
VISITOR = "203.0.113.7"  # from where the drawings let administrators in


@dataclass(frozen=True)
class Answer:
    status: int
    headers: HTTPMessage
    body: str


class World:
    def __init__(
        self,
        graph: ResourceGraph,
        *,
        layered: bool = True,
        repositories: Mapping[str, Path] | None = None,
    ) -> None:
        tree.base()
        self.graph = graph
        self.layered = layered
        self.place = Path(tempfile.mkdtemp(prefix="stackdraft-machines-"))
        self.outputs: dict[str, dict[str, str]] = {
            resource.key: {"id": str(uuid.uuid4())} for resource in graph.resources.values()
        }
        self.spaces: list[Space] = []
        self.machines: dict[str, Machine] = {}
        self.balancers: dict[str, Balancer] = {}
        self._outside = iter(list(EXTERNAL.hosts())[9:])
        self.switchboard = Switchboard()
        self.spaces.append(self.switchboard.space)
        self.internet = self._space("internet")
        self.switchboard.plug(self.internet, "external", [f"{tree.ARCHIVE_ADDRESS}/{EXTERNAL.prefixlen}"])
        self.internet.ip("address", "add", f"{VISITOR}/32", "dev", "lo")
        self.archive = Archive(self.internet, repositories or {})

    def _space(self, name: str) -> Space:
        space = Space(name)
        self.spaces.append(space)
        return space

    def __getitem__(self, key: str) -> Machine:
        return self.machines[key]

    def value(self, key: str, output: str) -> str:
        return self.outputs[key][output]

    # --- Making it ------------------------------------------------------------------------------------

    def start(self) -> "World":
        """Everything but the wait for the servers' own set-up."""
        self._promise()
        self._lay_networks()
        for server in self.graph.of_kind(SERVER):
            self._start_server(server)
        for balancer in self.graph.of_kind(LOAD_BALANCER):
            self._start_balancer(balancer)
        self._bind_addresses()
        return self

    def ready(self) -> "World":
        for machine in self.machines.values():
            machine.ready()
        return self

    def _promise(self) -> None:
        """Addresses and passwords, as they are known before any server starts."""
        free: dict[str, Any] = {}
        for subnet in self.graph.of_kind(SUBNET):
            hosts = list(ipaddress.IPv4Network(subnet.properties["cidr"]).hosts())
            free[subnet.key] = iter(hosts[9:-10])
        for port in self.graph.of_kind(PORT):
            said = port.properties
            self.outputs[port.key]["address"] = str(said.get("address") or next(free[said["subnet"].key]))
        for balancer in self.graph.of_kind(LOAD_BALANCER):
            address = str(next(free[balancer.properties["subnet"].key]))
            self.outputs[balancer.key] |= {"address": address, "vip_address": address, "vip_port_id": address}
        for floating in self.graph.of_kind(FLOATING_IP):
            self.outputs[floating.key]["address"] = str(next(self._outside))
        for password in self.graph.of_kind(PASSWORD):
            value = secrets.token_hex(40)[: int(password.properties["length"])]
            self.outputs[password.key]["value"] = value

    def _lay_networks(self) -> None:
        self.routers: dict[str, Space] = {}
        for router in self.graph.of_kind(ROUTER):
            space = self.routers[router.key] = self._space(f"router-{router.component}")
            space.forward()
            if router.properties.get("external"):
                address = next(self._outside)
                self.switchboard.plug(space, "external", [f"{address}/{EXTERNAL.prefixlen}"])
                space.ip("route", "add", "default", "via", tree.ARCHIVE_ADDRESS)
                space.filter(_NAT)
        self.gateways: dict[str, Space] = {}
        for leg in self.graph.of_kind(ROUTER_INTERFACE):
            subnet = self.graph[leg.properties["subnet"].key]
            cidr = ipaddress.IPv4Network(subnet.properties["cidr"])
            router = self.routers[leg.properties["router"].key]
            address = leg.properties.get("address") or cidr[1]
            network = subnet.properties["network"].key
            self.switchboard.plug(router, network, [f"{address}/{cidr.prefixlen}"])
            if "address" not in leg.properties:
                self.gateways[subnet.key] = router
        for route in self.graph.of_kind(ROUTER_ROUTE):
            said = resolve(route.properties, self.outputs)
            router = self.routers[route.properties["router"].key]
            router.ip("route", "add", said["destination"], "via", said["next_hop"])

    def _plug(self, space: Space, subnet_key: str, address: str) -> None:
        """What DHCP would tell: address, default route, routes over other routers."""
        subnet = self.graph[subnet_key]
        cidr = ipaddress.IPv4Network(subnet.properties["cidr"])
        self.switchboard.plug(space, subnet.properties["network"].key, [f"{address}/{cidr.prefixlen}"])
        for route in subnet.properties.get("host_routes", ()):
            space.ip("route", "add", route["destination"], "via", route["next_hop"])
        if subnet_key in self.gateways:
            space.ip("route", "add", "default", "via", cidr[1])

    def _start_server(self, server: Resource) -> None:
        space = self._space(server.component)
        for port_ref in server.properties["ports"]:
            port = self.graph[port_ref.key]
            self._plug(space, port.properties["subnet"].key, self.value(port.key, "address"))
        space.filter(self._security_group(server))
        builder = self.internet if self.layered else None
        machine = self.machines[server.key] = Machine(self.place / space.name, space, builder=builder)
        for attachment in self.graph.of_kind(VOLUME_ATTACHMENT):
            if attachment.properties["server"] == Ref(server.key):
                volume = self.graph[attachment.properties["volume"].key]
                assert volume.kind == VOLUME
                machine.attach(self.value(volume.key, "id"), volume.properties["size_gib"])
        user_data = resolve(server.properties["user_data"], self.outputs) or "#cloud-config\n{}\n"
        machine.start(user_data, hostname=hostname_of(server.component, server.index + 1))

    def redraw(self, graph: ResourceGraph) -> None:
        """Another revision of the design, as far as security groups differ."""
        self.graph = graph
        for key, machine in self.machines.items():
            machine.space.filter(f"delete table inet port\n{self._security_group(graph[key])}")

    def _security_group(self, server: Resource) -> str:
        """What Neutron lets in at a port. Answers pass, and so does all that the machine itself begins."""
        ports = [self.graph[ref.key] for ref in server.properties["ports"]]
        groups = {ref.key for port in ports for ref in port.properties["security_groups"]}
        accepted = [
            rule
            for one in self.graph.of_kind(SECURITY_GROUP_RULE)
            if one.properties["security_group"].key in groups and one.properties["direction"] == "ingress"
            for rule in self._accepts(one)
        ]
        return _PORT_FILTER.format(rules="\n    ".join(dict.fromkeys(accepted)))

    def _accepts(self, rule: Resource) -> list[str]:
        said = rule.properties
        if "remote_group" in said:
            sources = [
                self.value(port.key, "address")
                for port in self.graph.of_kind(PORT)
                if said["remote_group"] in port.properties["security_groups"]
            ]
        else:
            sources = [str(resolve(said["remote_cidr"], self.outputs) or "0.0.0.0/0")]
        protocol = {"vrrp": "112", None: ""}.get(said["protocol"], said["protocol"])
        what = f"meta l4proto {protocol}" if protocol else ""
        if said.get("port_min") is not None and protocol in {"tcp", "udp"}:
            what = f"{protocol} dport {said['port_min']}-{said['port_max']}"
        return [f"ip saddr {source} {what} accept" for source in sources]

    def _start_balancer(self, balancer: Resource) -> None:
        space = self._space(balancer.component)
        self._plug(space, balancer.properties["subnet"].key, self.value(balancer.key, "address"))
        made = self.balancers[balancer.key] = Balancer(self.place / space.name, space, self.internet)
        made.start(self.graph, balancer, self.outputs)

    def _bind_addresses(self) -> None:
        """A floating address is its router's, which hands on what comes for it."""
        for floating in self.graph.of_kind(FLOATING_IP):
            said = floating.properties
            holder = self.graph[(said.get("port") or said["load_balancer"]).key]
            inside, outside = self.value(holder.key, "address"), self.value(floating.key, "address")
            router = self.gateways[holder.properties["subnet"].key]
            router.ip("address", "add", f"{outside}/32", "dev", "eth0")
            router.filter(
                f"insert rule ip nat in ip daddr {outside} dnat to {inside}\n"
                f"insert rule ip nat out oifname eth0 ip saddr {inside} snat to {outside}\n"
            )

    # --- Being a visitor ------------------------------------------------------------------------------

    def get(
        self,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        data: bytes | None = None,
        source: Space | None = None,
    ) -> Answer:
        """One request from the internet (or another place), without following where it is sent to."""
        request = urllib.request.Request(url, data=data, headers=dict(headers or {}))

        def ask() -> Answer:
            import ssl

            unverified = ssl.create_default_context()
            unverified.check_hostname, unverified.verify_mode = False, ssl.CERT_NONE
            opener = urllib.request.build_opener(
                urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=unverified), _Stay()
            )
            try:
                with opener.open(request, timeout=30) as response:
                    return Answer(response.status, response.headers, response.read().decode(errors="replace"))
            except urllib.error.HTTPError as error:
                return Answer(error.code, error.headers, error.read().decode(errors="replace"))

        return (source or self.internet).inside(ask)

    def json(self, url: str) -> Any:
        answer = self.get(url)
        assert answer.status == 200, answer
        return json.loads(answer.body)

    # --- The end --------------------------------------------------------------------------------------

    def close(self) -> None:
        with ThreadPoolExecutor() as pool:
            list(pool.map(Machine.stop, self.machines.values()))
        for balancer in self.balancers.values():
            balancer.stop()
        self.archive.close()
        for space in self.spaces:
            space.remove()
        subprocess.run(["umount", "--recursive", self.place], check=False, capture_output=True)
        shutil.rmtree(self.place, ignore_errors=True)


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


_NAT = """
table ip nat {
  chain in { type nat hook prerouting priority dstnat; policy accept; }
  chain out {
    type nat hook postrouting priority srcnat; policy accept;
    oifname eth0 masquerade
  }
}
"""

# As Neutron's: what is not let in is dropped without a word. Forwarded packets are no exception, tunnels are.
_PORT_FILTER = """
table inet port {{
  chain in {{
    type filter hook prerouting priority filter; policy accept;
    iifname != "eth0" accept
    ct state established,related accept
    {rules}
    counter drop
  }}
}}
"""

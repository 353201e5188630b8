"""What a project of a cloud holds, read with openstacksdk alone and told in words like those of a drawing.

Nothing of the product is imported here. Things are called by their labels: `Web server 2` is one of the
`Web server`s, and a member of a scaling group goes by the group's description.
"""

import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from openstack.connection import Connection

Figures = dict[str, Any]
Regions = dict[str, Connection]
MEASURED_AS = "metering.server_group"
REMOVAL_SECONDS = 300


def read_figures(regions: Regions) -> dict[str, Figures]:
    """Shape: {region: {topic: {label: words} or [words]}}; a topic that has nothing is left out."""
    projects = {name: Project(conn) for name, conn in regions.items()}
    addresses = {
        address: label for one in projects.values() for address, label in one.public_addresses().items()
    }
    found = {name: one.figures(addresses) for name, one in projects.items()}
    # One object store and one DNS stand behind all regions.
    first = next(iter(projects))
    found[first] |= projects[first].shared_figures(addresses)
    return {name: {topic: told for topic, told in figures.items() if told} for name, figures in found.items()}


def wait_for_removals(conn: Connection) -> None:
    """Until no balancer is going any more: one that a lost answer made twice is removed at the end."""
    deadline = time.monotonic() + REMOVAL_SECONDS
    while any(one.provisioning_status == "PENDING_DELETE" for one in _balancers(conn)):
        assert time.monotonic() < deadline, "a balancer does not go"
        time.sleep(1)


def _balancers(conn: Connection) -> list[Any]:
    return list(conn.load_balancer.load_balancers(project_id=conn.current_project_id))


def count_of(figures: Figures) -> int:
    """How many facts were looked at."""
    return sum(len(topic) for topic in figures.values())


class Project:
    """Reads one region of it once; each method tells one topic, and fails where something stands wrongly."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        self._mine = {"project_id": conn.current_project_id}
        self._stacks = {one.id: conn.orchestration.get_stack(one.id) for one in conn.orchestration.stacks()}
        self._servers = {one.id: one for one in conn.compute.servers()}
        self._ports = {one.id: one for one in conn.network.ports(**self._mine)}
        self._cidrs = {one.id: one.cidr for one in conn.network.subnets(**self._mine)}
        self._balancers = _balancers(conn)
        assert {one.status for one in self._servers.values()} <= {"ACTIVE"}

    def figures(self, addresses: Mapping[str, str]) -> Figures:
        """`addresses`: all public ones of the project, in whichever region, with who answers there."""
        return {
            "networks": self.networks(),
            "routers": self.routers(),
            "servers": self.servers_in_words(),
            "zones": self.zones(),
            "images": self.images(),
            "groups": self.groups(),
            "volumes": self.volumes(),
            "balancers": self.balancers(),
            "public": self.public(),
            "open": self.doors(addresses),
        }

    def shared_figures(self, addresses: Mapping[str, str]) -> Figures:
        return {"containers": self.containers(), "records": self.records(addresses)}

    def networks(self) -> dict[str, str]:
        names = {one.id: one.name for one in self._conn.network.networks(**self._mine)}
        found: dict[str, list[str]] = defaultdict(list)
        for subnet in self._conn.network.subnets(**self._mine):
            found[names[subnet.network_id]].append(subnet.cidr)
        assert set(found) == set(names.values()), "a network has no subnet"
        return {name: ", ".join(sorted(cidrs)) for name, cidrs in found.items()}

    def routers(self) -> dict[str, str]:
        """Which subnets each router joins, and whether it leads outside."""
        found = {}
        for router in self._conn.network.routers(**self._mine):
            legs = [
                self._cidrs[fixed["subnet_id"]]
                for port in self._ports.values()
                if port.device_id == router.id and port.device_owner == "network:router_interface"
                for fixed in port.fixed_ips
            ]
            way = "out" if router.external_gateway_info else "inside"
            found[router.name] = f"{way}: {', '.join(sorted(legs))}"
        return found

    def servers_in_words(self) -> dict[str, str]:
        return self._many(one for one in self._servers.values() if not self._group(one))

    def zones(self) -> dict[str, str]:
        """In which availability zones the servers of a label stand."""
        found: dict[str, set[str]] = defaultdict(set)
        for server in self._servers.values():
            found[self._label(server)].add(server.availability_zone)
        return {label: ", ".join(sorted(zones)) for label, zones in found.items()}

    def images(self) -> dict[str, str]:
        names = {one.id: one.name for one in self._conn.image.images()}
        found: dict[str, set[str]] = defaultdict(set)
        for server in self._servers.values():
            found[self._label(server)].add(names[server.image.id])
        return {label: ", ".join(sorted(images)) for label, images in found.items()}

    def groups(self) -> dict[str, str]:
        """Heat's stacks with what is in each, and their members as they stand."""
        found = {}
        for stack in self._stacks.values():
            assert stack.status.endswith("_COMPLETE"), stack.status_reason
            kinds = Counter(one.resource_type for one in self._conn.orchestration.resources(stack))
            members = [one for one in self._servers.values() if self._group(one) is stack]
            policies, alarms = kinds["OS::Heat::ScalingPolicy"], self._alarms_of(stack)
            (words,) = self._many(members).values()
            found[stack.description] = f"{words}; {policies} policies, {alarms} alarms"
        return found

    def volumes(self) -> dict[str, str]:
        """By the servers that have them."""
        found: dict[str, Counter[str]] = defaultdict(Counter)
        for volume in self._conn.block_storage.volumes():
            assert volume.status == "in-use", volume.status
            (attachment,) = volume.attachments
            label = self._label(self._servers[attachment["server_id"]])
            found[label][f"{volume.size} GiB {volume.volume_type}"] += 1
        return {label: _counted(sizes) for label, sizes in found.items()}

    def balancers(self) -> dict[str, str]:
        found = {}
        for balancer in self._balancers:
            assert balancer.provisioning_status == "ACTIVE", balancer.provisioning_status
            assert balancer.name not in found, f"{balancer.name} is there twice"
            doors = [
                f"{one.protocol} {one.protocol_port} to {self._members(one.default_pool_id)}"
                for one in self._conn.load_balancer.listeners(load_balancer_id=balancer.id)
            ]
            found[balancer.name] = f"in {self._cidrs[balancer.vip_subnet_id]}: {'; '.join(sorted(doors))}"
        return found

    def public(self) -> dict[str, str]:
        return {owner: str(count) for owner, count in Counter(self.public_addresses().values()).items()}

    def public_addresses(self) -> dict[str, str]:
        """Whose port each leads to."""
        vips = {one.vip_port_id: one.name for one in self._balancers}
        owners = {}
        for address in self._conn.network.ips(**self._mine):
            assert address.port_id, f"{address.floating_ip_address} leads nowhere"
            port = self._ports[address.port_id]
            label = vips.get(port.id) or self._label(self._servers[port.device_id])
            owners[address.floating_ip_address] = label
        return owners

    def records(self, addresses: Mapping[str, str]) -> dict[str, str]:
        """Names in zones, with whose public addresses each has."""
        found = {}
        for zone in self._conn.dns.zones():
            assert zone.status != "ERROR"  # its serial may still be on its way to the name servers
            for one in self._conn.dns.recordsets(zone):
                if one.type not in ("SOA", "NS"):
                    owners = sorted(addresses[address] for address in one.records)
                    found[one.name] = f"{one.type} of {', '.join(owners)}"
        return found

    def containers(self) -> list[str]:
        return sorted(one.name for one in self._conn.object_store.containers())

    def doors(self, addresses: Mapping[str, str]) -> list[str]:
        """What is let in, and that every server is behind a group of its own and not the default one."""
        names = {one.id: one.name for one in self._conn.network.security_groups(**self._mine)}
        for port in self._ports.values():
            if port.device_id in self._servers:
                assert port.security_group_ids, f"{port.name} is open to everybody"
                assert all(names[one] != "default" for one in port.security_group_ids)
        owners = {f"{one}/32": f"the public address of {label}" for one, label in addresses.items()}
        found = []
        for rule in self._conn.network.security_group_rules(**self._mine):
            group = names[rule.security_group_id]
            if rule.direction == "ingress" and group != "default":
                source = rule.remote_ip_prefix or names.get(rule.remote_group_id, "anywhere")
                source = owners.get(source, source)
                found.append(f"{_what(rule)} from {_plain(source)} to {_plain(group)}")
        return sorted(found)

    def _many(self, servers: Iterable[Any]) -> dict[str, str]:
        found: dict[str, Counter[str]] = defaultdict(Counter)
        for server in servers:
            (port,) = (one for one in self._ports.values() if one.device_id == server.id)
            (fixed,) = port.fixed_ips
            place = self._cidrs[fixed["subnet_id"]]
            found[self._label(server)][f"{server.flavor.original_name} in {place}"] += 1
        return {label: _counted(kinds) for label, kinds in found.items()}

    def _members(self, pool_id: str) -> str:
        """Whose addresses a pool sends to."""
        owners = {
            fixed["ip_address"]: self._label(self._servers[port.device_id])
            for port in self._ports.values()
            if port.device_id in self._servers
            for fixed in port.fixed_ips
        }
        members = self._conn.load_balancer.members(pool_id)
        return _counted(Counter(f"{owners[one.address]} at {one.protocol_port}" for one in members))

    def _alarms_of(self, stack: Any) -> int:
        """Alarms whose question is about this stack's members, each with somebody to tell."""
        alarms = [one for one in self._conn.alarm.get("/alarms").json() if stack.id in _question(one)]
        assert all(one["alarm_actions"] for one in alarms)
        return len(alarms)

    def _group(self, server: Any) -> Any:
        return self._stacks.get((server.metadata or {}).get(MEASURED_AS, ""))

    def _label(self, server: Any) -> str:
        group = self._group(server)
        return str(group.description) if group else re.sub(r" \d+$", "", server.name)


def _question(alarm: Mapping[str, Any]) -> str:
    rule: Mapping[str, Any] = alarm[f"{alarm['type']}_rule"]
    return str(rule.get("query", ""))


def _counted(kinds: Counter[str]) -> str:
    return ", ".join(f"{count} × {kind}" for kind, count in sorted(kinds.items()))


def _what(rule: Any) -> str:
    if rule.port_range_min is None:
        return str(rule.protocol or "anything")
    low, high = rule.port_range_min, rule.port_range_max
    return f"{rule.protocol} {low}" if low == high else f"{rule.protocol} {low}-{high}"


def _plain(name: str) -> str:
    return name.removesuffix(" security group")

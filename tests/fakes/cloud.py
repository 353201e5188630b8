"""A cloud in memory: it makes things slowly, refuses what Neutron refuses, and fails on request."""

import ipaddress
import itertools
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from threading import Lock
from typing import Any

from deployer.domain.cloud import (
    Busy,
    CloudError,
    CloudProfile,
    Conflict,
    ExternalNetwork,
    Flavor,
    Image,
    Item,
    Live,
    LiveStatus,
    NotFound,
    Order,
    Quota,
    Refused,
    Spec,
    Tag,
    Unreachable,
)
from deployer.domain.kinds import LOAD_BALANCER_PARTS
from deployer.domain.operations import Look, Verb
from designer.domain.resources import Ref

SLOW = {  # looks
    "server": 2,
    "volume": 1,
    "load_balancer": 2,
    "volume_attachment": 1,
    "database_instance": 3,
    "scaling_group": 2,
    "dns_zone": 1,
    "dns_record": 1,
    "image": 2,
    "file_share": 1,
}


VPN_PARTS = {
    "service": "vpn_service",
    "ike_policy": "vpn_ike_policy",
    "ipsec_policy": "vpn_ipsec_policy",
    "local_group": "vpn_endpoint_group",
    "peer_group": "vpn_endpoint_group",
}


def a_profile(**changes: Any) -> CloudProfile:
    """A small cloud that has everything."""
    return CloudProfile(
        **{
            "services": frozenset(
                [
                    "compute",
                    "network",
                    "image",
                    "block-storage",
                    "load-balancer",
                    "object-store",
                    "key-manager",
                    "database",
                    "dns",
                    "vpn",
                    "orchestration",
                    "alarm",
                    "shared-file-system",
                ]
            ),
            "flavors": (
                Flavor("f-s", "small", 1, 2048, 20),
                Flavor("f-m", "medium", 2, 4096, 40),
                Flavor("f-l", "large", 4, 8192, 80),
            ),
            "images": (Image("i-u", "ubuntu-24.04"), Image("i-d", "debian-12")),
            "zones": ("az1", "az2"),
            "volume_zones": ("az1",),
            "volume_types": ("encrypted", "sata", "ssd"),
            "external_networks": (ExternalNetwork("ext", "public", ("203.0.113.0/24",)),),
            "datastores": {"mysql": ("8.0", "8.4")},
            "quotas": {"instances": Quota(20, 0), "cores": Quota(40, 0), "ram": Quota(80_000, 0)},
        }
        | changes
    )


# What of a resource's spec each kind's handler tells in an inventory.
_TOLD: dict[str, tuple[str, ...]] = {
    "subnet": ("network", "cidr", "dhcp", "dns_nameservers", "host_routes"),
    "router": ("external", "enable_snat"),
    "router_interface": ("router", "subnet"),
    "router_route": ("router", "next_hop", "destination"),
    "port": ("network", "security_groups", "allowed_addresses"),
    "security_group_rule": (
        "security_group",
        "direction",
        "protocol",
        "port_min",
        "port_max",
        "remote_group",
        "remote_cidr",
    ),
    "server": ("image_id", "zone"),
    "volume": ("size_gib", "volume_type"),
    "volume_attachment": ("server", "volume"),
    "load_balancer": ("subnet",),
    "listener": ("load_balancer", "protocol", "port", "certificate"),
    "pool": ("load_balancer", "protocol", "algorithm", "session_persistence"),
    "member": ("pool", "address", "port", "enabled"),
    "health_monitor": ("pool", "type", "delay_seconds", "timeout_seconds", "retries", "path"),
    "object_container": ("public_read",),
    "database_instance": ("volume_gib", "allowed_cidrs"),
}


def _size_of(flavor: Flavor) -> dict[str, float]:
    return {"vcpus": flavor.vcpus, "ram_gib": flavor.ram_mib / 1024, "disk_gib": flavor.disk_gib}


class Killed(BaseException):
    """The worker died at this moment. Not an Exception, so that nothing handles it."""


@dataclass
class Thing:
    kind: str
    cloud_id: str
    name: str
    tag: Tag | None
    spec: dict[str, Any]
    looks_left: int = 0
    failed: str = ""
    going: bool = False
    objects: int = 0
    snapshots: int = 0
    parts: list[str] = field(default_factory=list)
    power: str = "running"
    unplugged: set[str] = field(default_factory=set)  # ports of a server
    seen: dict[str, Any] = field(default_factory=dict)  # what somebody else made of it
    heard: list[Verb] = field(default_factory=list)


class FakeCloud:
    """Answers the Cloud protocol. `calls` lists (verb, kind) in order."""

    def __init__(
        self, profile: CloudProfile | None = None, *, regions: Sequence[str] = ("RegionOne",)
    ) -> None:
        self.profile = profile or a_profile()
        self.regions = list(regions)
        self.things: dict[tuple[str, str], Thing] = {}
        self.calls: list[tuple[str, str]] = []
        self.snapshots: dict[str, str] = {}  # id -> mark
        self._numbers = itertools.count(1)
        self._lock = Lock()
        self._refusals: list[tuple[str, str, BaseException]] = []
        self._failures: dict[str, str] = {}
        self._after: list[tuple[str, BaseException]] = []
        self._late: set[str] = set()
        self._on_their_way: list[Order] = []

    # --- what tests arrange ---

    def refuse_next(self, verb: str, kind: str, error: CloudError, *, times: int = 1) -> None:
        self._refusals += [(verb, kind, error)] * times

    def fail_next(self, kind: str, words: str) -> None:
        """The next of this kind is accepted and then ends in an error."""
        self._failures[kind] = words

    def lose_answer_of_next(self, kind: str) -> None:
        """The next of this kind is made, but the answer never arrives."""
        self._after.append((kind, Unreachable("No answer in 60 seconds.")))

    def kill_worker_after_next(self, kind: str) -> None:
        """The worker dies when the cloud has made the next of this kind, before anybody writes that down."""
        self._after.append((kind, Killed()))

    def make_next_late(self, kind: str) -> None:
        """The next of this kind gets no answer, and is there just before it is asked for once more."""
        self._late.add(kind)

    def put_objects(self, container: str, count: int) -> None:
        self._named("object_container", container).objects = count

    def snapshot_volume(self, name: str) -> None:
        self._named("volume", name).snapshots += 1

    def forget(self, kind: str, name: str) -> None:
        """Somebody removed it behind our back."""
        thing = self._named(kind, name)
        del self.things[kind, thing.cloud_id]

    def change(self, kind: str, name: str, /, **seen: Any) -> None:
        """Somebody changed it behind our back."""
        thing = self._named(kind, name)
        thing.power = seen.pop("power", thing.power)
        if "flavor" in seen:
            seen["size"] = _size_of(self._flavor(seen["flavor"]))
        thing.seen.update(seen)

    def unplug(self, server: str, port: str) -> None:
        """Somebody disconnected the server from one of its ports."""
        self._named("server", server).unplugged.add(self._named("port", port).cloud_id)

    def add(self, kind: str, name: str, **spec: Any) -> str:
        """Somebody else made something. Returns its id."""
        cloud_id = str(spec.pop("cloud_id", f"{kind}-{next(self._numbers)}"))
        self.things[kind, cloud_id] = Thing(kind, cloud_id, name, None, spec)
        return cloud_id

    # --- what tests ask ---

    def names(self, kind: str) -> list[str]:
        return sorted(thing.name for thing in self.things.values() if thing.kind == kind)

    def kinds(self) -> set[str]:
        return {thing.kind for thing in self.things.values()}

    def count(self, verb: str, kind: str) -> int:
        return self.calls.count((verb, kind))

    def spec(self, kind: str, name: str) -> dict[str, Any]:
        return self._named(kind, name).spec

    def power(self, server: str) -> str:
        return self._named("server", server).power

    # --- the protocol ---

    def read_profile(self) -> CloudProfile:
        self._maybe_refuse("profile", "")
        return self.profile

    def region_names(self) -> list[str]:
        self._maybe_refuse("regions", "")
        return list(self.regions)

    def inventory(self, kinds: Iterable[str]) -> list[Item]:
        self._maybe_refuse("inventory", "")
        wanted = set(kinds)
        return [
            Item(
                thing.kind,
                thing.cloud_id,
                thing.name,
                thing.tag,
                self._status(thing),
                thing.failed,
                observed=self._observed(thing),
                holds=self._holds(thing),
            )
            for thing in self.things.values()
            if thing.kind in wanted
        ]

    def find(self, order: Order) -> Live | None:
        with self._lock:
            self.calls.append(("find", order.kind))
            self._maybe_refuse("find", order.kind)
            for thing in self.things.values():
                if thing.kind == order.kind and thing.tag == order.tag:
                    return self._live(thing)
        return None

    def create(self, order: Order) -> Live:
        with self._lock:
            self.calls.append(("create", order.kind))
            self._maybe_refuse("create", order.kind)
            if order.kind in self._late:
                self._late.remove(order.kind)
                self._on_their_way.append(order)
                raise Unreachable("No answer in 60 seconds.")
            self.land(order.tag)
            thing = self._make(order)
            live = self._live(thing)
            parts = {part.tag: self._live(self._make(part, whole=thing)) for part in order.parts}
            self._maybe_lose_answer(order.kind)
            return Live(live.cloud_id, live.status, live.detail, live.outputs, parts)

    def create_together(self, orders: Sequence[Order]) -> list[Live]:
        """As Neutron: one that is refused takes back those made before it; rules have to be of one group."""
        with self._lock:
            kind = orders[0].kind
            self.calls.append(("create", kind))
            if len({order.spec.get("security_group") for order in orders}) > 1:
                raise Refused("Only allowed to update rules for one security profile at a time.")
            made: list[Thing] = []
            try:
                for order in orders:
                    assert order.kind == kind
                    self._maybe_refuse("create", kind)
                    if kind not in self._late:
                        made.append(self._make(order))
            except CloudError:
                for thing in made:
                    self._drop(thing)
                raise
            if kind in self._late:
                self._late.remove(kind)
                self._on_their_way += orders
                raise Unreachable("No answer in 60 seconds.")
            self._maybe_lose_answer(kind)
            return [self._live(thing) for thing in made]

    def get(self, kind: str, cloud_id: str) -> Live:
        with self._lock:
            self.calls.append(("get", kind))
            self._maybe_refuse("get", kind)
            thing = self._thing(kind, cloud_id)
            if thing.looks_left:
                thing.looks_left -= 1
            elif thing.going:
                self._drop(thing)
                raise NotFound("It has been deleted.")
            live = self._live(thing)
            if kind == "load_balancer" and live.status == LiveStatus.ACTIVE:
                return replace(live, inside={part: self._status(one) for part, one in self._parts_of(thing)})
            return live

    def being_made(self, kind: str) -> frozenset[str]:
        with self._lock:
            self.calls.append(("being_made", kind))
            self._maybe_refuse("being_made", kind)
            making = [one for one in self.things.values() if one.kind == kind and one.looks_left]
            for thing in making:
                thing.looks_left -= 1
            return frozenset(thing.cloud_id for thing in making if not thing.failed)

    def update(self, kind: str, cloud_id: str, spec: Spec, changed: frozenset[str]) -> Live:
        with self._lock:
            self.calls.append(("update", kind))
            self._maybe_refuse("update", kind)
            thing = self._thing(kind, cloud_id)
            thing.spec.update(spec)
            thing.name = str(spec.get("name", thing.name))
            if changed & {"power_on", "power_off"}:
                thing.power = "running" if "power_on" in changed else "stopped"
            if "ports" in changed:
                thing.unplugged.clear()
            thing.seen.clear()  # what was changed behind our back is as it was asked for again
            return self._live(thing)

    def delete(self, kind: str, cloud_id: str) -> None:
        with self._lock:
            self.calls.append(("delete", kind))
            self._maybe_refuse("delete", kind)
            thing = self._thing(kind, cloud_id)
            self._refuse_removal(thing)
            if kind in SLOW:
                thing.going, thing.looks_left = True, 1
                for _, part in self._parts_of(thing):  # Octavia takes them along
                    part.going = True
            else:
                self._drop(thing)
            self._maybe_lose_answer(kind)

    def look_at(self, server_id: str, verb: Verb, since: datetime | None) -> Look:
        with self._lock:
            self.calls.append(("look_at", "server"))
            self._maybe_refuse("look_at", "server")
            thing = self._thing("server", server_id)
            if thing.looks_left:
                thing.looks_left -= 1
                return Look(thing.power, working=True)
            return Look(thing.power, working=False, asked=since is not None and verb in thing.heard)

    def ask(self, server_id: str, verb: Verb) -> None:
        with self._lock:
            self.calls.append((verb.value, "server"))
            self._maybe_refuse(verb.value, "server")
            thing = self._thing("server", server_id)
            wanted = {Verb.STOP: "stopped", Verb.START: "running"}.get(verb, thing.power)
            if verb in (Verb.STOP, Verb.START) and wanted == thing.power:
                raise Conflict(f"Cannot '{verb.value}' instance while it is in vm_state {thing.power}.")
            thing.power, thing.looks_left = wanted, 1
            thing.heard.append(verb)
            self._maybe_lose_answer(verb.value)

    def snapshot(self, kind: str, cloud_id: str, name: str, mark: str) -> Live:
        with self._lock:
            self.calls.append(("snapshot", kind))
            self._maybe_refuse("snapshot", kind)
            self._thing(kind, cloud_id)
            made = f"snapshot-{next(self._numbers)}"
            self.snapshots[made] = mark
            self._maybe_lose_answer("snapshot")
            return Live(made, LiveStatus.WORKING)

    def find_snapshot(self, kind: str, mark: str) -> Live | None:
        found = next((one for one, kept in self.snapshots.items() if kept == mark), None)
        return self.get_snapshot(kind, found) if found else None

    def get_snapshot(self, kind: str, cloud_id: str) -> Live:
        if cloud_id not in self.snapshots:
            raise NotFound("There is no such snapshot.")
        return Live(cloud_id, LiveStatus.ACTIVE, outputs={"size_gib": "8"})

    def delete_snapshot(self, kind: str, cloud_id: str) -> None:
        self.get_snapshot(kind, cloud_id)
        del self.snapshots[cloud_id]

    # --- how it behaves ---

    def _make(self, order: Order, *, whole: Thing | None = None) -> Thing:
        spec = dict(order.spec)
        if whole is not None:  # its own parts, as Octavia knows them from where they stand in the call
            made = {thing.tag.key: part for part, thing in self._parts_of(whole) if thing.tag}
            spec = {
                name: made.get(value.key, whole.cloud_id) if isinstance(value, Ref) else value
                for name, value in spec.items()
            }
        if whole is None:
            left = [name for name, value in spec.items() if isinstance(value, Ref)]
            assert not left, f"{order.kind} was sent unresolved references: {left}"
            self._refuse_making(order.kind, spec)
        number = next(self._numbers)
        cloud_id = {
            "router_interface": lambda: f"{spec['router']}/{spec['subnet']}",
            "volume_attachment": lambda: f"{spec['server']}/{spec['volume']}",
            "object_container": lambda: str(spec["name"]),
        }.get(order.kind, lambda: f"{order.kind}-{number}")()
        looks = SLOW.get(order.kind, 0)
        name = str(spec.get("name", cloud_id))
        thing = Thing(order.kind, cloud_id, name, order.tag, spec, looks)
        if words := self._failures.pop(order.kind, None):
            thing.failed, thing.looks_left = words, 0
        if whole is not None:
            whole.parts.append(cloud_id)
            spec["load_balancer"] = whole.cloud_id
        elif order.kind in LOAD_BALANCER_PARTS:
            self._thing("load_balancer", spec["load_balancer"]).parts.append(cloud_id)
        self.things[order.kind, cloud_id] = thing
        if order.kind == "scaling_group":
            self._start_members(thing)
        return thing

    def _start_members(self, group: Thing) -> None:
        """Heat does it later than this; what matters is that nobody asked us for these."""
        assert group.tag is not None
        for _ in range(int(group.spec["desired"])):
            cloud_id = f"server-{next(self._numbers)}"
            spec = {"flavor_id": group.spec["flavor_id"], "image_id": group.spec["image_id"], "ports": []}
            self.things["server", cloud_id] = Thing(
                "server", cloud_id, group.name, group.tag.part("member"), spec
            )
            group.parts.append(cloud_id)

    def _parts_of(self, whole: Thing) -> list[tuple[str, Thing]]:
        return [
            (part, self.things[kind, part])
            for part in whole.parts
            for kind in LOAD_BALANCER_PARTS
            if (kind, part) in self.things
        ]

    def land(self, tag: Tag | None = None) -> None:
        """What was asked for long ago is made at last, if it still can be."""
        for order in list(self._on_their_way):
            if tag in (None, order.tag):
                self._on_their_way.remove(order)
                with suppress(CloudError):
                    whole = self._make(order)
                    for part in order.parts:
                        self._make(part, whole=whole)

    def _refuse_making(self, kind: str, spec: dict[str, Any]) -> None:
        for name, needed in (("network", "network"), ("subnet", "subnet"), ("router", "router")):
            if name in spec and kind != name:
                self._thing(needed, spec[name])
        for group in spec.get("security_groups") or ():
            self._thing("security_group", group)
        if kind == "subnet":
            self._refuse_overlap(spec)
        if kind == "server":
            for port in spec["ports"]:
                self._thing("port", port)
            assert spec["flavor_id"] and spec["image_id"]
        if kind == "volume_attachment":
            server = self._thing("server", spec["server"])
            if self._status(server) != LiveStatus.ACTIVE:
                raise Conflict("Cannot attach while the server is in vm_state building.")
        if kind == "router_interface" and (kind, f"{spec['router']}/{spec['subnet']}") in self.things:
            raise Refused("Router already has a port on this subnet.")
        if kind == "floating_ip" and "port" in spec:
            subnet = self._thing("port", spec["port"]).spec["subnet"]
            if not any(
                one.kind == "router_interface" and one.spec["subnet"] == subnet for one in self._all()
            ):
                raise NotFound("External network is not reachable from the subnet.")
        if kind == "dns_zone" and any(
            one.kind == kind and one.spec["zone"] == spec["zone"] for one in self._all()
        ):
            raise Refused("There is a zone of that name.")
        if kind == "dns_record":
            self._thing("dns_zone", spec["zone"])
        if kind == "scaling_group":
            self._refuse_group(spec)
        if kind == "vpn_connection":
            for name, needed in VPN_PARTS.items():
                self._thing(needed, spec[name])
            assert spec["peer_address"] and spec["psk"]
        if kind == "object_container" and (kind, spec["name"]) in self.things:
            raise Refused("There is one of that name.")
        if kind in LOAD_BALANCER_PARTS:
            balancer = self._thing("load_balancer", spec["load_balancer"])
            if self._status(balancer) == LiveStatus.WORKING:
                raise Busy("Load Balancer is immutable and cannot be updated.")

    def _refuse_group(self, spec: dict[str, Any]) -> None:
        self._thing("subnet", spec["member"]["subnet"])
        for group in spec["member"]["security_groups"]:
            self._thing("security_group", group)
        for place in spec["pools"]:
            self._thing("pool", place["pool"])
        assert spec["flavor_id"] and spec["image_id"]

    def _refuse_overlap(self, spec: dict[str, Any]) -> None:
        wanted = ipaddress.ip_network(spec["cidr"])
        for other in self._all():
            beside = other.kind == "subnet" and other.spec["network"] == spec["network"]
            if beside and wanted.overlaps(ipaddress.ip_network(other.spec["cidr"])):
                raise Conflict(f"{wanted} overlaps with another subnet on this network.")

    def _refuse_removal(self, thing: Thing) -> None:
        users = {
            "network": lambda one: (
                one.kind in ("subnet", "port") and one.spec.get("network") == thing.cloud_id
            ),
            "subnet": lambda one: (
                (
                    one.spec.get("subnet") == thing.cloud_id
                    and one.kind in ("port", "router_interface", "load_balancer", "database_instance")
                )
                or (one.kind == "scaling_group" and one.spec["member"]["subnet"] == thing.cloud_id)
            ),
            "security_group": lambda one: (
                (one.kind == "port" and thing.cloud_id in one.spec.get("security_groups", ()))
                or (one.kind == "scaling_group" and thing.cloud_id in one.spec["member"]["security_groups"])
            ),
            "router": lambda one: (
                one.kind in ("router_interface", "vpn_service") and one.spec["router"] == thing.cloud_id
            ),
            **{
                needed: lambda one, name=name: (
                    one.kind == "vpn_connection" and one.spec[name] == thing.cloud_id
                )
                for name, needed in VPN_PARTS.items()
                if needed != "vpn_endpoint_group"
            },
            "vpn_endpoint_group": lambda one: (
                one.kind == "vpn_connection"
                and thing.cloud_id in (one.spec["local_group"], one.spec["peer_group"])
            ),
            "volume": lambda one: one.kind == "volume_attachment" and one.spec["volume"] == thing.cloud_id,
            "router_interface": lambda one: (
                one.kind == "floating_ip"
                and "port" in one.spec
                and ("port", one.spec["port"]) in self.things
                and self.things["port", one.spec["port"]].spec["subnet"] == thing.spec.get("subnet")
            ),
        }.get(thing.kind, lambda one: False)
        if any(users(one) for one in self._all()):
            raise Conflict(f"{thing.kind} {thing.name} is in use.")
        if thing.snapshots:
            raise Refused(f"The volume has {thing.snapshots} snapshots. Remove them first, then try again.")
        if thing.objects:
            raise Refused(f"The container holds {thing.objects} objects, so it was left.")

    def _drop(self, thing: Thing) -> None:
        del self.things[thing.kind, thing.cloud_id]
        for kind in (*LOAD_BALANCER_PARTS, "server"):
            for part in thing.parts:
                self.things.pop((kind, part), None)

    def _live(self, thing: Thing) -> Live:
        outputs = {"id": thing.cloud_id}
        number = thing.cloud_id.rpartition("-")[2]
        if thing.kind in ("port", "load_balancer", "database_instance"):
            outputs["address"] = f"10.0.0.{number}"
        if thing.kind in ("floating_ip", "vpn_service"):
            outputs["address"] = f"203.0.113.{number}"
        if thing.kind == "load_balancer":
            outputs["vip_port_id"] = f"vip-{number}"
        return Live(thing.cloud_id, self._status(thing), thing.failed, outputs)

    def _holds(self, thing: Thing) -> str:
        if thing.snapshots:
            return f"{thing.snapshots} snapshots"
        return f"{thing.objects} objects" if thing.objects else ""

    def _status(self, thing: Thing) -> LiveStatus:
        if thing.failed and not thing.going:
            return LiveStatus.FAILED
        return LiveStatus.WORKING if thing.looks_left or thing.going else LiveStatus.ACTIVE

    def _observed(self, thing: Thing) -> dict[str, Any]:
        """As the handlers tell it: the design's words, references as ids."""
        spec = {name: value for name, value in thing.spec.items() if name in _TOLD.get(thing.kind, ())}
        told: dict[str, Any] = {"name": thing.name, **spec}
        if thing.kind in ("server", "database_instance") and (name := thing.spec.get("flavor_name")):
            told |= {"flavor": name, "size": _size_of(self._flavor(name))}
        if thing.kind == "server":
            told["power"] = thing.power
        if thing.kind == "port":
            user = next(
                (
                    one
                    for one in self._all()
                    if one.kind == "server"
                    and thing.cloud_id in one.spec.get("ports", ())
                    and thing.cloud_id not in one.unplugged
                ),
                None,
            )
            told["attached_to"] = user.cloud_id if user else thing.spec.get("attached_to", "")
            told["owner"] = "compute:az1" if told["attached_to"] else ""
        if thing.kind in ("port", "load_balancer", "floating_ip"):
            told["address"] = self._live(thing).outputs["address"]
        if thing.kind == "floating_ip":
            told["port"] = thing.spec.get("port") or thing.spec.get("load_balancer") or ""
        if thing.kind == "member":
            told.setdefault("enabled", True)
        if thing.kind == "pool":
            told["algorithm"] = str(told.get("algorithm") or "ROUND_ROBIN").upper()
        return told | thing.seen

    def _flavor(self, name: str) -> Flavor:
        return next(one for one in self.profile.flavors if one.name == name)

    def _all(self) -> list[Thing]:
        return [thing for thing in self.things.values() if not thing.going]

    def _thing(self, kind: str, cloud_id: str) -> Thing:
        try:
            return self.things[kind, cloud_id]
        except KeyError:
            raise NotFound(f"No {kind} with id {cloud_id}.") from None

    def _named(self, kind: str, name: str) -> Thing:
        return next(one for one in self.things.values() if one.kind == kind and one.name == name)

    def _maybe_refuse(self, verb: str, kind: str) -> None:
        for index, (wanted_verb, wanted_kind, error) in enumerate(self._refusals):
            if (wanted_verb, wanted_kind) == (verb, kind):
                del self._refusals[index]
                raise error

    def _maybe_lose_answer(self, kind: str) -> None:
        for index, (wanted, error) in enumerate(self._after):
            if wanted == kind:
                del self._after[index]
                raise error

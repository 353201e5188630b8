"""Servers that must know each other: members of a cluster, ends of a tunnel, a balancer and its standby."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from designer.domain.blueprint import Blueprint
from designer.domain.document import Component
from designer.domain.resources import Ref

GALERA_PORTS = (("tcp", 4444), ("tcp", 4567), ("udp", 4567), ("tcp", 4568))
RABBITMQ_PORTS = (("tcp", 4369), ("tcp", 25672))
OVERLAYS = frozenset({"tinc", "wireguard"})
VRRP = "vrrp"  # a protocol of its own beside TCP and UDP

Opening = tuple[str, int | None]
Belongs = Callable[[Component], bool]


@dataclass(frozen=True, order=True)
class Place:
    """One server of a component."""

    component: str
    copy: int

    @property
    def address(self) -> Ref:
        return Ref(f"{self.component}/port[{self.copy}]", "address")

    @property
    def name(self) -> str:
        """Letters, digits and underscores, as host names inside tunnels and clusters have to be."""
        return f"{self.component.replace('-', '_')}_{self.copy + 1}"


def cluster(component: Component, blueprint: Blueprint) -> tuple[Place, ...]:
    """All the servers that this component's servers form one thing with, themselves among them, in order."""
    software = str(component.properties.get("software", "none"))
    if software in {"mongodb", "rabbitmq"}:
        together = {component.id}
    elif is_galera(component):
        together = _joined(component, blueprint, ("replication",), is_galera)
    elif software in OVERLAYS:
        together = _joined(component, blueprint, ("tunnel",), lambda one: _runs(one, software))
    elif component.properties.get("vrrp"):
        together = _joined(component, blueprint, ("ha",), lambda one: bool(one.properties.get("vrrp")))
    else:
        return ()
    return tuple(
        Place(one, copy) for one in sorted(together) for copy in range(len(blueprint.port_keys(one)))
    )


def shared_port(component: Component, blueprint: Blueprint) -> str | None:
    """The port that holds the address which a pair of balancers shares; it hangs at their first component."""
    if not component.properties.get("vrrp") or len(members := cluster(component, blueprint)) < 2:
        return None
    return f"{members[0].component}/port[shared]"


def is_galera(component: Component) -> bool:
    said = component.properties
    return said.get("software") == "mariadb" and said.get("role") == "multi-master"


def openings_inside(component: Component) -> Sequence[Opening]:
    """What the members of a component's cluster say to each other."""
    said = component.properties
    software = said.get("software")
    if software == "mongodb":
        ports = {said["port"], said["config_port"], shard_port(component)}
        return [("tcp", port) for port in sorted(ports)]
    if software == "rabbitmq":
        return RABBITMQ_PORTS
    if is_galera(component):
        return GALERA_PORTS
    if software == "tinc":
        return [("tcp", said["port"]), ("udp", said["port"])]
    if software == "wireguard":
        return [("udp", said["port"])]
    return [(VRRP, None)]


def shard_port(component: Component) -> int:
    """Where a shard's own servers listen: beside the router, which answers on the port that is drawn."""
    port = int(component.properties["port"])
    taken = {port, int(component.properties["config_port"])}
    return (
        port if component.properties["shards"] == 1 else next(one for one in _after(port) if one not in taken)
    )


def _after(port: int) -> Iterable[int]:
    return range(port + 1, port + 3) if port < 65533 else range(port - 1, port - 3, -1)


def _runs(component: Component, software: str) -> bool:
    return component.properties.get("software") == software


def _joined(component: Component, blueprint: Blueprint, kinds: tuple[str, ...], belongs: Belongs) -> set[str]:
    """The component and what it is linked to, over any number of links and encrypted overlays between."""
    found, waiting = set[str](), [component.id]
    while waiting:
        at = waiting.pop()
        if at in found:
            continue
        found.add(at)
        topology = blueprint.topology
        ends = [link.target for link in topology.outbound(at, *kinds)]
        ends += [link.source for link in topology.inbound(at, *kinds)]
        waiting += [end for end in ends if _passes(end, blueprint) or belongs(blueprint.component(end))]
    return {one for one in found if one == component.id or belongs(blueprint.component(one))}


def _passes(component_id: str, blueprint: Blueprint) -> bool:
    return blueprint.type_of(blueprint.component(component_id)).archetype == "vpn_mesh"

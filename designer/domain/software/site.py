"""What a recipe may know about the server it prepares: its neighbours by the links, its volumes, its part."""

import zlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from designer.domain.blueprint import CERTIFICATE_STORE, SERVING, Blueprint
from designer.domain.document import Component, Link
from designer.domain.resources import Ref
from designer.domain.software.clusters import OVERLAYS, Place, cluster, shared_port
from designer.domain.software.engines import (
    SITES,
    WITH_PASSWORD,
    administrator_of,
    database_engine,
    listening_port,
    own_password,
    password_of,
    primary_of,
)

DATA_MOUNT = "/srv/data"
CACHES = frozenset({"memcached", "redis"})
PASSING_ON = frozenset({"nginx", "apache", "haproxy", "varnish"})


@dataclass(frozen=True)
class Endpoint:
    address: Ref
    port: int


@dataclass(frozen=True)
class ServiceEndpoint:
    """A cache, a broker or a document database: one of its servers. Memcached knows no password."""

    engine: str
    address: Ref
    port: int
    password: Ref | None


@dataclass(frozen=True)
class Peer:
    """The other end of a tunnel. `ranges`: the addresses that are reached through it."""

    place: Place
    address: Ref
    port: int
    ranges: tuple[str, ...]


@dataclass(frozen=True)
class DatabaseEndpoint:
    engine: str
    address: Ref
    port: int
    password: Ref


@dataclass(frozen=True)
class Mount:
    """`blank_gib`: in a scaling group, the size by which a new member knows its new volume; else 0."""

    volume: Ref
    path: str
    blank_gib: int = 0


@dataclass(frozen=True)
class Site:
    """One server-to-be. `follows` is the primary that a database server copies; None for a primary itself.

    `backend_port`: where a site listens behind the page cache on its own machine. `behind_tls`: visitors' TLS
    ends in front of it. `cluster`: the servers that it forms one thing with, itself among them; empty where
    there is no such thing. `shared_address`: what a pair of balancers answers on. `administrator`: the
    password of whoever signs in to the site or the database that it sets up.
    """

    component: Component
    copy: int
    port: int
    https_port: int
    tls: bool
    behind_balancer: bool
    behind_tls: bool
    has_varnish: bool
    backend_port: int
    upstreams: tuple[Endpoint, ...]
    databases: tuple[DatabaseEndpoint, ...]
    caches: tuple[ServiceEndpoint, ...]
    brokers: tuple[ServiceEndpoint, ...]
    documents: tuple[ServiceEndpoint, ...]
    mounts: tuple[Mount, ...]
    engine: str | None
    password: Ref | None
    secret: Ref | None
    administrator: Ref | None
    follows: DatabaseEndpoint | None
    cluster: tuple[Place, ...]
    peers: tuple[Peer, ...]
    own_ranges: tuple[str, ...]
    own_address: Ref | None
    shared_address: Ref | None

    @property
    def place(self) -> Place:
        return Place(self.component.id, self.copy)

    @property
    def number(self) -> int:
        """Tells the servers of a replication apart; fixed for a server, whatever else the design holds."""
        return zlib.crc32(f"{self.component.id}[{self.copy}]".encode()) or 1


def survey(component: Component, blueprint: Blueprint, copy: int) -> Site:
    said = component.properties
    engine = database_engine(component)
    software = component.properties.get("software")
    has_varnish = bool(said.get("varnish")) and software in SITES
    members = cluster(component, blueprint)
    return Site(
        component=component,
        copy=copy,
        port=listening_port(component, blueprint),
        https_port=int(said.get("https_port", 443)),
        tls=bool(said.get("tls", False)),
        behind_balancer=any(
            blueprint.topology.family(link.source) == "load_balancer"
            for link in blueprint.topology.inbound(component.id, *SERVING)
        ),
        behind_tls=_is_behind_tls(component, blueprint),
        has_varnish=has_varnish,
        backend_port=int(said.get("backend_port", 8080)),
        upstreams=tuple(_upstreams(component, blueprint)),
        databases=tuple(_databases(component, blueprint)),
        caches=tuple(_services(component, blueprint, CACHES)),
        brokers=tuple(_services(component, blueprint, {"rabbitmq"})),
        documents=tuple(_services(component, blueprint, {"mongodb"})),
        mounts=tuple(_mounts(component, blueprint, copy)),
        engine=engine,
        password=own_password(component, blueprint),
        secret=Ref(f"{members[0].component}/password[cluster]", "value") if members else None,
        administrator=administrator_of(component, blueprint),
        follows=_follows(component, blueprint, copy) if engine and not members else None,
        cluster=members,
        peers=tuple(_peers(component, blueprint, copy, members)),
        own_ranges=_ranges(component.id, blueprint),
        own_address=next(iter(blueprint.public_addresses(component.id)[copy : copy + 1]), None),
        shared_address=Ref(shared, "address") if (shared := shared_port(component, blueprint)) else None,
    )


# --- Neighbours -----------------------------------------------------------------------------------


def _targets(component: Component, blueprint: Blueprint) -> Iterator[tuple[Link, Component]]:
    for link in blueprint.topology.outbound(component.id, *SERVING):
        yield link, blueprint.component(link.target)


def _upstreams(component: Component, blueprint: Blueprint) -> Iterator[Endpoint]:
    for link, target in _targets(component, blueprint):
        if link.protocol == "HTTP" and database_engine(target) is None:
            port = link.ports[0] if link.ports else listening_port(target, blueprint)
            yield from (Endpoint(address, port) for address in blueprint.addresses(target.id))


def _databases(component: Component, blueprint: Blueprint) -> Iterator[DatabaseEndpoint]:
    for _, target in _targets(component, blueprint):
        if endpoint := database_endpoint(target, blueprint):
            yield endpoint


def _services(
    component: Component, blueprint: Blueprint, engines: Collection[str]
) -> Iterator[ServiceEndpoint]:
    for _, target in _targets(component, blueprint):
        engine = target.properties.get("software")
        if engine in engines:
            port = listening_port(target, blueprint)
            password = Ref(f"{target.id}/password", "value") if engine in WITH_PASSWORD else None
            for address in blueprint.addresses(target.id):
                yield ServiceEndpoint(str(engine), address, port, password)


def _is_behind_tls(component: Component, blueprint: Blueprint, seen: frozenset[str] = frozenset()) -> bool:
    """Whether a balancer or a proxy holds the certificate, however many stand between it and this server."""
    for link in blueprint.topology.inbound(component.id, *SERVING):
        source = blueprint.component(link.source)
        is_balancer = blueprint.topology.family(source.id) == "load_balancer"
        if source.properties.get("tls") and (blueprint.has(CERTIFICATE_STORE) or not is_balancer):
            return True
        passes_on = is_balancer or source.properties.get("software") in PASSING_ON
        if passes_on and source.id not in seen and _is_behind_tls(source, blueprint, seen | {component.id}):
            return True
    return False


def _mounts(component: Component, blueprint: Blueprint, copy: int) -> Iterator[Mount]:
    """Each where its volume says. A database's first volume holds the data, where the recipes expect it."""
    if blueprint.topology.family(component.id) == "database":
        yield Mount(Ref(f"{component.id}/volume[{copy}]"), DATA_MOUNT)
    used: set[str] = set()
    for volume in blueprint.attached_volumes(component.id):
        path = str(volume.properties["mount"])
        if _keeps_data(component) and not used:
            path = DATA_MOUNT
        if path in used:
            path = f"{path}-{volume.id}"
        used.add(path)
        blank_gib = int(volume.properties["size_gib"]) if blueprint.is_scaled(component.id) else 0
        yield Mount(Ref(f"{volume.id}/volume[{copy}]"), path, blank_gib)


# --- Databases ------------------------------------------------------------------------------------


def _keeps_data(component: Component) -> bool:
    return database_engine(component) is not None or component.properties.get("software") == "mongodb"


def database_endpoint(component: Component, blueprint: Blueprint) -> DatabaseEndpoint | None:
    """Where and how to reach a database; its first server where it has several."""
    engine = database_engine(component)
    addresses = blueprint.addresses(component.id)
    if engine is None or not addresses:
        return None
    port = listening_port(component, blueprint)
    return DatabaseEndpoint(engine, addresses[0], port, password_of(component, blueprint))


def _follows(component: Component, blueprint: Blueprint, copy: int) -> DatabaseEndpoint | None:
    primary = primary_of(component, blueprint)
    if primary is None and copy > 0:
        primary = component  # copies of one component follow its first server
    return database_endpoint(primary, blueprint) if primary else None


# --- Tunnels ----------------------------------------------------------------------------------------


def _peers(
    component: Component, blueprint: Blueprint, copy: int, members: tuple[Place, ...]
) -> Iterator[Peer]:
    """Every other node of the overlay, so that traffic takes no detour over a third one."""
    if component.properties.get("software") not in OVERLAYS:
        return
    for place in members:
        if place == Place(component.id, copy):
            continue
        other = blueprint.component(place.component)
        near = blueprint.topology.network(other.id) == blueprint.topology.network(component.id)
        outside = () if near else blueprint.public_addresses(other.id)[place.copy : place.copy + 1]
        ranges = () if near else _ranges(other.id, blueprint)
        yield Peer(place, next(iter(outside), place.address), int(other.properties["port"]), ranges)


def _ranges(component_id: str, blueprint: Blueprint) -> tuple[str, ...]:
    """The addresses of the network that a node opens to the other end of its tunnels."""
    network = blueprint.topology.network(component_id)
    return (str(network.properties["cidr"]),) if network else ()

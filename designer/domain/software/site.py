"""What a recipe may know about the server it prepares: its neighbours by the links, its volumes, its part."""

import zlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from designer.domain.blueprint import CERTIFICATE_STORE, SERVING, Blueprint
from designer.domain.document import Component, Link
from designer.domain.resources import Ref
from designer.domain.software.clusters import OVERLAYS, Place, cluster, is_galera, shared_port

DATABASE_PORTS = {"mysql": 3306, "mariadb": 3306, "postgresql": 5432}
DATA_MOUNT = "/srv/data"
CACHES = frozenset({"memcached", "redis"})
LEADING = frozenset({"primary", "master", "multi-master"})  # roles of databases that copy nobody
SITES = frozenset({"wordpress", "drupal", "opencart"})  # programs that keep their content in a database
WITH_PASSWORD = frozenset({"redis", "rabbitmq", "mongodb"})
WITH_SECRET = frozenset({"rabbitmq", "mongodb", "wireguard"})  # known to the members of a cluster alone


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
        password=_password(component, blueprint),
        secret=Ref(f"{members[0].component}/password[cluster]", "value") if members else None,
        administrator=_administrator(component, blueprint),
        follows=_follows(component, blueprint, copy) if engine and not members else None,
        cluster=members,
        peers=tuple(_peers(component, blueprint, copy, members)),
        own_ranges=_ranges(component.id, blueprint),
        shared_address=Ref(shared, "address") if (shared := shared_port(component, blueprint)) else None,
    )


def database_engine(component: Component) -> str | None:
    """The database that a component's own servers run, if they do."""
    engine = component.properties.get("engine") or component.properties.get("software")
    return str(engine) if engine in DATABASE_PORTS else None


def listening_port(component: Component, blueprint: Blueprint) -> int:
    """The port a server answers on: its own property, else the port that links reach it on."""
    said = component.properties
    if said_port := said.get("http_port") or said.get("port") or said.get("varnish_port"):
        return int(said_port)
    if engine := database_engine(component):
        return DATABASE_PORTS[engine]
    linked = (port for link in blueprint.topology.inbound(component.id, *SERVING) for port in link.ports)
    return next(linked, 8080 if said.get("software") == "app" else 80)


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


def _is_behind_tls(component: Component, blueprint: Blueprint) -> bool:
    """Whether a balancer or a proxy in front of it holds the certificate."""
    for link in blueprint.topology.inbound(component.id, *SERVING):
        source = blueprint.component(link.source)
        is_balancer = blueprint.topology.family(source.id) == "load_balancer"
        if source.properties.get("tls") and (blueprint.has(CERTIFICATE_STORE) or not is_balancer):
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


def password_of(component: Component, blueprint: Blueprint) -> Ref:
    """A standby has its primary's data, and so its primary's password; the masters of a cluster share one."""
    if is_galera(component) and (members := cluster(component, blueprint)):
        return Ref(f"{members[0].component}/password", "value")
    primary = primary_of(component, blueprint)
    return Ref(f"{(primary or component).id}/password", "value")


def primary_of(component: Component, blueprint: Blueprint) -> Component | None:
    """The database server that this one copies, by a replication link either way; None for a primary."""
    if component.properties.get("role", "primary") in LEADING:
        return None
    topology = blueprint.topology
    ends = [link.source for link in topology.inbound(component.id, "replication")]
    ends += [link.target for link in topology.outbound(component.id, "replication")]
    for end in map(blueprint.component, ends):
        same_engine = end.properties.get("software") == component.properties.get("software")
        if same_engine and end.properties.get("role") in LEADING and blueprint.has_ports(end.id):
            return end
    return None


def _password(component: Component, blueprint: Blueprint) -> Ref | None:
    if database_engine(component):
        return password_of(component, blueprint)
    own = component.properties.get("software") in WITH_PASSWORD
    return Ref(f"{component.id}/password", "value") if own else None


def owns_password(component: Component, blueprint: Blueprint) -> bool:
    """Whether what runs on a server component has a password that nobody else's is the same as."""
    if not blueprint.has_ports(component.id):
        return False
    if database_engine(component) is not None:
        return password_of(component, blueprint).key == f"{component.id}/password"
    return component.properties.get("software") in WITH_PASSWORD


def owns_secret(component: Component, blueprint: Blueprint) -> bool:
    """Whether the secret of a cluster hangs at this component: its first one by id."""
    if component.properties.get("software") not in WITH_SECRET:
        return False
    members = cluster(component, blueprint)
    return bool(members) and members[0].component == component.id


def owns_administrator(component: Component, blueprint: Blueprint) -> bool:
    """Whether something is set up in this database that an administrator signs in to."""
    if component.properties.get("software") == "mongodb":
        return bool(blueprint.port_keys(component.id))
    if database_engine(component) is None or not blueprint.addresses(component.id):
        return False
    return any(
        blueprint.component(link.source).properties.get("software") in SITES
        for link in blueprint.topology.inbound(component.id, *SERVING)
    )


def _administrator(component: Component, blueprint: Blueprint) -> Ref | None:
    """The sites on one database have one administrator, whose password hangs at the database."""
    if component.properties.get("software") == "mongodb":
        return Ref(f"{component.id}/password[administrator]", "value")
    if component.properties.get("software") not in SITES:
        return None
    owners = (one for _, one in _targets(component, blueprint) if owns_administrator(one, blueprint))
    owner = next((one for one in owners if database_engine(one)), None)
    return Ref(f"{owner.id}/password[administrator]", "value") if owner else None


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

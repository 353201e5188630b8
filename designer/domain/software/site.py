"""What a recipe may know about the server it prepares: its neighbours by the links, its volumes, its part."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from designer.domain.blueprint import SERVING, Blueprint
from designer.domain.document import Component, Link
from designer.domain.resources import Ref

DATABASE_PORTS = {"mysql": 3306, "mariadb": 3306, "postgresql": 5432}
DATA_MOUNT = "/srv/data"


@dataclass(frozen=True)
class Endpoint:
    address: Ref
    port: int


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
    """One server-to-be. `follows` is the primary that a database server copies; None for a primary itself."""

    component: Component
    copy: int
    port: int
    https_port: int
    tls: bool
    behind_balancer: bool
    upstreams: tuple[Endpoint, ...]
    databases: tuple[DatabaseEndpoint, ...]
    caches: tuple[Endpoint, ...]
    mounts: tuple[Mount, ...]
    engine: str | None
    password: Ref | None
    follows: DatabaseEndpoint | None

    @property
    def number(self) -> int:
        """Tells the servers of a replication apart; fixed for a server, whatever else the design holds."""
        return zlib.crc32(f"{self.component.id}[{self.copy}]".encode()) or 1


def survey(component: Component, blueprint: Blueprint, copy: int) -> Site:
    said = component.properties
    engine = database_engine(component)
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
        upstreams=tuple(_upstreams(component, blueprint)),
        databases=tuple(_databases(component, blueprint)),
        caches=tuple(_caches(component, blueprint)),
        mounts=tuple(_mounts(component, blueprint, copy)),
        engine=engine,
        password=password_of(component, blueprint) if engine else None,
        follows=_follows(component, blueprint, copy) if engine else None,
    )


def database_engine(component: Component) -> str | None:
    """The database that a component's own servers run, if they do."""
    engine = component.properties.get("engine") or component.properties.get("software")
    return str(engine) if engine in DATABASE_PORTS else None


def listening_port(component: Component, blueprint: Blueprint) -> int:
    """The port a server answers on: its own property, else the port that links reach it on."""
    said = component.properties
    if said_port := said.get("http_port") or said.get("port"):
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


def _caches(component: Component, blueprint: Blueprint) -> Iterator[Endpoint]:
    for _, target in _targets(component, blueprint):
        if target.properties.get("software") == "memcached":
            port = listening_port(target, blueprint)
            yield from (Endpoint(address, port) for address in blueprint.addresses(target.id))


def _mounts(component: Component, blueprint: Blueprint, copy: int) -> Iterator[Mount]:
    """Each where its volume says. A database's first volume holds the data, where the recipes expect it."""
    if "engine" in component.properties:
        yield Mount(Ref(f"{component.id}/volume[{copy}]"), DATA_MOUNT)
    used: set[str] = set()
    for volume in blueprint.attached_volumes(component.id):
        path = str(volume.properties["mount"])
        if database_engine(component) and not used:
            path = DATA_MOUNT
        if path in used:
            path = f"{path}-{volume.id}"
        used.add(path)
        blank_gib = int(volume.properties["size_gib"]) if blueprint.is_scaled(component.id) else 0
        yield Mount(Ref(f"{volume.id}/volume[{copy}]"), path, blank_gib)


# --- Databases ------------------------------------------------------------------------------------


def database_endpoint(component: Component, blueprint: Blueprint) -> DatabaseEndpoint | None:
    """Where and how to reach a database; its first server where it has several."""
    engine = database_engine(component)
    addresses = blueprint.addresses(component.id)
    if engine is None or not addresses:
        return None
    port = listening_port(component, blueprint)
    return DatabaseEndpoint(engine, addresses[0], port, password_of(component, blueprint))


def password_of(component: Component, blueprint: Blueprint) -> Ref:
    """A standby has its primary's data, and so its primary's password."""
    primary = primary_of(component, blueprint)
    return Ref(f"{(primary or component).id}/password", "value")


def primary_of(component: Component, blueprint: Blueprint) -> Component | None:
    """The database server that this one copies, by a replication link either way; None for a primary."""
    if component.properties.get("role", "primary") == "primary":
        return None
    topology = blueprint.topology
    ends = [link.source for link in topology.inbound(component.id, "replication")]
    ends += [link.target for link in topology.outbound(component.id, "replication")]
    for end in map(blueprint.component, ends):
        same_engine = end.properties.get("software") == component.properties.get("software")
        if same_engine and end.properties.get("role") == "primary" and blueprint.has_ports(end.id):
            return end
    return None


def owns_password(component: Component, blueprint: Blueprint) -> bool:
    """Whether a server component needs a database password of its own."""
    runs_database = database_engine(component) is not None and blueprint.has_ports(component.id)
    return runs_database and primary_of(component, blueprint) is None


def _follows(component: Component, blueprint: Blueprint, copy: int) -> DatabaseEndpoint | None:
    primary = primary_of(component, blueprint)
    if primary is None and copy > 0:
        primary = component  # copies of one component follow its first server
    return database_endpoint(primary, blueprint) if primary else None

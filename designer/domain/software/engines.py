"""What a component's servers run, who of several databases leads, and which passwords hang where."""

from designer.domain.blueprint import SERVING, Blueprint
from designer.domain.document import Component
from designer.domain.resources import Ref
from designer.domain.software.clusters import cluster, is_galera

DATABASE_PORTS = {"mysql": 3306, "mariadb": 3306, "postgresql": 5432}
LEADING = frozenset({"primary", "master", "multi-master"})  # roles of databases that copy nobody
SITES = frozenset({"wordpress", "drupal", "opencart"})  # programs that keep their content in a database
WITH_PASSWORD = frozenset({"redis", "rabbitmq", "mongodb"})
WITH_SECRET = frozenset({"rabbitmq", "mongodb", "wireguard"})  # known to the members of a cluster alone


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


# --- Databases that copy each other -----------------------------------------------------------------


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


def password_of(component: Component, blueprint: Blueprint) -> Ref:
    """A standby has its primary's data, and so its primary's password; the masters of a cluster share one."""
    if is_galera(component) and (members := cluster(component, blueprint)):
        return Ref(f"{members[0].component}/password", "value")
    primary = primary_of(component, blueprint)
    return Ref(f"{(primary or component).id}/password", "value")


# --- Passwords --------------------------------------------------------------------------------------


def own_password(component: Component, blueprint: Blueprint) -> Ref | None:
    if database_engine(component):
        return password_of(component, blueprint)
    own = component.properties.get("software") in WITH_PASSWORD
    return Ref(f"{component.id}/password", "value") if own else None


def user_of(component: Component) -> str:
    """Who an application signs in as with a component's password."""
    return "default" if component.properties.get("software") == "redis" else "app"


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


def administrator_of(component: Component, blueprint: Blueprint) -> Ref | None:
    """The sites on one database have one administrator, whose password hangs at the database."""
    if component.properties.get("software") == "mongodb":
        return Ref(f"{component.id}/password[administrator]", "value")
    if component.properties.get("software") not in SITES:
        return None
    links = blueprint.topology.outbound(component.id, *SERVING)
    targets = (blueprint.component(link.target) for link in links)
    owners = (one for one in targets if owns_administrator(one, blueprint))
    owner = next((one for one in owners if database_engine(one)), None)
    return Ref(f"{owner.id}/password[administrator]", "value") if owner else None

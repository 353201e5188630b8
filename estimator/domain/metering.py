"""What a resource uses in a month: one small function for each kind, resource -> [(service, unit, quantity)].

A kind is in METERS when some provider charges for it; whether this one does is the price book's to say. The
kinds in NEVER_CHARGED give no line at all.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from catalog.domain.money import ZERO
from catalog.domain.size_matching import SizeNeed
from designer.domain import resources as kinds
from designer.domain.resources import Ref, Resource, ResourceGraph

ONE = Decimal(1)


@dataclass(frozen=True)
class Usage:
    """So much of a service in a month of this design.

    `unit` and `quantity`: `month` × 1 for a thing that is there all the time, `GiB-month` × 100 for a volume,
    `GB` × 500 for traffic. A quantity of None means that the design doesn't say.
    `need` and `flavor` are for what comes in sizes; the look-up picks one. `selector` narrows the price down.
    """

    service: str
    what: str  # for people, and for the line when there is no price
    unit: str = "month"
    quantity: Decimal | None = ONE
    selector: Mapping[str, str] = field(default_factory=dict)
    need: SizeNeed | None = None
    flavor: str | None = None
    role: str = ""  # goes before the price's own description: `Boot volume`
    assumption: str = ""


@dataclass(frozen=True)
class Surroundings:
    """What a meter must know of other resources, gathered in one pass over the graph."""

    tls_balancers: frozenset[str]

    @classmethod
    def of(cls, graph: ResourceGraph) -> "Surroundings":
        return cls(
            tls_balancers=frozenset(
                listener.properties["load_balancer"].key
                for listener in graph.of_kind(kinds.LISTENER)
                if listener.properties.get("protocol") == "TERMINATED_HTTPS"
                and isinstance(listener.properties.get("load_balancer"), Ref)
            )
        )


Meter = Callable[[Resource, Surroundings], list[Usage]]


def meter(resource: Resource, around: Surroundings) -> list[Usage]:
    """What it uses; what uses nothing of a service is left out. Raises: KeyError on an unknown kind."""
    if resource.kind in NEVER_CHARGED:
        return []
    return [usage for usage in METERS[resource.kind](resource, around) if usage.quantity != ZERO]


def meter_server(resource: Resource, around: Surroundings) -> list[Usage]:
    said = resource.properties
    # A boot volume that is drawn is a resource with a line of its own, so the flavor needs no disk then.
    need = _need(said.get("size"), with_disk=not said.get("boot_volume"))
    return [Usage("server", _size_text("Server", need), need=need, flavor=_text(said.get("flavor")))]


def meter_volume(resource: Resource, around: Surroundings) -> list[Usage]:
    said = resource.properties
    kind = {"type": _text(said.get("type")) or "ssd"}
    usages = [Usage("volume", f"Volume, {kind['type']}", "GiB-month", _number(said.get("size_gib")), kind)]
    if said.get("iops"):
        usages.append(Usage("volume_iops", "Provisioned IOPS", "IOPS-month", _number(said["iops"]), kind))
    return usages


def meter_object_container(resource: Resource, around: Surroundings) -> list[Usage]:
    stored = Usage(
        "object_storage", "Object storage", "GB-month", _number(resource.properties.get("size_gb"))
    )
    return [stored, *_egress(resource)]


def meter_database(resource: Resource, around: Surroundings) -> list[Usage]:
    """Replicas are instances of the same size; high availability is a source with one replica at least."""
    said = resource.properties
    highly_available = bool(said.get("ha"))
    replicas = _number(said.get("replicas")) or ZERO
    instances = ONE + (max(replicas, ONE) if highly_available else replicas)
    need = _need(said.get("size"), with_disk=False)
    copies = "" if instances == 1 else f"Counted as {instances} instances, each with its storage. "
    space = _number(said.get("volume_gib"))
    return [
        Usage(
            "database",
            _size_text("Managed database", need),
            quantity=instances,
            selector={"edition": "ha" if highly_available else "std"},
            need=need,
            flavor=_text(said.get("flavor")),
            assumption=copies.strip(),
        ),
        Usage(
            "database_storage",
            "Storage of the managed database",
            "GiB-month",
            None if space is None else space * instances,
        ),
    ]


def meter_load_balancer(resource: Resource, around: Surroundings) -> list[Usage]:
    tls = resource.key in around.tls_balancers
    return [
        Usage(
            "load_balancer",
            "Load balancer with TLS" if tls else "Load balancer",
            selector={"tls": "yes" if tls else "no"},
        )
    ]


def meter_floating_ip(resource: Resource, around: Surroundings) -> list[Usage]:
    of = next((name for name in ("load_balancer", "port") if resource.properties.get(name)), "nothing")
    selector = {"of": {"port": "server"}.get(of, of)}
    what = "Public address" if of != "nothing" else "Public address, reserved and bound to nothing"
    return [Usage("floating_ip", what, selector=selector)]


def meter_router(resource: Resource, around: Surroundings) -> list[Usage]:
    return [Usage("router", "Router"), *_egress(resource)]


def meter_external(resource: Resource, around: Surroundings) -> list[Usage]:
    service = _text(resource.properties.get("service")) or "external"
    special = EXTERNAL_SERVICES.get(service)
    if special:
        return special(resource)
    return [Usage(service, service.replace("_", " ").capitalize())]


# --- Services that no cloud creates -----------------------------------------------------------------


def _cdn(resource: Resource) -> list[Usage]:
    return [Usage("cdn", "CDN traffic", "GB", _number(resource.properties.get("egress_gb_month")))]


def _egress(resource: Resource) -> list[Usage]:
    traffic = resource.properties.get("egress_gb_month")
    return [] if traffic is None else [Usage("egress", "Outgoing traffic", "GB", _number(traffic))]


def _nat_gateway(resource: Resource) -> list[Usage]:
    return [Usage("nat_gateway", "NAT gateway"), *_egress(resource)]


def _monitoring(resource: Resource) -> list[Usage]:
    checks = _number(resource.properties.get("checks"))
    if not checks:
        return [Usage("monitoring", "Monitoring")]
    return [Usage("monitoring", f"Monitoring, {_counted(checks, 'check')}", "check-month", checks)]


def _backup(resource: Resource) -> list[Usage]:
    """Snapshots are charged as such; dumps and volume backups lie in object storage."""
    said = resource.properties
    snapshots = said.get("method") == "snapshot"
    remarks = [] if snapshots else ["Copies are counted as object storage."]
    remarks += ["Traffic to the other region isn't counted."] if said.get("offsite") else []
    return [
        Usage(
            "snapshot" if snapshots else "object_storage",
            "Snapshots" if snapshots else "Backup copies",
            "GB-month",
            _number(said.get("storage_gb")),
            role="" if snapshots else "Backup copies",
            assumption=" ".join(remarks),
        )
    ]


EXTERNAL_SERVICES: Mapping[str, Callable[[Resource], list[Usage]]] = {
    "backup": _backup,
    "cdn": _cdn,
    "egress": _egress,
    "monitoring": _monitoring,
    "nat_gateway": _nat_gateway,
}

METERS: Mapping[str, Meter] = {
    kinds.DATABASE_INSTANCE: meter_database,
    kinds.EXTERNAL: meter_external,
    kinds.FLOATING_IP: meter_floating_ip,
    kinds.LOAD_BALANCER: meter_load_balancer,
    kinds.OBJECT_CONTAINER: meter_object_container,
    kinds.ROUTER: meter_router,
    kinds.SERVER: meter_server,
    kinds.VOLUME: meter_volume,
}

# No provider that we know of charges for these: they are part of what they belong to.
NEVER_CHARGED = frozenset(
    {
        kinds.HEALTH_MONITOR,
        kinds.KEY_PAIR,
        kinds.LISTENER,
        kinds.MEMBER,
        kinds.NETWORK,
        kinds.PASSWORD,
        kinds.POOL,
        kinds.PORT,
        kinds.ROUTER_INTERFACE,
        kinds.SECRET,
        kinds.SECURITY_GROUP,
        kinds.SECURITY_GROUP_RULE,
        kinds.SERVER_GROUP,
        kinds.SUBNET,
        kinds.VOLUME_ATTACHMENT,
    }
)


# --- Reading quantities -----------------------------------------------------------------------------


def _number(value: Any) -> Decimal | None:
    """A quantity of the design as a Decimal, by way of its text; None for what is no quantity."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str, Decimal)):
        return None
    try:
        number = Decimal(str(value))
    except (ArithmeticError, ValueError):
        return None
    return number if number.is_finite() and number >= 0 else None


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def _need(size: Any, *, with_disk: bool) -> SizeNeed | None:
    if not isinstance(size, Mapping):
        return None
    vcpus, ram_gib = _number(size.get("vcpus")), _number(size.get("ram_gib"))
    if vcpus is None or ram_gib is None:
        return None
    return SizeNeed(vcpus, ram_gib, (_number(size.get("disk_gib")) or ZERO) if with_disk else ZERO)


def _size_text(what: str, need: SizeNeed | None) -> str:
    return f"{what}, {need.vcpus} vCPU · {need.ram_gib} GiB" if need else what


def _counted(number: Decimal, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"

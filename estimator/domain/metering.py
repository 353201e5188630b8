"""What a resource uses in a month: one small function for each kind, resource -> [(service, unit, quantity)].

A kind is in METERS when some provider charges for it; whether this one does is the price book's to say. The
kinds in NEVER_CHARGED give no line at all.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from catalog.domain.money import ZERO
from catalog.domain.size_matching import SizeNeed
from designer.domain import resources as kinds
from designer.domain.resources import Ref, Resource, ResourceGraph
from estimator.domain.licences import licensed_system

ONE = Decimal(1)

# What comes with the visitors: these quantities have a low and a high profile, and grow. What somebody orders
# in a size (servers, volumes, shares) stays as it is drawn.
FOLLOWS_THE_LOAD = frozenset(
    {
        "cdn",
        "dns_queries",
        "egress",
        "email",
        "external_backup",
        "inter_region_traffic",
        "object_storage",
        "payments",
        "peering",
        "snapshot",
    }
)


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
    copies: Decimal | None = ONE  # so many of it, each with that quantity
    least: Decimal | None = None  # where the copies follow the load: how few and how many there may be
    most: Decimal | None = None
    hours: Decimal | None = None  # of a month that it is there, where that isn't all of it
    only_if_sold: bool = False  # hardly anybody charges for it, so a book without a price leaves nothing open

    @property
    def is_nothing(self) -> bool:
        return self.quantity == ZERO or (self.copies == ZERO and not self.most)


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
    return [usage for usage in METERS[resource.kind](resource, around) if not usage.is_nothing]


def meter_server(resource: Resource, around: Surroundings) -> list[Usage]:
    said = resource.properties
    # A boot volume that is drawn is a resource with a line of its own, so the flavor needs no disk then.
    need = _need(said.get("size"), with_disk=not said.get("boot_volume"))
    return [_server(said, need)]


def meter_scaling_group(resource: Resource, around: Surroundings) -> list[Usage]:
    """As many servers as it starts with, each with its volumes and address; the load decides from then on."""
    said = resource.properties
    member = said.get("member")
    member = member if isinstance(member, Mapping) else {}
    each = _one_server(member)
    volumes = member.get("volumes")
    for volume in volumes if isinstance(volumes, (list, tuple)) else ():
        if isinstance(volume, Mapping):
            each.append(_volume_usage(_text(volume.get("type")) or "ssd", _number(volume.get("size_gib"))))
    if member.get("public_address"):
        each.append(Usage("floating_ip", "Public address", selector={"of": "server"}))
    now, least, most = (_number(said.get(name)) for name in ("desired", "min", "max"))
    return [_for_group(usage, now, least, most) for usage in each]


def _one_server(said: Mapping[str, Any]) -> list[Usage]:
    """What a server that is no resource of its own uses, with the volume that it starts from."""
    boot_gib = _number(said.get("boot_volume_gib")) or ZERO
    need = _need(said.get("size"), with_disk=not boot_gib)
    return [_server(said, need), *([_volume_usage("ssd", boot_gib, role="Boot volume")] if boot_gib else [])]


def _server(said: Mapping[str, Any], need: SizeNeed | None) -> Usage:
    """Narrowed down to servers with the licence, where its system needs one."""
    system = licensed_system(said.get("image"))
    return Usage(
        "server",
        _size_text("Server", need),
        need=need,
        flavor=_text(said.get("flavor")),
        selector={"os": system} if system else {},
    )


def _volume_usage(kind: str, gib: Decimal | None, role: str = "") -> Usage:
    return Usage("volume", f"Volume, {kind}", "GiB-month", gib, {"type": kind}, role=role)


def _for_group(usage: Usage, now: Decimal | None, least: Decimal | None, most: Decimal | None) -> Usage:
    """The usage of one member as that of all of them."""
    if now is None:
        return replace(usage, copies=None)
    least, most = (now if least is None else min(least, now)), (now if most is None else max(most, now))
    counted = f"Counted with {_counted(now, 'member')}; the group has {least} to {most}."
    return replace(usage, copies=now, least=least, most=most, assumption=counted)


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
    # Infomaniak and Cyso charge what leaves object storage otherwise than what leaves servers.
    return [stored, *(replace(usage, selector={"of": "object_storage"}) for usage in _egress(resource))]


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


def meter_network(resource: Resource, around: Surroundings) -> list[Usage]:
    """Catalyst Cloud has networks on its invoices; nobody else that we know of."""
    return [Usage("network", "Network", only_if_sold=True)]


def meter_router(resource: Resource, around: Surroundings) -> list[Usage]:
    return [Usage("router", "Router"), *_egress(resource)]


def meter_vpn_connection(resource: Resource, around: Surroundings) -> list[Usage]:
    return [Usage("vpn", "VPN connection")]


def meter_dns_zone(resource: Resource, around: Surroundings) -> list[Usage]:
    return [Usage("dns", "DNS zone"), *_dns_queries(resource)]


def meter_file_share(resource: Resource, around: Surroundings) -> list[Usage]:
    return _file_share(resource)


def meter_image(resource: Resource, around: Surroundings) -> list[Usage]:
    return _image(resource)


def meter_external(resource: Resource, around: Surroundings) -> list[Usage]:
    service = _text(resource.properties.get("service")) or "external"
    special = EXTERNAL_SERVICES.get(service) or (_in_site if service.startswith("site_") else None)
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


def _devices(service: str, what: str, pair: str) -> Callable[[Resource], list[Usage]]:
    """Hardware: so many, each of them twice where one stands by for the other."""

    def devices(resource: Resource) -> list[Usage]:
        said = resource.properties
        count = _number(said.get("count", 1))
        twice = bool(said.get(pair))
        return [
            Usage(
                service,
                what,
                "month",
                count * 2 if count is not None and twice else count,
                _selector(said, "model"),
                assumption="Each with a second one that stands by." if twice else "",
            )
        ]

    return devices


def _dedicated(service: str, what: str) -> Callable[[Resource], list[Usage]]:
    def servers(resource: Resource) -> list[Usage]:
        said = resource.properties
        cores, ram_gib = _number(said.get("cpu_cores")), _number(said.get("ram_gib"))
        return [
            Usage(
                service,
                f"{what}, {cores} cores · {ram_gib} GiB" if cores and ram_gib else what,
                "month",
                _number(said.get("count", 1)),
                _selector(said, "engine"),
            )
        ]

    return servers


def _capacity(service: str, what: str) -> Callable[[Resource], list[Usage]]:
    return lambda resource: [
        Usage(service, what, "TB-month", _number(resource.properties.get("capacity_tb")))
    ]


def _private_cloud(resource: Resource) -> list[Usage]:
    """Charged by its hosts; what runs on them costs nothing more."""
    said = resource.properties
    return [
        Usage(
            "private_cloud",
            "Private cloud host",
            "month",
            _number(said.get("hypervisors")),
            _selector(said, "hosted"),
        )
    ]


def _file_share(resource: Resource) -> list[Usage]:
    return [
        Usage("file_share", "Shared file system", "GB-month", _number(resource.properties.get("size_gb")))
    ]


def _alarm(resource: Resource) -> list[Usage]:
    """Part of the monitoring, as an alarm of the cloud is."""
    return []


def _site(resource: Resource) -> list[Usage]:
    """Rooms that the customer owns are no part of what somebody is paid for this design."""
    if resource.properties.get("owner") == "customer":
        return []
    return [Usage("site", "Space in a data centre")]


def _on_private_cloud(resource: Resource) -> list[Usage]:
    return []  # charged by the hosts they run on


def _in_site(resource: Resource) -> list[Usage]:
    """What a site has of its own, counted: `site_server` × 3."""
    service = str(resource.properties["service"])
    what = service.removeprefix("site_").replace("_", " ").capitalize()
    return [Usage(service, f"{what} in a data centre", quantity=_number(resource.properties.get("count", 1)))]


def _interconnect(resource: Resource) -> list[Usage]:
    said = resource.properties
    bandwidth = _number(said.get("bandwidth_mbps"))
    what = f"Private interconnect, {bandwidth} Mbit/s" if bandwidth else "Private interconnect"
    return [Usage("interconnect", what, "month", selector=_selector(said, "version"))]


def _vpn_gateway(resource: Resource) -> list[Usage]:
    return [Usage("vpn", "VPN gateway in a data centre", "month")]


def _vpn_mesh(resource: Resource) -> list[Usage]:
    """The servers at its ends are charged as servers, what goes through it as traffic between regions."""
    traffic = resource.properties.get("egress_gb_month")
    return [Usage("inter_region_traffic", "Traffic between regions", "GB", _number(traffic))]


def _peering(resource: Resource) -> list[Usage]:
    return [Usage("peering", "Peering traffic", "GB", _number(resource.properties.get("egress_gb_month")))]


def _reserved_capacity(resource: Resource) -> list[Usage]:
    said = resource.properties
    need = _need(said.get("size"), with_disk=True)
    return [
        Usage(
            "reserved_capacity",
            _size_text("Reserved capacity", need),
            "month",
            _number(said.get("instances")),
        )
    ]


def _dns(resource: Resource) -> list[Usage]:
    return [Usage("dns", "DNS provider"), *_dns_queries(resource)]


def _dns_queries(resource: Resource) -> list[Usage]:
    millions = _number(resource.properties.get("queries_millions_month"))
    return [Usage("dns_queries", "DNS queries", "1000000-query", millions)]


def _external_backup(resource: Resource) -> list[Usage]:
    stored = _number(resource.properties.get("storage_gb"))
    return [Usage("external_backup", "Backup at another provider", "GB-month", stored)]


def _email(resource: Resource) -> list[Usage]:
    return [Usage("email", "E-mail messages", "message", _number(resource.properties.get("messages_month")))]


def _payments(resource: Resource) -> list[Usage]:
    transactions = _number(resource.properties.get("transactions_month"))
    return [
        Usage(
            "payments",
            "Card payments",
            "transaction",
            transactions,
            assumption="The share of the turnover that a payment provider takes comes on top.",
        )
    ]


def _image(resource: Resource) -> list[Usage]:
    """As much storage as its copies take, one in each region that it is kept in."""
    return [Usage("image_storage", "Machine image", "GB-month", _number(resource.properties.get("size_gb")))]


def _growth(resource: Resource) -> list[Usage]:
    """Servers that may come, and cost nothing until they do."""
    said = resource.properties
    most = _number(said.get("most")) or ZERO
    return [
        replace(
            usage,
            copies=ZERO,
            least=ZERO,
            most=most,
            assumption=f"Nothing yet; {most} more may come.",
        )
        for usage in _one_server(said)
    ]


EXTERNAL_SERVICES: Mapping[str, Callable[[Resource], list[Usage]]] = {
    "alarm": _alarm,
    "backup": _backup,
    "cdn": _cdn,
    "dedicated_database": _dedicated("dedicated_database", "Dedicated database server"),
    "dedicated_server": _dedicated("dedicated_server", "Dedicated server"),
    "dns": _dns,
    "egress": _egress,
    "email": _email,
    "external_backup": _external_backup,
    "file_share": _file_share,
    "growth": _growth,
    "hardware_firewall": _devices("hardware_firewall", "Hardware firewall", "ha"),
    "hardware_load_balancer": _devices("hardware_load_balancer", "Hardware load balancer", "ha_pair"),
    "image": _image,
    "interconnect": _interconnect,
    "managed_storage": _capacity("managed_storage", "Managed storage"),
    "monitoring": _monitoring,
    "nas": _capacity("nas", "Network storage"),
    "nat_gateway": _nat_gateway,
    "payments": _payments,
    "peering": _peering,
    "private_cloud": _private_cloud,
    "private_cloud_server": _on_private_cloud,
    "reserved_capacity": _reserved_capacity,
    "site": _site,
    "vpn_gateway": _vpn_gateway,
    "vpn_mesh": _vpn_mesh,
}

METERS: Mapping[str, Meter] = {
    kinds.DATABASE_INSTANCE: meter_database,
    kinds.DNS_ZONE: meter_dns_zone,
    kinds.EXTERNAL: meter_external,
    kinds.FILE_SHARE: meter_file_share,
    kinds.FLOATING_IP: meter_floating_ip,
    kinds.IMAGE: meter_image,
    kinds.LOAD_BALANCER: meter_load_balancer,
    kinds.NETWORK: meter_network,
    kinds.OBJECT_CONTAINER: meter_object_container,
    kinds.ROUTER: meter_router,
    kinds.SCALING_GROUP: meter_scaling_group,
    kinds.SERVER: meter_server,
    kinds.VOLUME: meter_volume,
    kinds.VPN_CONNECTION: meter_vpn_connection,
}

# No provider that we know of charges for these: they are part of what they belong to.
NEVER_CHARGED = frozenset(
    {
        kinds.ALARM,
        kinds.DNS_RECORD,
        kinds.HEALTH_MONITOR,
        kinds.KEY_PAIR,
        kinds.LISTENER,
        kinds.MEMBER,
        kinds.PASSWORD,
        kinds.POOL,
        kinds.PORT,
        kinds.ROUTER_INTERFACE,
        kinds.ROUTER_ROUTE,
        kinds.SECRET,
        kinds.SECURITY_GROUP,
        kinds.SECURITY_GROUP_RULE,
        kinds.SERVER_GROUP,
        kinds.SUBNET,
        kinds.VOLUME_ATTACHMENT,
        kinds.VPN_ENDPOINT_GROUP,
        kinds.VPN_IKE_POLICY,
        kinds.VPN_IPSEC_POLICY,
        kinds.VPN_SERVICE,
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


def _selector(said: Mapping[str, Any], *names: str) -> dict[str, str]:
    return {name: text for name in names if (text := _text(said.get(name)))}


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

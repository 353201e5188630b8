"""Reads what a cloud has to offer: services, flavors, images, zones, types, quotas with what is used."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from openstack import exceptions
from openstack.connection import Connection

from deployer.cloud.errors import speaking_plainly
from deployer.domain.cloud import CloudError, CloudProfile, ExternalNetwork, Flavor, Image, Quota
from deployer.domain.kinds import BLOCK_STORAGE, COMPUTE, DATABASE, LOAD_BALANCER, NETWORK, VPN

# The catalogue's words, old and new, and ours.
SERVICE_TYPES = {
    "compute": "compute",
    "network": "network",
    "image": "image",
    "volumev3": "block-storage",
    "volume": "block-storage",
    "block-store": "block-storage",
    "block-storage": "block-storage",
    "load-balancer": "load-balancer",
    "object-store": "object-store",
    "key-manager": "key-manager",
    "database": "database",
    "orchestration": "orchestration",
    "dns": "dns",
    "alarming": "alarm",
    "alarm": "alarm",
    "shared-file-system": "shared-file-system",
    "sharev2": "shared-file-system",
}
# Extensions of Neutron that count as services of their own.
EXTENSIONS = {"vpnaas": VPN}


def read_profile(conn: Connection) -> CloudProfile:
    """Raises: CloudError when signing in or a service that everything needs does not answer."""
    with speaking_plainly():
        conn.session.get_token()
        addresses = _addresses(conn)
    services = addresses.keys()
    reads: dict[str, Callable[[], Any]] = {}
    if COMPUTE in services:
        reads |= {"flavors": lambda: _flavors(conn), "zones": lambda: _zones(conn)}
        reads["compute"] = lambda: _compute_quotas(conn)
    if "image" in services:
        reads["images"] = lambda: _images(conn)
    if NETWORK in services:
        reads |= {"external": lambda: _external_networks(conn), "network": lambda: _network_quotas(conn)}
        reads["extensions"] = lambda: _extensions(conn)
    if BLOCK_STORAGE in services:
        reads |= {"volume_types": lambda: _volume_types(conn), "volume_zones": lambda: _volume_zones(conn)}
        reads["storage"] = lambda: _storage_quotas(conn)
    if LOAD_BALANCER in services:
        reads["balancing"] = lambda: _balancing_quotas(conn)
    if DATABASE in services:
        reads["datastores"] = lambda: _datastores(conn)
    found = read_all(reads)
    quotas: dict[str, Quota] = {}
    for name in ("compute", "network", "storage", "balancing"):
        quotas |= found.get(name) or {}
    return CloudProfile(
        services=frozenset(services | found.get("extensions", set())),
        flavors=found.get("flavors", ()),
        images=found.get("images", ()),
        zones=found.get("zones", ()),
        volume_zones=found.get("volume_zones", ()),
        volume_types=found.get("volume_types", ()),
        external_networks=found.get("external", ()),
        datastores=found.get("datastores", {}),
        quotas=quotas,
        addresses=addresses,
        project_id=str(conn.current_project_id or ""),
        project=str(_access(conn).project_name or ""),
    )


def read_region_names(conn: Connection) -> list[str]:
    """Regions with servers or networks, the one of this connection first. Empty where they have no names."""
    ours = conn.config.region_name
    found = {
        point["region"]: None
        for entry in _catalog(conn)
        if SERVICE_TYPES.get(entry["type"]) in (COMPUTE, NETWORK)
        for point in entry["endpoints"]
        if point.get("region") and point.get("interface") == _interface(conn)
    }
    return sorted(found, key=lambda name: name != ours)


def read_all(reads: dict[str, Callable[[], Any]]) -> dict[str, Any]:
    """Read side by side: a profile is a dozen questions, and a person is waiting."""

    def read(ask: Callable[[], Any]) -> Any:
        with speaking_plainly():
            return ask()

    with ThreadPoolExecutor(max_workers=8) as pool:
        answers = {name: pool.submit(read, ask) for name, ask in reads.items()}
    return {name: answer.result() for name, answer in answers.items()}


def _addresses(conn: Connection) -> dict[str, str]:
    """The services that the catalogue lists for our region, and where each answers."""
    region = conn.config.region_name
    found: dict[str, str] = {}
    for entry in _catalog(conn):
        points = [one for one in entry["endpoints"] if not region or one.get("region") == region]
        points.sort(key=lambda one: one.get("interface") != _interface(conn))
        if points and entry["type"] in SERVICE_TYPES:
            found.setdefault(SERVICE_TYPES[entry["type"]], str(points[0].get("url", "")).rstrip("/"))
    return found


def _catalog(conn: Connection) -> list[dict[str, Any]]:
    return list(_access(conn).service_catalog.catalog)


def _access(conn: Connection) -> Any:
    auth: Any = conn.session.auth
    return auth.get_access(conn.session)


def _interface(conn: Connection) -> str:
    return str(conn.config.get_interface() or "public").removesuffix("URL")


def _extensions(conn: Connection) -> set[str]:
    return {EXTENSIONS[one.alias] for one in conn.network.extensions() if one.alias in EXTENSIONS}


def _flavors(conn: Connection) -> tuple[Flavor, ...]:
    return tuple(
        Flavor(one.id, one.name, one.vcpus, one.ram, one.disk)
        for one in conn.compute.flavors(is_public=None)
        if not one.is_disabled
    )


def _images(conn: Connection) -> tuple[Image, ...]:
    return tuple(
        Image(one.id, one.name or one.id, one.min_disk or 0) for one in conn.image.images(status="active")
    )


def _zones(conn: Connection) -> tuple[str, ...]:
    zones = (one.name for one in conn.compute.availability_zones() if one.state.get("available", True))
    return tuple(sorted(zones))


def _volume_zones(conn: Connection) -> tuple[str, ...]:
    storage: Any = conn.block_storage
    return tuple(sorted(one.name for one in storage.availability_zones()))


def _volume_types(conn: Connection) -> tuple[str, ...]:
    """`__DEFAULT__` is what Cinder uses when nothing is said, so it is no choice."""
    return tuple(sorted(one.name for one in conn.block_storage.types() if not one.name.startswith("__")))


def _external_networks(conn: Connection) -> tuple[ExternalNetwork, ...]:
    networks = list(conn.network.networks(is_router_external=True, is_admin_state_up=True))
    return tuple(
        ExternalNetwork(one.id, one.name, _cidrs(conn, one.id))
        for one in sorted(networks, key=lambda one: (not one.is_default, one.name))
    )


def _cidrs(conn: Connection, network_id: str) -> tuple[str, ...]:
    return tuple(one.cidr for one in conn.network.subnets(network_id=network_id))


def _datastores(conn: Connection) -> dict[str, tuple[str, ...]]:
    answer = conn.database.get("/datastores")
    exceptions.raise_from_response(answer)
    return {
        one["name"]: tuple(version["name"] for version in one.get("versions", ()))
        for one in answer.json()["datastores"]
    }


def _compute_quotas(conn: Connection) -> dict[str, Quota]:
    limits = conn.compute.get_limits().absolute
    return {
        "instances": Quota(limits.instances, limits.instances_used),
        "cores": Quota(limits.total_cores, limits.total_cores_used),
        "ram": Quota(limits.total_ram, limits.total_ram_used),
        "server_groups": Quota(limits.server_groups, limits.server_groups_used),
    }


def _storage_quotas(conn: Connection) -> dict[str, Quota]:
    limits = conn.block_storage.get_limits().absolute
    return {
        "volumes": Quota(limits.max_total_volumes, limits.total_volumes_used),
        "gigabytes": Quota(limits.max_total_volume_gigabytes, limits.total_gigabytes_used),
    }


# Neutron's names in the answer, and the quota's name in our words.
_NETWORK_QUOTAS = {
    "network": "networks",
    "subnet": "subnets",
    "router": "routers",
    "port": "ports",
    "security_group": "security_groups",
    "security_group_rule": "security_group_rules",
    "floatingip": "floating_ips",
}


def _network_quotas(conn: Connection) -> dict[str, Quota]:
    answer = conn.network.get(f"/quotas/{conn.current_project_id}/details.json")
    exceptions.raise_from_response(answer)
    quota = answer.json()["quota"]
    return {
        ours: Quota(int(quota[theirs]["limit"]), int(quota[theirs]["used"]) + int(quota[theirs]["reserved"]))
        for theirs, ours in _NETWORK_QUOTAS.items()
        if theirs in quota
    }


def _balancing_quotas(conn: Connection) -> dict[str, Quota]:
    """Octavia tells limits only, so what is used is counted. Some clouds keep them to administrators."""
    try:
        with speaking_plainly():
            limits = conn.load_balancer.get_quota(str(conn.current_project_id))
    except CloudError:
        return {}
    counted: dict[str, tuple[int | None, Iterable[Any]]] = {
        "load_balancers": (limits.load_balancers, conn.load_balancer.load_balancers()),
        "listeners": (limits.listeners, conn.load_balancer.listeners()),
        "pools": (limits.pools, conn.load_balancer.pools()),
    }
    return {
        name: Quota(limit, sum(1 for _ in found))
        for name, (limit, found) in counted.items()
        if limit is not None
    }

"""Fills a new practice cloud. Runs in its virtual environment; safe to run again.

usage: seed.py identity | resources
"""

import ipaddress
import sys
from collections.abc import Callable

import openstack
from openstack.connection import Connection
from services import CATALOG
from settings import AUTH_URL, GROUPS, IP, PASSWORD, PORTS, REGION, REGION_WITH_TROVE, REGIONS, ZONES

ROLES = (
    "admin",
    "member",
    "reader",
    "service",
    "creator",
    "audit",
    "observer",
    "heat_stack_owner",
    "heat_stack_user",
    "load-balancer_member",
    "load-balancer_observer",
    "load-balancer_admin",
    "ResellerAdmin",
)
TENANT_ROLES = ("member", "creator", "load-balancer_member", "heat_stack_owner")
ASSIGNMENTS = (  # user, project, roles
    ("demo", "demo", TENANT_ROLES),
    ("alt", "alt", TENANT_ROLES),
    ("reader", "demo", ("reader",)),
    ("admin", "admin", ("admin", "member", "load-balancer_admin", "heat_stack_owner")),
    ("admin", "demo", ("admin",)),
    *(
        (group, "service", ("admin", "service"))
        for group in GROUPS
        if group in CATALOG and group != "keystone"
    ),
    *((("swift", "service", ("ResellerAdmin",)),) if "swift" in GROUPS else ()),
)
FLAVORS = {  # name -> vCPUs, RAM in MiB, disk and ephemeral disk in GiB
    "m1.tiny": (1, 512, 1, 0),
    "m1.small": (1, 2048, 20, 0),
    "m1.medium": (2, 4096, 40, 0),
    "m1.large": (4, 8192, 80, 0),
    "m1.xlarge": (8, 16384, 160, 0),
    "general1-1": (1, 1024, 20, 0),
    "general1-2": (2, 2048, 40, 0),
    "general1-4": (4, 4096, 80, 0),
    "general1-8": (8, 8192, 160, 0),
    "io1-15": (4, 15360, 40, 150),
    "baremetal": (32, 131072, 1800, 0),
    # Larger than any host: a server of it ends in ERROR, "No valid host was found".
    "practice.too-big": (4000, 8000000, 10, 0),
}
IMAGES = (
    "debian-12",
    "debian-13",
    "ubuntu-22.04",
    "ubuntu-24.04",
    "centos-9",
    "rocky-9",
    "windows-2022",
    "cirros",
)
PUBLIC_ADDRESSES = {REGION: "203.0.112.0/21", REGION_WITH_TROVE: "198.51.96.0/21"}
VOLUME_TYPES = ("ssd", "sata", "nvme", "encrypted")
DATASTORES = (("mysql", "8.0"), ("mysql", "8.4"), ("mariadb", "11.4"), ("postgresql", "16"))
DEFAULT_VERSIONS = ("8.0", "11.4", "16")
METRIC_RESOURCES = {  # Gnocchi's resource types as Ceilometer makes them -> their attributes
    "instance": ("host", "display_name", "image_ref", "flavor_id", "flavor_name", "server_group"),
    "instance_disk": ("name", "instance_id"),
    "instance_network_interface": ("name", "instance_id"),
    "volume": ("display_name", "volume_type"),
    "network": (),
    "loadbalancer": (),
    "swift_account": (),
    "image": ("name", "container_format", "disk_format"),
}


def identity(cloud: Connection) -> None:
    """Roles, projects, users and the service catalog of both regions."""
    keystone = cloud.identity
    roles = {name: keystone.find_role(name) or keystone.create_role(name=name) for name in ROLES}
    for user, project, granted in ASSIGNMENTS:
        place = keystone.find_project(project) or keystone.create_project(name=project, domain_id="default")
        person = keystone.find_user(user) or keystone.create_user(
            name=user, password=PASSWORD, domain_id="default", default_project_id=place.id
        )
        for name in granted:
            keystone.assign_project_role_to_user(place, person, roles[name])
    _catalog(keystone)
    if "heat" in GROUPS:
        _domain_of_stacks(keystone, roles["admin"])


def _catalog(keystone) -> None:
    for region in REGIONS:
        keystone.find_region(region.name) or keystone.create_region(id=region.name)
    services = {service.name: service for service in keystone.services()}
    known = {
        (endpoint.service_id, endpoint.region_id, endpoint.interface): endpoint
        for endpoint in keystone.endpoints()
    }
    for group in (group for group in GROUPS if group in CATALOG):
        # What is not regional answers both regions at the same address; databases are offered in one only.
        regions = REGIONS[1:] if group == "trove" else REGIONS
        for kind, name, path in CATALOG[group]:
            service = services.get(name) or keystone.create_service(type=kind, name=name)
            for region in regions:
                url = f"http://{IP}:{region.port(group)}{path}"
                for interface in ("public", "internal", "admin"):
                    _endpoint(keystone, known, (service.id, region.name, interface), url)


def _endpoint(keystone, known: dict, place: tuple[str, str, str], url: str) -> None:
    service_id, region_id, interface = place
    found = known.get(place)
    if found is None:
        keystone.create_endpoint(service_id=service_id, region_id=region_id, interface=interface, url=url)
    elif found.url != url:  # of an older practice cloud, whose regions were one
        keystone.update_endpoint(found, url=url)


def _domain_of_stacks(keystone, admin_role) -> None:
    """Where Heat keeps the users it makes for what a stack has to sign."""
    domain = keystone.find_domain("heat") or keystone.create_domain(name="heat")
    if not list(keystone.users(domain_id=domain.id, name="heat_domain_admin")):
        user = keystone.create_user(name="heat_domain_admin", domain_id=domain.id, password=PASSWORD)
        keystone.assign_domain_role_to_user(domain, user, admin_role)


def resources(cloud: Connection) -> None:
    """What a tenant finds: flavors, images, the external network, zones, volume types, datastores."""
    for name in IMAGES:
        _image(cloud.image, name)
    for region in REGIONS:
        _region(cloud if not region.suffix else connect(region.name), region.name)
    optional: dict[str, Callable[[Connection], None]] = {
        "trove": _datastores,
        "gnocchi": _metric_resources,
    }
    for group, fill in optional.items():
        if group in GROUPS:
            fill(cloud)


def _region(cloud: Connection, name: str) -> None:
    """Each has the same on offer, and public addresses of its own."""
    for flavor, facts in FLAVORS.items():
        _flavor(cloud.compute, flavor, *facts)
    for zone in ZONES:
        _zone(cloud.compute, zone)
    _external_network(cloud.network, PUBLIC_ADDRESSES[name])
    if "cinder" in GROUPS:
        _volume_types(cloud)


def _flavor(nova, name: str, vcpus: int, ram: int, disk: int, ephemeral: int) -> None:
    if not nova.find_flavor(name):
        nova.create_flavor(name=name, vcpus=vcpus, ram=ram, disk=disk, ephemeral=ephemeral)


def _image(glance, name: str) -> None:
    distribution, _, version = name.partition("-")
    if not glance.find_image(name):
        glance.create_image(
            name=name,
            data=f"practice cloud, {name}\n".encode().ljust(1024, b"\n"),
            disk_format="raw",
            container_format="bare",
            visibility="public",
            min_disk=1,
            min_ram=64,
            properties={"os_distro": distribution, "os_version": version},
            wait=False,
            allow_duplicates=True,
        )


def _zone(nova, zone: str) -> None:
    aggregate = nova.find_aggregate(zone) or nova.create_aggregate(name=zone, availability_zone=zone)
    if f"compute-{zone}" not in (aggregate.hosts or ()):
        nova.add_host_to_aggregate(aggregate, f"compute-{zone}")


def _external_network(neutron, cidr: str) -> None:
    network = neutron.find_network("public") or neutron.create_network(
        name="public",
        is_router_external=True,
        is_shared=False,
        provider_network_type="flat",
        provider_physical_network="public",
    )
    neutron.find_subnet("public-subnet") or neutron.create_subnet(
        name="public-subnet",
        network_id=network.id,
        ip_version=4,
        cidr=cidr,
        gateway_ip=str(next(ipaddress.ip_network(cidr).hosts())),
        is_dhcp_enabled=False,
    )


def _volume_types(cloud: Connection) -> None:
    cinder = cloud.block_storage
    for name in VOLUME_TYPES:
        if cinder.find_type(name):
            continue
        volume_type = cinder.create_type(name=name, extra_specs={"volume_backend_name": "practice"})
        if name == "encrypted":
            cinder.create_type_encryption(
                volume_type,
                provider="luks",
                cipher="aes-xts-plain64",
                key_size=256,
                control_location="front-end",
            )


def _datastores(cloud: Connection) -> None:
    trove = connect(REGION_WITH_TROVE).database
    image = cloud.image.find_image("debian-12", ignore_missing=False).id
    path = "/mgmt/datastore-versions"
    known = {(version["datastore_name"], version["name"]) for version in trove.get(path).json()["versions"]}
    for name, version in DATASTORES:
        if (name, version) not in known:
            facts = {
                "datastore_name": name,
                "datastore_manager": name,
                "name": version,
                "version": version,
                "image": image,
                "active": True,
                "default": version in DEFAULT_VERSIONS,
            }
            openstack.exceptions.raise_from_response(trove.post(path, json={"version": facts}))


def _metric_resources(cloud: Connection) -> None:
    url = f"http://{IP}:{PORTS['gnocchi']}/v1/resource_type"
    known = {kind["name"] for kind in cloud.session.get(url).json()}
    text = {"type": "string", "min_length": 0, "max_length": 255, "required": False}
    for name, attributes in METRIC_RESOURCES.items():
        if name not in known:
            cloud.session.post(url, json={"name": name, "attributes": dict.fromkeys(attributes, text)})


def connect(region: str) -> Connection:
    person = {"username": "admin", "password": PASSWORD, "project_name": "admin"}
    domains = {"user_domain_name": "Default", "project_domain_name": "Default"}
    return Connection(
        region_name=region,
        interface="internal",
        identity_api_version="3",
        auth={"auth_url": AUTH_URL, **person, **domains},
    )


if __name__ == "__main__":
    {"identity": identity, "resources": resources}[sys.argv[1]](connect(REGION))

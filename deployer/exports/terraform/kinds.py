"""How each resource kind is written for Terraform's provider `openstack`, and how its outputs are asked for.

Source: https://registry.terraform.io/providers/terraform-provider-openstack/openstack/latest/docs
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from deployer.exports.phrasing import Say, as_cidr, as_dns_name, with_values
from deployer.exports.subject import Exported
from deployer.exports.terraform.hcl import Blocks, Expr
from designer.domain import resources as kind

Body = dict[str, Any]


@dataclass(frozen=True)
class TerraformResource:
    """`suffix` tells the second and third from the first where one resource needs several."""

    type: str
    body: Body
    suffix: str = ""


@dataclass(frozen=True)
class Found:
    """What the cloud has already and the provider wants by its id: looked up by the name in a variable."""

    type: str
    variable: str


@dataclass(frozen=True)
class Writer:
    """`type` is what the resource itself is; `write` gives that one and what it needs beside it."""

    type: str
    write: Callable[[Exported, Say], list[TerraformResource]]


def _one(terraform_type: str, body: Callable[[Exported, Say], Body]) -> Writer:
    return Writer(
        terraform_type, lambda one, say: [TerraformResource(terraform_type, with_values(body(one, say)))]
    )


def _blocks(bodies: list[Body] | None) -> Blocks | None:
    return Blocks([with_values(body) for body in bodies]) if bodies else None


def _network(one: Exported, say: Say) -> Body:
    return {"name": one.said("name")}


def _subnet(one: Exported, say: Say) -> list[TerraformResource]:
    """Routes for its servers are resources of their own."""
    subnet = {
        "name": one.said("name"),
        "network_id": say(one.said("network")),
        "cidr": one.said("cidr"),
        "ip_version": 6 if ":" in one.said("cidr") else 4,
        "enable_dhcp": one.said("dhcp", True),
        "dns_nameservers": list(one.said("dns_nameservers", ())) or None,
        "gateway_ip": one.said("gateway_ip"),
        "allocation_pool": _blocks(
            [{"start": pool["start"], "end": pool["end"]} for pool in one.said("allocation_pools", ())]
        ),
    }
    routes = [
        TerraformResource(
            "openstack_networking_subnet_route_v2",
            {
                "subnet_id": Expr(f"openstack_networking_subnet_v2.{one.name}.id"),
                "destination_cidr": route["destination"],
                "next_hop": say(route["next_hop"]),
            },
            f"route_{number}",
        )
        for number, route in enumerate(one.said("host_routes", ()))
    ]
    return [TerraformResource("openstack_networking_subnet_v2", with_values(subnet)), *routes]


def _router(one: Exported, say: Say) -> Body:
    if not one.said("external", True):
        return {"name": one.said("name")}
    network = Found("openstack_networking_network_v2", one.choices["external_network"].name)
    return {
        "name": one.said("name"),
        "external_network_id": say(network),
        # Saying it needs an administrator under the usual policy, so only what differs is said.
        "enable_snat": False if one.said("enable_snat", True) is False else None,
    }


def _router_interface(one: Exported, say: Say) -> list[TerraformResource]:
    """One that is not the subnet's gateway has a port with an address of its own."""
    router, subnet, address = say(one.said("router")), say(one.said("subnet")), one.said("address")
    interface = "openstack_networking_router_interface_v2"
    if address is None:
        return [TerraformResource(interface, {"router_id": router, "subnet_id": subnet})]
    port = {
        "name": one.said("name"),
        "network_id": say(one.choices["network"]),
        "no_security_groups": True,
        "fixed_ip": _blocks([{"subnet_id": subnet, "ip_address": address}]),
    }
    port_id = Expr(f"openstack_networking_port_v2.{one.name}_port.id")
    return [
        TerraformResource("openstack_networking_port_v2", port, "port"),
        TerraformResource(interface, {"router_id": router, "port_id": port_id}),
    ]


def _router_route(one: Exported, say: Say) -> Body:
    return {
        "router_id": say(one.said("router")),
        "destination_cidr": one.said("destination"),
        "next_hop": say(one.said("next_hop")),
    }


def _port(one: Exported, say: Say) -> Body:
    groups = say(one.said("security_groups", ()))
    return {
        "name": one.said("name"),
        "network_id": say(one.said("network")),
        "security_group_ids": groups or None,
        "no_security_groups": None if groups else True,
        "fixed_ip": _blocks([{"subnet_id": say(one.said("subnet"))}]),
        "allowed_address_pairs": _blocks(
            [{"ip_address": say(address)} for address in one.said("allowed_addresses", ())]
        ),
    }


def _security_group(one: Exported, say: Say) -> Body:
    return {"name": one.said("name"), "description": one.said("description")}


def _security_group_rule(one: Exported, say: Say) -> Body:
    cidr, protocol = one.said("remote_cidr"), one.said("protocol", "any")
    return {
        "security_group_id": say(one.said("security_group")),
        "direction": one.said("direction", "ingress"),
        "ethertype": "IPv6" if isinstance(cidr, str) and ":" in cidr else "IPv4",
        "protocol": None if protocol == "any" else protocol,
        "port_range_min": one.said("port_min"),
        "port_range_max": one.said("port_max"),
        "remote_group_id": say(one.said("remote_group")),
        "remote_ip_prefix": say(as_cidr(cidr)) if cidr else None,
        "description": one.said("description"),
    }


def _floating_ip(one: Exported, say: Say) -> Body:
    return {
        "pool": say(one.choices["external_network"]),
        "port_id": say(one.said("port") or one.said("load_balancer")),
        "description": one.said("name"),
    }


def _server_group(one: Exported, say: Say) -> Body:
    return {"name": one.said("name"), "policies": [one.said("policy", "soft-anti-affinity")]}


def _server(one: Exported, say: Say) -> Body:
    boot_volume, group = one.said("boot_volume"), one.said("server_group")
    return {
        "name": one.said("name"),
        "flavor_name": say(one.choices["flavor"]),
        "image_name": None if boot_volume else say(one.choices["image"]),
        "availability_zone": say(one.choices.get("zone")),
        "key_pair": say(one.said("key_pair")),
        "network": _blocks([{"port": say(port)} for port in one.said("ports", ())]),
        "block_device": _blocks(
            [
                {
                    "uuid": say(boot_volume),
                    "source_type": "volume",
                    "destination_type": "volume",
                    "boot_index": 0,
                    "delete_on_termination": False,
                }
            ]
            if boot_volume
            else None
        ),
        "scheduler_hints": _blocks([{"group": say(group)}] if group else None),
        "user_data": say(one.said("user_data")),
    }


def _key_pair(one: Exported, say: Say) -> Body:
    return {"name": one.name, "public_key": say(one.choices["public_key"])}


def _volume(one: Exported, say: Say) -> Body:
    image = one.choices.get("image")
    return {
        "name": one.said("name"),
        "size": one.said("size_gib"),
        "volume_type": say(one.choices.get("volume_type")),
        "availability_zone": say(one.choices.get("zone")),
        "image_id": say(Found("openstack_images_image_v2", image.name)) if image else None,
    }


def _volume_attachment(one: Exported, say: Say) -> Body:
    return {"instance_id": say(one.said("server")), "volume_id": say(one.said("volume"))}


def _load_balancer(one: Exported, say: Say) -> Body:
    return {"name": one.said("name"), "vip_subnet_id": say(one.said("subnet"))}


def _listener(one: Exported, say: Say) -> Body:
    return {
        "name": one.said("name"),
        "loadbalancer_id": say(one.said("load_balancer")),
        "protocol": one.said("protocol"),
        "protocol_port": one.said("port"),
        "default_tls_container_ref": say(one.said("certificate")),
    }


def _pool(one: Exported, say: Say) -> Body:
    persistence = one.said("session_persistence")
    if persistence and not isinstance(persistence, Mapping):
        persistence = {"type": str(persistence).upper()}
    return {
        "name": one.said("name"),
        "listener_id": say(one.said("listener")),
        "protocol": one.said("protocol"),
        "lb_method": str(one.said("algorithm", "ROUND_ROBIN")).upper(),
        "persistence": _blocks([dict(persistence)] if persistence else None),
    }


def _member(one: Exported, say: Say) -> Body:
    return {
        "name": one.said("name"),
        "pool_id": say(one.said("pool")),
        "address": say(one.said("address")),
        "protocol_port": one.said("port"),
        "subnet_id": say(one.said("subnet")),
    }


def _health_monitor(one: Exported, say: Say) -> Body:
    speaks_http = str(one.said("type")).startswith("HTTP")
    return {
        "name": one.said("name"),
        "pool_id": say(one.said("pool")),
        "type": one.said("type"),
        "delay": one.said("delay_seconds"),
        "timeout": one.said("timeout_seconds"),
        "max_retries": one.said("retries"),
        "url_path": one.said("path") if speaks_http else None,
    }


def _object_container(one: Exported, say: Say) -> Body:
    readers = ".r:*,.rlistings" if one.said("public_read") else None
    return {"name": one.said("name"), "container_read": readers}


def _database_instance(one: Exported, say: Say) -> Body:
    """The provider knows no allowed addresses: the network that it stands in is what guards it."""
    database, password = str(one.said("database", "app")), one.said("password")
    user = {
        "name": str(one.said("user", "app")),
        "password": say(password),
        "host": "%",
        "databases": [database],
    }
    return {
        "name": one.said("name"),
        "flavor_id": say(Found("openstack_compute_flavor_v2", one.choices["flavor"].name)),
        "size": one.said("volume_gib"),
        "datastore": _blocks(
            [{"type": one.choices["datastore"], "version": say(one.choices["datastore_version"])}]
        ),
        "network": _blocks([{"uuid": say(one.said("network"))}]),
        "database": _blocks([{"name": database}]),
        "user": _blocks([user] if password else None),
    }


def _secret(one: Exported, say: Say) -> Body:
    return {
        "name": one.said("name"),
        "secret_type": "opaque",
        "payload_content_type": "application/octet-stream",
        "payload_content_encoding": "base64",
        "payload": say(one.choices["payload"]),
    }


def _dns_zone(one: Exported, say: Say) -> Body:
    return {
        "name": as_dns_name(one.said("zone")),
        "email": one.said("email"),
        "ttl": one.said("ttl_seconds"),
        "description": one.said("name"),
    }


def _dns_record(one: Exported, say: Say) -> Body:
    return {
        "zone_id": say(one.said("zone")),
        "name": as_dns_name(one.said("record_name")),
        "type": one.said("type"),
        "records": say(one.said("records")),
        "ttl": one.said("ttl_seconds"),
    }


def _vpn_service(one: Exported, say: Say) -> Body:
    return {"name": one.said("name"), "router_id": say(one.said("router"))}


def _vpn_ike_policy(one: Exported, say: Say) -> Body:
    return {
        "name": one.said("name"),
        "ike_version": one.said("ike_version"),
        "encryption_algorithm": one.said("encryption"),
    }


def _vpn_ipsec_policy(one: Exported, say: Say) -> Body:
    return {"name": one.said("name"), "encryption_algorithm": one.said("encryption")}


def _vpn_endpoint_group(one: Exported, say: Say) -> Body:
    return {
        "name": one.said("name"),
        "type": one.said("type"),
        "endpoints": say(one.said("endpoints", ())),
    }


def _vpn_connection(one: Exported, say: Say) -> Body:
    dpd = one.said("dpd")
    return {
        "name": one.said("name"),
        "vpnservice_id": say(one.said("service")),
        "ikepolicy_id": say(one.said("ike_policy")),
        "ipsecpolicy_id": say(one.said("ipsec_policy")),
        "local_ep_group_id": say(one.said("local_group")),
        "peer_ep_group_id": say(one.said("peer_group")),
        "peer_address": say(one.said("peer_address")),
        "peer_id": say(one.said("peer_address")),
        "psk": say(one.said("psk")),
        "dpd": _blocks([dict(dpd)] if isinstance(dpd, Mapping) else None),
    }


def _image(one: Exported, say: Say) -> Body:
    return {
        "name": one.said("image_name"),
        "image_source_url": one.said("url"),
        "disk_format": "qcow2",
        "container_format": "bare",
        "visibility": "private",
    }


def _file_share(one: Exported, say: Say) -> list[TerraformResource]:
    share = {
        "name": one.said("name"),
        "size": one.said("size_gb"),
        "share_proto": str(one.said("protocol", "NFS")).upper(),
    }
    network, subnet = one.said("network"), one.said("subnet")
    if not (network and subnet):
        return [TerraformResource("openstack_sharedfilesystem_share_v2", share)]
    place = {
        "name": one.said("name"),
        "neutron_net_id": say(network),
        "neutron_subnet_id": say(subnet),
    }
    place_id = Expr(f"openstack_sharedfilesystem_sharenetwork_v2.{one.name}_network.id")
    return [
        TerraformResource("openstack_sharedfilesystem_sharenetwork_v2", place, "network"),
        TerraformResource("openstack_sharedfilesystem_share_v2", {**share, "share_network_id": place_id}),
    ]


WRITERS: Mapping[str, Writer] = {
    kind.NETWORK: _one("openstack_networking_network_v2", _network),
    kind.SUBNET: Writer("openstack_networking_subnet_v2", _subnet),
    kind.ROUTER: _one("openstack_networking_router_v2", _router),
    kind.ROUTER_INTERFACE: Writer("openstack_networking_router_interface_v2", _router_interface),
    kind.ROUTER_ROUTE: _one("openstack_networking_router_route_v2", _router_route),
    kind.PORT: _one("openstack_networking_port_v2", _port),
    kind.SECURITY_GROUP: _one("openstack_networking_secgroup_v2", _security_group),
    kind.SECURITY_GROUP_RULE: _one("openstack_networking_secgroup_rule_v2", _security_group_rule),
    kind.FLOATING_IP: _one("openstack_networking_floatingip_v2", _floating_ip),
    kind.SERVER_GROUP: _one("openstack_compute_servergroup_v2", _server_group),
    kind.SERVER: _one("openstack_compute_instance_v2", _server),
    kind.KEY_PAIR: _one("openstack_compute_keypair_v2", _key_pair),
    kind.VOLUME: _one("openstack_blockstorage_volume_v3", _volume),
    kind.VOLUME_ATTACHMENT: _one("openstack_compute_volume_attach_v2", _volume_attachment),
    kind.LOAD_BALANCER: _one("openstack_lb_loadbalancer_v2", _load_balancer),
    kind.LISTENER: _one("openstack_lb_listener_v2", _listener),
    kind.POOL: _one("openstack_lb_pool_v2", _pool),
    kind.MEMBER: _one("openstack_lb_member_v2", _member),
    kind.HEALTH_MONITOR: _one("openstack_lb_monitor_v2", _health_monitor),
    kind.OBJECT_CONTAINER: _one("openstack_objectstorage_container_v1", _object_container),
    kind.DATABASE_INSTANCE: _one("openstack_db_instance_v1", _database_instance),
    kind.SECRET: _one("openstack_keymanager_secret_v1", _secret),
    kind.DNS_ZONE: _one("openstack_dns_zone_v2", _dns_zone),
    kind.DNS_RECORD: _one("openstack_dns_recordset_v2", _dns_record),
    kind.VPN_SERVICE: _one("openstack_vpnaas_service_v2", _vpn_service),
    kind.VPN_IKE_POLICY: _one("openstack_vpnaas_ike_policy_v2", _vpn_ike_policy),
    kind.VPN_IPSEC_POLICY: _one("openstack_vpnaas_ipsec_policy_v2", _vpn_ipsec_policy),
    kind.VPN_ENDPOINT_GROUP: _one("openstack_vpnaas_endpoint_group_v2", _vpn_endpoint_group),
    kind.VPN_CONNECTION: _one("openstack_vpnaas_site_connection_v2", _vpn_connection),
    kind.IMAGE: _one("openstack_images_image_v2", _image),
    kind.FILE_SHARE: Writer("openstack_sharedfilesystem_share_v2", _file_share),
}

# Kinds that the provider cannot make as they are drawn, with the reason that the file gives.
BY_HAND: Mapping[str, str] = {
    kind.ALARM: "The provider has no alarms.",
    kind.SCALING_GROUP: "The provider has no scaling groups: take the design's Heat template for this part.",
}

# Attributes that are asked for where it is not the id.
OUTPUTS: Mapping[tuple[str, str], str] = {
    (kind.PORT, "address"): "all_fixed_ips[0]",
    (kind.FLOATING_IP, "address"): "address",
    (kind.LOAD_BALANCER, "address"): "vip_address",
    (kind.LOAD_BALANCER, "vip_port_id"): "vip_port_id",
    (kind.DATABASE_INSTANCE, "address"): "addresses[0]",
    (kind.SERVER, "address"): "access_ip_v4",
    (kind.SECRET, "id"): "secret_ref",
    (kind.KEY_PAIR, "id"): "name",
    (kind.VPN_SERVICE, "address"): "external_v4_ip",
}

"""How each resource kind is written for Heat, and how its outputs are asked for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from deployer.domain.scaling_stack import member_template, scaling_resources
from deployer.exports.phrasing import Say, as_cidr, as_dns_name, with_values
from deployer.exports.subject import Exported
from deployer.exports.yaml_text import yaml_text
from designer.domain import resources as kind

Hot = dict[str, Any]


@dataclass(frozen=True)
class HeatResource:
    """`suffix` tells the second and third from the first where one resource needs several in Heat."""

    type: str
    properties: Hot
    suffix: str = ""


Writer = Callable[[Exported, Say], list[HeatResource]]


def _one(heat_type: str, properties: Callable[[Exported, Say], Hot]) -> Writer:
    return lambda one, say: [HeatResource(heat_type, with_values(properties(one, say)))]


def _network(one: Exported, say: Say) -> Hot:
    return {"name": one.said("name")}


def _subnet(one: Exported, say: Say) -> Hot:
    return {
        "name": one.said("name"),
        "network": say(one.said("network")),
        "cidr": one.said("cidr"),
        "ip_version": 6 if ":" in one.said("cidr") else 4,
        "enable_dhcp": one.said("dhcp", True),
        "dns_nameservers": list(one.said("dns_nameservers", ())) or None,
        "gateway_ip": one.said("gateway_ip"),
        "allocation_pools": say(one.said("allocation_pools")) or None,
        "host_routes": [
            {"destination": route["destination"], "nexthop": say(route["next_hop"])}
            for route in one.said("host_routes", ())
        ]
        or None,
    }


def _router(one: Exported, say: Say) -> Hot:
    gateway: Hot | None = None
    if one.said("external", True):
        gateway = {"network": say(one.choices["external_network"])}
        if one.said("enable_snat", True) is False:  # saying it needs an administrator, so only what differs
            gateway["enable_snat"] = False
    return {"name": one.said("name"), "external_gateway_info": gateway}


def _router_interface(one: Exported, say: Say) -> list[HeatResource]:
    """One that is not the subnet's gateway has a port with an address of its own."""
    router, subnet, address = say(one.said("router")), say(one.said("subnet")), one.said("address")
    if address is None:
        return [HeatResource("OS::Neutron::RouterInterface", {"router": router, "subnet": subnet})]
    port = {
        "name": one.said("name"),
        "network": say(one.choices["network"]),
        "fixed_ips": [{"subnet": subnet, "ip_address": address}],
        "security_groups": [],
    }
    return [
        HeatResource("OS::Neutron::Port", with_values(port), "port"),
        HeatResource(
            "OS::Neutron::RouterInterface",
            {"router": router, "port": {"get_resource": f"{one.name}_port"}},
        ),
    ]


def _router_route(one: Exported, say: Say) -> Hot:
    route = {"destination": one.said("destination"), "nexthop": say(one.said("next_hop"))}
    return {"router": say(one.said("router")), "routes": [route]}


def _port(one: Exported, say: Say) -> Hot:
    return {
        "name": one.said("name"),
        "network": say(one.said("network")),
        "fixed_ips": [{"subnet": say(one.said("subnet"))}],
        "security_groups": say(one.said("security_groups", ())),
        "allowed_address_pairs": [
            {"ip_address": say(address)} for address in one.said("allowed_addresses", ())
        ]
        or None,
    }


def _security_group(one: Exported, say: Say) -> Hot:
    return {"name": one.said("name"), "description": one.said("description")}


def _security_group_rule(one: Exported, say: Say) -> list[HeatResource]:
    """Heat has no word for `any protocol`, so that becomes the three that people mean."""
    said = one.said("protocol", "any")
    protocols = ("tcp", "udp", "icmp") if said == "any" else (said,)
    cidr = one.said("remote_cidr")
    return [
        HeatResource(
            "OS::Neutron::SecurityGroupRule",
            with_values(
                {
                    "security_group": say(one.said("security_group")),
                    "direction": one.said("direction", "ingress"),
                    "protocol": protocol,
                    "port_range_min": one.said("port_min"),
                    "port_range_max": one.said("port_max"),
                    "remote_group": say(one.said("remote_group")),
                    "remote_ip_prefix": say(as_cidr(cidr)) if cidr else None,
                    "ethertype": "IPv6" if isinstance(cidr, str) and ":" in cidr else "IPv4",
                    "description": one.said("description"),
                }
            ),
            "" if protocol == protocols[0] else protocol,
        )
        for protocol in protocols
    ]


def _floating_ip(one: Exported, say: Say) -> Hot:
    return {
        "floating_network": say(one.choices["external_network"]),
        "port_id": say(one.said("port") or one.said("load_balancer")),
    }


def _server_group(one: Exported, say: Say) -> Hot:
    return {"name": one.said("name"), "policies": [one.said("policy", "soft-anti-affinity")]}


def _server(one: Exported, say: Say) -> Hot:
    boot_volume = one.said("boot_volume")
    group = one.said("server_group")
    user_data = one.said("user_data")
    return {
        "name": one.said("name"),
        "flavor": say(one.choices["flavor"]),
        "image": None if boot_volume else say(one.choices["image"]),
        "block_device_mapping_v2": [
            {"volume_id": say(boot_volume), "boot_index": 0, "delete_on_termination": False}
        ]
        if boot_volume
        else None,
        "networks": [{"port": say(port)} for port in one.said("ports", ())] or None,
        "availability_zone": say(one.choices.get("zone")),
        "key_name": say(one.said("key_pair")),
        "scheduler_hints": {"group": say(group)} if group else None,
        "user_data_format": "RAW" if user_data else None,
        "user_data": say(user_data),
    }


def _key_pair(one: Exported, say: Say) -> Hot:
    """Its name is its identity, so two stacks of one design need two."""
    name = {"list_join": ["-", [{"get_param": "OS::stack_name"}, one.name]]}
    return {"name": name, "public_key": say(one.choices["public_key"])}


def _volume(one: Exported, say: Say) -> Hot:
    return {
        "name": one.said("name"),
        "size": one.said("size_gib"),
        "volume_type": say(one.choices.get("volume_type")),
        "availability_zone": say(one.choices.get("zone")),
        "image": say(one.choices.get("image")),
    }


def _volume_attachment(one: Exported, say: Say) -> Hot:
    return {"instance_uuid": say(one.said("server")), "volume_id": say(one.said("volume"))}


def _load_balancer(one: Exported, say: Say) -> Hot:
    return {"name": one.said("name"), "vip_subnet": say(one.said("subnet"))}


def _listener(one: Exported, say: Say) -> Hot:
    return {
        "name": one.said("name"),
        "loadbalancer": say(one.said("load_balancer")),
        "protocol": one.said("protocol"),
        "protocol_port": one.said("port"),
        "default_tls_container_ref": say(one.said("certificate")),
    }


def _pool(one: Exported, say: Say) -> Hot:
    persistence = one.said("session_persistence")
    return {
        "name": one.said("name"),
        "listener": say(one.said("listener")),
        "protocol": one.said("protocol"),
        "lb_algorithm": str(one.said("algorithm", "ROUND_ROBIN")).upper(),
        "session_persistence": dict(persistence)
        if isinstance(persistence, Mapping)
        else {"type": str(persistence).upper()}
        if persistence
        else None,
    }


def _member(one: Exported, say: Say) -> Hot:
    return {
        "pool": say(one.said("pool")),
        "address": say(one.said("address")),
        "protocol_port": one.said("port"),
        "subnet": say(one.said("subnet")),
    }


def _health_monitor(one: Exported, say: Say) -> Hot:
    speaks_http = str(one.said("type")).startswith("HTTP")
    return {
        "pool": say(one.said("pool")),
        "type": one.said("type"),
        "delay": one.said("delay_seconds"),
        "timeout": one.said("timeout_seconds"),
        "max_retries": one.said("retries"),
        "url_path": one.said("path") if speaks_http else None,
    }


def _object_container(one: Exported, say: Say) -> Hot:
    readers = ".r:*,.rlistings" if one.said("public_read") else None
    return {"name": one.said("name"), "X-Container-Read": readers}


def _database_instance(one: Exported, say: Say) -> Hot:
    """Heat knows no allowed addresses of a database: the network that it stands in is what guards it."""
    database = str(one.said("database", "app"))
    password = one.said("password")
    return {
        "name": one.said("name"),
        "flavor": say(one.choices["flavor"]),
        "size": one.said("volume_gib"),
        "datastore_type": one.choices["datastore"],
        "datastore_version": say(one.choices["datastore_version"]),
        "networks": [{"network": say(one.said("network"))}],
        "databases": [{"name": database}],
        "users": [
            {
                "name": str(one.said("user", "app")),
                "password": say(password),
                "host": "%",
                "databases": [database],
            }
        ]
        if password
        else None,
    }


def _secret(one: Exported, say: Say) -> Hot:
    return {
        "name": one.said("name"),
        "secret_type": "opaque",
        "payload_content_type": "application/octet-stream",
        "payload_content_encoding": "base64",
        "payload": say(one.choices["payload"]),
    }


def _dns_zone(one: Exported, say: Say) -> Hot:
    return {
        "name": as_dns_name(one.said("zone")),
        "email": one.said("email"),
        "ttl": one.said("ttl_seconds"),
        "description": one.said("name"),
    }


def _dns_record(one: Exported, say: Say) -> Hot:
    return {
        "zone": say(one.said("zone")),
        "name": as_dns_name(one.said("record_name")),
        "type": one.said("type"),
        "records": say(one.said("records")),
        "ttl": one.said("ttl_seconds"),
    }


def _image(one: Exported, say: Say) -> Hot:
    return {
        "name": one.said("image_name"),
        "location": one.said("url"),
        "disk_format": "qcow2",
        "container_format": "bare",
        "visibility": "private",
    }


def _file_share(one: Exported, say: Say) -> Hot:
    return {
        "name": one.said("name"),
        "size": one.said("size_gb"),
        "share_protocol": str(one.said("protocol", "NFS")).upper(),
    }


def _vpn_service(one: Exported, say: Say) -> Hot:
    return {
        "name": one.said("name"),
        "router": say(one.said("router")),
        "subnet": say(one.choices.get("subnet")),
    }


def _vpn_ike_policy(one: Exported, say: Say) -> Hot:
    return {
        "name": one.said("name"),
        "ike_version": one.said("ike_version"),
        "encryption_algorithm": one.said("encryption"),
    }


def _vpn_ipsec_policy(one: Exported, say: Say) -> Hot:
    return {"name": one.said("name"), "encryption_algorithm": one.said("encryption")}


def _vpn_connection(one: Exported, say: Say) -> Hot:
    dpd = one.said("dpd")
    return {
        "name": one.said("name"),
        "vpnservice_id": say(one.said("service")),
        "ikepolicy_id": say(one.said("ike_policy")),
        "ipsecpolicy_id": say(one.said("ipsec_policy")),
        "peer_address": say(one.said("peer_address")),
        "peer_id": say(one.said("peer_address")),
        "peer_cidrs": say(one.choices.get("peer_cidrs")),
        "psk": say(one.said("psk")),
        "dpd": dict(dpd) if isinstance(dpd, Mapping) else None,
    }


def _nothing(one: Exported, say: Say) -> list[HeatResource]:
    """Heat's connection says both ends itself."""
    return []


def _scaling_group(one: Exported, say: Say) -> list[HeatResource]:
    """Each member is a small stack, whose template stands in this one as text: so there is one file."""
    spec = {
        **one.choices,
        **{name: say(value) for name, value in one.resource.properties.items()},
        "flavor_id": say(one.choices["flavor"]),
        "image_id": say(one.choices["image"]),
        "external_network_id": say(one.choices.get("external_network")),
    }
    prefix = f"{one.name}_"
    made = scaling_resources(spec, prefix=prefix)
    member = made[f"{prefix}group"]["properties"]["resource"]
    member["type"] = "OS::Heat::Stack"
    member["properties"] = {"parameters": member["properties"], "template": yaml_text(member_template(spec))}
    return [
        HeatResource(part["type"], part["properties"], name.removeprefix(prefix))
        for name, part in made.items()
    ]


WRITERS: Mapping[str, Writer] = {
    kind.NETWORK: _one("OS::Neutron::Net", _network),
    kind.SUBNET: _one("OS::Neutron::Subnet", _subnet),
    kind.ROUTER: _one("OS::Neutron::Router", _router),
    kind.ROUTER_INTERFACE: _router_interface,
    kind.ROUTER_ROUTE: _one("OS::Neutron::ExtraRouteSet", _router_route),
    kind.PORT: _one("OS::Neutron::Port", _port),
    kind.SECURITY_GROUP: _one("OS::Neutron::SecurityGroup", _security_group),
    kind.SECURITY_GROUP_RULE: _security_group_rule,
    kind.FLOATING_IP: _one("OS::Neutron::FloatingIP", _floating_ip),
    kind.SERVER_GROUP: _one("OS::Nova::ServerGroup", _server_group),
    kind.SERVER: _one("OS::Nova::Server", _server),
    kind.KEY_PAIR: _one("OS::Nova::KeyPair", _key_pair),
    kind.VOLUME: _one("OS::Cinder::Volume", _volume),
    kind.VOLUME_ATTACHMENT: _one("OS::Cinder::VolumeAttachment", _volume_attachment),
    kind.LOAD_BALANCER: _one("OS::Octavia::LoadBalancer", _load_balancer),
    kind.LISTENER: _one("OS::Octavia::Listener", _listener),
    kind.POOL: _one("OS::Octavia::Pool", _pool),
    kind.MEMBER: _one("OS::Octavia::PoolMember", _member),
    kind.HEALTH_MONITOR: _one("OS::Octavia::HealthMonitor", _health_monitor),
    kind.OBJECT_CONTAINER: _one("OS::Swift::Container", _object_container),
    kind.DATABASE_INSTANCE: _one("OS::Trove::Instance", _database_instance),
    kind.SECRET: _one("OS::Barbican::Secret", _secret),
    kind.DNS_ZONE: _one("OS::Designate::Zone", _dns_zone),
    kind.DNS_RECORD: _one("OS::Designate::RecordSet", _dns_record),
    kind.VPN_SERVICE: _one("OS::Neutron::VPNService", _vpn_service),
    kind.VPN_IKE_POLICY: _one("OS::Neutron::IKEPolicy", _vpn_ike_policy),
    kind.VPN_IPSEC_POLICY: _one("OS::Neutron::IPsecPolicy", _vpn_ipsec_policy),
    kind.VPN_ENDPOINT_GROUP: _nothing,
    kind.VPN_CONNECTION: _one("OS::Neutron::IPsecSiteConnection", _vpn_connection),
    kind.SCALING_GROUP: _scaling_group,
    kind.IMAGE: _one("OS::Glance::WebImage", _image),
    kind.FILE_SHARE: _one("OS::Manila::Share", _file_share),
}

# Kinds that Heat cannot make as they are drawn, with the reason that the file gives.
BY_HAND: Mapping[str, str] = {
    kind.ALARM: "Telemetry knows what it watches by an id of its own, once it has heard of it.",
}

# How an output is asked for, where it is not the id. A list is the path of get_attr behind the name.
OUTPUTS: Mapping[tuple[str, str], list[Any]] = {
    (kind.PORT, "address"): ["fixed_ips", 0, "ip_address"],
    (kind.FLOATING_IP, "address"): ["floating_ip_address"],
    (kind.LOAD_BALANCER, "address"): ["vip_address"],
    (kind.LOAD_BALANCER, "vip_port_id"): ["vip_port_id"],
    (kind.DATABASE_INSTANCE, "address"): ["show", "ip", 0],
    (kind.SERVER, "address"): ["first_address"],
    (kind.VPN_SERVICE, "address"): ["show", "external_v4_ip"],
}

"""How each resource kind is written for the collection openstack.cloud, and how its outputs are asked for.

Its modules know things by their names. What has no module of its own goes through `resource`, which calls
the OpenStack SDK.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from deployer.exports.ansible.jinja import Expr
from deployer.exports.phrasing import Say, as_cidr, as_dns_name, with_values
from deployer.exports.subject import Exported
from designer.domain import resources as kind

Args = dict[str, Any]


@dataclass(frozen=True)
class Task:
    """One call of a module. `removal` are the arguments that remove it, None where it goes with another.

    `patient`: the cloud may be at work on the same thing. `until` says of the answer when it is finished.
    """

    module: str
    args: Args
    removal: Args | None = None
    patient: bool = False
    until: str = ""
    removed_by: str = ""  # the module, where another one makes it


Writer = Callable[[Exported, Say], Task]


def _named(module: str, args: Callable[[Exported, Say], Args], *, patient: bool = False) -> Writer:
    """A module that knows its thing by its name."""

    def write(one: Exported, say: Say) -> Task:
        name = say(one.said("name"))
        return Task(module, {"name": name, **with_values(args(one, say))}, {"name": name}, patient)

    return write


def _part(module: str, args: Callable[[Exported, Say], Args], *, patient: bool = False) -> Writer:
    """It goes when what it is part of goes."""
    return lambda one, say: Task(module, with_values(args(one, say)), None, patient)


def _sdk(service: str, noun: str, attributes: Args, *, removable: bool = True) -> Task:
    """Through the SDK; it is updated by nothing, because the SDK's answers are spelt differently."""
    call = {"service": service, "type": noun, "attributes": with_values(attributes)}
    name = attributes.get("name")
    removal = {**call, "attributes": {"name": name}} if name is not None and removable else None
    return Task("resource", {**call, "updateable_attributes": []}, removal)


def _subnet(one: Exported, say: Say) -> Args:
    return {
        "network": say(one.said("network")),
        "cidr": one.said("cidr"),
        "ip_version": 6 if ":" in one.said("cidr") else 4,
        "is_dhcp_enabled": one.said("dhcp", True),
        "dns_nameservers": list(one.said("dns_nameservers", ())) or None,
        "gateway_ip": one.said("gateway_ip"),
        "allocation_pools": say(one.said("allocation_pools")) or None,
        "host_routes": [
            {"destination": route["destination"], "nexthop": say(route["next_hop"])}
            for route in one.said("host_routes", ())
        ]
        or None,
    }


def _router(one: Exported, say: Say) -> Args:
    """With all its interfaces: the module takes away those that it is not told of."""
    external = one.choices.get("external_network")
    return {
        "network": say(external) if external else None,
        "enable_snat": False if external and one.said("enable_snat", True) is False else None,
        "interfaces": [
            {"net": say(leg["network"]), "subnet": say(leg["subnet"]), "portip": leg["address"]}
            if leg["address"]
            else say(leg["subnet"])
            for leg in one.choices["interfaces"]
        ]
        or None,
    }


def _router_route(one: Exported, say: Say) -> Task:
    route = {"destination": one.said("destination"), "nexthop": say(one.said("next_hop"))}
    attributes = {"id": say(one.said("router")), "routes": [route]}
    call = {"service": "network", "type": "router", "updateable_attributes": ["routes"]}
    return Task("resource", {**call, "attributes": attributes}, None)


def _port(one: Exported, say: Say) -> Task:
    """The module for ports would give one that is there another address, for want of a given one."""
    pairs = [{"ip_address": say(address)} for address in one.said("allowed_addresses", ())]
    attributes = {
        "name": say(one.said("name")),
        "network_id": say(one.said("network")),
        "fixed_ips": [{"subnet_id": say(one.said("subnet"))}],
        "security_group_ids": say(one.said("security_groups", ())),
        "allowed_address_pairs": pairs or None,
    }
    return _sdk("network", "port", attributes)


def _security_group_rule(one: Exported, say: Say) -> Args:
    cidr, protocol = one.said("remote_cidr"), one.said("protocol", "any")
    return {
        "security_group": say(one.said("security_group")),
        "direction": one.said("direction", "ingress"),
        "ether_type": "IPv6" if isinstance(cidr, str) and ":" in cidr else "IPv4",
        "protocol": None if protocol == "any" else protocol,
        "port_range_min": one.said("port_min"),
        "port_range_max": one.said("port_max"),
        "remote_group": say(one.said("remote_group")),
        "remote_ip_prefix": say(as_cidr(cidr)) if cidr else None,
        "description": one.said("description"),
    }


def _floating_ip(one: Exported, say: Say) -> Task:
    """Known by the port that it belongs to."""
    attributes = {
        "floating_network_id": say(Expr(f"{one.choices['external_network'].name}_found.networks[0].id")),
        "port_id": say(one.said("port") or one.said("load_balancer")),
    }
    call = {"service": "network", "type": "ip", "attributes": attributes}
    return Task("resource", {**call, "updateable_attributes": []}, None)


def _server_group(one: Exported, say: Say) -> Args:
    return {"policy": one.said("policy", "soft-anti-affinity")}


def _server(one: Exported, say: Say) -> Args:
    """With the groups of its ports: played again, the module takes away those that it is not told of."""
    boot_volume, group = one.said("boot_volume"), one.said("server_group")
    return {
        "flavor": say(one.choices["flavor"]),
        "image": None if boot_volume else say(one.choices["image"]),
        "boot_volume": say(boot_volume),
        "nics": [{"port-id": say(port)} for port in one.said("ports", ())] or None,
        "security_groups": say(one.choices["security_groups"]),
        "auto_ip": False,
        "availability_zone": say(one.choices.get("zone")),
        "key_name": say(one.said("key_pair")),
        "scheduler_hints": {"group": say(group)} if group else None,
        "userdata": say(one.said("user_data")),
    }


def _key_pair(one: Exported, say: Say) -> Task:
    return Task(
        "keypair", {"name": one.name, "public_key": say(one.choices["public_key"])}, {"name": one.name}
    )


def _volume(one: Exported, say: Say) -> Args:
    return {
        "size": one.said("size_gib"),
        "volume_type": say(one.choices.get("volume_type")),
        "availability_zone": say(one.choices.get("zone")),
        "image": say(one.choices.get("image")),
    }


def _volume_attachment(one: Exported, say: Say) -> Args:
    return {"server": say(one.said("server")), "volume": say(one.said("volume"))}


def _load_balancer(one: Exported, say: Say) -> Task:
    """Its public address and all its parts go with it.

    Not made by the module for balancers: played again, that takes away a public address that it did not give.
    """
    name = say(one.said("name"))
    made = _sdk("load_balancer", "load_balancer", {"name": name, "vip_subnet_id": say(one.said("subnet"))})
    return Task(
        made.module,
        made.args,
        {"name": name, "delete_floating_ip": True},
        until="{}.resource.provisioning_status == 'ACTIVE'",
        removed_by="loadbalancer",
    )


def _listener(one: Exported, say: Say) -> Args:
    return {
        "name": say(one.said("name")),
        "load_balancer": say(one.said("load_balancer")),
        "protocol": one.said("protocol"),
        "protocol_port": one.said("port"),
        "default_tls_container_ref": say(one.said("certificate")),
    }


def _pool(one: Exported, say: Say) -> Task:
    """The module knows no sessions that stay with a server, so those pools go through the SDK."""
    persistence = one.said("session_persistence")
    name, algorithm = say(one.said("name")), str(one.said("algorithm", "ROUND_ROBIN")).upper()
    if not persistence:
        args = {
            "name": name,
            "listener": say(one.said("listener")),
            "protocol": one.said("protocol"),
            "lb_algorithm": algorithm,
        }
        return Task("lb_pool", args, None, patient=True)
    attributes = {
        "name": name,
        "listener_id": say(one.said("listener")),
        "protocol": one.said("protocol"),
        "lb_algorithm": algorithm,
        "session_persistence": dict(persistence)
        if isinstance(persistence, Mapping)
        else {"type": str(persistence).upper()},
    }
    task = _sdk("load_balancer", "pool", attributes, removable=False)
    return Task(task.module, task.args, None, patient=True)


def _member(one: Exported, say: Say) -> Args:
    return {
        "name": say(one.said("name")),
        "pool": say(one.said("pool")),
        "address": say(one.said("address")),
        "protocol_port": one.said("port"),
        "subnet_id": say(one.said("subnet")),
    }


def _health_monitor(one: Exported, say: Say) -> Args:
    speaks_http = str(one.said("type")).startswith("HTTP")
    return {
        "name": say(one.said("name")),
        "pool": say(one.said("pool")),
        "type": one.said("type"),
        "delay": one.said("delay_seconds"),
        "health_monitor_timeout": one.said("timeout_seconds"),
        "max_retries": one.said("retries"),
        "url_path": one.said("path") if speaks_http else None,
    }


def _object_container(one: Exported, say: Say) -> Args:
    return {"read_ACL": ".r:*,.rlistings" if one.said("public_read") else None}


def _dns_zone(one: Exported, say: Say) -> Task:
    name = as_dns_name(one.said("zone"))
    said = {"name": name, "zone_type": "primary", "email": one.said("email"), "ttl": one.said("ttl_seconds")}
    return Task("dns_zone", said, {"name": name})


def _dns_record(one: Exported, say: Say) -> Args:
    return {
        "zone": say(one.said("zone")),
        "name": as_dns_name(one.said("record_name")),
        "recordset_type": str(one.said("type")).lower(),
        "records": say(one.said("records")),
        "ttl": one.said("ttl_seconds"),
    }


def _vpn(noun: str, attributes: Callable[[Exported, Say], Args]) -> Writer:
    return lambda one, say: _sdk("network", noun, {"name": say(one.said("name")), **attributes(one, say)})


def _vpn_connection(one: Exported, say: Say) -> Args:
    dpd = one.said("dpd")
    return {
        "vpnservice_id": say(one.said("service")),
        "ikepolicy_id": say(one.said("ike_policy")),
        "ipsecpolicy_id": say(one.said("ipsec_policy")),
        "local_ep_group_id": say(one.said("local_group")),
        "peer_ep_group_id": say(one.said("peer_group")),
        "peer_address": say(one.said("peer_address")),
        "peer_id": say(one.said("peer_address")),
        "psk": say(one.said("psk")),
        "dpd": dict(dpd) if isinstance(dpd, Mapping) else None,
    }


def _image(one: Exported, say: Say) -> Task:
    name = say(one.said("image_name"))
    said = {"name": name, "use_import": True, "import_method": "web-download", "uri": say(one.said("url"))}
    return Task("image", said, {"name": name})


def _file_share(one: Exported, say: Say) -> Task:
    return _sdk(
        "shared_file_system",
        "share",
        {
            "name": say(one.said("name")),
            "size": one.said("size_gb"),
            "share_protocol": str(one.said("protocol", "NFS")).upper(),
        },
    )


WRITERS: Mapping[str, Writer] = {
    kind.NETWORK: _named("network", lambda one, say: {}),
    kind.SUBNET: _named("subnet", _subnet),
    kind.ROUTER: _named("router", _router),
    kind.ROUTER_ROUTE: _router_route,
    kind.PORT: _port,
    kind.SECURITY_GROUP: _named(
        "security_group", lambda one, say: {"description": say(one.said("description"))}
    ),
    kind.SECURITY_GROUP_RULE: _part("security_group_rule", _security_group_rule),
    kind.FLOATING_IP: _floating_ip,
    kind.SERVER_GROUP: _named("server_group", _server_group),
    kind.SERVER: _named("server", _server),
    kind.KEY_PAIR: _key_pair,
    kind.VOLUME: _named("volume", _volume),
    kind.VOLUME_ATTACHMENT: _part("server_volume", _volume_attachment),
    kind.LOAD_BALANCER: _load_balancer,
    kind.LISTENER: _part("lb_listener", _listener, patient=True),
    kind.POOL: _pool,
    kind.MEMBER: _part("lb_member", _member, patient=True),
    kind.HEALTH_MONITOR: _part("lb_health_monitor", _health_monitor, patient=True),
    kind.OBJECT_CONTAINER: _named("object_container", _object_container),
    kind.DNS_ZONE: _dns_zone,
    kind.DNS_RECORD: _part("recordset", _dns_record),
    kind.VPN_SERVICE: _vpn("vpn_service", lambda one, say: {"router_id": say(one.said("router"))}),
    kind.VPN_IKE_POLICY: _vpn(
        "vpn_ike_policy",
        lambda one, say: {
            "ike_version": one.said("ike_version"),
            "encryption_algorithm": one.said("encryption"),
        },
    ),
    kind.VPN_IPSEC_POLICY: _vpn(
        "vpn_ipsec_policy", lambda one, say: {"encryption_algorithm": one.said("encryption")}
    ),
    kind.VPN_ENDPOINT_GROUP: _vpn(
        "vpn_endpoint_group",
        lambda one, say: {"type": one.said("type"), "endpoints": say(one.said("endpoints", ()))},
    ),
    kind.VPN_CONNECTION: _vpn("vpn_ipsec_site_connection", _vpn_connection),
    kind.IMAGE: _image,
    kind.FILE_SHARE: _file_share,
}

# Written with another resource: its router's task has them all.
WITH_ANOTHER = frozenset({kind.ROUTER_INTERFACE})

# Kinds that the collection cannot make, with the reason that the playbook gives.
BY_HAND: Mapping[str, str] = {
    kind.ALARM: "The collection has no alarms.",
    kind.DATABASE_INSTANCE: "The collection has no managed databases: make it, and give its address here.",
    kind.SECRET: "The collection has no key manager: README.md says how to put the certificate there.",
    kind.SCALING_GROUP: "The collection has no scaling groups: take the Heat template for this part.",
}

# Where a registered answer has an output. `{}` is the answer's name.
OUTPUTS: Mapping[tuple[str, str], str] = {
    (kind.PORT, "address"): "{}.resource.fixed_ips[0].ip_address",
    (kind.FLOATING_IP, "address"): "{}.resource.floating_ip_address",
    (kind.LOAD_BALANCER, "address"): "{}.resource.vip_address",
    (kind.LOAD_BALANCER, "vip_port_id"): "{}.resource.vip_port_id",
    (kind.SERVER, "address"): "{}.server.access_ipv4",
    (kind.VPN_SERVICE, "address"): "{}.resource.external_v4_ip",
    (kind.KEY_PAIR, "id"): "{}.keypair.name",
    (kind.NETWORK, "id"): "{}.network.id",
    (kind.SUBNET, "id"): "{}.subnet.id",
    (kind.ROUTER, "id"): "{}.router.id",
    (kind.SECURITY_GROUP, "id"): "{}.security_group.id",
    (kind.SERVER_GROUP, "id"): "{}.server_group.id",
    (kind.SERVER, "id"): "{}.server.id",
    (kind.VOLUME, "id"): "{}.volume.id",
    (kind.LISTENER, "id"): "{}.listener.id",
    (kind.DNS_ZONE, "id"): "{}.zone.id",
    (kind.OBJECT_CONTAINER, "id"): "{}.container.name",
}
# What went through the SDK answers with this.
RESOURCE_ID = "{}.resource.id"

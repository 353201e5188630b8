"""The Heat templates of a scaling group: the group with its policies and alarms, and one member beside it.

    group ── members, each with its port, and as drawn its volumes, public address and places in pools
    grow, shrink ── how many come or go, and the rest afterwards
    busy, idle ── alarms on the members' average, which pull the one or the other

A value may be final, or a piece of HOT such as {"get_resource": "web_subnet"}: whoever exports a design puts
those in, whoever deploys it the ids that the cloud has given. The member gets all of them as parameters.

Shape of a spec: a scaling group's properties as the graph has them, with `flavor_id`, `flavor_vcpus`,
`flavor_ram_mib`, `image_id`, `external_network_id` and `volume_types` as matched for the cloud.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from deployer.domain.measurements import measured

VERSION = "2018-08-31"
MEMBER_FILE = "member.yaml"
GROUP = "group"  # what the stack calls the group in it
# The one attribute of a server that telemetry keeps for queries like ours.
MEASURED_AS = "metering.server_group"
TAGGED_AS = "stackdraft"
MIB = 1024

Hot = dict[str, Any]


def scaling_template(spec: Mapping[str, Any], *, description: str = "", tag: str = "") -> Hot:
    """A stack of its own; its member's template goes with it as the file MEMBER_FILE."""
    return {
        "heat_template_version": VERSION,
        "description": description,
        "resources": scaling_resources(spec, tag=tag),
        "outputs": {
            "size": {"value": {"get_attr": ["group", "current_size"]}},
            "servers": {"value": {"get_attr": ["group", "refs"]}},
            # For alarms on the group: telemetry tells no shares, only figures.
            "vcpus": {"value": spec["flavor_vcpus"]},
            "ram_mib": {"value": spec["flavor_ram_mib"]},
        },
    }


def scaling_resources(
    spec: Mapping[str, Any], *, prefix: str = "", member_file: str = MEMBER_FILE, tag: str = ""
) -> dict[str, Hot]:
    """The group, its policies and its alarms by name, to stand in a stack of their own or in a larger one.

    `desired` may be missing: then the group stays as large as its load has made it.
    """
    group = f"{prefix}{GROUP}"
    properties: Hot = {
        "min_size": spec["min"],
        "max_size": spec["max"],
        "cooldown": spec["cooldown_seconds"],
        "rolling_updates": {"min_in_service": spec["min"], "max_batch_size": 1},
        "resource": {
            "type": member_file,
            "properties": member_values(spec, load_name=_load_name(prefix), tag=tag),
        },
    }
    if spec.get("desired") is not None:
        properties["desired_capacity"] = spec["desired"]
    return {
        group: {"type": "OS::Heat::AutoScalingGroup", "properties": properties},
        f"{prefix}grow": _policy(spec, group, spec["adjustment"]),
        f"{prefix}shrink": _policy(spec, group, -spec["adjustment"]),
        f"{prefix}busy": _alarm(spec, "gt", spec["up_threshold_percent"], f"{prefix}grow", prefix),
        f"{prefix}idle": _alarm(spec, "lt", spec["down_threshold_percent"], f"{prefix}shrink", prefix),
    }


def member_values(spec: Mapping[str, Any], *, load_name: Any, tag: str = "") -> Hot:
    """What the group hands to each member. Shape: parameter name -> value.

    Under `load_name` telemetry keeps what all members of the group do.
    """
    member = spec["member"]
    values: Hot = {
        "name": spec["name"],
        "tag": tag,
        "flavor": spec["flavor_id"],
        "image": spec["image_id"],
        "network": member["network"],
        "subnet": member["subnet"],
        "security_groups": list(member.get("security_groups") or ()),
        "user_data": member.get("user_data") or "",
        "metadata": _metadata(spec, load_name, tag),
    }
    if member.get("key_pair"):
        values["key_pair"] = member["key_pair"]
    if member.get("public_address"):
        values["external_network"] = spec["external_network_id"]
    for number, place in enumerate(spec.get("pools") or ()):
        values |= {f"pool_{number}": place["pool"], f"pool_{number}_subnet": place["subnet"]}
    return values


def member_template(spec: Mapping[str, Any]) -> Hot:
    """One member, for a file beside the stack's template: the same whatever the values are."""
    resources: dict[str, Hot] = {"port": _port(), "server": _server(spec)}
    for number, volume in enumerate(spec["member"].get("volumes") or ()):
        resources |= _volume(number, volume, _volume_type(spec, number))
    if spec["member"].get("public_address"):
        resources["address"] = _address()
    for number, place in enumerate(spec.get("pools") or ()):
        resources[f"place_{number}"] = _place(number, place["port"])
    return {
        "heat_template_version": VERSION,
        "description": "One member of a scaling group.",
        "parameters": dict(_parameters(member_values({**spec, **_ANY_MATCH}, load_name=""))),
        "resources": resources,
        # What Heat knows the member by; the balancer's member and the alarms speak of the server.
        "outputs": {"OS::stack_id": {"value": {"get_resource": "server"}}},
    }


_ANY_MATCH = {"flavor_id": "", "image_id": "", "external_network_id": "", "name": ""}
_LISTS = {"security_groups": "json", "metadata": "json"}


def _parameters(values: Hot) -> Iterator[tuple[str, Hot]]:
    for name in values:
        yield name, {"type": _LISTS.get(name, "string")}


def _load_name(prefix: str) -> Hot:
    """The stack's id; one of several groups in a stack adds its own name."""
    stack: Hot = {"get_param": "OS::stack_id"}
    return {"list_join": ["/", [stack, prefix]]} if prefix else stack


def _metadata(spec: Mapping[str, Any], load_name: Any, tag: str) -> Hot:
    """The selector that is drawn, for people; and the one that telemetry keeps, for the alarms."""
    name, equals, value = str(spec.get("selector") or "").partition("=")
    drawn = {name: value} if equals else {}
    return {**drawn, MEASURED_AS: load_name, **({TAGGED_AS: tag} if tag else {})}


def _policy(spec: Mapping[str, Any], group: str, change: int) -> Hot:
    return {
        "type": "OS::Heat::ScalingPolicy",
        "properties": {
            "adjustment_type": "change_in_capacity",
            "auto_scaling_group_id": {"get_resource": group},
            "cooldown": spec["cooldown_seconds"],
            "scaling_adjustment": change,
        },
    }


def _alarm(spec: Mapping[str, Any], direction: str, percent: float, policy: str, prefix: str) -> Hot:
    rule = measured(
        spec["metric"],
        percent,
        period_seconds=spec["period_seconds"],
        eval_periods=spec["eval_periods"],
        vcpus=spec["flavor_vcpus"],
        ram_mib=spec["flavor_ram_mib"],
    )
    query = json.dumps({"and": [{"=": {"server_group": "GROUP"}}, {"=": {"ended_at": None}}]})
    return {
        "type": "OS::Aodh::GnocchiAggregationByResourcesAlarm",
        "properties": {
            **rule,
            "comparison_operator": direction,
            "query": {"str_replace": {"template": query, "params": {"GROUP": _load_name(prefix)}}},
            "repeat_actions": True,
            # Aodh keeps a trust and signs in with it when it calls the policy.
            "alarm_actions": [
                {
                    "str_replace": {
                        "template": "trust+url",
                        "params": {"url": {"get_attr": [policy, "signal_url"]}},
                    }
                }
            ],
        },
    }


def _port() -> Hot:
    return {
        "type": "OS::Neutron::Port",
        "properties": {
            "name": {"get_param": "name"},
            "network": {"get_param": "network"},
            "fixed_ips": [{"subnet": {"get_param": "subnet"}}],
            "security_groups": {"get_param": "security_groups"},
            "value_specs": {"description": {"get_param": "tag"}},
        },
    }


def _server(spec: Mapping[str, Any]) -> Hot:
    properties: Hot = {
        "name": _member_name(),
        "flavor": {"get_param": "flavor"},
        "networks": [{"port": {"get_resource": "port"}}],
        "metadata": {"get_param": "metadata"},
        "user_data": {"get_param": "user_data"},
        "user_data_format": "RAW",
    }
    if spec["member"].get("key_pair"):
        properties["key_name"] = {"get_param": "key_pair"}
    if size := spec["member"].get("boot_volume_gib"):
        properties["block_device_mapping_v2"] = [
            {
                "boot_index": 0,
                "image": {"get_param": "image"},
                "volume_size": size,
                "delete_on_termination": True,
            }
        ]
    else:
        properties["image"] = {"get_param": "image"}
    return {"type": "OS::Nova::Server", "properties": properties}


def _member_name() -> Hot:
    """The group's name and the last word of what Heat calls this member."""
    own = {"str_split": ["-", {"get_param": "OS::stack_name"}, -1]}
    return {"list_join": [" ", [{"get_param": "name"}, own]]}


def _volume(number: int, volume: Mapping[str, Any], volume_type: str) -> dict[str, Hot]:
    properties: Hot = {
        "name": {"get_param": "name"},
        "size": volume["size_gib"],
        "metadata": {TAGGED_AS: {"get_param": "tag"}},
    }
    if volume_type:
        properties["volume_type"] = volume_type
    attachment = {
        "instance_uuid": {"get_resource": "server"},
        "volume_id": {"get_resource": f"volume_{number}"},
    }
    return {
        f"volume_{number}": {"type": "OS::Cinder::Volume", "properties": properties},
        f"attachment_{number}": {"type": "OS::Cinder::VolumeAttachment", "properties": attachment},
    }


def _volume_type(spec: Mapping[str, Any], number: int) -> str:
    types = spec.get("volume_types") or ()
    return str(types[number]) if number < len(types) else ""


def _address() -> Hot:
    return {
        "type": "OS::Neutron::FloatingIP",
        "properties": {
            "floating_network": {"get_param": "external_network"},
            "port_id": {"get_resource": "port"},
            "value_specs": {"description": {"get_param": "tag"}},
        },
    }


def _place(number: int, port: int) -> Hot:
    return {
        "type": "OS::Octavia::PoolMember",
        "properties": {
            "pool": {"get_param": f"pool_{number}"},
            "subnet": {"get_param": f"pool_{number}_subnet"},
            "address": {"get_attr": ["server", "first_address"]},
            "protocol_port": port,
        },
    }

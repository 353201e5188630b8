"""All sixty-five types in one design: each becomes what its file says, no less and no more."""

from collections import defaultdict
from functools import cache
from typing import Any

import pytest

from catalog.domain.component_specs import CANVAS, ComponentType
from catalog.selectors import shipped_component_types
from designer.domain.expansion import expand
from designer.domain.families import FAMILIES
from designer.domain.parsing import parse_document
from designer.domain.rules import review
from designer.domain.topology import Topology
from estimator.domain.metering import METERS, NEVER_CHARGED

TYPES = shipped_component_types()
PUBLIC_KEY = f"ssh-ed25519 {'A' * 68}"
SITES = {key for key, one in TYPES.items() if one.family == "site"}
# Where a cloud lacks a service, something else takes its place.
CLOUDS = (frozenset[str](), frozenset({"database", "key-manager", "shared-file-system"}))


def said_of(component_type: ComponentType) -> dict[str, Any]:
    """Values under which a type becomes all that it can."""
    said: dict[str, Any] = {
        "keypair": {"public_key": PUBLIC_KEY},
        "vpn_gateway": {"peer_address": "198.51.100.7", "peer_cidrs": ["10.200.0.0/16"]},
        "image": {"url": "https://images.example.com/base.img"},
        "security_group": {
            "rules": [{"direction": "ingress", "protocol": "tcp", "port": "80-90"}],
            "members": ["web_server"],
        },
        "tls_certificate": {"members": ["load_balancer"]},
        "server_group": {"members": ["web_server"]},
        "alarm": {"watches": ["web_server"]},
        "tier": {"spread": True},
        "load_balancer": {"tls": True},
        "growth_pool": {"current": 2, "boot_volume_gib": 20},
        "dbaas": {"backup": True, "ha": True, "replicas": 2},
        "cache_server": {"software": "redis", "port": 6379},
        "vpn_vm": {"software": "wireguard", "port": 51820},
    }.get(component_type.key, {})
    if component_type.family == "server":
        said = {**said, "boot_volume_gib": 20, "public_address": True}
        if "count" in component_type.properties:
            said["count"] = 2
    return said


@cache
def one_of_each() -> dict[str, Any]:
    """Two of every type in its first place, and every link that the catalogue allows."""
    components: dict[str, Any] = {}
    for component_type in TYPES.values():
        place = component_type.parents[0]
        for number, id_ in enumerate((component_type.key, f"other_{component_type.key}")):
            said = said_of(component_type)
            if component_type.key == "subnet":
                said = {"cidr": f"10.0.{number}.0/24", "public": True}
            components[id_] = {
                "type": component_type.key,
                "parent": None if place == CANVAS else place,
                "properties": said,
            }
    components["member"] = {"type": "web_server", "parent": "scaling_group"}
    # Networks with a way out and no router of their own, and with nothing said about an image.
    components["alone"] = {"type": "network", "parent": "region", "properties": {"cidr": "10.1.0.0/16"}}
    components["in_alone"] = {
        "type": "subnet",
        "parent": "alone",
        "properties": {"cidr": "10.1.0.0/24", "public": True},
    }
    components["shopper"] = {
        "type": "web_server",
        "parent": "in_alone",
        "properties": {"public_address": True},
    }
    components["far_end"] = {
        "type": "vpn_vm",
        "parent": "in_alone",
        "properties": {"software": "wireguard", "port": 51820},
    }
    components["ready_image"] = {"type": "image", "parent": "region"}
    components["unwatching"] = {"type": "alarm", "parent": "region"}
    allowed = [
        (source.key, kind, target)
        for source in TYPES.values()
        for kind, targets in source.links.items()
        for target in targets
    ]
    links = {
        f"l{number}": {"source": source, "target": f"other_{target}", "kind": kind}
        for number, (source, kind, target) in enumerate(allowed)
    }
    links["tunnel"] = {"source": "vpn_vm", "target": "far_end", "kind": "tunnel"}
    links["to_member"] = {"source": "load_balancer", "target": "member", "kind": "traffic"}
    return {"format": 1, "settings": {}, "components": components, "links": links}


@cache
def kinds_made() -> dict[str, set[str]]:
    document = parse_document(one_of_each(), TYPES)
    topology = Topology(document, TYPES)
    made: dict[str, set[str]] = defaultdict(set)
    for without in CLOUDS:
        for resource in expand(document, TYPES, without=without):
            component = document.components.get(resource.component)
            # Whatever stands in a site is external; a file says so where the type's first place is a site.
            if component and (not topology.site(component.id) or TYPES[component.type].parents[0] in SITES):
                made[component.type].add(resource.kind)
    return made


@pytest.mark.parametrize("component_type", TYPES.values(), ids=lambda one: one.key)
def test_a_type_becomes_what_its_file_says(component_type: ComponentType) -> None:
    assert component_type.family in FAMILIES
    assert kinds_made()[component_type.key] == set(component_type.makes)


def test_every_kind_that_a_type_becomes_is_metered_or_free() -> None:
    for component_type in TYPES.values():
        for kind in component_type.makes:
            assert kind in METERS or kind in NEVER_CHARGED, kind


def test_all_types_together_can_be_reviewed() -> None:
    document = parse_document(one_of_each(), TYPES)

    findings = review(document, expand(document, TYPES), TYPES)

    assert findings
    assert all(finding.detail for finding in findings)

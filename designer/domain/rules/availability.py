"""Rules about what happens when one thing fails."""

from collections.abc import Iterator

from designer.domain.document import Component
from designer.domain.rules.evidence import DATA, STATELESS, TIER_NAMES, Evidence, Notice, changed

BALANCERS = ("load_balancer", "hw_load_balancer", "lb_vm")
NAME_SERVERS = ("dns_zone", "dns_external")


def single_stateless_servers(design: Evidence) -> Iterator[Notice]:
    for role in sorted(STATELESS):
        by_region = _by_region(design, role)
        for region, components in by_region.items():
            if sum(design.server_count(one.id) for one in components) != 1:
                continue
            only = components[0]
            where = f" in {region}" if len(by_region) > 1 else ""
            detail = (
                f"{design.label(only)} is the only one of the {TIER_NAMES[role]}{where}. When it fails or "
                "restarts, the service is down. Run two."
            )
            fix = changed(only, **{"current" if only.type == "growth_pool" else "count": 2})
            yield Notice(detail, (only.id,), fix)


def tiers_in_one_zone(design: Evidence) -> Iterator[Notice]:
    for role in sorted(STATELESS):
        for components in _by_region(design, role).values():
            servers = sum(design.server_count(one.id) for one in components)
            zones = {zone for one in components for zone in _zones_used(design, one)}
            if servers >= 2 and len(zones) < 2:
                detail = (
                    f"All {servers} {TIER_NAMES[role]} are in one availability zone, or leave the choice to "
                    "the cloud. A power cut there stops them all. Name two zones for them."
                )
                fix = _over_two_zones(design, components)
                yield Notice(detail, tuple(one.id for one in components), fix)


def several_servers_and_nothing_in_front(design: Evidence) -> Iterator[Notice]:
    if design.topology.of_type(*NAME_SERVERS):
        return
    for role in sorted(STATELESS):
        for components in _by_region(design, role).values():
            direct = [one for one in components if design.links_from_outside(one.id)]
            count = sum(design.server_count(one.id) for one in direct)
            if count >= 2:
                detail = (
                    f"{design.labels(direct)}: {count} servers take visitors directly and nothing spreads "
                    "them, so a visitor whose server fails is lost. Put a load balancer in front, or names "
                    "that go round."
                )
                yield Notice(detail, tuple(one.id for one in direct), _with_balancer(design, direct))


def databases_without_a_standby(design: Evidence) -> Iterator[Notice]:
    for component in design.of_role(DATA):
        said = component.properties
        replicates = design.topology.inbound(component.id, "replication") or design.topology.outbound(
            component.id, "replication"
        )
        alone = design.server_count(component.id) < 2 and not said.get("ha") and not said.get("replicas")
        if alone and not replicates:
            detail = (
                f"{design.label(component)} has no standby. When it fails, everything behind it waits until "
                "it is repaired. "
            )
            if "ha" in said:
                detail += "Make it highly available, or add a replica."
                yield Notice(detail, (component.id,), changed(component, ha=True))
            else:
                detail += "Add a second server with the role standby, and link it by replication."
                yield Notice(detail, (component.id,))


def standbys_without_a_movable_address(design: Evidence) -> Iterator[Notice]:
    for link in design.document.links.values():
        source, target = design.component(link.source), design.component(link.target)
        if link.kind != "replication" or design.role(source) != DATA or design.role(target) != DATA:
            continue
        standby = next((one for one in (target, source) if one.properties.get("role") == "standby"), None)
        if standby is None or any(_has_movable_address(design, one) for one in (source, target)):
            continue
        primary = source if standby is target else target
        detail = (
            f"When {design.label(primary)} fails, {design.label(standby)} has the data but another address, "
            "and every application must be told. Give the pair an address that moves, or a balancer in "
            "front."
        )
        yield Notice(detail, (primary.id, standby.id))


def no_capacity_kept_for_an_emergency(design: Evidence) -> Iterator[Notice]:
    components = design.document.components.values()
    places = {sort: [one for one in components if one.type == sort] for sort in ("region", "zone")}
    recovers_elsewhere = max(len(found) for found in places.values()) >= 2
    if recovers_elsewhere and not any(one.type == "reserved_capacity" for one in components):
        detail = (
            "The design counts on a second place, and in a disaster everybody wants room there. Reserve "
            "capacity in it, so that the servers you need will start."
        )
        sort = "region" if len(places["region"]) >= 2 else "zone"
        yield Notice(detail, tuple(one.id for one in places[sort]))


def everything_in_one_region(design: Evidence) -> Iterator[Notice]:
    if design.document.settings.get("environment") != "production" or not design.by_role:
        return
    regions = [one.id for one in design.topology.of_type("region")]
    policies = design.topology.of_type("backup_policy")
    off_site = any(policy.properties["offsite"] and design.topology.inbound(policy.id) for policy in policies)
    if len(regions) < 2 and not off_site and not design.topology.of_type("external_backup"):
        detail = (
            "Everything is in one region, and no copy of the data leaves it. A disaster there ends the "
            "service. Keep backups off-site, or run a second region."
        )
        yield Notice(detail, tuple(regions))


def balancers_without_a_health_check(design: Evidence) -> Iterator[Notice]:
    for balancer in design.topology.of_family("load_balancer"):
        if not balancer.properties["health_check"]:
            detail = (
                f"{design.label(balancer)} doesn't ask whether its servers answer, so visitors keep being "
                "sent to dead ones. Switch the health check on."
            )
            yield Notice(detail, (balancer.id,), changed(balancer, health_check=True))


# --- Shared by the rules above --------------------------------------------------------------------


def _by_region(design: Evidence, role: str) -> dict[str, list[Component]]:
    grouped: dict[str, list[Component]] = {}
    for component in design.by_role.get(role, ()):
        grouped.setdefault(design.topology.region(component.id), []).append(component)
    return grouped


def _zones_used(design: Evidence, component: Component) -> list[int]:
    """Only as many zones as there are servers to put into them."""
    return design.topology.zone_indexes(component.id)[: design.server_count(component.id)]


def _over_two_zones(design: Evidence, components: list[Component]) -> dict[str, object] | None:
    zones = sorted(design.topology.of_type("zone"), key=lambda one: int(one.properties["index"]))
    if len({zone.properties["index"] for zone in zones}) < 2:
        return None
    several = [
        one
        for one in components
        if design.server_count(one.id) >= 2 and one.properties.get("zones") is not None
    ]
    named = {"properties": {"zones": [zone.id for zone in zones]}}
    return {"components": {one.id: named for one in several}} if several else None


def _has_movable_address(design: Evidence, component: Component) -> bool:
    sources = (
        design.component(link.source).type for link in design.topology.inbound(component.id, "traffic")
    )
    return design.bound_count(component.id) > 0 or any(source in BALANCERS for source in sources)


def _with_balancer(design: Evidence, servers: list[Component]) -> dict[str, object] | None:
    """A balancer beside the servers that takes over the visitors' links from outside."""
    moved = [
        link
        for server in servers
        for link in design.links_from_outside(server.id)
        if link.kind == "traffic" and link.protocol in {"HTTP", "HTTPS"}
    ]
    if not moved or len({link.source for link in moved}) != 1 or len({link.protocol for link in moved}) != 1:
        return None
    first = moved[0]
    if design.topology.family(first.source) == "floating_ip":
        return None
    balancer_id = design.free_id("load-balancer")
    # Servers that hold a certificate keep it: TLS then passes through the balancer.
    ends_tls = first.protocol == "HTTPS" and not any(server.properties.get("tls") for server in servers)
    properties: dict[str, object] = {"scheme": "public", "tls": ends_tls}
    edits: dict[str, object] = {
        balancer_id: {
            "type": "load_balancer",
            "label": "Load balancer",
            "parent": servers[0].parent,
            "properties": properties,
        }
    }
    ports = sorted({port for link in moved for port in link.ports})
    said_ports: object = ports[0] if len(ports) == 1 else ",".join(map(str, ports))
    links: dict[str, object] = {link.id: None for link in moved}
    links[design.free_id(f"{first.source}-{balancer_id}")] = {
        "source": first.source,
        "target": balancer_id,
        "kind": "traffic",
        "properties": {"protocol": first.protocol, "port": said_ports},
    }
    for server in servers:
        behind = (
            {"protocol": "HTTP", "port": 80} if ends_tls else {"protocol": first.protocol, "port": said_ports}
        )
        links[design.free_id(f"{balancer_id}-{server.id}")] = {
            "source": balancer_id,
            "target": server.id,
            "kind": "traffic",
            "properties": behind,
        }
    return {"components": edits, "links": links}

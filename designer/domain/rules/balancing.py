"""Rules about what stands in front of several servers, and in front of several balancers."""

from collections.abc import Iterable, Iterator

from designer.domain.blueprint import SERVING
from designer.domain.document import Component
from designer.domain.rules.evidence import BALANCERS, NAME_SERVERS, Evidence
from designer.domain.rules.notices import Notice, changed, joined
from designer.domain.rules.roles import STATELESS

SLOWEST_TTL = 60  # seconds that a dead balancer may stay in the answers of a name server


def several_servers_and_nothing_in_front(design: Evidence) -> Iterator[Notice]:
    named = _named_in_turn(design)
    for role in sorted(STATELESS):
        for components in design.by_place(design.by_role.get(role, ())).values():
            direct = [one for one in components if design.links_from_outside(one.id) and one.id not in named]
            count = sum(design.copies(one) for one in direct)
            if count >= 2:
                detail = (
                    f"{design.labels(direct)}: {count} servers take visitors directly and nothing spreads "
                    "them, so a visitor whose server fails is lost. Put a load balancer in front, or names "
                    "that go round."
                )
                yield Notice(detail, tuple(one.id for one in direct), _with_balancer(design, direct))


def _named_in_turn(design: Evidence) -> frozenset[str]:
    """Components that a name server leads to, by names that go round or skip what is down."""
    servers = design.topology.of_type(*NAME_SERVERS)
    return frozenset(
        link.target
        for one in servers
        if one.properties["policy"] != "single"
        for link in design.topology.outbound(one.id, "traffic")
    )


def balancers_that_are_alone(design: Evidence) -> Iterator[Notice]:
    """Machines are counted by place. A managed balancer is one machine of the cloud's, which it replaces when
    it fails; that is the weakest point only once the servers behind it are spread over zones.
    """
    machines = design.topology.of_type("lb_vm", "hw_load_balancer")
    for balancers in design.by_place(machines).values():
        if sum(_machines(one) for one in balancers) == 1:
            (only,) = (one for one in balancers if one.count)
            detail = (
                f"All traffic goes through {design.label(only)}, and there is only one. When it fails, "
                "nothing behind it is reached. Run two, with names that go round or an address that moves."
            )
            fix = changed(only, ha_pair=True) if "ha_pair" in only.properties else None
            yield Notice(detail, (only.id,), fix)
    for balancer in design.topology.of_family("load_balancer"):
        if balancer.properties["topology"] == "SINGLE" and _is_spread(design, balancer):
            detail = (
                f"The servers behind {design.label(balancer)} outlive the loss of a zone, and it doesn't: it "
                "is one machine of the cloud's. Have a second stand by."
            )
            yield Notice(detail, (balancer.id,), changed(balancer, topology="ACTIVE_STANDBY"))


def _machines(balancer: Component) -> int:
    return balancer.count * (2 if balancer.properties.get("ha_pair") else 1)


def _is_spread(design: Evidence, balancer: Component) -> bool:
    zones = {
        zone
        for one in design.pool(balancer.id)
        for zone in design.topology.zone_indexes(one.id)[: design.copies(one)]
    }
    return len(zones) > 1


def balancers_nobody_finds(design: Evidence) -> Iterator[Notice]:
    """Entrances to the same sort of servers, of which clients know one address each."""
    named = _named_in_turn(design)
    entrances: dict[frozenset[str], list[Component]] = {}
    for balancer in _entrances(design):
        roles = frozenset(role for one in design.pool(balancer.id) if (role := design.role(one)))
        if roles and balancer.id not in named:
            entrances.setdefault(roles, []).append(balancer)
    for balancers in entrances.values():
        twins = _without_partners(design, balancers)
        count = sum(1 if _shares_an_address(one) else one.count for one in twins)
        if count >= 2:
            detail = (
                f"Visitors can come in by {count} balancers ({design.labels(twins)}) and know the address "
                "of one. When that one fails, the others are no help. Let a DNS zone name them in turn, or "
                "share an address between them."
            )
            yield Notice(detail, tuple(one.id for one in twins))


def _shares_an_address(balancer: Component) -> bool:
    """Copies of one component that speak VRRP, or devices that are sold to work together."""
    return bool(balancer.properties.get("vrrp")) or balancer.type == "hw_load_balancer"


def _entrances(design: Evidence) -> Iterator[Component]:
    for balancer in design.topology.of_type(*BALANCERS):
        if balancer.count and design.links_from_outside(balancer.id):
            yield balancer


def _without_partners(design: Evidence, balancers: Iterable[Component]) -> list[Component]:
    """One of each pair that stands by for one another."""
    kept: list[Component] = []
    for balancer in balancers:
        links = [*design.topology.outbound(balancer.id, "ha"), *design.topology.inbound(balancer.id, "ha")]
        partners = {end for link in links for end in (link.source, link.target)}
        if not partners & {one.id for one in kept}:
            kept.append(balancer)
    return kept


def names_that_change_too_slowly(design: Evidence) -> Iterator[Notice]:
    for names in design.topology.of_type(*NAME_SERVERS):
        balancers = {
            link.target
            for link in design.topology.outbound(names.id, "traffic")
            if design.sort(link.target) in BALANCERS
        }
        ttl = int(names.properties["ttl_seconds"])
        slow = [f"answers are kept for {ttl} s"] if ttl > SLOWEST_TTL else []
        slow += [] if names.properties["health_check"] else ["nobody asks whether a balancer lives"]
        if slow and sum(design.component(one).count for one in balancers) >= 2:
            detail = (
                f"{design.label(names)} can't take a dead balancer out quickly: {joined(slow)}. Until then "
                f"visitors are sent there. Keep answers for {SLOWEST_TTL} s at most, with a health check."
            )
            fix = changed(names, ttl_seconds=min(ttl, SLOWEST_TTL), health_check=True)
            yield Notice(detail, (names.id, *sorted(balancers)), fix)


def pools_across_regions(design: Evidence) -> Iterator[Notice]:
    for balancer in design.topology.of_type("load_balancer", "lb_vm"):
        here = design.place(balancer.id)
        far = [
            one
            for one in design.pool(balancer.id)
            if (place := design.place(one.id)) != here and place and not design.is_site(place)
        ]
        if far and here and not design.is_site(here):
            detail = (
                f"{design.label(balancer)} sends visitors to {design.labels(far)} in another region: every "
                "request pays for the way, and the loss of either region stops it. Give each region a "
                "balancer of its own, and let DNS choose between them."
            )
            yield Notice(detail, (balancer.id, *(one.id for one in far)), _without_far(design, balancer, far))


def _without_far(design: Evidence, balancer: Component, far: list[Component]) -> dict[str, object] | None:
    """The links to the other region taken away, where some server is left to answer."""
    gone = {one.id for one in far}
    direct = [link for link in design.topology.outbound(balancer.id, *SERVING) if link.target in gone]
    if {link.target for link in direct} != gone or len(design.pool(balancer.id)) == len(far):
        return None
    return {"links": {link.id: None for link in direct}}


def balancers_without_a_health_check(design: Evidence) -> Iterator[Notice]:
    for balancer in design.topology.of_family("load_balancer"):
        if not balancer.properties["health_check"]:
            detail = (
                f"{design.label(balancer)} doesn't ask whether its servers answer, so visitors keep being "
                "sent to dead ones. Switch the health check on."
            )
            yield Notice(detail, (balancer.id,), changed(balancer, health_check=True))


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
            "parent": design.around(servers[0]),
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

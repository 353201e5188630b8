"""Rules about sites: data centres and private clouds beside the cloud, and what joins them with it."""

from collections.abc import Iterator, Mapping
from itertools import combinations

from designer.domain.arrivals import CROWD, Crowd
from designer.domain.document import Component, Link
from designer.domain.firewall import OPENING, arrivals_at
from designer.domain.rules.crossings import Crossing, between, crossings
from designer.domain.rules.evidence import Evidence
from designer.domain.rules.notices import Notice, changed, joined
from designer.domain.rules.payments import is_disk_heavy, runs_on_shared_hosts
from designer.domain.rules.roles import BATCH, DATA

EDGE_DEVICES = frozenset({"hw_firewall"})  # spoken to over the internet side as well
DEDICATED = frozenset({"baremetal"})
DATA_PORTS = frozenset({1433, 2049, 3306, 5432, 6379, 11211, 27017})  # asked many times for one page
PATIENCE_MS = 5  # Source: "a few milliseconds" is what the hybrid reference allows between web and database
CEILING_MBPS = {"v3": 1000}  # Source: RackConnect v3, quality of service at most 1 Gbit/s
SECONDS_A_MONTH = 730 * 3600
PEAK = 10  # a busy second carries ten times the month's mean


def links_without_a_way(design: Evidence) -> Iterator[Notice]:
    ways = crossings(design)
    connectors = {one for way in ways for one in way.connectors}
    for link in design.document.links.values():
        if link.kind not in {"traffic", "replication", "admin"} or {link.source, link.target} & connectors:
            continue
        left, right = _ends(design, link)
        if (
            left is None
            or right is None
            or left == right
            or not (design.is_site(left) or design.is_site(right))
        ):
            continue
        if not between(ways, left, right):
            detail = (
                f"{design.label(link.source)} in {design.place_name(left)} is linked to "
                f"{design.label(link.target)} in {design.place_name(right)}, and nothing joins the two. "
                "Lead the link through an interconnect or a VPN."
            )
            yield Notice(detail, (link.source, link.target))


def _ends(design: Evidence, link: Link) -> tuple[str | None, str | None]:
    """The places of both ends; none for what stands on the open canvas or at the edge."""
    ends = [design.component(link.source), design.component(link.target)]
    if any(one.parent is None or one.type in EDGE_DEVICES for one in ends):
        return None, None
    if any(design.sort(one.id) in {"interconnect", "vpn_gateway"} for one in ends):
        return None, None
    return design.place(link.source), design.place(link.target)


def mixed_pools(design: Evidence) -> Iterator[Notice]:
    for balancer in design.topology.of_family("load_balancer"):
        pool = design.pool(balancer.id)
        dedicated = [one for one in pool if _is_dedicated(design, one)]
        cloudy = [one for one in pool if one not in dedicated]
        if dedicated and cloudy and not design.is_on_site(balancer.id):
            detail = (
                f"{design.label(balancer)} is in the cloud and sends visitors to {design.labels(dedicated)} "
                f"on dedicated hardware and to {design.labels(cloudy)} in the cloud. Requests to the "
                "hardware leave the cloud and come back. Put a hardware balancer at the edge, which serves "
                "both."
            )
            yield Notice(detail, (balancer.id, *(one.id for one in pool)))


def _is_dedicated(design: Evidence, component: Component) -> bool:
    return design.topology.family(component.id) in DEDICATED or design.is_on_site(component.id)


def single_ways_to_a_site(design: Evidence) -> Iterator[Notice]:
    ways = crossings(design)
    noted: set[Crossing] = set()
    for way in ways:
        for left, right in combinations(sorted(way.places), 2):
            to_site = design.is_site(left) or design.is_site(right)
            if to_site and len(between(ways, left, right)) == 1 and way not in noted:
                noted.add(way)
                detail = (
                    f"{design.labels(way.connectors)} is the only way between {design.place_name(left)} and "
                    f"{design.place_name(right)}. When it fails, each side is alone. Add a second one, or a "
                    "VPN to fall back on."
                )
                yield Notice(detail, way.connectors)


def ways_too_small_or_slow(design: Evidence) -> Iterator[Notice]:
    for way in design.topology.of_type("interconnect"):
        said = way.properties
        bandwidth, latency = int(said["bandwidth_mbps"]), int(said["latency_ms"])
        ceiling = CEILING_MBPS.get(str(said["version"]))
        expected = _expected_mbps(design, way)
        if ceiling and bandwidth > ceiling:
            detail = (
                f"{design.label(way)} is drawn with {bandwidth} Mbit/s, and {said['version']} ends at "
                f"{ceiling}. Split the traffic over two, or keep the busy tiers on one side."
            )
            yield Notice(detail, (way.id,), changed(way, bandwidth_mbps=ceiling))
        elif expected > bandwidth:
            enough = -(-expected // 100) * 100
            detail = (
                f"Visitors send about {expected} Mbit/s over {design.label(way)} in a busy second, and it "
                f"carries {bandwidth}. Raise its bandwidth, or keep the busy tiers on one side."
            )
            fits = ceiling is None or enough <= ceiling
            yield Notice(detail, (way.id,), changed(way, bandwidth_mbps=enough) if fits else None)
        if latency > PATIENCE_MS and (slow := _asked_often(design, way)):
            detail = (
                f"Each question to {design.labels(slow)} takes {latency} ms more over {design.label(way)}, "
                "and a page asks many. Keep servers and their data on one side, or the way under "
                f"{PATIENCE_MS} ms."
            )
            yield Notice(detail, (way.id, *slow))


def _expected_mbps(design: Evidence, way: Component) -> int:
    """What the visitors of clients whose requests come over this way amount to, where a client says so."""
    total = 0.0
    for client in design.topology.of_type("client"):
        visits, page_kb = client.properties.get("visits_per_month"), client.properties.get("page_kb")
        if visits and page_kb and way.id in _led_to(design, client.id):
            total += visits * page_kb * 8 / 1000 / SECONDS_A_MONTH * PEAK
    return int(total)


def _led_to(design: Evidence, start: str) -> set[str]:
    found, waiting = {start}, [start]
    while waiting:
        new = {link.target for link in design.topology.outbound(waiting.pop(), "traffic")} - found
        found |= new
        waiting.extend(new)
    return found


def _asked_often(design: Evidence, way: Component) -> list[str]:
    links = design.topology.outbound(way.id, "traffic")
    return sorted({link.target for link in links if set(link.ports) & DATA_PORTS})


def workloads_in_the_wrong_place(design: Evidence) -> Iterator[Notice]:
    growing = [*design.topology.of_type("scaling_group", "growth_pool"), *design.of_role(BATCH)]
    fixed = [one for one in growing if _is_on_hardware(design, one)]
    for component in {one.id: one for one in fixed}.values():
        detail = (
            f"{design.label(component)} grows and shrinks with its work, and stands where machines are "
            "bought one by one. Move it to the cloud, where an hour more costs an hour more."
        )
        yield Notice(detail, (component.id,))
    if any(design.topology.of_family("baremetal", "site")):
        for component in design.of_role(DATA):
            if is_disk_heavy(component) and runs_on_shared_hosts(design, component):
                detail = (
                    f"{design.label(component)} reads and writes its disk heavily at a steady pace, on a "
                    "shared host, and this design has dedicated machines. Move it to one of them."
                )
                yield Notice(detail, (component.id,))


def _is_on_hardware(design: Evidence, component: Component) -> bool:
    """Dedicated machines, or a site without a cloud of its own around it."""
    if design.topology.family(component.id) in DEDICATED:
        return True
    around = [one.type for one in design.document.ancestors(component.id)]
    return design.is_on_site(component.id) and "private_cloud" not in around


def hardware_without_a_twin(design: Evidence) -> Iterator[Notice]:
    for device in design.topology.of_type("hw_firewall", "hw_load_balancer"):
        pair = "ha" if device.type == "hw_firewall" else "ha_pair"
        links = [*design.topology.outbound(device.id, "ha"), *design.topology.inbound(device.id, "ha")]
        if device.count == 1 and not device.properties[pair] and not links:
            detail = (
                f"{design.label(device)} is one device without a twin, and everything comes in through it. "
                "Have a second stand by."
            )
            yield Notice(detail, (device.id,), changed(device, **{pair: True}))


def crowds_let_in_by_their_subnets(design: Evidence) -> Iterator[Notice]:
    """The one place where rules let in more than the arrows say, so it is told."""
    for (place, region), crowd in _crowds(design).items():
        subnets = {subnet.id: subnet for subnet, _ in crowd.openings}
        if not subnets:
            continue
        ranges = joined([f"{design.label(one)} ({one.properties['cidr']})" for one in subnets.values()][:3])
        more = f" and {len(subnets) - 3} more" if len(subnets) > 3 else ""
        where = f" in {design.place_name(region)}" if region else ""
        detail = (
            f"More than {CROWD} components send through {design.label(place)}, so what stands behind it"
            f"{where} lets in whole subnets: {ranges}{more}. That is wider than the arrows say, since a rule "
            "for each sender would be more than a cloud keeps. Give the senders a subnet of their own."
        )
        yield Notice(detail, (place, *subnets))


def _crowds(design: Evidence) -> Mapping[tuple[str, str | None], Crowd]:
    """Worked out anew from the links: the graph keeps rules, and no longer why they are wide."""
    if any(len(design.topology.inbound(key, *OPENING)) > CROWD for key in design.document.components):
        for component in design.running:
            arrivals_at(design, component.id)
    return design.crowds

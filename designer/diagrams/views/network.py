"""Network: ranges, routers and ways out, read off the resource graph.

It says what stands in a subnet and how many addresses that takes, but not who talks to whom.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from designer.diagrams.cards import measured_card
from designer.diagrams.compose import compose_all
from designer.diagrams.scene import Card, Dock, Scene
from designer.diagrams.subject import Subject
from designer.diagrams.views.parts import ends, part_of, with_surroundings
from designer.domain.document import Component, DesignDocument, Link
from designer.domain.resources import (
    DATABASE_INSTANCE,
    FLOATING_IP,
    PORT,
    ROUTER,
    ROUTER_INTERFACE,
    Ref,
    Resource,
)

# Families whose components carry packets, next to all that belongs to the network's edge.
_CARRIERS = frozenset({"router", "vpn", "floating_ip", "route_table", "load_balancer", "boundary"})
_CARRYING_TYPES = frozenset(
    {
        *("vpn_vm", "vpn_gateway", "vpn_mesh", "interconnect", "peering", "nat_gateway", "edge_switch"),
        *("hw_firewall", "hw_load_balancer", "fwaas", "public_network", "security_group"),
    }
)
_NOT_NETWORK = frozenset({"cdn", "dns_external", "dns_zone"})
# What joins whole networks: a line from it to a server ends at the server's subnet.
_JOINTS = frozenset({"interconnect", "vpn_gateway", "vpn_mesh", "peering", "hw_firewall", "hw_load_balancer"})
_LINKS = frozenset({"tunnel", "ha"})
_GROUPINGS = frozenset({"tier", "scaling_group"})  # who runs together says nothing about the network
_OUTSIDE = ("internet", "client")
_SERVES = "serves"

Taken = Counter[tuple[str, str]]  # (component, kind of resource) -> how many


def compose_network(subject: Subject) -> Scene:
    taken = _taken(subject)
    subject = _with_implied_routers(subject)
    carriers = {key for key, one in subject.components.items() if _carries(subject, one)}
    links = [link for link in subject.links if _is_wire(link, carriers)]
    links += _into_networks(subject, carriers)
    standing = {
        key
        for key, one in subject.components.items()
        if subject.document.enclosing(key, "network") or subject.document.enclosing(key, "subnet")
        if subject.category(one) not in ("storage", "external")
    }
    wired = (carriers & (ends(links) | _standing_still(subject, carriers))) | standing
    shown = with_surroundings(subject, wired, but=_GROUPINGS)
    part = part_of(subject, shown, links)
    if not subject.as_placed:
        part = _stacked(part, carriers | ends(links), taken)
    scene = compose_all(part)
    cards = {key: _addressed(card, taken, docks=not subject.as_placed) for key, card in scene.cards.items()}
    return replace(scene, cards=cards, subtitle="Networks, ranges and ways out")


def _carries(subject: Subject, component: Component) -> bool:
    if component.type in _NOT_NETWORK:
        return False
    return component.type in _CARRYING_TYPES or subject.family(component) in _CARRIERS


def _is_wire(link: Link, carriers: set[str]) -> bool:
    return link.kind in (*_LINKS, _SERVES) or (
        link.kind == "traffic" and link.source in carriers and link.target in carriers
    )


def _into_networks(subject: Subject, carriers: set[str]) -> Iterator[Link]:
    joined: set[frozenset[str]] = set()
    for link in subject.links:
        for joint, server in ((link.source, link.target), (link.target, link.source)):
            if subject.components[joint].type in _JOINTS and server not in carriers:
                subnet = subject.document.enclosing(server, "subnet")
                network = subnet or subject.document.enclosing(server, "network")
                if network and frozenset((joint, network.id)) not in joined:
                    joined.add(frozenset((joint, network.id)))
                    yield Link(f"{link.id}→{network.id}", joint, network.id, _SERVES, "", ())


def _standing_still(subject: Subject, carriers: set[str]) -> set[str]:
    """Carriers that no wire reaches but that belong to a container: an address, a route table, a balancer."""
    return {key for key in carriers if subject.components[key].parent}


def _stacked(subject: Subject, apart: set[str], taken: Taken) -> Subject:
    """Servers of one type in one subnet are one stack: here it matters how many addresses they take."""
    stacks: dict[tuple[str, str | None], list[Component]] = {}
    for key, one in subject.components.items():
        if key not in apart and one.parent and not any(True for _ in subject.document.children(key)):
            stacks.setdefault((one.type, one.parent), []).append(one)
    components = dict(subject.document.components)
    callouts = subject.document.callouts
    for members in stacks.values():
        first, *others = members
        if not others or first.type == "growth_pool":
            continue
        count = sum(max(one.count, 1) for one in members)
        label = subject.name(replace(first, label=""))
        components[first.id] = replace(first, label=label, properties={"count": count})
        for one in others:
            del components[one.id]
            for kind in (PORT, FLOATING_IP):
                taken[first.id, kind] += taken[one.id, kind]
        gone = {one.id for one in others}
        callouts = tuple(
            {**callout, "components": [first.id if key in gone else key for key in callout["components"]]}
            for callout in callouts
        )
    document = replace(subject.document, components=components, callouts=callouts)
    return replace(subject, document=document)


# --- what the graph adds -----------------------------------------------------------------------------


def _with_implied_routers(subject: Subject) -> Subject:
    """Routers that nobody drew but that will be made, and which subnets each router serves."""
    routers = {one.key: one for one in subject.graph.of_kind(ROUTER)}
    components = dict(subject.components)
    ids = {}
    for router in routers.values():
        drawn = subject.components.get(router.component)
        if drawn is not None and subject.family(drawn) == "router":
            ids[router.key] = drawn.id
        elif drawn is not None and not subject.as_placed:  # it has no place on the canvas
            ids[router.key] = router.key
            components[router.key] = Component(router.key, "router", "Router", drawn.id, router.properties)
    links = [*subject.links, *_served(subject, ids)]
    links += _ways_out(subject, {ids[key]: one for key, one in routers.items() if key in ids}, links)
    document = DesignDocument(
        subject.document.settings,
        components,
        {link.id: link for link in links},
        subject.document.callouts,
    )
    return replace(subject, document=document)


def _served(subject: Subject, ids: dict[str, str]) -> Iterator[Link]:
    for interface in subject.graph.of_kind(ROUTER_INTERFACE):
        router, subnet = interface.properties["router"], interface.properties["subnet"]
        if router.key in ids and subnet.key in subject.graph.resources:
            target = subject.graph[subnet.key].component
            if target in subject.components:
                yield Link(f"{interface.key}→", ids[router.key], target, _SERVES, "", ())


def _ways_out(subject: Subject, routers: dict[str, Resource], links: list[Link]) -> Iterator[Link]:
    """A router with a way out hangs on whatever the design draws as the world outside, unless it says so."""
    reached = {link.target for link in links if link.kind == "traffic"}
    outside = [one for one in subject.components.values() if one.type in _OUTSIDE]
    outside.sort(key=lambda one: _OUTSIDE.index(one.type))
    for key, router in routers.items():
        if outside and router.properties.get("external") and key not in reached:
            yield Link(f"{key}←", outside[0].id, key, _SERVES, "", ())


def _addressed(card: Card, taken: Taken, *, docks: bool) -> Card:
    """A card says how many addresses it takes in its network, and which of them the Internet can reach.

    `docks`: the public ones hang on the card. On the canvas they are cards of their own.
    """
    if card.hollow or card.category == "edge" or card.type == "router":
        return card
    private, public = taken[card.key, PORT], taken[card.key, FLOATING_IP]
    fact = f"{private} address{'es' * (private != 1)}" if private else ""
    fastened = tuple(dock for dock in card.docks if dock.category in ("edge", "network"))
    if docks and public and not fastened:
        fastened = (Dock("map-pin", "edge", f"{public} public address{'es' * (public != 1)}"),)
    return measured_card(replace(card, fact=fact or card.fact, docks=fastened))


def _taken(subject: Subject) -> Taken:
    taken: Taken = Counter()
    for database in subject.graph.of_kind(DATABASE_INSTANCE):
        taken[database.component, PORT] += 1
    for resource in subject.graph.of_kind(PORT, FLOATING_IP):
        owner = resource.properties.get("port")
        if resource.kind == FLOATING_IP and isinstance(owner, Ref) and owner.key in subject.graph.resources:
            taken[subject.graph[owner.key].component, FLOATING_IP] += 1
        else:
            taken[resource.component, resource.kind] += 1
    return taken

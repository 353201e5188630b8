"""Executive: one card for each tier of each top container. No networks, no ports, no addresses."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import product

from designer.diagrams import scene as sizes
from designer.diagrams.cards import measured_card
from designer.diagrams.containers import frame_look
from designer.diagrams.fates import is_container
from designer.diagrams.lines import line_between
from designer.diagrams.measuring import REGULAR, SEMIBOLD, shorten, text_width, wrap
from designer.diagrams.scene import Card, Frame, Line, Scene
from designer.diagrams.sizing import measured_frame
from designer.diagrams.subject import Subject
from designer.domain.document import Component


@dataclass(frozen=True)
class Role:
    """What a tier is called, and the word for one of its members and for several."""

    title: str
    one: str = "part"
    several: str = "parts"


USERS = Role("Users and Internet")
EDGE = Role("Network edge")
WEB = Role("Web tier", "server", "servers")
APP = Role("Application tier", "server", "servers")
CACHE = Role("Cache", "server", "servers")
DATA = Role("Data tier", "database", "databases")
BATCH = Role("Background work", "server", "servers")
FILES = Role("Files and backup")
MESSAGES = Role("Messaging")
CONNECTIONS = Role("Connections")
OPERATIONS = Role("Operations")
OUTSIDE = Role("Outside services", "service", "services")
SERVERS = Role("Servers", "server", "servers")

_ROLES: Mapping[str, Role] = {
    **dict.fromkeys(("internet", "client", "storefront", "edge_switch"), USERS),
    "lb_vm": EDGE,
    **dict.fromkeys(("web_server", "cms_web_server", "reverse_proxy", "growth_pool"), WEB),
    **dict.fromkeys(("app_server", "app_service"), APP),
    "cache_server": CACHE,
    **dict.fromkeys(("worker", "analytics"), BATCH),
    **dict.fromkeys(("vpn_gateway", "vpn_vm", "vpn_mesh", "interconnect", "peering"), CONNECTIONS),
    **dict.fromkeys(("bastion", "monitoring", "alarm", "automation"), OPERATIONS),
    **dict.fromkeys(("baremetal_db",), DATA),
    **dict.fromkeys(("baremetal_server", "server"), SERVERS),
    **dict.fromkeys(("managed_storage", "nas"), FILES),
}
_ROLE_OF_CATEGORY: Mapping[str, Role] = {
    "edge": EDGE,
    "network": EDGE,
    "compute": SERVERS,
    "data": DATA,
    "storage": FILES,
    "messaging": MESSAGES,
    "observability": OPERATIONS,
    "external": OUTSIDE,
    "dedicated": SERVERS,
}
# Of no tier: what describes others, and details of the network.
_DETAILS = frozenset(
    {
        *("floating_ip", "route_table", "router", "nat_gateway", "public_network", "security_group"),
        *("volume", "server_group", "keypair", "image", "tls_certificate", "fwaas", "reserved_capacity"),
    }
)
# What a line between two tiers means, if several kinds run there; the first wins.
_KINDS = ("traffic", "replication", "tunnel", "publish", "origin", "deliver", "backup", "ha")


def compose_executive(subject: Subject) -> Scene:
    """Tiers have no place on the canvas, so this view looks the same in both layouts."""
    tiers = _tiers(subject)
    tier_of = {one.id: key for key, (_, _, members) in tiers.items() for one in members}
    tops = {top for _, top, _ in tiers.values() if top}
    frames = {top: _frame(subject, subject.components[top]) for top in subject.components if top in tops}
    cards = {key: _card(subject, key, *tier) for key, tier in tiers.items()}
    return Scene(subject.heading, cards, frames, _lines(subject, tier_of, cards, frames), (), "Overview")


def _tiers(subject: Subject) -> dict[str, tuple[str, str | None, list[Component]]]:
    """Key -> (title, top container, members), in the order of their first members."""
    tiers: dict[str, tuple[str, str | None, list[Component]]] = {}
    for component in subject.components.values():
        if is_container(component, subject.types) or component.type in _DETAILS:
            continue
        around = list(subject.document.ancestors(component.id))
        top = around[-1].id if around else None
        drawn = next((one for one in around if one.type == "tier"), None)
        title = subject.name(drawn) if drawn else _serving(subject, component).title
        key = f"{top or ''}/{drawn.id if drawn else title}"
        tiers.setdefault(key, (title, top, []))[2].append(component)
    return tiers


def _role(subject: Subject, component: Component) -> Role:
    return _ROLES.get(component.type) or _ROLE_OF_CATEGORY.get(subject.category(component), OUTSIDE)


def _serving(subject: Subject, component: Component) -> Role:
    """The tier that something works for: an internal balancer belongs to the servers behind it."""
    if component.properties.get("scheme") == "internal":
        for link in sorted(subject.document.links_from(component.id, "traffic"), key=lambda link: link.id):
            return _role(subject, subject.components[link.target])
    return _role(subject, component)


def _card(subject: Subject, key: str, title: str, top: str | None, members: list[Component]) -> Card:
    first = _spokesman(subject, members)
    planned = all(one.type == "growth_pool" for one in members)
    alone = len(members) == 1 and members[0].count <= 1
    full_name = subject.name(first) if alone and top is None else title
    return measured_card(
        Card(
            key=key,
            type=first.type,
            category=subject.category(first),
            icon=subject.icon(first),
            title=wrap(full_name, sizes.TITLE, SEMIBOLD, sizes.TEXT_ROOM, lines=2),
            fact="" if full_name != title else _members_said(subject, members),
            full_name=full_name,
            frame=top,
            planned=planned,
        )
    )


def _spokesman(subject: Subject, members: list[Component]) -> Component:
    """The member that gives a tier its icon: the most numerous one that is built, the first of equals."""
    counts: dict[str, int] = {}
    for one in members:
        beside = one.type == "growth_pool" or one.properties.get("scheme") == "internal"
        counts[one.type] = counts.get(one.type, 0) + (0 if beside else max(one.count, 1))
    most = max(counts.values())
    return next(one for one in members if counts[one.type] == most)


def _members_said(subject: Subject, members: list[Component]) -> str:
    """The members' names where there is room for them, else how many they are."""
    built = [one for one in members if one.type != "growth_pool"]
    if not built:
        return "Planned"
    servers = [one for one in built if _role(subject, one) != EDGE]
    built = servers or built  # balancers in front of a tier's servers aren't counted with them
    number = sum(max(one.count, 1) for one in built)
    roles = {_role(subject, one) for one in built}
    role = roles.pop() if len(roles) == 1 else Role("")
    names = ", ".join(subject.name(one) for one in built)
    fit = text_width(names, sizes.FACT, REGULAR) <= sizes.TEXT_ROOM
    if (fit and number == len(built) <= 2) or (number == 1 and role.one == Role.one):
        return names  # half a name says more than "1 part"
    return f"{number:,} {role.one if number == 1 else role.several}"


def _frame(subject: Subject, component: Component) -> Frame:
    name = subject.name(component)
    return measured_frame(
        Frame(
            key=component.id,
            look=frame_look(component),
            icon=subject.icon(component),
            title=shorten(name, sizes.TAB, SEMIBOLD, 240),
            detail="",
            full_name=name,
            parent=None,
        )
    )


def _lines(
    subject: Subject, tier_of: Mapping[str, str], cards: Mapping[str, Card], frames: Mapping[str, Frame]
) -> dict[str, Line]:
    """One line between two tiers, whatever runs there; a link to a container ends at its frame."""
    ends = _Ends(subject, tier_of, frames)
    found: dict[tuple[str, str], Line] = {}
    links = [link for link in subject.links if link.kind in _KINDS]
    for link in sorted(links, key=lambda link: _KINDS.index(link.kind)):
        for start, end in product(ends.before(link.source), ends.behind(link.target)):
            if (end, start) in found:
                found[end, start] = replace(found[end, start], both_ways=True)
            elif (start, end) not in found and (
                line := line_between(start, end, cards, frames, key=f"{start} → {end}", kind=link.kind)
            ):
                found[start, end] = line
    return {line.key: line for line in found.values()}


@dataclass(frozen=True)
class _Ends:
    """The tiers that a link really joins: what goes through a router ends behind it."""

    subject: Subject
    tier_of: Mapping[str, str]
    frames: Mapping[str, Frame]

    def before(self, key: str) -> list[str]:
        return self._tiers(key, lambda at: [link.source for link in self.subject.document.links_to(at)])

    def behind(self, key: str) -> list[str]:
        return self._tiers(key, lambda at: [link.target for link in self.subject.document.links_from(at)])

    def _tiers(self, key: str, onward: Callable[[str], list[str]]) -> list[str]:
        """A frame only where something is drawn in it."""
        seen, waiting, found = {key}, [key], []
        for at in waiting:
            if at in self.tier_of:
                found.append(self.tier_of[at])
            elif is_container(self.subject.components[at], self.subject.types):
                found += [top for top in [self._top(at)] if top in self.frames]
            else:
                further = [one for one in onward(at) if one not in seen]
                seen.update(further)
                waiting.extend(further)
        return sorted(set(found))

    def _top(self, key: str) -> str:
        *_, top = (key, *(one.id for one in self.subject.document.ancestors(key)))
        return top

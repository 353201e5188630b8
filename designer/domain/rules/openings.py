"""Rules about what address ranges may reach: permissions that the arrows make, and those of drawn groups.

A drawn group only adds to what the arrows let in, so taking a rule out of it never cuts an arrow off.
"""

from collections.abc import Callable, Iterator, Mapping

from designer.domain.addressing import is_open_to_the_world
from designer.domain.document import Component, Json, Link
from designer.domain.firewall import OPENING, SSH_PORT
from designer.domain.rules.evidence import Evidence, Opening
from designer.domain.rules.notices import Notice, changed, joined
from designer.domain.rules.roles import CACHE, DATA, INNER

DATA_PORTS = frozenset({1433, 3306, 5432, 6379, 11211, 27017})


def databases_open_to_the_world(design: Evidence) -> Iterator[Notice]:
    for opening in design.openings:
        if opening.row is None and opening.is_for_everyone and _reaches_data(opening):
            detail = (
                f"{design.label(opening.holder)} answers everybody on the internet on {opening.ports}. "
                "Anyone may try passwords there. Let only the tier in front of it in."
            )
            yield Notice(detail, (opening.holder.id,), _without_links(_links_behind(design, opening)))
    for group, rows in _drawn(design, lambda one: one.is_for_everyone and _reaches_data(one)):
        detail = (
            f"{design.label(group)} lets everybody on the internet reach "
            f"{_ports(rows)}{_of_members(design, rows)}. Anyone may try passwords there. Take that out of "
            "the group: arrows let in whoever needs it."
        )
        yield Notice(detail, _places(group, rows), _without_rows(group, rows))
    for component in design.of_role(DATA, CACHE):
        if component.id in design.public_components:
            detail = (
                f"{design.label(component)} has a public address, so the internet can try to reach its data. "
                "Take the address away."
            )
            yield Notice(detail, (component.id,), without_address(design, component))


def ssh_open_to_the_world(design: Evidence) -> Iterator[Notice]:
    for opening in design.openings:
        if opening.row is None and opening.is_for_everyone and opening.covers(_ssh_port(opening.holder)):
            yield _ssh_by_an_arrow(design, opening)
    for group, rows in _drawn(design, lambda one: one.is_for_everyone and one.covers(SSH_PORT)):
        detail = (
            f"{design.label(group)} lets the whole internet try SSH{_of_members(design, rows)}. Go through a "
            "bastion or a VPN, or name the administrators' range."
        )
        yield Notice(detail, _places(group, rows), _ssh_for_administrators(design, group, rows))


def _ssh_by_an_arrow(design: Evidence, opening: Opening) -> Notice:
    component, label, fix = opening.holder, design.label(opening.holder), None
    if "admin_cidr" in component.properties:
        detail = (
            f"{label} lets the whole internet try SSH. Name the range that your administrators come from."
        )
        if administrators := _administrators(design):
            fix = changed(component, admin_cidr=administrators)
    else:
        detail = (
            f"{label} lets the whole internet try SSH. Go through a bastion, or name the administrators' "
            "range in the design's settings."
        )
        if design.topology.of_type("bastion"):
            fix = _without_links(_links_behind(design, opening))
    return Notice(detail, (component.id,), fix)


def _ssh_for_administrators(design: Evidence, group: Component, rows: list[Opening]) -> Json | None:
    """SSH for the administrators' range alone; closed where a bastion or VPN leads in; else people decide."""
    said = list(group.properties["rules"])
    narrow = all(one.low == one.high == SSH_PORT for one in rows)
    if narrow and (administrators := _administrators(design)):
        for one in rows:
            said[one.row or 0] = {**said[one.row or 0], "source": administrators}
        return changed(group, rules=said)
    if design.topology.of_type("bastion", "vpn_gateway", "vpn_vm"):
        return _without_rows(group, rows)
    return None


def ranges_on_inner_tiers(design: Evidence) -> Iterator[Notice]:
    """Ranges for the whole internet are SEC-01's; those of a balancer's own subnet can't be a group."""
    for group, rows in _drawn(design, lambda one: not one.is_for_everyone and bool(one.roles & INNER)):
        ranges = joined(sorted({one.cidr for one in rows}))
        detail = (
            f"{design.label(group)} lets the addresses {ranges} in{_of_members(design, rows)}, and whatever "
            "gets such an address one day comes in too. Draw an arrow from the servers that need it: it lets "
            "in their group alone."
        )
        yield Notice(detail, _places(group, rows))
    far_ranges: dict[str, set[str]] = {}
    for opening in design.openings:
        known = (
            opening.is_for_everyone
            or opening.covers(SSH_PORT)
            or design.is_range_at(opening.cidr, opening.holder)
        )
        if opening.row is None and not known and bool(opening.roles & INNER):
            far_ranges.setdefault(opening.holder.id, set()).add(opening.cidr)
    for component_id, cidrs in far_ranges.items():
        detail = (
            f"The addresses {joined(sorted(cidrs))} get in to {design.label(component_id)}: across an "
            "interconnect or a tunnel no security group counts, so whatever has such an address comes in. "
            "Keep the callers over there in a small subnet of their own."
        )
        yield Notice(detail, (component_id,))


def rules_that_no_arrow_uses(design: Evidence) -> Iterator[Notice]:
    used = {group.id: _ports_used(design, group) for group in design.topology.of_family("security_group")}
    for group, rows in _drawn(design, lambda one: not one.covers(SSH_PORT) and not _is_used(one, used)):
        detail = (
            f"{design.label(group)} opens {_ports(rows)}{_of_members(design, rows)}, and no arrow uses that. "
            "A door that nobody needs is one more to watch. Take it out of the group."
        )
        yield Notice(detail, _places(group, rows), _without_rows(group, rows))


def _ports_used(design: Evidence, group: Component) -> frozenset[int] | None:
    """The ports on which arrows reach the group's members; None where they say nothing about a port."""
    members = list(design.members(group))
    links = [link for one in members for link in design.topology.inbound(one.id, *OPENING)]
    if not members or any(link.any_port for link in links):
        return None
    return frozenset(port for link in links for port in link.ports)


def _is_used(opening: Opening, used: Mapping[str, frozenset[int] | None]) -> bool:
    ports = used[opening.holder.id]
    if ports is None or opening.low is None:  # a group that nobody carries, or one that means every port
        return True
    return any(opening.low <= port <= (opening.high or opening.low) for port in ports)


# --- Shared by the rules above, and by security.py ------------------------------------------------


def without_address(design: Evidence, component: Component) -> Json:
    """Both ways to a public address closed: the component's own, and those bound to it."""
    edits: Json = {}
    if component.properties.get("public_address"):
        edits[component.id] = {"properties": {"public_address": False}}
    for address in design.topology.of_family("floating_ip"):
        if address.properties.get("bound_to") == component.id:
            edits[address.id] = {"properties": {"bound_to": None}}
    links = [
        link
        for link in design.topology.inbound(component.id, "traffic")
        if design.topology.family(link.source) == "floating_ip"
    ]
    return {"components": edits, **({"links": {link.id: None for link in links}} if links else {})}


def _reaches_data(opening: Opening) -> bool:
    if any(opening.covers(port) for port in DATA_PORTS):
        return True
    return bool(opening.roles & {DATA, CACHE}) and not opening.covers(SSH_PORT) and opening.protocol != "icmp"


def _drawn(design: Evidence, is_meant: Callable[[Opening], bool]) -> list[tuple[Component, list[Opening]]]:
    """Drawn groups with the rules that are meant: one finding a group, and one fix for all of them."""
    grouped: dict[str, list[Opening]] = {}
    for opening in design.openings:
        if opening.row is not None and is_meant(opening):
            grouped.setdefault(opening.holder.id, []).append(opening)
    return [(rows[0].holder, rows) for rows in grouped.values()]


def _ports(rows: list[Opening]) -> str:
    return joined(list(dict.fromkeys(one.ports for one in rows)))


def _of_members(design: Evidence, rows: list[Opening]) -> str:
    return f" of {design.labels(rows[0].members)}" if rows[0].members else ""


def _places(group: Component, rows: list[Opening]) -> tuple[str, ...]:
    return (group.id, *(one.id for one in rows[0].members))


def _without_rows(group: Component, rows: list[Opening]) -> Json:
    gone = {one.row for one in rows}
    said: list[Mapping[str, object]] = list(group.properties["rules"])
    return changed(group, rules=[rule for row, rule in enumerate(said) if row not in gone])


def _administrators(design: Evidence) -> str | None:
    said = design.document.settings.get("admin_cidr")
    return str(said) if said and not is_open_to_the_world(str(said)) else None


def _ssh_port(component: Component) -> int:
    return int(component.properties["port"]) if "admin_cidr" in component.properties else SSH_PORT


def _links_behind(design: Evidence, opening: Opening) -> list[Link]:
    links = design.links_from_outside(opening.holder.id)
    return [link for link in links if any(opening.covers(port) for port in link.ports)]


def _without_links(links: list[Link]) -> Json | None:
    return {"links": {link.id: None for link in links}} if links else None

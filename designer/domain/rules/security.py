"""Rules about who reaches what."""

from collections.abc import Iterator

from designer.domain.addressing import is_open_to_the_world
from designer.domain.document import Component, Link
from designer.domain.firewall import SSH_PORT
from designer.domain.resources import Resource
from designer.domain.rules.evidence import CACHE, DATA, INNER, TIER_NAMES, Evidence, Notice, changed

DATA_PORTS = frozenset({1433, 3306, 5432, 6379, 11211, 27017})
DOORS = ("bastion", "vpn_gateway", "vpn_vm", "interconnect")
FIREWALLS = ("hw_firewall", "fwaas")
WEB_PORT, SECURE_WEB_PORT = 80, 443


def databases_open_to_the_world(design: Evidence) -> Iterator[Notice]:
    for rule in _world_rules(design):
        component = design.component(rule.component)
        port = rule.properties["port_min"]
        if port in DATA_PORTS or (design.role(component) in {DATA, CACHE} and port != SSH_PORT):
            detail = (
                f"{design.label(component)} answers everybody on the internet on port {port}. Anyone may try "
                "passwords there. Let only the tier in front of it in."
            )
            yield Notice(detail, (component.id,), _without_links(_links_behind(design, rule)))
    for component in design.of_role(DATA, CACHE):
        if component.id in design.public_components:
            detail = (
                f"{design.label(component)} has a public address, so the internet can try to reach its data. "
                "Take the address away."
            )
            yield Notice(detail, (component.id,), _without_address(design, component))


def ssh_open_to_the_world(design: Evidence) -> Iterator[Notice]:
    for rule in _world_rules(design):
        component = design.component(rule.component)
        if rule.properties["port_min"] != _ssh_port(component):
            continue
        label = design.label(component)
        range_setting = design.document.settings.get("admin_cidr")
        fix = None
        if "admin_cidr" in component.properties:
            detail = (
                f"{label} lets the whole internet try SSH. Name the range that your administrators come from."
            )
            if range_setting and not is_open_to_the_world(str(range_setting)):
                fix = changed(component, admin_cidr=range_setting)
        else:
            detail = (
                f"{label} lets the whole internet try SSH. Go through a bastion, or name the administrators' "
                "range in the design's settings."
            )
            if design.topology.of_type("bastion"):
                fix = _without_links(_links_behind(design, rule))
        yield Notice(detail, (component.id,), fix)


def no_door_for_administrators(design: Evidence) -> Iterator[Notice]:
    private = [one for one in design.servers if one.id not in design.public_components]
    if private and not design.topology.of_type(*DOORS):
        detail = (
            f"Nothing leads administrators safely to {design.labels(private)}. Add a bastion that takes SSH "
            "from your own range only, and link it to the servers, or use a VPN."
        )
        yield Notice(detail, tuple(one.id for one in private))


def public_addresses_on_inner_tiers(design: Evidence) -> Iterator[Notice]:
    for component in design.of_role(*sorted(INNER - {DATA, CACHE})):  # those two are SEC-01's
        if component.id in design.public_components:
            role = TIER_NAMES[design.role(component) or ""]
            detail = (
                f"{design.label(component)} has a public address. The internet has no business with {role}: "
                "publish them through a balancer or a web server, and take the address away."
            )
            yield Notice(detail, (component.id,), _without_address(design, component))


def links_that_open_nothing(design: Evidence) -> Iterator[Notice]:
    for link in design.document.links.values():
        opens = link.kind in {"traffic", "admin", "replication"} and design.has_ports(link.target)
        if opens and not (link.ports or link.any_port or link.protocol.upper() == "ICMP"):
            source, target = design.label(link.source), design.label(link.target)
            detail = (
                f"The link from {source} to {target} names no port, so the firewall opens nothing for it and "
                "its traffic is dropped. Give it a protocol and a port."
            )
            yield Notice(detail, (link.source, link.target))


def plain_http_from_the_internet(design: Evidence) -> Iterator[Notice]:
    for component in design.topology.of_family("server", "load_balancer"):
        links = design.links_from_outside(component.id)
        ports = {port for link in links for port in link.ports}
        if WEB_PORT in ports and SECURE_WEB_PORT not in ports:
            detail = (
                f"{design.label(component)} takes plain HTTP from the internet, so passwords and cookies "
                "cross it readable. Take HTTPS on 443 as well, with a certificate."
            )
            link = next(one for one in links if WEB_PORT in one.ports)
            yield Notice(detail, (component.id,), _with_https(component, link))


def https_without_a_certificate(design: Evidence) -> Iterator[Notice]:
    for component in design.topology.of_family("server", "load_balancer"):
        if "tls" not in component.properties or component.properties["tls"]:
            continue
        secure = [one for one in design.topology.inbound(component.id, "traffic") if _is_https(one)]
        passes_on = [link for link in design.server_targets(component.id) if _is_https(link)]
        if secure and not passes_on:
            detail = (
                f"HTTPS reaches {design.label(component)}, which holds no certificate, so no browser can "
                "connect. Let it end TLS."
            )
            yield Notice(detail, (component.id,), changed(component, tls=True))


def unencrypted_database_volumes(design: Evidence) -> Iterator[Notice]:
    for component in design.of_role(DATA):
        for volume in design.attached_volumes(component.id):
            if not volume.properties["encrypted"]:
                detail = (
                    f"{design.label(volume)} keeps the data of {design.label(component)} unencrypted. "
                    "Whoever gets the disk can read it. Encrypt it before it is deployed; later means a "
                    "new volume."
                )
                yield Notice(detail, (volume.id, component.id), changed(volume, encrypted=True))


def no_perimeter_firewall(design: Evidence) -> Iterator[Notice]:
    if design.faces_internet and not design.topology.of_type(*FIREWALLS):
        detail = (
            "Only security groups stand between the internet and this design. They are enough for most; "
            "add a perimeter firewall where a policy asks for one."
        )
        yield Notice(detail)


# --- Shared by the rules above --------------------------------------------------------------------


def _world_rules(design: Evidence) -> Iterator[Resource]:
    for rule in design.open_rules:
        if is_open_to_the_world(str(rule.properties["remote_cidr"])):
            yield rule


def _ssh_port(component: Component) -> int:
    return int(component.properties["port"]) if "admin_cidr" in component.properties else SSH_PORT


def _links_behind(design: Evidence, rule: Resource) -> list[Link]:
    links = design.links_from_outside(rule.component)
    return [link for link in links if rule.properties["port_min"] in link.ports]


def _without_links(links: list[Link]) -> dict[str, object] | None:
    return {"links": {link.id: None for link in links}} if links else None


def _without_address(design: Evidence, component: Component) -> dict[str, object]:
    """Both ways to a public address closed: the component's own, and those bound to it."""
    edits: dict[str, object] = {}
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


def _is_https(link: Link) -> bool:
    return link.protocol == "HTTPS" and SECURE_WEB_PORT in link.ports


def _with_https(component: Component, link: Link) -> dict[str, object]:
    ports = ",".join(str(port) for port in sorted({*link.ports, SECURE_WEB_PORT}))
    patch: dict[str, object] = {"links": {link.id: {"properties": {"protocol": "HTTPS", "port": ports}}}}
    if "tls" in component.properties:
        patch |= changed(component, tls=True)
    return patch

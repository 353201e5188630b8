"""Rules about who gets in, and what is readable on the way."""

from collections.abc import Iterator

from designer.domain.document import Component, Json, Link
from designer.domain.rules.crossings import between, crossings
from designer.domain.rules.evidence import FIREWALLS, Evidence
from designer.domain.rules.notices import Notice, changed
from designer.domain.rules.openings import without_address
from designer.domain.rules.replication import pairs_across_regions
from designer.domain.rules.roles import CACHE, DATA, INNER, TIER_NAMES

DOORS = ("bastion", "vpn_vm")  # for the region they stand in, and wherever their arrows lead
DOORS_FOR_ALL = ("vpn_gateway", "vpn_mesh", "interconnect")
WEB_PORT, SECURE_WEB_PORT = 80, 443


def no_door_for_administrators(design: Evidence) -> Iterator[Notice]:
    if design.topology.of_type(*DOORS_FOR_ALL):
        return
    doors = design.topology.of_type(*DOORS)
    led_to = [link.target for door in doors for link in design.topology.outbound(door.id, "admin", "tunnel")]
    served = {design.place(one) for one in (*(door.id for door in doors), *led_to)}
    private = [
        one
        for one in design.servers
        if one.id not in design.public_components and design.place(one.id) not in served
    ]
    if private:
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
            yield Notice(detail, (component.id,), without_address(design, component))


def links_that_open_nothing(design: Evidence) -> Iterator[Notice]:
    for link in design.document.links.values():
        opens = link.kind in {"traffic", "admin", "replication"} and design.has_ports(link.target)
        if (
            opens
            and not design.is_on_site(link.target)
            and not (link.ports or link.any_port or link.protocol.upper() == "ICMP")
        ):
            source, target = design.label(link.source), design.label(link.target)
            detail = (
                f"The link from {source} to {target} names no port, so the firewall opens nothing for it and "
                "its traffic is dropped. Give it a protocol and a port."
            )
            yield Notice(detail, (link.source, link.target))


def plain_http_from_the_internet(design: Evidence) -> Iterator[Notice]:
    for component in design.topology.of_family("server", "growth_pool", "load_balancer", "baremetal"):
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
    certificates = design.topology.of_family("certificate")
    certified = {member.id for one in certificates for member in design.members(one)}
    for component in design.topology.of_family("server", "load_balancer"):
        if component.properties.get("tls", True) or component.id in certified:
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


def replication_in_the_clear(design: Evidence) -> Iterator[Notice]:
    ways = crossings(design)
    for pair in pairs_across_regions(design):
        left, right = design.place(pair.left), design.place(pair.right)
        if not pair.meshes and not between(ways, left, right):
            detail = (
                f"{design.label(pair.left)} sends its data to {design.label(pair.right)} from "
                f"{design.place_name(left)} to {design.place_name(right)} over the open internet. Put a "
                "tunnel between the two: an encrypted overlay, or a VPN."
            )
            yield Notice(detail, (pair.left, pair.right), _through_a_tunnel(design, pair.link))


def _through_a_tunnel(design: Evidence, link: Link) -> Json | None:
    """The replication led through an encrypted overlay link."""
    if not design.may_link(link.source, "vpn_mesh", "replication"):
        return None
    mesh = design.free_id("tunnel")
    said = {"kind": "replication", "properties": dict(link.properties)}
    return {
        "components": {mesh: {"type": "vpn_mesh", "label": "Encrypted tunnel"}},
        "links": {
            link.id: None,
            design.free_id(f"{link.source}-{mesh}"): {"source": link.source, "target": mesh, **said},
            design.free_id(f"{mesh}-{link.target}"): {"source": mesh, "target": link.target, **said},
        },
    }


def no_perimeter_firewall(design: Evidence) -> Iterator[Notice]:
    if design.faces_internet and not design.topology.of_type(*FIREWALLS):
        detail = (
            "Only security groups stand between the internet and this design. They are enough for most; "
            "add a perimeter firewall where a policy asks for one."
        )
        yield Notice(detail)


# --- Shared by the rules above --------------------------------------------------------------------


def _is_https(link: Link) -> bool:
    return "HTTPS" in link.protocol.upper() and SECURE_WEB_PORT in link.ports


def _with_https(component: Component, link: Link) -> dict[str, object]:
    ports = ",".join(str(port) for port in sorted({*link.ports, SECURE_WEB_PORT}))
    patch: dict[str, object] = {"links": {link.id: {"properties": {"protocol": "HTTPS", "port": ports}}}}
    if "tls" in component.properties:
        patch |= changed(component, tls=True)
    return patch

"""A managed load balancer: draw one, get its listeners, pools, health checks, members and public address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from designer.domain.blueprint import CERTIFICATE_STORE, SERVING
from designer.domain.document import Component, Link
from designer.domain.families.context import Context
from designer.domain.resources import (
    FLOATING_IP,
    HEALTH_MONITOR,
    LISTENER,
    LOAD_BALANCER,
    MEMBER,
    POOL,
    SECRET,
    Ref,
    Resource,
)
from designer.domain.software.engines import listening_port

HTTP, TERMINATED_HTTPS, TCP, UDP = "HTTP", "TERMINATED_HTTPS", "TCP", "UDP"
WEB = frozenset({HTTP, TERMINATED_HTTPS})
NO_CERTIFICATE_STORE = "This cloud keeps no certificates, so the balancer answers plain HTTP on port 80."
NO_SUBNET = "There is no subnet to put its address in yet."


@dataclass(frozen=True)
class Entry:
    """A port that the balancer answers on."""

    port: int
    protocol: str
    note: str = ""


def expand_load_balancer(component: Component, context: Context) -> list[Resource]:
    """Without a subnet only the balancer itself is made, for its price; NET-01 tells why it can't deploy."""
    said = component.properties
    subnet = context.home_subnet(component.id)
    balancer = context.resource(
        component,
        "load_balancer",
        LOAD_BALANCER,
        {
            "subnet": Ref(f"{subnet.id}/subnet") if subnet else None,
            "scheme": said["scheme"],
            "topology": said["topology"],
        },
        name=context.name(component),
        note="" if subnet else NO_SUBNET,
    )
    if subnet is None:
        return [balancer]
    resources = [balancer]
    entries = _entries(component, context)
    certificate = _drawn_certificate(component, context)
    if certificate is None and any(entry.protocol == TERMINATED_HTTPS for entry in entries):
        own = context.resource(
            component,
            "secret",
            SECRET,
            {"purpose": "certificate", "common_name": f"{component.id}.stackdraft.internal"},
            name=context.name(component, "certificate"),
        )
        resources.append(own)
        certificate = Ref(own.key)
    for entry in entries:
        resources.extend(_listener(component, context, entry, certificate))
    if said["scheme"] == "public" and not context.bound_count(component.id):
        resources.append(
            context.resource(
                component,
                "floating_ip",
                FLOATING_IP,
                {"load_balancer": Ref(balancer.key, "vip_port_id")},
                name=context.name(component, "public address"),
                needs=context.way_out(subnet),
            )
        )
    return resources


def _drawn_certificate(component: Component, context: Context) -> Ref | None:
    drawn = context.named_by("certificate", component.id)
    return Ref(f"{drawn[0].id}/secret") if drawn and context.has(CERTIFICATE_STORE) else None


# --- Which ports it answers on --------------------------------------------------------------------


def _entries(component: Component, context: Context) -> list[Entry]:
    """One entry for each port that a link reaches the balancer on; its targets' ports when none does."""
    inbound = [link for link in context.topology.inbound(component.id, *SERVING) if link.ports]
    passes_tls = any(link.protocol == "HTTPS" for link in context.server_targets(component.id))
    ends_tls = bool(component.properties["tls"]) and not passes_tls
    wanted = {port: _protocol(link, port, ends_tls=ends_tls) for link in inbound for port in link.ports}
    if not inbound:
        targets = context.topology.outbound(component.id, *SERVING)
        wanted = {port: _protocol(link, port, ends_tls=False) for link in targets for port in link.ports}
        if ends_tls and HTTP in wanted.values():
            wanted = {443: TERMINATED_HTTPS} | {port: name for port, name in wanted.items() if name != HTTP}
    entries = [Entry(port, protocol) for port, protocol in sorted(wanted.items())]
    return entries if context.has(CERTIFICATE_STORE) else _without_certificates(entries)


def _protocol(link: Link, port: int, *, ends_tls: bool) -> str:
    """What a listener speaks. TLS that does not end here passes through as a plain stream."""
    if link.protocol == "UDP":
        return UDP
    if link.protocol == "HTTP" or (link.protocol == "HTTPS" and port == 80):
        return HTTP
    return TERMINATED_HTTPS if link.protocol == "HTTPS" and ends_tls else TCP


def _without_certificates(entries: Sequence[Entry]) -> list[Entry]:
    kept = [entry for entry in entries if entry.protocol != TERMINATED_HTTPS]
    if len(kept) == len(entries):
        return kept
    plain = [entry for entry in kept if entry.port != 80]
    return sorted([Entry(80, HTTP, NO_CERTIFICATE_STORE), *plain], key=lambda entry: entry.port)


# --- What one entry becomes -----------------------------------------------------------------------


def _listener(
    component: Component, context: Context, entry: Entry, certificate: Ref | None
) -> list[Resource]:
    said = component.properties
    balancer = Ref(f"{component.id}/load_balancer")
    listener = context.resource(
        component,
        f"listener[{entry.port}]",
        LISTENER,
        {
            "load_balancer": balancer,
            "protocol": entry.protocol,
            "port": entry.port,
            "certificate": certificate if entry.protocol == TERMINATED_HTTPS else None,
        },
        name=context.name(component, "listener", entry.port),
        note=entry.note,
    )
    pool_protocol = HTTP if entry.protocol in WEB else entry.protocol
    pool = context.resource(
        component,
        f"pool[{entry.port}]",
        POOL,
        {
            "load_balancer": balancer,
            "listener": Ref(listener.key),
            "protocol": pool_protocol,
            "algorithm": said["algorithm"],
            "session_persistence": _session_persistence(said, pool_protocol),
        },
        name=context.name(component, "pool", entry.port),
    )
    resources = [listener, pool]
    if said["health_check"]:
        resources.append(_health_monitor(component, context, entry, pool))
    resources.extend(_members(component, context, entry, pool))
    return resources


def _session_persistence(said: Mapping[str, Any], pool_protocol: str) -> dict[str, str] | None:
    wanted = said["session_persistence"]
    if wanted == "none" or (wanted != "SOURCE_IP" and pool_protocol != HTTP):
        return None  # Octavia refuses cookies on a pool that does not read HTTP
    if wanted == "APP_COOKIE":
        return {"type": wanted, "cookie_name": said.get("cookie_name") or "SESSION"}
    return {"type": wanted}


def _health_monitor(component: Component, context: Context, entry: Entry, pool: Resource) -> Resource:
    said = component.properties
    protocol = pool.properties["protocol"]
    properties = {
        "pool": Ref(pool.key),
        "load_balancer": Ref(f"{component.id}/load_balancer"),
        "type": "UDP-CONNECT" if protocol == UDP else protocol,
        "delay_seconds": said["health_delay_seconds"],
        # Octavia refuses a check that may take longer than the time until the next one.
        "timeout_seconds": min(said["health_timeout_seconds"], said["health_delay_seconds"]),
        "retries": said["health_retries"],
    }
    if protocol == HTTP:
        properties["path"] = said["health_path"]
    return context.resource(
        component,
        f"health_monitor[{entry.port}]",
        HEALTH_MONITOR,
        properties,
        name=context.name(component, "health check", entry.port),
    )


def _members(component: Component, context: Context, entry: Entry, pool: Resource) -> list[Resource]:
    subnet = context.home_subnet(component.id)
    assert subnet is not None
    places = {
        (link.target, copy, port)
        for link in _links_behind(entry, context.server_targets(component.id))
        for port in _member_ports(entry, link, context)
        for copy in range(context.fixed_count(link.target))
    }
    return [
        context.resource(
            component,
            f"member[{entry.port}-{target}-{copy}-{port}]",
            MEMBER,
            {
                "pool": Ref(pool.key),
                "load_balancer": Ref(f"{component.id}/load_balancer"),
                "address": Ref(f"{target}/port[{copy}]", "address"),
                # The balancer's own subnet, whichever one the server is in: the network's router leads there,
                # and the traffic comes from the range that the server's security group lets in.
                "subnet": Ref(f"{subnet.id}/subnet"),
                "port": port,
            },
            name=context.name(context.component(target), copy + 1, f"on {port}"),
        )
        for target, copy, port in sorted(places)
    ]


def pools_for(component_id: str, context: Context) -> list[dict[str, Any]]:
    """The pools that the servers of a scaling group join by themselves, each with the port it uses."""
    places = {
        (balancer.id, entry.port, port)
        for balancer in context.topology.of_family("load_balancer")
        if context.home_subnet(balancer.id)
        for entry in _entries(balancer, context)
        for link in _links_behind(entry, context.server_targets(balancer.id))
        if link.target == component_id
        for port in _member_ports(entry, link, context)
    }
    return [
        {
            "pool": Ref(f"{balancer}/pool[{entry_port}]"),
            "subnet": Ref(f"{subnet.id}/subnet"),
            "port": port,
        }
        for balancer, entry_port, port in sorted(places)
        if (subnet := context.home_subnet(balancer))
    ]


def _links_behind(entry: Entry, links: Sequence[Link]) -> Sequence[Link]:
    """The links that an entry feeds: those on its own port, else those that speak alike, else all.

    A burst link that names no port makes its target one more member of every pool.
    """
    joining = [link for link in links if not link.ports and link.kind == "burst"]
    naming = [link for link in links if link not in joining]
    same_port = [link for link in naming if entry.port in link.ports]
    alike = [link for link in naming if (link.protocol == "HTTP") == (entry.protocol in WEB)]
    return [*(same_port or alike or naming), *joining]


def _member_ports(entry: Entry, link: Link, context: Context) -> Sequence[int]:
    if not link.ports and link.kind == "burst":
        return (listening_port(context.component(link.target), context),)
    return (entry.port,) if entry.port in link.ports else link.ports

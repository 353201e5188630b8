"""What becomes of each component of a design: a card or a frame of its own, or a word on somebody else's.

A picture that shows everything as a card of its own is mostly cards that no line reaches. So volumes hang
on their server, route tables become chips of their subnet, and a network with one subnet is one frame.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from catalog.domain.component_specs import ComponentType
from designer.domain.document import Component, DesignDocument

# Types that are a fact about the container around them as long as no link touches them.
QUIET_TYPES = frozenset(
    {
        "floating_ip",
        "image",
        "keypair",
        "public_network",
        "route_table",
        "router",
        "security_group",
        "server_group",
        "tls_certificate",
    }
)


@dataclass(frozen=True)
class Fates:
    """Keys are component ids; a component in none of the three maps is drawn by itself."""

    docked: Mapping[str, str] = field(default_factory=dict)  # what hangs on a card -> that card
    chips: Mapping[str, str] = field(default_factory=dict)  # a fact -> the container that mentions it
    merged: Mapping[str, str] = field(
        default_factory=dict
    )  # an outer container -> the inner that speaks for both

    def is_drawn(self, key: str) -> bool:
        return key not in self.docked and key not in self.chips and key not in self.merged

    def spokesman(self, key: str) -> str:
        """What a line reaches when it is aimed at this component."""
        key = self.docked.get(key, key)
        while key in self.merged:
            key = self.merged[key]
        return key

    def hosts_of(self, frame: str) -> list[str]:
        """The containers that one frame speaks for, outermost first."""
        hosts = [frame]
        while hosts[0] in self._outer:
            hosts.insert(0, self._outer[hosts[0]])
        return hosts

    @cached_property
    def _outer(self) -> Mapping[str, str]:
        return {inner: outer for outer, inner in self.merged.items()}


def natural_order(key: str) -> tuple[tuple[int, str], ...]:
    """web2 before web10; the same picture in whatever order the document's map came."""
    return tuple(
        (int(number), "") if number else (-1, text) for number, text in re.findall(r"(\d+)|(\D+)", key)
    )


def decide_fates(document: DesignDocument, types: Mapping[str, ComponentType]) -> Fates:
    components = [document.components[key] for key in sorted(document.components, key=natural_order)]
    linked = {end for link in document.links.values() for end in (link.source, link.target)}
    docked = {**_volumes(document, types), **_addresses(document, types, linked)}
    chips = dict(_quiet_ones(document, components, linked - docked.keys(), docked))
    return Fates(docked, chips, dict(_lonely_subnets(components, Fates(docked, chips))))


def _volumes(document: DesignDocument, types: Mapping[str, ComponentType]) -> dict[str, str]:
    """Storage hangs on the server that it is attached to."""
    docked: dict[str, str] = {}
    for key in sorted(document.links, key=natural_order):
        link = document.links[key]
        server, thing = document.components[link.source], document.components[link.target]
        if (
            link.kind == "attach"
            and category_of(thing, types) in ("storage", "dedicated")
            and not is_container(server, types)
            and server.id != thing.id
            and server.id not in docked
        ):
            docked.setdefault(thing.id, server.id)
    return docked


def _addresses(
    document: DesignDocument, types: Mapping[str, ComponentType], linked: set[str]
) -> dict[str, str]:
    """An address hangs on what it is bound to, unless lines say more."""
    docked = {}
    for component in document.components.values():
        host = document.components.get(str(component.properties.get("bound_to", "")))
        if host and host.id != component.id and component.id not in linked and not is_container(host, types):
            docked[component.id] = host.id
    return docked


def _quiet_ones(
    document: DesignDocument, components: list[Component], linked: set[str], docked: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    for component in components:
        holds_nothing = not any(True for _ in document.children(component.id))
        quiet = component.type in QUIET_TYPES or (component.type == "zone" and holds_nothing)
        if quiet and component.parent and component.id not in linked and component.id not in docked:
            yield component.id, component.parent


def _lonely_subnets(components: list[Component], fates: Fates) -> Iterator[tuple[str, str]]:
    """A network that holds nothing but one subnet with contents."""
    inside: dict[str | None, list[Component]] = {}
    for component in components:
        if fates.is_drawn(component.id):
            inside.setdefault(component.parent, []).append(component)
    for outer in components:
        contents = inside.get(outer.id, [])
        if outer.type in ("network", "private_cloud") and len(contents) == 1:
            (inner,) = contents
            if inner.type in ("subnet", "network") and inside.get(inner.id):
                yield outer.id, inner.id


def category_of(component: Component, types: Mapping[str, ComponentType]) -> str:
    known = types.get(component.type)
    return known.category if known else "external"


def is_container(component: Component, types: Mapping[str, ComponentType]) -> bool:
    known = types.get(component.type)
    return known is not None and known.is_container

"""The words of a picture: a card's fact, a line's pill, and the outline for those who can't see it."""

from collections.abc import Callable, Mapping
from typing import Any

from catalog.domain.component_specs import ComponentType
from designer.diagrams.measuring import one_line
from designer.diagrams.scene import Line, Scene
from designer.domain.document import Component, Link

# kind -> (word on the pill, words in the legend). Traffic and planned growth go without a word on the pill.
LINK_WORDS: Mapping[str, tuple[str, str]] = {
    "traffic": ("", "traffic"),
    "growth": ("", "planned, not built yet"),
    "publish": ("Publish", "publishes files"),
    "origin": ("Origin", "origin of the CDN"),
    "deliver": ("Deliver", "delivered by the CDN"),
    "replication": ("Replicate", "replication"),
    "backup": ("Back up", "backup"),
    "attach": ("", "attached"),
    "monitor": ("Monitor", "monitoring"),
    "admin": ("Admin", "administration"),
    "provision": ("Provision", "provisioning"),
    "burst": ("Burst", "scaling"),
    "tunnel": ("Tunnel", "encrypted tunnel"),
    "ha": ("Fail-over", "fail-over"),
}
# What "any traffic" and "the usual disk" are called; a pill that says so says nothing.
_NO_PROTOCOL = {"", "ip", "any", "l3", "virtio"}


def _size(properties: Mapping[str, Any]) -> str:
    size = properties.get("size")
    if not isinstance(size, Mapping) or "vcpus" not in size:
        return ""
    return f"{_number(size['vcpus'])} vCPU · {_number(size.get('ram_gib', 0))} GiB"


def _balancer(properties: Mapping[str, Any]) -> str:
    if "scheme" not in properties:
        return ""
    return f"{one_line(properties['scheme']).capitalize()}{', TLS' if properties.get('tls') else ''}"


def _growth(properties: Mapping[str, Any]) -> str:
    if "max" not in properties or "current" not in properties:
        return ""
    now = f"{_number(properties['current'])} now, " if properties["current"] else ""
    return f"{now}up to {_number(properties['max'])} more"


def _backup(properties: Mapping[str, Any]) -> str:
    if "frequency" not in properties or "retention_days" not in properties:
        return ""
    return (
        f"{one_line(properties['frequency']).capitalize()}, kept {_number(properties['retention_days'])} days"
    )


def _quantity(name: str, pattern: str) -> Callable[[Mapping[str, Any]], str]:
    """A fact that is one number, and is left out when the number is zero."""
    return lambda properties: pattern.format(_number(properties[name])) if properties.get(name) else ""


# Tried in this order; the first that has something to say is the card's fact line.
_FACTS: tuple[Callable[[Mapping[str, Any]], str], ...] = (
    _growth,
    _size,
    _balancer,
    _backup,
    _quantity("size_gb", "{} GB"),
    _quantity("size_gib", "{} GiB"),
    _quantity("capacity_tb", "{} TB"),
    _quantity("egress_gb_month", "{} GB a month"),
    _quantity("messages_month", "{} messages a month"),
    _quantity("checks", "{} checks"),
    _quantity("bandwidth_mbps", "{} Mbit/s"),
)


def fact_line(component: Component) -> str:
    return next((said for fact in _FACTS if (said := fact(component.properties))), "")


def container_detail(component: Component) -> str:
    """What stands behind a container's name: its address range, or how far it scales."""
    properties = component.properties
    if "cidr" in properties:
        return one_line(properties["cidr"], limit=60)
    if "min" in properties and "max" in properties:
        return f"{_number(properties['min'])}–{_number(properties['max'])} servers"
    return _quantity("hypervisors", "{} hypervisors")(properties)


def dock_text(component: Component, *, servers: int) -> str:
    """What a card says about the thing fastened to it; `servers` is how many such things there will be."""
    properties = component.properties
    if size := properties.get("size_gib"):
        return f"{_number(size)} GiB volume{' each' if servers > 1 else ''}"
    if "bound_to" in properties:
        return f"{component.count} floating IPs" if component.count > 1 else "Floating IP"
    return f"{fact_line(component)} {component.label}".strip()


def display_name(component: Component, component_type: ComponentType | None) -> str:
    """The label; a component without one is called by its type, so that no card is empty."""
    fallback = component_type.label if component_type else component.type
    return one_line(component.label) or one_line(fallback) or one_line(component.id)


def pill_words(link: Link, kind: str) -> tuple[str, str]:
    """(words, port) of a link's pill: ("Publish HTTPS", "443"). Both empty where there is nothing to say."""
    protocol = one_line(link.protocol, limit=60)
    port = "any port" if link.any_port else _port_words(link)
    if protocol.lower() in _NO_PROTOCOL and not port:
        protocol = ""
    word = LINK_WORDS.get(kind, (one_line(kind).capitalize(), ""))[0]
    if protocol[:1].islower():  # a method such as "snapshot" says more than the kind of the link
        word, protocol = "", protocol[0].upper() + protocol[1:]
    return " ".join(part for part in (word, protocol) if part), port


def _port_words(link: Link) -> str:
    """Ports as they were written, ranges included: "4444, 4567-4568"."""
    said = link.properties.get("port")
    return said.replace(",", ", ") if isinstance(said, str) else ", ".join(str(port) for port in link.ports)


def legend_words(kind: str) -> str:
    return LINK_WORDS.get(kind, ("", one_line(kind)))[1]


def outline(scene: Scene) -> str:
    """The whole picture in words, containers indented: what a screen reader reads out."""
    lines = []

    def tell(frame: str | None, indent: int) -> None:
        for card in scene.cards.values():
            if card.frame == frame:
                times = f" (×{card.count})" if card.count > 1 else ""
                facts = ", ".join(filter(None, [card.fact, *(dock.text for dock in card.docks)]))
                lines.append(
                    f"{'  ' * indent}- {_brief(card.full_name)}{times}{f': {facts}' if facts else ''}"
                )
        for inner in scene.frames.values():
            if inner.parent == frame:
                facts = ", ".join(filter(None, [inner.detail, *(chip.text for chip in inner.chips)]))
                lines.append(
                    f"{'  ' * indent}- {_brief(inner.full_name)}{f' ({facts})' if facts else ''} contains:"
                )
                tell(inner.key, indent + 1)

    tell(None, 0)
    if scene.lines:
        lines.append("Links:")
        lines.extend(f"- {_sentence(scene, line)}" for line in scene.lines.values())
    if scene.notes:
        lines.append("Notes:")
        lines.extend(f"{note.number}. {note.text}" for note in scene.notes)
    return "\n".join(lines) or "Nothing has been drawn yet."


def _sentence(scene: Scene, line: Line) -> str:
    names = [
        _brief((scene.frames[key] if key in scene.frames else scene.cards[key]).full_name)
        for key in (line.start, line.end)
    ]
    said = f", {line.full_name}" if line.full_name else ""
    return f"{names[0]} {'and' if line.both_ways else 'to'} {names[1]}: {legend_words(line.kind)}{said}"


def _brief(name: str) -> str:
    return name if len(name) <= 80 else f"{name[:79].rstrip()}…"


def _number(value: object) -> str:
    """A number as people write it: 2 rather than 2.0, thousands apart."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    return f"{value:,}" if isinstance(value, int | float) else one_line(value, limit=40)

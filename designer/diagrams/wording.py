"""The names of a picture's parts and the words on its lines."""

from collections.abc import Mapping

from catalog.domain.component_specs import ComponentType
from designer.diagrams.measuring import one_line
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
    "analyse": ("Analyse", "analysis"),
    "attach": ("", "attached"),
    "monitor": ("Monitor", "monitoring"),
    "admin": ("Admin", "administration"),
    "provision": ("Provision", "provisioning"),
    "burst": ("Burst", "scaling"),
    "tunnel": ("Tunnel", "encrypted tunnel"),
    "ha": ("Fail-over", "fail-over"),
    "rule": ("", "let in by a rule"),
    "serves": ("", "way into a subnet"),
}
# What "any traffic" and "the usual disk" are called; a pill that says so says nothing.
_NO_PROTOCOL = {"", "ip", "any", "l3", "virtio"}


def display_name(component: Component, component_type: ComponentType | None, naming: str = "generic") -> str:
    """The label; a component without one is called by its type, so that no card is empty.

    `naming`: whose names the types go by: generic, rackspace, openstack or outscale.
    """
    if component_type is None:
        return one_line(component.label) or one_line(component.type) or one_line(component.id)
    if component.label != component_type.label and (own := one_line(component.label)):
        return own  # the parser gives unlabelled components the generic name, which isn't their own
    return one_line(component_type.labels.get(naming) or component_type.label)


def pill_words(link: Link, kind: str) -> tuple[str, str]:
    """(words, port) of a link's pill: ("Publish HTTPS", "443"). Both empty where there is nothing to say."""
    protocol = one_line(link.protocol, limit=60)
    port = "any port" if link.any_port else _port_words(link)
    if protocol.lower() in _NO_PROTOCOL:
        protocol, port = ("any traffic", "") if link.any_port else ("" if not port else protocol, port)
    word = LINK_WORDS.get(kind, (one_line(kind).capitalize(), ""))[0]
    if protocol[:1].islower():  # a method such as "snapshot" says more than the kind of the link
        word, protocol = "", protocol[0].upper() + protocol[1:]
    return " ".join(part for part in (word, protocol) if part), port


def _port_words(link: Link) -> str:
    """Ports as they were written, ranges included: "4444, 4567-4568"."""
    said = link.properties.get("port")
    if isinstance(said, str):
        return one_line(said, limit=60).replace(",", ", ")
    return ", ".join(str(port) for port in link.ports)


def legend_words(kind: str) -> str:
    return LINK_WORDS.get(kind, ("", one_line(kind)))[1]

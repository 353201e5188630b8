"""What a card, a container and something fastened to a card say about themselves: one short fact each."""

from collections.abc import Callable, Mapping
from typing import Any

from designer.diagrams.measuring import one_line
from designer.domain.document import Component


def _size(properties: Mapping[str, Any]) -> str:
    size = properties.get("size")
    if not isinstance(size, Mapping) or "vcpus" not in size:
        return ""
    return f"{number_words(size['vcpus'])} vCPU · {number_words(size.get('ram_gib', 0))} GiB"


def _balancer(properties: Mapping[str, Any]) -> str:
    if "scheme" not in properties:
        return ""
    return f"{one_line(properties['scheme']).capitalize()}{', TLS' if properties.get('tls') else ''}"


def _growth(properties: Mapping[str, Any]) -> str:
    if "max" not in properties or "current" not in properties:
        return ""
    now = f"{number_words(properties['current'])} now, " if properties["current"] else ""
    return f"{now}up to {number_words(properties['max'])} more"


def _backup(properties: Mapping[str, Any]) -> str:
    if "frequency" not in properties or "retention_days" not in properties:
        return ""
    often, days = one_line(properties["frequency"]).capitalize(), number_words(properties["retention_days"])
    return f"{often}, kept {days} days"


def _quantity(name: str, pattern: str) -> Callable[[Mapping[str, Any]], str]:
    """A fact that is one number, and is left out when the number is zero."""
    return lambda properties: pattern.format(number_words(properties[name])) if properties.get(name) else ""


def _dedicated(properties: Mapping[str, Any]) -> str:
    if "cpu_cores" not in properties:
        return ""
    return f"{number_words(properties['cpu_cores'])} cores · {number_words(properties.get('ram_gib', 0))} GiB"


def _shards(properties: Mapping[str, Any]) -> str:
    if "shards" not in properties or "replicas_per_shard" not in properties:
        return ""
    shards, replicas = properties["shards"], number_words(properties["replicas_per_shard"])
    return f"{number_words(shards)} shard{'s' * (shards != 1)} × {replicas}"


def _alarm(properties: Mapping[str, Any]) -> str:
    if "threshold" not in properties or "metric" not in properties:
        return ""
    sign = "below" if properties.get("comparison") == "lt" else "above"
    percent = " %" if properties["metric"] in ("cpu", "memory") else ""
    return f"{_word(properties['metric'])} {sign} {number_words(properties['threshold'])}{percent}"


def _system(properties: Mapping[str, Any]) -> str:
    if "os" not in properties:
        return ""
    return f"{_word(properties['os'])} {one_line(properties.get('version', ''), limit=40)}".strip()


def _storage(properties: Mapping[str, Any]) -> str:
    if not properties.get("capacity_tb"):
        return ""
    with_raid = f", RAID {one_line(properties['raid'], limit=10)}" if properties.get("raid") else ""
    return f"{number_words(properties['capacity_tb'])} TB{with_raid}"


def _names(name: str) -> Callable[[Mapping[str, Any]], str]:
    """The first of a list of names, and how many more there are."""

    def said(properties: Mapping[str, Any]) -> str:
        names = properties.get(name)
        if not isinstance(names, list | tuple) or not names:
            return ""
        more = f" and {len(names) - 1} more" if len(names) > 1 else ""
        return f"{one_line(names[0], limit=60)}{more}"

    return said


def _choice(name: str, words: Mapping[str, str]) -> Callable[[Mapping[str, Any]], str]:
    return lambda properties: words.get(str(properties.get(name)), "")


_BALANCING = {
    "round_robin": "Round robin",
    "failover": "Fail-over",
    "geo": "Nearest address",
    "single": "Single address",
    "anti-affinity": "On different hosts",
    "soft-anti-affinity": "On different hosts if possible",
    "affinity": "On one host",
    "soft-affinity": "On one host if possible",
}
_TOOLS = {"chef": "Chef", "puppet": "Puppet", "ansible": "Ansible", "heat": "Heat"}
_PAYMENT = {"redirect": "Hosted payment page", "api": "Own payment page"}

# Tried in this order; the first that has something to say is the card's fact line.
_FACTS: tuple[Callable[[Mapping[str, Any]], str], ...] = (
    _growth,
    _dedicated,
    _shards,
    _size,
    _balancer,
    _backup,
    _alarm,
    _system,
    _storage,
    _quantity("size_gb", "{} GB"),
    _quantity("size_gib", "{} GiB"),
    _quantity("egress_gb_month", "{} GB a month"),
    _quantity("messages_month", "{} a month"),
    _quantity("transactions_month", "{} a month"),
    _quantity("checks", "{} checks"),
    _quantity("throughput_mbps", "{} Mbit/s"),
    _quantity("bandwidth_mbps", "{} Mbit/s"),
    _quantity("instances", "{} reserved"),
    _quantity("storage_gb", "{} GB"),
    _names("domains"),
    _choice("policy", _BALANCING),
    _choice("tool", _TOOLS),
    _choice("pci_scope", _PAYMENT),
)


def fact_line(component: Component) -> str:
    return next((said for fact in _FACTS if (said := fact(component.properties))), "")


_OWNERS = {"customer": "customer's site", "provider": "provider's site", "partner": "partner's site"}
_ROLES = {"dr": "disaster recovery", "secondary": "secondary"}
_HOSTS = {"customer": "on the customer's premises", "provider": "hosted by the provider"}
_DETAILS: tuple[Callable[[Mapping[str, Any]], str], ...] = (
    _quantity("hypervisors", "{} hypervisors"),
    _choice("owner", _OWNERS),
    _choice("hosted", _HOSTS),
)


def container_detail(component: Component) -> str:
    """What stands behind a container's name: its address range, whose it is."""
    properties = component.properties
    if "cidr" in properties:
        return one_line(properties["cidr"], limit=60)
    if component.type == "region":
        return _ROLES.get(str(properties.get("role")), "")
    return next((said for detail in _DETAILS if (said := detail(properties))), "")


def scaling_range(component: Component) -> str:
    """How far a scaling group goes: "2–5 servers"."""
    properties = component.properties
    if "min" not in properties or "max" not in properties:
        return ""
    least, most = number_words(properties["min"]), number_words(properties["max"])
    return f"{least}–{most} servers" if least != most else f"{most} servers"


def dock_text(component: Component, *, servers: int) -> str:
    """What a card says about the thing fastened to it; `servers` is how many such things there will be."""
    properties = component.properties
    if size := properties.get("size_gib"):
        return f"{number_words(size)} GiB volume{' each' if servers > 1 else ''}"
    if "bound_to" in properties:
        return f"{component.count} floating IPs" if component.count > 1 else "Floating IP"
    return fact_line(component) or one_line(component.label)


def _word(value: object) -> str:
    """A word from a list of choices, as a sentence begins with it."""
    text = one_line(value, limit=40)
    return {"cpu": "CPU", "http": "HTTP"}.get(text, text[:1].upper() + text[1:])


def number_words(value: object) -> str:
    """A number as people write it: 2 rather than 2.0, thousands apart."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    return f"{value:,}" if isinstance(value, int | float) else one_line(value, limit=40)

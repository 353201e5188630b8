"""What somebody has to let in by hand: the firewall of what stands outside the cloud, told in a sentence."""

from designer.domain.addressing import ANYWHERE
from designer.domain.arrivals import Arrival, Opening
from designer.domain.document import Component
from designer.domain.families.context import Context
from designer.domain.firewall import arrivals_at


def doors(component: Component, context: Context) -> str:
    """` Let in TCP 3306 from 10.0.10.0/24.`, or nothing where no link leads to it. Begins with a blank."""
    if context.topology.family(component.id) == "vpn":
        return ""  # a tunnel's ends find each other, and what comes out of it is not for the gateway
    senders: dict[Opening, set[str]] = {}
    for arrival in arrivals_at(context, component.id):
        senders.setdefault(arrival.opening, set()).add(_sender(arrival, context))
    if not senders:
        return ""
    told = [
        f"{_port(opening)} from {_listed(sorted(names))}"
        for opening, names in sorted(senders.items(), key=lambda one: (one[0].protocol, one[0].port or 0))
    ]
    return f" Let in {'; '.join(told)}."


def _port(opening: Opening) -> str:
    protocol = "everything" if opening.protocol == "any" else opening.protocol.upper()
    return protocol if opening.port is None else f"{protocol} {opening.port}"


def _sender(arrival: Arrival, context: Context) -> str:
    if arrival.address:
        owner = context.component(arrival.address.key.partition("/")[0])
        return f"the public address of {context.name(owner)}"
    if arrival.source:
        subnet = context.topology.subnet(arrival.source)
        return str(subnet.properties["cidr"]) if subnet else context.name(context.component(arrival.source))
    return "everywhere" if arrival.cidr == ANYWHERE else str(arrival.cidr)


def _listed(words: list[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last

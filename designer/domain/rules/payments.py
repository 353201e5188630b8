"""Rules about taking money, and about databases that deserve machines of their own."""

from collections.abc import Iterator

from designer.domain.document import Component
from designer.domain.rules.evidence import FIREWALLS, Evidence
from designer.domain.rules.notices import Notice, joined
from designer.domain.rules.roles import DATA, PROXY, WEB


def payments_without_segments(design: Evidence) -> Iterator[Notice]:
    gateways = design.topology.of_type("payment_gateway")
    if not gateways:
        return
    networks = {
        role: {network.id for one in design.of_role(*roles) if (network := design.topology.network(one.id))}
        for role, roles in (("front", (WEB, PROXY)), ("data", (DATA,)))
    }
    shared = sorted(networks["front"] & networks["data"])
    missing = [] if design.topology.of_type(*FIREWALLS) else ["no firewall stands in front"]
    missing += [f"web servers and databases share {design.labels(shared)}"] if shared else []
    if missing:
        detail = (
            f"Cards are paid with here, and {joined(missing)}, so whoever breaks into the site is one step "
            "from the card data. Put a firewall in front, and web servers and databases into networks of "
            "their own."
        )
        yield Notice(detail, (*(one.id for one in gateways), *shared))


def card_data_readable_on_a_balancer(design: Evidence) -> Iterator[Notice]:
    if not design.topology.of_type("payment_gateway"):
        return
    for balancer in design.topology.of_family("load_balancer"):
        if balancer.properties["tls"]:
            detail = (
                f"{design.label(balancer)} ends TLS, so card data and passwords are readable on a device "
                "that the provider shares between customers. Pass HTTPS through to the web servers, which "
                "then hold the certificate."
            )
            yield Notice(detail, (balancer.id,))


def databases_that_want_their_own_machine(design: Evidence) -> Iterator[Notice]:
    pays = bool(design.topology.of_type("payment_gateway"))
    for component in design.of_role(DATA):
        if runs_on_shared_hosts(design, component) and (pays or is_disk_heavy(component)):
            why = "holds what belongs to card payments" if pays else "reads and writes its disk heavily"
            detail = (
                f"{design.label(component)} {why}, and shares its host with strangers. Consider a dedicated "
                "database server."
            )
            yield Notice(detail, (component.id,))


def runs_on_shared_hosts(design: Evidence, component: Component) -> bool:
    cloudy = design.topology.family(component.id) in {"server", "database", "growth_pool"}
    return cloudy and not design.is_on_site(component.id)


def is_disk_heavy(component: Component) -> bool:
    """An operator's own database type may say so by a property `iops_heavy`."""
    return component.properties.get("iops_heavy") is True

"""Services that no cloud creates, by the name that the graph gives them."""

from collections.abc import Callable, Mapping

from designer.domain.resources import Resource
from estimator.domain.metering.data import backup, external_backup, file_share, image
from estimator.domain.metering.networks import (
    cdn,
    dns_provider,
    egress,
    interconnect,
    nat_gateway,
    peering,
    vpn_gateway,
    vpn_mesh,
)
from estimator.domain.metering.quantities import counted, number_in, text_in
from estimator.domain.metering.servers import growth, reserved_capacity
from estimator.domain.metering.sites import (
    capacity,
    dedicated,
    devices,
    in_site,
    on_private_cloud,
    private_cloud,
    site,
)
from estimator.domain.metering.usage import Surroundings, Usage


def meter_external(resource: Resource, around: Surroundings) -> list[Usage]:
    service = text_in(resource.properties.get("service")) or "external"
    special = EXTERNAL_SERVICES.get(service) or (in_site if service.startswith("site_") else None)
    if special:
        return special(resource)
    return [Usage(service, service.replace("_", " ").capitalize())]


def _monitoring(resource: Resource) -> list[Usage]:
    checks = number_in(resource.properties.get("checks"))
    if not checks:
        return [Usage("monitoring", "Monitoring")]
    return [Usage("monitoring", f"Monitoring, {counted(checks, 'check')}", "check-month", checks)]


def _alarm(resource: Resource) -> list[Usage]:
    """Part of the monitoring, as an alarm of the cloud is."""
    return []


def _email(resource: Resource) -> list[Usage]:
    return [
        Usage("email", "E-mail messages", "message", number_in(resource.properties.get("messages_month")))
    ]


def _payments(resource: Resource) -> list[Usage]:
    transactions = number_in(resource.properties.get("transactions_month"))
    return [
        Usage(
            "payments",
            "Card payments",
            "transaction",
            transactions,
            assumption="The share of the turnover that a payment provider takes comes on top.",
        )
    ]


EXTERNAL_SERVICES: Mapping[str, Callable[[Resource], list[Usage]]] = {
    "alarm": _alarm,
    "backup": backup,
    "cdn": cdn,
    "dedicated_database": dedicated("dedicated_database", "Dedicated database server"),
    "dedicated_server": dedicated("dedicated_server", "Dedicated server"),
    "dns": dns_provider,
    "egress": egress,
    "email": _email,
    "external_backup": external_backup,
    "file_share": file_share,
    "growth": growth,
    "hardware_firewall": devices("hardware_firewall", "Hardware firewall", "ha"),
    "hardware_load_balancer": devices("hardware_load_balancer", "Hardware load balancer", "ha_pair"),
    "image": image,
    "interconnect": interconnect,
    "managed_storage": capacity("managed_storage", "Managed storage"),
    "monitoring": _monitoring,
    "nas": capacity("nas", "Network storage"),
    "nat_gateway": nat_gateway,
    "payments": _payments,
    "peering": peering,
    "private_cloud": private_cloud,
    "private_cloud_server": on_private_cloud,
    "reserved_capacity": reserved_capacity,
    "site": site,
    "vpn_gateway": vpn_gateway,
    "vpn_mesh": vpn_mesh,
}

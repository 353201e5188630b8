"""What the lists of fifteen European providers have in common: two people read them off the price pages.

Most rows are from mixxor/eu-cloud-prices ("as is, informational"), storage often from retrack's benchmarks
(CC BY 4.0). Whether tax is in a figure, how a started hour counts and what a GB is, they say only where the
mapping says so too.
"""

from collections.abc import Mapping
from typing import Any

from catalog.domain.price_imports.collected_rows import Record
from catalog.domain.price_imports.mappings import Rule, leave, take

ONE_KIND = "The list has one kind of disk and doesn't say which."
NO_KUBERNETES = leave("No design asks for Kubernetes.", of_service="kubernetes")
SUMS = leave("Sums of the cores and the memory that are here.", resource_type="server")


def header(
    key: str, provider: str, *, region: str, collected: str, hours: str, title: str = "", **more: Any
) -> dict[str, Any]:
    """`hours`: what the provider calls a month, 730 or 720 of 30 days. Title: `Exoscale, 2026`."""
    return {
        "key": key,
        "provider": provider,
        "title": title or f"{provider}, {collected[:4]}",
        "region": region,
        "currency": "EUR",
        "month_rule": {"rule": "fixed_hours", "hours": hours},
        "valid_from": collected,
        "collected_at": collected,
        **more,
    }


def gpu(kind: str = ".+ / gpu") -> Rule:
    return leave("No design asks for a GPU, and who asks for a size shall not get one.", description=kind)


def servers(note: str | None = None, **where: Any) -> Rule:
    """Flavors by the SKU, which is what the cloud itself calls them."""
    says = {"description": "{sku} server", "note": note}
    return take("server", resource_type="server", says=says, **where)


def volume(
    kind: str = "", *, description: str = "Block storage", note: str | None = ONE_KIND, **where: Any
) -> Rule:
    """Without a kind it is what any design gets that asks for a disk."""
    says: dict[str, Any] = {"description": description, "note": note}
    if kind:
        says |= {"selector": {"type": kind}, "note": note if note != ONE_KIND else None}
    return take("volume", resource_type="block-storage", says=says, **where)


def object_storage(note: str | None = None, *, description: str = "Object storage", **where: Any) -> Rule:
    return take(
        "object_storage",
        resource_type="object-storage",
        says={"description": description, "note": note},
        **where,
    )


def load_balancer(note: str | None = None) -> Rule:
    return take(
        "load_balancer", resource_type="load-balancer", says={"description": "Load balancer", "note": note}
    )


def public_ip() -> Rule:
    return take("floating_ip", resource_type="public-ip", says={"description": "Public IPv4 address"})


def snapshot() -> Rule:
    return take("snapshot", resource_type="snapshot", says={"description": "Volume snapshot"})


def egress(note: str | None = None, *, says: Mapping[str, Any] | None = None, **where: Any) -> Rule:
    """Of `network`: what leaves servers, and object storage where that has no price of its own."""
    return take(
        "egress",
        of_service="network",
        resource_type="egress",
        says={"description": "Outgoing traffic", "scope": "account", "note": note, **(says or {})},
        **where,
    )


def object_egress(*, says: Mapping[str, Any] | None = None, **where: Any) -> Rule:
    return take(
        "egress",
        resource_type="egress",
        says={
            "description": "Traffic from object storage",
            "scope": "account",
            "selector": {"of": "object_storage"},
            **(says or {}),
        },
        **where,
    )


# --- Cores and memory by the piece ----------------------------------------------------------------------


def piece(service: str, sku: str, description: str, *, kind: str = "", **options: Any) -> Rule:
    """`service`: vcore or memory. `kind` tells two sorts of cores apart that one provider sells."""
    says: dict[str, Any] = {"description": description}
    if kind:
        says["selector"] = {"kind": kind}
    return take(service, sku=sku, says={**says, **options.pop("says", {})}, **options)


def composed(name: str, *, vcpu: str, ram: str, locator: str, description: str = "Server") -> Record:
    """`name` is how the provider, or the list, writes a size: `{vcpus}c-{ram_gib}g`. No disk is in it."""
    return {
        "sku": name,
        "service": "server",
        "product": "compute",
        "resource_type": "server",
        "description": description,
        "unit": "hour",
        "composed_of": [{"sku": vcpu, "per": "vcpus"}, {"sku": ram, "per": "ram_gib"}],
        "locator": locator,
        "confidence": "derived",
        "note": "Cores and memory are sold by the piece.",
    }

"""A price book of four prices in round figures, so that amounts can be checked by hand."""

from typing import Any

from catalog.domain.price_book_files import parse_price_book
from catalog.domain.price_books import PriceBook
from designer.domain import resources as kinds
from designer.domain.resources import Resource

HEADER: dict[str, Any] = {
    "schema": 2,
    "key": "small-cloud",
    "provider": "Small",
    "title": "Small cloud",
    "version": 1,
    "region": "eu",
    "currency": "USD",
    "tax": {"kind": "net"},
    "valid_from": "2026-01-01",
    "collected_at": "2026-01-01",
    "month_rule": {"rule": "fixed_hours", "hours": "730"},
    "metering": "second",
    "unit_basis": "decimal",
    "rounding": {"line": None, "total": "0.01", "mode": "half_up"},
    "sources": [
        {"id": "page", "url": "https://example.test/", "kind": "primary", "retrieved": "2026-01-01"},
        {"id": "blog", "url": "https://blog.test/", "kind": "secondary", "retrieved": "2026-01-01"},
    ],
}
SERVER = {"sku": "m1", "service": "server", "unit": "hour", "price": "0.10"}
SERVER |= {"attributes": {"vcpus": "2", "ram_gib": "4", "disk_gib": "40"}}  # type: ignore[dict-item]
STORAGE = {"sku": "objects", "service": "object_storage", "unit": "GB-month", "price": "0.02"}
EGRESS: dict[str, Any] = {"sku": "traffic", "service": "egress", "unit": "GB", "scope": "account"}
EGRESS |= {"tiers": [{"from": "0", "to": "100", "price": "0"}, {"from": "100", "price": "0.10"}]}
VPN = {"sku": "setup", "service": "vpn", "charge": "one_time", "unit": "month", "price": "200"}


def a_book(*prices: dict[str, Any], **header: Any) -> PriceBook:
    """A server costs 73.00 a month, a GB stored 0.02, traffic 0.10 above the first 100 GB, a VPN 200 once."""
    rows = [
        {"description": price["sku"], "source": "page", "locator": "table", "confidence": "verbatim", **price}
        for price in prices or (SERVER, STORAGE, EGRESS, VPN)
    ]
    return parse_price_book({**HEADER, **header, "prices": rows}, file="small.json")


def servers(count: int = 1, component: str = "web") -> list[Resource]:
    size = {"vcpus": 2, "ram_gib": 4, "disk_gib": 40}
    return [
        Resource(f"{component}/server[{index}]", kinds.SERVER, component, {"size": size})
        for index in range(count)
    ]


def a_store(size_gb: int = 200, egress_gb: int = 150, component: str = "files") -> Resource:
    """4.00 for what is stored, 5.00 for what is sent."""
    said = {"size_gb": size_gb, "egress_gb_month": egress_gb}
    return Resource(f"{component}/object_container", kinds.OBJECT_CONTAINER, component, said)


def a_vpn() -> Resource:
    return Resource("line/external", kinds.EXTERNAL, "line", {"service": "vpn"})


def a_group(least: int, now: int, most: int) -> Resource:
    member = {"size": {"vcpus": 2, "ram_gib": 4, "disk_gib": 40}}
    said = {"member": member, "min": least, "desired": now, "max": most}
    return Resource("group/scaling_group", kinds.SCALING_GROUP, "group", said)

"""Three bills that providers worked out themselves, to the cent, through the public command."""

import json
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

OVH_GUIDE = "https://help.ovhcloud.com/csm/en-public-cloud-billing"
CATALYST = "catalyst-cloud"  # the shipped book; its rates stand in the provider's own examples


def a_book(url: str, currency: str, *prices: dict[str, Any], **header: Any) -> dict[str, Any]:
    stated = {"source": "page", "locator": "example", "confidence": "verbatim"}
    rows = [{"description": price["sku"], **stated, **price} for price in prices]
    return {
        "schema": 2,
        "key": "example",
        "provider": "Example",
        "title": "A provider's own example",
        "version": 1,
        "region": "all",
        "currency": currency,
        "tax": {"kind": "net"},
        "month_rule": {"rule": "fixed_hours", "hours": "730"},
        "metering": "second",
        "rounding": {"unit": None, "line": None, "total": "0.01", "mode": "half_up"},
        "valid_from": "2017-01-01",
        "collected_at": "2026-01-01",
        "sources": [{"id": "page", "url": url, "kind": "primary", "retrieved": "2026-01-01"}],
        "prices": rows,
        **header,
    }


def a_flavor(name: str, vcpus: int, ram_gib: int, price: str) -> dict[str, Any]:
    size = {"flavor": name, "vcpus": str(vcpus), "ram_gib": str(ram_gib), "disk_gib": "50"}
    return {"sku": name, "service": "server", "unit": "hour", "price": price, "attributes": size}


def a_server(flavor: str, **entry: Any) -> dict[str, Any]:
    size = {"vcpus": 1, "ram_gib": 1, "disk_gib": 10}
    return {"type": "app_server", "parent": "sn", "properties": {"flavor": flavor, "size": size}, **entry}


def a_document(**components: dict[str, Any]) -> dict[str, Any]:
    net = {"type": "network", "properties": {"cidr": "10.0.0.0/16"}}
    subnet = {"type": "subnet", "parent": "net", "properties": {"cidr": "10.0.0.0/24"}}
    return {
        "format": 1,
        "settings": {},
        "components": {"net": net, "sn": subnet, **components},
        "links": {},
    }


def estimated(folder: Path, document: dict[str, Any], book: dict[str, Any] | str) -> dict[str, Any]:
    """`book`: a shipped one's key, or what goes into a book's file."""
    design, prices = folder / "design.json", folder / "book.json"
    design.write_text(json.dumps(document))
    if not isinstance(book, str):
        prices.write_text(json.dumps(book))
        book = str(prices)
    out = StringIO()
    call_command("estimate", str(design), "--price-book", book, "--json", stdout=out)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def test_ovh_s_billing_guide(tmp_path: Path) -> None:
    """An instance for 200 started clock hours, and a volume of 250 GB for 103: 22.20 + 1.43 = 23.63 EUR."""
    volume = {
        "sku": "volume.classic",
        "service": "volume",
        "unit": "GB-hour",
        "price": "0.0000555556",
        "selector": {"type": "hdd"},
    }
    book = a_book(OVH_GUIDE, "EUR", a_flavor("b2-7", 2, 7, "0.111"), volume, metering="started_hour")
    document = a_document(
        web=a_server("b2-7", usage={"hours_per_month": 200}),
        disk={
            "type": "volume",
            "parent": "sn",
            "properties": {"size_gib": 250, "type": "hdd"},
            "usage": {"hours_per_month": 103},
        },
    )

    found = estimated(tmp_path, document, book)

    assert found["totals"]["monthly"] == "23.63"
    priced = [line for line in found["line_items"] if line["monthly"]]
    assert {(line["sku"], line["quantity"], line["unit_price"]) for line in priced} == {
        ("b2-7", "200", "0.111"),
        ("volume.classic", "25750", "0.0000555556"),
    }


def test_catalyst_s_invoice(tmp_path: Path) -> None:
    """Seven lines of 697 hours, each rounded to cents: 4 × 11.85 + 3 × 11.43 = 81.69 NZD."""
    there = {"usage": {"hours_per_month": 697}}
    networks = {
        f"n{index}": {"type": "network", "properties": {"cidr": f"10.{index}.0.0/16"}, **there}
        for index in range(3)
    }
    routers = {f"r{index}": {"type": "router", "parent": f"n{index % 3}", **there} for index in range(4)}
    document = {"format": 1, "settings": {}, "components": {**networks, **routers}, "links": {}}

    found = estimated(tmp_path, document, CATALYST)

    assert found["totals"]["monthly"] == "81.69"
    assert sorted(line["monthly"] for line in found["line_items"]) == ["11.43"] * 3 + ["11.85"] * 4
    assert {line["quantity"] for line in found["line_items"]} == {"697"}


@pytest.mark.parametrize(
    ("flavor", "hourly", "monthly"),
    [("c1.c1r1", "0.044", "32.12"), ("c1.c4r16", "0.391", "285.43")],
)
def test_catalyst_s_flavors(tmp_path: Path, flavor: str, hourly: str, monthly: str) -> None:
    """Beside the server: 10 GB of block storage, 4.02 in the documentation, a network and its router."""
    found = estimated(tmp_path, a_document(web=a_server(flavor)), CATALYST)

    lines = {line["sku"]: line for line in found["line_items"]}
    server = lines[flavor]
    assert (server["quantity"], server["unit_price"], server["monthly"]) == ("730", hourly, monthly)
    beside = [lines[sku]["monthly"] for sku in ("block:standard", "network", "router")]
    assert beside == ["4.02", "11.97", "12.41"]
    assert Decimal(found["totals"]["monthly"]) == sum(map(Decimal, [monthly, *beside]))

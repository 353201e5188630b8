"""Builders of price books and their versions, for tests."""

import json
from typing import Any

from django.contrib.auth.models import User

from catalog.models import PriceBookVersion
from catalog.services.price_books import create_draft, publish_price_book


def a_price(sku: str = "s1", price: str = "0.05", **said: Any) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "sku": sku,
        "service": "server",
        "description": f"{sku} server",
        "unit": "hour",
        "price": price,
        "attributes": {"flavor": sku, "vcpus": "2", "ram_gib": "4", "disk_gib": "40"},
        "source": "page",
        "locator": f"row {sku}",
        "confidence": "verbatim",
    }
    return {**facts, **said}


def a_book(*prices: dict[str, Any], **said: Any) -> dict[str, Any]:
    """As the file says it."""
    facts: dict[str, Any] = {
        "schema": 2,
        "key": "our-cloud",
        "provider": "Our cloud",
        "title": "Our cloud, 2026",
        "version": 1,
        "region": "basel",
        "currency": "CHF",
        "tax": {"kind": "net"},
        "month_rule": {"rule": "fixed_hours", "hours": "730"},
        "metering": "second",
        "unit_basis": "unstated",
        "rounding": {"unit": None, "line": None, "total": "0.01", "mode": "half_up"},
        "valid_from": "2026-11-01",
        "valid_to": None,
        "collected_at": "2026-11-01",
        "sources": [
            {"id": "page", "url": "https://cloud.example.com", "kind": "primary", "retrieved": "2026-11-01"}
        ],
        "prices": list(prices) or [a_price()],
    }
    return {**facts, **said}


def book_file(*prices: dict[str, Any], **said: Any) -> bytes:
    return json.dumps(a_book(*prices, **said)).encode()


def drafted(*prices: dict[str, Any], by: User | None = None, **said: Any) -> PriceBookVersion:
    return create_draft(json.dumps(a_book(*prices, **said)), by=by, file="our-cloud.json")


def published(*prices: dict[str, Any], by: User | None = None, **said: Any) -> PriceBookVersion:
    return publish_price_book(drafted(*prices, by=by, **said), by=by)

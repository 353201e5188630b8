"""Catalyst Cloud in New Zealand: the hours that a month has, and invoices with each line rounded to cents.

It has no load balancer, object storage or traffic in the list, and is here for what the others lack: networks
and routers on the invoice, and a discount on the whole volume.
"""

from catalog.domain.price_imports.collected_rows import Record
from catalog.domain.price_imports.european_lists import volume
from catalog.domain.price_imports.mappings import BookPlan, Ladder, take


def _discount(record: Record, ladder: Ladder) -> Record:
    """The reached tier counts for all of the month's usage; per cent that are taken off are below zero."""
    tiers = [
        {
            "from": row.tier_from,
            "to": row.tier_to or None,
            "percent": row.price if row.price == "0" else f"-{row.price}",
        }
        for row in ladder
    ]
    return {**record, "unit": "percent", "tiers": tiers, "charge": "percent"}


INVOICE = "The rate in a sample invoice of July 2017."

CATALYST_CLOUD = (
    BookPlan(
        header={
            "key": "catalyst-cloud",
            "provider": "Catalyst Cloud",
            "title": "Catalyst Cloud, 2017",
            "region": "New Zealand",
            "currency": "NZD",
            "month_rule": {"rule": "calendar"},
            "rounding": {"unit": None, "line": "0.01", "total": "0.01", "mode": "half_up"},
            "valid_from": "2017-09-27",
            "collected_at": "2025-09-30",
            "note": "Flavors are of 2017; two of them still stood in the documentation of 2025. A month has "
            "the hours of the calendar, and each line of an invoice is rounded to cents.",
        },
        rules=(
            take("server", resource_type="server", says={"description": "{sku} server"}),
            take("vpn", resource_type="vpn", says={"description": "VPN service", "note": INVOICE}),
            take("router", resource_type="nat-gateway", says={"description": "Router", "note": INVOICE}),
            take("network", resource_type="network", says={"description": "Network", "note": INVOICE}),
            volume(description="Block storage", note="10 GB are 4.02 for 730 hours in the documentation."),
            take(
                "discount",
                resource_type="volume-discount",
                says={
                    "description": "Volume discount",
                    "scope": "account",
                    "tier_mode": "volume",
                    "order": 1,
                    "applies_to": {"service": "all"},
                    "attributes": {"name": "volume-discount"},
                    "note": "On the whole month's usage; what is above 100,000 nobody wrote down.",
                },
                change=_discount,
            ),
        ),
    ),
)

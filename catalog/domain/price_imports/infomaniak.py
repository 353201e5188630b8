"""Infomaniak's public cloud in Geneva, in euros.

Its bills count in a currency of their own, the ICU: 50 for a franc, 55.5 for a euro. In francs only storage
was collected; at that rate the two agree to the digits that the list has.
"""

from catalog.domain.price_imports.european_lists import (
    NO_KUBERNETES,
    egress,
    gpu,
    header,
    load_balancer,
    object_egress,
    object_storage,
    servers,
    volume,
)
from catalog.domain.price_imports.mappings import BookPlan, leave, take

INFOMANIAK = (
    BookPlan(
        header=header(
            "infomaniak",
            "Infomaniak",
            region="Geneva",
            collected="2026-05-20",
            hours="730",
            note="Bills count in ICU: 55.5 for EUR 1, 50 for CHF 1. Storage in francs, read by somebody else "
            "in September 2026, agrees at that rate.",
        ),
        rows={"currency": "EUR"},
        rules=(
            gpu(),
            servers(),
            volume(sku="volume:perf1", description="Volume, perf1", note="The least of three kinds of disk."),
            volume("perf2", sku="volume:perf2", description="Volume, perf2"),
            volume("perf3", sku="volume:perf3", description="Volume, perf3"),
            object_storage(),
            object_egress(
                of_service="object-storage",
                says={"free_quantity": "10000", "note": "10 TB a month are free for an organisation."},
            ),
            egress("Traffic of servers is free."),
            load_balancer(),
            take(
                "floating_ip",
                resource_type="public-ip",
                says={
                    "description": "Address of a load balancer, reserved",
                    "selector": {"of": "load_balancer"},
                },
            ),
            NO_KUBERNETES,
            leave("What bills count in, and no price: it stands in the book's note.", of_service="billing"),
        ),
    ),
)

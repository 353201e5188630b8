"""STACKIT in Germany: months of 30 days, and disks that cost by their GB and by what they can do."""

from catalog.domain.price_imports.european_lists import (
    NO_KUBERNETES,
    egress,
    gpu,
    header,
    load_balancer,
    servers,
    snapshot,
)
from catalog.domain.price_imports.mappings import BookPlan, leave, take

STACKIT = (
    BookPlan(
        header=header(
            "stackit",
            "STACKIT",
            region="Germany",
            collected="2026-09-10",
            hours="720",
            note="A volume costs by its GB and, each disk, by its performance class.",
        ),
        rules=(
            gpu(),
            leave("The hourly price for 720 hours.", resource_type="server", unit="month"),
            leave("The machine that the provider's own load balancers run on.", sku="m1.amphora"),
            servers(),
            take(
                "volume",
                sku="volume:capacity",
                says={
                    "description": "Premium volume",
                    "note": "Its performance class is charged by the disk.",
                },
            ),
            take(
                "volume_performance",
                sku="volume:class-1",
                says={
                    "description": "Performance class 1: 500 IOPS, 50 MB/s",
                    "applies_to": {"sku": "volume:capacity"},
                    "note": "A design names no class; the book counts 1, one above the least.",
                },
            ),
            leave(
                "A design names no class; the book counts class 1.", resource_type="block-storage-performance"
            ),
            leave(
                "From 0.05 up by performance class: the provider's page has capacity and class.", sku="volume"
            ),
            snapshot(),
            take(
                "object_storage",
                sku="object:premium",
                says={
                    "description": "Object storage, premium",
                    "note": "Read from the provider's page; a list of May 2026 has 0.006 a month.",
                },
            ),
            leave("Read again in September 2026, from the page itself.", resource_type="object-storage"),
            load_balancer("The list says to ask STACKIT for the exact price."),
            egress("Outgoing traffic is free for the time being."),
            NO_KUBERNETES,
        ),
    ),
)

"""IONOS Cloud in Germany: cores and memory by the piece, and months of 30 days."""

from catalog.domain.price_imports.european_lists import (
    SUMS,
    composed,
    egress,
    header,
    load_balancer,
    object_egress,
    object_storage,
    piece,
    snapshot,
    volume,
)
from catalog.domain.price_imports.mappings import BookPlan, leave

DOCUMENTATION = "object-storage-documentation"
AGAIN = "Read again in September 2026, from the page itself."

IONOS = (
    BookPlan(
        header=header(
            "ionos",
            "IONOS",
            title="IONOS Cloud, 2026",
            region="Germany",
            collected="2026-09-10",
            hours="720",
            note="Storage is priced for 30 days.",
        ),
        rules=(
            SUMS,
            piece("vcore", "component:vcpu_per_hour", "vCPU", kind="shared"),
            piece("memory", "component:vcpu_ram_per_gb_hour", "Memory beside vCPUs", kind="shared"),
            piece("vcore", "component:dedicated_core_per_hour", "Dedicated core", kind="dedicated"),
            piece(
                "memory",
                "component:dedicated_ram_per_gb_hour",
                "Memory beside dedicated cores",
                kind="dedicated",
            ),
            volume(
                "hdd",
                sku="volume:essential",
                description="Essential volume",
                note="Another list calls it HDD, for the same price.",
            ),
            volume(
                "ssd",
                sku="volume:performance",
                description="Performance volume",
                note="Another list calls it SSD premium, for the same price.",
            ),
            volume("balanced", sku="volume:balanced", description="Balanced volume"),
            leave(AGAIN, resource_type="block-storage"),
            snapshot(),
            object_storage("Read from the provider's page; a list of May 2026 has 0.015.", region="DE"),
            leave(AGAIN, resource_type="object-storage"),
            # 2 TB are free, and the next 8 cost 0.03; where the tiers behind them begin nobody wrote down.
            object_egress(
                sku="egress",
                region="DE",
                says={
                    "sku": "object:egress:tiers",
                    "source": DOCUMENTATION,
                    "note": "1 TB is 1024 GB there.",
                },
            ),
            leave("The provider's documentation has tiers.", sku="object:egress"),
            egress(),
            load_balancer(),
        ),
        sources=(
            {
                "id": DOCUMENTATION,
                "url": "https://docs.ionos.com/cloud/backup-and-storage/ionos-object-storage/overview/pricing",
                "kind": "secondary",
                "retrieved": "undated",
                "note": "The provider's documentation as a third party read it.",
            },
        ),
        stated=(
            composed(
                "vcpu-{vcpus}c-{ram_gib}g",
                vcpu="component:vcpu_per_hour",
                ram="component:vcpu_ram_per_gb_hour",
                locator="vCPU and RAM",
            ),
            composed(
                "dedicated-{vcpus}c-{ram_gib}g",
                vcpu="component:dedicated_core_per_hour",
                ram="component:dedicated_ram_per_gb_hour",
                locator="Dedicated core and RAM",
                description="Server with dedicated cores",
            ),
        ),
    ),
)

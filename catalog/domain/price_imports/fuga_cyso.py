"""Fuga Cloud, now Cyso Cloud, in the Netherlands: by the hour, up to a cap that 672 hours reach."""

from catalog.domain.price_imports.european_lists import (
    NO_KUBERNETES,
    egress,
    header,
    load_balancer,
    object_egress,
    object_storage,
    public_ip,
    volume,
)
from catalog.domain.price_imports.mappings import BookPlan, PriceOf, leave, take

FUGA_CYSO = (
    BookPlan(
        header=header(
            "fuga-cyso",
            "Cyso Cloud (Fuga)",
            region="Netherlands",
            collected="2026-05-20",
            hours="730",
            note="An hourly price stops at a cap a month, after 672 hours.",
        ),
        rules=(
            leave("The cap of the hourly price.", resource_type="server", unit="month"),
            take(
                "server",
                resource_type="server",
                says={"description": "{sku} server", "cap_per_month": PriceOf("{sku}", unit="month")},
            ),
            volume("ssd", description="Tier-1 SSD volume"),
            object_storage(),
            object_egress(of_service="object-storage"),
            load_balancer("The small one; medium ones cost 27.45 a month, large ones 54.95."),
            public_ip(),
            egress(
                "What is above has a price that nobody wrote down.",
                says={"free_quantity": "4000", "free_basis": "per_server"},
            ),
            NO_KUBERNETES,
        ),
    ),
)

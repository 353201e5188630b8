"""Cleura in Sweden and Germany: vCPUs and memory by the piece, and months of 30 days."""

from catalog.domain.price_imports.european_lists import (
    SUMS,
    composed,
    egress,
    header,
    load_balancer,
    object_storage,
    piece,
    public_ip,
    volume,
)
from catalog.domain.price_imports.mappings import BookPlan

CLEURA = (
    BookPlan(
        header=header("cleura", "Cleura", region="Sweden and Germany", collected="2026-05-20", hours="720"),
        rules=(
            SUMS,
            piece("vcore", "component:vcpu", "vCPU"),
            piece("memory", "component:ram", "Memory"),
            volume(),
            object_storage(),
            load_balancer(),
            public_ip(),
            egress(),
        ),
        stated=(
            composed(
                "public-{vcpus}-{ram_gib}", vcpu="component:vcpu", ram="component:ram", locator="vCPU and RAM"
            ),
        ),
    ),
)

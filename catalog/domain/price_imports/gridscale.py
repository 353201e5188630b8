"""gridscale in Frankfurt: cores and memory by the piece. Their prices stand for a month of 730 hours."""

from decimal import Decimal

from catalog.domain.money import plain_text
from catalog.domain.price_imports.collected_rows import Record
from catalog.domain.price_imports.european_lists import (
    SUMS,
    composed,
    egress,
    header,
    load_balancer,
    object_storage,
    piece,
    volume,
)
from catalog.domain.price_imports.mappings import BookPlan, Ladder

MONTH = Decimal(730)


def _by_the_hour(record: Record, ladder: Ladder) -> Record:
    """16.01 and 3.53 a month are the 0.0632 an hour that the list has for 2 cores and 4 GB."""
    hour = (Decimal(ladder[0].price) / MONTH).quantize(Decimal("1E-8"))
    note = f"{ladder[0].price} a month of 730 hours."
    return {**record, "price": plain_text(hour), "unit": "hour", "confidence": "derived", "note": note}


GRIDSCALE = (
    BookPlan(
        header=header("gridscale", "gridscale", region="Frankfurt", collected="2026-06-15", hours="730"),
        rules=(
            SUMS,
            piece("vcore", "component:cpu_per_core_monthly", "Core", change=_by_the_hour),
            piece("memory", "component:ram_per_gb_monthly", "Memory", change=_by_the_hour),
            volume(
                sku="volume:standard",
                description="Volume, standard",
                note="The least of three kinds of distributed storage.",
            ),
            volume("high", sku="volume:high", description="Volume, high"),
            volume("insane", sku="volume:insane", description="Volume, insane"),
            volume("rocket", sku="volume:rocket", description="Volume, rocket"),
            object_storage(),
            load_balancer(),
            egress("By fair use.", says={"free_quantity": "20000"}),
        ),
        stated=(
            composed(
                "{vcpus}c-{ram_gib}g",
                vcpu="component:cpu_per_core_monthly",
                ram="component:ram_per_gb_monthly",
                locator="Core and RAM",
            ),
        ),
    ),
)

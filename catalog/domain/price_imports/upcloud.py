"""UpCloud: prices for a month, which is full after 672 hours.

The list's hourly prices are its month prices over 730, while the provider stops counting at 672 hours; so an
hour is a 672nd of the month, and a month costs what it says.
"""

from decimal import ROUND_CEILING, Decimal

from catalog.domain.money import plain_text
from catalog.domain.price_imports.collected_rows import Record
from catalog.domain.price_imports.european_lists import egress, header, load_balancer, volume
from catalog.domain.price_imports.mappings import BookPlan, Ladder, leave, take

FULL_MONTH = Decimal(672)
CORROBORATED = "list-and-moveinfra"


def _by_the_hour(record: Record, ladder: Ladder) -> Record:
    """Rounded up, so that 672 hours reach the month's price, at which they are capped."""
    month = Decimal(ladder[0].price)
    hour = (month / FULL_MONTH).quantize(Decimal("0.00000001"), ROUND_CEILING)
    return {**record, "unit": "hour", "price": plain_text(hour), "cap_per_month": ladder[0].price}


SERVER = {
    "description": "{sku} server",
    "confidence": "derived",
    "note": "An hour is a 672nd of the month's price.",
}


UPCLOUD = (
    BookPlan(
        header=header(
            "upcloud",
            "UpCloud",
            region="Europe",
            collected="2026-06-15",
            hours="672",
            month_rule={"rule": "capped_hours", "hours": "672"},
            note="A month is full after 672 hours.",
        ),
        rules=(
            leave(
                "The month's price over 730, while a month is full after 672 hours.",
                resource_type="server",
                unit="hour",
            ),
            take(
                "server",
                resource_type="server",
                source_note=".+ corroborated by moveinfra .+",
                says={**SERVER, "source": CORROBORATED},
                change=_by_the_hour,
            ),
            take("server", resource_type="server", says=SERVER, change=_by_the_hour),
            volume("ssd", sku="volume:maxiops", description="MaxIOPS volume"),
            volume("standard", sku="volume:standard", description="Standard volume"),
            volume(
                "hdd",
                sku="volume:archive",
                description="Archive volume",
                note="The cheapest kind of disk; the list doesn't say what is in it.",
            ),
            take("image_storage", sku="volume:custom_image", says={"description": "Machine image"}),
            take(
                "object_storage",
                resource_type="object-storage",
                says={
                    "description": "Object storage",
                    "tier_mode": "block",
                    "block_size": "250",
                    "note": "Sold in blocks of 250 GB.",
                },
            ),
            egress("The list has it as unlimited."),
            load_balancer(),
        ),
        sources=(
            {
                "id": CORROBORATED,
                "url": "https://upcloud.com/pricing/",
                "kind": "corroborated",
                "retrieved": "2026-10-28",
                "licence": "CC BY 4.0",
                "note": "mixxor/eu-cloud-prices@ec4a406 and moveinfra/eu-cloud-prices have the same figure.",
            },
        ),
    ),
)

"""Hetzner Cloud in Germany and Finland, without tax.

The collected list is GROSS: 19 % of VAT are in it, and in a server's price EUR 0.50 for an IPv4 address.
Proof: (42.99 + 0.50) × 1.19 = 51.75, and every net price then ends in .49 or .99. So the rows that end in
`:net` count, in which both are taken off, or a reading of the net price by somebody else.
Hours are counted up to a cap a month, which is reached after about 624 of them.
"""

from catalog.domain.price_imports.collected_rows import Record
from catalog.domain.price_imports.european_lists import ONE_KIND, header, object_egress
from catalog.domain.price_imports.mappings import BookPlan, PriceOf, leave, take

API = "price-api-2026-05"
REREAD = "list-and-price-api"
SOURCES: tuple[Record, ...] = (
    {
        "id": API,
        "url": "https://github.com/devantler-tech/platform/commit/cb791c6f",
        "kind": "secondary",
        "retrieved": "2026-05-27",
        "note": "A commit message that quotes the provider's price API, GET /v1/pricing.",
    },
    {
        "id": REREAD,
        "url": "https://www.hetzner.com/cloud",
        "kind": "corroborated",
        "retrieved": "2026-10-28",
        "licence": "CC BY 4.0",
        "note": "mixxor/eu-cloud-prices@ec4a406 without its 19% of VAT, and what others read from the price "
        "API: moveinfra/eu-cloud-prices for three servers, devantler-tech/platform for volumes.",
    },
)
NET = "The collected list has 19% VAT in its figures; they are taken off."
SERVER_NET = "The collected list has 19% VAT and EUR 0.50 for an address in its figures; both are taken off."
SERVER = r"(?P<flavor>\S+) / .+"

HETZNER = (
    BookPlan(
        header=header(
            "hetzner",
            "Hetzner",
            title="Hetzner Cloud, 2026",
            region="Germany and Finland",
            collected="2026-08-17",
            hours="730",
            tax={"kind": "net", "rate": "0.19"},
            note="The collected list has 19% VAT in it; the book has the net prices. An hourly price stops "
            "at a cap a month, after about 624 hours.",
        ),
        rules=(
            leave("The cap of the hourly price.", resource_type="server", unit="month"),
            take(
                "server",
                resource_type="server",
                sku="ccx[123]3:net",
                description=SERVER,
                says={
                    "description": "{flavor} server",
                    "cap_per_month": PriceOf("{sku}", unit="month"),
                    "source": REREAD,
                    "note": SERVER_NET,
                },
            ),
            take(
                "server",
                resource_type="server",
                sku=".+:net",
                description=SERVER,
                says={
                    "description": "{flavor} server",
                    "cap_per_month": PriceOf("{sku}", unit="month"),
                    "note": SERVER_NET,
                },
            ),
            leave("VAT is in it.", resource_type="server"),
            take(
                "volume",
                sku="volume:api-2026-05",
                says={"description": "Block storage", "source": REREAD, "note": ONE_KIND},
            ),
            leave("VAT is in it, or it is an older figure of the page.", sku="volume.*"),
            take("snapshot", sku="snapshot:net", says={"description": "Snapshot", "note": NET}),
            # An hour of a TB: the list took it for a GB's month.
            take(
                "object_storage",
                sku="object:overage",
                says={"description": "Object storage", "scope": "account", "free_quantity": "1"},
            ),
            take(
                "object_storage_base",
                sku="object:base",
                region="DE/FI",
                says={
                    "description": "Object storage, base fee with the first TB",
                    "charge": "recurring",
                    "scope": "account",
                    "applies_to": {"service": "object_storage"},
                    "attributes": {"name": "object-storage"},
                },
            ),
            object_egress(
                sku="object:egress",
                says={"unit": "GB", "free_quantity": "1000", "note": "The base fee includes the first TB."},
            ),
            leave("VAT is in it, or it was misread: so much an hour and TB.", of_service="object-storage"),
            take("load_balancer", sku="lb:net", says={"description": "Load balancer", "note": NET}),
            take(
                "egress",
                sku="egress:api-2026-05",
                says={
                    "description": "Outgoing traffic",
                    "scope": "account",
                    "free_quantity": "20",
                    "free_basis": "per_server",
                    "source": API,
                    "note": "Another list has 8.40 a TB, but EUR 1 for what leaves object storage.",
                },
            ),
            take(
                "floating_ip",
                sku="ipv4",
                says={
                    "description": "Primary IPv4 address",
                    "note": "Marked as gross in the list, but the server prices show it to be net.",
                },
            ),
            leave("VAT is in it.", sku="lb|snapshot|ipv4:net|egress|egress:net"),
        ),
        sources=SOURCES,
    ),
)

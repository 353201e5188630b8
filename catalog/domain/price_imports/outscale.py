"""OUTSCALE's catalogue v57 (March 2025) in its five regions, in euros without tax.

Left out until a design can ask for it: GPUs, Kubernetes, dedicated tenancy, and the ready-made tinav5..7
rows, which are sums of the vCore and memory rows that are here.
"""

from collections.abc import Mapping
from typing import Any

from catalog.domain.price_imports.collected_rows import Record
from catalog.domain.price_imports.mappings import BookPlan, Rule, leave, take

CATALOGUE = "catalogue-v57"
CORROBORATED = "catalogue-v57-reread"
EGRESS_NOTE = "price-note-2026-09-26"
TARIFF_PAGE = "https://fr.outscale.com/tarifs/"

HEADER: Mapping[str, Any] = {
    "schema": 2,
    "key": "outscale",
    "provider": "OUTSCALE",
    "title": "OUTSCALE eu-west-2, 2025",
    "version": 1,
    "region": "eu-west-2",
    "currency": "EUR",
    "tax": {"kind": "net"},
    "valid_from": "2025-03-01",
    "valid_to": None,
    "collected_at": "2026-09-26",
    "month_rule": {"rule": "fixed_hours", "hours": "730"},
    "metering": "second",
    "unit_basis": "binary",
    "rounding": {"unit": None, "line": None, "total": "0.01", "mode": "half_up"},
    "note": "OUTSCALE sells vCores and memory by the piece; a type such as tinav7.c2r4p2 names their sum.",
}
SOURCES: tuple[Record, ...] = (
    {
        "id": CATALOGUE,
        "url": TARIFF_PAGE,
        "kind": "secondary",
        "retrieved": "2025-03",
        "note": "Transcribed from the tariff page in a public specification of an OUTSCALE estimator "
        "(catalogue v57).",
    },
    {
        "id": CORROBORATED,
        "url": TARIFF_PAGE,
        "kind": "corroborated",
        "retrieved": "2026-09-26",
        "note": "The same figures, read again from the tariff page by somebody else on 2026-09-26.",
    },
    {
        "id": EGRESS_NOTE,
        "url": TARIFF_PAGE,
        "kind": "secondary",
        "retrieved": "2026-09-26",
        "note": "A price note that reads the tariff page: outgoing traffic is free outside Asia.",
    },
)


def _escaped(sku: str) -> str:
    """A composed SKU within a rule, whose texts are filled in."""
    return sku.replace("{", "{{").replace("}", "}}")


# --- Licences and commitments ---------------------------------------------------------------------------

TYPE = "tina{generation}.c{vcpus}r{ram_gib}{performance}"
WINDOWS, REDHAT = f"{TYPE}:windows", f"{TYPE}:redhat"
PAIR = {"unit": "2-vcore-hour", "tier_mode": "block"}
# What a licence is per: pairs of cores (SQL Server two at least), cores, or servers. Those of Windows and of
# Red Hat come with the servers that run them; the discounts of reserved servers leave licences out.
LICENCES = (
    take(
        "licence",
        sku="Licence:Windows-Server.*",
        says={
            **PAIR,
            "applies_to": {"sku": _escaped(WINDOWS)},
            "note": "Billed for each started pair of cores.",
        },
    ),
    take(
        "licence",
        sku="Licence:(?P<name>SQL.*)",
        says={
            **PAIR,
            "selector": {"name": "{name}"},
            "minimum": "2",
            "note": "Billed for each started pair of cores, four cores at least.",
        },
    ),
    take(
        "licence",
        sku="Licence:RHEL",
        says={"unit": "vcore-hour", "applies_to": {"sku": _escaped(REDHAT)}},
    ),
    take(
        "licence",
        resource_type="licence",
        sku="Licence:(?P<name>.+)",
        says={"selector": {"name": "{name}"}},
    ),
)


def _commitment(term: str, months: int) -> Rule:
    """A percentage off vCores and memory; not off storage, addresses and licences."""
    return take(
        "commitment",
        resource_type="commitment-discount",
        term=f"RI {term} (?P<payment>upfront|quarterly|yearly)",
        says={
            "description": f"Reserved for {term}, paid {{payment}}",
            "charge": "percent",
            "unit": "percent",
            "percent": "-{price}",
            "purchase": "reserved",
            "term_months": months,
            "payment": "{payment}",
            "order": 1,
            "applies_to": {"service": "server"},
            "note": "No public table of these discounts was found when the list was read again in 2026-09.",
        },
    )


COMMITMENTS = (
    _commitment("1 month", 1),
    _commitment("1 year", 12),
    _commitment("2 years", 24),
    _commitment("3 years", 36),
)

# --- What is sold by the piece --------------------------------------------------------------------------

RULES = (
    leave("Examples of the API's documentation.", of_service="TinaOS-FCU"),
    take("memory", sku="CustomRam", says={"description": "Memory of a server"}),
    take(
        "vcore",
        sku="CustomCore:(?P<generation>v[0-9]+)-(?P<performance>p[0-9])",
        says={
            "description": "vCore, tina{generation}, {performance}",
            "selector": {"generation": "{generation}", "performance": "{performance}"},
        },
    ),
    leave("Sums of the parts.", of_service="FCU", resource_type="server"),
    leave("No design asks for dedicated tenancy.", of_service="FCU", resource_type="dedicated"),
    take(
        "volume",
        sku="BSU:VolumeUsage:standard",
        says={"description": "Magnetic volume", "locator": "{description}", "selector": {"type": "hdd"}},
    ),
    take(
        "volume",
        sku="BSU:VolumeUsage:gp2",
        says={"description": "Performance volume (gp2)", "selector": {"type": "ssd"}},
    ),
    take(
        "volume",
        sku="BSU:VolumeUsage:io1",
        says={"description": "Enterprise volume (io1)", "selector": {"type": "io1"}},
    ),
    take(
        "volume_iops",
        resource_type="block-storage-iops",
        says={"description": "Provisioned IOPS (io1)", "selector": {"type": "io1"}},
    ),
    take("snapshot", resource_type="snapshot", says={"description": "BSU snapshot"}),
    take("object_storage", resource_type="object-storage", says={"description": "OOS storage"}),
    take("load_balancer", resource_type="load-balancer", says={"description": "Load Balancer Unit"}),
    take(
        "floating_ip",
        resource_type="public-ip",
        says={
            "description": "Public IP",
            "note": "Older lists charge a public IP only while no running server uses it.",
        },
    ),
    take("nat_gateway", resource_type="nat-gateway", says={"description": "NAT service"}),
    take("vpn", resource_type="vpn", says={"description": "IPsec VPN connection"}),
    take(
        "egress",
        resource_type="egress",
        price="0",
        says={"description": "Outgoing traffic", "source": EGRESS_NOTE},
    ),
    take("egress", resource_type="egress", says={"description": "Outgoing traffic"}),
    *LICENCES,
    *COMMITMENTS,
    leave("No design says how fast its interconnect is.", resource_type="interconnect"),
    leave("No design asks for it.", resource_type="kubernetes|gpu"),
)


# --- What stands in no row ------------------------------------------------------------------------------

SERVER: Record = {
    # v7: the newest generation, and its p2 price was read twice. p2: what a type name without pN means.
    "sku": TYPE,
    "service": "server",
    "product": "FCU",
    "resource_type": "server",
    "description": "Server",
    "unit": "hour",
    "composed_of": [
        {"sku": "CustomCore:{generation}-{performance}", "per": "vcpus"},
        {"sku": "CustomRam", "per": "ram_gib"},
    ],
    "attributes": {"generation": "v7", "performance": "p2"},
    "source": CORROBORATED,
    "locator": "vCore and RAM for custom tina VM",
    "confidence": "derived",
    "note": "tinav7 is the newest generation; p2 is what a type means that names no performance.",
}


def _with_system(system: str, sku: str, description: str) -> Record:
    """The same type with the fee of a licence, under a SKU of its own."""
    attributes = {**SERVER["attributes"], "flavor": TYPE}
    chosen = {"description": description, "attributes": attributes, "selector": {"os": system}}
    return {**SERVER, "sku": sku, **chosen}


STATED: tuple[Record, ...] = (
    SERVER,
    _with_system("windows", WINDOWS, "Server, Windows"),
    _with_system("redhat", REDHAT, "Server, Red Hat Enterprise Linux"),
    {
        "sku": "included:internet-service",
        "service": "router",
        "product": "FCU",
        "description": "Internet service",
        "charge": "included",
        "unit": "hour",
        "price": "0",
        "source": CATALOGUE,
        "locator": "The complete catalogue has no row for Internet services and routes",
        "confidence": "derived",
        "note": "The catalogue has NAT services, VPN connections and public IPs, but no Internet service.",
    },
)
FREE_OUTSIDE_ASIA: Record = {
    "sku": "egress",
    "service": "egress",
    "product": "network",
    "resource_type": "egress",
    "description": "Outgoing traffic",
    "charge": "included",
    "unit": "GiB",
    "price": "0",
    "source": EGRESS_NOTE,
    "locator": "outbound traffic (public IP, BSU, OOS): free outside Asia",
    "confidence": "derived",
    "note": "The list has no row for this region; the price note speaks of all but Asia.",
}


# --- Books ----------------------------------------------------------------------------------------------


def _plan(place: str, stated: tuple[Record, ...] = STATED, **header: str) -> BookPlan:
    return BookPlan(
        header={**HEADER, **header},
        rows={"region": f"{place}|all"},
        rules=RULES,
        sources=SOURCES,
        source_of={"secondary": CATALOGUE, "corroborated": CORROBORATED},
        stated=stated,
    )


def _further_region(region: str, *further: Record) -> BookPlan:
    return _plan(
        region,
        (*STATED, *further),
        key=f"outscale-{region}",
        title=f"OUTSCALE {region}, 2025",
        region=region,
    )


OUTSCALE = (
    _plan("eu-west-2"),
    _further_region("cloudgouv-eu-west-1"),
    _further_region("us-east-2", FREE_OUTSIDE_ASIA),
    _further_region("us-west-1", FREE_OUTSIDE_ASIA),
    _further_region("ap-northeast-1"),
)

"""OUTSCALE's catalogue v57 (March 2025) for eu-west-2, in euros without tax.

Left out until something asks for it: reserved instances, licences, GPUs, Kubernetes, DirectLink, dedicated
tenancy, and the ready-made tinav5..7 rows, which are sums of the vCore and memory rows that are here.
"""

from catalog.domain.price_imports.collected_rows import (
    CollectedRow,
    ProviderMapping,
    Record,
    not_in_this_book,
)

CATALOGUE = "catalogue-v57"
CORROBORATED = "catalogue-v57-reread"
EGRESS_NOTE = "price-note-2026-09-26"
TARIFF_PAGE = "https://fr.outscale.com/tarifs/"

HEADER = {
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
    "sources": [
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
    ],
}


def _verbatim(row: CollectedRow, service: str, description: str, **selector: str) -> Record:
    corroborated = row.source_note.startswith("[secondary, corroborated]")
    record: Record = {
        "sku": row.sku,
        "service": service,
        "product": row.service,
        "resource_type": row.resource_type,
        "description": description,
        "unit": row.unit,
        "price": row.price,
        "source": CORROBORATED if corroborated else CATALOGUE,
        "locator": row.description,
        "confidence": row.confidence,
    }
    return {**record, "selector": selector} if selector else record


def _server_part(rows: list[CollectedRow]) -> Record:
    row = rows[0]
    if row.sku == "CustomRam":
        return _verbatim(row, "memory", "Memory of a server")
    generation, performance = row.sku.removeprefix("CustomCore:").split("-")
    return _verbatim(
        row,
        "vcore",
        f"vCore, tina{generation}, {performance}",
        generation=generation,
        performance=performance,
    )


VOLUMES = {
    "BSU:VolumeUsage:standard": ("Magnetic volume", "hdd"),
    "BSU:VolumeUsage:gp2": ("Performance volume (gp2)", "ssd"),
    "BSU:VolumeUsage:io1": ("Enterprise volume (io1)", "io1"),
}


def _volume(rows: list[CollectedRow]) -> Record:
    description, kind = VOLUMES[rows[0].sku]
    return _verbatim(rows[0], "volume", description, type=kind)


def _volume_iops(rows: list[CollectedRow]) -> Record:
    return _verbatim(rows[0], "volume_iops", "Provisioned IOPS (io1)", type="io1")


def _snapshot(rows: list[CollectedRow]) -> Record:
    return _verbatim(rows[0], "snapshot", "BSU snapshot")


def _object_storage(rows: list[CollectedRow]) -> Record:
    return _verbatim(rows[0], "object_storage", "OOS storage")


def _load_balancer(rows: list[CollectedRow]) -> Record:
    return _verbatim(rows[0], "load_balancer", "Load Balancer Unit")


def _public_ip(rows: list[CollectedRow]) -> Record:
    return {
        **_verbatim(rows[0], "floating_ip", "Public IP"),
        "note": "Older lists charge a public IP only while no running server uses it.",
    }


def _nat_gateway(rows: list[CollectedRow]) -> Record:
    return _verbatim(rows[0], "nat_gateway", "NAT service")


def _vpn(rows: list[CollectedRow]) -> Record:
    return _verbatim(rows[0], "vpn", "IPsec VPN connection")


def _egress(rows: list[CollectedRow]) -> Record:
    return {**_verbatim(rows[0], "egress", "Outgoing traffic"), "source": EGRESS_NOTE}


STATED: tuple[Record, ...] = (
    {
        # v7: the newest generation, and its p2 price was read twice. p2: what a type name without pN means.
        "sku": "tina{generation}.c{vcpus}r{ram_gib}{performance}",
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
    },
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

OUTSCALE = ProviderMapping(
    provider_key="outscale",
    currency="EUR",
    regions=frozenset({"eu-west-2", "all"}),
    header=HEADER,
    converters={
        ("FCU", "server-component"): _server_part,
        ("FCU", "server"): not_in_this_book,  # sums of the parts
        ("FCU", "dedicated"): not_in_this_book,
        ("FCU", "commitment-discount"): not_in_this_book,
        ("FCU", "nat-gateway"): _nat_gateway,
        ("FCU", "public-ip"): _public_ip,
        ("FCU", "vpn"): _vpn,
        ("BSU", "block-storage"): _volume,
        ("BSU", "block-storage-iops"): _volume_iops,
        ("BSU", "snapshot"): _snapshot,
        ("OOS", "object-storage"): _object_storage,
        ("LBU", "load-balancer"): _load_balancer,
        ("network", "egress"): _egress,
        ("TinaOS-FCU", "server-component"): not_in_this_book,  # examples of the API's documentation
        ("TinaOS-FCU", "server"): not_in_this_book,
        ("TinaOS-FCU", "block-storage-iops"): not_in_this_book,
        ("Licences", "licence"): not_in_this_book,
        ("DirectLink", "interconnect"): not_in_this_book,
        ("OKS", "kubernetes"): not_in_this_book,
        ("fGPU", "gpu"): not_in_this_book,
    },
    stated=STATED,
)

"""Rackspace's public price page as served on 2016-03-03, in US dollars.

Left out until something asks for it: other operating systems than Linux, the service levels above Managed
Infrastructure, bare metal, and the other three currencies.
"""

from catalog.domain.price_imports.collected_rows import (
    CollectedRow,
    ProviderMapping,
    Record,
    not_in_this_book,
    tiers_of,
)

PAGE = "price-page-2016-03-03"
ARTICLE = "reference-architecture"

HEADER = {
    "schema": 2,
    "key": "rackspace-public-cloud",
    "provider": "Rackspace",
    "title": "Rackspace public cloud, 2016",
    "version": 1,
    "region": "all public regions",
    "currency": "USD",
    "tax": {"kind": "net"},
    "valid_from": "2016-03-03",
    "valid_to": None,
    "collected_at": "2016-03-03",
    "month_rule": {"rule": "fixed_hours", "hours": "730"},
    "metering": "minute",
    "unit_basis": "unstated",
    "rounding": {"unit": None, "line": None, "total": "0.01", "mode": "half_up"},
    "note": (
        "The page shows server months as whole dollars and databases and load balancers in cents; the book "
        "keeps the hourly rates that they come from. Tiers stand in TB on the page, converted at 1000 GB."
    ),
    "sources": [
        {
            "id": PAGE,
            "url": "https://www.rackspace.com/cloud/public-pricing",
            "kind": "primary",
            "retrieved": "2016-03-03",
            "note": "The page as served that day, kept in github.com/sealuzh/cloud-stove, commit 48289c1, "
            "test/fixtures/webmock/rackspace-pricing.txt.",
        },
        {
            "id": ARTICLE,
            "url": "https://github.com/rackerlabs/support-how-to/blob/a96aa878/content/how-to/cloud-servers/"
            "rackspace-open-cloud-reference-architecture/index.md",
            "kind": "primary",
            "retrieved": "2016-01",
            "note": "Rackspace Open Cloud reference architecture.",
        },
    ],
}


def _verbatim(row: CollectedRow, service: str, locator: str, description: str) -> Record:
    return {
        "sku": row.sku,
        "service": service,
        "product": row.service,
        "resource_type": row.resource_type,
        "description": description,
        "unit": row.unit,
        "price": row.price,
        "source": PAGE,
        "locator": locator,
        "confidence": row.confidence,
    }


def _flavor(row: CollectedRow) -> str:
    """`General1-4` from `General1-4 linux; system disk 80GB SSD; …`."""
    return row.description.split(" ")[0]


def _server(rows: list[CollectedRow]) -> Record | None:
    row = rows[0]
    if not row.sku.endswith(":linux:raw"):
        return None
    flavor = _flavor(row)
    return {
        **_verbatim(
            row, "server", f"Cloud Servers, Linux, {flavor}, Raw Infrastructure", f"{flavor} server, Linux"
        ),
        "attributes": {
            "flavor": flavor,
            "vcpus": row.vcpus,
            "ram_gib": row.ram_gib,
            "disk_gib": row.disk_gib.removesuffix(".0"),
        },
    }


def _server_fee(rows: list[CollectedRow]) -> Record | None:
    row = rows[0]
    if not row.sku.endswith(":linux:inf"):
        return None
    flavor = _flavor(row)
    locator = f"Cloud Servers, Linux, {flavor}, Managed Infrastructure"
    return {
        **_verbatim(row, "service_level", locator, f"Managed Infrastructure for {flavor}"),
        "applies_to": {"sku": row.sku.replace(":inf", ":raw")},
    }


def _service_level(rows: list[CollectedRow]) -> Record | None:
    row = rows[0]
    if row.sku != "fee:managed-infrastructure:minimum":
        return None
    description = "Managed Infrastructure, minimum over all servers"
    return {
        **_verbatim(row, "service_level", "Cloud Servers, Managed Infrastructure, minimum", description),
        "unit": "account-month",
        "charge": "minimum",
        "applies_to": {"service": "service_level"},
        "attributes": {"name": "managed-infrastructure"},
        "note": "The page charges it after the first 30 days.",
    }


def _database(rows: list[CollectedRow]) -> Record:
    row = rows[0]
    _, size, edition = row.sku.split(":")
    table = "High Availability Instance Pricing" if edition == "ha" else "Standard Pricing"
    kind = "high availability" if edition == "ha" else "standard"
    return {
        **_verbatim(
            row, "database", f"Cloud Databases, {table}, {size.upper()}", f"{size.upper()} database, {kind}"
        ),
        "selector": {"edition": edition},
        "attributes": {"flavor": size.upper(), "vcpus": row.vcpus, "ram_gib": row.ram_gib},
    }


def _database_storage(rows: list[CollectedRow]) -> Record:
    return _verbatim(rows[0], "database_storage", "Cloud Databases, Storage Price", "Database storage")


def _volume(rows: list[CollectedRow]) -> Record | None:
    """The metered rate per GB and hour; the month prices beside it on the page are rounded from it."""
    row = rows[0]
    if row.unit != "GB-hour":
        return None
    kind, word = ("ssd", "SSD") if ":ssd:" in row.sku else ("hdd", "Standard")
    locator = f"Cloud Block Storage, metered rate for {word} volumes"
    return {**_verbatim(row, "volume", locator, f"{word} volume"), "selector": {"type": kind}}


def _snapshot(rows: list[CollectedRow]) -> Record:
    return _verbatim(rows[0], "snapshot", "Cloud Block Storage, snapshots", "Volume snapshot")


def _ladder(rows: list[CollectedRow], service: str, locator: str, description: str) -> Record:
    record = _verbatim(rows[0], service, locator, description)
    del record["price"]
    return {**record, "scope": "account", "tiers": tiers_of(rows)}


def _cloud_files(rows: list[CollectedRow]) -> Record:
    """Two ladders came under one name. The page has Storage first (per GB and month, with an open end at
    1024 TB), then CDN Bandwidth (per GB, "contact us" above 1024 TB)."""
    if rows[-1].tier_to:
        return _ladder(rows, "cdn", "Cloud Files & CDN, CDN Bandwidth", "CDN traffic")
    return {
        **_ladder(rows, "object_storage", "Cloud Files & CDN, Storage", "Cloud Files storage"),
        "sku": "cloud-files:storage",
        "resource_type": "object-storage",
        "unit": "GB-month",
        "confidence": "derived",
        "note": "The page has this ladder under Storage; the collected list called it CDN traffic.",
    }


def _egress(rows: list[CollectedRow]) -> Record:
    return _ladder(rows, "egress", "Bandwidth, Outgoing", "Outgoing traffic")


def _backup_agent(rows: list[CollectedRow]) -> Record | None:
    row = rows[0]
    if row.sku != "backup:managed-infrastructure":
        return None
    return _verbatim(row, "backup_agent", "Cloud Backup, Managed Infrastructure", "Cloud Backup agent")


CONNECTIONS_EXTRA = (
    "Connections cost extra, $0.015 an hour for each 100 open on average; the design names no number."
)
LOAD_BALANCER_PRICES = {
    "clb:per-instance": ("load_balancer", "Per Instance", "Load balancer", {"tls": "no"}),
    "clb:per-instance-plus-ssl": (
        "load_balancer",
        "Per Instance + SSL",
        "Load balancer with TLS",
        {"tls": "yes"},
    ),
    "clb:concurrent-connections": (
        "load_balancer_connections",
        "Concurrent Connections",
        "Concurrent connections",
        {},
    ),
}


def _load_balancer(rows: list[CollectedRow]) -> Record:
    service, locator, description, selector = LOAD_BALANCER_PRICES[rows[0].sku]
    record = _verbatim(rows[0], service, f"Cloud Load Balancers, {locator}", description)
    return {**record, "selector": selector, "note": CONNECTIONS_EXTRA} if selector else record


def _included(sku: str, service: str, description: str, *, source: str, locator: str, note: str) -> Record:
    return {
        "sku": sku,
        "service": service,
        "description": description,
        "charge": "included",
        "unit": "hour",
        "price": "0",
        "source": source,
        "locator": locator,
        "confidence": "derived",
        "note": note,
    }


INCLUDED = (
    {
        **_included(
            "included:server-address",
            "floating_ip",
            "Public address of a server",
            source=ARTICLE,
            locator="Basic cloud configuration, 1: each server has a public and a service network",
            note="Every server comes with its public interface, and the price page charges nothing for it.",
        ),
        "selector": {"of": "server"},
    },
    {
        **_included(
            "included:load-balancer-address",
            "floating_ip",
            "Public address of a load balancer",
            source=PAGE,
            locator="Cloud Load Balancers: charged per instance, connections and bandwidth",
            note="A load balancer is charged per instance; the page has no charge for its address.",
        ),
        "selector": {"of": "load_balancer"},
    },
    _included(
        "included:router",
        "router",
        "Router to the public network",
        source=PAGE,
        locator="Bandwidth, Incoming & internal: no charge within ServiceNet and Cloud Networks",
        note="Rackspace connects its networks itself; there is no router to buy.",
    ),
)

RACKSPACE = ProviderMapping(
    provider_key="rackspace-public-cloud",
    currency="USD",
    regions=frozenset({"all-public-regions"}),
    header=HEADER,
    converters={
        ("cloud-servers", "server"): _server,
        ("cloud-servers", "support-fee"): _server_fee,
        ("service-level", "support-fee"): _service_level,
        ("cloud-databases", "database"): _database,
        ("cloud-databases", "database-storage"): _database_storage,
        ("cloud-block-storage", "block-storage"): _volume,
        ("cloud-block-storage", "snapshot"): _snapshot,
        ("cloud-files-cdn", "cdn-egress"): _cloud_files,
        ("bandwidth", "egress"): _egress,
        ("bandwidth", "ingress"): not_in_this_book,  # nothing meters it
        ("cloud-backup", "backup"): _backup_agent,
        ("cloud-load-balancers", "load-balancer"): _load_balancer,
        ("onmetal", "bare-metal"): not_in_this_book,
        ("onmetal", "support-fee"): not_in_this_book,
    },
    stated=INCLUDED,
)

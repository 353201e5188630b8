"""Rackspace's public price page as served on 2016-03-03: four currencies, three service levels.

What a server costs is its raw price and the fee of the service level, which is a choice for the whole
account: so each currency and level is a book of its own. `rackspace-public-cloud` was here first and stays:
US dollars, Managed Infrastructure, Linux.
"""

from dataclasses import dataclass
from typing import Any

from catalog.domain.price_imports.collected_rows import Record
from catalog.domain.price_imports.mappings import BookPlan, Ladder, Rule, leave, take
from catalog.domain.price_imports.rackspace_2014 import RACKSPACE_2014

PAGE = "price-page-2016-03-03"
ARTICLE = "reference-architecture"
SOURCES: tuple[Record, ...] = (
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
)
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
}


@dataclass(frozen=True)
class Level:
    """`in_skus` is what the list's SKUs end with, `agent` the SKU of its backup agent."""

    in_skus: str
    key: str
    name: str
    short: str
    agent: str


INFRASTRUCTURE = Level(
    in_skus="inf",
    key="managed-infrastructure",
    name="Managed Infrastructure",
    short="Managed Infrastructure",
    agent="backup:managed-infrastructure",
)
LEVELS = (
    INFRASTRUCTURE,
    Level(
        in_skus="sys",
        key="managed-operations-sysops",
        name="Managed Operations: SysOps",
        short="SysOps",
        agent="backup:managed-operation-sysops",
    ),
    Level(
        in_skus="dev",
        key="managed-operations-devops",
        name="Managed Operations: DevOps Automation",
        short="DevOps Automation",
        agent="backup:managed-operations-devops-automation",
    ),
)
CURRENCIES = ("USD", "GBP", "EUR", "AUD")
# As the list's SKUs say them. A licence is in the server's price, so each system is a flavor of its own.
LINUX = {"linux": "Linux"}
SYSTEMS = {
    **LINUX,
    "windows": "Windows",
    "mssql-web": "Windows with SQL Server Web",
    "mssql-standard": "Windows with SQL Server Standard",
    "redhat": "Red Hat Enterprise Linux",
    "vyatta": "Vyatta",
}

FLAVOR = r"(?P<flavor>\S+) .*"  # `General1-4` from `General1-4 linux; system disk 80GB SSD; …`
CONNECTIONS_EXTRA = "Connections cost extra{price} for each 100 open on average; the design names no number."


def _page(locator: str, **says: Any) -> dict[str, Any]:
    return {"source": PAGE, "locator": locator, **says}


# --- Servers and their service level ---------------------------------------------------------------------


def _servers(level: Level, systems: dict[str, str]) -> list[Rule]:
    rules: list[Rule] = []
    for system, name in systems.items():
        chosen = {} if system == "linux" else {"selector": {"os": system}}
        table = f"Cloud Servers, {name}, {{flavor}}"
        rules += [
            take(
                "server",
                of_service="cloud-servers",
                resource_type="server",
                sku=f".+:{system}:raw",
                description=FLAVOR,
                says=_page(
                    f"{table}, Raw Infrastructure", description=f"{{flavor}} server, {name}", **chosen
                ),
            ),
            take(
                "service_level",
                of_service="cloud-servers",
                resource_type="support-fee",
                sku=f"(?P<server>.+:{system}):{level.in_skus}",
                description=FLAVOR,
                says=_page(
                    f"{table}, {level.name}",
                    description=f"{level.name} for {{flavor}}",
                    applies_to={"sku": "{server}:raw"},
                ),
            ),
        ]
    return [*rules, *_dedicated_servers(level)]


def _dedicated_servers(level: Level) -> list[Rule]:
    """OnMetal: machines by the hour, with Linux alone. They are matched only when a design pins them."""
    flavor = r"(?P<flavor>OnMetal \S+) linux;.*"
    return [
        take(
            "server",
            of_service="onmetal",
            resource_type="bare-metal",
            sku=".+:linux:raw",
            description=flavor,
            says=_page(
                "Cloud Servers, Linux, {flavor}, Raw Infrastructure",
                description="{flavor} dedicated server, Linux",
                selector={"hardware": "bare_metal"},
            ),
        ),
        take(
            "service_level",
            of_service="onmetal",
            resource_type="support-fee",
            sku=f"(?P<server>.+:linux):{level.in_skus}",
            description=flavor,
            says=_page(
                f"Cloud Servers, Linux, {{flavor}}, {level.name}",
                description=f"{level.name} for {{flavor}}",
                applies_to={"sku": "{server}:raw"},
            ),
        ),
        leave("It belongs to another service level.", of_service="onmetal", resource_type="support-fee"),
    ]


LEVEL_CHARGES = {
    "managed-infrastructure": take(
        "service_level",
        sku="fee:managed-infrastructure:minimum",
        says=_page(
            "Cloud Servers, Managed Infrastructure, minimum",
            description="Managed Infrastructure, minimum over all servers",
            charge="minimum",
            applies_to={"service": "service_level"},
            attributes={"name": "managed-infrastructure"},
            note="The page charges it after the first 30 days.",
        ),
    ),
    "managed-operations-sysops": take(
        "service_level",
        sku="fee:managed-operations-sysops:minimum",
        says=_page(
            "Cloud Servers, Managed Operations: SysOps, minimum",
            description="Managed Operations: SysOps, minimum over all servers",
            charge="minimum",
            applies_to={"service": "service_level"},
            attributes={"name": "managed-operations-sysops"},
        ),
    ),
    "managed-operations-devops": take(
        "service_level",
        sku="fee:managed-operations-devops:flat",
        says=_page(
            "Cloud Servers, Managed Operations: DevOps Automation, flat fee",
            description="Managed Operations: DevOps Automation, flat fee of the account",
            charge="recurring",
            scope="account",
            applies_to={"service": "server"},
            attributes={"name": "managed-operations-devops"},
            note="In addition to the rate of each server.",
        ),
    ),
}


# --- Everything else -------------------------------------------------------------------------------------


def _cloud_files(record: Record, ladder: Ladder) -> Record:
    """Two ladders came under one name. The page has Storage first (per GB and month, with an open end at
    1024 TB), then CDN Bandwidth (per GB, "contact us" above 1024 TB)."""
    if ladder[-1].tier_to:
        return record
    return {
        **record,
        "sku": "cloud-files:storage",
        "service": "object_storage",
        "resource_type": "object-storage",
        "description": "Cloud Files storage",
        "locator": "Cloud Files & CDN, Storage",
        "unit": "GB-month",
        "confidence": "derived",
        "note": "The page has this ladder under Storage; the collected list called it CDN traffic.",
    }


DATABASE_TABLES = {
    "std": ("standard", "Standard Pricing"),
    "ha": ("high availability", "High Availability Instance Pricing"),
}


def _database(record: Record, ladder: Ladder) -> Record:
    _, size, edition = record["sku"].split(":")
    kind, table = DATABASE_TABLES[edition]
    return {
        **record,
        "description": f"{size.upper()} database, {kind}",
        "locator": f"Cloud Databases, {table}, {size.upper()}",
        "attributes": {**record["attributes"], "flavor": size.upper(), "ram_gib": ladder[0].ram_gib},
    }


def _storage() -> list[Rule]:
    return [
        take(
            "database",
            resource_type="database",
            sku=".+:(?P<edition>std|ha)",
            says=_page("Cloud Databases", selector={"edition": "{edition}"}),
            change=_database,
        ),
        take(
            "database_storage",
            resource_type="database-storage",
            says=_page("Cloud Databases, Storage Price", description="Database storage"),
        ),
        leave("The month prices are rounded from the metered rate.", sku="cbs:.+", unit="GB-month",
              resource_type="block-storage"),
        take(
            "volume",
            sku="cbs:ssd:.+",
            says=_page(
                "Cloud Block Storage, metered rate for SSD volumes",
                description="SSD volume",
                selector={"type": "ssd"},
            ),
        ),
        take(
            "volume",
            sku="cbs:standard:.+",
            says=_page(
                "Cloud Block Storage, metered rate for Standard volumes",
                description="Standard volume",
                selector={"type": "hdd"},
            ),
        ),
        take(
            "snapshot",
            resource_type="snapshot",
            says=_page("Cloud Block Storage, snapshots", description="Volume snapshot"),
        ),
        take(
            "cdn",
            resource_type="cdn-egress",
            says=_page("Cloud Files & CDN, CDN Bandwidth", description="CDN traffic", scope="account"),
            change=_cloud_files,
        ),
    ]  # fmt: skip


def _network(currency: str) -> list[Rule]:
    note = CONNECTIONS_EXTRA.format(price=", $0.015 an hour" if currency == "USD" else "")
    return [
        take(
            "egress",
            resource_type="egress",
            says=_page("Bandwidth, Outgoing", description="Outgoing traffic", scope="account"),
        ),
        leave("Nothing meters it, and it costs nothing.", resource_type="ingress"),
        take(
            "load_balancer",
            sku="clb:per-instance",
            says=_page(
                "Cloud Load Balancers, Per Instance",
                description="Load balancer",
                selector={"tls": "no"},
                note=note,
            ),
        ),
        take(
            "load_balancer",
            sku="clb:per-instance-plus-ssl",
            says=_page(
                "Cloud Load Balancers, Per Instance + SSL",
                description="Load balancer with TLS",
                selector={"tls": "yes"},
                note=note,
            ),
        ),
        take(
            "load_balancer_connections",
            sku="clb:concurrent-connections",
            says=_page("Cloud Load Balancers, Concurrent Connections", description="Concurrent connections"),
        ),
    ]


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


INCLUDED: tuple[Record, ...] = (
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


# --- Books -----------------------------------------------------------------------------------------------


def _plan(currency: str, level: Level, systems: dict[str, str], header: dict[str, Any]) -> BookPlan:
    return BookPlan(
        header={**HEADER, **header},
        rows={"region": "all-public-regions", "currency": currency},
        rules=(
            *_servers(level, systems),
            leave("It belongs to another service level or system.", of_service="cloud-servers"),
            LEVEL_CHARGES[level.key],
            leave("It belongs to another service level.", of_service="service-level"),
            *_storage(),
            take(
                "backup_agent",
                sku=level.agent,
                says=_page(f"Cloud Backup, {level.name}", description="Cloud Backup agent"),
            ),
            leave("It belongs to another service level.", of_service="cloud-backup"),
            *_network(currency),
        ),
        sources=SOURCES,
        stated=INCLUDED,
    )


def _by_currency_and_level(currency: str, level: Level) -> BookPlan:
    return _plan(
        currency,
        level,
        SYSTEMS,
        {
            "key": f"rackspace-{currency.lower()}-{level.key}",
            "title": f"Rackspace public cloud, 2016, {level.short}, {currency}",
            "currency": currency,
            "tax": {"kind": "net" if currency == "USD" else "unstated"},
            "note": str(HEADER["note"]).replace("whole dollars", "whole units"),
        },
    )


RACKSPACE = (
    _plan("USD", INFRASTRUCTURE, LINUX, {}),
    *(_by_currency_and_level(currency, level) for currency in CURRENCIES for level in LEVELS),
    RACKSPACE_2014,
)

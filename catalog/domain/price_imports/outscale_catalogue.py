"""OUTSCALE's catalogue API: ReadPublicCatalog (no key needed), ReadCatalog and ReadCatalogs.

Source: github.com/outscale/osc-api, outscale.yaml, schemas Catalog, Catalogs and CatalogEntry with their
examples. A price is identified by Service, Type, Operation and SubregionName together; the unit stands only
in the French Title ("par heure") and in the flag PER_MONTH; the currency is that of the account.
"""

import re
from collections.abc import Mapping
from typing import Any

from catalog.domain.price_book_fields import BookProblem, PriceBookInvalid
from catalog.domain.price_imports.conversion import (
    Converted,
    CurrentBook,
    ImportSettings,
    Json,
    LeftOut,
    Record,
    as_key,
    book_of,
    exact_text,
    objects,
    part,
    words,
)
from catalog.domain.price_imports.tables import refused

SOURCE = "read-public-catalog"
ADDRESS = "https://api.{region}.outscale.com/api/v1/ReadPublicCatalog"
ON_DEMAND = "RunInstances-OD"
MOST_REGIONS = 50
_CORE = re.compile(r"CustomCore:(?P<generation>v\d+)-(?P<performance>p\d)")
_HOURLY = re.compile(r"par heure|per hour|/ ?h\b|hourly", re.IGNORECASE)
_MONTHLY = re.compile(r"par mois|per month|mensuel|monthly", re.IGNORECASE)

# Beginning of the Type -> service, selector, thing that is counted, description.
Row = tuple[str, Mapping[str, str], str, str]
TYPES: Mapping[str, Row] = {
    "CustomRam": ("memory", {}, "GiB", "Memory of a server"),
    "BSU:VolumeUsage:standard": ("volume", {"type": "hdd"}, "GiB", "Magnetic volume"),
    "BSU:VolumeUsage:gp2": ("volume", {"type": "ssd"}, "GiB", "Performance volume (gp2)"),
    "BSU:VolumeUsage:io1": ("volume", {"type": "io1"}, "GiB", "Enterprise volume (io1)"),
    "BSU:VolumeIOPS:io1": ("volume_iops", {"type": "io1"}, "IOPS", "Provisioned IOPS (io1)"),
    "BSU:Snapshot": ("snapshot", {}, "GiB", "BSU snapshot"),
    "OOS:enterprise": ("object_storage", {}, "GiB", "OOS storage"),
    "LBU": ("load_balancer", {}, "", "Load Balancer Unit"),
    "EIP": ("floating_ip", {}, "", "Public IP"),
    "NatGateway": ("nat_gateway", {}, "", "NAT service"),
    "VPN:ipsec": ("vpn", {}, "", "IPsec VPN connection"),
}
COVERS = frozenset({"vcore", *(service for service, *_ in TYPES.values())})
SERVER: Record = {
    # The newest generation; p2 is what a type means that names no performance.
    "sku": "tina{generation}.c{vcpus}r{ram_gib}{performance}",
    "service": "server",
    "description": "Server",
    "unit": "hour",
    "composed_of": [
        {"sku": "CustomCore:{generation}-{performance}", "per": "vcpus"},
        {"sku": "CustomRam", "per": "ram_gib"},
    ],
    "source": SOURCE,
    "locator": "Types CustomCore and CustomRam",
    "confidence": "derived",
    "note": "vCores and memory are sold by the piece; p2 is what a type means that names no performance.",
}


def read_outscale_catalogue(
    data: Any, *, file: str, settings: ImportSettings, current: CurrentBook
) -> Converted:
    """One book for each region of the answer, or for the region that `settings` names.

    Raises: PriceBookInvalid.
    """
    catalogue = _catalogue(data)
    entries = objects(part(catalogue, "Entries"))
    if not entries:
        raise refused(file, "This is no answer of ReadPublicCatalog: there is no Catalog with Entries.")
    regions = sorted({_region(entry) for entry in entries} - {""})
    if settings.region:
        if settings.region not in regions:
            reason = f"The catalogue has no region {settings.region}; it has {', '.join(regions)}."
            raise refused(file, reason)
        regions = [settings.region]
    if settings.key and len(regions) > 1:
        raise refused(file, f"There are {len(regions)} regions, so one key is not enough. Name the region.")
    if len(regions) > MOST_REGIONS:
        raise refused(file, f"There are {len(regions)} regions; {MOST_REGIONS} books at once is the most.")
    problems: list[BookProblem] = []
    left_out: list[LeftOut] = []
    books: list[Json] = []
    for region in regions:
        rows = [(n, entry) for n, entry in enumerate(entries) if _region(entry) in (region, "")]
        prices = _prices(rows, file, problems, left_out)
        if prices:
            books.append(_book(region, prices, catalogue, settings, current))
    if problems:
        raise PriceBookInvalid(problems)
    if not books:
        raise refused(file, "Nothing in this catalogue is something that a design can hold.")
    return Converted(tuple(books), tuple(dict.fromkeys(left_out)))


def _catalogue(data: Any) -> Any:
    """The one in force. ReadCatalogs answers with several, each with its State."""
    catalogues = objects(part(data, "Catalogs"))
    current = [one for one in catalogues if one.get("State") == "CURRENT"]
    return (current or catalogues or [part(data, "Catalog")])[0]


def _region(entry: Json) -> str:
    """`eu-west-2a` is a subregion of `eu-west-2`."""
    return re.sub(r"(?<=\d)[a-z]$", "", words(entry.get("SubregionName"), 40))


def _prices(
    rows: list[tuple[int, Json]], file: str, problems: list[BookProblem], left_out: list[LeftOut]
) -> list[Record]:
    prices: dict[str, Record] = {}
    for index, entry in rows:
        kind = words(entry.get("Type"))
        place = f"Entries[{index}] {kind[:60]}"
        made = _record(kind, entry)
        if made is None:
            left_out.append(
                LeftOut(kind or "an entry without a Type", "Nothing that a design holds is charged by it.")
            )
            continue
        operation = words(entry.get("Operation"))
        if kind.startswith("Custom") and operation not in ("", ON_DEMAND):
            left_out.append(LeftOut(f"{kind}, {operation}", "It is sold on other terms than on demand."))
            continue
        price = exact_text(entry.get("UnitPrice"))
        unit = _unit(made[2], entry)
        if price is None:
            problems.append(BookProblem(file, f"{place}.UnitPrice", "This is no price from 0 up."))
        elif unit is None:
            reason = "Neither Title nor Flags say whether this is the price of an hour or of a month."
            problems.append(BookProblem(file, f"{place}.Title", reason))
        elif (known := prices.get(kind)) is None:
            prices[kind] = _row(kind, entry, made, unit, price)
        elif known["price"] != price:
            reason = f"The same Type stands there with the price {known['price']} as well."
            problems.append(BookProblem(file, f"{place}.UnitPrice", reason))
    return list(prices.values())


def _record(kind: str, entry: Json) -> Row | None:
    if core := _CORE.fullmatch(kind):
        said = core.groupdict()
        return "vcore", said, "vcore", f"vCore, tina{said['generation']}, {said['performance']}"
    return TYPES.get(kind)


def _unit(thing: str, entry: Json) -> str | None:
    title = words(entry.get("Title"), 500)
    if entry.get("Flags") == "PER_MONTH" or _MONTHLY.search(title):
        period = "month"
    elif _HOURLY.search(title):
        period = "hour"
    else:
        return None
    return f"{thing}-{period}" if thing else period


def _row(kind: str, entry: Json, made: Row, unit: str, price: str) -> Record:
    service, selector, _, description = made
    named = (words(entry.get(name)) for name in ("Service", "Operation"))
    return {
        "sku": kind,
        "service": service,
        "product": words(entry.get("Service")),
        "description": description,
        **({"charge": "included"} if price == "0" else {}),
        "unit": unit,
        "price": price,
        **({"selector": dict(selector)} if selector else {}),
        "source": SOURCE,
        "locator": " / ".join(name for name in (*named, kind) if name),
        "confidence": "verbatim",
    }


def _book(
    region: str, prices: list[Record], catalogue: Any, settings: ImportSettings, current: CurrentBook
) -> Record:
    key = settings.key or ("outscale" if region == "eu-west-2" else as_key("outscale", region))
    so_far = current(key)
    found: Record = {"key": key, "unit_basis": "binary", "tax": {"kind": "net"}}
    if so_far is None:
        found |= {
            "provider": "OUTSCALE",
            "title": f"OUTSCALE {region}",
            "region": region,
            "currency": "EUR",
            "rounding": {"unit": None, "line": None, "total": "0.01", "mode": "half_up"},
        }
    if since := words(part(catalogue, "FromDate"), 10):
        found["valid_from"] = since
    has_composed = so_far is not None and any(price.get("composed_of") for price in so_far["prices"])
    newest = max((_generation(price) for price in prices), default="")
    if newest and not has_composed and any(price["sku"] == "CustomRam" for price in prices):
        prices = [*prices, {**SERVER, "attributes": {"generation": newest, "performance": "p2"}}]
    source = {
        "id": SOURCE,
        "url": settings.source_url or ADDRESS.format(region=region),
        "kind": "primary",
        "retrieved": settings.today,
        "note": "As the API answered.",
    }
    return book_of(settings, so_far, found, sources=[source], prices=prices, covers=COVERS)


def _generation(price: Record) -> str:
    """Generations with a p2 price; `v7` is after `v6`, and there is no v10 yet."""
    selector = price.get("selector", {})
    return str(selector.get("generation", "")) if selector.get("performance") == "p2" else ""

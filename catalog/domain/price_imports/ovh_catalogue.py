"""OVHcloud's public order catalogue: GET /v1/order/catalog/public/cloud?ovhSubsidiary=DE, no key needed.

Source: the API's own console (api.ovh.com, /order/catalog/public/cloud). Prices are whole numbers of 1e-8 of
the currency, without tax; what is sold stands in the addon's planCode, how large it is in blobs.technical.
The catalogue does not say what costs nothing (outgoing traffic in Europe): such rows stay as they are.
"""

import re
from collections.abc import Iterator, Mapping
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
    row_so_far,
    words,
)
from catalog.domain.price_imports.tables import refused

PRICE_DIVISOR = 10**8
SOURCE = "order-catalogue"
ADDRESS = "https://api.ovh.com/v1/order/catalog/public/cloud?ovhSubsidiary={subsidiary}"
# Local zones and regions of three zones have prices of their own; this book is of the plain regions.
OTHER_PLACES = re.compile(r"\.(LZ(\.[A-Z]+)?|3AZ)(\.|$)")
HOURLY = ".consumption"
MONTHLY = ".monthly.postpaid"


# planCode -> service, selector, unit, description. One size of what comes in sizes answers: the smallest.
PLAIN: Mapping[str, tuple[str, Mapping[str, str], str, str]] = {
    "volume.classic.consumption": ("volume", {"type": "hdd"}, "GB-hour", "Classic volume"),
    "volume.high-speed.consumption": ("volume", {"type": "ssd"}, "GB-hour", "High-speed volume"),
    "volume.snapshot.consumption": ("snapshot", {}, "GB-hour", "Volume snapshot"),
    "storage-standard.consumption": ("object_storage", {}, "GiB-hour", "Standard object storage"),
    "octavia-loadbalancer.loadbalancer-s.hour.consumption": (
        "load_balancer", {}, "hour", "Load balancer, size S",
    ),
    "floatingip.floatingip.hour.consumption": ("floating_ip", {}, "hour", "Floating IP"),
    "gateway.s.hour.consumption": ("nat_gateway", {}, "hour", "Gateway, size S"),
}  # fmt: skip


COVERS = frozenset({"server", *(service for service, *_ in PLAIN.values())})


def read_ovh_catalogue(data: Any, *, file: str, settings: ImportSettings, current: CurrentBook) -> Converted:
    """Raises: PriceBookInvalid when this is no order catalogue, or holds something else than prices."""
    addons = objects(part(data, "addons"))
    currency = words(part(data, "locale", "currencyCode"), 3)
    subsidiary = words(part(data, "locale", "subsidiary"), 4)
    if not addons or not currency:
        raise refused(
            file, "This is no order catalogue of OVHcloud: it has no addons, or no locale with a currency."
        )
    if settings.currency and settings.currency != currency:
        raise refused(
            file, f"The catalogue is in {currency}, not in {settings.currency}. Ask the subsidiary's."
        )
    # The subsidiaries of the euro share their prices, and their book.
    key = settings.key or ("ovh" if currency == "EUR" else as_key("ovh", subsidiary))
    so_far = current(key)
    prices: dict[str, Record] = {}
    left_out: list[LeftOut] = []
    problems: list[BookProblem] = []
    for addon in addons:
        plan = words(addon.get("planCode"))
        if not plan:
            continue
        if _is_garbled(plan, addon):
            # Left out, it would read as if the plan were no longer sold.
            reason = "This is no whole number of 0.00000001 of the currency, from 0 up."
            problems.append(BookProblem(file, f"addons {plan[:60]}.price", reason))
            continue
        record = _known(plan, addon, so_far, settings.today) or _record(plan, addon)
        if isinstance(record, str):
            left_out.append(LeftOut(plan, record))
        elif plan not in prices:
            prices[plan] = record
    if problems:
        raise PriceBookInvalid(problems)
    found: Record = {
        "key": key,
        "provider": "OVHcloud",
        "title": f"OVHcloud public cloud, {subsidiary or 'order'} catalogue",
        "region": "all regions of one zone",
        "currency": currency,
        "tax": {"kind": "net"},
        "metering": "started_hour",
    }
    if so_far is not None:
        found = {"key": key, "currency": currency}
    source = {
        "id": SOURCE,
        "url": settings.source_url or ADDRESS.format(subsidiary=subsidiary or "FR"),
        "kind": "primary",
        "retrieved": settings.today,
        "note": f"Catalogue {part(data, 'catalogId') or 'without number'}, as the API answered.",
    }
    book = book_of(settings, so_far, found, sources=[source], prices=list(prices.values()), covers=COVERS)
    return Converted((book,), tuple(left_out))


def _known(plan: str, addon: Json, so_far: Json | None, today: str) -> Record | None:
    """A row that the book has already, by its planCode or its flavor: the same thing at today's price."""
    monthly = plan.endswith(MONTHLY)
    terms = {"purchase": "reserved", "term_months": 1, "payment": "monthly"} if monthly else {}
    price = _price(addon, "month" if monthly else "hour")
    for sku in (plan, plan.removesuffix(MONTHLY if monthly else HOURLY)):
        row = row_so_far(so_far, sku, today, **terms)
        if row is None or price is None or row.get("tiers") or row.get("composed_of"):
            continue
        if not str(row["unit"]).endswith("month" if monthly else "hour"):
            continue
        dated = ("effective_from", "effective_to", "charge")
        same = {name: value for name, value in row.items() if name not in dated}
        told = {"source": SOURCE, "locator": f"addons, planCode {plan}", "confidence": "verbatim"}
        return {**same, **({"charge": "included"} if price == "0" else {}), "price": price, **told}
    return None


def _record(plan: str, addon: Json) -> Record | str:
    """One price of the book, or the reason why this is none."""
    if OTHER_PLACES.search(plan):
        return "It is for local zones or regions of three zones."
    if plan in PLAIN:
        service, selector, unit, description = PLAIN[plan]
        price = _price(addon, "hour")
        if price is None:
            return "It has no price per hour."
        chosen = {"selector": dict(selector)} if selector else {}
        row = _row(plan, addon, sku=plan, service=service, description=description, unit=unit, price=price)
        return {**row, **chosen}
    if addon.get("product") == "publiccloud-instance":
        return _server(plan, addon)
    return "Nothing that a design holds is charged by it."


def _server(plan: str, addon: Json) -> Record | str:
    technical = part(addon, "blobs", "technical")
    if (part(technical, "os", "family") or "linux") != "linux" or plan.startswith("win-"):
        return "Its price includes a Windows licence."
    suffix, interval = (MONTHLY, "month") if plan.endswith(MONTHLY) else (HOURLY, "hour")
    if not plan.endswith(suffix):
        return "It is neither the hourly nor the monthly plan of a server."
    vcpus = exact_text(part(technical, "cpu", "cores"))
    ram_gib = exact_text(part(technical, "memory", "size"))
    if not vcpus or not ram_gib:
        return "The catalogue doesn't say how many cores and how much memory it has."
    price = _price(addon, interval)
    if price is None:
        return f"It has no price per {interval}."
    name = plan.removesuffix(suffix)
    size = {"flavor": name, "vcpus": vcpus, "ram_gib": ram_gib, "disk_gib": str(_disk_gib(technical))}
    row = _row(
        plan, addon, sku=name, service="server", description=f"{name} server", unit=interval, price=price
    )
    if interval == "month":
        return {**row, "purchase": "reserved", "term_months": 1, "payment": "monthly", "attributes": size}
    return {**row, "attributes": size}


def _row(
    plan: str, addon: Json, *, sku: str, service: str, description: str, unit: str, price: str
) -> Record:
    return {
        "sku": sku,
        "service": service,
        "product": words(addon.get("product")),
        "description": description,
        **({"charge": "included"} if price == "0" else {}),
        "unit": unit,
        "price": price,
        "source": SOURCE,
        "locator": f"addons, planCode {plan}",
        "confidence": "verbatim",
    }


def _price(addon: Json, interval: str) -> str | None:
    """The first unit's price per hour or month, in plain digits."""
    for pricing in _metered(addon):
        if pricing.get("intervalUnit") == interval:
            return _digits(pricing.get("price"))
    return None


def _is_garbled(plan: str, addon: Json) -> bool:
    """Whether something that designs use has a price which is none."""
    sold = plan in PLAIN or addon.get("product") == "publiccloud-instance"
    return sold and any(_digits(pricing.get("price")) is None for pricing in _metered(addon))


def _metered(addon: Json) -> Iterator[Json]:
    for pricing in objects(addon.get("pricings")):
        capacities = pricing.get("capacities")
        if isinstance(capacities, list) and "consumption" in capacities:
            yield pricing


def _digits(price: Any) -> str | None:
    return exact_text(price, divided_by=PRICE_DIVISOR) if isinstance(price, int) else None


def _disk_gib(technical: Any) -> int:
    """Of its own disks; 0 where the catalogue names none, and then it starts from a volume."""
    disks = objects(part(technical, "storage", "disks"))
    sizes = [(disk.get("number", 1), disk.get("capacity", 0)) for disk in disks]
    return sum(number * size for number, size in sizes if isinstance(number, int) and isinstance(size, int))

"""Rating rules of an OpenStack cloud (CloudKitty, module hashmap) become a price book.

The rules know neither a currency nor what a flavor is: the currency is asked for, and the flavors are those
of the cloud. Shape of the data (what `manage.py import_ratings` reads from a cloud; see docs/price-lists.md):
    {"groups", "services", "fields", "mappings", "thresholds": the lists that the API answers with,
     "metrics": [{"metric_id", "unit", "metadata"}],
     "flavors": [{"id", "name", "vcpus", "ram_gib", "disk_gib"}],
     "period_seconds": 3600, "url": "https://rating.example.com"}
Source: github.com/openstack/cloudkitty, cloudkitty/rating/hash/datamodels/ and cloudkitty/api/v1/.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from catalog.domain.money import plain_text
from catalog.domain.price_book_fields import BookProblem, PriceBookInvalid
from catalog.domain.price_imports.cloudkitty_answers import Reading, rules_of
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
    words,
)
from catalog.domain.price_imports.hashmap_rules import ONE, ZERO, Rule, added_amounts, levels, price_of
from catalog.domain.price_imports.tables import refused

SOURCE = "rating-rules"
HOUR_SECONDS = 3600
FLAVORS = "flavors"


@dataclass(frozen=True)
class Metered:
    """What one of CloudKitty's metrics is in a price book. `flows`: counted as it passes by."""

    service: str
    description: str
    flows: bool = False


# By the names that the metrics have in CloudKitty's own metrics.yml and its documentation.
METRICS: Mapping[str, Metered] = {
    "instance": Metered("server", "server"),
    "cpu": Metered("server", "server"),
    "compute": Metered("server", "server"),
    "volume.size": Metered("volume", "Volume"),
    "volume": Metered("volume", "Volume"),
    "volume.snapshot.size": Metered("snapshot", "Volume snapshot"),
    "snapshot.size": Metered("snapshot", "Volume snapshot"),
    "image.size": Metered("image_storage", "Machine image"),
    "image": Metered("image_storage", "Machine image"),
    "ip.floating": Metered("floating_ip", "Floating IP"),
    "network.floating": Metered("floating_ip", "Floating IP"),
    "network.outgoing.bytes.rate": Metered("egress", "Outgoing traffic", flows=True),
    "network.outgoing.bytes": Metered("egress", "Outgoing traffic", flows=True),
    "network.bw.out": Metered("egress", "Outgoing traffic", flows=True),
    "radosgw.objects.size": Metered("object_storage", "Object storage"),
    "storage.objects.size": Metered("object_storage", "Object storage"),
    "loadbalancer": Metered("load_balancer", "Load balancer"),
    "network.services.lb": Metered("load_balancer", "Load balancer"),
    "network.services.vpn": Metered("vpn", "VPN connection"),
    "router": Metered("router", "Router"),
}
COVERS = frozenset(metered.service for metered in METRICS.values())
BYTES = ("MB", "MiB", "GB", "GiB", "TB", "TiB")
SERVER_FIELDS = ("flavor_name", "flavor_id", "flavor", "vcpus", "memory")
VOLUME_FIELDS = ("volume_type",)
# What a volume's type has to be called for a design that asks for one or the other.
VOLUME_KINDS = {"ssd": ("ssd", "nvme"), "hdd": ("hdd", "sata", "spinning")}


def read_hashmap(data: Any, *, file: str, settings: ImportSettings, current: CurrentBook) -> Converted:
    """Raises: PriceBookInvalid."""
    if not isinstance(data, Mapping) or not isinstance(data.get("mappings"), list):
        raise refused(file, "These are no rating rules: there is no list of mappings.")
    period = exact_text(data.get("period_seconds", HOUR_SECONDS))
    if not period or not Decimal(period):
        raise refused(
            file, "period_seconds has to be a number above 0: how long CloudKitty's collect period is."
        )
    if not settings.currency:
        reason = "CloudKitty's rules have no currency. Say which one their amounts are in."
        raise PriceBookInvalid([BookProblem(file, "currency", reason)])
    if not (settings.source_url or words(data.get("url"))):
        raise PriceBookInvalid([BookProblem(file, "url", "Say which rating service told these rules.")])
    units = {words(one.get("metric_id")): words(one.get("unit")) for one in objects(data.get("metrics"))}
    reading = Reading(file, Decimal(period) / HOUR_SECONDS, units)
    rules = rules_of(data, settings.today, reading)
    for service in dict.fromkeys(rule.service for rule in rules):
        _read_service(service, [rule for rule in rules if rule.service == service], data, reading)
    if reading.problems:
        raise PriceBookInvalid(reading.problems)
    if not reading.prices:
        raise refused(file, "No rule is about something that a design can hold.")
    name = settings.provider or words(data.get("cloud"), 60) or "OpenStack"
    key = settings.key or as_key(name, "rating")
    found = {
        "key": key,
        "provider": name,
        "title": f"{name}, rating rules",
        "region": words(data.get("region"), 100) or "all",
        "metering": "started_hour",
    }
    source = {
        "id": SOURCE,
        "url": settings.source_url or words(data.get("url")),
        "kind": "primary",
        "retrieved": settings.today,
        "note": "Hashmap rules, as the cloud's own rating service answered.",
    }
    so_far = current(key)
    found = found if so_far is None else {"key": key}
    book = book_of(settings, so_far, found, sources=[source], prices=reading.prices, covers=COVERS)
    return Converted((book,), tuple(reading.left_out))


# --- Services -------------------------------------------------------------------------------------------


def _read_service(service: str, rules: list[Rule], data: Json, reading: Reading) -> None:
    metered = METRICS.get(service)
    if metered is None:
        reading.left_out.append(
            LeftOut(service, "No kind of thing that a design holds is rated by this metric.")
        )
        return
    if next(added_amounts(rules), None) is not None:
        reason = "A threshold adds an amount of its own, which no price of a unit can say."
        reading.left_out.append(LeftOut(service, reason))
        return
    known = {"server": SERVER_FIELDS, "volume": VOLUME_FIELDS}.get(metered.service, ())
    usable = [rule for rule in rules if not rule.field or rule.field in known]
    for name in dict.fromkeys(rule.field for rule in rules if rule not in usable):
        reason = f"Its price depends on {name}, of which a design says nothing."
        reading.left_out.append(LeftOut(f"{service}, {name}", reason))
    if metered.service == "server":
        _read_servers(service, usable, data, reading)
    elif metered.service == "volume":
        _read_volumes(service, usable, metered, reading)
    elif row := _row(service, usable, metered, reading):
        reading.prices.append(row)


def _read_servers(service: str, rules: list[Rule], data: Json, reading: Reading) -> None:
    """The flavors that the cloud has; rules for flavors that are gone make no price."""
    flavors = objects(data.get(FLAVORS))
    if not flavors:
        reason = "The cloud's flavors are missing, so nobody knows what a server's rule buys."
        reading.problems.append(BookProblem(reading.file, FLAVORS, reason))
    for index, flavor in enumerate(flavors):
        name, flavor_id = words(flavor.get("name")), words(flavor.get("id"))
        size = {one: exact_text(flavor.get(one)) for one in ("vcpus", "ram_gib", "disk_gib")}
        if not name or size["vcpus"] is None or size["ram_gib"] is None:
            place = f"{FLAVORS}[{index}] {name}".strip()
            reason = "A flavor has a name, vcpus and ram_gib."
            reading.problems.append(BookProblem(reading.file, place, reason))
            continue
        said = {
            "flavor_name": name,
            "flavor_id": flavor_id,
            "flavor": name,
            "vcpus": size["vcpus"],
            "memory": plain_text(Decimal(size["ram_gib"]) * 1024),  # Nova counts MiB
        }
        try:
            price = price_of(rules, said) if _is_about(rules, said) else ZERO
        except InvalidOperation:
            reading.left_out.append(LeftOut(name, "A threshold compares its flavor with a number."))
            continue
        if not price:
            reading.left_out.append(LeftOut(name, "No rule is about this flavor."))
            continue
        reading.prices.append(
            {
                "sku": name,
                "service": "server",
                "description": f"{name} server",
                "unit": "hour",
                "price": _per_hour(price, reading),
                "attributes": {
                    "flavor": name,
                    "vcpus": size["vcpus"],
                    "ram_gib": size["ram_gib"],
                    "disk_gib": size["disk_gib"] or "0",
                },
                "source": SOURCE,
                "locator": f"hashmap, service {service}",
                "confidence": "verbatim" if _is_one_flat(rules, said) else "derived",
            }
        )


def _is_about(rules: list[Rule], said: Mapping[str, str]) -> bool:
    """A surcharge for every server alone would make a flavor that nobody rated the cheapest of all."""
    own = [rule for rule in rules if rule.field]
    return not own or any(rule.matches(said, ONE) for rule in own)


def _read_volumes(service: str, rules: list[Rule], metered: Metered, reading: Reading) -> None:
    general = [rule for rule in rules if not rule.field]
    if general and (row := _row(service, general, metered, reading)):
        reading.prices.append(row)
    taken: set[str] = set()
    for name in dict.fromkeys(rule.value for rule in rules if rule.field and rule.level is None):
        kind = next(
            (one for one, called in VOLUME_KINDS.items() if any(c in name.lower() for c in called)), ""
        )
        if not kind or kind in taken:
            reason = "Its name says neither ssd nor hdd." if not kind else f"Another type is taken as {kind}."
            reading.left_out.append(LeftOut(f"{service}, volume_type {name}", reason))
            continue
        taken.add(kind)
        if row := _row(service, rules, metered, reading, said={"volume_type": name}, selector={"type": kind}):
            reading.prices.append({**row, "sku": f"{service}:{name}", "description": f"Volume, {name}"})


def _row(
    service: str,
    rules: list[Rule],
    metered: Metered,
    reading: Reading,
    *,
    said: Mapping[str, str] | None = None,
    selector: Mapping[str, str] | None = None,
) -> Record | None:
    unit, said = _unit(service, metered, reading), said or {}
    if unit is None:
        return None
    prices = list(_by_quantity(rules, said, metered, reading))
    if not any(price != "0" for _, price in prices):
        reading.left_out.append(LeftOut(service, "Its rules come to nothing."))
        return None
    row: Record = {
        "sku": service,
        "service": metered.service,
        "description": metered.description,
        "unit": unit,
        **({"selector": dict(selector)} if selector else {}),
        "source": SOURCE,
        "locator": f"hashmap, service {service}",
        "confidence": "verbatim" if _is_one_flat(rules, said) else "derived",
    }
    if len(prices) == 1:
        return {**row, "price": prices[0][1]}
    ends = [start for start, _ in prices[1:]]
    tiers = [
        {"from": plain_text(start), "to": plain_text(end) if end is not None else None, "price": price}
        for (start, price), end in zip(prices, [*ends, None], strict=True)
    ]
    note = "CloudKitty takes the next price from each limit on, this book above it."
    return {**row, "tier_mode": "volume", "tiers": tiers, "note": note}


def _by_quantity(
    rules: list[Rule], said: Mapping[str, str], metered: Metered, reading: Reading
) -> Iterator[tuple[Decimal, str]]:
    """From which quantity on a unit costs how much."""
    for level in levels(rules):
        quantity = level or min([ONE, *(one for one in levels(rules) if one)]) / 2
        price = price_of(rules, said, quantity) / quantity
        yield level, plain_text(_digits(price)) if metered.flows else _per_hour(price, reading)


def _unit(service: str, metered: Metered, reading: Reading) -> str | None:
    unit = reading.units.get(service, "")
    if unit in BYTES:
        return unit if metered.flows else f"{unit}-hour"
    if metered.service in ("floating_ip", "load_balancer", "vpn", "router"):
        return "hour"
    reason = f"The metric's unit is {unit!r}; this needs one of {', '.join(BYTES)}."
    reading.problems.append(BookProblem(reading.file, f"metrics {service}.unit", reason))
    return None


def _per_hour(price: Decimal, reading: Reading) -> str:
    return plain_text(_digits(price / reading.hours))


def _digits(price: Decimal) -> Decimal:
    """A book keeps eighteen decimal places."""
    return price.quantize(Decimal(1).scaleb(-18)) if price.as_tuple().exponent < -18 else price  # type: ignore[operator]


def _is_one_flat(rules: list[Rule], said: Mapping[str, str]) -> bool:
    """The price stands there as it is; everything else is computed."""
    matching = [rule for rule in rules if rule.matches(said, ONE)]
    return len(matching) == 1 and not matching[0].is_rate and matching[0].level is None

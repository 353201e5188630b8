"""Collected lists: nineteen columns, of a provider that has a mapping, or of anybody else.

A list of one's own says in `resource_type` what each row is, in words of docs/price-lists.md: `server`,
`block-storage type=ssd`. Each row needs its source: a price that nobody can look up again is no price.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from catalog.domain.price_book_fields import BookProblem, PriceBookInvalid
from catalog.domain.price_imports import books_from_csv
from catalog.domain.price_imports.collected_rows import CollectedRow, read_rows
from catalog.domain.price_imports.conversion import (
    Converted,
    CurrentBook,
    ImportSettings,
    LeftOut,
    Record,
    as_key,
    book_of,
)
from catalog.domain.price_imports.providers import MAPPINGS
from catalog.domain.price_imports.tables import refused

# The words for kinds of things, and the service of a price book that each is.
SERVICES: Mapping[str, str] = {
    "server": "server",
    "database": "database",
    "block-storage": "volume",
    "block-storage-iops": "volume_iops",
    "snapshot": "snapshot",
    "object-storage": "object_storage",
    "file-share": "file_share",
    "image": "image_storage",
    "database-storage": "database_storage",
    "load-balancer": "load_balancer",
    "public-ip": "floating_ip",
    "router": "router",
    "nat-gateway": "nat_gateway",
    "vpn": "vpn",
    "egress": "egress",
    "cdn-egress": "cdn",
    "dns": "dns",
    "dns-queries": "dns_queries",
    "monitoring": "monitoring",
    "email": "email",
}
SIZED = ("server", "database")
ON_DEMAND = ("", "on-demand")
MOST_REGIONS = 50
_SELECTOR = re.compile(r"[a-z_]+=[A-Za-z0-9_.-]+")
_KINDS = {"[primary]": "primary", "[secondary, corroborated]": "corroborated"}


def read_collected(text: str, *, file: str, settings: ImportSettings, current: CurrentBook) -> Converted:
    """Raises: PriceBookInvalid."""
    rows = read_rows(text, file=file)
    if not rows:
        raise refused(file, "The table has no rows below its header.")
    if {row.provider for row in rows} <= MAPPINGS.keys():
        return _provider_list(text, file, settings)
    return _own_list(rows, file, settings, current)


def _provider_list(text: str, file: str, settings: ImportSettings) -> Converted:
    """What the provider's mapping makes of it: often several books. A key names one of them."""
    books = {str(book["key"]): book for book in books_from_csv(text, file=file)}
    lines = _lines_by_sku(read_rows(text, file=file))
    if settings.key and settings.key not in books:
        raise refused(file, f"The list makes no book {settings.key!r}; it makes {', '.join(books)}.")
    chosen = [books[settings.key]] if settings.key else list(books.values())
    said = settings.said()
    if said.keys() - {"key", "valid_from"} and len(chosen) > 1:
        raise refused(file, f"This list makes {len(chosen)} books. Name one by its key to say more about it.")
    return Converted(tuple({**book, **said} for book in chosen), lines=(lines,) * len(chosen))


def _lines_by_sku(rows: list[CollectedRow]) -> Mapping[str, tuple[int, ...]]:
    lines: dict[str, tuple[int, ...]] = {}
    for row in rows:
        sku = row.sku[:60]
        lines[sku] = (*lines.get(sku, ()), row.line)
    return lines


@dataclass
class _Reading:
    file: str
    problems: list[BookProblem]
    left_out: list[LeftOut]

    def problem(self, row: CollectedRow, column: str, reason: str) -> None:
        self.problems.append(BookProblem(self.file, f"line {row.line} {row.sku[:60]}.{column}", reason))


def _own_list(
    rows: list[CollectedRow], file: str, settings: ImportSettings, current: CurrentBook
) -> Converted:
    reading = _Reading(file, [], [])
    first = rows[0]
    for row in rows:
        if row.provider != first.provider:
            reading.problem(row, "provider", f"{row.provider} in a list of {first.provider}. Split the list.")
        if row.currency != first.currency:
            reason = f"{row.currency or 'nothing'} in a list in {first.currency}. One book has one currency."
            reading.problem(row, "currency", reason)
    regions = [settings.region] if settings.region else list(dict.fromkeys(row.region for row in rows))
    if len(regions) > MOST_REGIONS:
        raise refused(file, f"There are {len(regions)} regions; {MOST_REGIONS} books at once is the most.")
    books, lines = [], []
    for region in regions:
        chosen = [row for row in rows if row.region == region]
        if not chosen:
            known = ", ".join(dict.fromkeys(row.region for row in rows))
            raise refused(file, f"No row is of the region {region}; there are {known}.")
        key = settings.key or as_key(first.provider, *([region] if len(regions) > 1 else []))
        if settings.key and len(regions) > 1:
            raise refused(
                file, f"There are {len(regions)} regions, so one key is not enough. Name the region."
            )
        books.append(_book(chosen, reading, settings, current, key=key, region=region))
        lines.append(_lines_by_sku([row for row in chosen if row.term in ON_DEMAND]))
    if reading.problems:
        raise PriceBookInvalid(reading.problems)
    return Converted(tuple(books), tuple(reading.left_out), tuple(lines))


def _book(
    rows: list[CollectedRow],
    reading: _Reading,
    settings: ImportSettings,
    current: CurrentBook,
    *,
    key: str,
    region: str,
) -> Record:
    sources: dict[tuple[str, str], Record] = {}
    prices = []
    for ladder in _ladders(rows, reading):
        if record := _record(ladder, reading, settings):
            source = _source(ladder[0], sources, settings)
            prices.append({**record, "source": source})
    so_far = current(key)
    dates = [row.effective_date for row in rows if re.fullmatch(r"\d{4}-\d{2}-\d{2}", row.effective_date)]
    found: Record = {"key": key, "currency": rows[0].currency}
    if dates:
        found["valid_from"] = min(dates)
    if so_far is None:
        title = f"{rows[0].provider}, {region}" if region else rows[0].provider
        found |= {"provider": rows[0].provider, "title": title, "region": region or "all"}
    return book_of(settings, so_far, found, sources=list(sources.values()), prices=prices)


def _ladders(rows: list[CollectedRow], reading: _Reading) -> list[list[CollectedRow]]:
    """The tiers of one SKU together; a SKU without tiers stands there once."""
    ladders: dict[str, list[CollectedRow]] = {}
    for row in rows:
        if row.term not in ON_DEMAND:
            reading.left_out.append(
                LeftOut(f"{row.sku}, {row.term}", "It is sold on other terms than on demand.")
            )
            continue
        ladder = ladders.setdefault(row.sku, [])
        if ladder and not (row.tier_from and ladder[0].tier_from):
            reading.problem(
                row, "sku", f"Line {ladder[0].line} has this SKU already, and these are no tiers."
            )
        ladder.append(row)
    return list(ladders.values())


def _record(ladder: list[CollectedRow], reading: _Reading, settings: ImportSettings) -> Record | None:
    row = ladder[0]
    kind, *chosen = row.resource_type.split() or [""]
    service = SERVICES.get(kind)
    if service is None:
        reading.problem(row, "resource_type", f"{kind[:40]!r} is none of {', '.join(SERVICES)}.")
        return None
    if wrong := [one for one in chosen if not _SELECTOR.fullmatch(one)]:
        reading.problem(row, "resource_type", f"{wrong[0][:40]!r} is no choice such as type=ssd.")
        return None
    if not (row.source_url or settings.source_url):
        reading.problem(row, "source_url", "Say where this price can be looked up again.")
    for column in ("vcpus", "ram_gib"):
        if service in SIZED and not getattr(row, column):
            reading.problem(row, column, f"A {kind} has a size.")
    record: Record = {
        "sku": row.sku,
        "service": service,
        "product": row.service,
        "resource_type": kind,
        "description": row.description or row.sku,
        "unit": row.unit,
        "locator": row.source_note or row.description or row.sku,
        "confidence": row.confidence or "verbatim",
    }
    if len(ladder) > 1 or row.tier_to or row.tier_from not in ("", "0"):
        record["tiers"] = [
            {"from": one.tier_from or "0", "to": one.tier_to or None, "price": one.price} for one in ladder
        ]
    else:
        record |= {"price": row.price} | ({"charge": "included"} if _is_zero(row.price) else {})
    if chosen:
        record["selector"] = dict(one.split("=", 1) for one in chosen)
    if service in SIZED:
        size = {"vcpus": row.vcpus, "ram_gib": row.ram_gib, "disk_gib": row.disk_gib or "0"}
        record["attributes"] = {"flavor": row.sku, **size}
    return record


def _source(row: CollectedRow, sources: dict[tuple[str, str], Record], settings: ImportSettings) -> str:
    """The id of its source; who doesn't say how sure it is gets no benefit of the doubt."""
    kind = next((kind for mark, kind in _KINDS.items() if row.source_note.startswith(mark)), "secondary")
    url = row.source_url or settings.source_url
    known = sources.setdefault(
        (url, kind),
        {
            "id": f"source-{len(sources) + 1}",
            "url": url,
            "kind": kind,
            "retrieved": row.effective_date or settings.today,
        },
    )
    return str(known["id"])


def _is_zero(price: str) -> bool:
    return not price.strip("0.")

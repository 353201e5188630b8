"""How a provider's collected list becomes price books: a table a provider, read here.

A mapping is one module beside this one, and one line in providers.py. It names the books that the list makes,
and the rules that turn rows into prices. For each row the first rule that fits counts:

    ACME = (
        BookPlan(
            header={"key": "acme", "title": "Acme, Berlin", "provider": "Acme", "region": "ber", …},
            rows={"region": "ber|all", "currency": "EUR"},
            rules=(
                take("server", resource_type="server", sku=r"(?P<flavor>.+):linux"),
                take("volume", resource_type="block-storage", sku="ssd", says={"selector": {"type": "ssd"}}),
                take("object_storage", resource_type="object-storage", says={"scope": "account"}),
                leave("Nothing in a design is a GPU.", resource_type="gpu"),
            ),
            stated=({"sku": "included:router", "service": "router", "charge": "included", …},),
        ),
    )

- Conditions name columns of the list; each is a regular expression that the whole cell has to match.
- `says` are fields of the price as docs/prices.md has them; they go over what the row itself says. Texts may
  name columns and groups of the conditions: "selector": {"size": "{size}"}. None takes a field away.
  PriceOf("volume.{kind}.cap") is the price of the row with that SKU; PriceOf("{sku}", unit="month") where one
  SKU stands there for an hour and for a month.
- What comes without saying: sku, product, resource_type, description, unit, price or tiers (rows of one SKU
  that follow each other), charge included for what costs 0, sizes of servers and databases, the source (made
  of source_url, effective_date and the mark that source_note begins with) and the locator.
- `change` is for the rest: a function of the record and its rows. With `and_more` the row may become further
  prices by the rules below.
- A row that no rule fits is refused, so nothing gets lost without somebody saying so: `leave`.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from catalog.domain.price_book_fields import BookProblem, PriceBookInvalid
from catalog.domain.price_imports.collected_rows import CollectedRow, Record, unit_of
from catalog.domain.price_imports.row_sources import RowSources

SIZED = ("server", "database")
# What a list that says nothing about it most often means.
USUAL_TERMS: Mapping[str, Any] = {
    "schema": 2,
    "version": 1,
    "tax": {"kind": "unstated"},
    "month_rule": {"rule": "fixed_hours", "hours": "730"},
    "metering": "started_hour",
    "unit_basis": "unstated",
    "rounding": {"unit": None, "line": None, "total": "0.01", "mode": "half_up"},
    "valid_to": None,
}

# fmt: off
HEADER_ORDER = (
    "schema", "key", "provider", "title", "version", "region", "currency", "tax", "valid_from", "valid_to",
    "collected_at", "month_rule", "metering", "unit_basis", "rounding", "note",
)
# fmt: on

Ladder = list[CollectedRow]
Change = Callable[[Record, Ladder], Record | None]


@dataclass(frozen=True)
class PriceOf:
    """The price of another row of the same book, by its SKU. The cap of an hourly price is such a row."""

    sku: str
    unit: str = ""

    column = "price"


@dataclass(frozen=True)
class CellOf:
    """What another row says in a column: a month plan has the disk that the flavor has by the hour."""

    column: str
    sku: str
    unit: str = ""


RowsBySku = Mapping[tuple[str, str], CollectedRow]  # by SKU and unit, and by SKU alone


@dataclass(frozen=True)
class Rule:
    """`service` is a price book's; empty leaves rows out, and `because` says why.

    `and_more`: further rules are asked too, so that one row can make several prices, each with its own days
    in force or its own service.
    """

    service: str
    where: Mapping[str, str]
    says: Mapping[str, Any] = field(default_factory=dict)
    change: Change | None = None
    because: str = ""
    and_more: bool = False

    def fits(self, row: CollectedRow) -> dict[str, str] | None:
        """What the groups of the conditions caught; None where one of them isn't met."""
        caught: dict[str, str] = {}
        for column, pattern in self.where.items():
            found = _compiled(pattern).fullmatch(getattr(row, column))
            if found is None:
                return None
            caught |= {name: text or "" for name, text in found.groupdict().items()}
        return caught


def take(
    service: str,
    *,
    says: Mapping[str, Any] | None = None,
    change: Change | None = None,
    and_more: bool = False,
    **where: str,
) -> Rule:
    """Rows whose cells match become prices of the service. `of_service` is their column `service`."""
    return Rule(service, _columns(where), says or {}, change, and_more=and_more)


def leave(because: str, **where: str) -> Rule:
    return Rule("", _columns(where), because=because)


@dataclass(frozen=True)
class BookPlan:
    """One book of a list.

    `header`: the book's own fields over USUAL_TERMS. `sources` are those that rules and `stated` name by id,
    or `source_of` for all rows with one degree of doubt: {"secondary": "catalogue"}. `stated` are
    prices that stand in no row: what a source says is included, how sizes are composed.
    """

    header: Mapping[str, Any]
    rules: tuple[Rule, ...]
    rows: Mapping[str, str] = field(default_factory=dict)
    sources: tuple[Record, ...] = ()
    source_of: Mapping[str, str] = field(default_factory=dict)
    stated: tuple[Record, ...] = ()

    @property
    def key(self) -> str:
        return str(self.header["key"])

    def book(self, rows: Iterable[CollectedRow], *, file: str) -> Record | None:
        """The book's file as data; None when no row of the list belongs to it. Raises: PriceBookInvalid."""
        belongs = Rule("", self.rows)
        chosen = [row for row in rows if belongs.fits(row) is not None]
        if not chosen:
            return None
        by_sku = {(row.sku, unit): row for row in chosen for unit in ("", row.unit)}
        sources = RowSources(self.sources, self.source_of)
        problems: list[BookProblem] = []
        prices: list[Record] = []
        for ladder in _ladders(chosen):
            first = ladder[0]
            try:
                records = [_record(ladder, rule, caught, by_sku) for rule, caught in self._rules_for(first)]
            except LookupError as missing:
                problems.append(
                    BookProblem(file, f"line {first.line} {first.sku[:60]}", _why(missing, first))
                )
                continue
            prices += [
                {**record, "source": record.get("source") or sources.of(first)}
                for record in records
                if record
            ]
        if problems:
            raise PriceBookInvalid(problems)
        stated = [{**one, "source": one.get("source") or sources.of(chosen[0])} for one in self.stated]
        header = {**USUAL_TERMS, **self.header}
        in_order = {name: header[name] for name in HEADER_ORDER if name in header}
        return {**in_order, **header, "sources": sources.records, "prices": [*prices, *stated]}

    def _rules_for(self, row: CollectedRow) -> Iterator[tuple[Rule, Mapping[str, str]]]:
        """The first that fits, and the next where it lets more follow. Raises: NoRuleFits."""
        for rule in self.rules:
            caught = rule.fits(row)
            if caught is None:
                continue
            if rule.service:
                yield rule, caught
            if not rule.and_more:
                return
        raise NoRuleFits


class NoRuleFits(LookupError):
    pass


def _why(missing: LookupError, row: CollectedRow) -> str:
    if isinstance(missing, NoRuleFits):
        return f"The mapping doesn't know {row.service} / {row.resource_type}."
    return f"The mapping looks for {missing}, which isn't there."


def _columns(where: Mapping[str, str]) -> dict[str, str]:
    return {"service" if name == "of_service" else name: pattern for name, pattern in where.items()}


def _ladders(rows: Iterable[CollectedRow]) -> list[Ladder]:
    """Rows of one ladder together: neighbours with one SKU, and a new ladder where one starts at 0 again."""
    ladders: list[Ladder] = []
    for row in rows:
        last = ladders[-1][-1] if ladders else None
        goes_on = (
            last is not None
            and (last.sku, last.term) == (row.sku, row.term)
            and bool(last.tier_from and row.tier_from)
            and row.tier_from != "0"
        )
        if goes_on:
            ladders[-1].append(row)
        else:
            ladders.append([row])
    return ladders


def _record(ladder: Ladder, rule: Rule, caught: Mapping[str, str], by_sku: RowsBySku) -> Record | None:
    """Raises: KeyError naming what a template or a PriceOf asks for in vain."""
    row = ladder[0]
    record: Record = {
        "sku": row.sku,
        "service": rule.service,
        "product": row.service,
        "resource_type": row.resource_type,
        "description": row.description or row.sku,
        "unit": unit_of(row),
        **_amounts(ladder),
        "source": "",
        "locator": row.description or row.sku,
        "confidence": row.confidence or "verbatim",
        **_size(rule.service, row, caught),
    }
    words = {**{name: str(value) for name, value in vars(row).items()}, **caught}
    said = {name: _filled_in(value, words, by_sku) for name, value in rule.says.items()}
    for amount in ("price", "tiers", "percent"):
        if amount in said:
            for other in ("price", "tiers", "percent", "charge"):
                record.pop(other, None)
    record |= said
    changed = rule.change(record, ladder) if rule.change else record
    return changed and {name: value for name, value in changed.items() if value is not None}


def _amounts(ladder: Ladder) -> Record:
    if len(ladder) == 1 and not ladder[0].tier_to and ladder[0].tier_from in ("", "0"):
        price = ladder[0].price
        return {"price": price} | ({} if price.strip("0.") else {"charge": "included"})
    tiers = [{"from": row.tier_from or "0", "to": row.tier_to or None, "price": row.price} for row in ladder]
    return {"tiers": tiers}


def _size(service: str, row: CollectedRow, caught: Mapping[str, str]) -> Record:
    if service not in SIZED:
        return {}
    size = {name: _plain(getattr(row, name)) for name in ("vcpus", "ram_gib", "disk_gib")}
    known = {name: number for name, number in size.items() if number}
    return {"attributes": {"flavor": caught.get("flavor") or row.sku, **known}}


def _plain(number: str) -> str:
    """`80.0` as 80."""
    return number.rstrip("0").rstrip(".") or "0" if "." in number else number


def _filled_in(value: Any, words: Mapping[str, str], by_sku: RowsBySku) -> Any:
    if isinstance(value, PriceOf | CellOf):
        sku = value.sku.format_map(words)
        if (sku, value.unit) not in by_sku:
            raise KeyError(sku)
        return getattr(by_sku[sku, value.unit], value.column)
    if isinstance(value, str):
        return value.format_map(words)
    if isinstance(value, Mapping):
        return {name: _filled_in(one, words, by_sku) for name, one in value.items()}
    if isinstance(value, list):
        return [_filled_in(one, words, by_sku) for one in value]
    return value


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)

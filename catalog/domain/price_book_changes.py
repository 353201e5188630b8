"""What a new version of a price book changes, price by price, in words for people.

Works on the files' JSON, so that whatever field a price has is compared.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

Json = Mapping[str, Any]

# Where a figure comes from and how it is called: none of it changes an amount.
PROVENANCE = frozenset({"description", "source", "locator", "confidence", "note", "product", "resource_type"})
_AMOUNTS = frozenset({"price", "cap_per_month"})
# The header's own numbering, and what is listed one by one.
_NO_TERMS = frozenset(
    {"schema", "version", "supersedes", "sources", "prices", "note", "collected_at", "title"}
)


@dataclass(frozen=True)
class PriceChange:
    """`before` is None for what is added, `after` for what is removed. `fields`: what else differs."""

    sku: str
    before: str | None
    after: str | None
    fields: tuple[str, ...] = ()


@dataclass(frozen=True)
class BookChanges:
    """`terms` are the header's fields that differ, (name, before, after); `reworded` prices cost the same."""

    added: tuple[PriceChange, ...] = ()
    changed: tuple[PriceChange, ...] = ()
    removed: tuple[PriceChange, ...] = ()
    terms: tuple[tuple[str, str, str], ...] = ()
    reworded: int = 0
    unchanged: int = 0

    @property
    def is_nothing(self) -> bool:
        return not (self.added or self.changed or self.removed or self.terms or self.reworded)


@dataclass
class _Found:
    added: list[PriceChange] = field(default_factory=list)
    changed: list[PriceChange] = field(default_factory=list)
    reworded: int = 0
    unchanged: int = 0


def changes_between(before: Json | None, after: Json) -> BookChanges:
    """`before` is None where the book is new."""
    old_prices = {_identity(price): price for price in (before or {}).get("prices", [])}
    found = _Found()
    for price in after["prices"]:
        old = old_prices.pop(_identity(price), None)
        if old is None:
            found.added.append(PriceChange(_name(price), None, price_in_words(price)))
            continue
        differing = {name for name in old.keys() | price.keys() if _differs(old, price, name)}
        if costly := differing - PROVENANCE:
            words = price_in_words(old), price_in_words(price)
            found.changed.append(PriceChange(_name(price), *words, tuple(sorted(costly))))
        elif differing:
            found.reworded += 1
        else:
            found.unchanged += 1
    return BookChanges(
        added=tuple(found.added),
        changed=tuple(found.changed),
        removed=tuple(PriceChange(_name(old), price_in_words(old), None) for old in old_prices.values()),
        terms=_changed_terms(before, after) if before is not None else (),
        reworded=found.reworded,
        unchanged=found.unchanged,
    )


def _differs(old: Json, new: Json, name: str) -> bool:
    before, after = old.get(name), new.get(name)
    if name in _AMOUNTS and before is not None and after is not None:
        return Decimal(before) != Decimal(after)  # 24.2 is 24.20
    return bool(before != after)


def _identity(price: Json) -> tuple[Any, ...]:
    """One SKU may be sold on several terms, and at other prices from a date on."""
    return tuple(price.get(name) for name in ("sku", "purchase", "term_months", "payment", "effective_from"))


def _name(price: Json) -> str:
    """The SKU, with its terms where they are not the usual ones: `b3-8, 12 months, upfront`."""
    term = [f"{price['term_months']} months"] if price.get("term_months") else []
    paid = [price["payment"]] if price.get("payment", "none") != "none" else []
    since = [f"from {price['effective_from']}"] if price.get("effective_from") else []
    return ", ".join([price["sku"], *term, *paid, *since])


def price_in_words(price: Json) -> str:
    """`0.0512 per hour`, `0.10 to 50, 0.08 above, per GB-month`, `v7-p2 × vcpus + … per hour`."""
    if price.get("percent") is not None:
        return f"{price['percent']} %"
    cap = f", at most {price['cap_per_month']} a month" if price.get("cap_per_month") else ""
    if tiers := price.get("tiers"):
        steps = [
            f"{tier['price']} {'to ' + tier['to'] if tier.get('to') is not None else 'above'}"
            for tier in tiers
        ]
        return f"{', '.join(steps)}, per {price.get('unit', '')}"
    if parts := price.get("composed_of"):
        added = " + ".join(f"{part.get('sku', '')} × {part.get('per', '')}" for part in parts)
        return f"{added} per {price.get('unit', '')}"
    return f"{price.get('price', '0')} per {price.get('unit', '')}{cap}"


def _changed_terms(before: Json, after: Json) -> tuple[tuple[str, str, str], ...]:
    names = sorted((before.keys() | after.keys()) - _NO_TERMS)
    return tuple(
        (name, _in_words(before.get(name)), _in_words(after.get(name)))
        for name in names
        if before.get(name) != after.get(name)
    )


def _in_words(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

"""Sizes that are sold by the piece: so much a vCore, so much a GiB of memory, so much for a licence."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from functools import lru_cache

from catalog.domain.money import ZERO, plain_text
from catalog.domain.price_books import PriceBook
from catalog.domain.price_rows import SOURCE_KINDS, Part, Price, Source
from catalog.domain.price_tiers import TierMode

LARGEST = Decimal(10**6)  # nobody sells a million vCPUs; keeps a flavor's name to a few digits
SIZES = ("vcpus", "ram_gib", "disk_gib")
_PIECE = {"vcpus": "vCore", "ram_gib": "GiB", "disk_gib": "GiB of disk"}


@dataclass(frozen=True)
class Composition:
    """`source` is that of the most doubtful part; `sum` is `2 vCore × 0.038 + 4 GiB × 0.005`."""

    unit_price: Decimal
    sum: str
    source: Source


def compose(book: PriceBook, row: Price, named: Mapping[str, str]) -> Composition | None:
    """The sum of the parts for the sizes and choices in `named`; None where one of them has no price."""
    unit_price, terms, sources = ZERO, [], [row.source]
    for part in row.composed_of:
        ingredient = book.price_of_sku(fill_in(part.sku, named), row.terms)
        if ingredient is None:
            return None
        pieces = max(_pieces(part, ingredient, named), ingredient.minimum)
        for band in ingredient.bands(pieces):
            if band.price is None:
                return None
            unit_price += band.quantity * band.price
            pieces_text = f"{plain_text(band.quantity)} {_called(part, ingredient)}"
            terms.append(f"{pieces_text} × {plain_text(band.price)}")
        sources.append(ingredient.source)
    return Composition(unit_price, " + ".join(terms), max(sources, key=_doubt))


def named_in(row: Price, flavor: str) -> dict[str, str] | None:
    """What a flavor's name says, and for what it leaves out the row's own choice: tinav7.c2r4 means p2."""
    found = _flavor_pattern(name_template(row)).fullmatch(flavor.casefold())
    if found is None:
        return None
    named = {**row.attributes, **{key: value for key, value in found.groupdict().items() if value}}
    return named if named.keys() >= {"vcpus", "ram_gib"} else None


def name_template(row: Price) -> str:
    """How a composed flavor is called; with Windows it has the same name and another SKU."""
    return row.attributes.get("flavor", row.sku)


def whole(amount: Decimal) -> Decimal:
    """Sold by the whole piece, one at least."""
    return max(Decimal(1), amount.to_integral_value(ROUND_CEILING))


def fill_in(template: str, values: Mapping[str, str]) -> str:
    """`CustomCore:{generation}-{performance}` -> `CustomCore:v7-p2`. Raises: KeyError."""
    return re.sub(r"\{(\w+)\}", lambda found: values[found[1]], template)


def _pieces(part: Part, ingredient: Price, named: Mapping[str, str]) -> Decimal:
    """In the part's own unit: of a pack of two cores, four cores are two."""
    size = Decimal(1) if part.per == "server" else Decimal(named.get(part.per, "0"))
    return size / ingredient.unit.count


def _called(part: Part, ingredient: Price) -> str:
    by_the_piece = ingredient.unit.count == 1 and ingredient.tier_mode is not TierMode.BLOCK
    return _PIECE.get(part.per, ingredient.description) if by_the_piece else ingredient.description


@lru_cache(maxsize=64)
def _flavor_pattern(template: str) -> re.Pattern[str]:
    """`tina{generation}.c{vcpus}r{ram_gib}{performance}` as a pattern; all but the sizes may be left out."""
    literal = re.split(r"\{(\w+)\}", template)
    pattern = ""
    for index, text in enumerate(literal):
        if index % 2 == 0:
            pattern += re.escape(text.casefold())
        elif text in SIZES:
            pattern += f"(?P<{text}>[1-9][0-9]{{0,5}})"
        else:
            pattern += f"(?P<{text}>[a-z]+[0-9]+)?"
    return re.compile(pattern)


def _doubt(source: Source) -> int:
    return SOURCE_KINDS.index(source.kind)

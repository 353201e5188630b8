"""How sure a price book is of what it says."""

from collections import Counter
from dataclasses import dataclass

from catalog.domain.price_books import PriceBook
from catalog.domain.price_rows import SOURCE_KINDS


@dataclass(frozen=True)
class Doubt:
    """`kind`: of the most doubtful source that a price rests on; `counts`: how many rest on each."""

    kind: str
    counts: dict[str, int]


def doubt_of(book: PriceBook) -> Doubt:
    counts = Counter(price.source.kind for price in book.prices)
    kinds = [kind for kind in SOURCE_KINDS if counts[kind]]
    return Doubt(kinds[-1] if kinds else SOURCE_KINDS[-1], {kind: counts[kind] for kind in SOURCE_KINDS})

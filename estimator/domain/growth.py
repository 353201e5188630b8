"""What many months cost when the load grows by so many per cent from each to the next."""

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

TERMS = (12, 24, 36)
_HUNDRED = Decimal(100)


class GrowthInvalid(ValueError):
    """A growth that no estimate is made with; the text says why."""


@lru_cache(maxsize=4096)
def growth_factor(percent_month: Decimal, month: int) -> Decimal:
    """What the first month's quantity has become in `month`, counted from 0. Raises: GrowthInvalid."""
    if not 0 <= percent_month <= _HUNDRED:
        raise GrowthInvalid(f"Growth a month is 0 to 100 %, not {percent_month}.")
    return (1 + percent_month / _HUNDRED) ** month


def term_totals(months: Sequence[Decimal], one_time: Decimal) -> dict[int, Decimal]:
    """What each term costs altogether, with what is paid once; `months` begin with the first."""
    return {term: sum(months[:term], one_time) for term in TERMS}

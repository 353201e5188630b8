"""What components cost a month, as whoever prices designs says it; a picture only shows it."""

from dataclasses import dataclass
from decimal import Decimal

ACCOUNT = ""  # the key of what belongs to no component: a minimum charge, a fee of the whole account


@dataclass(frozen=True)
class ComponentCost:
    """`monthly` is None when nothing of the component has a price; `unpriced` counts the parts without one.

    A component that isn't in the mapping of costs has nothing that is charged.
    """

    monthly: Decimal | None
    currency: str
    unpriced: int = 0

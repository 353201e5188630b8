"""CloudKitty's hashmap rules, evaluated the way CloudKitty evaluates them.

Source: github.com/openstack/cloudkitty, cloudkitty/rating/hash/__init__.py. Of each group the dearest flat
counts, all rates multiply, and of the thresholds reached the highest one joins in; groups add up:

    group = flat × rate × quantity, then the threshold on the quantity
    price = sum of the groups, for one data point: what one resource uses in one collect period
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

ONE = Decimal(1)
ZERO = Decimal(0)


@dataclass(frozen=True)
class Rule:
    """A mapping, or a threshold where `level` is not None. Without a `field`: of all the service."""

    group: str
    service: str
    field: str
    value: str
    is_rate: bool
    cost: Decimal
    level: Decimal | None = None

    def matches(self, said: Mapping[str, str], quantity: Decimal) -> bool:
        """`said` is the metadata of the data point, such as its flavor's name."""
        if self.field and self.field not in said:
            return False
        if self.level is None:
            return not self.field or said[self.field] == self.value
        return (Decimal(said[self.field]) if self.field else quantity) >= self.level


def price_of(rules: Iterable[Rule], said: Mapping[str, str], quantity: Decimal = ONE) -> Decimal:
    """What a data point costs. Raises: InvalidOperation when a threshold meets metadata that is no number."""
    groups: dict[str, list[Rule]] = {}
    for rule in rules:
        if rule.matches(said, quantity):
            groups.setdefault(rule.group, []).append(rule)
    return sum((_group_price(matching, quantity) for matching in groups.values()), ZERO)


def _group_price(matching: list[Rule], quantity: Decimal) -> Decimal:
    mappings = [rule for rule in matching if rule.level is None]
    flat = max((rule.cost for rule in mappings if not rule.is_rate), default=ZERO)
    rate = ONE
    for rule in mappings:
        rate *= rule.cost if rule.is_rate else ONE
    reached = max(
        (rule for rule in matching if rule.level is not None),
        key=lambda rule: rule.level or ZERO,
        default=None,
    )
    if reached is not None and reached.field:
        flat, rate = (flat, rate * reached.cost) if reached.is_rate else (flat + reached.cost, rate)
    price = flat * rate * quantity
    if reached is not None and not reached.field:
        price = price * reached.cost if reached.is_rate else price + reached.cost
    return price


def levels(rules: Iterable[Rule]) -> list[Decimal]:
    """Where the price of a unit may change with the quantity, 0 first."""
    found = {rule.level for rule in rules if rule.level is not None and not rule.field}
    return sorted({ZERO, *(level for level in found if level > 0)})


def added_amounts(rules: Iterable[Rule]) -> Iterator[Rule]:
    """Thresholds that add an amount of their own, whatever the quantity: no price of a unit says that."""
    return (rule for rule in rules if rule.level is not None and not rule.field and not rule.is_rate)

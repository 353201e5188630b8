"""The bill of quantities: an estimate's lines as a customer reads them, alike ones added up, tier by tier."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from catalog.domain.money import ZERO, plain_text
from estimator.domain.customer_view import CustomerEstimate, CustomerLine
from estimator.domain.discounts import Discount
from estimator.domain.grouping import OF_THE_ACCOUNT, Place
from estimator.domain.line_items import optional_text

# What stands in no tier is grouped by what it is, in the order in which one builds.
CATEGORIES: Mapping[str, str] = {
    "edge": "Network edge",
    "network": "Network",
    "compute": "Compute",
    "dedicated": "On-premises and dedicated",
    "data": "Data",
    "storage": "Storage",
    "messaging": "Messaging",
    "security": "Security",
    "observability": "Observability",
    "external": "External services",
    "container": "Server groups and sites",
}
THE_ACCOUNT = "For the whole account"


@dataclass(frozen=True)
class Quantity:
    """A row: `resources` are the keys of all that it stands for, `discounts` the rules that cover it, by
    their place. Without a price the amounts are None.
    """

    id: str
    item: str
    description: str
    match: str
    quantity: Decimal
    unit: str
    unit_price: Decimal | None
    monthly: Decimal | None
    one_time: Decimal | None
    resources: tuple[str, ...]
    discounts: tuple[int, ...]

    def with_line(self, line: CustomerLine) -> "Quantity":
        return Quantity(
            self.id,
            self.item,
            self.description,
            self.match,
            self.quantity + line.quantity,
            self.unit,
            self.unit_price,
            _sum(self.monthly, line.monthly),
            _sum(self.one_time, line.one_time),
            (*self.resources, *(() if line.key in self.resources else (line.key,))),
            self.discounts,
        )

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "item": self.item,
            "description": self.description,
            "match": self.match,
            "quantity": plain_text(self.quantity),
            "unit": self.unit,
            "unit_price": optional_text(self.unit_price),
            "monthly": optional_text(self.monthly),
            "one_time": optional_text(self.one_time),
            "resources": list(self.resources),
            "discounts": list(self.discounts),
        }


@dataclass(frozen=True)
class Tier:
    label: str
    rows: tuple[Quantity, ...]

    @property
    def monthly(self) -> Decimal | None:
        """None when nothing in it has a price."""
        known = [row.monthly for row in self.rows if row.monthly is not None]
        return sum(known, ZERO) if known else None

    def to_json(self) -> dict[str, Any]:
        return {
            "label": self.label,
            "monthly": optional_text(self.monthly),
            "rows": [row.to_json() for row in self.rows],
        }


def bill_of(found: CustomerEstimate) -> tuple[Tier, ...]:
    """Tiers in the order of the drawing, then what stands in none, then what the account as a whole costs."""
    rules = tuple(taken.rule for taken in found.discounts)
    tiers: dict[str, str] = {}
    rows: dict[str, dict[tuple[object, ...], Quantity]] = {}
    for line in found.line_items:
        place = found.places.get(line.component)
        tier, label = _tier_of(line, place)
        tiers.setdefault(tier, label)
        alike = (line.component, line.service, line.description, line.unit, line.unit_price, line.match)
        members = rows.setdefault(tier, {})
        known = members.get(alike)
        members[alike] = known.with_line(line) if known else _row(line, place, rules)
    order = {tier: at for at, tier in enumerate([*_drawn_tiers(found), *CATEGORIES, OF_THE_ACCOUNT])}
    return tuple(
        Tier(tiers[tier], _in_drawn_order(rows[tier].values(), found))
        for tier in sorted(rows, key=lambda one: order.get(one, len(order)))
    )


def row_id(line: CustomerLine) -> str:
    """What a reason for a missing price is kept under, from one revision to the next."""
    return f"{line.component or OF_THE_ACCOUNT}:{line.service}"


def _row(line: CustomerLine, place: Place | None, rules: tuple[Discount, ...]) -> Quantity:
    return Quantity(
        id=row_id(line),
        item=place.label if place else line.component or THE_ACCOUNT,
        description=line.description,
        match=line.match or "",
        quantity=line.quantity,
        unit=line.unit,
        unit_price=line.unit_price,
        monthly=line.monthly,
        one_time=line.one_time,
        resources=(line.key,),
        discounts=tuple(
            at for at, rule in enumerate(rules) if rule.covers(line.service, line.component, place)
        ),
    )


def _tier_of(line: CustomerLine, place: Place | None) -> tuple[str, str]:
    if not line.component or place is None:
        return OF_THE_ACCOUNT, THE_ACCOUNT
    if place.tier:
        return place.tier, place.tier_label
    return place.category, CATEGORIES.get(place.category, place.category)


def _drawn_tiers(found: CustomerEstimate) -> list[str]:
    return list(dict.fromkeys(place.tier for place in found.places.values() if place.tier))


def _in_drawn_order(rows: Iterable[Quantity], found: CustomerEstimate) -> tuple[Quantity, ...]:
    drawn = {component: at for at, component in enumerate(found.places)}
    return tuple(sorted(rows, key=lambda row: drawn.get(row.id.rpartition(":")[0], len(drawn))))


def _sum(one: Decimal | None, another: Decimal | None) -> Decimal | None:
    return another if one is None else one if another is None else one + another

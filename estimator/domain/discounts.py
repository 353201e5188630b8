"""Mark-up and discounts: what the book's amounts become on the way to a customer, rule by rule."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from catalog.domain.money import CENT, ZERO, amount_text, plain_text
from estimator.domain.grouping import Place
from estimator.domain.line_items import LineItem

HUNDRED = Decimal(100)
MOST_MARKUP_PERCENT = Decimal(1000)


class TermsInvalid(ValueError):
    """Terms that nobody means; the text says why."""


class Target(StrEnum):
    ALL = "all"
    SERVICE = "service"
    TIER = "tier"
    COMPONENT = "component"


@dataclass(frozen=True)
class Discount:
    """`percent` off what is left after the rules before it. `match`: a service, a tier's or a component's id.

    Raises: TermsInvalid.
    """

    percent: Decimal
    target: Target = Target.ALL
    match: str = ""
    order: int = 0
    label: str = ""

    def __post_init__(self) -> None:
        if not 0 < self.percent <= HUNDRED:
            raise TermsInvalid(
                f"A discount is more than 0 and up to 100 %, not {plain_text(self.percent)} %."
            )
        if (self.target is Target.ALL) == bool(self.match):
            detail = "names nothing" if self.match else f"names the {self.target} that it is for"
            raise TermsInvalid(f"A discount on {self.target} {detail}.")

    def covers(self, service: str, component: str, place: Place | None) -> bool:
        match self.target:
            case Target.ALL:
                return True
            case Target.SERVICE:
                return service == self.match
            case Target.COMPONENT:
                return component == self.match
            case Target.TIER:
                return place is not None and self.match in (place.tier, place.tier_label)

    @property
    def title(self) -> str:
        on = "" if self.target is Target.ALL else f" on {self.match.replace('_', ' ')}"
        return self.label or f"{plain_text(self.percent)}% discount{on}"


@dataclass(frozen=True)
class Markup:
    percent: Decimal = ZERO

    def __post_init__(self) -> None:
        if not 0 <= self.percent <= MOST_MARKUP_PERCENT:
            raise TermsInvalid(
                f"A mark-up is 0 to {MOST_MARKUP_PERCENT} %, not {plain_text(self.percent)} %."
            )

    @property
    def factor(self) -> Decimal:
        return 1 + self.percent / HUNDRED


NO_MARKUP = Markup()


@dataclass(frozen=True)
class Pair:
    """What is paid each month, and what is paid once."""

    monthly: Decimal = ZERO
    one_time: Decimal = ZERO

    def __add__(self, other: "Pair") -> "Pair":
        return Pair(self.monthly + other.monthly, self.one_time + other.one_time)

    def __sub__(self, other: "Pair") -> "Pair":
        return Pair(self.monthly - other.monthly, self.one_time - other.one_time)

    def times(self, factor: Decimal) -> "Pair":
        return Pair(self.monthly * factor, self.one_time * factor)

    def rounded(self, round_one: Callable[[Decimal], Decimal] | None = None) -> "Pair":
        to_step = round_one or _to_cents
        return Pair(to_step(self.monthly), to_step(self.one_time))

    def to_json(self) -> dict[str, str]:
        return {"monthly": amount_text(self.monthly), "one_time": amount_text(self.one_time)}


@dataclass(frozen=True)
class Taken:
    """What one rule takes off."""

    rule: Discount
    off: Pair

    def to_json(self) -> dict[str, str]:
        return {
            "title": self.rule.title,
            "target": self.rule.target,
            "match": self.rule.match,
            "percent": plain_text(self.rule.percent),
            **self.off.to_json(),
        }


@dataclass(frozen=True)
class Settled:
    """From the list to what is charged: list + markup − discounts = net, each figure as it is printed."""

    list: Pair
    markup: Pair = Pair()
    discounts: tuple[Taken, ...] = ()

    @property
    def net(self) -> Pair:
        net = self.list + self.markup
        for taken in self.discounts:
            net -= taken.off
        return net


def settle(
    lines: Sequence[LineItem],
    list_total: Pair,
    *,
    factor: Decimal = Decimal(1),
    markup: Markup = NO_MARKUP,
    discounts: Iterable[Discount] = (),
    places: Mapping[str, Place] | None = None,
) -> Settled:
    """`factor` leads from the lines' currency to that of `list_total`.

    What is offered is the lines with the mark-up, rounded to cents. Each rule takes its share of what the
    rules before it have left of its lines; the sum of that is rounded to cents too.

    100.00 with a mark-up of 20 % is 120.00; 10 % off all leaves 108.00; 50 % off half of it takes 27.00 more.
    """
    rules = sorted(discounts, key=lambda rule: rule.order)
    if not rules and not markup.percent:
        return Settled(list_total)
    left = [Pair(line.monthly or ZERO, line.one_time or ZERO).times(factor * markup.factor) for line in lines]
    added = sum(left, Pair()).rounded() - list_total if markup.percent else Pair()
    taken: list[Taken] = []
    for rule in rules:
        share, off = rule.percent / HUNDRED, Pair()
        for index, line in enumerate(lines):
            if rule.covers(line.service, line.component, (places or {}).get(line.component)):
                cut = left[index].times(share)
                left[index] -= cut
                off += cut
        taken.append(Taken(rule, off.rounded()))
    return Settled(list_total, added, tuple(taken))


def _to_cents(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, ROUND_HALF_UP)

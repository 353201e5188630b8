"""Mark-up and discounts: what the book's amounts become on the way to a customer, rule by rule."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import cached_property

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

    @cached_property
    def share(self) -> Decimal:
        return self.percent / HUNDRED

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
        to_step = round_one or to_cents
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


@dataclass(frozen=True)
class Weight:
    """What lines come to, unrounded: at list, with the mark-up, and off by each rule.

    The weight of all lines is the sum of the weights of parts, so a part that stays is weighed once.
    """

    list: Pair
    offered: Pair
    off: tuple[Pair, ...]

    def __add__(self, other: "Weight") -> "Weight":
        off = tuple(one + another for one, another in zip(self.off, other.off, strict=True))
        return Weight(self.list + other.list, self.offered + other.offered, off)


@dataclass(frozen=True)
class Settling:
    """How lines become what is charged. `factor` leads from their currency to that of the amounts.

    `round_list` is the book's rounding of totals, or cents of another currency.
    """

    round_list: Callable[[Decimal], Decimal]
    factor: Decimal = Decimal(1)
    markup: Markup = NO_MARKUP
    discounts: Sequence[Discount] = ()
    places: Mapping[str, Place] = field(default_factory=dict)

    @cached_property
    def rules(self) -> tuple[Discount, ...]:
        return tuple(sorted(self.discounts, key=lambda rule: rule.order))

    def weigh(self, lines: Iterable[LineItem]) -> Weight:
        """Each rule takes its share of what the rules before it have left of its lines.

        100.00 with a mark-up of 20 % is 120.00; 10 % off all leaves 108.00; 50 % off half of it takes 27.00.
        """
        monthly = one_time = ZERO
        off = [[ZERO, ZERO] for _ in self.rules]
        offer = self.factor * self.markup.factor
        for line in lines:
            month, once = line.monthly or ZERO, line.one_time or ZERO
            monthly += month
            one_time += once
            if not self.rules:
                continue
            place, month, once = self.places.get(line.component), month * offer, once * offer
            for rule, taken in zip(self.rules, off, strict=True):
                if rule.covers(line.service, line.component, place):
                    cut_month, cut_once = month * rule.share, once * rule.share
                    taken[0] += cut_month
                    taken[1] += cut_once
                    month, once = month - cut_month, once - cut_once
        listed = Pair(monthly, one_time).times(self.factor)
        return Weight(listed, listed.times(self.markup.factor), tuple(Pair(*taken) for taken in off))

    def settle(self, weight: Weight) -> Settled:
        """Rounded: the list as `round_list` says, what is offered and what each rule takes off to cents."""
        listed = weight.list.rounded(self.round_list)
        added = weight.offered.rounded() - listed if self.markup.percent else Pair()
        taken = (Taken(rule, off.rounded()) for rule, off in zip(self.rules, weight.off, strict=True))
        return Settled(listed, added, tuple(taken))


def to_cents(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, ROUND_HALF_UP)

"""Whether somebody else has to approve a plan, because of what it costs a month."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from catalog.domain.money import money_for_people
from estimator.domain.currencies import Rate, RateMissing, RateOutdated, find_rate


@dataclass(frozen=True)
class Limit:
    """What a design may cost a month in the end without anybody's approval."""

    monthly: Decimal
    currency: str

    def __str__(self) -> str:
        return money_for_people(self.monthly, self.currency)


@dataclass(frozen=True)
class MonthlyCost:
    """Before and after a plan. `unpriced` counts what has no price: unknown is never zero."""

    now: Decimal
    after: Decimal
    currency: str
    unpriced: int = 0


def approval_reason(limit: Limit | None, cost: MonthlyCost, rates: Iterable[Rate], *, today: date) -> str:
    """Why somebody else has to approve it, for people; empty where nobody has to.

    A plan that costs no more than what stands already asks nobody. What cannot be compared counts as above.
    """
    if limit is None:
        return ""
    if cost.unpriced:
        things = "1 item has" if cost.unpriced == 1 else f"{cost.unpriced} items have"
        return f"{things} no price, so whether it stays within {limit} a month is not known."
    if cost.after <= cost.now:
        return ""
    said = f"{money_for_people(cost.after, cost.currency)} a month"
    try:
        rate = find_rate(rates, cost.currency, limit.currency, today=today)
    except (RateMissing, RateOutdated):
        unknown = f"no current rate says what that is in {limit.currency}"
        return f"It costs {said}; {unknown}, and the limit is {limit}."
    amount = rate.of(cost.after) if rate else cost.after
    if amount <= limit.monthly:
        return ""
    converted = f", {money_for_people(amount, limit.currency)}," if rate else ","
    return f"It costs {said}{converted} and above {limit} somebody else has to approve."

"""How a month stands to what it may cost."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum

from catalog.domain.money import amount_text, money_for_people, plain_text

NEAR_PERCENT = Decimal(80)
FULL_PERCENT = Decimal(100)
_TENTH = Decimal("0.1")

Convert = Callable[[Decimal, str, str], Decimal | None]  # amount, from, to; None where no rate is known


class BudgetState(StrEnum):
    WITHIN = "within"
    NEAR = "near"  # from 80% on
    OVER = "over"  # from 100% on
    UNKNOWN = "unknown"  # nothing has a price, or no rate leads from one currency to the other


@dataclass(frozen=True)
class Budget:
    monthly: Decimal
    currency: str


@dataclass(frozen=True)
class Standing:
    """`left` is in the budget's currency and negative where the budget is passed."""

    budget: Budget
    state: BudgetState
    used_percent: Decimal | None = None
    left: Decimal | None = None
    warning: str = ""

    def to_json(self) -> dict[str, str | None]:
        return {
            "monthly": amount_text(self.budget.monthly),
            "currency": self.budget.currency,
            "state": self.state.value,
            "used_percent": None if self.used_percent is None else plain_text(self.used_percent),
            "left": None if self.left is None else amount_text(self.left),
            "warning": self.warning or None,
        }


def no_rates(amount: Decimal, source: str, target: str) -> Decimal | None:
    return amount if source == target else None


def standing(
    budget: Budget, spent: Decimal | None, currency: str, *, unpriced: int, convert: Convert = no_rates
) -> Standing:
    """Where a monthly total stands.

    `spent` is in `currency`, and None where nothing has a price. `unpriced` lines come on top of it: a design
    that is within its budget only because prices are missing says so.
    """
    if spent is None:
        return Standing(
            budget, BudgetState.UNKNOWN, warning="Nothing has a price yet, so nothing is used up."
        )
    amount = convert(spent, currency, budget.currency)
    if amount is None:
        return Standing(budget, BudgetState.UNKNOWN, warning=_no_rate(budget, currency))
    exact = amount / budget.monthly * 100
    left = budget.monthly - amount
    state, sentence = _state(exact, left, budget)
    return Standing(
        budget,
        state,
        # Rounded down, so that 99.96 % never reads as 100%.
        used_percent=exact.quantize(_TENTH, ROUND_DOWN),
        left=left,
        warning=" ".join(part for part in (sentence, _on_top(unpriced)) if part),
    )


def _state(percent: Decimal, left: Decimal, budget: Budget) -> tuple[BudgetState, str]:
    limit = money_for_people(budget.monthly, budget.currency)
    if left < 0:
        over = money_for_people(-left, budget.currency)
        return BudgetState.OVER, f"{over} a month above the budget of {limit}."
    if percent >= FULL_PERCENT:
        return BudgetState.OVER, f"All of the budget of {limit} is used."
    if percent >= NEAR_PERCENT:
        used = plain_text(percent.quantize(Decimal(1), ROUND_DOWN))
        rest = money_for_people(left, budget.currency)
        return BudgetState.NEAR, f"{used}% of the budget of {limit} is used; {rest} a month is left."
    return BudgetState.WITHIN, ""


def _on_top(unpriced: int) -> str:
    if not unpriced:
        return ""
    return (
        f"{unpriced} line{'' if unpriced == 1 else 's'} without a price come{'s' * (unpriced == 1)} on top."
    )


def _no_rate(budget: Budget, currency: str) -> str:
    return (
        f"The budget is in {budget.currency} and the estimate in {currency}, and no rate between them is "
        f"known. Give the budget in {currency}, or take a price book in {budget.currency}."
    )

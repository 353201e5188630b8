"""When a month comes near to what it may cost."""

from decimal import Decimal

import pytest

from estimator.domain.budgets import Budget, BudgetState, standing

HUNDRED = Budget(Decimal(100), "EUR")


@pytest.mark.parametrize(
    ("spent", "state", "used"),
    [
        ("0", "within", "0"),
        ("79.99", "within", "79.9"),
        ("80", "near", "80"),
        ("99.99", "near", "99.9"),
        ("100", "over", "100"),
        ("100.01", "over", "100"),
        ("250", "over", "250"),
    ],
)
def test_warnings_begin_at_80_and_at_100_percent(spent: str, state: str, used: str) -> None:
    found = standing(HUNDRED, Decimal(spent), "EUR", unpriced=0).to_json()

    assert (found["state"], found["used_percent"]) == (state, used)
    assert bool(found["warning"]) == (state != "within")


def test_the_warning_says_how_much_is_left_or_too_much() -> None:
    near = standing(HUNDRED, Decimal("87.50"), "EUR", unpriced=0)
    over = standing(HUNDRED, Decimal("112.30"), "EUR", unpriced=0)

    assert near.warning == "87% of the budget of €100.00 is used; €12.50 a month is left."
    assert over.warning == "€12.30 a month above the budget of €100.00."
    assert over.left == Decimal("-12.30")


def test_prices_that_are_missing_come_on_top_and_it_says_so() -> None:
    found = standing(HUNDRED, Decimal(50), "EUR", unpriced=2)

    assert found.state is BudgetState.WITHIN
    assert found.warning == "2 lines without a price come on top."


def test_without_any_price_nobody_knows_what_is_used() -> None:
    found = standing(HUNDRED, None, "EUR", unpriced=3)

    assert (found.state, found.used_percent) == (BudgetState.UNKNOWN, None)


def test_another_currency_is_converted_or_nothing_is_claimed() -> None:
    unknown = standing(HUNDRED, Decimal(90), "USD", unpriced=0)
    known = standing(
        HUNDRED, Decimal(90), "USD", unpriced=0, convert=lambda amount, _from, _to: amount * Decimal("0.9")
    )

    assert unknown.state is BudgetState.UNKNOWN
    assert "budget is in EUR and the estimate in USD" in unknown.warning
    assert (known.state, known.used_percent) == (BudgetState.NEAR, Decimal("81.0"))

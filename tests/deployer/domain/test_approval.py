"""Above the organisation's limit somebody else approves, and what is unknown counts as above."""

from datetime import date
from decimal import Decimal

from deployer.domain.approval import Limit, MonthlyCost, approval_reason
from estimator.domain.currencies import Rate

TODAY = date(2026, 11, 29)
LIMIT = Limit(Decimal(1000), "EUR")


def reason(
    after: str, *, now: str = "0", currency: str = "EUR", unpriced: int = 0, rate: Rate | None = None
) -> str:
    cost = MonthlyCost(Decimal(now), Decimal(after), currency, unpriced)
    return approval_reason(LIMIT, cost, [rate] if rate else [], today=TODAY)


def test_up_to_the_limit_nobody_is_asked() -> None:
    assert reason("1000") == ""
    assert approval_reason(None, MonthlyCost(Decimal(0), Decimal(10**9), "EUR"), [], today=TODAY) == ""


def test_above_the_limit_somebody_is_and_the_reason_says_both_amounts() -> None:
    assert reason("1000.01") == (
        "It costs €1,000.01 a month, and above €1,000.00 somebody else has to approve."
    )


def test_what_costs_no_more_than_before_asks_nobody() -> None:
    assert reason("4000", now="4000") == ""
    assert reason("4000", now="5000") == ""
    assert reason("4000", now="3999") != ""


def test_another_currency_is_converted_with_the_rate_of_a_day() -> None:
    rate = Rate("USD", "EUR", Decimal("0.90"), date(2026, 11, 1))

    assert reason("1100", currency="USD", rate=rate) == ""
    assert "$1,200.00 a month, €1,080.00, and above" in reason("1200", currency="USD", rate=rate)


def test_without_a_current_rate_it_counts_as_above() -> None:
    old = Rate("USD", "EUR", Decimal("0.90"), date(2025, 1, 1))

    assert "no current rate says what that is in EUR" in reason("5", currency="USD")
    assert "no current rate" in reason("5", currency="USD", rate=old)


def test_what_has_no_price_counts_as_above() -> None:
    assert reason("10", unpriced=2).startswith("2 items have no price, so whether it stays within €1,000.00")

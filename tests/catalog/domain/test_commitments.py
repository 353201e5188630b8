"""What is promised for months has a price of its own, and may be due when the term begins."""

from decimal import Decimal

import pytest

from catalog.domain.commitments import ON_DEMAND, Payment, Terms, committed


@pytest.mark.parametrize(
    ("payment", "due"),
    [
        (Payment.MONTHLY, "0"),
        (Payment.QUARTERLY, "64.50"),
        (Payment.YEARLY, "258.00"),
        (Payment.UPFRONT, "516.00"),
    ],
)
def test_what_is_due_at_the_start_of_two_years(payment: Payment, due: str) -> None:
    assert committed(24, payment).due_at_start(Decimal("21.50")) == Decimal(due)


def test_a_month_s_term_is_never_paid_for_a_year_ahead() -> None:
    assert committed(1, Payment.YEARLY).due_at_start(Decimal(10)) == 10


def test_terms_have_words() -> None:
    assert [str(terms) for terms in (ON_DEMAND, committed(1), committed(36, Payment.UPFRONT))] == [
        "on demand",
        "1 month, paid monthly",
        "36 months, paid upfront",
    ]


def test_on_demand_is_what_no_terms_mean() -> None:
    assert Terms() == ON_DEMAND
    assert ON_DEMAND.due_at_start(Decimal(100)) == 0

"""Rounding is the book's: of a unit's month, of a line, of the total, each in the book's mode."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.domain.money import ROUNDING_MODES, Rounding

CENT = Decimal("0.01")
steps = st.sampled_from([Decimal(text) for text in ("1", "0.1", "0.05", "0.01", "0.0001")])
modes = st.sampled_from(sorted(ROUNDING_MODES))
amounts = st.decimals(min_value=-(10**9), max_value=10**9, places=8)


@given(amounts, steps, modes)
def test_what_is_rounded_is_a_multiple_of_the_step_and_less_than_a_step_away(
    amount: Decimal, step: Decimal, mode: str
) -> None:
    rounded = Rounding(line=step, total=None, mode=mode).of_line(amount)

    assert rounded % step == 0
    assert abs(rounded - amount) < step


@given(amounts, steps, modes)
def test_rounding_twice_changes_nothing_more(amount: Decimal, step: Decimal, mode: str) -> None:
    rounding = Rounding(line=None, total=step, mode=mode)

    assert rounding.of_total(rounding.of_total(amount)) == rounding.of_total(amount)


@given(amounts, amounts, steps, modes)
def test_the_larger_amount_stays_the_larger(one: Decimal, two: Decimal, step: Decimal, mode: str) -> None:
    rounding = Rounding(line=None, total=None, unit=step, mode=mode)
    low, high = sorted((one, two))

    assert rounding.of_unit(low) <= rounding.of_unit(high)


@given(amounts, steps, modes)
def test_a_discount_rounds_like_the_price_it_is_taken_from(amount: Decimal, step: Decimal, mode: str) -> None:
    rounding = Rounding(line=step, total=None, mode=mode)

    assert rounding.of_line(-amount) == -rounding.of_line(amount)


@given(amounts)
def test_without_a_step_all_digits_stay(amount: Decimal) -> None:
    rounding = Rounding(line=None, total=None)

    assert rounding.of_line(amount) == rounding.of_total(amount) == rounding.of_unit(amount) == amount


@pytest.mark.parametrize(
    ("mode", "rounded"),
    [
        ("half_up", {"0.125": "0.13", "0.135": "0.14", "0.121": "0.12"}),
        ("half_even", {"0.125": "0.12", "0.135": "0.14", "0.121": "0.12"}),
        ("up", {"0.125": "0.13", "0.135": "0.14", "0.121": "0.13"}),
        ("down", {"0.125": "0.12", "0.139": "0.13", "0.121": "0.12"}),
    ],
)
def test_each_mode(mode: str, rounded: dict[str, str]) -> None:
    rounding = Rounding(line=CENT, total=None, mode=mode)

    assert {text: str(rounding.of_line(Decimal(text))) for text in rounded} == rounded

"""Tiers cut a quantity up: nothing is lost, nothing counted twice, and the order of use doesn't matter."""

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from catalog.domain.price_rows import Charge, Price, Scope, Source
from catalog.domain.price_tiers import Tier, TierMode
from catalog.domain.units import parse_unit

SOURCE = Source("page", "https://example.test/prices", "primary", "2026-01-01")
CDN_BOUNDS = ("0", "10000", "50000", "200000")

amounts = st.decimals(min_value=0, max_value=10**9, places=3)
rates = st.decimals(min_value=0, max_value=1000, places=6)


def a_price(*tiers: tuple[str, str | None, str], **fields: object) -> Price:
    return Price(
        sku="cdn",
        service="cdn",
        description="CDN traffic",
        charge=Charge.USAGE,
        unit=parse_unit("GB"),
        tiers=tuple(
            Tier(Decimal(start), end and Decimal(end), Decimal(price)) for start, end, price in tiers
        ),
        source=SOURCE,
        locator="table",
        confidence="verbatim",
        **fields,  # type: ignore[arg-type]
    )


@st.composite
def ladders(draw: st.DrawFn) -> Price:
    """Graduated tiers from 0 up, the last one open, sometimes with a free quantity."""
    bounds = sorted(set(draw(st.lists(st.integers(1, 10**6), max_size=6))))
    edges = ["0", *map(str, bounds), None]
    tiers = [(str(start), end, str(draw(rates))) for start, end in pairwise(edges)]
    return a_price(*tiers, free_quantity=draw(st.sampled_from([Decimal(0), Decimal(100)])))


def cost(price: Price, quantity: Decimal, used_before: Decimal = Decimal(0)) -> Decimal:
    return sum(
        (b.quantity * b.price for b in price.bands(quantity, used_before=used_before) if b.price), Decimal(0)
    )


@given(ladders(), amounts)
def test_the_bands_of_a_quantity_add_up_to_the_quantity(price: Price, quantity: Decimal) -> None:
    assert sum((band.quantity for band in price.bands(quantity)), Decimal(0)) == quantity


@given(ladders(), amounts, amounts)
def test_using_it_in_two_portions_costs_the_same_as_at_once(price: Price, one: Decimal, two: Decimal) -> None:
    assert cost(price, one) + cost(price, two, used_before=one) == cost(price, one + two)


@given(ladders(), amounts, amounts)
def test_a_free_quantity_makes_nothing_dearer_and_nothing_negative(
    price: Price, quantity: Decimal, free: Decimal
) -> None:
    without = sum((band.quantity * (band.price or 0) for band in price.ladder.bands(quantity)), Decimal(0))
    bands = price.ladder.bands(quantity, free=free)
    granted = sum((band.quantity * (band.price or 0) for band in bands), Decimal(0))

    assert Decimal(0) <= granted
    assert sum((band.quantity for band in bands), Decimal(0)) == quantity
    assert granted <= without


@given(ladders(), amounts, amounts)
def test_more_never_costs_less(price: Price, one: Decimal, more: Decimal) -> None:
    assert cost(price, one + more) >= cost(price, one)


@given(ladders(), amounts)
def test_bands_follow_each_other_without_a_gap(price: Price, quantity: Decimal) -> None:
    for lower, upper in pairwise(price.bands(quantity)):
        assert lower.end == upper.start


@st.composite
def blocks(draw: st.DrawFn) -> Price:
    size = draw(st.integers(1, 1000))
    rate = str(draw(rates))
    return a_price(("0", None, rate), tier_mode=TierMode.BLOCK, block_size=Decimal(size))


@given(blocks(), amounts)
def test_blocks_cover_the_quantity_with_less_than_one_block_too_many(price: Price, quantity: Decimal) -> None:
    sold = sum((band.quantity for band in price.bands(quantity)), Decimal(0))

    assert quantity <= sold < quantity + price.block_size
    assert sold % price.block_size == 0


@given(blocks(), amounts, amounts)
def test_more_blocks_never_cost_less(price: Price, one: Decimal, more: Decimal) -> None:
    assert cost(price, one + more) >= cost(price, one)


@st.composite
def volumes(draw: st.DrawFn) -> Price:
    ladder = draw(ladders())
    return replace(ladder, tier_mode=TierMode.VOLUME, free_quantity=Decimal(0))


@given(volumes(), amounts)
def test_a_volume_price_is_one_band_of_the_tier_it_reaches(price: Price, quantity: Decimal) -> None:
    bands = price.bands(quantity)

    assert len(bands) == (1 if quantity else 0)
    for band in bands:
        assert band.quantity == quantity
        assert band.start <= quantity
        assert band.end is None or quantity <= band.end


@given(volumes(), amounts, amounts)
def test_the_parts_of_an_account_s_volume_cost_what_the_whole_costs(
    price: Price, one: Decimal, two: Decimal
) -> None:
    whole = one + two
    parts = [band for part in (one, two) for band in price.ladder.bands(part, reached=whole)]

    assert sum((band.quantity * (band.price or 0) for band in parts), Decimal(0)) == cost(price, whole)


def test_five_hundred_gb_stay_in_the_first_tier() -> None:
    price = a_price(("0", "10000", "0.12"), ("10000", None, "0.10"))

    assert cost(price, Decimal(500)) == Decimal("60.00")
    assert len(price.bands(Decimal(500))) == 1


def test_a_quantity_on_the_bound_belongs_to_the_tier_below() -> None:
    price = a_price(("0", "10000", "0.12"), ("10000", None, "0.10"))

    assert [band.price for band in price.bands(Decimal(10000))] == [Decimal("0.12")]
    assert [band.quantity for band in price.bands(Decimal("10000.5"))] == [Decimal(10000), Decimal("0.5")]


def test_what_is_beyond_the_end_of_the_list_has_no_price() -> None:
    price = a_price(("0", "1000", "0.12"))

    inside, beyond = price.bands(Decimal(1500))

    assert (inside.quantity, inside.price) == (Decimal(1000), Decimal("0.12"))
    assert (beyond.quantity, beyond.price) == (Decimal(500), None)
    assert [band.price for band in price.bands(Decimal(10), used_before=Decimal(2000))] == [None]


def test_a_volume_price_counts_for_the_whole_quantity() -> None:
    price = a_price(("0", "100", "1.00"), ("100", None, "0.50"), tier_mode=TierMode.VOLUME)

    assert cost(price, Decimal(100)) == Decimal("100.00")
    assert cost(price, Decimal(101)) == Decimal("50.50")


def test_blocks_are_sold_whole() -> None:
    """Cloud Sites sold SQL Server storage in started blocks of 100 MB: 241 MB were 3 blocks."""
    price = a_price(("0", None, "0.05"), tier_mode=TierMode.BLOCK, block_size=Decimal(100))

    assert cost(price, Decimal(241)) == Decimal("15.00")
    assert cost(price, Decimal(300)) == Decimal("15.00")
    assert price.bands(Decimal(0)) == []


def test_a_free_quantity_comes_before_the_first_tier() -> None:
    price = a_price(
        ("0", "100", "0.10"), ("100", None, "0.05"), free_quantity=Decimal(50), scope=Scope.ACCOUNT
    )

    assert [(b.quantity, b.price) for b in price.bands(Decimal(170))] == [
        (Decimal(50), Decimal(0)),
        (Decimal(100), Decimal("0.10")),
        (Decimal(20), Decimal("0.05")),
    ]

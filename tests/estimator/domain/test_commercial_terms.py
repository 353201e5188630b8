"""From the list to what a customer pays: mark-up, discounts in their order, other currencies, tax."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.domain.price_books import Tax, TaxKind
from designer.domain.resources import Resource, ResourceGraph
from estimator.domain.assumptions import Assumptions, TaxRule
from estimator.domain.commercial_terms import CommercialTerms, tax_on
from estimator.domain.currencies import Rate, RateMissing, RateOutdated, find_rate
from estimator.domain.discounts import Discount, Markup, Pair, Target, TermsInvalid
from estimator.domain.estimates import Estimate, estimate
from estimator.domain.grouping import Place
from tests.estimator.small_cloud import SERVER, a_book, a_store, a_vpn, servers

TODAY = date(2026, 11, 21)
HUNDRED_A_MONTH = {**SERVER, "unit": "month", "price": "100"}


def offered(*resources: Resource, book: Any = None, **terms: Any) -> Estimate:
    graph = ResourceGraph.build(resources)
    places = {"web": Place("Web servers", "compute", "t1", "Front tier"), "files": Place("Files", "storage")}
    return estimate(graph, book or a_book(), terms=CommercialTerms(**terms), places=places)


def percent(number: int, target: Target = Target.ALL, match: str = "", order: int = 0) -> Discount:
    return Discount(Decimal(number), target, match, order)


# --- Mark-up and discounts --------------------------------------------------------------------------


def test_mark_up_comes_first_then_each_discount_on_what_the_ones_before_it_left() -> None:
    """Two servers at 100.00: 200.00 + 20 % = 240.00; 10 % off all leaves 216.00; half of 108.00 goes."""
    book = a_book(HUNDRED_A_MONTH)
    found = offered(
        *servers(),
        *servers(component="db"),
        book=book,
        markup=Markup(Decimal(20)),
        discounts=(percent(50, Target.COMPONENT, "web", order=2), percent(10, order=1)),
    )

    assert found.settled.list.monthly == 200
    assert found.settled.markup.monthly == 40
    assert [str(taken.off.monthly) for taken in found.settled.discounts] == ["24.00", "54.00"]
    assert str(found.totals.monthly) == "162.00"
    assert found.periods.terms[12] == 12 * found.totals.monthly
    assert found.range.expected == found.totals.monthly


@pytest.mark.parametrize(
    ("rule", "off"),
    [
        (percent(10), "8.20"),  # of 73.00 + 9.00
        (percent(10, Target.SERVICE, "server"), "7.30"),
        (percent(10, Target.SERVICE, "egress"), "0.50"),
        (percent(10, Target.TIER, "t1"), "7.30"),
        (percent(10, Target.TIER, "Front tier"), "7.30"),
        (percent(10, Target.COMPONENT, "files"), "0.90"),
        (percent(10, Target.COMPONENT, "nobody"), "0.00"),
    ],
)
def test_a_discount_is_for_all_or_for_a_service_a_tier_a_component(rule: Discount, off: str) -> None:
    [taken] = offered(*servers(), a_store(), discounts=(rule,)).settled.discounts

    assert str(taken.off.monthly) == off


def test_a_discount_on_what_is_paid_once_is_taken_off_that() -> None:
    found = offered(a_vpn(), discounts=(percent(25),))

    assert (found.totals.monthly, found.totals.one_time) == (0, 150)


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda: percent(101), "A discount is more than 0 and up to 100 %, not 101 %."),
        (lambda: percent(-5), "A discount is more than 0 and up to 100 %, not -5 %."),
        (lambda: percent(5, Target.TIER), "A discount on tier names the tier that it is for."),
        (lambda: percent(5, Target.ALL, "web"), "A discount on all names nothing."),
        (lambda: Markup(Decimal(-1)), "A mark-up is 0 to 1000 %, not -1 %."),
        (
            lambda: CommercialTerms(tax=TaxRule(Decimal(1000))),
            "A tax is 0 to 100 %, not 1000 %.",
        ),
    ],
)
def test_terms_that_nobody_means_are_refused_in_one_sentence(make: Any, reason: str) -> None:
    with pytest.raises(TermsInvalid) as refused:
        make()

    assert str(refused.value) == reason


@given(
    markup=st.decimals(0, 300, places=2),
    cuts=st.lists(st.decimals("0.01", 100, places=2), max_size=4),
    count=st.integers(1, 20),
)
def test_discounts_never_make_an_amount_negative_nor_larger(
    markup: Decimal, cuts: list[Decimal], count: int
) -> None:
    found = offered(
        *servers(count),
        a_store(),
        markup=Markup(markup),
        discounts=tuple(Discount(cut, order=order) for order, cut in enumerate(cuts)),
    )
    gross = found.settled.list.monthly + found.settled.markup.monthly

    assert -Decimal("0.01") * len(cuts) <= found.totals.monthly <= gross
    assert found.settled.net.monthly == found.totals.monthly


# --- What the customer may see ----------------------------------------------------------------------


def test_the_customer_sees_offered_prices_and_no_word_of_cost_mark_up_or_source() -> None:
    """0.10 an hour and 20 % are 0.12."""
    found = offered(
        *servers(), a_store(), customer="Linden", markup=Markup(Decimal(20)), discounts=(percent(10),)
    )
    seen = found.for_customer()
    text = json.dumps(seen.to_json()).lower()

    assert seen.line_items[0].unit_price == Decimal("0.12")
    assert (str(seen.offered.monthly), str(seen.totals.monthly)) == ("98.40", "88.56")
    assert seen.totals == found.totals
    assert not [
        word for word in ("mark", "margin", "cost", "list", "source", "sku", "example.test") if word in text
    ]
    assert "82.00" not in text, "the list total"
    assert '"0.10"' not in text, "the list price"


def test_the_customer_s_lines_add_up_to_what_is_offered() -> None:
    seen = offered(*servers(3), a_store(), markup=Markup(Decimal("17.5"))).for_customer()
    lines = sum((line.monthly for line in seen.line_items if line.monthly is not None), Decimal(0))
    groups = seen.groups["tier"].values()

    assert abs(lines - seen.offered.monthly) < Decimal("0.01")
    assert sum((group.monthly or Decimal(0) for group in groups), Decimal(0)) == lines


# --- Currencies -------------------------------------------------------------------------------------


def test_amounts_in_another_currency_name_the_rate_and_its_day() -> None:
    """73.00 × 0.915 = 66.795, rounded once."""
    rate = Rate("USD", "EUR", Decimal("0.915"), date(2026, 11, 20), "ECB")
    found = offered(*servers(), rate=rate)

    assert (found.currency, str(found.totals.monthly)) == ("EUR", "66.80")
    assert found.line_items[0].monthly == Decimal("66.795")
    assert "Converted at 1 USD = 0.915 EUR, of 2026-11-20 (ECB)." in found.assumptions
    assert found.to_json()["rate"] == {
        "from": "USD", "to": "EUR", "rate": "0.915", "date": "2026-11-20", "source": "ECB",
    }  # fmt: skip


def test_the_newest_rate_up_to_today_is_taken_and_may_be_turned_round() -> None:
    rates = [
        Rate("USD", "EUR", Decimal("0.90"), date(2026, 10, 1)),
        Rate("EUR", "USD", Decimal("1.25"), date(2026, 11, 1)),
        Rate("USD", "EUR", Decimal("0.70"), date(2026, 12, 24)),  # not yet
    ]
    found = find_rate(rates, "USD", "EUR", today=TODAY)

    assert found is not None
    assert (found.rate, found.day) == (Decimal("0.8"), date(2026, 11, 1))
    assert find_rate(rates, "EUR", "EUR", today=TODAY) is None


def test_a_rate_that_nobody_added_is_asked_for() -> None:
    with pytest.raises(RateMissing) as refused:
        find_rate([], "USD", "CHF", today=TODAY)

    assert str(refused.value) == "There is no rate from USD to CHF. Add one with its date and source."


def test_a_rate_of_last_year_is_refused() -> None:
    old = Rate("USD", "EUR", Decimal("0.9"), date(2025, 11, 21))
    with pytest.raises(RateOutdated) as refused:
        find_rate([old], "USD", "EUR", today=TODAY)

    assert str(refused.value) == (
        "The newest rate from USD to EUR is of 2025-11-21, more than 92 days ago. Add a newer one."
    )


# --- Tax --------------------------------------------------------------------------------------------

NET, GROSS = Tax(TaxKind.NET), Tax(TaxKind.GROSS, Decimal("0.19"))
VAT = TaxRule(Decimal(20), "VAT")


def test_tax_comes_on_top_of_net_prices() -> None:
    taxed = tax_on(Pair(Decimal("100.00"), Decimal("10.00")), VAT, NET)

    assert taxed is not None
    assert (str(taxed.tax.monthly), str(taxed.total.monthly), str(taxed.total.one_time)) == (
        "20.00",
        "120.00",
        "12.00",
    )


def test_gross_prices_say_the_tax_that_is_in_them() -> None:
    """119.00 at 19 %."""
    taxed = tax_on(Pair(Decimal("119.00")), None, GROSS)

    assert taxed is not None
    assert taxed.included
    assert (str(taxed.net.monthly), str(taxed.tax.monthly), str(taxed.total.monthly)) == (
        "100.00",
        "19.00",
        "119.00",
    )


def test_another_tax_replaces_the_one_in_gross_prices() -> None:
    taxed = tax_on(Pair(Decimal("119.00")), VAT, GROSS)

    assert taxed is not None
    assert str(taxed.total.monthly) == "120.00"


def test_an_unknown_tax_in_gross_prices_is_not_guessed() -> None:
    assert tax_on(Pair(Decimal(119)), VAT, Tax(TaxKind.GROSS)) is None


def test_a_customer_s_tax_goes_before_the_design_s() -> None:
    graph = ResourceGraph.build(servers())
    terms = CommercialTerms(tax=TaxRule(Decimal(0), "Reverse charge"))
    found = estimate(graph, a_book(), assumptions=Assumptions(tax=VAT), terms=terms)

    assert found.tax is not None
    assert (found.tax.name, found.tax.total.monthly) == ("Reverse charge", 73)
    assert found.assumptions[-1] == "Amounts are net; Reverse charge of 0% comes on top."


def test_a_book_that_does_not_say_leaves_a_doubt_in_words() -> None:
    found = offered(*servers(), book=a_book(SERVER, tax={"kind": "unstated"}))

    assert found.assumptions[-1] == (
        "Small cloud doesn't say whether its prices include tax; they are taken as net."
    )


# --- Groups and doubt -------------------------------------------------------------------------------


def test_the_same_money_by_component_tier_service_and_region() -> None:
    found = offered(*servers(), a_store(), a_vpn())
    tiers, services = found.groups["tier"], found.groups["service"]

    assert {key: (one.label, str(one.monthly)) for key, one in tiers.items()} == {
        "t1": ("Front tier", "73.00"),
        "-none": ("In no tier", "9.00"),
    }
    assert [one.label for one in services.values()] == [
        "Servers",
        "Object storage",
        "Outgoing traffic",
        "Vpn",
    ]
    for members in found.groups.values():
        assert sum((one.monthly or Decimal(0) for one in members.values()), Decimal(0)) == 82


def test_a_group_in_which_nothing_has_a_price_costs_something_unknown() -> None:
    found = offered(*servers(), a_store(), book=a_book(SERVER))

    assert found.groups["component"]["files"].to_json() == {"label": "Files", "monthly": None, "unpriced": 2}


def test_an_amount_is_as_doubtful_as_its_worst_source() -> None:
    doubtful = {
        "sku": "objects",
        "service": "object_storage",
        "unit": "GB-month",
        "price": "1",
        "source": "blog",
    }
    found = offered(*servers(2), a_store(egress_gb=0), book=a_book(SERVER, doubtful))

    assert found.doubt is not None
    assert found.doubt.to_json() == {"kind": "secondary", "lines": 1, "of": 3}

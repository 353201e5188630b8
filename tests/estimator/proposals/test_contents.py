"""What a proposal says, who may read what of it, and what keeps it from being sent."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from catalog.domain.money import ZERO
from catalog.selectors import component_types
from estimator.domain.commercial_terms import Taxed
from estimator.domain.discounts import Pair
from estimator.domain.proposals.changes import find_changes
from estimator.domain.proposals.drafts import Buyer, Clause, finding_id
from estimator.domain.proposals.freezing import freeze
from estimator.domain.proposals.obstacles import find_obstacles
from estimator.domain.proposals.quantities import bill_of
from estimator.domain.proposals.sums import OptionSums, SellerSums
from tests.estimator.proposals.offers import (
    DAY,
    SETTING_UP,
    SUPPORT,
    TERMS,
    a_draft,
    an_estimate,
    an_option,
    drawn,
)
from tests.shipped_templates import FORMS

BOOKS = ("outscale", "rackspace-usd-managed-infrastructure", "hetzner")


@pytest.mark.parametrize("key", sorted({key for key, _ in FORMS}))
@pytest.mark.parametrize("book", BOOKS)
def test_the_bill_holds_every_line_once_and_sums_up_to_them(key: str, book: str) -> None:
    found = an_estimate(key, book).for_customer()

    rows = [row for tier in bill_of(found) for row in tier.rows]

    assert sum((row.monthly or ZERO for row in rows), ZERO) == sum(
        (line.monthly or ZERO for line in found.line_items), ZERO
    )
    assert sum((row.quantity for row in rows), ZERO) == sum(
        (line.quantity for line in found.line_items), ZERO
    )
    assert {key for row in rows for key in row.resources} == {line.key for line in found.line_items}
    assert sum(row.unit_price is None for row in rows) <= len(
        [one for one in found.line_items if one.monthly is None]
    )


def test_alike_servers_are_one_row_that_names_each_of_them() -> None:
    bill = bill_of(an_estimate("rax-ecommerce", "rackspace-usd-managed-infrastructure").for_customer())

    (web,) = [
        row
        for tier in bill
        for row in tier.rows
        if row.item.startswith("Web") and "server, Linux" in row.description
    ]

    assert web.quantity == 3 * 730
    assert web.resources == ("web/server[0]", "web/server[1]", "web/server[2]")


def test_services_come_on_top_of_the_discounted_lines_and_are_taxed_with_them() -> None:
    option = an_option()
    found = option.estimate.for_customer()

    sums = OptionSums.of(found, option.extras, months=12)

    assert sums.extras == Pair(Decimal("180.00"), Decimal("2400.00"))
    assert sums.net == Pair(found.totals.monthly + 180, found.totals.one_time + 2400)
    assert sums.tax is not None
    assert sums.tax.tax.one_time == Decimal("456.00")
    assert sums.tax.total == sums.net + sums.tax.tax
    assert sums.term == found.periods.terms[12] + 12 * 180 + 2400


def test_where_prices_hold_their_tax_those_of_services_do_too() -> None:
    found = an_option(terms=replace(TERMS, tax=None)).estimate.for_customer()
    charged = Pair(Decimal("119.00"))
    gross = replace(
        found, tax=Taxed("Tax", Decimal(19), True, Pair(Decimal("100.00")), Pair(Decimal("19.00")))
    )
    assert gross.tax is not None
    assert gross.tax.total == charged

    sums = OptionSums.of(gross, (SETTING_UP,), months=12)

    assert sums.tax is not None
    assert sums.tax.net == Pair(Decimal("100.00"), Decimal("2016.81"))
    assert sums.tax.total == Pair(Decimal("119.00"), Decimal("2400.00"))


def test_the_margin_is_what_is_left_of_what_is_charged() -> None:
    option = an_option()
    charged = OptionSums.of(option.estimate.for_customer(), option.extras, months=36)

    sums = SellerSums.of(option.estimate, option.extras, charged)

    assert sums.cost == option.estimate.settled.list + SETTING_UP.cost + SUPPORT.cost
    assert sums.margin == charged.net - sums.cost
    assert sums.margin_percent == round(100 * sums.margin.monthly / charged.net.monthly, 1)


def test_the_customers_part_has_neither_cost_nor_margin() -> None:
    option = an_option()
    contents = freeze(a_draft(), (option,), component_types())
    customer, sellers = json.dumps(contents.customer), contents.seller["options"][0]["sums"]

    for secret in ("1811", "111.11", "17.3", *sellers["cost"].values(), *sellers["margin"].values()):
        assert secret not in customer
    for word in ("cost", "markup", "mark-up", "margin", "price_book", "source", "confidence"):
        assert f'"{word}' not in customer.lower()
    # Every unit price is the offered one.
    listed = {str(line.unit_price) for line in option.estimate.line_items if line.unit_price}
    shown = {row["unit_price"] for tier in contents.customer["options"][0]["bill"] for row in tier["rows"]}
    assert not listed & shown


def test_the_same_draft_has_the_same_hash_and_any_change_another() -> None:
    option, types = an_option(), component_types()
    first = freeze(a_draft(), (option,), types).content_hash

    assert freeze(a_draft(), (an_option(),), types).content_hash == first
    others = [
        freeze(a_draft(title="Other"), (option,), types),
        freeze(a_draft(valid_until=date(2027, 2, 1)), (option,), types),
        freeze(a_draft(), (replace(option, revision_hash="beef"),), types),
        freeze(a_draft(), (replace(option, extras=()),), types),
        freeze(a_draft(), (replace(option, picture=replace(option.picture, svg="<svg/>")),), types),
        freeze(a_draft(), (an_option(book="ovh"),), types),
    ]
    assert len({first, *(one.content_hash for one in others)}) == 1 + len(others)


# --- Obstacles ---------------------------------------------------------------------------------------


def test_a_row_without_a_price_keeps_it_from_being_sent_until_somebody_says_why() -> None:
    option = an_option(document=drawn("rax-ecommerce"), findings=())
    blocked = find_obstacles(a_draft(), (option,), today=DAY)
    rows = {one.about for one in blocked}
    assert {one.kind for one in blocked} == {"unpriced"}
    assert "pay:payment" in rows or any(one.startswith("pay:") for one in rows)

    assert not find_obstacles(
        a_draft(reasons=dict.fromkeys(rows, "Customer's own contract")), (option,), today=DAY
    )
    still = find_obstacles(a_draft(reasons=dict.fromkeys(rows, "  ")), (option,), today=DAY)
    assert len(still) == len(blocked)


def test_an_error_among_the_findings_is_accepted_by_a_person_or_repaired() -> None:
    option = an_option(document=drawn("os-ecommerce-auto"))
    errors = [one for one in option.findings if one.severity == "error"]
    blocked = [one for one in find_obstacles(a_draft(), (option,), today=DAY) if one.kind == "finding"]
    assert [one.about for one in blocked] == [finding_id(one) for one in errors]

    accepted = {finding_id(one): "A demonstration only" for one in errors}
    assert not [
        one
        for one in find_obstacles(a_draft(accepted=accepted), (option,), today=DAY)
        if one.kind == "finding"
    ]
    frozen = freeze(a_draft(accepted=accepted), (option,), component_types())
    assert {one["reason"] for one in frozen.customer["options"][0]["accepted_findings"]} == {
        "A demonstration only"
    }


def test_everything_in_the_way_is_said_at_once() -> None:
    draft = a_draft(buyer=Buyer(""), valid_until=date(2026, 12, 1), recommended="C")
    options = (
        an_option("A", findings=()),
        an_option("B", findings=(), book="rackspace-usd-managed-infrastructure"),
    )

    kinds = {one.kind for one in find_obstacles(draft, options, today=DAY)}

    assert kinds >= {"customer", "valid_until", "recommended", "currency"}
    assert {one.kind for one in find_obstacles(draft, (), today=DAY)} >= {"options"}


# --- Changes -----------------------------------------------------------------------------------------


def test_two_versions_differ_in_what_was_changed_and_in_nothing_else() -> None:
    option, types = an_option(), component_types()
    before = freeze(a_draft(), (option,), types).customer
    assert find_changes(before, before) == []

    other = an_option(extras=(replace(SETTING_UP, unit_price=Decimal(2000)), SUPPORT))
    after = freeze(a_draft(terms=(Clause("Payment", "Within 14 days."),)), (other,), types).customer
    found = {(one.where, one.what): (one.before, one.after) for one in find_changes(before, after)}

    assert found[("Option A", "Once, before tax")] == ("€2,400.00", "€2,000.00")
    assert found[("Option A, services", "Setting up")] == (
        "1 project at €2,400.00, €2,400.00 once",
        "1 project at €2,000.00, €2,000.00 once",
    )
    assert found[("Terms", "Payment")] == ("Within 30 days.", "Within 14 days.")
    assert set(found) == {
        ("Option A", "Once, before tax"),
        ("Option A", "The whole term, before tax"),
        ("Option A, services", "Setting up"),
        ("Terms", "Payment"),
    }


def test_an_option_that_came_or_went_is_told_as_a_whole() -> None:
    types = component_types()
    one, two = an_option("A"), an_option("B", name="Larger")
    before = freeze(a_draft(), (one,), types).customer
    after = freeze(a_draft(), (one, two), types).customer

    (added,) = find_changes(before, after)
    (gone,) = find_changes(after, before)

    assert (added.where, added.before, added.after) == ("Option B", "", "Larger")
    assert (gone.where, gone.before, gone.after) == ("Option B", "Larger", "")


def test_of_a_long_text_only_what_differs_is_told_with_a_few_words_around_it() -> None:
    types, long = component_types(), " ".join(f"word{at}" for at in range(3000))
    before = freeze(a_draft(summary=long), (an_option(),), types).customer
    after = freeze(a_draft(summary=long.replace("word1500", "another")), (an_option(),), types).customer

    (change,) = find_changes(before, after)

    assert change.before.startswith("… word1492") and change.before.endswith("word1508 …")
    assert change.after == change.before.replace("word1500", "another")


def test_texts_that_share_a_title_are_compared_as_well() -> None:
    types, first, second = component_types(), Clause("Payment", "30 days."), Clause("Payment", "No cheques.")
    before = freeze(a_draft(terms=(first, second)), (an_option(),), types).customer
    after = freeze(a_draft(terms=(Clause("Payment", "14 days."), second)), (an_option(),), types).customer

    (change,) = find_changes(before, after)

    assert (change.before, change.after) == ("30 days.; No cheques.", "14 days.; No cheques.")


def test_the_same_thing_in_two_regions_is_said_once_with_all_of_them() -> None:
    option = an_option(document=drawn("cyb-multi"), book="rackspace-usd-managed-infrastructure")

    said = freeze(a_draft(), (option,), component_types()).customer["options"][0]["included"]

    (compute,) = (text for title, text in (tuple(one.values()) for one in said) if title == "Compute")
    assert "4 × App servers, 2 vCPU · 4 GiB each" in compute
    assert "× 2 ×" not in compute

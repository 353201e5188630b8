"""Cheaper ways, each with the money that a new estimate gives."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from catalog.domain.price_books import PriceBook
from catalog.selectors import component_types, get_price_book, price_books
from designer.domain.edits import apply_edit
from estimator.domain import suggestions
from estimator.domain.currencies import Rate
from estimator.domain.estimates import Estimate, estimate_design
from estimator.domain.ideas import IdeaKind
from estimator.domain.suggestions import TRIED_AT_MOST, Suggestion, suggest
from tests.designer.designs import Design, a_design
from tests.estimator.small_cloud import a_book
from tests.shipped_templates import design_of, each_form

TODAY = date(2026, 7, 1)
RACKSPACE = "rackspace-public-cloud"


def flavor(name: str, vcpus: int, ram_gib: str, price: str) -> dict[str, Any]:
    said = {"vcpus": str(vcpus), "ram_gib": ram_gib, "disk_gib": "80"}
    return {"sku": name, "service": "server", "unit": "hour", "price": price, "attributes": said}


SMALL, LARGE = flavor("small", 2, "4", "0.10"), flavor("large", 4, "8", "0.20")
SSD = {"sku": "ssd", "service": "volume", "unit": "GiB-month", "price": "0.20", "selector": {"type": "ssd"}}
HDD = {**SSD, "sku": "hdd", "price": "0.05", "selector": {"type": "hdd"}}
BOUND = {"sku": "ip", "service": "floating_ip", "unit": "month", "price": "3"}
IDLE = {**BOUND, "sku": "idle", "price": "4", "selector": {"of": "nothing"}}
RESERVED = {**SMALL, "purchase": "reserved", "term_months": 12, "payment": "monthly", "price": "0.06"}
UPFRONT = {**RESERVED, "payment": "upfront", "price": "0.05"}


def size(vcpus: float, ram_gib: float, disk_gib: int = 40) -> dict[str, Any]:
    return {"vcpus": vcpus, "ram_gib": ram_gib, "disk_gib": disk_gib}


def suggested(
    design: Design, book: PriceBook, kind: IdeaKind | None = None, **options: Any
) -> list[Suggestion]:
    found = suggest(design.data, component_types(), book, today=TODAY, **options)
    return [one for one in found if kind in (None, one.kind)]


def priced(design: Design, book: PriceBook) -> Estimate:
    return estimate_design(design.document(), component_types(), book)


def web(**said: Any) -> Design:
    return a_design().with_("web", "web_server", parent="sn", label="Web", **said)


# --- Sizes ------------------------------------------------------------------------------------------


def test_a_need_just_above_a_flavor_is_offered_that_flavor() -> None:
    design, book = web(count=3, size=size(2, 4.5)), a_book(SMALL, LARGE)
    (found,) = suggested(design, book, IdeaKind.RIGHT_SIZE)

    assert found.title == "Make Web a little smaller"
    assert "4.5 GiB of memory → 4 makes small large enough, instead of large" in found.detail
    assert found.saving_monthly == Decimal("219.00")
    assert found.patch == {"components": {"web": {"properties": {"size": {"ram_gib": 4}}}}}


def test_a_need_that_is_far_above_the_smaller_flavor_is_left_alone() -> None:
    assert suggested(web(size=size(2, 6)), a_book(SMALL, LARGE)) == []
    assert suggested(web(size=size(4, 4)), a_book(SMALL, LARGE)) == []


def test_a_pinned_flavor_larger_than_the_size_beside_it_is_let_go() -> None:
    design, book = web(flavor="large", size=size(2, 4)), a_book(SMALL, LARGE)
    (found,) = suggested(design, book, IdeaKind.RIGHT_SIZE)

    assert found.patch == {"components": {"web": {"properties": {"flavor": None}}}}
    assert found.saving_monthly == Decimal("73.00")


def test_a_pin_without_a_size_beside_it_stays_because_nobody_said_what_is_needed() -> None:
    assert suggested(web(flavor="large"), a_book(SMALL, LARGE)) == []


def test_cores_and_memory_by_the_piece_have_no_flavor_to_stay_below() -> None:
    assert suggested(web(size=size(2, 4)), get_price_book("outscale"), IdeaKind.RIGHT_SIZE) == []


def test_a_minimum_charge_that_stays_leaves_nothing_to_save() -> None:
    """The service levels cost $50 at least, so what a smaller server saves of them is no saving."""
    design, book = web(count=1, size=size(2, 4, 20)), get_price_book(RACKSPACE)
    (found,) = suggested(design, book, IdeaKind.RIGHT_SIZE)
    smaller = Design(apply_edit(design.data, found.patch or {}, component_types()))

    flavors = [priced(one, book).components["web"].monthly or 0 for one in (design, smaller)]
    assert found.saving_monthly < flavors[0] - flavors[1]


# --- Storage, addresses, schedules, commitments -----------------------------------------------------


def with_volume(server: str = "web_server") -> Design:
    return (
        a_design()
        .with_("srv", server, parent="sn", size=size(2, 4))
        .with_("vol", "volume", parent="sn", label="Files", size_gib=100)
        .linked("srv", "vol", kind="attach")
    )


def test_a_volume_may_be_kept_on_slower_disks() -> None:
    (found,) = suggested(with_volume(), a_book(SMALL, SSD, HDD), IdeaKind.STORAGE_CLASS)

    assert found.patch == {"components": {"vol": {"properties": {"type": "hdd"}}}}
    assert found.saving_monthly == Decimal("15.00")


def test_a_database_keeps_its_ssd() -> None:
    assert suggested(with_volume("db_server"), a_book(SMALL, SSD, HDD), IdeaKind.STORAGE_CLASS) == []


def test_slower_disks_that_nobody_sells_are_no_way_to_save() -> None:
    assert suggested(with_volume(), a_book(SMALL, SSD), IdeaKind.STORAGE_CLASS) == []


def test_addresses_that_nothing_uses_are_given_back() -> None:
    design = web(size=size(2, 4)).with_("eip", "floating_ip", label="Addresses", count=3, bound_to="web")
    (found,) = suggested(design, a_book(SMALL, BOUND, IDLE), IdeaKind.UNUSED)

    assert found.title == "Give back 2 unused addresses of Addresses"
    assert found.patch == {"components": {"eip": {"properties": {"count": 1}}}}
    assert found.saving_monthly == Decimal("8.00")


def test_a_test_environment_sleeps_at_night() -> None:
    book = a_book(SMALL)
    (found,) = suggested(web(size=size(2, 4)).with_settings(environment="test"), book, IdeaKind.SCHEDULE)

    assert found.patch and found.patch["settings"]["schedule"]["hours_per_day"] == 12
    assert Decimal(46) < found.saving_monthly < Decimal(48)  # 64 % of 73.00


def test_production_and_what_has_a_schedule_run_as_they_do() -> None:
    book, drawn = a_book(SMALL), web(size=size(2, 4))
    with_hours = drawn.with_settings(environment="test", hours_per_month=200)

    assert suggested(drawn, book, IdeaKind.SCHEDULE) == []
    assert suggested(with_hours, book, IdeaKind.SCHEDULE) == []


def test_of_two_ways_to_pay_for_one_term_the_cheaper_is_suggested() -> None:
    book = a_book(SMALL, RESERVED, UPFRONT)
    (found,) = suggested(web(size=size(2, 4)), book, IdeaKind.COMMITMENT)

    assert found.patch == {"settings": {"commitment": {"months": 12, "payment": "upfront"}}}
    assert found.saving_monthly == Decimal("36.50")
    assert "for 12 months, all of it is paid at the start" in found.detail
    assert found.due_at_start == Decimal("438.00")  # 12 × 36.50


# --- Other books ------------------------------------------------------------------------------------


def test_a_book_that_prices_everything_cheaper_is_named_as_a_book_not_as_an_edit() -> None:
    cheap = a_book({**SMALL, "price": "0.08"}, key="cheap", title="Cheap")
    (found,) = suggested(web(size=size(2, 4)), a_book(SMALL), other_books=[a_book(SMALL), cheap])

    assert (found.kind, found.price_book, found.patch) == (IdeaKind.CHEAPER_BOOK, "cheap", None)
    assert found.saving_monthly == Decimal("14.60")


def test_a_book_that_is_cheaper_because_prices_are_missing_is_not_suggested() -> None:
    poor = a_book({**SMALL, "price": "0.01"}, key="poor")

    assert suggested(with_volume(), a_book(SMALL, SSD), IdeaKind.CHEAPER_BOOK, other_books=[poor]) == []


def test_a_book_in_another_currency_needs_a_rate() -> None:
    euros = a_book({**SMALL, "price": "0.08"}, key="euros", currency="EUR")
    rate = Rate("EUR", "USD", Decimal("1.10"), TODAY)
    design, book = web(size=size(2, 4)), a_book(SMALL)

    assert suggested(design, book, other_books=[euros]) == []
    (found,) = suggested(design, book, other_books=[euros], rates=[rate])
    assert (found.currency, found.saving_monthly) == ("USD", Decimal("8.76"))  # 73.00 − 58.40 × 1.10
    assert "at 1 EUR = 1.1 USD, of 2026-07-01" in found.detail


# --- All of them ------------------------------------------------------------------------------------


@each_form
def test_each_saving_is_what_the_design_costs_less_after_the_click(key: str, form: str) -> None:
    design, book = design_of(key, form), get_price_book(RACKSPACE)
    before = priced(design, book)
    found = suggested(design, book, other_books=list(price_books().values()))

    assert [one.saving_monthly for one in found] == sorted(
        (one.saving_monthly for one in found), reverse=True
    )
    for one in found:
        if one.patch is not None:
            after = priced(Design(apply_edit(design.data, one.patch, component_types())), book)
            assert one.saving_monthly == before.totals.monthly - after.totals.monthly > 0
            assert len(after.unpriced) <= len(before.unpriced)


def test_of_a_large_design_the_dearest_parts_are_tried() -> None:
    design = a_design()
    for number in range(50):
        count = 5 if number == 49 else 1
        design = design.with_(f"web{number}", "web_server", parent="sn", count=count, size=size(2, 4.5))
    found = suggested(design, a_book(SMALL, LARGE))

    assert len(found) == TRIED_AT_MOST
    assert found[0].component == "web49"


def test_the_larger_a_design_the_fewer_ideas_are_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    design = a_design()
    for number in range(6):
        design = design.with_(f"web{number}", "web_server", parent="sn", size=size(2, 4.5))
    monkeypatch.setattr(suggestions, "RESOURCES_AT_MOST", 4 * len(design.graph()))

    assert len(suggested(design, a_book(SMALL, LARGE))) == 4


def test_an_empty_design_has_nothing_to_save() -> None:
    assert suggested(Design(), a_book(SMALL), other_books=[a_book(LARGE, key="other")]) == []

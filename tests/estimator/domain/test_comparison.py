"""Several books side by side: who is cheaper, and where that can't be said."""

from datetime import date
from decimal import Decimal
from typing import Any

from catalog.domain.price_books import PriceBook
from designer.domain.resources import Resource, ResourceGraph
from estimator.domain.comparison import Column, Comparison, compare
from estimator.domain.currencies import Rate
from estimator.domain.estimates import estimate
from tests.estimator.small_cloud import EGRESS, SERVER, STORAGE, VPN, a_book, a_store, servers

TODAY = date(2026, 7, 1)
LABELS = {"web": "Web servers", "files": "Files", "line": "Line"}


def another_book(*prices: dict[str, Any], key: str = "other", **header: Any) -> PriceBook:
    header = {"title": key.capitalize(), **header}
    return a_book(*(prices or (SERVER, STORAGE, EGRESS, VPN)), key=key, **header)


def dearer(row: dict[str, Any], price: str) -> dict[str, Any]:
    return {**row, "price": price}


def compared(
    *books: PriceBook, drawn: list[Resource] | None = None, **options: Any
) -> tuple[Comparison, list[Column]]:
    graph = ResourceGraph.build(drawn or [*servers(2), a_store()])
    found = compare([estimate(graph, book) for book in books], labels=LABELS, today=TODAY, **options)
    return found, list(found.columns)


def cell(column: Column, component: str) -> Any:
    (found,) = [one for one in column.cells if one.component == component]
    return found


def test_books_that_price_the_same_things_are_ranked_by_their_totals() -> None:
    found, (dear, cheap) = compared(a_book(), another_book(dearer(SERVER, "0.05"), STORAGE, EGRESS, VPN))

    assert (dear.rank, cheap.rank) == (2, 1)
    assert found.cheapest is cheap
    assert cheap.remarks == ()


def test_equal_totals_share_a_rank() -> None:
    _, (one, other) = compared(a_book(), another_book())

    assert (one.rank, other.rank) == (1, 1)


def test_a_lower_total_that_lacks_a_price_gets_no_rank_and_says_what_it_lacks() -> None:
    _, (full, partial) = compared(a_book(), another_book(SERVER))

    assert partial.estimate.totals.monthly < full.estimate.totals.monthly
    assert (full.rank, partial.rank) == (1, None)
    assert partial.remarks[0].startswith("No price for Files, which another of these books has:")


def test_one_odd_price_leaves_the_others_ranked_for_what_most_of_them_price() -> None:
    cheap, dear = dearer(SERVER, "0.03"), dearer(SERVER, "0.70")
    books = [another_book(SERVER, STORAGE), another_book(cheap, key="b"), another_book(dear, key="c")]
    _, columns = compared(*books)

    assert [column.rank for column in columns] == [1, None, None]
    assert [column.basket and (column.basket.rank, column.basket.of) for column in columns] == [
        (2, 3),
        (1, 3),
        (3, 3),
    ]
    assert columns[0].basket and columns[0].basket.left_out == ("Files",)
    assert columns[0].basket.monthly == cell(columns[0], "web").monthly


def test_a_book_that_lacks_what_most_price_has_no_place_among_them() -> None:
    _, columns = compared(a_book(), another_book(), another_book(STORAGE, key="c"))

    assert [column.basket is None for column in columns] == [False, False, True]


def test_what_no_book_has_a_price_for_keeps_nobody_from_a_rank() -> None:
    _, columns = compared(another_book(SERVER, key="one"), another_book(SERVER, key="two"))

    assert [column.rank for column in columns] == [1, 1]
    assert all(column.estimate.coverage < 1 for column in columns)


def test_a_book_without_a_single_price_is_never_the_cheapest() -> None:
    found, (nothing, _) = compared(another_book(VPN), a_book())

    assert nothing.rank is None
    assert found.columns[1].rank == 1


def test_what_both_price_is_compared_component_by_component() -> None:
    _, (_, partial) = compared(a_book(), another_book(dearer(SERVER, "0.08")))
    likeness = partial.like_for_like

    assert likeness is not None
    assert (likeness.components, likeness.difference) == (1, Decimal("-29.20"))
    assert likeness.percent == Decimal("-20.0")


def test_the_matched_flavor_is_shown_with_how_well_it_fits() -> None:
    large = {**SERVER, "sku": "m4", "attributes": {"vcpus": "4", "ram_gib": "4", "disk_gib": "80"}}
    roomy = {**SERVER, "sku": "d1", "attributes": {"vcpus": "2", "ram_gib": "4", "disk_gib": "100"}}
    small = {**SERVER, "sku": "s1", "attributes": {"vcpus": "1", "ram_gib": "1", "disk_gib": "10"}}
    _, columns = compared(
        a_book(), *(another_book(row, key=row["sku"]) for row in (large, roomy, small)), drawn=servers()
    )
    cells = [cell(column, "web") for column in columns]

    assert [one.fit.kind.value for one in cells] == ["exact", "spare", "larger_disk", "no_match"]
    assert cells[1].fit.text == "+2 vCPU spare, 40 GiB more disk"
    assert cells[2].fit.text == "60 GiB more disk"
    assert "sells nothing as large as 2 vCPU, 4 GiB" in cells[3].fit.text
    assert (cells[3].match, cells[3].monthly) == (None, None)


def test_a_pinned_flavor_is_what_its_owner_asked_for() -> None:
    pinned = Resource("web/server[0]", "server", "web", {"flavor": "m1", "size": {"vcpus": 1, "ram_gib": 1}})
    _, (column,) = compared(a_book(), drawn=[pinned])

    assert cell(column, "web").fit.kind.value == "pinned"


def test_what_is_sold_by_quantity_fits_as_asked() -> None:
    _, (column,) = compared(a_book())

    assert cell(column, "files").fit.kind.value == "as_asked"


def test_tax_is_taken_out_before_totals_are_compared() -> None:
    gross = another_book(dearer(SERVER, "0.119"), tax={"kind": "gross", "rate": "0.19"})
    _, (net, with_tax) = compared(a_book(SERVER), gross, drawn=servers())

    assert with_tax.estimate.totals.monthly == Decimal("86.87")
    assert with_tax.comparable == Decimal(73)
    assert (net.rank, with_tax.rank) == (1, 1)
    assert "include 19% tax" in with_tax.remarks[0]


def test_a_source_that_is_silent_about_tax_is_said_to_be() -> None:
    _, (_, silent) = compared(a_book(), another_book(tax={"kind": "unstated"}))

    assert "doesn't say whether tax is included" in silent.remarks[0]


def test_another_currency_is_compared_at_a_dated_rate_that_is_printed() -> None:
    euros = another_book(dearer(SERVER, "0.05"), key="euros", currency="EUR")
    rate = Rate("EUR", "USD", Decimal("1.10"), date(2026, 6, 30), "ECB")
    _, (_, column) = compared(a_book(SERVER), euros, drawn=servers(), rates=[rate])

    assert column.estimate.totals.monthly == Decimal("36.50")
    assert column.comparable == Decimal("40.150")
    assert column.rank == 1
    assert column.remarks == ("$40.15 a month in USD, at 1 EUR = 1.1 USD, of 2026-06-30 (ECB).",)
    assert column.to_json("USD")["comparable"]["rate"]["date"] == "2026-06-30"


def test_without_a_rate_amounts_stay_in_their_own_currency_and_nobody_is_called_cheaper() -> None:
    euros = another_book(dearer(SERVER, "0.05"), key="euros", currency="EUR")
    _, (dollars, column) = compared(a_book(SERVER), euros, drawn=servers())

    assert (dollars.rank, column.rank, column.comparable, column.like_for_like) == (1, None, None, None)
    assert "no current rate to USD is known" in column.remarks[0]


def test_third_parties_that_nobody_corroborated_are_counted() -> None:
    doubtful = another_book({**SERVER, "source": "blog"}, key="blogged")
    _, (_, column) = compared(a_book(SERVER), doubtful, drawn=servers(2))

    assert "2 lines rest on a third party that nobody corroborated." in column.remarks[0]


def test_a_design_without_anything_costs_nothing_everywhere() -> None:
    empty = ResourceGraph.build([])
    found = compare([estimate(empty, a_book())], labels={}, today=TODAY)

    assert found.columns[0].rank == 1
    assert found.columns[0].cells == ()


def test_no_books_are_no_comparison() -> None:
    assert compare([], labels={}, today=TODAY).to_json() == []


def test_a_part_without_a_price_is_named_and_keeps_a_component_from_being_like_another() -> None:
    """A flavor without a disk starts from a volume: one of the books doesn't sell any."""
    bare = {**SERVER, "attributes": {"vcpus": "2", "ram_gib": "4"}}
    disk = {"sku": "disk", "service": "volume", "unit": "GiB-month", "price": "0.10"}
    _, (_, without) = compared(another_book(bare, disk, key="with"), another_book(bare), drawn=servers())

    assert without.remarks[0].startswith("No price for volumes of Web servers, which another")
    assert (without.rank, without.like_for_like) == (None, None)
    assert cell(without, "web").unpriced == 1

"""Two estimates, line by line, down to the last digit."""

from decimal import Decimal

import pytest

from catalog.domain.money import ZERO
from catalog.selectors import get_price_book, price_books
from estimator.domain.differences import Change, Differences, DifferentCurrencies, find_differences
from estimator.domain.estimates import Estimate, estimate
from tests.designer.designs import Design, a_design, template
from tests.shipped_templates import design_of, each_form

BOOK = "rackspace-public-cloud"
LARGE = {"vcpus": 4, "ram_gib": 4, "disk_gib": 20}
SMALL = {"vcpus": 2, "ram_gib": 2, "disk_gib": 20}


def priced(design: Design, book: str = BOOK) -> Estimate:
    return estimate(design.graph(), get_price_book(book))


def between(before: Design, after: Design) -> Differences:
    return find_differences(priced(before), priced(after), documents=(before.document(), after.document()))


def assert_exact(found: Differences) -> None:
    lines = sum((line.monthly for line in found.lines), ZERO)
    assert lines + found.rest_monthly == found.after.totals.monthly - found.before.totals.monthly
    # The rest is rounding of two totals to cents, never a line that was forgotten.
    assert abs(found.rest_monthly) <= Decimal("0.01")


def two_servers(**said: object) -> Design:
    return a_design().with_("web", "web_server", parent="sn", **{"count": 2, "size": SMALL} | said)


def test_an_unchanged_design_has_no_differences() -> None:
    found = between(template("rax-webapp"), template("rax-webapp"))

    assert (found.lines, found.monthly, found.rest_monthly) == ((), ZERO, ZERO)


def test_a_third_server_is_added_lines_and_says_that_the_count_changed() -> None:
    found = between(two_servers(), two_servers(count=3))

    assert {line.change for line in found.lines if line.line.component} == {Change.ADDED}
    assert {line.line.key for line in found.lines if line.line.component} == {"web/server[2]"}
    assert "count 2 → 3" in found.lines[0].why
    assert_exact(found)


def test_only_what_changed_is_told() -> None:
    drawn = template("rax-basic")
    found = between(drawn, drawn.edited({"components": {"files": {"properties": {"size_gb": 1}}}}))

    assert {line.line.component for line in found.lines if line.line.component} == {"files"}
    assert found.lines[0].change is Change.CHANGED
    assert_exact(found)


def test_a_larger_size_is_one_change_with_both_flavors_named() -> None:
    found = between(two_servers(count=1), two_servers(count=1, size=LARGE))
    (flavor, *_) = found.lines

    assert flavor.change is Change.CHANGED
    assert flavor.before and flavor.after
    assert flavor.before.sku != flavor.after.sku
    assert "size.vcpus 2 → 4" in flavor.why
    assert "Matched to General1-4" in flavor.why
    assert_exact(found)


def test_a_removed_component_says_so() -> None:
    found = between(two_servers(), a_design())

    assert {line.change for line in found.lines} == {Change.REMOVED}
    assert {line.why for line in found.lines if line.line.component == "web"} == {"The component is gone."}
    assert found.after.totals.monthly == 0
    assert_exact(found)


def test_a_line_without_a_price_moves_the_total_by_nothing_and_says_so() -> None:
    watched = two_servers().with_("mon", "monitoring").linked("mon", "web", kind="monitor")
    found = between(two_servers(), watched)
    (unknown,) = [line for line in found.lines if line.line.component == "mon"]

    assert (unknown.monthly, unknown.after and unknown.after.monthly) == (ZERO, None)
    assert "no price" in unknown.why
    assert found.to_json()["lines"][0]["after"]["monthly"] is None


def test_a_whole_design_that_runs_fewer_hours_names_the_setting() -> None:
    drawn = template("rax-webapp")
    nights_off = drawn.with_settings(hours_per_month=300)
    found = find_differences(
        priced(drawn), priced(nights_off), documents=(drawn.document(), nights_off.document())
    )

    assert all("hours_per_month" in line.why for line in found.lines if line.line.component)


def test_books_in_two_currencies_are_refused() -> None:
    with pytest.raises(DifferentCurrencies, match="USD, the other in EUR"):
        find_differences(priced(two_servers()), priced(two_servers(), "outscale"))


@each_form
def test_the_lines_add_up_for_every_template_against_half_of_itself(key: str, form: str) -> None:
    whole = design_of(key, form)
    servers = [id_ for id_, one in whole.data["components"].items() if "count" in one.get("properties", {})]
    fewer = whole.edited(
        {"components": {id_: {"properties": {"count": 0}} for id_ in servers[: len(servers) // 2 or 1]}}
    )

    assert_exact(between(whole, fewer))
    assert_exact(between(fewer, whole))


@pytest.mark.parametrize("book", sorted(price_books()))
def test_with_every_book_only_rounding_is_left_over(book: str) -> None:
    """Minimum charges, percentages and fees of the account are lines too."""
    published, hardened = design_of("rax-webapp"), design_of("rax-webapp", "hardened")

    assert_exact(find_differences(priced(published, book), priced(hardened, book)))

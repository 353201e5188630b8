"""What a new version of a price book is said to change."""

from catalog.domain.price_book_changes import changes_between


def a_book(**price: str) -> dict[str, object]:
    return {"prices": [{"sku": "b2-7", "unit": "month", **price}]}


def test_an_amount_written_with_other_zeros_is_no_change() -> None:
    found = changes_between(
        a_book(price="24.20", cap_per_month="1"), a_book(price="24.2", cap_per_month="1.00")
    )

    assert found.is_nothing


def test_another_amount_or_another_unit_is_one() -> None:
    for after in (a_book(price="24.21"), a_book(price="24.20", unit="hour")):
        assert len(changes_between(a_book(price="24.20"), after).changed) == 1

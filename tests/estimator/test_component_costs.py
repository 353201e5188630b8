"""What the diagram's cost view is told about a design."""

from decimal import Decimal

from catalog.selectors import get_template
from estimator.selectors import component_costs, document_estimate

BOOK = "rackspace-public-cloud"


def test_every_charged_component_has_its_amount_and_what_has_no_price_has_none() -> None:
    document = get_template("rax-basic").document
    costs = component_costs(document, BOOK)

    assert costs["web"].monthly == document_estimate(document, BOOK).components["web"].monthly
    assert (costs["mon"].monthly, costs["mon"].unpriced > 0) == (None, True)
    assert "www" not in costs
    assert {one.currency for one in costs.values()} == {"USD"}


def test_the_amounts_add_up_to_the_estimate() -> None:
    document = get_template("rax-basic").document
    costs = component_costs(document, BOOK)
    total = sum((one.monthly for one in costs.values() if one.monthly is not None), Decimal(0))

    # The account's minimum charge belongs to no component, and is told as the account's.
    assert costs[""].monthly
    assert total.quantize(Decimal("0.01")) == document_estimate(document, BOOK).totals.monthly

"""How designs stand to their budgets."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from designer.models import Design
from estimator.domain.budgets import Budget, Standing, standing
from estimator.domain.estimates import Estimate
from estimator.selectors import document_estimate


def design_budgets(designs: Sequence[Design]) -> dict[UUID, dict[str, Any]]:
    """A column of the list of designs: only those that have a budget."""
    return {
        design.id: standing_of(design, document_estimate(design.document, design.price_book)).to_json()
        for design in designs
        if design.budget_monthly is not None
    }


def find_standing(design: Design, estimate: Estimate) -> Standing | None:
    """None for a design without a budget."""
    return None if design.budget_monthly is None else standing_of(design, estimate)


def standing_of(design: Design, estimate: Estimate) -> Standing:
    """Of a design that has a budget."""
    assert design.budget_monthly is not None
    unpriced = len(estimate.unpriced)
    nothing_known = bool(unpriced) and unpriced == len(estimate.line_items)
    return standing(
        Budget(design.budget_monthly, design.budget_currency),
        None if nothing_known else estimate.totals.monthly,
        estimate.currency,
        unpriced=unpriced,
    )

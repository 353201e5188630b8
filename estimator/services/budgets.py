"""How designs stand to their budgets."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import cache
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.utils import timezone

from designer.models import Design
from estimator.domain.budgets import Budget, Standing, standing
from estimator.domain.currencies import Rate, RateMissing, RateOutdated, find_rate
from estimator.domain.estimates import Estimate
from estimator.selectors import currency_rates, document_estimate


def design_budgets(designs: Sequence[Design]) -> dict[UUID, dict[str, Any]]:
    """A column of the list of designs: only those that have a budget."""
    found: dict[UUID, dict[str, Any]] = {}
    rates_of = cache(currency_rates)  # one question for an owner, however many designs
    for design in designs:
        if design.budget_monthly is not None:
            estimate = document_estimate(design.document, design.price_book)
            if stands := find_standing(design, estimate, rates_of=rates_of):
                found[design.id] = stands.to_json()
    return found


def find_standing(
    design: Design, estimate: Estimate, *, rates_of: Callable[[User], Sequence[Rate]] = currency_rates
) -> Standing | None:
    """None for a design without a budget."""
    if design.budget_monthly is None:
        return None
    unpriced = len(estimate.unpriced)
    nothing_known = bool(unpriced) and unpriced == len(estimate.line_items)

    def converted(amount: Decimal, source: str, target: str) -> Decimal | None:
        """Rates are asked for only where two currencies meet."""
        if source == target:
            return amount
        try:
            rate = find_rate(rates_of(design.owner), source, target, today=timezone.localdate())
        except (RateMissing, RateOutdated):
            return None
        return amount if rate is None else rate.of(amount)

    return standing(
        Budget(design.budget_monthly, design.budget_currency),
        None if nothing_known else estimate.totals.monthly,
        estimate.currency,
        unpriced=unpriced,
        convert=converted,
    )

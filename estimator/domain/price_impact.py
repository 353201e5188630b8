"""What another version of a price book does to one design."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from catalog.domain.component_specs import ComponentType
from catalog.domain.money import amount_text
from catalog.domain.price_books import PriceBook
from designer.domain.document import DesignDocument
from estimator.domain.assumptions import Assumptions
from estimator.domain.estimates import Estimate, estimate_design


@dataclass(frozen=True)
class PriceImpact:
    """A month before and after; an amount is None where nothing of the design has a price."""

    before: Decimal | None
    after: Decimal | None
    coverage_before: Decimal
    coverage_after: Decimal

    @property
    def is_nothing(self) -> bool:
        return self.before == self.after and self.coverage_before == self.coverage_after

    def to_json(self) -> dict[str, Any]:
        known = self.before is not None and self.after is not None
        return {
            "before": _text(self.before),
            "after": _text(self.after),
            "change": amount_text(self.after - self.before) if known else None,  # type: ignore[operator]
            "coverage_before": str(self.coverage_before),
            "coverage_after": str(self.coverage_after),
        }


def price_impact(
    document: DesignDocument, types: Mapping[str, ComponentType], before: PriceBook, after: PriceBook
) -> PriceImpact:
    """With the use that the design itself says, the same on both sides."""
    old, new = (
        estimate_design(document, types, book, assumptions=Assumptions.of(document))
        for book in (before, after)
    )
    return PriceImpact(_monthly(old), _monthly(new), old.coverage, new.coverage)


def _monthly(found: Estimate) -> Decimal | None:
    """A design of which nothing has a price costs something unknown, not 0.00."""
    is_known = len(found.unpriced) < len(found.line_items) or not found.line_items
    return found.totals.monthly if is_known else None


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else amount_text(amount)

"""What a design may cost a month."""

from decimal import Decimal

from catalog.selectors import get_price_book
from designer.models import Design


def set_budget(design: Design, *, monthly: Decimal | None, currency: str = "") -> Design:
    """Give the design a limit, or take it away with None. Without a currency it is the price book's.

    Raises: PriceBookNotFound.
    """
    design.budget_monthly = monthly
    design.budget_currency = "" if monthly is None else currency or get_price_book(design.price_book).currency
    design.save(update_fields=["budget_monthly", "budget_currency", "updated_at"])
    return design

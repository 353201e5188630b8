"""`--customer NAME|ID`: whose terms an estimate on the command line follows."""

from argparse import ArgumentParser

from django.core.exceptions import ValidationError

from catalog.domain.price_books import PriceBook
from catalog.domain.problems import shown
from designer.management.documents import bad_input
from estimator.domain.commercial_terms import LIST_TERMS, CommercialTerms
from estimator.domain.currencies import RateMissing, RateOutdated
from estimator.models import Customer
from estimator.selectors import terms_for


def add_customer_argument(parser: ArgumentParser) -> None:
    parser.add_argument("--customer", metavar="NAME|ID", help="whose mark-up, discounts and tax are applied")


def load_customer(said: str | None) -> Customer | None:
    """None when nobody is named. Raises: CommandError when nobody, or more than one, is called so."""
    if not said:
        return None
    called = list(Customer.objects.filter(name=said).select_related("owner"))
    if len(called) > 1:
        each = ", ".join(f"{one.id} of {one.owner.get_username()}" for one in called)
        raise bad_input(f"More than one customer is called {shown(said)}. Name one by its id: {each}.")
    if called:
        return called[0]
    try:
        return Customer.objects.select_related("owner").get(id=said)
    except (Customer.DoesNotExist, ValidationError):
        known = ", ".join(sorted(set(Customer.objects.values_list("name", flat=True)[:20]))) or "none yet"
        raise bad_input(f"There is no customer {shown(said)}. There are: {known}.") from None


def terms_of(customer: Customer | None, book: PriceBook) -> CommercialTerms:
    """The list's without a customer. Raises: CommandError where a rate between currencies is missing."""
    if customer is None:
        return LIST_TERMS
    try:
        return terms_for(customer.owner, book.currency, customer=customer)
    except (RateMissing, RateOutdated) as no_rate:
        raise bad_input(str(no_rate)) from None

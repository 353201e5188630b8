"""`--customer NAME|ID`: whose terms an estimate on the command line follows."""

from argparse import ArgumentParser

from django.core.exceptions import ValidationError

from catalog.domain.problems import shown
from designer.management.documents import bad_input
from estimator.models import Customer


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

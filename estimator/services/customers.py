"""Customers, what is agreed with each, and the rates in which they are charged."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from estimator.domain.discounts import Discount
from estimator.errors import CustomerNameTaken, RateTaken
from estimator.models import CurrencyRate, Customer, DiscountRule


def create_customer(*, owner: User, name: str, discounts: Sequence[Discount] = (), **facts: Any) -> Customer:
    """Raises: CustomerNameTaken."""
    return _saved(Customer(owner=owner, name=name, **facts), discounts)


def change_customer(
    customer: Customer, *, discounts: Sequence[Discount] | None = None, **facts: Any
) -> Customer:
    """`discounts` replaces all rules there are; None leaves them. Raises: CustomerNameTaken."""
    for name, value in facts.items():
        setattr(customer, name, value)
    return _saved(customer, discounts)


def delete_customer(customer: Customer) -> None:
    customer.delete()


def _saved(customer: Customer, discounts: Sequence[Discount] | None) -> Customer:
    try:
        with transaction.atomic():
            customer.save()
            if discounts is not None:
                customer.discounts.all().delete()
                DiscountRule.objects.bulk_create(
                    DiscountRule(
                        customer=customer,
                        order=order,
                        target=one.target.value,
                        match=one.match,
                        percent=one.percent,
                        label=one.label,
                    )
                    for order, one in enumerate(discounts, start=1)
                )
    except IntegrityError as error:
        taken = Customer.objects.filter(owner=customer.owner, name=customer.name).exclude(id=customer.id)
        if taken.exists():
            raise CustomerNameTaken(customer.name) from error
        raise
    return Customer.objects.visible_to(customer.owner).get(id=customer.id)


def add_rate(*, owner: User, source: str, target: str, rate: Decimal, day: date, origin: str) -> CurrencyRate:
    """Raises: RateTaken."""
    try:
        with transaction.atomic():
            return CurrencyRate.objects.create(
                owner=owner, from_currency=source, to_currency=target, rate=rate, day=day, source=origin
            )
    except IntegrityError as error:
        raise RateTaken(source, target, day.isoformat()) from error


def delete_rate(rate: CurrencyRate) -> None:
    """Estimates that were made with it keep saying so: they hold the rate themselves."""
    rate.delete()

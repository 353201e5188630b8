"""Whom estimates are made for, what was agreed with them, and the rates between currencies."""

import uuid

from django.conf import settings
from django.contrib.auth.models import User
from django.core.validators import RegexValidator
from django.db import models

from estimator.domain.discounts import MOST_MARKUP_PERCENT, Target

is_currency = RegexValidator(r"\A[A-Z]{3}\Z", "A currency is three capital letters, such as EUR.")


class CustomerQuerySet(models.QuerySet["Customer"]):
    def visible_to(self, user: User) -> "CustomerQuerySet":
        """The one place that decides whose customer it is."""
        return self.filter(owner=user).prefetch_related("discounts")


class Customer(models.Model):
    """Somebody who gets offers. The mark-up is added to a price book's amounts, and discounts are taken off
    that; without a currency amounts stay in the book's.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="customers")
    name = models.CharField(max_length=200)
    markup_percent = models.DecimalField(max_digits=7, decimal_places=3, default=0)
    tax_name = models.CharField(max_length=40, blank=True)
    tax_percent = models.DecimalField(max_digits=6, decimal_places=3, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True, validators=[is_currency])
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = CustomerQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="one_customer_a_name"),
            models.CheckConstraint(
                condition=models.Q(markup_percent__gte=0, markup_percent__lte=MOST_MARKUP_PERCENT),
                name="a_markup_is_no_loss",
            ),
            models.CheckConstraint(
                condition=models.Q(tax_percent=None) | models.Q(tax_percent__gte=0, tax_percent__lte=100),
                name="a_tax_is_a_percentage",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class DiscountRule(models.Model):
    """Rules are applied in their order, each to what the ones before it have left."""

    TARGETS = [(one.value, one.value) for one in Target]

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="discounts")
    order = models.PositiveSmallIntegerField()
    target = models.CharField(max_length=10, choices=TARGETS)
    match = models.CharField(max_length=100, blank=True)
    percent = models.DecimalField(max_digits=6, decimal_places=3)
    label = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["customer", "order"], name="one_discount_an_order"),
            models.CheckConstraint(
                condition=models.Q(percent__gt=0, percent__lte=100), name="a_discount_is_a_percentage"
            ),
        ]

    def __str__(self) -> str:
        return self.label or f"{self.percent}% on {self.match or self.target}"


class CurrencyRateQuerySet(models.QuerySet["CurrencyRate"]):
    def visible_to(self, user: User) -> "CurrencyRateQuerySet":
        return self.filter(owner=user)


class CurrencyRate(models.Model):
    """One unit of a currency was so many of another on a day. Offers name rates, so none is changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="currency_rates"
    )
    from_currency = models.CharField(max_length=3, validators=[is_currency])
    to_currency = models.CharField(max_length=3, validators=[is_currency])
    rate = models.DecimalField(max_digits=20, decimal_places=10)
    day = models.DateField()
    source = models.CharField(max_length=300)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = CurrencyRateQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "from_currency", "to_currency"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "from_currency", "to_currency", "day"], name="one_rate_a_day"
            ),
            models.CheckConstraint(condition=models.Q(rate__gt=0), name="a_rate_is_above_zero"),
            models.CheckConstraint(
                condition=~models.Q(from_currency=models.F("to_currency")),
                name="a_rate_leads_to_another_currency",
            ),
        ]

    def __str__(self) -> str:
        return f"1 {self.from_currency} = {self.rate.normalize():f} {self.to_currency}, {self.day}"


class ImpactReport(models.Model):
    """Which designs cost something else with a version of a price book, as far as they were looked at.

    Shape of `rows`: [{design, name, owner, before, after, change, coverage_before, coverage_after, currency,
    reason}], amounts as decimal strings. `reached` is the last design that was looked at.
    """

    version = models.ForeignKey(
        "catalog.PriceBookVersion", on_delete=models.CASCADE, related_name="impact_reports"
    )
    sha256 = models.CharField(max_length=64)  # of the contents; a draft may get others
    before_version = models.PositiveIntegerField(null=True)
    total = models.PositiveIntegerField()
    looked_at = models.PositiveIntegerField(default=0)
    reached = models.UUIDField(null=True)
    rows = models.JSONField(default=list)
    is_done = models.BooleanField(default=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"impact of {self.version}"

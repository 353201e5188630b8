"""What may be asked of an estimate, in the address: which book, which use, which terms, for whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from rest_framework import serializers

from catalog.domain.commitments import Terms
from catalog.selectors import get_price_book
from designer.models import Design
from estimator import selectors
from estimator.api.customers import CurrencyField
from estimator.domain.assumptions import CommitmentInvalid, Profile, read_commitment
from estimator.domain.customer_view import CustomerEstimate
from estimator.domain.estimates import Estimate


class EstimateOptionsSerializer(serializers.Serializer[Any]):
    price_book = serializers.CharField(
        required=False, max_length=100, help_text="Key of a price book; the design's own if absent."
    )
    version = serializers.IntegerField(
        required=False, min_value=1, max_value=999_999, help_text="Of the price book; the newest if absent."
    )
    profile = serializers.ChoiceField(
        [one.value for one in Profile], required=False, help_text="The design's own if absent."
    )
    commitment = serializers.CharField(
        required=False,
        max_length=20,
        help_text="`none`, or 1, 12, 24 or 36 months: `12`, `36-upfront`. The design's own if absent.",
    )
    customer = serializers.CharField(required=False, max_length=36, help_text="Whose terms are applied.")
    currency = CurrencyField(required=False, help_text="Before the customer's, and the book's.")
    view = serializers.ChoiceField(
        ["own", "customer"], default="own", help_text="`customer` leaves out cost, mark-up and sources."
    )

    def validate_commitment(self, value: str) -> Terms:
        try:
            return read_commitment(value)
        except CommitmentInvalid as invalid:
            raise serializers.ValidationError(str(invalid)) from None


@dataclass(frozen=True)
class Asked:
    """One question about a design's cost."""

    estimate: Estimate
    for_customer: bool

    @property
    def seen(self) -> Estimate | CustomerEstimate:
        return self.estimate.for_customer() if self.for_customer else self.estimate


def asked_estimate(user: User, design: Design, query: Mapping[str, Any]) -> Asked:
    """Raises: ValidationError, PriceBookNotFound, CustomerNotFound, RateMissing, RateOutdated."""
    form = EstimateOptionsSerializer(data=query)
    form.is_valid(raise_exception=True)
    said = form.validated_data
    reference, version = said.get("price_book") or design.price_book, said.get("version")
    customer = selectors.get_customer(user, said["customer"]) if said.get("customer") else None
    found = selectors.document_estimate(
        design.document,
        reference,
        version=version,
        profile=Profile(said["profile"]) if "profile" in said else None,
        purchase=said.get("commitment"),
        terms=selectors.terms_for(
            user,
            get_price_book(reference, version).currency,
            customer=customer,
            currency=said.get("currency", ""),
        ),
    )
    return Asked(found, said["view"] == "customer")

"""Comparisons, differences, suggestions and variants as JSON. Amounts are decimal strings."""

from typing import Any

from rest_framework import serializers

from estimator.api.customers import CurrencyField
from estimator.api.serializers import (
    BookFactsSerializer,
    ComponentTotalSerializer,
    DoubtSerializer,
    PairSerializer,
    RateSerializer,
    TotalsSerializer,
)
from estimator.domain.differences import Change
from estimator.domain.fits import FitKind
from estimator.domain.ideas import IdeaKind


class ComparableSerializer(serializers.Serializer[Any]):
    """The monthly total without tax, in the comparison's currency."""

    monthly = serializers.CharField()
    currency = serializers.CharField()
    rate = RateSerializer(allow_null=True)


class LikeForLikeSerializer(serializers.Serializer[Any]):
    """Beside the first book, over the components of which both price the same."""

    components = serializers.IntegerField()
    monthly = serializers.CharField()
    first_monthly = serializers.CharField()
    difference = serializers.CharField()
    percent = serializers.CharField(allow_null=True)


class BasketSerializer(serializers.Serializer[Any]):
    """Over the components that at least half of the books price, among books that price all of these."""

    rank = serializers.IntegerField(help_text="1 is the cheapest.")
    of = serializers.IntegerField(help_text="Books that price all of these components.")
    components = serializers.IntegerField()
    monthly = serializers.CharField(help_text="List prices, without tax, in the comparison's currency.")
    left_out = serializers.ListField(child=serializers.CharField(), help_text="Components that few price.")


class FitSerializer(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=[kind.value for kind in FitKind])
    text = serializers.CharField()


class ComparisonRowSerializer(serializers.Serializer[Any]):
    component = serializers.CharField(help_text="Empty for what belongs to none, such as a minimum charge.")
    label = serializers.CharField()  # type: ignore[assignment]
    match = serializers.CharField(allow_null=True)
    fit = FitSerializer()
    monthly = serializers.CharField(allow_null=True)
    unpriced = serializers.IntegerField()


class ComparedBookSerializer(serializers.Serializer[Any]):
    book = BookFactsSerializer()
    currency = serializers.CharField()
    totals = TotalsSerializer()
    coverage = serializers.CharField()
    unpriced = serializers.IntegerField()
    doubt = DoubtSerializer(allow_null=True)
    comparable = ComparableSerializer(allow_null=True)
    rank = serializers.IntegerField(
        allow_null=True, help_text="1 is the cheapest of those that price all that any of these books prices."
    )
    basket = BasketSerializer(allow_null=True)
    customer = serializers.CharField(
        allow_null=True, help_text="Whose terms the totals follow, if anybody's."
    )
    like_for_like = LikeForLikeSerializer(allow_null=True)
    remarks = serializers.ListField(child=serializers.CharField())
    rows = ComparisonRowSerializer(many=True)


class DifferenceSideSerializer(serializers.Serializer[Any]):
    sku = serializers.CharField(allow_null=True)
    match = serializers.CharField(allow_null=True)
    quantity = serializers.CharField()
    unit_price = serializers.CharField(allow_null=True)
    monthly = serializers.CharField(allow_null=True)
    one_time = serializers.CharField(allow_null=True)


class LineDifferenceSerializer(serializers.Serializer[Any]):
    key = serializers.CharField()
    component = serializers.CharField()
    change = serializers.ChoiceField(choices=[change.value for change in Change])
    description = serializers.CharField()
    unit = serializers.CharField()
    before = DifferenceSideSerializer(allow_null=True)
    after = DifferenceSideSerializer(allow_null=True)
    monthly = serializers.CharField()
    one_time = serializers.CharField()
    why = serializers.CharField()


class DifferenceWholeSerializer(serializers.Serializer[Any]):
    price_book_version = serializers.IntegerField()
    totals = TotalsSerializer()
    coverage = serializers.CharField()
    unpriced = serializers.IntegerField()


class DifferenceRestSerializer(PairSerializer):
    why = serializers.CharField()


class DifferencesSerializer(serializers.Serializer[Any]):
    """The lines and the rest add up to the difference of the totals."""

    currency = serializers.CharField()
    price_book = serializers.CharField()
    before = DifferenceWholeSerializer()
    after = DifferenceWholeSerializer()
    monthly = serializers.CharField()
    one_time = serializers.CharField()
    lines = LineDifferenceSerializer(many=True)
    rest = DifferenceRestSerializer()
    components = serializers.DictField(child=serializers.CharField())


class SuggestionSerializer(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=[kind.value for kind in IdeaKind])
    title = serializers.CharField()
    detail = serializers.CharField()
    component = serializers.CharField(allow_null=True)
    currency = serializers.CharField()
    saving_monthly = serializers.CharField()
    monthly_before = serializers.CharField()
    monthly_after = serializers.CharField()
    one_time = serializers.CharField(help_text="What comes to be paid once.")
    due_at_start = serializers.CharField(
        help_text="Of the monthly amounts, what comes to be paid in advance, as for a reservation."
    )
    patch = serializers.DictField(
        allow_null=True, help_text="The edit of the document that does it: PATCH it to document/."
    )
    price_book = serializers.CharField(
        allow_null=True, help_text="Instead of a patch: the book to price the design with."
    )


class VariantPriceSerializer(serializers.Serializer[Any]):
    price_book = serializers.CharField()
    price_book_title = serializers.CharField()
    currency = serializers.CharField()
    totals = TotalsSerializer()
    coverage = serializers.CharField()
    unpriced = serializers.IntegerField()
    difference_monthly = serializers.CharField(help_text="To the first variant, with the same book.")
    components = serializers.DictField(child=ComponentTotalSerializer())


class VariantSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    label = serializers.CharField()  # type: ignore[assignment]
    name = serializers.CharField()
    version = serializers.IntegerField()
    updated_at = serializers.DateTimeField()
    component_count = serializers.IntegerField()
    component_labels = serializers.DictField(child=serializers.CharField())
    prices = VariantPriceSerializer(many=True)
    differences = DifferencesSerializer(allow_null=True)


class NewVariantSerializer(serializers.Serializer[Any]):
    label = serializers.CharField(  # type: ignore[assignment]
        max_length=60, required=False, allow_blank=True, default="", help_text="Else the next free letter."
    )


class VariantBooksSerializer(serializers.Serializer[Any]):
    """What the address may ask of a comparison."""

    price_books = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=5000,
        default="",
        help_text="Keys, separated by commas. Absent: of variants the design's own, of a comparison all.",
    )

    customer = serializers.CharField(
        required=False, allow_blank=True, default="", help_text="Id of a customer, whose terms totals follow."
    )

    def validate_price_books(self, value: str) -> list[str]:
        return [key.strip() for key in value.split(",") if key.strip()]


class BooksSerializer(VariantBooksSerializer):
    currency = CurrencyField(
        required=False, default="", help_text="What totals are compared in; the first book's if absent."
    )

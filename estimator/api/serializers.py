"""An estimate as JSON. Amounts are decimal strings, null where the book has no price."""

from typing import Any

from rest_framework import serializers

from catalog.domain.price_rows import SOURCE_KINDS
from designer.api.serializers import BudgetSerializer
from estimator.domain.growth import TERMS


class TotalsSerializer(serializers.Serializer[Any]):
    hourly = serializers.CharField()
    monthly = serializers.CharField()
    yearly = serializers.CharField()
    one_time = serializers.CharField()


class LineSourceSerializer(serializers.Serializer[Any]):
    url = serializers.CharField()
    locator = serializers.CharField()
    confidence = serializers.CharField()
    kind = serializers.CharField()


class LineLimitSerializer(serializers.Serializer[Any]):
    quantity = serializers.CharField()
    monthly = serializers.CharField()


class LineRangeSerializer(serializers.Serializer[Any]):
    low = LineLimitSerializer()
    high = LineLimitSerializer()


class LineItemSerializer(serializers.Serializer[Any]):
    key = serializers.CharField()
    component = serializers.CharField()
    sku = serializers.CharField(allow_null=True)
    description = serializers.CharField()
    quantity = serializers.CharField()
    unit = serializers.CharField()
    unit_price = serializers.CharField(allow_null=True)
    monthly = serializers.CharField(allow_null=True)
    one_time = serializers.CharField(allow_null=True)
    source = LineSourceSerializer(allow_null=True)  # type: ignore[assignment]  # a field of ours, not DRF's
    assumption = serializers.CharField(allow_null=True)
    match = serializers.CharField(allow_null=True)
    due_at_start = serializers.CharField(
        allow_null=True, help_text="Of the monthly amounts, what a commitment has paid in advance."
    )
    range = LineRangeSerializer(
        allow_null=True, help_text="What the line may come to where the quantity follows the load."
    )


class ComponentTotalSerializer(serializers.Serializer[Any]):
    monthly = serializers.CharField(allow_null=True)
    unpriced = serializers.IntegerField()


class GroupTotalSerializer(ComponentTotalSerializer):
    label = serializers.CharField()  # type: ignore[assignment]  # a field of ours, not DRF's


class GroupsSerializer(serializers.Serializer[Any]):
    """By key: the id of a component, tier or region, a service's name; `-account` and `-none` are neither."""

    component = serializers.DictField(child=GroupTotalSerializer())
    tier = serializers.DictField(child=GroupTotalSerializer())
    service = serializers.DictField(child=GroupTotalSerializer())
    region = serializers.DictField(child=GroupTotalSerializer())


class PairSerializer(serializers.Serializer[Any]):
    monthly = serializers.CharField()
    one_time = serializers.CharField()


class PeriodsSerializer(serializers.Serializer[Any]):
    hourly = serializers.CharField()
    daily = serializers.CharField()
    monthly = serializers.CharField()
    yearly = serializers.CharField()

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        for months in TERMS:
            fields[str(months)] = serializers.CharField(
                help_text="All that is paid in so many months, with growth and with what is paid once."
            )
        return fields


class MonthRangeSerializer(serializers.Serializer[Any]):
    low = serializers.CharField()
    expected = serializers.CharField()
    high = serializers.CharField()


class RangedMonthSerializer(serializers.Serializer[Any]):
    month = serializers.IntegerField(help_text="Counted from 1.")
    low = serializers.CharField()
    high = serializers.CharField()


class MarkupSerializer(PairSerializer):
    percent = serializers.CharField()


class TakenSerializer(PairSerializer):
    """What one discount takes off, after the mark-up and the discounts before it."""

    title = serializers.CharField()
    target = serializers.CharField()
    match = serializers.CharField()
    percent = serializers.CharField()


class TaxedSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    rate_percent = serializers.CharField()
    included = serializers.BooleanField(help_text="The book's prices hold it: the total doesn't change.")
    net = PairSerializer()
    tax = PairSerializer()
    total = PairSerializer()


class DoubtSerializer(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(SOURCE_KINDS, help_text="The least certain kind of source.")
    lines = serializers.IntegerField(help_text="So many lines rest on it.")
    of = serializers.IntegerField()


class RateSerializer(serializers.Serializer[Any]):
    to = serializers.CharField()
    rate = serializers.CharField()
    date = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]  # a field of ours, not DRF's

    def get_fields(self) -> dict[str, Any]:
        return {"from": serializers.CharField(), **super().get_fields()}


class BookTaxSerializer(serializers.Serializer[Any]):
    kind = serializers.CharField()
    rate = serializers.CharField(allow_null=True)


class MonthRuleSerializer(serializers.Serializer[Any]):
    rule = serializers.CharField()
    hours = serializers.CharField()


class BookFactsSerializer(serializers.Serializer[Any]):
    key = serializers.CharField()
    provider = serializers.CharField()
    title = serializers.CharField()
    version = serializers.IntegerField()
    region = serializers.CharField()
    currency = serializers.CharField()
    tax = BookTaxSerializer()
    month_rule = MonthRuleSerializer()
    metering = serializers.CharField()
    unit_basis = serializers.CharField()
    valid_from = serializers.CharField()
    valid_to = serializers.CharField(allow_null=True)
    collected_at = serializers.CharField()


class NewPricesSerializer(serializers.Serializer[Any]):
    """A month of this design before and after the newest version of its price book, at list prices."""

    book_version = serializers.IntegerField()
    published_at = serializers.DateTimeField()
    before = serializers.CharField(allow_null=True)
    after = serializers.CharField(allow_null=True)
    change = serializers.CharField(allow_null=True)
    coverage_before = serializers.CharField(allow_null=True)
    coverage_after = serializers.CharField(allow_null=True)
    currency = serializers.CharField()
    reason = serializers.CharField(allow_blank=True, help_text="Why the two can't be compared.")


class EstimateSerializer(serializers.Serializer[Any]):
    """Lines, components, categories and groups are in the book's amounts; `list`, mark-up and discounts lead
    from their sum to `totals`."""

    price_book = serializers.CharField()
    price_book_title = serializers.CharField()
    price_book_version = serializers.IntegerField()
    currency = serializers.CharField()
    coverage = serializers.CharField(help_text="Share of the lines that have a price, 0 to 1.")
    totals = TotalsSerializer()
    periods = PeriodsSerializer()
    months = serializers.ListField(
        child=serializers.CharField(), help_text="The first 36, as the load grows."
    )
    range = MonthRangeSerializer()
    ranged_months = RangedMonthSerializer(
        many=True, help_text="Some of the 36 at low and at high use; none where nothing grows or varies."
    )
    line_items = LineItemSerializer(many=True)
    components = serializers.DictField(child=ComponentTotalSerializer())
    categories = serializers.DictField(child=serializers.CharField())
    groups = GroupsSerializer()
    markup = MarkupSerializer()
    discounts = TakenSerializer(many=True)
    tax = TaxedSerializer(allow_null=True)
    doubt = DoubtSerializer(allow_null=True)
    assumptions = serializers.ListField(child=serializers.CharField())
    profile = serializers.CharField()
    purchase = serializers.CharField()
    due_at_start = serializers.CharField(help_text="Of the monthly amounts, what is paid in advance.")
    rate = RateSerializer(allow_null=True)
    customer = serializers.CharField(allow_null=True)
    budget = BudgetSerializer(allow_null=True, help_text="How the total stands to the design's budget.")
    new_prices = NewPricesSerializer(
        allow_null=True, help_text="What a version of the price book did that was published within 30 days."
    )
    book = BookFactsSerializer()

    def get_fields(self) -> dict[str, Any]:
        return {**super().get_fields(), "list": PairSerializer()}

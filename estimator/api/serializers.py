"""An estimate as JSON. Amounts are decimal strings, null where the book has no price."""

from typing import Any

from rest_framework import serializers


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


class EstimateSerializer(serializers.Serializer[Any]):
    price_book = serializers.CharField()
    price_book_title = serializers.CharField()
    price_book_version = serializers.IntegerField()
    currency = serializers.CharField()
    coverage = serializers.CharField(help_text="Share of the lines that have a price, 0 to 1.")
    totals = TotalsSerializer()
    line_items = LineItemSerializer(many=True)
    components = serializers.DictField(child=ComponentTotalSerializer())
    categories = serializers.DictField(child=serializers.CharField())

"""The doors to customers, what is agreed with them, and currency rates."""

from collections.abc import Mapping
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from catalog.signed_in import signed_in
from estimator import selectors
from estimator.domain.discounts import HUNDRED, MOST_MARKUP_PERCENT, Discount, Target, TermsInvalid
from estimator.models import CurrencyRate, Customer
from estimator.services import customers

MOST_RULES = 50


class CurrencyField(serializers.RegexField):
    default_error_messages = {"invalid": "A currency is three capital letters, such as EUR."}

    def __init__(self, **options: Any) -> None:
        super().__init__(r"\A[A-Z]{3}\Z", **options)


class PercentField(serializers.DecimalField):
    """Of up to three places; whatever is beyond its limits is answered with one `sentence`."""

    def __init__(self, sentence: str, **options: Any) -> None:
        wrong = ("min_value", "max_value", "max_digits", "max_decimal_places", "max_whole_digits", "invalid")
        messages: dict[str, Any] = dict.fromkeys(wrong, sentence)
        super().__init__(max_digits=7, decimal_places=3, error_messages=messages, **options)


class DiscountSerializer(serializers.Serializer[Any]):
    target = serializers.ChoiceField([one.value for one in Target], default=Target.ALL.value)
    match = serializers.CharField(
        max_length=100, allow_blank=True, default="", help_text="A service, or a tier's or component's id."
    )
    percent = PercentField("A discount is a percentage up to 100, with three places at most.")
    label = serializers.CharField(  # type: ignore[assignment]  # a field of ours, not DRF's
        max_length=100, allow_blank=True, default=""
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        try:
            return {**attrs, "rule": _rule(attrs)}
        except TermsInvalid as invalid:
            at = "percent" if not 0 < attrs["percent"] <= HUNDRED else "match"
            raise serializers.ValidationError({at: str(invalid)}) from None


class CustomerSerializer(serializers.Serializer[Any]):
    """`discounts` are applied in their order, each to what the ones before it have left."""

    id = serializers.UUIDField(read_only=True)
    name = serializers.CharField(max_length=200)
    markup_percent = PercentField(
        f"A mark-up is a percentage from 0 to {MOST_MARKUP_PERCENT}, with three places at most.",
        min_value=0,
        max_value=MOST_MARKUP_PERCENT,
        required=False,
    )
    tax_name = serializers.CharField(max_length=40, allow_blank=True, required=False)
    tax_percent = PercentField(
        "A tax is a percentage from 0 to 100, with three places at most.",
        min_value=0,
        max_value=100,
        allow_null=True,
        required=False,
    )
    currency = CurrencyField(allow_blank=True, required=False)
    discounts = DiscountSerializer(many=True, required=False)
    updated_at = serializers.DateTimeField(read_only=True)

    def validate_discounts(self, value: list[Any]) -> list[Any]:
        if len(value) > MOST_RULES:
            raise serializers.ValidationError(f"A customer has {MOST_RULES} discounts at most.")
        return value

    def facts(self) -> dict[str, Any]:
        """What the services take."""
        said = dict(self.validated_data)
        if "discounts" in said:
            said["discounts"] = [one["rule"] for one in said["discounts"]]
        return said


class CurrencyRateSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField(read_only=True)
    from_currency = CurrencyField()
    to_currency = CurrencyField()
    rate = serializers.DecimalField(max_digits=20, decimal_places=10)
    day = serializers.DateField()
    source = serializers.CharField(  # type: ignore[assignment]  # as above
        max_length=300, help_text="Who says so, such as a bank's page."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["from_currency"] == attrs["to_currency"]:
            raise serializers.ValidationError("A rate leads from one currency to another.")
        if attrs["rate"] <= 0:
            raise serializers.ValidationError({"rate": "A rate is more than 0."})
        return attrs


class CustomerList(APIView):
    @extend_schema(responses=CustomerSerializer(many=True))
    def get(self, request: Request) -> Response:
        rows = Customer.objects.visible_to(signed_in(request))
        return Response(CustomerSerializer(rows, many=True).data)

    @extend_schema(request=CustomerSerializer, responses={201: CustomerSerializer})
    def post(self, request: Request) -> Response:
        form = CustomerSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        customer = customers.create_customer(owner=signed_in(request), **form.facts())
        return Response(CustomerSerializer(customer).data, status=status.HTTP_201_CREATED)


class CustomerDetail(APIView):
    @extend_schema(responses=CustomerSerializer)
    def get(self, request: Request, customer_id: str) -> Response:
        return Response(CustomerSerializer(selectors.get_customer(signed_in(request), customer_id)).data)

    @extend_schema(request=CustomerSerializer(partial=True), responses=CustomerSerializer)
    def patch(self, request: Request, customer_id: str) -> Response:
        customer = selectors.get_customer(signed_in(request), customer_id)
        form = CustomerSerializer(data=request.data, partial=True)
        form.is_valid(raise_exception=True)
        return Response(CustomerSerializer(customers.change_customer(customer, **form.facts())).data)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, customer_id: str) -> Response:
        customers.delete_customer(selectors.get_customer(signed_in(request), customer_id))
        return Response(status=status.HTTP_204_NO_CONTENT)


class CurrencyRateList(APIView):
    @extend_schema(responses=CurrencyRateSerializer(many=True))
    def get(self, request: Request) -> Response:
        rows = CurrencyRate.objects.visible_to(signed_in(request))
        return Response(CurrencyRateSerializer(rows, many=True).data)

    @extend_schema(request=CurrencyRateSerializer, responses={201: CurrencyRateSerializer})
    def post(self, request: Request) -> Response:
        form = CurrencyRateSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        said = form.validated_data
        rate = customers.add_rate(
            owner=signed_in(request),
            source=said["from_currency"],
            target=said["to_currency"],
            rate=said["rate"],
            day=said["day"],
            origin=said["source"],
        )
        return Response(CurrencyRateSerializer(rate).data, status=status.HTTP_201_CREATED)


class CurrencyRateDetail(APIView):
    @extend_schema(responses={204: None})
    def delete(self, request: Request, rate_id: str) -> Response:
        customers.delete_rate(selectors.get_rate(signed_in(request), rate_id))
        return Response(status=status.HTTP_204_NO_CONTENT)


def _rule(said: Mapping[str, Any]) -> Discount:
    return Discount(said["percent"], Target(said["target"]), said["match"], label=said["label"])

"""The door to change impact: what a version of a price book does to the designs that follow it."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from catalog.own_price_books import get_price_book_version
from catalog.services.price_books import require_reviewer
from catalog.signed_in import signed_in
from estimator.models import ImpactReport
from estimator.services.impact import find_impact, go_on, start_impact


class ImpactRowSerializer(serializers.Serializer[Any]):
    design = serializers.CharField()
    name = serializers.CharField()
    owner = serializers.CharField()
    currency = serializers.CharField()
    before = serializers.CharField(allow_null=True, help_text="A month, until now.")
    after = serializers.CharField(allow_null=True)
    change = serializers.CharField(allow_null=True)
    coverage_before = serializers.CharField(allow_null=True)
    coverage_after = serializers.CharField(allow_null=True)
    reason = serializers.CharField(help_text="Why there are no amounts; else empty.")


class ImpactReportSerializer(serializers.ModelSerializer[ImpactReport]):
    price_book = serializers.CharField(source="version.key")
    version = serializers.IntegerField(source="version.version")
    total = serializers.IntegerField(help_text="Designs that follow the book.")
    # Said here, because the columns' own limits differ from database to database.
    before_version = serializers.IntegerField(min_value=1, allow_null=True)
    looked_at = serializers.IntegerField()
    designs = ImpactRowSerializer(many=True, source="rows", help_text="Those whose total changes.")

    class Meta:
        model = ImpactReport
        fields = [
            "price_book", "version", "before_version", "is_done", "looked_at", "total", "created_at",
            "designs",
        ]  # fmt: skip


class ImpactView(APIView):
    @extend_schema(responses=ImpactReportSerializer)
    def get(self, request: Request, version_id: int) -> Response:
        """Designs whose total changes. While `is_done` is false, ask again: the rest is being looked at."""
        user = signed_in(request)
        require_reviewer(user)
        version = get_price_book_version(user, version_id)
        report = find_impact(version)
        report = go_on(report) if report is not None else start_impact(version, by=user)
        return Response(ImpactReportSerializer(report).data)

    @extend_schema(request=None, responses=ImpactReportSerializer)
    def post(self, request: Request, version_id: int) -> Response:
        """Look anew: designs have changed since."""
        user = signed_in(request)
        require_reviewer(user)
        report = start_impact(get_price_book_version(user, version_id), by=user)
        return Response(ImpactReportSerializer(report).data)

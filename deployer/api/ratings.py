"""The door from a cloud's rating rules to a price book."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from catalog.api.price_book_serializers import ImportReportSerializer, report_rows
from catalog.domain.price_imports.conversion import ImportSettings
from catalog.errors import PriceBookRefused
from catalog.services.price_books import require_reviewer
from catalog.signed_in import signed_in
from deployer import selectors
from deployer.services.ratings import HOUR_SECONDS, import_ratings


class RatingSettingsSerializer(serializers.Serializer[Any]):
    currency = serializers.RegexField(r"^[A-Z]{3}$", help_text="Of the rules' amounts: they don't say.")
    dry_run = serializers.BooleanField(default=True)
    key = serializers.RegexField(
        r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80, required=False, allow_blank=True, default=""
    )
    title = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")
    period_seconds = serializers.IntegerField(
        min_value=1, max_value=31 * 24 * HOUR_SECONDS, default=HOUR_SECONDS, help_text="CloudKitty's period."
    )


class RatingImport(APIView):
    @extend_schema(
        request=RatingSettingsSerializer,
        responses={200: ImportReportSerializer, 201: ImportReportSerializer},
    )
    def post(self, request: Request, cloud_id: str) -> Response:
        """What the cloud's own rules would change, or, with dry_run false, a draft of its price book."""
        user = signed_in(request)
        require_reviewer(user)
        cloud = selectors.get_cloud(user, cloud_id)
        form = RatingSettingsSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        said = form.validated_data
        report = import_ratings(
            cloud,
            by=user,
            dry_run=said["dry_run"],
            settings=ImportSettings(key=said["key"], title=said["title"], currency=said["currency"]),
            period_seconds=said["period_seconds"],
        )
        if report.errors and not said["dry_run"]:
            raise PriceBookRefused(
                report.file, [{"at": one.at, "detail": one.reason} for one in report.errors]
            )
        code = status.HTTP_200_OK if said["dry_run"] else status.HTTP_201_CREATED
        return Response(ImportReportSerializer(report_rows(report)).data, status=code)

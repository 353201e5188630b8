"""The doors to drift: look, read what earlier looks found, leave something as it is."""

from decimal import Decimal
from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from catalog.domain.money import amount_text
from catalog.signed_in import signed_in
from deployer import selectors
from deployer.api.plan_serializers import PlanSerializer
from deployer.api.shared import amount, choices
from deployer.domain.drift import Drift
from deployer.models import DriftReport
from deployer.services import drift
from designer.selectors import get_design

MOST_REPORTS = 100


class DriftIgnoreSerializer(serializers.Serializer[Any]):
    until = serializers.DateField()
    reason = serializers.CharField()


class DifferenceSerializer(serializers.Serializer[Any]):
    """`recorded` and `live` are values of `attribute`, where the difference is of one.

    `monthly` is what it adds a month, null where the price book does not know. `why_not_redeploy` and
    `why_not_adopt` are empty where that can be done.
    """

    id = serializers.CharField()
    drift = serializers.ChoiceField(choices=choices(Drift))
    kind = serializers.CharField()
    key = serializers.CharField()
    component = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    cloud_id = serializers.CharField()
    attribute = serializers.CharField()
    recorded = serializers.JSONField(allow_null=True)
    live = serializers.JSONField(allow_null=True)
    detail = serializers.CharField()
    monthly = serializers.CharField(allow_null=True)
    why_not_redeploy = serializers.CharField()
    why_not_adopt = serializers.CharField()
    is_new = serializers.BooleanField()
    ignored = DriftIgnoreSerializer(allow_null=True)


class DriftReportShortSerializer(serializers.Serializer[DriftReport]):
    id = serializers.UUIDField()
    design = serializers.UUIDField(source="design_id")
    cloud = serializers.UUIDField(source="cloud_id")
    cloud_name = serializers.CharField(source="cloud.name")
    checked_at = serializers.DateTimeField()
    scheduled = serializers.SerializerMethodField()
    status = serializers.ChoiceField(choices=DriftReport.Status.values)
    detail = serializers.CharField()
    count = serializers.SerializerMethodField()

    def get_scheduled(self, report: DriftReport) -> bool:
        return report.asked_by_id is None

    def get_count(self, report: DriftReport) -> int:
        return len(report.differences)


class DriftCostSerializer(serializers.Serializer[Any]):
    """Per month, as decimal texts."""

    recorded = serializers.CharField()
    live = serializers.CharField()
    change = serializers.CharField()
    currency = serializers.CharField()


class DriftReportSerializer(DriftReportShortSerializer):
    differences = serializers.SerializerMethodField()
    cost = serializers.SerializerMethodField()

    @extend_schema_field(DifferenceSerializer(many=True))
    def get_differences(self, report: DriftReport) -> list[dict[str, Any]]:
        ignores = selectors.ignores_of(report.design, report.cloud)
        return [
            {
                **{name: value for name, value in one.items() if name != "observed"},
                "monthly": None if one["monthly"] is None else amount(Decimal(one["monthly"])),
                "ignored": DriftIgnoreSerializer(left).data if (left := ignores.get(one["id"])) else None,
            }
            for one in report.differences
        ]

    @extend_schema_field(DriftCostSerializer(allow_null=True))
    def get_cost(self, report: DriftReport) -> dict[str, str] | None:
        if report.monthly_recorded is None or report.monthly_live is None:
            return None
        return {
            "recorded": amount_text(report.monthly_recorded),
            "live": amount_text(report.monthly_live),
            "change": amount_text(report.monthly_live - report.monthly_recorded),
            "currency": report.currency,
        }


class NewDriftReportSerializer(serializers.Serializer[Any]):
    design = serializers.CharField(max_length=100)
    cloud = serializers.CharField(max_length=100)


class ChosenDifferencesSerializer(serializers.Serializer[Any]):
    differences = serializers.ListField(
        child=serializers.CharField(max_length=16), allow_empty=False, help_text="their ids"
    )


class NewIgnoreSerializer(ChosenDifferencesSerializer):
    until = serializers.DateField(help_text="to the end of this day")
    reason = serializers.CharField(max_length=500)


class DriftReportList(APIView):
    @extend_schema(
        parameters=[
            OpenApiParameter("design", str, description="only this design's"),
            OpenApiParameter("cloud", str, description="only of this cloud"),
        ],
        responses=DriftReportShortSerializer(many=True),
        description=f"Newest first, the last {MOST_REPORTS}.",
    )
    def get(self, request: Request) -> Response:
        user, asked = signed_in(request), request.query_params
        reports = selectors.list_drift_reports(
            user,
            design=get_design(user, asked["design"]) if asked.get("design") else None,
            cloud=selectors.get_cloud(user, asked["cloud"]) if asked.get("cloud") else None,
        )
        return Response(DriftReportShortSerializer(reports[:MOST_REPORTS], many=True).data)  # type: ignore[arg-type]

    @extend_schema(
        request=NewDriftReportSerializer,
        responses={201: DriftReportSerializer},
        description="Asks the cloud now. A cloud that does not answer makes a report with status `failed`.",
    )
    def post(self, request: Request) -> Response:
        form = NewDriftReportSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        user = signed_in(request)
        report = drift.check_drift(
            get_design(user, form.validated_data["design"]),
            selectors.get_cloud(user, form.validated_data["cloud"]),
            asked_by=user,
        )
        return Response(DriftReportSerializer(report).data, status=status.HTTP_201_CREATED)


class DriftReportDetail(APIView):
    @extend_schema(responses=DriftReportSerializer)
    def get(self, request: Request, report_id: str) -> Response:
        return Response(DriftReportSerializer(selectors.get_drift_report(signed_in(request), report_id)).data)


class DriftIgnoring(APIView):
    @extend_schema(request=NewIgnoreSerializer, responses=DriftReportSerializer)
    def post(self, request: Request, report_id: str) -> Response:
        form = NewIgnoreSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        said = form.validated_data
        report = selectors.get_drift_report(signed_in(request), report_id)
        drift.ignore(
            report,
            said["differences"],
            until=said["until"],
            reason=said["reason"],
            created_by=signed_in(request),
        )
        return Response(DriftReportSerializer(report).data)


class DriftNoticing(APIView):
    @extend_schema(
        request=ChosenDifferencesSerializer,
        responses=DriftReportSerializer,
        description="Ends ignoring: they count as drift again.",
    )
    def post(self, request: Request, report_id: str) -> Response:
        form = ChosenDifferencesSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        report = selectors.get_drift_report(signed_in(request), report_id)
        drift.stop_ignoring(report, form.validated_data["differences"])
        return Response(DriftReportSerializer(report).data)


class DriftRedeploying(APIView):
    @extend_schema(
        request=ChosenDifferencesSerializer,
        responses={201: PlanSerializer},
        description="Makes a plan that puts these right and touches nothing else.",
    )
    def post(self, request: Request, report_id: str) -> Response:
        form = ChosenDifferencesSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        plan = drift.plan_repair(
            selectors.get_drift_report(signed_in(request), report_id),
            form.validated_data["differences"],
            created_by=signed_in(request),
        )
        said = PlanSerializer(plan, context={"user": signed_in(request)})
        return Response(said.data, status=status.HTTP_201_CREATED)


class DriftAdopting(APIView):
    @extend_schema(
        request=ChosenDifferencesSerializer,
        responses=DriftReportSerializer,
        description="Edits the design so that it says what is live, and answers with a new look.",
    )
    def post(self, request: Request, report_id: str) -> Response:
        form = ChosenDifferencesSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        user = signed_in(request)
        report = selectors.get_drift_report(user, report_id)
        drift.adopt(report, form.validated_data["differences"], author=user)
        return Response(
            DriftReportSerializer(drift.check_drift(report.design, report.cloud, asked_by=user)).data
        )

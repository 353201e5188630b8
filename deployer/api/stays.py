"""The doors to what runs: where a design stands and until when, operations on it, snapshots of it."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from catalog.domain.money import amount_text
from catalog.signed_in import signed_in
from deployer import selectors
from deployer.api.drift import DriftReportShortSerializer
from deployer.api.plan_serializers import PlanSerializer
from deployer.api.shared import choices
from deployer.domain.operations import VERBS, OperationStatus, Verb
from deployer.domain.snapshot_costs import snapshot_monthly
from deployer.models import Operation, Resource, Snapshot, Stay
from deployer.services import operations, stays
from deployer.services.planning import book_of_today
from deployer.services.resizing import plan_resize
from designer.domain import resources as kind
from designer.selectors import get_design

MOST_OPERATIONS = 100


class NextChangeSerializer(serializers.Serializer[Any]):
    at = serializers.DateTimeField()
    on = serializers.BooleanField(help_text="whether servers start then, or stop")


class RunningResourceSerializer(serializers.Serializer[Resource]):
    """What operations can be asked of. `power` is how it was left on purpose."""

    key = serializers.CharField()
    kind = serializers.CharField()
    component = serializers.CharField()
    name = serializers.CharField()
    power = serializers.SerializerMethodField()
    flavor = serializers.SerializerMethodField(help_text="of a server, as the cloud calls it")
    size_gib = serializers.SerializerMethodField(help_text="of a volume")
    region = serializers.CharField()
    verbs = serializers.SerializerMethodField()

    def get_power(self, row: Resource) -> str:
        return row.power or "running"

    def get_flavor(self, row: Resource) -> str:
        return str(row.matched.get("flavor_name") or "")

    @extend_schema_field(serializers.IntegerField(allow_null=True))
    def get_size_gib(self, row: Resource) -> int | None:
        return row.properties.get("size_gib") if row.kind == kind.VOLUME else None

    @extend_schema_field(serializers.ListField(child=serializers.ChoiceField(choices=choices(Verb))))
    def get_verbs(self, row: Resource) -> list[str]:
        return [verb.value for verb in VERBS[row.kind]]


class HoursCostSerializer(serializers.Serializer[Any]):
    """What stands, a month, as decimal texts: running all the time, and as its schedules say."""

    always = serializers.SerializerMethodField()
    scheduled = serializers.SerializerMethodField()
    saves = serializers.SerializerMethodField()
    currency = serializers.CharField()

    def get_always(self, cost: stays.HoursCost) -> str:
        return amount_text(cost.always)

    def get_scheduled(self, cost: stays.HoursCost) -> str:
        return amount_text(cost.scheduled)

    def get_saves(self, cost: stays.HoursCost) -> str:
        return amount_text(cost.always - cost.scheduled)


class StaySerializer(serializers.Serializer[Stay]):
    """`deployment` is the one that what stands comes from. `schedule_problem` says why a schedule is not
    acted on. `next_check_at` is null where nobody looks for drift unless asked."""

    id = serializers.UUIDField()
    design = serializers.UUIDField(source="design_id")
    cloud = serializers.UUIDField(source="cloud_id")
    cloud_name = serializers.CharField(source="cloud.name")
    expires_at = serializers.DateTimeField(allow_null=True)
    on_expiry = serializers.ChoiceField(choices=Stay.OnExpiry.values)
    expired = serializers.SerializerMethodField()
    expiry_plan = serializers.UUIDField(source="expiry_plan_id", allow_null=True)
    next_check_at = serializers.SerializerMethodField()
    hours_cost = serializers.SerializerMethodField()
    schedule_problem = serializers.SerializerMethodField()
    next_change = serializers.SerializerMethodField()
    deployment = serializers.SerializerMethodField()
    drift = serializers.SerializerMethodField()
    resources = serializers.SerializerMethodField()

    def get_expired(self, stay: Stay) -> bool:
        return stay.expires_at is not None and stay.expires_at <= timezone.now()

    @extend_schema_field(serializers.DateTimeField(allow_null=True))
    def get_next_check_at(self, stay: Stay) -> datetime | None:
        return stay.next_check_at if settings.DRIFT_CHECK_MINUTES else None

    @extend_schema_field(HoursCostSerializer(allow_null=True))
    def get_hours_cost(self, stay: Stay) -> Any:
        cost = stays.cost_of_hours(stay)
        return None if cost is None else HoursCostSerializer(cost).data

    def get_schedule_problem(self, stay: Stay) -> str:
        return stays.schedule_problem(stay.design.document)

    @extend_schema_field(NextChangeSerializer(allow_null=True))
    def get_next_change(self, stay: Stay) -> dict[str, Any] | None:
        change = stays.next_change_of(stay, timezone.now())
        return None if change is None else {"at": change.at, "on": change.on}

    @extend_schema_field(serializers.UUIDField(allow_null=True))
    def get_deployment(self, stay: Stay) -> str | None:
        standing = selectors.find_standing(stay.design, stay.cloud)
        return None if standing is None else str(standing.id)

    @extend_schema_field(DriftReportShortSerializer(allow_null=True))
    def get_drift(self, stay: Stay) -> Any:
        """The newest look, answered or not; none of those before the last change."""
        report = selectors.find_newest_look(stay.design, stay.cloud)
        return None if report is None else DriftReportShortSerializer(report).data

    @extend_schema_field(RunningResourceSerializer(many=True))
    def get_resources(self, stay: Stay) -> Any:
        rows = Resource.objects.filter(design=stay.design, account=stay.cloud, kind__in=VERBS)
        rows = rows.order_by("name", "key")
        return RunningResourceSerializer(list(rows), many=True).data  # type: ignore[arg-type]


class ChangeStaySerializer(serializers.Serializer[Any]):
    expires_at = serializers.DateTimeField(allow_null=True, help_text="null takes the end away")
    on_expiry = serializers.ChoiceField(choices=Stay.OnExpiry.values, required=False)


class ExtendSerializer(serializers.Serializer[Any]):
    days = serializers.IntegerField(min_value=1, max_value=366, default=30)


class ResizeSerializer(serializers.Serializer[Any]):
    """Servers take a flavor of the cloud, a volume a size that is larger than the one it has."""

    component = serializers.CharField(max_length=200)
    flavor = serializers.CharField(required=False, max_length=200)
    size_gib = serializers.IntegerField(required=False, min_value=1, max_value=1_000_000)

    def validate(self, data: dict[str, Any]) -> dict[str, Any]:
        if ("flavor" in data) == ("size_gib" in data):
            raise serializers.ValidationError("Say a flavor, or a size in GiB.")
        return data


class OperationSerializer(serializers.Serializer[Operation]):
    id = serializers.UUIDField()
    cloud = serializers.UUIDField(source="cloud_id")
    key = serializers.CharField()
    kind = serializers.CharField()
    component = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    verb = serializers.ChoiceField(choices=choices(Verb))
    status = serializers.ChoiceField(choices=choices(OperationStatus))
    by_schedule = serializers.BooleanField()
    attempt = serializers.IntegerField()
    error = serializers.CharField()
    created_at = serializers.DateTimeField()
    started_at = serializers.DateTimeField(allow_null=True)
    finished_at = serializers.DateTimeField(allow_null=True)


class NewOperationSerializer(serializers.Serializer[Any]):
    """Of one resource by its `key`, or of all of a `component` that take it."""

    design = serializers.CharField(max_length=100)
    cloud = serializers.CharField(max_length=100)
    verb = serializers.ChoiceField(choices=choices(Verb))
    component = serializers.CharField(required=False, max_length=200)
    key = serializers.CharField(required=False, max_length=400)

    def validate(self, data: dict[str, Any]) -> dict[str, Any]:
        if ("component" in data) == ("key" in data):
            raise serializers.ValidationError("Say a key, or a component.")
        return data


class SnapshotSerializer(serializers.Serializer[Snapshot]):
    id = serializers.UUIDField()
    cloud = serializers.UUIDField(source="account_id")
    key = serializers.CharField()
    kind = serializers.CharField(help_text="of what it was made of")
    component = serializers.CharField()
    name = serializers.CharField()
    cloud_id = serializers.CharField()
    size_gib = serializers.IntegerField(allow_null=True)
    monthly = serializers.SerializerMethodField(help_text="null where the price book has no price of it")
    currency = serializers.SerializerMethodField()
    created_at = serializers.DateTimeField()

    def get_monthly(self, snapshot: Snapshot) -> str | None:
        monthly = snapshot_monthly(snapshot.kind, snapshot.size_gib, book_of_today(snapshot.design))
        return None if monthly is None else amount_text(monthly)

    def get_currency(self, snapshot: Snapshot) -> str:
        return book_of_today(snapshot.design).currency


DESIGN = OpenApiParameter("design", str, description="only this design's")


class StayList(APIView):
    @extend_schema(parameters=[DESIGN], responses=StaySerializer(many=True))
    def get(self, request: Request) -> Response:
        rows = Stay.objects.visible_to(signed_in(request)).select_related("design", "cloud")
        if design_id := request.query_params.get("design"):
            design = get_design(signed_in(request), design_id)
            stays.keep_stays_of(design, timezone.now())
            rows = rows.filter(design=design)
        return Response(StaySerializer(list(rows), many=True).data)  # type: ignore[arg-type]


class StayDetail(APIView):
    @extend_schema(responses=StaySerializer)
    def get(self, request: Request, stay_id: str) -> Response:
        return Response(StaySerializer(selectors.get_stay(signed_in(request), stay_id)).data)

    @extend_schema(request=ChangeStaySerializer, responses=StaySerializer)
    def patch(self, request: Request, stay_id: str) -> Response:
        form = ChangeStaySerializer(data=request.data)
        form.is_valid(raise_exception=True)
        said = form.validated_data
        expires_at: datetime | None = said["expires_at"]
        stay = stays.set_expiry(
            selectors.get_stay(signed_in(request), stay_id),
            expires_at=expires_at,
            on_expiry=Stay.OnExpiry(said["on_expiry"]) if "on_expiry" in said else None,
        )
        return Response(StaySerializer(stay).data)


class StayExtend(APIView):
    @extend_schema(request=ExtendSerializer, responses=StaySerializer)
    def post(self, request: Request, stay_id: str) -> Response:
        form = ExtendSerializer(data=request.data or {})
        form.is_valid(raise_exception=True)
        stay = selectors.get_stay(signed_in(request), stay_id)
        return Response(StaySerializer(stays.extend(stay, days=form.validated_data["days"])).data)


class StayResize(APIView):
    @extend_schema(
        request=ResizeSerializer,
        responses={201: PlanSerializer},
        description="Edits the design and plans it. Nothing changes in the cloud until the plan is applied.",
    )
    def post(self, request: Request, stay_id: str) -> Response:
        form = ResizeSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        user = signed_in(request)
        stay = selectors.get_stay(user, stay_id)
        plan = plan_resize(stay.design, stay.cloud, created_by=user, **form.validated_data)
        said = PlanSerializer(plan, context={"user": user})
        return Response(said.data, status=status.HTTP_201_CREATED)


class OperationList(APIView):
    @extend_schema(
        parameters=[DESIGN],
        responses=OperationSerializer(many=True),
        description=f"Newest first, the last {MOST_OPERATIONS}.",
    )
    def get(self, request: Request) -> Response:
        rows = Operation.objects.visible_to(signed_in(request))
        if design_id := request.query_params.get("design"):
            rows = rows.filter(design=get_design(signed_in(request), design_id))
        return Response(OperationSerializer(rows[:MOST_OPERATIONS], many=True).data)  # type: ignore[arg-type]

    @extend_schema(request=NewOperationSerializer, responses={202: OperationSerializer(many=True)})
    def post(self, request: Request) -> Response:
        form = NewOperationSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        said, user = form.validated_data, signed_in(request)
        made = operations.request_operation(
            get_design(user, said["design"]),
            selectors.get_cloud(user, said["cloud"]),
            Verb(said["verb"]),
            component=said.get("component", ""),
            key=said.get("key", ""),
            created_by=user,
        )
        return Response(OperationSerializer(made, many=True).data, status.HTTP_202_ACCEPTED)  # type: ignore[arg-type]


class SnapshotList(APIView):
    @extend_schema(parameters=[DESIGN], responses=SnapshotSerializer(many=True))
    def get(self, request: Request) -> Response:
        rows = Snapshot.objects.visible_to(signed_in(request)).select_related("design")
        if design_id := request.query_params.get("design"):
            rows = rows.filter(design=get_design(signed_in(request), design_id))
        return Response(SnapshotSerializer(list(rows), many=True).data)  # type: ignore[arg-type]


class SnapshotDetail(APIView):
    @extend_schema(responses={204: None}, description="Removes it from the cloud.")
    def delete(self, request: Request, snapshot_id: str) -> Response:
        operations.remove_snapshot(selectors.get_snapshot(signed_in(request), snapshot_id))
        return Response(status=status.HTTP_204_NO_CONTENT)

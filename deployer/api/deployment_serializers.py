"""Deployments as JSON, and what it takes to begin one."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from catalog.domain.money import amount_text
from deployer.api.shared import ACTIONS, choices
from deployer.domain.states import ComponentStatus, DeploymentStatus, RunStatus
from deployer.models import (
    Deployment,
    DeploymentEvent,
    Plan,
    Resource,
    StepRun,
)


class ApplySerializer(serializers.Serializer[Any]):
    on_failure = serializers.ChoiceField(
        choices=Deployment.OnFailure.values,
        default=Deployment.OnFailure.KEEP,
        help_text="when a step fails: keep what stands, or roll back what this deployment made",
    )
    confirm = serializers.ListField(
        child=serializers.CharField(max_length=40),
        default=list,
        max_length=20,
        help_text="names of the plan's checks that are `to_confirm`: `data` for a plan that destroys data",
    )
    remove_snapshots = serializers.BooleanField(
        default=False, help_text="of a destroy: also the snapshots that were made of what goes"
    )


class OnFailureSerializer(serializers.Serializer[Any]):
    on_failure = serializers.ChoiceField(choices=Deployment.OnFailure.values)


class AppliedSerializer(serializers.Serializer[Any]):
    deployment = serializers.UUIDField()


class DeploymentCostSerializer(serializers.Serializer[Any]):
    now = serializers.CharField()
    after = serializers.CharField()
    currency = serializers.CharField()


class DeploymentShortSerializer(serializers.Serializer[Deployment]):
    id = serializers.UUIDField()
    plan = serializers.UUIDField(source="plan_id")
    design = serializers.UUIDField(source="design_id")
    revision = serializers.IntegerField(source="plan.revision.number")
    cloud = serializers.UUIDField(source="cloud_id")
    cloud_name = serializers.CharField(source="cloud.name")
    intent = serializers.ChoiceField(choices=Plan.Intent.values, source="plan.intent")
    is_rollback = serializers.BooleanField(source="plan.is_rollback")
    status = serializers.ChoiceField(choices=choices(DeploymentStatus))
    rolled_back = serializers.BooleanField(help_text="something failed, and it was taken back")
    started_at = serializers.DateTimeField(allow_null=True)
    finished_at = serializers.DateTimeField(allow_null=True)
    created_at = serializers.DateTimeField()
    created_by = serializers.CharField(source="created_by.username", default=None, allow_null=True)
    cost = serializers.SerializerMethodField()

    @extend_schema_field(DeploymentCostSerializer)
    def get_cost(self, deployment: Deployment) -> dict[str, str]:
        plan = deployment.plan
        return {
            "now": amount_text(plan.monthly_now),
            "after": amount_text(plan.monthly_after),
            "currency": plan.currency,
        }


class DeploymentStepSerializer(serializers.Serializer[StepRun]):
    key = serializers.CharField()
    kind = serializers.CharField()
    component = serializers.CharField(source="step.component")
    region = serializers.CharField()
    label = serializers.CharField(source="step.label")  # type: ignore[assignment]
    action = serializers.ChoiceField(choices=ACTIONS)
    status = serializers.ChoiceField(choices=choices(RunStatus))
    attempt = serializers.IntegerField()
    error = serializers.SerializerMethodField()
    next_try_at = serializers.SerializerMethodField()
    started_at = serializers.DateTimeField(allow_null=True)
    finished_at = serializers.DateTimeField(allow_null=True)

    def get_error(self, run: StepRun) -> str | None:
        return run.error or None

    @extend_schema_field(serializers.DateTimeField(allow_null=True))
    def get_next_try_at(self, run: StepRun) -> Any:
        """Only of a run that was refused; when a running one is looked at next is nobody's business."""
        return run.next_try_at if run.status == RunStatus.RETRYING else None


class LiveResourceSerializer(serializers.ModelSerializer[Resource]):
    address = serializers.SerializerMethodField()

    class Meta:
        model = Resource
        fields = ["key", "kind", "component", "region", "name", "cloud_id", "address", "status"]

    def get_address(self, resource: Resource) -> str | None:
        return resource.outputs.get("address")


class ComponentStateSerializer(serializers.Serializer[Any]):
    status = serializers.ChoiceField(choices=choices(ComponentStatus))
    done = serializers.IntegerField()
    total = serializers.IntegerField()
    detail = serializers.CharField()


class EventSerializer(serializers.ModelSerializer[DeploymentEvent]):
    level = serializers.ChoiceField(choices=DeploymentEvent.Level.values)
    key = serializers.SerializerMethodField()

    class Meta:
        model = DeploymentEvent
        fields = ["at", "level", "key", "text"]

    def get_key(self, event: DeploymentEvent) -> str | None:
        return event.key or None


class LeftoverSerializer(serializers.Serializer[Any]):
    kind = serializers.CharField()
    name = serializers.CharField()
    cloud_id = serializers.CharField()
    region = serializers.CharField(default="")


class ResidueSerializer(serializers.Serializer[Any]):
    clean = serializers.BooleanField()
    checked_at = serializers.DateTimeField()
    left = LeftoverSerializer(many=True)
    detail = serializers.CharField()


class WaitsForSerializer(serializers.Serializer[Deployment]):
    id = serializers.UUIDField()
    intent = serializers.ChoiceField(choices=Plan.Intent.values, source="plan.intent")
    revision = serializers.IntegerField(source="plan.revision.number")
    status = serializers.ChoiceField(choices=choices(DeploymentStatus))


class DeploymentSerializer(DeploymentShortSerializer):
    """Everything that the screen of a running deployment shows, in one answer."""

    on_failure = serializers.ChoiceField(choices=Deployment.OnFailure.values)
    waits_for = WaitsForSerializer(
        many=True,
        source="progress.waits_for",
        help_text="deployments of the same design before it in the queue, the next to end first",
    )
    reason = serializers.CharField(help_text="why it still waits, or ended before its first step")
    stalled = serializers.CharField(
        source="progress.stalled", help_text="that nobody takes what is due, and what to do; else empty"
    )
    can_retry = serializers.BooleanField(source="progress.can_retry")
    can_roll_back = serializers.BooleanField(source="progress.can_roll_back")
    steps = DeploymentStepSerializer(many=True, source="progress.runs")
    resources = LiveResourceSerializer(many=True, source="progress.resources")
    components = serializers.DictField(child=ComponentStateSerializer(), source="progress.components")
    events = EventSerializer(many=True, source="progress.events")
    residue = ResidueSerializer(allow_null=True)

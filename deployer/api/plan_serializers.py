"""Plans as JSON."""

from decimal import Decimal
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from catalog.domain.money import amount_text
from deployer.api.shared import ACTIONS, amount, choices
from deployer.domain.preflight import CheckStatus
from deployer.domain.regions import Because
from deployer.models import (
    APPROVE,
    Approval,
    Plan,
    Step,
)
from estimator.selectors import acceptance_of


class NewPlanSerializer(serializers.Serializer[Any]):
    design = serializers.CharField(
        max_length=100, required=False, help_text="not needed with `proposal`, which names its own"
    )
    cloud = serializers.CharField(max_length=100)
    intent = serializers.ChoiceField(choices=Plan.Intent.values)
    regions = serializers.DictField(
        child=serializers.CharField(max_length=100),
        required=False,
        help_text="Which region of the cloud takes each drawn one; chosen for those that are left out. "
        "The empty name is what stands in no drawn region.",
    )
    revision = serializers.IntegerField(
        required=False,
        min_value=1,
        help_text="an earlier revision to go back to; without it, the design as it is drawn now",
    )

    as_one_stack = serializers.BooleanField(
        default=False, help_text="Heat makes it as one stack; what stands as one stays one without this"
    )
    proposal = serializers.CharField(
        max_length=36, required=False, help_text="deploys what its customer accepted, and nothing else"
    )

    def validate(self, data: dict[str, Any]) -> dict[str, Any]:
        if ("proposal" in data) == ("design" in data):
            raise serializers.ValidationError("Name a design, or the proposal whose accepted option it is.")
        if "proposal" in data and ("revision" in data or data["intent"] != Plan.Intent.DEPLOY):
            raise serializers.ValidationError(
                {"proposal": "What a customer accepted is one revision, and it is deployed."}
            )
        if "revision" in data and data["intent"] == Plan.Intent.DESTROY:
            raise serializers.ValidationError(
                {"revision": "Destroying removes whatever stands there, so it takes no revision."}
            )
        return data


class RegionChoiceSerializer(serializers.Serializer[Any]):
    """One drawn region, empty for what stands in none, the cloud's region that takes it, and why that one."""

    drawn = serializers.CharField(allow_blank=True)
    region = serializers.CharField(allow_blank=True)
    because = serializers.ChoiceField(choices=choices(Because))


class RegionsSerializer(serializers.Serializer[Any]):
    offered = serializers.ListField(child=serializers.CharField(), help_text="the cloud's, its default first")
    choices = RegionChoiceSerializer(many=True)


class PlanCostSerializer(serializers.Serializer[Any]):
    """Per month, as decimal texts."""

    now = serializers.CharField()
    change = serializers.CharField()
    after = serializers.CharField()
    unpriced = serializers.IntegerField(help_text="lines of `after` that the price book has no price for")


class PriceThenSerializer(serializers.Serializer[Any]):
    """What a revision cost a month when it was deployed last."""

    monthly = serializers.SerializerMethodField()
    currency = serializers.CharField()
    price_book_title = serializers.CharField()
    price_book_version = serializers.IntegerField(allow_null=True)
    at = serializers.DateTimeField()
    deployment = serializers.UUIDField()

    def get_monthly(self, then: dict[str, Any]) -> str:
        return amount_text(Decimal(then["monthly"]))


class CountsSerializer(serializers.Serializer[Any]):
    create = serializers.IntegerField()  # type: ignore[assignment]
    update = serializers.IntegerField()  # type: ignore[assignment]
    replace = serializers.IntegerField()
    delete = serializers.IntegerField()
    nothing = serializers.IntegerField()


class PlanStepSerializer(serializers.ModelSerializer[Step]):
    action = serializers.ChoiceField(choices=ACTIONS)
    note = serializers.SerializerMethodField()
    monthly_change = serializers.SerializerMethodField()

    class Meta:
        model = Step
        fields = ["key", "kind", "component", "region", "label", "action", "reason", "note", "monthly_change"]

    def get_note(self, step: Step) -> str | None:
        return step.note or None

    def get_monthly_change(self, step: Step) -> str | None:
        return amount(step.monthly_change)


class ByHandSerializer(serializers.Serializer[Any]):
    key = serializers.CharField()
    component = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    how = serializers.CharField()
    monthly = serializers.CharField(allow_null=True)


class PreflightCheckSerializer(serializers.Serializer[Any]):
    check = serializers.CharField()
    status = serializers.ChoiceField(choices=choices(CheckStatus))
    summary = serializers.CharField()
    detail = serializers.CharField()
    region = serializers.CharField(default="", help_text="empty where it holds for every region")
    to_confirm = serializers.BooleanField(
        default=False, help_text="applied only with this check's name in `confirm`"
    )


class QuotaProjectionSerializer(serializers.Serializer[Any]):
    """Below zero in `plan` gives back. RAM in MiB, `gigabytes` in GiB."""

    region = serializers.CharField(help_text="empty in a cloud of one region")
    name = serializers.CharField()
    title = serializers.CharField()
    limit = serializers.IntegerField()
    used = serializers.IntegerField()
    plan = serializers.IntegerField()
    others = serializers.IntegerField(help_text="what other deployments that run or wait will take")
    left = serializers.IntegerField()


class ApprovalSerializer(serializers.Serializer[Approval]):
    is_approved = serializers.BooleanField()
    note = serializers.CharField()
    decided_by = serializers.CharField(source="decided_by_name")
    decided_at = serializers.DateTimeField()


class PlanShortSerializer(serializers.Serializer[Plan]):
    """A row of a list of plans."""

    id = serializers.UUIDField()
    design = serializers.UUIDField(source="revision.design_id")
    design_name = serializers.CharField(source="revision.design.name")
    revision = serializers.IntegerField(source="revision.number")
    cloud = serializers.UUIDField(source="cloud_id")
    cloud_name = serializers.CharField(source="cloud.name")
    intent = serializers.ChoiceField(choices=Plan.Intent.values)
    status = serializers.ChoiceField(choices=Plan.Status.values)
    expires_at = serializers.DateTimeField()
    is_rollback = serializers.BooleanField()
    as_one_stack = serializers.BooleanField()
    created_at = serializers.DateTimeField()
    created_by = serializers.CharField(source="created_by.username", default=None, allow_null=True)
    applied_at = serializers.DateTimeField(allow_null=True)
    deployment = serializers.SerializerMethodField()
    currency = serializers.CharField()
    cost = serializers.SerializerMethodField()
    counts = serializers.SerializerMethodField()
    approval_reason = serializers.CharField(
        help_text="why somebody else has to approve; empty: nobody has to"
    )
    approval = ApprovalSerializer(source="decision", allow_null=True)

    @extend_schema_field(PlanCostSerializer)
    def get_cost(self, plan: Plan) -> dict[str, str | int]:
        return {
            "unpriced": plan.unpriced,
            "now": amount_text(plan.monthly_now),
            "change": amount_text(plan.monthly_after - plan.monthly_now),
            "after": amount_text(plan.monthly_after),
        }

    @extend_schema_field(CountsSerializer)
    def get_counts(self, plan: Plan) -> dict[str, int]:
        actions = [step.action for step in plan.steps.all()]
        return {action: actions.count(action) for action in ACTIONS}

    @extend_schema_field(serializers.UUIDField(allow_null=True))
    def get_deployment(self, plan: Plan) -> str | None:
        deployment = getattr(plan, "deployment", None)
        return None if deployment is None else str(deployment.id)


class AcceptedSerializer(serializers.Serializer[Any]):
    """The customer's word on exactly the plan's revision."""

    proposal = serializers.UUIDField(source="proposal_id")
    number = serializers.CharField(source="proposal.__str__")
    version = serializers.IntegerField(source="version.number")
    option = serializers.CharField(source="letter")
    content_hash = serializers.CharField()
    name = serializers.CharField()
    at = serializers.DateTimeField()


class PlanSerializer(PlanShortSerializer):
    """`can_apply` and `can_decide` are about whoever asks."""

    fingerprint = serializers.CharField()
    regions = RegionChoiceSerializer(many=True)
    price_book = serializers.CharField()
    price_book_title = serializers.CharField()
    price_book_version = serializers.IntegerField(allow_null=True)
    then = PriceThenSerializer(allow_null=True)
    steps = PlanStepSerializer(many=True)
    by_hand = serializers.SerializerMethodField()
    preflight = PreflightCheckSerializer(many=True)
    quotas = QuotaProjectionSerializer(many=True)
    can_apply = serializers.SerializerMethodField()
    can_decide = serializers.SerializerMethodField()
    accepted = serializers.SerializerMethodField()

    @extend_schema_field(AcceptedSerializer(allow_null=True))
    def get_accepted(self, plan: Plan) -> dict[str, Any] | None:
        found = acceptance_of(plan.revision) if plan.intent == Plan.Intent.DEPLOY else None
        return None if found is None else dict(AcceptedSerializer(found).data)

    @extend_schema_field(ByHandSerializer(many=True))
    def get_by_hand(self, plan: Plan) -> list[dict[str, Any]]:
        return [
            {
                "key": one["key"],
                "component": one["component"],
                "label": one["label"],
                "how": one["how"],
                "monthly": None if one["monthly"] is None else amount_text(Decimal(one["monthly"])),
            }
            for one in plan.externals
            if one["by_hand"]
        ]

    def get_can_apply(self, plan: Plan) -> bool:
        is_own = plan.revision.design.owner_id == self.context["user"].pk
        return is_own and plan.status == Plan.Status.READY and not plan.failed_checks

    def get_can_decide(self, plan: Plan) -> bool:
        user = self.context["user"]
        may = user.has_perm(APPROVE) and plan.created_by_id not in (None, user.pk)
        return may and plan.status == Plan.Status.AWAITING_APPROVAL

"""Clouds, plans and deployments as JSON. Credentials are only ever read here, never written out."""

from decimal import Decimal
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from catalog.domain.money import amount_text
from deployer.domain.cloud import CloudProfile
from deployer.domain.plan import Action
from deployer.domain.preflight import CheckStatus
from deployer.domain.regions import Because
from deployer.domain.states import ComponentStatus, DeploymentStatus, RunStatus
from deployer.models import (
    APPROVE,
    Approval,
    Cloud,
    CloudRegion,
    Deployment,
    DeploymentEvent,
    Plan,
    Resource,
    Step,
    StepRun,
)
from deployer.services import clouds
from estimator.models import is_currency
from estimator.selectors import acceptance_of

ACTIONS = [action.value for action in Action]


def choices(values: Any) -> list[str]:
    return [value.value for value in values]


def amount(value: Decimal | None) -> str | None:
    return None if value is None else amount_text(value)


# --- clouds -----------------------------------------------------------------------------------


class CredentialSerializer(serializers.Serializer[Any]):
    """Either a pasted clouds.yaml, with an entry's name if it has several, or an application credential."""

    clouds_yaml = serializers.CharField(required=False, max_length=20_000, trim_whitespace=False)
    entry = serializers.CharField(required=False, max_length=200)
    auth_url = serializers.CharField(required=False, max_length=500)
    region = serializers.CharField(required=False, max_length=100, allow_blank=True, default="")
    application_credential_id = serializers.CharField(required=False, max_length=100)
    application_credential_secret = serializers.CharField(
        required=False, max_length=500, trim_whitespace=False, style={"input_type": "password"}
    )

    needs_credential = True

    def validate(self, data: dict[str, Any]) -> dict[str, Any]:
        needed = ("auth_url", "application_credential_id", "application_credential_secret")
        some = "clouds_yaml" in data or any(name in data for name in needed)
        if not some and not self.needs_credential:
            return data
        if "clouds_yaml" not in data and not all(name in data for name in needed):
            raise serializers.ValidationError(
                "Send a clouds.yaml, or an address with an application credential's id and secret."
            )
        return data

    def credential(self) -> dict[str, Any] | None:
        """As it is kept. Raises: CloudsYamlInvalid."""
        said = self.validated_data
        if "clouds_yaml" in said:
            return clouds.read_pasted(said["clouds_yaml"], said.get("entry"))
        if "auth_url" not in said:
            return None
        return clouds.read_application_credential(
            said["auth_url"],
            said["region"],
            said["application_credential_id"],
            said["application_credential_secret"],
        )


class NewCloudSerializer(CredentialSerializer):
    name = serializers.CharField(max_length=100)


class ChangedCloudSerializer(CredentialSerializer):
    """Another name, another credential, or both."""

    name = serializers.CharField(max_length=100, required=False)
    needs_credential = False


class PastedSerializer(serializers.Serializer[Any]):
    clouds_yaml = serializers.CharField(max_length=20_000, trim_whitespace=False)


class EntrySerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    auth_url = serializers.CharField()
    region = serializers.CharField()
    problem = serializers.CharField(help_text="why this entry cannot be used; empty when it can")


class FlavorSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    vcpus = serializers.IntegerField()
    ram_gib = serializers.FloatField()
    disk_gib = serializers.IntegerField()


class QuotaSerializer(serializers.Serializer[Any]):
    limit = serializers.IntegerField(help_text="-1 is no limit")
    used = serializers.IntegerField()


class ProfileSerializer(serializers.Serializer[Any]):
    services = serializers.ListField(child=serializers.CharField())
    flavors = FlavorSerializer(many=True)
    images = serializers.ListField(child=serializers.CharField())
    availability_zones = serializers.ListField(child=serializers.CharField())
    external_networks = serializers.ListField(child=serializers.CharField())
    volume_types = serializers.ListField(child=serializers.CharField())
    quotas = serializers.DictField(child=QuotaSerializer())


class CloudRegionSerializer(serializers.ModelSerializer[CloudRegion]):
    profile = serializers.SerializerMethodField()

    class Meta:
        model = CloudRegion
        fields = ["name", "detail", "read_at", "profile"]

    @extend_schema_field(ProfileSerializer)
    def get_profile(self, region: CloudRegion) -> dict[str, Any]:
        return profile_facts(region.profile)


class TriedCloudSerializer(serializers.ModelSerializer[Cloud]):
    """What a credential opens, before it is kept."""

    project = serializers.CharField()
    regions = CloudRegionSerializer(many=True)

    class Meta:
        model = Cloud
        fields = ["auth_url", "region", "project", "regions"]


class CloudSerializer(serializers.ModelSerializer[Cloud]):
    """`region` and `profile` are the default region's; `regions` has them all, that one first."""

    status = serializers.ChoiceField(choices=Cloud.Status.values, read_only=True)
    project = serializers.CharField(source="profile.project", read_only=True)
    profile = serializers.SerializerMethodField()
    regions = CloudRegionSerializer(many=True)

    class Meta:
        model = Cloud
        fields = [
            "id",
            "name",
            "auth_url",
            "project",
            "region",
            "status",
            "detail",
            "checked_at",
            "profile",
            "regions",
        ]

    @extend_schema_field(ProfileSerializer)
    def get_profile(self, cloud: Cloud) -> dict[str, Any]:
        return profile_facts(cloud.profile)


def profile_facts(profile: CloudProfile) -> dict[str, Any]:
    """What people are told of it, without the cloud's ids."""
    flavors = [
        {"name": one.name, "vcpus": one.vcpus, "ram_gib": one.ram_mib / 1024, "disk_gib": one.disk_gib}
        for one in sorted(profile.flavors, key=lambda one: (one.ram_mib, one.vcpus, one.name))
    ]
    return {
        "services": sorted(profile.services),
        "flavors": flavors,
        "images": sorted(one.name for one in profile.images),
        "availability_zones": list(profile.zones),
        "external_networks": [one.name for one in profile.external_networks],
        "volume_types": list(profile.volume_types),
        "quotas": {name: vars(quota) for name, quota in profile.quotas.items()},
    }


# --- plans ------------------------------------------------------------------------------------


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
    def get_cost(self, plan: Plan) -> dict[str, str]:
        return {
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


class DecisionSerializer(serializers.Serializer[Any]):
    note = serializers.CharField(required=False, allow_blank=True, default="", max_length=2000)


class ApproverSerializer(serializers.Serializer[Any]):
    username = serializers.CharField()
    name = serializers.SerializerMethodField()

    def get_name(self, user: Any) -> str:
        return str(user.get_full_name() or user.get_username())


class ApprovalRuleSerializer(serializers.Serializer[Any]):
    """`may_approve` and `may_change` are about whoever asks."""

    monthly_above = serializers.CharField(allow_null=True, help_text="null: no plan needs an approval")
    currency = serializers.CharField()
    approvers = ApproverSerializer(many=True)
    changed_by = serializers.CharField(allow_null=True)
    changed_at = serializers.DateTimeField(allow_null=True)
    may_approve = serializers.BooleanField()
    may_change = serializers.BooleanField()


class NewApprovalRuleSerializer(serializers.Serializer[Any]):
    monthly_above = serializers.DecimalField(max_digits=14, decimal_places=2, min_value=0, allow_null=True)
    currency = serializers.CharField(max_length=3, validators=[is_currency])
    approvers = serializers.ListField(
        child=serializers.CharField(max_length=150),
        required=False,
        max_length=200,
        help_text="user names of the group of approvers; left out, the group stays as it is",
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


# --- deployments ------------------------------------------------------------------------------


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
    can_retry = serializers.BooleanField(source="progress.can_retry")
    can_roll_back = serializers.BooleanField(source="progress.can_roll_back")
    steps = DeploymentStepSerializer(many=True, source="progress.runs")
    resources = LiveResourceSerializer(many=True, source="progress.resources")
    components = serializers.DictField(child=ComponentStateSerializer(), source="progress.components")
    events = EventSerializer(many=True, source="progress.events")
    residue = ResidueSerializer(allow_null=True)

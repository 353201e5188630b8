"""Clouds, plans, deployments, and the record of what stands where."""

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from catalog.errors import PriceBookNotFound
from catalog.selectors import get_price_book
from deployer.credentials import decrypt, encrypt
from deployer.domain.approval import Limit, MonthlyCost
from deployer.domain.cloud import CloudProfile, LiveStatus
from deployer.domain.plan import Action, PlannedStep, Recorded
from deployer.domain.regions import Because, RegionChoice
from deployer.domain.retries import CLOCK_TOLERANCE_SECONDS
from deployer.domain.runs import run_name
from deployer.domain.states import ACTIVE_DEPLOYMENTS, AT_WORK, FARTHEST, DeploymentStatus, RunStatus
from deployer.models.drift import DriftIgnore, DriftReport
from deployer.models.operations import Operation, Snapshot
from deployer.models.stays import Stay
from designer.models import Design, DesignRevision
from designer.selectors import content_hash
from estimator.models import is_currency

APPROVE = "deployer.approve_plan"  # the permission

__all__ = [
    "Cloud",
    "Deployment",
    "DeploymentEvent",
    "DriftIgnore",
    "DriftReport",
    "Operation",
    "Plan",
    "Resource",
    "Snapshot",
    "Stay",
    "Step",
    "StepRun",
]


def _choices(values: Any) -> list[tuple[str, str]]:
    return [(value.value, value.value) for value in values]


def cascade_unless_running(collector: Any, field: Any, deployments: Any, using: str) -> None:
    """on_delete of a deployment: its story goes with its design, but not while it makes things in a cloud."""
    running = [one for one in deployments if one.status in ACTIVE_DEPLOYMENTS]
    if running:
        raise models.ProtectedError("A deployment is running.", set(running))
    models.CASCADE(collector, field, deployments, using)


class CloudQuerySet(models.QuerySet["Cloud"]):
    def visible_to(self, user: User) -> "CloudQuerySet":
        """The one place that decides whose cloud it is."""
        return self.filter(owner=user)


class Cloud(models.Model):
    """An account in an OpenStack. `sealed_credential` is a clouds.yaml entry, encrypted.

    `region` is its default one. What each region has is kept in `regions`, the default first.
    """

    class Status(models.TextChoices):
        READY = "ready"
        UNREACHABLE = "unreachable"
        REFUSED = "refused"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="clouds")
    name = models.CharField(max_length=100)
    auth_url = models.CharField(max_length=500)
    region = models.CharField(max_length=100, blank=True)
    sealed_credential = models.TextField()
    status = models.CharField(max_length=20, choices=Status.choices)
    detail = models.TextField(blank=True)
    checked_at = models.DateTimeField()
    created_at = models.DateTimeField(auto_now_add=True)

    objects = CloudQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="one_cloud_a_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def credential(self) -> dict[str, Any]:
        return decrypt(self.sealed_credential)

    @credential.setter
    def credential(self, value: dict[str, Any]) -> None:
        self.sealed_credential = encrypt(value)

    @property
    def profile(self) -> CloudProfile:
        """Of all its regions, the default in front."""
        return CloudProfile.of_regions({one.name: one.profile for one in self.regions.all()})

    @property
    def region_names(self) -> list[str]:
        """The default first. Of a cloud that does not name its regions, the one without a name."""
        return [one.name for one in self.regions.all()] or [self.region]


class CloudRegion(models.Model):
    """A region of a cloud and what it has to offer, as it was last read. `detail` says why it was not."""

    cloud = models.ForeignKey(Cloud, on_delete=models.CASCADE, related_name="regions")
    name = models.CharField(max_length=100, blank=True)
    position = models.PositiveIntegerField(default=0)
    profile_json = models.JSONField(default=dict)
    detail = models.TextField(blank=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["cloud", "name"], name="one_region_a_name")]

    def __str__(self) -> str:
        return self.name or "its only region"

    @property
    def profile(self) -> CloudProfile:
        return CloudProfile.from_json(self.profile_json)


class ApprovalRule(models.Model):
    """Above what cost a month somebody else has to approve a plan. One row, or none: nobody has to then."""

    monthly_above = models.DecimalField(
        max_digits=14, decimal_places=2, null=True, blank=True, help_text="Empty: no plan needs an approval."
    )
    currency = models.CharField(max_length=3, default="EUR", validators=[is_currency])
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, editable=False, related_name="+"
    )
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="one_approval_rule"),
            models.CheckConstraint(
                condition=Q(monthly_above=None) | Q(monthly_above__gte=0), name="an_approval_limit_is_no_debt"
            ),
        ]

    def __str__(self) -> str:
        return str(self.limit) if self.limit else "no limit"

    @property
    def limit(self) -> Limit | None:
        return None if self.monthly_above is None else Limit(self.monthly_above, self.currency)


class PlanQuerySet(models.QuerySet["Plan"]):
    def visible_to(self, user: User) -> "PlanQuerySet":
        """Whoever may see the design may see its plans; those who approve see what needs an approval."""
        own = Q(revision__design__owner=user)
        return self.filter(own | ~Q(approval_reason="") if user.has_perm(APPROVE) else own)

    def of(self, user: User) -> "PlanQuerySet":
        """Those that somebody may apply: seeing a plan in order to approve it is not enough."""
        return self.filter(revision__design__owner=user)

    def undecided(self, now: datetime) -> "PlanQuerySet":
        """Those that may still wait for an approval, as far as the database can tell."""
        fresh = self.filter(applied_at=None, created_at__gt=now - Plan.LIFETIME_WITH_APPROVAL)
        return fresh.exclude(approval_reason="").filter(approval=None)

    def claim(self, plan: "Plan", now: datetime) -> bool:
        """Take a plan to apply it. False when somebody was first."""
        return self.filter(id=plan.id, applied_at=None).update(applied_at=now) == 1


class Plan(models.Model):
    """What a deployment would do, with its price. Its contents are made once and never edited."""

    class Intent(models.TextChoices):
        DEPLOY = "deploy"
        DESTROY = "destroy"
        REPAIR = "repair"

    class Status(models.TextChoices):
        READY = "ready"
        AWAITING_APPROVAL = "awaiting_approval"
        DECLINED = "declined"
        APPLIED = "applied"
        OUTDATED = "outdated"
        EXPIRED = "expired"

    LIFETIME = timedelta(minutes=30)
    # Somebody else has to find the time; what it was made from is compared again when it is applied.
    LIFETIME_WITH_APPROVAL = timedelta(days=7)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    revision = models.ForeignKey(DesignRevision, on_delete=models.CASCADE, related_name="plans")
    cloud = models.ForeignKey(Cloud, on_delete=models.CASCADE, related_name="plans")
    intent = models.CharField(max_length=10, choices=Intent.choices)
    fingerprint = models.CharField(max_length=64)
    regions = models.JSONField(default=list)  # where each drawn one goes: [{drawn, region, because}]
    price_book = models.CharField(max_length=100)
    currency = models.CharField(max_length=3)
    # The book as it was: it may have another title, or be gone, when the plan is read again.
    price_book_title = models.CharField(max_length=200, blank=True)
    price_book_version = models.PositiveIntegerField(null=True)
    price_period = models.PositiveIntegerField(default=0)
    # Leads back to a revision saved before, so what is drawn meanwhile does not outdate it.
    is_rollback = models.BooleanField(default=False)
    as_one_stack = models.BooleanField(default=False)  # Heat makes it (deployer.domain.stacking)
    # What that revision cost when it was deployed last; see services.planning.price_then. None: never was.
    then = models.JSONField(null=True)
    monthly_now = models.DecimalField(max_digits=20, decimal_places=6)
    monthly_after = models.DecimalField(max_digits=20, decimal_places=6)
    # What no cloud creates: [{key, component, label, how, by_hand, monthly, properties, needs}]
    externals = models.JSONField(default=list)
    preflight = models.JSONField(default=list)  # [{check, status, summary, detail, to_confirm}]
    # Why somebody else has to approve it, by the rule of the day it was made; empty: nobody has to.
    approval_reason = models.TextField(blank=True)
    unpriced = models.PositiveIntegerField(default=0)  # lines without a price
    quotas = models.JSONField(default=list)  # [{region, name, title, limit, used, plan, others, left}]
    # The plan that somebody applied, where this one was made of it when its turn in the queue came.
    renews = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="renewals")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)
    created_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True)

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        permissions = [("approve_plan", "May approve plans above the organisation's limit")]

    def __str__(self) -> str:
        return f"{self.intent} plan {self.id}"

    @property
    def expires_at(self) -> datetime:
        return self.created_at + (self.LIFETIME_WITH_APPROVAL if self.approval_reason else self.LIFETIME)

    @property
    def cost(self) -> MonthlyCost:
        return MonthlyCost(self.monthly_now, self.monthly_after, self.currency, self.unpriced)

    @property
    def decision(self) -> "Approval | None":
        return getattr(self, "approval", None)

    @property
    def status(self) -> "Plan.Status":
        """As far as our own records tell; whether the cloud still is as it was shows when it is applied."""
        if self.applied_at is not None:
            return self.Status.APPLIED
        if timezone.now() > self.expires_at:
            return self.Status.EXPIRED
        if self._is_outdated:
            return self.Status.OUTDATED
        if self.decision is not None and not self.decision.is_approved:
            return self.Status.DECLINED
        if self.approval_reason and self.decision is None:
            return self.Status.AWAITING_APPROVAL
        return self.Status.READY

    @property
    def follows_drawing(self) -> bool:
        """Neither destroying nor going back to an earlier revision asks anything of what is drawn now."""
        return self.intent == self.Intent.DEPLOY and not self.is_rollback

    @property
    def _is_outdated(self) -> bool:
        design = self.revision.design
        deploys = self.intent == self.Intent.DEPLOY
        if self.follows_drawing and content_hash(design.document) != self.revision.content_hash:
            return True
        if deploys and (design.price_book != self.price_book or self._prices_have_changed):
            return True
        # Beside one that is at work this one would queue, and be looked at again.
        later = Deployment.objects.filter(
            design=design, cloud=self.cloud, created_at__gt=self.created_at, started_at__isnull=False
        )
        return later.exclude(status__in=ACTIVE_DEPLOYMENTS).exists()

    @property
    def _prices_have_changed(self) -> bool:
        try:
            book = get_price_book(self.price_book).on(timezone.localdate().isoformat())
        except PriceBookNotFound:
            return True
        return (book.version, book.period) != (self.price_book_version, self.price_period)

    @property
    def region_choices(self) -> list[RegionChoice]:
        return [RegionChoice(one["drawn"], one["region"], Because(one["because"])) for one in self.regions]

    @property
    def failed_checks(self) -> list[dict[str, Any]]:
        return [check for check in self.preflight if check["status"] == "failed"]

    @property
    def checks_to_confirm(self) -> list[dict[str, Any]]:
        """What is done only for somebody who says that they know."""
        return [check for check in self.preflight if check.get("to_confirm")]


class Approval(models.Model):
    """What somebody else said of a plan: once, for exactly the plan with this fingerprint."""

    plan = models.OneToOneField(Plan, on_delete=models.CASCADE, related_name="approval")
    fingerprint = models.CharField(max_length=64)
    is_approved = models.BooleanField()
    note = models.TextField(blank=True)
    # The name stays when the person's account goes.
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="approvals"
    )
    decided_by_name = models.CharField(max_length=200)
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ["-decided_at"]

    def __str__(self) -> str:
        return f"{'approved' if self.is_approved else 'declined'} by {self.decided_by_name}"


class Step(models.Model):
    """One action on one resource, with its reason."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveIntegerField()
    key = models.CharField(max_length=400)
    kind = models.CharField(max_length=40)
    component = models.CharField(max_length=200)
    region = models.CharField(max_length=100, blank=True)
    old_region = models.CharField(max_length=100, blank=True)
    label = models.CharField(max_length=250)
    action = models.CharField(max_length=10, choices=_choices(Action))
    reason = models.TextField()
    note = models.TextField(blank=True)
    properties = models.JSONField(default=dict)
    matched = models.JSONField(default=dict)
    changed = models.JSONField(default=list)
    needs = models.JSONField(default=list)
    old_needs = models.JSONField(default=list)
    cloud_id = models.CharField(max_length=400, blank=True)
    takes = models.JSONField(default=dict)  # what it adds to each quota, below zero where it gives back
    monthly_change = models.DecimalField(max_digits=20, decimal_places=6, null=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["plan", "key"], name="one_step_a_key")]

    def __str__(self) -> str:
        return f"{self.action} {self.key}"

    @classmethod
    def of(
        cls,
        plan: Plan,
        position: int,
        step: PlannedStep,
        *,
        takes: Mapping[str, int] | None = None,
        monthly_change: Decimal | None = None,
    ) -> "Step":
        """A row for a planned step, not saved yet."""
        return cls(
            plan=plan,
            position=position,
            key=step.key,
            kind=step.kind,
            component=step.component,
            region=step.region,
            old_region=step.old_region,
            label=step.label[:250],
            action=step.action,
            reason=step.reason,
            note=step.note,
            properties=step.properties,
            matched=dict(step.matched),
            changed=sorted(step.changed),
            needs=list(step.needs),
            old_needs=list(step.old_needs),
            cloud_id=step.cloud_id,
            takes=dict(takes or {}),
            monthly_change=monthly_change,
        )

    def planned(self) -> PlannedStep:
        return PlannedStep(
            key=self.key,
            kind=self.kind,
            component=self.component,
            label=self.label,
            action=Action(self.action),
            reason=self.reason,
            note=self.note,
            properties=self.properties,
            matched=self.matched,
            changed=frozenset(self.changed),
            needs=tuple(self.needs),
            old_needs=tuple(self.old_needs),
            cloud_id=self.cloud_id,
            region=self.region,
            old_region=self.old_region,
        )


class DeploymentQuerySet(models.QuerySet["Deployment"]):
    def visible_to(self, user: User) -> "DeploymentQuerySet":
        """Whoever may see the design may see its deployments."""
        return self.filter(design__owner=user)

    def active(self) -> "DeploymentQuerySet":
        return self.filter(status__in=ACTIVE_DEPLOYMENTS)

    def ahead_of(self, deployment: "Deployment | None" = None) -> "DeploymentQuerySet":
        """Those of the same design in the same cloud that a queued one waits for, in order.

        Without an argument: as a subquery of whatever deployments are asked about.
        """
        mine = _OUTER if deployment is None else vars(deployment)
        same = self.filter(design=mine["design_id"], cloud=mine["cloud_id"]).exclude(id=mine["id"])
        earlier = Q(status=DeploymentStatus.QUEUED, created_at__lt=mine["created_at"])
        return same.filter(Q(status__in=AT_WORK) | earlier).order_by("created_at")

    def whose_turn_it_is(self) -> "DeploymentQuerySet":
        """Active ones that wait for no other deployment of their design."""
        waits = Exists(Deployment.objects.ahead_of())
        return self.active().filter(~Q(status=DeploymentStatus.QUEUED) | ~waits)

    def unheld(self, now: datetime, lease: timedelta) -> "DeploymentQuerySet":
        """Those that no living worker is at work on.

        A lease that ends later than any lease can is none: the clock was set back since.
        """
        too_late = now + lease + CLOCK_TOLERANCE
        return self.filter(Q(lease_until=None) | Q(lease_until__lt=now) | Q(lease_until__gt=too_late))

    def claim_turn(self, deployment_id: uuid.UUID, turn: int, now: datetime, lease: timedelta) -> bool:
        """Take one numbered turn. False when it was taken, is held by a living worker, or is not due to it.

        The number after the claim is the fencing token: a worker whose lease ran out finds it moved on.
        """
        free = self.whose_turn_it_is().unheld(now, lease).filter(id=deployment_id, turn=turn)
        return free.update(turn=F("turn") + 1, lease_until=now + lease) == 1

    def hold(self, deployment_id: uuid.UUID, token: int, until: datetime) -> bool:
        """Renew the lease; every write of a turn does so first. False when the turn is another's by now."""
        return self.filter(id=deployment_id, turn=token).update(lease_until=until) == 1

    def gone_quiet(self, now: datetime, grace: timedelta, lease: timedelta) -> "DeploymentQuerySet":
        """Active ones whose next turn is overdue and that nobody is at work on."""
        overdue = Q(next_turn_at__lt=now - grace) | Q(next_turn_at__gt=now + FARTHEST)
        return self.whose_turn_it_is().unheld(now, lease).filter(overdue)

    def waiting_for_a_worker(self, now: datetime, lease: timedelta) -> "DeploymentQuerySet":
        """Those whose next turn is due while nobody takes it."""
        return self.whose_turn_it_is().unheld(now, lease).filter(next_turn_at__lte=now)


_OUTER = {name: OuterRef(name) for name in ("design_id", "cloud_id", "id", "created_at")}
CLOCK_TOLERANCE = timedelta(seconds=CLOCK_TOLERANCE_SECONDS)


class Deployment(models.Model):
    """One run of one plan. `turn` counts the turns taken; see DeploymentQuerySet.claim_turn."""

    class OnFailure(models.TextChoices):
        KEEP = "keep"
        ROLL_BACK = "roll_back"

    Status = DeploymentStatus

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.OneToOneField(Plan, on_delete=models.CASCADE, related_name="deployment")
    design = models.ForeignKey(Design, on_delete=cascade_unless_running, related_name="deployments")
    cloud = models.ForeignKey(Cloud, on_delete=cascade_unless_running, related_name="deployments")
    status = models.CharField(
        max_length=12, choices=_choices(DeploymentStatus), default=DeploymentStatus.QUEUED
    )
    on_failure = models.CharField(max_length=10, choices=OnFailure.choices, default=OnFailure.KEEP)
    rolled_back = models.BooleanField(default=False)
    removes_snapshots = models.BooleanField(default=False)  # with all else; see clearing.py
    waited = models.BooleanField(default=False)  # for another of its design, so its plan is looked at again
    reason = models.TextField(blank=True)  # why it ended before its first step
    residue = models.JSONField(null=True)  # {clean, checked_at, left: [{kind, name, cloud_id}]}
    # Until when something may still appear in the cloud that an interrupted call asked for.
    unsure_until = models.DateTimeField(null=True)
    turn = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    next_turn_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = DeploymentQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["design", "cloud"],
                condition=Q(status__in=[status.value for status in AT_WORK]),
                name="one_deployment_of_a_design_at_work_in_a_cloud",
            )
        ]

    def __str__(self) -> str:
        return f"{self.plan.intent} {self.design} on {self.cloud}"

    @property
    def is_over(self) -> bool:
        return self.status not in ACTIVE_DEPLOYMENTS


class StepRun(models.Model):
    """How one call of a plan goes. A replaced resource has two: its removal, then its making.

    `cloud_id` is the object it is about, known for a removal from the start and for a making once the
    cloud has answered. `parts` are keys that are made in the same call.
    """

    Status = RunStatus

    deployment = models.ForeignKey(Deployment, on_delete=models.CASCADE, related_name="runs")
    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="runs")
    position = models.PositiveIntegerField()
    action = models.CharField(max_length=10, choices=_choices(Action))
    status = models.CharField(max_length=10, choices=_choices(RunStatus), default=RunStatus.WAITING)
    needs = models.JSONField(default=list)  # names of runs: "create web/server[0]"
    parts = models.JSONField(default=list)
    undoes = models.BooleanField(default=False)
    before = models.JSONField(
        null=True
    )  # of a change or a removal: our row as it was, {properties, matched, …}
    cloud_id = models.CharField(max_length=400, blank=True)
    attempt = models.PositiveIntegerField(default=0)
    waited_seconds = models.FloatField(
        default=0
    )  # between looks, by no clock: one that jumps spends no patience
    tried = models.BooleanField(default=False)  # a call may have reached the cloud: look before asking again
    error = models.TextField(blank=True)
    error_code = models.CharField(max_length=40, blank=True)
    ready_at = models.DateTimeField(null=True)  # when it found no room at its service
    next_try_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["deployment", "position"], name="one_run_a_position")]
        indexes = [
            models.Index(
                fields=["deployment", "status"],
                condition=Q(status__in=[RunStatus.READY.value, RunStatus.RUNNING.value]),
                name="runs_under_way_or_ready",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return run_name(self.action, self.step.key, undoes=self.undoes)

    @property
    def key(self) -> str:
        return self.step.key

    @property
    def kind(self) -> str:
        return self.step.kind

    @property
    def region(self) -> str:
        """Where its calls go. A replacement is removed where it was and made where it shall be."""
        return self.step.old_region if self.action == Action.DELETE else self.step.region


class Resource(models.Model):
    """Something in a cloud that we made. `sealed_outputs` holds those that are secret, encrypted.

    A password is shown once: `revealed_at` and `revealed_by` say when and to whom.

    A design that still has one cannot be deleted, nor can the cloud: the row is how we find it again.
    """

    design = models.ForeignKey(Design, on_delete=models.PROTECT, related_name="resources")
    # Not `cloud`: Django would call that column cloud_id, which is the id the cloud gave.
    account = models.ForeignKey(Cloud, on_delete=models.PROTECT, related_name="resources")
    deployment = models.ForeignKey(Deployment, null=True, on_delete=models.SET_NULL, related_name="resources")
    key = models.CharField(max_length=400)
    kind = models.CharField(max_length=40)
    component = models.CharField(max_length=200)
    region = models.CharField(max_length=100, blank=True)
    name = models.CharField(max_length=250, blank=True)
    cloud_id = models.CharField(max_length=400, blank=True)
    status = models.CharField(max_length=10, choices=_choices(LiveStatus))
    properties = models.JSONField(default=dict)
    matched = models.JSONField(default=dict)
    needs = models.JSONField(default=list)
    outputs = models.JSONField(default=dict)
    sealed_outputs = models.TextField(blank=True)
    power = models.CharField(max_length=10, blank=True)  # "stopped" when it was stopped on purpose
    revealed_at = models.DateTimeField(null=True)
    revealed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["design", "account", "key"], name="one_resource_a_key")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"

    def recorded(self) -> Recorded:
        return Recorded(
            key=self.key,
            kind=self.kind,
            component=self.component,
            cloud_id=self.cloud_id,
            properties=self.properties,
            matched=self.matched,
            needs=tuple(self.needs),
            region=self.region,
            power=self.power,
        )

    def as_it_is(self) -> dict[str, Any]:
        """What a rollback of a change needs to know. See StepRun.before."""
        return {
            "properties": self.properties,
            "matched": self.matched,
            "needs": self.needs,
            "component": self.component,
            "name": self.name,
            "region": self.region,
        }

    def all_outputs(self) -> dict[str, str]:
        return {**self.outputs, **decrypt(self.sealed_outputs)}


class DeploymentEvent(models.Model):
    """One line of a deployment's story."""

    class Level(models.TextChoices):
        INFO = "info"
        WARNING = "warning"
        ERROR = "error"

    deployment = models.ForeignKey(Deployment, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField()
    level = models.CharField(max_length=10, choices=Level.choices, default=Level.INFO)
    key = models.CharField(max_length=400, blank=True)
    text = models.TextField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text

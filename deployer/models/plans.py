"""What a deployment would do: made once, never edited."""

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q
from django.utils import timezone

from catalog.errors import PriceBookNotFound
from catalog.selectors import get_price_book
from deployer.domain.approval import MonthlyCost
from deployer.domain.plan import Action, PlannedStep
from deployer.domain.regions import Because, RegionChoice
from deployer.domain.states import ACTIVE_DEPLOYMENTS
from deployer.models.approvals import APPROVE
from deployer.models.choices import choices_of
from deployer.models.clouds import Cloud
from designer.models import DesignRevision
from designer.selectors import content_hash


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
        later = self.cloud.deployments.filter(
            design=design, created_at__gt=self.created_at, started_at__isnull=False
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
    action = models.CharField(max_length=10, choices=choices_of(Action))
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

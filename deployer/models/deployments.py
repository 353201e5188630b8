"""One run of one plan, call by call, and what is told of it."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from deployer.domain.plan import Action
from deployer.domain.retries import CLOCK_TOLERANCE_SECONDS
from deployer.domain.runs import run_name
from deployer.domain.states import ACTIVE_DEPLOYMENTS, AT_WORK, FARTHEST, DeploymentStatus, RunStatus
from deployer.models.choices import choices_of
from deployer.models.clouds import Cloud
from deployer.models.plans import Plan, Step
from designer.models import Design


def cascade_unless_running(collector: Any, field: Any, deployments: Any, using: str) -> None:
    """on_delete of a deployment: its story goes with its design, but not while it makes things in a cloud."""
    running = [one for one in deployments if one.status in ACTIVE_DEPLOYMENTS]
    if running:
        raise models.ProtectedError("A deployment is running.", set(running))
    models.CASCADE(collector, field, deployments, using)


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
        max_length=12, choices=choices_of(DeploymentStatus), default=DeploymentStatus.QUEUED
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
    action = models.CharField(max_length=10, choices=choices_of(Action))
    status = models.CharField(max_length=10, choices=choices_of(RunStatus), default=RunStatus.WAITING)
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

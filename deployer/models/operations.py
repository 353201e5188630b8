"""Things asked of what already runs: stop, start, reboot, snapshot. And the snapshots that came of it."""

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import F, Q

from deployer.domain.operations import ACTIVE, OperationStatus, Verb
from deployer.models.choices import choices_of


class OperationQuerySet(models.QuerySet["Operation"]):
    def visible_to(self, user: User) -> "OperationQuerySet":
        """Whoever may see the design may see what is asked of it."""
        return self.filter(design__owner=user)

    def active(self) -> "OperationQuerySet":
        return self.filter(status__in=ACTIVE)

    def claim_turn(self, operation_id: uuid.UUID, turn: int, now: datetime, lease: timedelta) -> bool:
        """As DeploymentQuerySet.claim_turn: the number after the claim is the fencing token."""
        free = Q(lease_until=None) | Q(lease_until__lt=now)
        return (
            self.active()
            .filter(free, id=operation_id, turn=turn)
            .update(turn=F("turn") + 1, lease_until=now + lease)
            == 1
        )

    def gone_quiet(self, now: datetime, grace: timedelta) -> "OperationQuerySet":
        free = Q(lease_until=None) | Q(lease_until__lt=now)
        return self.active().filter(free, next_turn_at__lt=now - grace)


class Operation(models.Model):
    """One thing asked of one resource. `tried`: the cloud may have been asked, so look before asking again.

    A failed one stays as it is: asking once more is another operation.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    design = models.ForeignKey("designer.Design", on_delete=models.CASCADE, related_name="operations")
    cloud = models.ForeignKey("deployer.Cloud", on_delete=models.CASCADE, related_name="operations")
    key = models.CharField(max_length=400)
    kind = models.CharField(max_length=40)
    component = models.CharField(max_length=200)
    label = models.CharField(max_length=250)
    region = models.CharField(max_length=100, blank=True)
    target_id = models.CharField(max_length=400)  # the object's id in the cloud
    verb = models.CharField(max_length=12, choices=choices_of(Verb))
    status = models.CharField(
        max_length=10,
        choices=choices_of(OperationStatus),
        default=OperationStatus.QUEUED,
    )
    by_schedule = models.BooleanField(default=False)
    made_id = models.CharField(max_length=400, blank=True)  # of a snapshot
    tried = models.BooleanField(default=False)
    attempt = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)
    error_code = models.CharField(max_length=40, blank=True)
    turn = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    next_turn_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = OperationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["design", "cloud", "key"],
                condition=Q(status__in=[one.value for one in ACTIVE]),
                name="one_operation_at_a_time_on_a_resource",
            )
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.key}"


class SnapshotQuerySet(models.QuerySet["Snapshot"]):
    def visible_to(self, user: User) -> "SnapshotQuerySet":
        return self.filter(design__owner=user)


class Snapshot(models.Model):
    """A server's image or a volume's snapshot that an operation made. It outlives what it was made of."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    design = models.ForeignKey("designer.Design", on_delete=models.PROTECT, related_name="snapshots")
    account = models.ForeignKey("deployer.Cloud", on_delete=models.PROTECT, related_name="snapshots")
    operation = models.ForeignKey(Operation, null=True, on_delete=models.SET_NULL, related_name="snapshots")
    key = models.CharField(max_length=400)
    kind = models.CharField(max_length=40)  # of what it was made of
    component = models.CharField(max_length=200)
    region = models.CharField(max_length=100, blank=True)
    name = models.CharField(max_length=250)
    cloud_id = models.CharField(max_length=400)
    size_gib = models.PositiveIntegerField(null=True)
    created_at = models.DateTimeField()

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.name

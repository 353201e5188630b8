"""What drift checks found, and what of it somebody chose to leave alone."""

import uuid
from datetime import date

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models


class DriftReportQuerySet(models.QuerySet["DriftReport"]):
    def visible_to(self, user: User) -> "DriftReportQuerySet":
        """Whoever may see the design may see how it drifts."""
        return self.filter(design__owner=user)


class DriftReport(models.Model):
    """One look at what stands of a design in a cloud. Made once, never edited.

    `differences`: [{id, drift, kind, key, component, label, cloud_id, attribute, recorded, live, detail,
    monthly, adopt, redeploy, is_new}]; `adopt` and `redeploy` are the reason why not, or empty.
    """

    class Status(models.TextChoices):
        AS_DESIGNED = "as_designed"
        DRIFTED = "drifted"
        FAILED = "failed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    design = models.ForeignKey("designer.Design", on_delete=models.CASCADE, related_name="drift_reports")
    cloud = models.ForeignKey("deployer.Cloud", on_delete=models.CASCADE, related_name="drift_reports")
    checked_at = models.DateTimeField()
    # Nobody: the schedule asked.
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)
    status = models.CharField(max_length=12, choices=Status.choices)
    detail = models.TextField(blank=True)  # why the cloud could not be asked, in its words
    differences = models.JSONField(default=list)
    price_book = models.CharField(max_length=100, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    monthly_recorded = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    monthly_live = models.DecimalField(max_digits=20, decimal_places=6, null=True)

    objects = DriftReportQuerySet.as_manager()

    class Meta:
        ordering = ["-checked_at"]
        indexes = [models.Index(fields=["design", "cloud", "-checked_at"], name="newest_drift_report")]

    def __str__(self) -> str:
        return f"{self.design} on {self.cloud} at {self.checked_at:%Y-%m-%d %H:%M}: {self.status}"


class DriftIgnoreQuerySet(models.QuerySet["DriftIgnore"]):
    def visible_to(self, user: User) -> "DriftIgnoreQuerySet":
        return self.filter(design__owner=user)

    def in_force(self, today: date) -> "DriftIgnoreQuerySet":
        return self.filter(until__gte=today)


class DriftIgnore(models.Model):
    """A difference that somebody leaves as it is, to the end of a day. Plans leave it alone as well."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    design = models.ForeignKey("designer.Design", on_delete=models.CASCADE, related_name="drift_ignores")
    cloud = models.ForeignKey("deployer.Cloud", on_delete=models.CASCADE, related_name="drift_ignores")
    difference = models.CharField(max_length=16)
    until = models.DateField()
    reason = models.TextField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)
    created_at = models.DateTimeField()

    objects = DriftIgnoreQuerySet.as_manager()

    class Meta:
        ordering = ["until"]
        constraints = [
            models.UniqueConstraint(
                fields=["design", "cloud", "difference"], name="one_ignore_of_a_difference"
            )
        ]

    def __str__(self) -> str:
        return f"{self.difference} until {self.until}"

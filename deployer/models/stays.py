"""A design's stay in a cloud: when somebody looks at it next, and when it ends."""

import uuid
from datetime import datetime

from django.contrib.auth.models import User
from django.db import models


class StayQuerySet(models.QuerySet["Stay"]):
    def visible_to(self, user: User) -> "StayQuerySet":
        """Whoever may see the design may see where it stands."""
        return self.filter(design__owner=user)

    def claim_check(self, stay: "Stay", until: datetime) -> bool:
        """Take the drift check that is due, and set the next one. False when somebody was first."""
        due = self.filter(id=stay.id, next_check_at=stay.next_check_at)
        return due.update(next_check_at=until) == 1


class Stay(models.Model):
    """One for each design and cloud, as long as something of the design stands there."""

    class OnExpiry(models.TextChoices):
        ANNOUNCE = "announce"
        DESTROY = "destroy"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    design = models.ForeignKey("designer.Design", on_delete=models.CASCADE, related_name="stays")
    cloud = models.ForeignKey("deployer.Cloud", on_delete=models.CASCADE, related_name="stays")
    created_at = models.DateTimeField()
    next_check_at = models.DateTimeField()
    failed_checks = models.PositiveIntegerField(default=0)  # in a row
    expires_at = models.DateTimeField(null=True)
    on_expiry = models.CharField(max_length=10, choices=OnExpiry.choices, default=OnExpiry.ANNOUNCE)
    warned_at = models.DateTimeField(null=True)  # of the end as it is now
    expired_at = models.DateTimeField(null=True)  # when the end was acted on
    expiry_plan = models.ForeignKey("deployer.Plan", null=True, on_delete=models.SET_NULL)
    expiry_try_at = models.DateTimeField(null=True)  # after the cloud did not answer

    objects = StayQuerySet.as_manager()

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(fields=["design", "cloud"], name="one_stay_of_a_design_in_a_cloud")
        ]

    def __str__(self) -> str:
        return f"{self.design} on {self.cloud}"

"""The record of what stands where."""

from typing import Any

from django.conf import settings
from django.db import models

from deployer.credentials import decrypt
from deployer.domain.cloud import LiveStatus
from deployer.domain.plan import Recorded
from deployer.models.choices import choices_of
from deployer.models.clouds import Cloud
from deployer.models.deployments import Deployment
from designer.models import Design


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
    status = models.CharField(max_length=10, choices=choices_of(LiveStatus))
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

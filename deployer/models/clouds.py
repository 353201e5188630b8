"""Accounts in clouds, and the regions that they open."""

import uuid
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models

from deployer.credentials import decrypt, encrypt
from deployer.domain.cloud import CloudProfile


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

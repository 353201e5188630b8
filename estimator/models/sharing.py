"""Links by which a customer reads a frozen version, and what he did with it."""

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models

from estimator.models.proposals import ProposalVersion


class ShareLink(models.Model):
    """An address nobody guesses. Only its hash is kept, so the address is shown once, when it is made."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(ProposalVersion, on_delete=models.CASCADE, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True)
    # Hashed as users' passwords are; empty where none is asked for.
    password = models.CharField(max_length=200, blank=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"link to {self.version}"

    def is_open(self, now: datetime) -> bool:
        return self.revoked_at is None and now < self.expires_at


class ShareView(models.Model):
    """Somebody looked: which part, when, and with what program."""

    link = models.ForeignKey(ShareLink, on_delete=models.CASCADE, related_name="views")
    what = models.CharField(max_length=20)
    agent = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.what} of {self.link}"


class ProposalComment(models.Model):
    """What a customer says about a version, or a seller answers. `asks_for_change`: more than a remark."""

    version = models.ForeignKey(ProposalVersion, on_delete=models.CASCADE, related_name="comments")
    link = models.ForeignKey(ShareLink, null=True, on_delete=models.SET_NULL, related_name="comments")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    name = models.CharField(max_length=200)
    text = models.TextField(max_length=5000)
    asks_for_change = models.BooleanField(default=False)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.name} on {self.version}"


class Acceptance(models.Model):
    """A customer took an option, of what the hash says. A proposal has one, whatever its versions."""

    version = models.OneToOneField(ProposalVersion, on_delete=models.PROTECT, related_name="acceptance")
    proposal = models.OneToOneField("estimator.Proposal", on_delete=models.PROTECT, related_name="acceptance")
    letter = models.CharField(max_length=1)
    content_hash = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=200, blank=True)
    link = models.ForeignKey(ShareLink, null=True, on_delete=models.SET_NULL, related_name="acceptances")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.version}, option {self.letter}, accepted by {self.name}"

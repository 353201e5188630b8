"""What a seller is writing, and the versions that were frozen of it."""

import uuid
from typing import Any, NoReturn

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models

from estimator.domain.proposals.changes import Changes, find_changes


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def visible_to(self, user: User) -> "ProposalQuerySet":
        """The one place that decides whose proposal it is."""
        return self.filter(owner=user)

    def for_reading(self) -> "ProposalQuerySet":
        """With customer and versions; not with the versions' contents, which are large."""
        large = ("customer", "seller", "pictures")
        versions = ProposalVersion.objects.select_related("created_by", "changed_since").defer(
            *large, *(f"changed_since__{name}" for name in large)
        )
        files = models.Prefetch("files", ProposalFile.objects.defer("content"))
        return self.select_related("customer", "owner", "acceptance").prefetch_related(
            models.Prefetch("versions", versions.prefetch_related(files))
        )


class Proposal(models.Model):
    """What a seller is writing. `draft` is checked by the API's serializer, which also says its shape.

    `number` counts an owner's proposals, `state` moves when something is frozen, accepted or withdrawn.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="proposals")
    number = models.PositiveIntegerField()
    customer = models.ForeignKey("Customer", null=True, on_delete=models.SET_NULL, related_name="proposals")
    draft = models.JSONField()
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["-updated_at"]
        constraints = [models.UniqueConstraint(fields=["owner", "number"], name="one_proposal_a_number")]

    def __str__(self) -> str:
        return f"P-{self.number:04}"


class ProposalVersion(models.Model):
    """What was frozen: it never changes, so that what a customer read is what he accepts.

    `customer` and `seller` are the two parts of the contents (`domain/proposals/freezing.py`), `pictures` SVG
    by option. Documents for a customer are made from `customer` and `pictures` alone; where `changed_since`
    names an earlier version, they say what is not as it was in that one.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    customer = models.JSONField()
    seller = models.JSONField()
    pictures = models.JSONField()
    changed_since = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")
    content_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "number"], name="one_proposal_version_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.proposal}, version {self.number}"

    def save(self, *args: Any, **options: Any) -> None:
        if not self._state.adding:
            self._refuse()
        super().save(*args, **options)

    def changes(self) -> Changes | None:
        """What its documents say that changed; None where they say nothing of it."""
        if self.changed_since is None:
            return None
        return Changes(
            self.changed_since.number, tuple(find_changes(self.changed_since.customer, self.customer))
        )

    def _refuse(self) -> NoReturn:
        raise TypeError("A frozen version of a proposal does not change. Freeze another one.")


class OfferedRevision(models.Model):
    """The revision that an option of a version is. It can't be deleted while somebody is offered it."""

    version = models.ForeignKey(ProposalVersion, on_delete=models.CASCADE, related_name="offered")
    letter = models.CharField(max_length=1)
    revision = models.ForeignKey(
        "designer.DesignRevision", on_delete=models.PROTECT, related_name="offered_in"
    )

    class Meta:
        ordering = ["letter"]
        constraints = [
            models.UniqueConstraint(fields=["version", "letter"], name="one_offered_revision_a_letter")
        ]

    def __str__(self) -> str:
        return f"{self.version}, option {self.letter}"


class ProposalFile(models.Model):
    """A document of a version, made once and kept, so that everybody gets the same bytes. `paper`: of a PDF.

    It waits, is being made, and is ready or failed with a `detail` for people.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        MAKING = "making"
        READY = "ready"
        FAILED = "failed"

    version = models.ForeignKey(ProposalVersion, on_delete=models.CASCADE, related_name="files")
    ending = models.CharField(max_length=4)
    paper = models.CharField(max_length=6, blank=True)
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    detail = models.CharField(max_length=300, blank=True)
    content = models.BinaryField(null=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["version", "ending", "paper"], name="one_proposal_file_a_kind")
        ]

    def __str__(self) -> str:
        return f"{self.ending} of {self.version}"

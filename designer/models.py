"""Designs, their numbered edits and their immutable revisions."""

import uuid
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models.functions import Now


class DesignQuerySet(models.QuerySet["Design"]):
    def visible_to(self, user: User) -> "DesignQuerySet":
        """The one place that decides whose design it is."""
        return self.filter(owner=user).without_base()

    def without_base(self) -> "DesignQuerySet":
        """As large as the document, and asked for only when a template's newer version is merged in."""
        return self.defer("base_document")

    def advance(
        self, design: "Design", *, document: dict[str, object], origin: dict[str, Any] | None = None
    ) -> bool:
        """Take the next version number. False when another edit was first: read again and retry.

        `origin` is what the design counts as begun from afterwards, where that changes.
        """
        return (
            self.filter(id=design.id, version=design.version).update(
                version=design.version + 1, document=document, updated_at=Now(), **(origin or {})
            )
            == 1
        )


class Design(models.Model):
    """A named piece of work. `document` is the result of all edits, `version` the last edit's number.

    What it began from stays known, so that a newer version of its template can be merged in: the template's
    version, form and parameters, and the document that they made. A design drawn from nothing has no base.

    `label` names one of several variants: A is the design they began from. `budget_monthly` is in
    `budget_currency`, whatever the price book's.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="designs")
    name = models.CharField(max_length=200)
    template = models.CharField(max_length=60, blank=True)
    template_version = models.PositiveIntegerField(null=True, blank=True)
    template_form = models.CharField(max_length=20, blank=True)
    template_parameters = models.JSONField(default=dict, blank=True)
    base_document = models.JSONField(null=True, blank=True)
    price_book = models.CharField(max_length=100)
    # What it is an alternative to: always a design that is no variant itself.
    variant_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="variants"
    )
    label = models.CharField(max_length=60, blank=True)
    budget_monthly = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    budget_currency = models.CharField(max_length=3, blank=True)
    document = models.JSONField()
    version = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    ORIGIN = ("template_version", "template_form", "template_parameters", "base_document")

    objects = DesignQuerySet.as_manager()

    class Meta:
        ordering = ["-updated_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(budget_monthly=None) | models.Q(budget_monthly__gt=0),
                name="a_budget_is_above_zero",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def origin(self) -> dict[str, Any]:
        """What it began from."""
        return {name: getattr(self, name) for name in self.ORIGIN}


class Edit(models.Model):
    """One merge patch on a design. `undo_patch` restores exactly what it replaced.

    Taking an edit back, and putting it back, are edits too: `reverts` and `repeats` name the one they are
    about, and that one remembers in `undone` whether it stands.
    """

    design = models.ForeignKey(Design, on_delete=models.CASCADE, related_name="edits")
    number = models.PositiveIntegerField()
    patch = models.JSONField()
    undo_patch = models.JSONField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)
    reverts = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="undos")
    repeats = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="redos")
    undone = models.BooleanField(default=False)
    # What the design had begun from before this edit, when the edit brought it up to another version.
    former_origin = models.JSONField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["design", "number"], name="one_edit_a_number")]

    def __str__(self) -> str:
        return f"edit {self.number} of {self.design_id}"


class DesignRevision(models.Model):
    """An immutable snapshot. Plans and proposals point here, never at the moving design."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    design = models.ForeignKey(Design, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=200, blank=True)
    document = models.JSONField()
    content_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["design", "number"], name="one_revision_a_number")]

    def __str__(self) -> str:
        return f"{self.design_id} r{self.number}"

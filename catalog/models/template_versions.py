"""Own templates: drawn here, reviewed by a colleague, published, retired."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q
from django.utils import timezone


class TemplateVersionQuerySet(models.QuerySet["TemplateVersion"]):
    def visible_to(self, user: User) -> "TemplateVersionQuerySet":
        """Reviewers see all; others what they drew and what was published, now or once."""
        if user.is_staff:
            return self
        shown = [TemplateVersion.State.PUBLISHED, TemplateVersion.State.RETIRED]
        return self.filter(Q(created_by=user) | Q(state__in=shown))

    def published(self) -> "TemplateVersionQuerySet":
        return self.filter(state=TemplateVersion.State.PUBLISHED)

    def move(self, version: "TemplateVersion", to: str, **said: Any) -> bool:
        """Take the step, unless somebody else took one first."""
        rows = self.filter(id=version.id, state=version.state)
        return rows.update(state=to, changed_at=timezone.now(), **said) == 1


class TemplateVersion(models.Model):
    """One version of an own template.

    A draft may change; from review on its contents stay as they are, and a correction is a new version.
    At most one version of a key is published: publishing one retires the one before.
    """

    class State(models.TextChoices):
        DRAFT = "draft"
        REVIEW = "review"
        PUBLISHED = "published"
        RETIRED = "retired"

    CONTENTS = ("key", "number", "title", "summary", "source", "price_book", "document", "parameters")

    key = models.CharField(max_length=60)
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    summary = models.TextField(max_length=2000)
    source = models.CharField(max_length=300)
    price_book = models.CharField(max_length=100)
    document = models.JSONField()
    parameters = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    note = models.TextField(max_length=2000, blank=True)  # what the reviewer wrote
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True, blank=True)
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    returned_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    retired_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = TemplateVersionQuerySet.as_manager()

    class Meta:
        ordering = ["key", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["key", "number"], name="one_template_version_a_number"),
            models.UniqueConstraint(
                fields=["key"], condition=Q(state="published"), name="one_published_version_a_template"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raises: ValueError when this would change a version that isn't a draft any more."""
        kept = TemplateVersion.objects.filter(id=self.id).exclude(state=self.State.DRAFT).first()
        if kept is not None and any(getattr(kept, one) != getattr(self, one) for one in self.CONTENTS):
            raise ValueError(f"{kept} is {kept.state}, so its contents don't change.")
        super().save(*args, **kwargs)

    def facts(self) -> dict[str, Any]:
        """As a template file would say it."""
        said = {"parameters": self.parameters} if self.parameters else {}
        return {
            **said,
            "title": self.title,
            "summary": self.summary,
            "source": self.source,
            "price_book": self.price_book,
            "version": self.number,
            "document": self.document,
        }

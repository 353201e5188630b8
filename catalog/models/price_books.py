"""Price books that operators brought in, version by version."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from catalog.errors import PublishedBookIsFixed


class PriceBookVersionQuerySet(models.QuerySet["PriceBookVersion"]):
    def in_use(self) -> "PriceBookVersionQuerySet":
        """What designs may name. A draft is nobody's business yet."""
        return self.exclude(state=PriceBookVersion.State.DRAFT)

    def visible_to(self, user: User) -> "PriceBookVersionQuerySet":
        """Drafts are the business of those who may publish them."""
        return self if user.is_staff else self.in_use()

    def move(self, version: "PriceBookVersion", to: str, **said: Any) -> bool:
        """Take the step, unless somebody else took one first."""
        rows = self.filter(id=version.id, state=version.state)
        return rows.update(state=to, changed_at=timezone.now(), **said) == 1


class PriceBookVersion(models.Model):
    """One version of a price book. A draft can be changed; once published, its prices stay as they are.

    Triggers in the database refuse what this class would refuse (migration 0003), so that no shell, no admin
    and no other program rewrites a price that a proposal was made with. Steps go through
    `catalog.services.price_books`, which also write the history.
    """

    class State(models.TextChoices):
        DRAFT = "draft"
        PUBLISHED = "published"
        SUPERSEDED = "superseded"  # a newer version of the same book is published
        RETIRED = "retired"  # offered no more; designs that name it go on

    # What the database holds fixed.
    CONTENTS = ("key", "version", "text", "sha256")

    key = models.CharField(max_length=100)
    version = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    # Facts of the header beside the file, so that lists need not read it.
    provider = models.CharField(max_length=200)
    title = models.CharField(max_length=300)
    region = models.CharField(max_length=200)
    currency = models.CharField(max_length=3)
    price_count = models.PositiveIntegerField()
    text = models.TextField(help_text="The book's file, as docs/prices.md describes it.")
    sha256 = models.CharField(max_length=64)
    imported_from = models.CharField(max_length=300, blank=True)
    note = models.CharField(max_length=300, blank=True, help_text="Why there is this version.")

    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    changed_at = models.DateTimeField(auto_now=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    retired_at = models.DateTimeField(null=True, blank=True)
    retired_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = PriceBookVersionQuerySet.as_manager()

    class Meta:
        ordering = [F("key").asc(), F("version").desc()]
        constraints = [
            models.UniqueConstraint(fields=["key", "version"], name="one_row_for_each_version_of_a_book"),
            models.UniqueConstraint(
                fields=["key"], condition=Q(state="draft"), name="one_draft_of_a_price_book"
            ),
            models.UniqueConstraint(
                fields=["key"], condition=Q(state="published"), name="one_published_version_of_a_price_book"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}@{self.version}"

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raises: PublishedBookIsFixed."""
        self._refuse_when_published()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Raises: PublishedBookIsFixed."""
        self._refuse_when_published()
        return super().delete(*args, **kwargs)

    def _refuse_when_published(self) -> None:
        if self.pk and PriceBookVersion.objects.in_use().filter(pk=self.pk).exists():
            raise PublishedBookIsFixed(str(self))


class PriceBookChange(models.Model):
    """One line of a version's history: who did what, and when. Lines are added, never changed."""

    version = models.ForeignKey(PriceBookVersion, on_delete=models.CASCADE, related_name="changes")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    what = models.CharField(max_length=500)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.version}: {self.what}"

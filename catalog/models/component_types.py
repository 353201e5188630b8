"""Component types that operators wrote themselves, version by version."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from catalog.domain.own_types import OwnType
from catalog.errors import PublishedTypeIsFixed


class ComponentTypeVersionQuerySet(models.QuerySet["ComponentTypeVersion"]):
    def in_use(self) -> "ComponentTypeVersionQuerySet":
        """What designs may name. A draft is nobody's business yet."""
        return self.exclude(state=ComponentTypeVersion.State.DRAFT)


class ComponentTypeVersion(models.Model):
    """One version of an own type. A draft can be changed; once published it stays as it is, for old designs.

    Publishing and retiring go through `catalog.services.own_types`, which also keep who did it and when.
    """

    class State(models.TextChoices):
        DRAFT = "draft"
        PUBLISHED = "published"
        RETIRED = "retired"

    key = models.CharField(
        max_length=50, help_text="How designs name it, such as rack_probe. It stays the same in all versions."
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    like = models.CharField(
        max_length=60,
        help_text="The shipped type that it behaves as. It gives the family, where it may sit, who may link "
        "to it, what it becomes and what it costs, and all properties.",
    )
    icon = models.CharField(max_length=60)
    label_generic = models.CharField("generic name", max_length=60)
    label_rackspace = models.CharField("name at Rackspace", max_length=60)
    label_openstack = models.CharField("name in OpenStack", max_length=60)
    label_outscale = models.CharField("name at Outscale", max_length=60)
    singular = models.CharField(
        "in a sentence",
        max_length=60,
        blank=True,
        help_text="How sentences call it, such as: a rack probe. Empty makes it from the generic name.",
    )
    summary = models.CharField(
        max_length=300, help_text="One or two sentences: what it is and when to use it."
    )
    properties = models.TextField(
        blank=True,
        help_text="Own properties as YAML or JSON: narrower limits or other defaults for inherited ones, and "
        "new ones. Empty inherits all as they are.",
    )
    note = models.CharField(
        max_length=300, blank=True, help_text="What is new in this version, for colleagues."
    )

    state = models.CharField(max_length=10, choices=State, default=State.DRAFT, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", editable=False
    )
    changed_at = models.DateTimeField(auto_now=True)
    published_at = models.DateTimeField(null=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", editable=False
    )
    retired_at = models.DateTimeField(null=True, editable=False)
    retired_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", editable=False
    )

    objects = ComponentTypeVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "own component type"
        ordering = [F("key").asc(), F("version").desc()]
        constraints = [
            models.UniqueConstraint(fields=["key", "version"], name="one_row_for_each_version_of_a_type"),
            models.UniqueConstraint(
                fields=["key"], condition=Q(state="draft"), name="one_draft_of_a_component_type"
            ),
        ]

    def __str__(self) -> str:
        return self.key if self.version == 1 else f"{self.key}@{self.version}"

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raises: PublishedTypeIsFixed."""
        self._refuse_when_published()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Raises: PublishedTypeIsFixed."""
        self._refuse_when_published()
        return super().delete(*args, **kwargs)

    def _refuse_when_published(self) -> None:
        if self.pk and ComponentTypeVersion.objects.in_use().filter(pk=self.pk).exists():
            raise PublishedTypeIsFixed(str(self))

    def as_written(self) -> OwnType:
        return OwnType(
            key=self.key,
            version=self.version,
            like=self.like,
            icon=self.icon,
            singular=self.singular,
            labels={
                "generic": self.label_generic,
                "rackspace": self.label_rackspace,
                "openstack": self.label_openstack,
                "outscale": self.label_outscale,
            },
            summary=self.summary,
            properties=self.properties,
            retired=self.state == self.State.RETIRED,
        )

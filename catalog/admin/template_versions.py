"""Where reviewers look at own templates, correct a draft's words and take the steps; the canvas draws."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.forms import ModelForm
from django.http import HttpRequest

from catalog.errors import (
    AuthorMayNotPublish,
    ReviewersOnly,
    TemplateKeyTaken,
    TemplateStepImpossible,
    TemplateVersionInvalid,
)
from catalog.models import TemplateVersion
from catalog.selectors import price_books
from catalog.services.templates import (
    check_contents,
    publish_template,
    retire_template,
    return_template,
    submit_template,
)

REFUSALS = (
    AuthorMayNotPublish,
    ReviewersOnly,
    TemplateKeyTaken,
    TemplateStepImpossible,
    TemplateVersionInvalid,
)
_WORDS = ("title", "summary", "source", "price_book", "parameters", "note")


class TemplateVersionForm(ModelForm):
    """Refuses what makes no template, each reason beside the field that it is about."""

    class Meta:
        model = TemplateVersion
        fields = _WORDS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "price_book" in self.fields:
            self.fields["price_book"] = forms.ChoiceField(
                choices=[(key, book.title) for key, book in price_books().items()]
            )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not self.errors:
            draft = TemplateVersion(key=self.instance.key, number=self.instance.number)
            draft.document = self.instance.document
            for name, value in said.items():
                setattr(draft, name, value)
            try:
                check_contents(draft.key, draft.facts())
            except TemplateVersionInvalid as invalid:
                for reason in invalid.reasons:
                    field = reason["at"].partition(".")[0]
                    told = f"{reason['at']}: {reason['detail']}"
                    self.add_error(field if field in self.fields else None, told)
        return said


@admin.register(TemplateVersion)
class TemplateVersionAdmin(admin.ModelAdmin):
    form = TemplateVersionForm
    list_display = ("__str__", "title", "state", "components", "created_by", "submitted_at", "published_by")
    list_filter = ("state", "key")
    search_fields = ("key", "title", "summary")
    list_select_related = ("created_by", "published_by")
    readonly_fields = (
        "key", "number", "state", "created_by", "created_at", "submitted_by", "submitted_at", "returned_by",
        "returned_at", "published_by", "published_at", "retired_by", "retired_at", "document",
    )  # fmt: skip
    actions = ("submit", "give_back", "publish", "retire")
    fieldsets = (
        (None, {"fields": ("key", "number", "state", *_WORDS)}),
        ("Steps", {"fields": readonly_fields[3:-1]}),
        ("What it draws", {"fields": ("document",), "classes": ("collapse",)}),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A template begins as a design."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: TemplateVersion | None = None) -> bool:
        is_open = obj is None or obj.state == TemplateVersion.State.DRAFT
        return is_open and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: TemplateVersion | None = None) -> bool:
        """Single drafts only: designs may have begun from the others."""
        is_draft = obj is not None and obj.state == TemplateVersion.State.DRAFT
        return is_draft and super().has_delete_permission(request, obj)

    def has_review_permission(self, request: HttpRequest) -> bool:
        return super().has_change_permission(request)

    @admin.display(description="components")
    def components(self, version: TemplateVersion) -> int:
        return len(version.document["components"])

    @admin.action(description="Submit the chosen drafts for review", permissions=["review"])
    def submit(self, request: HttpRequest, chosen: Iterable[TemplateVersion]) -> None:
        self._take(request, chosen, submit_template, "Submitted {}. Another reviewer goes on.")

    @admin.action(description="Give the chosen versions back to their authors", permissions=["review"])
    def give_back(self, request: HttpRequest, chosen: Iterable[TemplateVersion]) -> None:
        self._take(request, chosen, return_template, "Gave {} back. Write the note there.")

    @admin.action(description="Publish the chosen versions", permissions=["review"])
    def publish(self, request: HttpRequest, chosen: Iterable[TemplateVersion]) -> None:
        self._take(request, chosen, publish_template, "Published {}. Everybody may start from it.")

    @admin.action(description="Retire the chosen versions", permissions=["review"])
    def retire(self, request: HttpRequest, chosen: Iterable[TemplateVersion]) -> None:
        self._take(request, chosen, retire_template, "Retired {}. Designs that began from it go on.")

    def _take(
        self,
        request: HttpRequest,
        chosen: Iterable[TemplateVersion],
        step: Callable[..., TemplateVersion],
        told: str,
    ) -> None:
        for version in chosen:
            try:
                step(version, by=request.user)
            except REFUSALS as refused:
                self.message_user(request, str(refused), messages.ERROR)
            else:
                self.message_user(request, told.format(version), messages.SUCCESS)

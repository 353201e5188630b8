"""Where operators write component types of their own, without code."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse

from catalog import selectors
from catalog.domain.own_types import OwnTypeInvalid, read_own_type
from catalog.errors import DraftExists, NotADraft, NotPublished, OwnTypeRefused
from catalog.models import ComponentTypeVersion
from catalog.services.own_types import publish_type, retire_type, start_new_version

NAMINGS = ("generic", "rackspace", "openstack", "outscale")
_EXAMPLE = """\
size:
  default: {vcpus: 4, ram_gib: 16, disk_gib: 80}
probes:
  title: Probes
  description: How many sensors report to it.
  type: integer
  minimum: 1
  maximum: 64
  default: 8
  x-unit: probes
"""


class ComponentTypeForm(ModelForm):
    """Refuses what makes no type, each reason beside the field that it is about."""

    like = forms.ChoiceField(help_text=ComponentTypeVersion._meta.get_field("like").help_text)
    icon = forms.ChoiceField(help_text="Its picture in the palette, on the canvas and in diagrams.")

    class Meta:
        model = ComponentTypeVersion
        fields = (
            "key", "like", "icon", "summary", *(f"label_{naming}" for naming in NAMINGS), "singular",
            "properties", "note",
        )  # fmt: skip
        widgets = {
            "summary": forms.TextInput(attrs={"size": 100}),
            "note": forms.TextInput(attrs={"size": 100}),
            "properties": forms.Textarea(
                attrs={"rows": 24, "cols": 100, "spellcheck": "false", "placeholder": _EXAMPLE}
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shipped = selectors.shipped_component_types().values()
        likes = sorted((one.label, one.key, one.family) for one in shipped)
        self.fields["like"] = forms.ChoiceField(
            choices=[(key, f"{label} ({key}, family {family})") for label, key, family in likes],
            help_text=self.fields["like"].help_text,
        )
        icons = {one.icon: one.label for one in shipped}
        self.fields["icon"] = forms.ChoiceField(
            choices=sorted((icon, f"{icon} (as {label})") for icon, label in icons.items()),
            help_text=self.fields["icon"].help_text,
        )
        if self.instance.version > 1:  # designs may have both, and a link to one is a link to the other
            for name in ("key", "like"):
                self.fields[name].disabled = True

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not self.errors:
            written = ComponentTypeVersion(version=self.instance.version, **said).as_written()
            try:
                read_own_type(written, selectors.shipped_component_types())
            except OwnTypeInvalid as invalid:
                for problem in invalid.problems:
                    self._tell(problem.at, problem.detail)
        return said

    def _tell(self, at: str, detail: str) -> None:
        field, _, rest = at.partition(".")
        if field == "labels":
            field, rest = f"label_{rest}", ""
        if field.startswith("properties:"):  # a place in the text: line 3, column 5
            field, rest = "properties", field.removeprefix("properties:").strip()
        shown = f"{rest}: {detail}" if rest else detail
        self.add_error(field if field in self.fields else None, shown)


@admin.register(ComponentTypeVersion)
class ComponentTypeVersionAdmin(admin.ModelAdmin):
    form = ComponentTypeForm
    list_display = ("__str__", "label_generic", "like", "state", "published_at", "published_by", "usable")
    list_filter = ("state", "like")
    search_fields = ("key", "label_generic", "summary")
    readonly_fields = (
        "state", "version", "created_at", "created_by", "published_at", "published_by", "retired_at",
        "retired_by",
    )  # fmt: skip
    actions = ("publish", "retire", "new_version")
    fieldsets = (
        (None, {"fields": ("key", "like", "icon", "summary")}),
        ("Names", {"fields": (*(f"label_{naming}" for naming in NAMINGS), "singular")}),
        ("Properties", {"fields": ("properties",)}),
        ("This version", {"fields": ("note", *readonly_fields)}),
    )

    def has_change_permission(self, request: HttpRequest, obj: ComponentTypeVersion | None = None) -> bool:
        return (obj is None or obj.is_draft) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: ComponentTypeVersion | None = None) -> bool:
        """Single drafts only: a list may hold published versions, which designs may use."""
        return obj is not None and obj.is_draft and super().has_delete_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: ComponentTypeVersion, form: Any, change: bool) -> None:
        if not change:
            obj.created_by = request.user  # type: ignore[assignment]  # signed in, or there is no admin
        super().save_model(request, obj, form, change)

    @admin.display(description="works")
    def usable(self, version: ComponentTypeVersion) -> str:
        """A shipped type that it is like may have changed with an upgrade."""
        try:
            read_own_type(version.as_written(), selectors.shipped_component_types())
        except OwnTypeInvalid as invalid:
            return f"no: {invalid}"
        return "yes"

    @admin.action(description="Publish the chosen drafts", permissions=["publish"])
    def publish(self, request: HttpRequest, chosen: QuerySet[ComponentTypeVersion]) -> None:
        for version in chosen:
            try:
                publish_type(version, published_by=request.user)  # type: ignore[arg-type]  # as above
            except (NotADraft, OwnTypeRefused) as refused:
                self.message_user(request, str(refused), messages.ERROR)
            else:
                told = f"Published {version}. It is in everybody's palette now."
                self.message_user(request, told, messages.SUCCESS)

    @admin.action(description="Retire the chosen versions", permissions=["publish"])
    def retire(self, request: HttpRequest, chosen: QuerySet[ComponentTypeVersion]) -> None:
        for version in chosen:
            try:
                retire_type(version, retired_by=request.user)  # type: ignore[arg-type]  # as above
            except NotPublished as refused:
                self.message_user(request, str(refused), messages.ERROR)
            else:
                told = f"Retired {version}. Designs that use it go on as they are."
                self.message_user(request, told, messages.SUCCESS)

    @admin.action(description="Start a new version of the chosen one", permissions=["add"])
    def new_version(
        self, request: HttpRequest, chosen: QuerySet[ComponentTypeVersion]
    ) -> HttpResponseRedirect | None:
        if chosen.count() != 1:
            self.message_user(request, "Choose one version to continue.", messages.ERROR)
            return None
        try:
            draft = start_new_version(chosen.get(), created_by=request.user)  # type: ignore[arg-type]  # as above
        except (NotPublished, DraftExists) as refused:
            self.message_user(request, str(refused), messages.ERROR)
            return None
        told = f"Started {draft}. Change it, then publish it."
        self.message_user(request, told, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:catalog_componenttypeversion_change", args=[draft.pk]))

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return super().has_change_permission(request)

"""Where operators look at price books that were brought in, see what they change, and take the steps."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join

from catalog.domain.price_imports.conversion import ImportSettings
from catalog.domain.price_imports.tables import MAX_FILE_BYTES
from catalog.domain.price_imports.uploads import READERS, guess_kind
from catalog.errors import NewerBookPublished, NotADraft, NotPublished, PriceBookRefused
from catalog.models import PriceBookVersion
from catalog.services.price_books import (
    changes_of,
    import_prices,
    publish_price_book,
    retire_price_book,
)

REFUSALS = (NewerBookPublished, NotADraft, NotPublished, PriceBookRefused)
SHOWN = 200  # changes on one page


class PriceListForm(Form):
    """A price list, what it is, and what it leaves open."""

    file = forms.FileField(help_text="CSV, XLSX or JSON, 20 MB at most.")
    kind = forms.ChoiceField(
        choices=[("", "by its ending"), *((kind, kind) for kind in READERS)], required=False
    )
    key = forms.RegexField(r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80, required=False)
    currency = forms.RegexField(r"^[A-Z]{3}$", required=False)
    region = forms.CharField(max_length=200, required=False)
    keep = forms.BooleanField(required=False, label="Keep as a draft", help_text="Else it is only looked at.")

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if upload.size > MAX_FILE_BYTES:
            raise forms.ValidationError("The file is larger than 20 MB. Split it by provider.")
        return upload


@admin.register(PriceBookVersion)
class PriceBookVersionAdmin(admin.ModelAdmin):
    list_display = ("__str__", "title", "currency", "state", "price_count", "created_by", "published_at")
    list_filter = ("state", "key", "currency")
    search_fields = ("key", "title", "provider")
    list_select_related = ("created_by",)
    change_list_template = "admin/catalog/pricebookversion/change_list.html"
    readonly_fields = (
        "key", "version", "state", "provider", "title", "region", "currency", "price_count", "imported_from",
        "created_by", "created_at", "published_by", "published_at", "retired_by", "retired_at", "history",
        "changes", "text",
    )  # fmt: skip
    actions = ("publish", "retire")
    fieldsets = (
        (None, {"fields": (*readonly_fields[:9], "note")}),
        ("Who and when", {"fields": readonly_fields[9:16]}),
        ("What it changes", {"fields": ("changes",)}),
        ("The file", {"fields": ("text",), "classes": ("collapse",)}),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Prices come in from lists."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: PriceBookVersion | None = None) -> bool:
        return (obj is None or obj.is_draft) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: PriceBookVersion | None = None) -> bool:
        """Single drafts only: estimates were made with the others."""
        return obj is not None and obj.is_draft and super().has_delete_permission(request, obj)

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return super().has_change_permission(request)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.bring_in)
        return [path("bring-in/", view, name="catalog_pricebookversion_bring_in"), *super().get_urls()]

    def bring_in(self, request: HttpRequest) -> HttpResponse:
        """Look at what a list would change, then keep it as a draft."""
        if not self.has_publish_permission(request):
            raise PermissionDenied
        form = PriceListForm(request.POST or None, request.FILES or None)
        report = None
        if request.method == "POST" and form.is_valid():
            said = form.cleaned_data
            report = import_prices(
                said["file"].read(),
                file=said["file"].name,
                kind=said["kind"] or guess_kind(said["file"].name),
                by=_person(request),
                dry_run=not said["keep"],
                settings=ImportSettings(key=said["key"], currency=said["currency"], region=said["region"]),
            )
            if said["keep"] and not report.errors:
                for book in report.books:
                    self.message_user(request, f"Drafted {book.draft}.", messages.SUCCESS)
                return HttpResponseRedirect(reverse("admin:catalog_pricebookversion_changelist"))
        context = {
            **self.admin_site.each_context(request),
            "title": "Bring a price list in",
            "opts": self.model._meta,
            "form": form,
            "report": report,
        }
        return TemplateResponse(request, "admin/catalog/pricebookversion/bring_in.html", context)

    @admin.display(description="history")
    def history(self, version: PriceBookVersion) -> str:
        lines = (
            (line.at.strftime("%Y-%m-%d %H:%M"), line.by or "a command", line.what)
            for line in version.changes.select_related("by")
        )
        return format_html_join("", "{}, {}: {}<br>", lines)

    @admin.display(description="against the version before")
    def changes(self, version: PriceBookVersion) -> str:
        found = changes_of(version)
        rows = [*found.changed, *found.added, *found.removed]
        told = format_html_join(
            "",
            "<tr><td>{}</td><td>{}</td><td>{}</td></tr>",
            ((one.sku, one.before or "new", one.after or "gone") for one in rows[:SHOWN]),
        )
        rest = f" The first {SHOWN} of {len(rows)}." if len(rows) > SHOWN else ""
        counts = (
            f"{len(found.added)} added, {len(found.changed)} changed, {len(found.removed)} removed, "
            f"{found.unchanged + found.reworded} as before.{rest}"
        )
        return format_html("{}<table>{}</table>", counts, told)

    @admin.action(description="Publish the chosen drafts", permissions=["publish"])
    def publish(self, request: HttpRequest, chosen: Iterable[PriceBookVersion]) -> None:
        told = "Published {}. Designs that follow the book are priced with it now."
        self._take(request, chosen, publish_price_book, told)

    @admin.action(description="Retire the chosen versions", permissions=["publish"])
    def retire(self, request: HttpRequest, chosen: Iterable[PriceBookVersion]) -> None:
        self._take(request, chosen, retire_price_book, "Retired {}. Designs that name it go on.")

    def _take(
        self,
        request: HttpRequest,
        chosen: Iterable[PriceBookVersion],
        step: Callable[..., PriceBookVersion],
        told: str,
    ) -> None:
        for version in chosen:
            try:
                step(version, by=_person(request))
            except REFUSALS as refused:
                self.message_user(request, str(refused), messages.ERROR)
            else:
                self.message_user(request, told.format(version), messages.SUCCESS)


def _person(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None

"""Looking around; customers and rates change through the screens and the API."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from estimator.models import CurrencyRate, Customer, DiscountRule


class LookOnly:
    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class DiscountInline(LookOnly, admin.TabularInline):
    model = DiscountRule
    extra = 0


@admin.register(Customer)
class CustomerAdmin(LookOnly, admin.ModelAdmin):
    list_display = ("name", "owner", "currency", "tax_percent", "updated_at")
    list_select_related = ("owner",)
    search_fields = ("name",)
    inlines = (DiscountInline,)


@admin.register(CurrencyRate)
class CurrencyRateAdmin(LookOnly, admin.ModelAdmin):
    list_display = ("from_currency", "to_currency", "rate", "day", "source", "owner")
    list_select_related = ("owner",)

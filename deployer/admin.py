"""Looking around. Changes go through services, and credentials are never shown."""

from typing import Any

from django.contrib import admin

from deployer.models import Cloud, Deployment, Plan, Resource


class LookOnly(admin.ModelAdmin):
    def has_add_permission(self, request: Any) -> bool:
        return False

    def has_change_permission(self, request: Any, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: Any, obj: Any = None) -> bool:
        return False


@admin.register(Cloud)
class CloudAdmin(LookOnly):
    list_display = ["name", "owner", "auth_url", "region", "status", "checked_at"]
    exclude = ["sealed_credential"]


@admin.register(Plan)
class PlanAdmin(LookOnly):
    list_display = ["id", "revision", "cloud", "intent", "created_at", "applied_at"]


@admin.register(Deployment)
class DeploymentAdmin(LookOnly):
    list_display = ["id", "design", "cloud", "status", "created_at", "finished_at"]
    list_filter = ["status"]


@admin.register(Resource)
class ResourceAdmin(LookOnly):
    list_display = ["key", "kind", "name", "cloud_id", "status", "design", "account"]
    list_filter = ["kind", "status"]
    exclude = ["sealed_outputs"]

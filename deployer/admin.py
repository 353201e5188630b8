"""Looking around. Changes go through services, and credentials are never shown."""

from typing import Any

from django.contrib import admin

from deployer.models import Approval, ApprovalRule, Cloud, Deployment, Plan, Resource
from deployer.services.approvals import find_rule, set_rule


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


@admin.register(Approval)
class ApprovalAdmin(LookOnly):
    list_display = ["plan", "is_approved", "decided_by_name", "decided_at"]


@admin.register(ApprovalRule)
class ApprovalRuleAdmin(admin.ModelAdmin):
    """One row. Who may approve is said in the group of approvers, or by the permission itself."""

    list_display = ["monthly_above", "currency", "changed_by", "changed_at"]

    def has_add_permission(self, request: Any) -> bool:
        return super().has_add_permission(request) and find_rule() is None

    def save_model(self, request: Any, obj: ApprovalRule, form: Any, change: bool) -> None:
        rule = set_rule(monthly_above=obj.monthly_above, currency=obj.currency, changed_by=request.user)
        obj.pk = rule.pk


@admin.register(Deployment)
class DeploymentAdmin(LookOnly):
    list_display = ["id", "design", "cloud", "status", "created_at", "finished_at"]
    list_filter = ["status"]


@admin.register(Resource)
class ResourceAdmin(LookOnly):
    list_display = ["key", "kind", "name", "cloud_id", "status", "design", "account"]
    list_filter = ["kind", "status"]
    exclude = ["sealed_outputs"]

"""The doors to the second person's word: the rule that asks for it, and the word itself."""

from typing import Any

from django.contrib.auth.models import User
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from catalog.domain.money import amount_text
from catalog.signed_in import signed_in
from deployer import selectors
from deployer.api.plan_serializers import PlanSerializer
from deployer.api.plans import plan_answer
from deployer.models import APPROVE, ApprovalRule, Plan
from deployer.services import approvals
from estimator.models import is_currency


class DecisionSerializer(serializers.Serializer[Any]):
    note = serializers.CharField(required=False, allow_blank=True, default="", max_length=2000)


class ApproverSerializer(serializers.Serializer[Any]):
    username = serializers.CharField()
    name = serializers.SerializerMethodField()

    def get_name(self, user: Any) -> str:
        return str(user.get_full_name() or user.get_username())


class ApprovalRuleSerializer(serializers.Serializer[Any]):
    """`may_approve` and `may_change` are about whoever asks."""

    monthly_above = serializers.CharField(allow_null=True, help_text="null: no plan needs an approval")
    currency = serializers.CharField()
    approvers = ApproverSerializer(many=True)
    changed_by = serializers.CharField(allow_null=True)
    changed_at = serializers.DateTimeField(allow_null=True)
    may_approve = serializers.BooleanField()
    may_change = serializers.BooleanField()


class NewApprovalRuleSerializer(serializers.Serializer[Any]):
    monthly_above = serializers.DecimalField(max_digits=14, decimal_places=2, min_value=0, allow_null=True)
    currency = serializers.CharField(max_length=3, validators=[is_currency])
    approvers = serializers.ListField(
        child=serializers.CharField(max_length=150),
        required=False,
        max_length=200,
        help_text="user names of the group of approvers; left out, the group stays as it is",
    )


class PlanApprove(APIView):
    @extend_schema(
        request=DecisionSerializer,
        responses=PlanSerializer,
        description="By somebody who may approve plans and did not make this one.",
    )
    def post(self, request: Request, plan_id: str) -> Response:
        user, note, plan = _decision(request, plan_id)
        approvals.approve_plan(plan, approved_by=user, note=note)
        return plan_answer(request, selectors.get_plan(user, plan_id))


class PlanDecline(APIView):
    @extend_schema(request=DecisionSerializer, responses=PlanSerializer)
    def post(self, request: Request, plan_id: str) -> Response:
        user, note, plan = _decision(request, plan_id)
        approvals.decline_plan(plan, declined_by=user, note=note)
        return plan_answer(request, selectors.get_plan(user, plan_id))


class ApprovalRuleView(APIView):
    @extend_schema(responses=ApprovalRuleSerializer)
    def get(self, request: Request) -> Response:
        return _rule_answer(signed_in(request))

    @extend_schema(
        request=NewApprovalRuleSerializer, responses=ApprovalRuleSerializer, description="By staff."
    )
    def put(self, request: Request) -> Response:
        user = signed_in(request)
        form = NewApprovalRuleSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        approvals.set_rule(changed_by=user, **form.validated_data)
        return _rule_answer(user)


def _decision(request: Request, plan_id: str) -> tuple[User, str, Plan]:
    form = DecisionSerializer(data=request.data or {})
    form.is_valid(raise_exception=True)
    user = signed_in(request)
    return user, form.validated_data["note"], selectors.get_plan(user, plan_id)


def _rule_answer(user: User) -> Response:
    rule = approvals.find_rule() or ApprovalRule()
    changed_by = rule.changed_by
    said = {
        "monthly_above": None if rule.monthly_above is None else amount_text(rule.monthly_above),
        "currency": rule.currency,
        "approvers": approvals.list_approvers(),
        "changed_by": changed_by.get_username() if changed_by else None,
        "changed_at": rule.changed_at,
        "may_approve": user.has_perm(APPROVE),
        "may_change": user.is_staff,
    }
    return Response(ApprovalRuleSerializer(said).data)

"""The doors to plans: parse, ask a service or selector, answer."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from catalog.signed_in import signed_in
from deployer import selectors
from deployer.api.deployment_serializers import AppliedSerializer, ApplySerializer
from deployer.api.plan_serializers import NewPlanSerializer, PlanSerializer, PlanShortSerializer
from deployer.models import Deployment, Plan
from deployer.services import deploying, planning
from designer.models import Design, DesignRevision
from designer.selectors import get_design
from designer.services.revisions import get_revision
from estimator.selectors import accepted_offer, get_proposal


class PlanList(APIView):
    @extend_schema(
        parameters=[
            OpenApiParameter("design", str, description="only this design's"),
            OpenApiParameter("awaiting", str, enum=["me"], description="those that wait for your approval"),
        ],
        responses=PlanShortSerializer(many=True),
        description="Your own plans, newest first, or those of others that you may approve, oldest first.",
    )
    def get(self, request: Request) -> Response:
        user = signed_in(request)
        if request.query_params.get("awaiting") == "me":
            plans = selectors.plans_to_approve(user)
        else:
            design_id = request.query_params.get("design")
            design = get_design(user, design_id) if design_id else None
            plans = list(selectors.list_plans(user, design=design))
        return Response(PlanShortSerializer(plans, many=True).data)  # type: ignore[arg-type]

    @extend_schema(request=NewPlanSerializer, responses={201: PlanSerializer})
    def post(self, request: Request) -> Response:
        form = NewPlanSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        said, user = form.validated_data, signed_in(request)
        design, revision = _asked_for(user, said)
        plan = planning.create_plan(
            design=design,
            cloud=selectors.get_cloud(user, said["cloud"]),
            intent=said["intent"],
            created_by=user,
            revision=revision,
            regions=said.get("regions"),
            as_one_stack=said["as_one_stack"],
        )
        return plan_answer(request, plan, status.HTTP_201_CREATED)


def _asked_for(user: User, said: Mapping[str, Any]) -> tuple[Design, DesignRevision | None]:
    """The design, as a customer accepted it, as it was saved once, or as it is drawn now: None."""
    if "proposal" in said:
        revision = accepted_offer(get_proposal(user, said["proposal"])).revision
        return get_design(user, revision.design_id), revision
    design = get_design(user, said["design"])
    return design, get_revision(design, said["revision"]) if "revision" in said else None


class PlanDetail(APIView):
    @extend_schema(responses=PlanSerializer)
    def get(self, request: Request, plan_id: str) -> Response:
        return plan_answer(request, selectors.get_plan(signed_in(request), plan_id))


class PlanDocument(APIView):
    @extend_schema(
        responses=OpenApiTypes.OBJECT,
        description="The drawing as the plan's revision has it, whatever is drawn now.",
    )
    def get(self, request: Request, plan_id: str) -> Response:
        return Response(selectors.get_plan(signed_in(request), plan_id).revision.document)


class PlanApply(APIView):
    @extend_schema(
        request=ApplySerializer,
        responses={202: AppliedSerializer},
        description="Once, before it expires, and only while nothing that it was made from has changed.",
    )
    def post(self, request: Request, plan_id: str) -> Response:
        form = ApplySerializer(data=request.data or {})
        form.is_valid(raise_exception=True)
        deployment = deploying.apply_plan(
            selectors.get_own_plan(signed_in(request), plan_id),
            applied_by=signed_in(request),
            on_failure=Deployment.OnFailure(form.validated_data["on_failure"]),
            confirmed=form.validated_data["confirm"],
            removes_snapshots=form.validated_data["remove_snapshots"],
        )
        return Response(AppliedSerializer({"deployment": deployment.id}).data, status.HTTP_202_ACCEPTED)


def plan_answer(request: Request, plan: Plan, code: int = status.HTTP_200_OK) -> Response:
    return Response(PlanSerializer(plan, context={"user": signed_in(request)}).data, status=code)

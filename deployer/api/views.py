"""The doors to clouds, plans and deployments: parse, ask a service or selector, answer."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from catalog.domain.money import amount_text
from catalog.signed_in import signed_in
from deployer import selectors
from deployer.api.serializers import (
    AppliedSerializer,
    ApplySerializer,
    ApprovalRuleSerializer,
    ChangedCloudSerializer,
    CloudSerializer,
    CredentialSerializer,
    DecisionSerializer,
    DeploymentSerializer,
    DeploymentShortSerializer,
    EntrySerializer,
    NewApprovalRuleSerializer,
    NewCloudSerializer,
    NewPlanSerializer,
    OnFailureSerializer,
    PastedSerializer,
    PlanSerializer,
    PlanShortSerializer,
    RegionsSerializer,
    TriedCloudSerializer,
)
from deployer.models import APPROVE, ApprovalRule, Deployment, Plan
from deployer.services import approvals, clouds, deploying, planning
from designer.models import Design, DesignRevision
from designer.selectors import get_design
from designer.services.revisions import get_revision
from estimator.selectors import accepted_offer, get_proposal


class CloudList(APIView):
    @extend_schema(responses=CloudSerializer(many=True))
    def get(self, request: Request) -> Response:
        return Response(CloudSerializer(selectors.list_clouds(signed_in(request)), many=True).data)

    @extend_schema(
        request=NewCloudSerializer,
        responses={201: CloudSerializer},
        description="Signs in and reads what the cloud has. One that does not answer is not kept.",
    )
    def post(self, request: Request) -> Response:
        form = NewCloudSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        credential = form.credential()
        assert credential is not None  # the form has seen to it
        name = form.validated_data["name"]
        cloud = clouds.add_cloud(owner=signed_in(request), name=name, credential=credential)
        return Response(CloudSerializer(cloud).data, status=status.HTTP_201_CREATED)


class CloudEntries(APIView):
    @extend_schema(
        request=PastedSerializer,
        responses=EntrySerializer(many=True),
        description="The entries of a pasted clouds.yaml, to choose from. Nothing is kept, nobody is asked.",
    )
    def post(self, request: Request) -> Response:
        form = PastedSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        signed_in(request)
        return Response(
            EntrySerializer(clouds.list_entries(form.validated_data["clouds_yaml"]), many=True).data
        )


class CloudTry(APIView):
    @extend_schema(
        request=CredentialSerializer,
        responses=TriedCloudSerializer,
        description="Signs in and reads what each region has. Nothing is kept.",
    )
    def post(self, request: Request) -> Response:
        form = CredentialSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        signed_in(request)
        credential = form.credential()
        assert credential is not None
        cloud, regions = clouds.try_credential(credential)
        told = {
            "auth_url": cloud.auth_url,
            "region": cloud.region,
            "project": regions[0].profile.project,
            "regions": regions,
        }
        return Response(TriedCloudSerializer(told).data)  # type: ignore[arg-type]


class CloudDetail(APIView):
    @extend_schema(responses=CloudSerializer)
    def get(self, request: Request, cloud_id: str) -> Response:
        return Response(CloudSerializer(selectors.get_cloud(signed_in(request), cloud_id)).data)

    @extend_schema(
        request=ChangedCloudSerializer,
        responses=CloudSerializer,
        description="Another name, or another credential for the same account: 409 when something is "
        "deployed there that it does not lead to.",
    )
    def patch(self, request: Request, cloud_id: str) -> Response:
        cloud = selectors.get_cloud(signed_in(request), cloud_id)
        form = ChangedCloudSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        if credential := form.credential():
            clouds.renew_credential(cloud, credential)
        if name := form.validated_data.get("name"):
            clouds.rename_cloud(cloud, name)
        return Response(CloudSerializer(cloud).data)

    @extend_schema(responses={204: None}, description="409 while something is deployed there.")
    def delete(self, request: Request, cloud_id: str) -> Response:
        clouds.remove_cloud(selectors.get_cloud(signed_in(request), cloud_id))
        return Response(status=status.HTTP_204_NO_CONTENT)


class CloudCheck(APIView):
    @extend_schema(request=None, responses=CloudSerializer)
    def post(self, request: Request, cloud_id: str) -> Response:
        cloud = clouds.check_cloud(selectors.get_cloud(signed_in(request), cloud_id))
        return Response(CloudSerializer(cloud).data)


class CloudRegions(APIView):
    @extend_schema(
        parameters=[OpenApiParameter("design", str, required=True)],
        responses=RegionsSerializer,
        description="Where each region of the design would go in this cloud if nothing else is said.",
    )
    def get(self, request: Request, cloud_id: str) -> Response:
        cloud = selectors.get_cloud(signed_in(request), cloud_id)
        design = get_design(signed_in(request), request.query_params.get("design", ""))
        choices = planning.choose_for(design.document, design, cloud)
        told = {"offered": cloud.region_names, "choices": [choice.to_json() for choice in choices]}
        return Response(RegionsSerializer(told).data)


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
        return _plan_answer(request, plan, status.HTTP_201_CREATED)


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
        return _plan_answer(request, selectors.get_plan(signed_in(request), plan_id))


class PlanDocument(APIView):
    @extend_schema(
        responses=OpenApiTypes.OBJECT,
        description="The drawing as the plan's revision has it, whatever is drawn now.",
    )
    def get(self, request: Request, plan_id: str) -> Response:
        return Response(selectors.get_plan(signed_in(request), plan_id).revision.document)


class PlanApprove(APIView):
    @extend_schema(
        request=DecisionSerializer,
        responses=PlanSerializer,
        description="By somebody who may approve plans and did not make this one.",
    )
    def post(self, request: Request, plan_id: str) -> Response:
        user, note, plan = _decision(request, plan_id)
        approvals.approve_plan(plan, approved_by=user, note=note)
        return _plan_answer(request, selectors.get_plan(user, plan_id))


class PlanDecline(APIView):
    @extend_schema(request=DecisionSerializer, responses=PlanSerializer)
    def post(self, request: Request, plan_id: str) -> Response:
        user, note, plan = _decision(request, plan_id)
        approvals.decline_plan(plan, declined_by=user, note=note)
        return _plan_answer(request, selectors.get_plan(user, plan_id))


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


class DeploymentList(APIView):
    @extend_schema(
        parameters=[OpenApiParameter("design", str, description="only this design's")],
        responses=DeploymentShortSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        design_id = request.query_params.get("design")
        design = get_design(signed_in(request), design_id) if design_id else None
        deployments = list(selectors.list_deployments(signed_in(request), design=design))
        return Response(DeploymentShortSerializer(deployments, many=True).data)  # type: ignore[arg-type]


class DeploymentDetail(APIView):
    @extend_schema(responses=DeploymentSerializer)
    def get(self, request: Request, deployment_id: str) -> Response:
        return _answer(selectors.get_deployment(signed_in(request), deployment_id))

    @extend_schema(request=OnFailureSerializer, responses=DeploymentSerializer)
    def patch(self, request: Request, deployment_id: str) -> Response:
        form = OnFailureSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        deployment = selectors.get_deployment(signed_in(request), deployment_id)
        policy = Deployment.OnFailure(form.validated_data["on_failure"])
        return _answer(deploying.choose_on_failure(deployment, policy))


class DeploymentCancel(APIView):
    @extend_schema(request=None, responses={202: DeploymentSerializer})
    def post(self, request: Request, deployment_id: str) -> Response:
        deployment = selectors.get_deployment(signed_in(request), deployment_id)
        return _answer(deploying.cancel_deployment(deployment), status.HTTP_202_ACCEPTED)


class DeploymentRetry(APIView):
    @extend_schema(request=None, responses={202: DeploymentSerializer})
    def post(self, request: Request, deployment_id: str) -> Response:
        deployment = selectors.get_deployment(signed_in(request), deployment_id)
        return _answer(deploying.retry_deployment(deployment), status.HTTP_202_ACCEPTED)


class DeploymentRollBack(APIView):
    @extend_schema(request=None, responses={202: DeploymentSerializer})
    def post(self, request: Request, deployment_id: str) -> Response:
        deployment = selectors.get_deployment(signed_in(request), deployment_id)
        return _answer(deploying.roll_back_deployment(deployment), status.HTTP_202_ACCEPTED)


def _plan_answer(request: Request, plan: Plan, code: int = status.HTTP_200_OK) -> Response:
    return Response(PlanSerializer(plan, context={"user": signed_in(request)}).data, status=code)


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


def _answer(deployment: Deployment, code: int = status.HTTP_200_OK) -> Response:
    deployment.progress = selectors.read_progress(deployment)  # type: ignore[attr-defined]
    return Response(DeploymentSerializer(deployment).data, status=code)

"""The doors to deployments: parse, ask a service or selector, answer."""

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from catalog.signed_in import signed_in
from deployer import selectors
from deployer.api.deployment_serializers import (
    DeploymentSerializer,
    DeploymentShortSerializer,
    OnFailureSerializer,
)
from deployer.models import Deployment
from deployer.services import deploying
from designer.selectors import get_design


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


def _answer(deployment: Deployment, code: int = status.HTTP_200_OK) -> Response:
    deployment.progress = selectors.read_progress(deployment)  # type: ignore[attr-defined]
    return Response(DeploymentSerializer(deployment).data, status=code)

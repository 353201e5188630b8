"""The door to the chain from an accepted proposal's lines to plan steps and resources, in both directions."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from catalog.signed_in import signed_in
from deployer.tracing import trace
from estimator.selectors import accepted_offer, get_proposal


class TracedStepSerializer(serializers.Serializer[Any]):
    plan = serializers.UUIDField(source="plan_id")
    plan_status = serializers.CharField(source="plan.status")
    key = serializers.CharField()
    action = serializers.CharField()


class TracedResourceSerializer(serializers.Serializer[Any]):
    key = serializers.CharField()
    kind = serializers.CharField()
    cloud = serializers.CharField(source="account.name")
    region = serializers.CharField()
    cloud_id = serializers.CharField()
    status = serializers.CharField()


class TracedRowSerializer(serializers.Serializer[Any]):
    id = serializers.CharField()
    item = serializers.CharField()
    description = serializers.CharField()
    monthly = serializers.CharField(allow_null=True)
    keys = serializers.ListField(child=serializers.CharField())
    steps = TracedStepSerializer(many=True)
    resources = TracedResourceSerializer(many=True)


class TraceView(APIView):
    @extend_schema(
        parameters=[
            OpenApiParameter("cloud_id", str, description="only the rows that stand as this in a cloud"),
            OpenApiParameter("key", str, description="only the rows of this resource"),
        ],
        responses=TracedRowSerializer(many=True),
    )
    def get(self, request: Request, proposal_id: str) -> Response:
        """Line by line what was accepted, planned and made. 409 while nothing was accepted."""
        rows = trace(accepted_offer(get_proposal(signed_in(request), proposal_id)))
        if cloud_id := request.query_params.get("cloud_id"):
            rows = [row for row in rows if cloud_id in {one.cloud_id for one in row.resources}]
        if key := request.query_params.get("key"):
            rows = [row for row in rows if key in row.keys]
        return Response(TracedRowSerializer(rows, many=True).data)

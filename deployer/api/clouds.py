"""The doors to clouds: parse, ask a service or selector, answer."""

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from catalog.signed_in import signed_in
from deployer import selectors
from deployer.api.cloud_serializers import (
    ChangedCloudSerializer,
    CloudSerializer,
    CredentialSerializer,
    EntrySerializer,
    NewCloudSerializer,
    PastedSerializer,
    TriedCloudSerializer,
)
from deployer.api.plan_serializers import RegionsSerializer
from deployer.services import clouds, planning
from designer.selectors import get_design


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

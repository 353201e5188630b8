"""The doors to the passwords of a deployment: what there are, and each one once."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from catalog.signed_in import signed_in
from deployer import selectors
from deployer.models import Resource
from deployer.services.revealing import reveal_secret


class SecretSerializer(serializers.ModelSerializer[Resource]):
    """A password without its value. `user` is who signs in with it, empty where it joins servers together."""

    user = serializers.SerializerMethodField()
    revealed_by = serializers.SerializerMethodField()

    class Meta:
        model = Resource
        fields = ["key", "component", "name", "user", "revealed_at", "revealed_by"]

    def get_user(self, secret: Resource) -> str:
        return str(secret.properties.get("user", ""))

    def get_revealed_by(self, secret: Resource) -> str:
        return str(secret.revealed_by) if secret.revealed_by else ""


class RevealSerializer(serializers.Serializer[Any]):
    key = serializers.CharField(max_length=400)


class RevealedSerializer(SecretSerializer):
    value = serializers.CharField()

    class Meta(SecretSerializer.Meta):
        fields = [*SecretSerializer.Meta.fields, "value"]


class SecretList(APIView):
    @extend_schema(responses=SecretSerializer(many=True))
    def get(self, request: Request, deployment_id: str) -> Response:
        deployment = selectors.get_deployment(signed_in(request), deployment_id)
        return Response(SecretSerializer(selectors.list_secrets(deployment), many=True).data)


class SecretReveal(APIView):
    @extend_schema(
        request=RevealSerializer,
        responses=RevealedSerializer,
        description="The value, for the first and only time: from then on 409 with who saw it, and when.",
    )
    def post(self, request: Request, deployment_id: str) -> Response:
        form = RevealSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        deployment = selectors.get_deployment(signed_in(request), deployment_id)
        revealed = reveal_secret(deployment, form.validated_data["key"], revealed_by=signed_in(request))
        said = {**SecretSerializer(revealed.secret).data, "value": revealed.value}
        return Response(said, headers={"Cache-Control": "no-store"})

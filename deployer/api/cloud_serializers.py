"""Clouds as JSON. Credentials are only ever read here, never written out."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from deployer.domain.cloud import CloudProfile
from deployer.models import (
    Cloud,
    CloudRegion,
)
from deployer.services import clouds


class CredentialSerializer(serializers.Serializer[Any]):
    """Either a pasted clouds.yaml, with an entry's name if it has several, or an application credential."""

    clouds_yaml = serializers.CharField(required=False, max_length=20_000, trim_whitespace=False)
    entry = serializers.CharField(required=False, max_length=200)
    auth_url = serializers.CharField(required=False, max_length=500)
    region = serializers.CharField(required=False, max_length=100, allow_blank=True, default="")
    application_credential_id = serializers.CharField(required=False, max_length=100)
    application_credential_secret = serializers.CharField(
        required=False, max_length=500, trim_whitespace=False, style={"input_type": "password"}
    )

    needs_credential = True

    def validate(self, data: dict[str, Any]) -> dict[str, Any]:
        needed = ("auth_url", "application_credential_id", "application_credential_secret")
        some = "clouds_yaml" in data or any(name in data for name in needed)
        if not some and not self.needs_credential:
            return data
        if "clouds_yaml" not in data and not all(name in data for name in needed):
            raise serializers.ValidationError(
                "Send a clouds.yaml, or an address with an application credential's id and secret."
            )
        return data

    def credential(self) -> dict[str, Any] | None:
        """As it is kept. Raises: CloudsYamlInvalid."""
        said = self.validated_data
        if "clouds_yaml" in said:
            return clouds.read_pasted(said["clouds_yaml"], said.get("entry"))
        if "auth_url" not in said:
            return None
        return clouds.read_application_credential(
            said["auth_url"],
            said["region"],
            said["application_credential_id"],
            said["application_credential_secret"],
        )


class NewCloudSerializer(CredentialSerializer):
    name = serializers.CharField(max_length=100)


class ChangedCloudSerializer(CredentialSerializer):
    """Another name, another credential, or both."""

    name = serializers.CharField(max_length=100, required=False)
    needs_credential = False


class PastedSerializer(serializers.Serializer[Any]):
    clouds_yaml = serializers.CharField(max_length=20_000, trim_whitespace=False)


class EntrySerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    auth_url = serializers.CharField()
    region = serializers.CharField()
    problem = serializers.CharField(help_text="why this entry cannot be used; empty when it can")


class FlavorSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    vcpus = serializers.IntegerField()
    ram_gib = serializers.FloatField()
    disk_gib = serializers.IntegerField()


class QuotaSerializer(serializers.Serializer[Any]):
    limit = serializers.IntegerField(help_text="-1 is no limit")
    used = serializers.IntegerField()


class ProfileSerializer(serializers.Serializer[Any]):
    services = serializers.ListField(child=serializers.CharField())
    flavors = FlavorSerializer(many=True)
    images = serializers.ListField(child=serializers.CharField())
    availability_zones = serializers.ListField(child=serializers.CharField())
    external_networks = serializers.ListField(child=serializers.CharField())
    volume_types = serializers.ListField(child=serializers.CharField())
    quotas = serializers.DictField(child=QuotaSerializer())


class CloudRegionSerializer(serializers.ModelSerializer[CloudRegion]):
    profile = serializers.SerializerMethodField()

    class Meta:
        model = CloudRegion
        fields = ["name", "detail", "read_at", "profile"]

    @extend_schema_field(ProfileSerializer)
    def get_profile(self, region: CloudRegion) -> dict[str, Any]:
        return profile_facts(region.profile)


class TriedCloudSerializer(serializers.ModelSerializer[Cloud]):
    """What a credential opens, before it is kept."""

    project = serializers.CharField()
    regions = CloudRegionSerializer(many=True)

    class Meta:
        model = Cloud
        fields = ["auth_url", "region", "project", "regions"]


class CloudSerializer(serializers.ModelSerializer[Cloud]):
    """`region` and `profile` are the default region's; `regions` has them all, that one first."""

    status = serializers.ChoiceField(choices=Cloud.Status.values, read_only=True)
    project = serializers.CharField(source="profile.project", read_only=True)
    profile = serializers.SerializerMethodField()
    regions = CloudRegionSerializer(many=True)

    class Meta:
        model = Cloud
        fields = [
            "id",
            "name",
            "auth_url",
            "project",
            "region",
            "status",
            "detail",
            "checked_at",
            "profile",
            "regions",
        ]

    @extend_schema_field(ProfileSerializer)
    def get_profile(self, cloud: Cloud) -> dict[str, Any]:
        return profile_facts(cloud.profile)


def profile_facts(profile: CloudProfile) -> dict[str, Any]:
    """What people are told of it, without the cloud's ids."""
    flavors = [
        {"name": one.name, "vcpus": one.vcpus, "ram_gib": one.ram_mib / 1024, "disk_gib": one.disk_gib}
        for one in sorted(profile.flavors, key=lambda one: (one.ram_mib, one.vcpus, one.name))
    ]
    return {
        "services": sorted(profile.services),
        "flavors": flavors,
        "images": sorted(one.name for one in profile.images),
        "availability_zones": list(profile.zones),
        "external_networks": [one.name for one in profile.external_networks],
        "volume_types": list(profile.volume_types),
        "quotas": {name: vars(quota) for name, quota in profile.quotas.items()},
    }

"""What someone may ask for with clouds: add one, check it, remove it."""

import logging
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from deployer import accounts
from deployer.cloud import clouds_yaml
from deployer.domain.cloud import AddressRefused, CloudError, CredentialsRefused, Refused
from deployer.errors import (
    CloudAddressRefused,
    CloudInUse,
    CloudNameTaken,
    CloudRefusedCredentials,
    CloudsYamlInvalid,
    CloudUnreachable,
)
from deployer.models import Cloud
from deployer.selectors import designs_standing_on

logger = logging.getLogger(__name__)


def read_pasted(text: str, entry: str | None = None) -> dict[str, Any]:
    """The credential in a pasted clouds.yaml. Raises: CloudsYamlInvalid."""
    try:
        return clouds_yaml.parse_entry(text, entry)
    except clouds_yaml.EntryInvalid as invalid:
        raise CloudsYamlInvalid(str(invalid)) from None


def read_application_credential(
    auth_url: str, region: str, credential_id: str, secret: str
) -> dict[str, Any]:
    """Raises: CloudsYamlInvalid."""
    try:
        return clouds_yaml.application_credential(auth_url, region, credential_id, secret)
    except clouds_yaml.EntryInvalid as invalid:
        raise CloudsYamlInvalid(str(invalid)) from None


def add_cloud(*, owner: User, name: str, credential: dict[str, Any]) -> Cloud:
    """Sign in, read what the cloud has, and keep it. A cloud that does not answer is not kept.

    Raises: CloudNameTaken, CloudAddressRefused, CloudUnreachable, CloudRefusedCredentials.
    """
    if Cloud.objects.visible_to(owner).filter(name=name).exists():
        raise CloudNameTaken(name)
    cloud = Cloud(
        owner=owner,
        name=name,
        auth_url=credential["auth"]["auth_url"],
        region=credential.get("region_name", ""),
    )
    cloud.credential = credential
    _read_into(cloud)
    try:
        with transaction.atomic():
            cloud.save(force_insert=True)
    except IntegrityError:
        raise CloudNameTaken(name) from None
    logger.info("cloud added", extra={"cloud_id": str(cloud.id)})
    return cloud


def renew_credential(cloud: Cloud, credential: dict[str, Any]) -> Cloud:
    """Keep a changed credential for a cloud that is there already. Raises: as add_cloud."""
    if cloud.credential != credential:
        cloud.credential = credential
        cloud.auth_url = credential["auth"]["auth_url"]
        cloud.region = credential.get("region_name", "")
    _read_into(cloud)
    cloud.save()
    return cloud


def check_cloud(cloud: Cloud) -> Cloud:
    """Ask again whether it answers and what it has. The answer is kept, good or bad; nothing is raised."""
    try:
        _read_into(cloud)
    except (CloudUnreachable, CloudAddressRefused) as error:
        cloud.status, cloud.detail = Cloud.Status.UNREACHABLE, str(error)
    except CloudRefusedCredentials as error:
        cloud.status, cloud.detail = Cloud.Status.REFUSED, str(error)
    cloud.checked_at = timezone.now()
    cloud.save(update_fields=["status", "detail", "checked_at", "profile_json"])
    return cloud


def remove_cloud(cloud: Cloud) -> None:
    """Forget a cloud and its credential. Raises: CloudInUse while something of a design stands there."""
    if cloud.deployments.active().exists():
        raise CloudInUse(sorted({one.design.name for one in cloud.deployments.active()}))
    if designs := designs_standing_on(cloud):
        raise CloudInUse(designs)
    try:
        cloud.delete()
    except ProtectedError:
        raise CloudInUse(designs_standing_on(cloud)) from None


def _read_into(cloud: Cloud) -> None:
    """Raises: CloudAddressRefused, CloudUnreachable, CloudRefusedCredentials."""
    try:
        profile = accounts.open_account(cloud).read_profile()
    except AddressRefused as error:
        raise CloudAddressRefused(error.words) from None
    except (CredentialsRefused, Refused) as error:
        raise CloudRefusedCredentials(error.words) from None
    except CloudError as error:
        raise CloudUnreachable(error.words) from None
    cloud.profile_json = profile.to_json()
    cloud.status, cloud.detail, cloud.checked_at = Cloud.Status.READY, "", timezone.now()

"""What someone may ask for with clouds: add one, check it, remove it."""

import logging
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from deployer import accounts
from deployer.accounts import Accounts
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
from deployer.models import Cloud, CloudRegion
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
    found = _read_into(cloud)
    try:
        with transaction.atomic():
            cloud.save(force_insert=True)
            _keep_regions(cloud, found)
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
    found = _read_into(cloud)
    with transaction.atomic():
        cloud.save()
        _keep_regions(cloud, found)
    return cloud


def check_cloud(cloud: Cloud) -> Cloud:
    """Ask again whether it answers and what it has. The answer is kept, good or bad; nothing is raised."""
    found: list[CloudRegion] = []
    try:
        found = _read_into(cloud)
    except (CloudUnreachable, CloudAddressRefused) as error:
        cloud.status, cloud.detail = Cloud.Status.UNREACHABLE, str(error)
    except CloudRefusedCredentials as error:
        cloud.status, cloud.detail = Cloud.Status.REFUSED, str(error)
    cloud.checked_at = timezone.now()
    with transaction.atomic():
        cloud.save(update_fields=["status", "detail", "checked_at", "region"])
        if found:
            _keep_regions(cloud, found)
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


def _read_into(cloud: Cloud) -> list[CloudRegion]:
    """Sign in, and read what each region has. The rows are for `_keep_regions`.

    The default region has to answer; another one that does not is kept with what it said.
    Raises: CloudAddressRefused, CloudUnreachable, CloudRefusedCredentials.
    """
    try:
        account = accounts.open_account(cloud)
        profile = account.read_profile()
        names = account.region_names()
    except AddressRefused as error:
        raise CloudAddressRefused(error.words) from None
    except (CredentialsRefused, Refused) as error:
        raise CloudRefusedCredentials(error.words) from None
    except CloudError as error:
        raise CloudUnreachable(error.words) from None
    cloud.region = cloud.region or next(iter(names), "")
    cloud.status, cloud.detail, cloud.checked_at = Cloud.Status.READY, "", timezone.now()
    first = CloudRegion(name=cloud.region, profile_json=profile.to_json(), read_at=cloud.checked_at)
    others = [name for name in names if name != cloud.region]
    opened = Accounts(cloud, others)
    with ThreadPoolExecutor(max_workers=4) as pool:
        return [first, *pool.map(lambda name: _read_region(opened, name), others)]


def _read_region(opened: Accounts, name: str) -> CloudRegion:
    try:
        profile = opened.at(name).read_profile()
    except CloudError as error:
        return CloudRegion(name=name, detail=error.words)
    return CloudRegion(name=name, profile_json=profile.to_json(), read_at=timezone.now())


def _keep_regions(cloud: Cloud, found: list[CloudRegion]) -> None:
    """Replace what was known. A region that did not answer this time keeps what it had to offer."""
    known = {one.name: one for one in cloud.regions.all()}
    for position, one in enumerate(found):
        before = known.get(one.name)
        if one.read_at is None and before is not None:
            one.profile_json, one.read_at = before.profile_json, before.read_at
        one.cloud, one.position = cloud, position
    cloud.regions.all().delete()
    CloudRegion.objects.bulk_create(found)

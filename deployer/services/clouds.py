"""What someone may ask for with clouds: try one, add it, check it, renew its credential, remove it."""

import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from deployer import accounts
from deployer.accounts import Accounts
from deployer.cloud import clouds_yaml
from deployer.domain.cloud import AddressRefused, CloudError, CloudProfile, CredentialsRefused, Refused
from deployer.errors import (
    CloudAddressRefused,
    CloudInUse,
    CloudNameTaken,
    CloudRefusedCredentials,
    CloudRegionUnknown,
    CloudsYamlInvalid,
    CloudUnreachable,
    CredentialOfAnotherAccount,
)
from deployer.models import Cloud, CloudRegion
from deployer.selectors import designs_standing_on

logger = logging.getLogger(__name__)

MOST_AT_ONCE = 5  # of the clouds that a scheduled refresh reads, so that its worker has time for others


def read_pasted(text: str, entry: str | None = None) -> dict[str, Any]:
    """The credential in a pasted clouds.yaml. Raises: CloudsYamlInvalid."""
    try:
        return clouds_yaml.parse_entry(text, entry)
    except clouds_yaml.EntryInvalid as invalid:
        raise CloudsYamlInvalid(str(invalid)) from None


def list_entries(text: str) -> list[dict[str, str]]:
    """What a pasted clouds.yaml offers to choose from. Raises: CloudsYamlInvalid."""
    try:
        return [{"name": name, **facts} for name, facts in clouds_yaml.entries_in(text).items()]
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
    cloud = _unsaved(credential)
    cloud.owner, cloud.name = owner, name
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
    """Keep a changed credential for a cloud that is there already.

    Raises: as add_cloud; CredentialOfAnotherAccount when what stands there could not be found with it.
    """
    before, standing = cloud.profile, designs_standing_on(cloud)
    if cloud.credential != credential:
        cloud.credential = credential
        cloud.auth_url = credential["auth"]["auth_url"]
        cloud.region = credential.get("region_name", "")
    found = _read_into(cloud)
    if standing:
        _refuse_another_account(cloud, before, found, standing)
    with transaction.atomic():
        cloud.save()
        _keep_regions(cloud, found)
    logger.info("credential renewed", extra={"cloud_id": str(cloud.id)})
    return cloud


def rename_cloud(cloud: Cloud, name: str) -> Cloud:
    """Raises: CloudNameTaken."""
    cloud.name = name
    try:
        with transaction.atomic():
            cloud.save(update_fields=["name"])
    except IntegrityError:
        raise CloudNameTaken(name) from None
    return cloud


def try_credential(credential: dict[str, Any]) -> tuple[Cloud, list[CloudRegion]]:
    """What a cloud answers to a credential, as rows that nobody keeps. Raises: as add_cloud."""
    cloud = _unsaved(credential)
    return cloud, _read_into(cloud)


def refresh_clouds(*, older_than: timedelta) -> int:
    """Read anew what clouds have that nobody looked at for a while. Returns how many were asked."""
    stale = list(Cloud.objects.filter(checked_at__lt=timezone.now() - older_than).order_by("checked_at"))
    for cloud in stale[:MOST_AT_ONCE]:
        check_cloud(cloud)
    return len(stale[:MOST_AT_ONCE])


def check_cloud(cloud: Cloud) -> Cloud:
    """Ask again whether it answers and what it has. The answer is kept, good or bad; nothing is raised."""
    found: list[CloudRegion] = []
    try:
        found = _read_into(cloud)
    except (CloudUnreachable, CloudAddressRefused) as error:
        cloud.status, cloud.detail = Cloud.Status.UNREACHABLE, str(error)
    except (CloudRefusedCredentials, CloudRegionUnknown) as error:
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


def _unsaved(credential: dict[str, Any]) -> Cloud:
    cloud = Cloud(auth_url=credential["auth"]["auth_url"], region=credential.get("region_name", ""))
    cloud.credential = credential
    return cloud


def _refuse_another_account(
    cloud: Cloud, before: CloudProfile, found: list[CloudRegion], standing: list[str]
) -> None:
    """Raises: CredentialOfAnotherAccount."""
    project = found[0].profile.project_id
    if before.project_id and project and project != before.project_id:
        raise CredentialOfAnotherAccount(standing, lost=f"the project {before.project or before.project_id}")
    there = set(cloud.resources.exclude(region="").values_list("region", flat=True))
    if gone := sorted(there - {one.name for one in found}):
        raise CredentialOfAnotherAccount(standing, lost=f"the region {', '.join(gone)}")


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
    if cloud.region and names and cloud.region not in names:
        raise CloudRegionUnknown(cloud.region, names)
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

"""Adding, checking and removing clouds."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from deployer.domain.cloud import AddressRefused, CredentialsRefused, Refused, Unreachable
from deployer.errors import (
    CloudAddressRefused,
    CloudInUse,
    CloudNameTaken,
    CloudRefusedCredentials,
    CloudUnreachable,
)
from deployer.models import Cloud
from deployer.services.clouds import add_cloud, check_cloud, refresh_clouds, remove_cloud, renew_credential
from tests.deployer.conftest import CREDENTIAL
from tests.deployer.drawings import a_server
from tests.fakes.cloud import FakeCloud, a_profile

pytestmark = pytest.mark.django_db


def test_a_cloud_is_asked_at_once_and_its_profile_kept(account: Cloud) -> None:
    assert account.status == "ready"
    assert {flavor.name for flavor in account.profile.flavors} == {"small", "medium", "large"}


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (CredentialsRefused("Invalid user or password."), CloudRefusedCredentials),
        (Refused("Project is disabled."), CloudRefusedCredentials),
        (Unreachable("No answer."), CloudUnreachable),
        (AddressRefused("a private address"), CloudAddressRefused),
    ],
)
def test_a_cloud_that_answers_badly_is_not_kept(
    answer: Any, error: type[Exception], cloud: FakeCloud, mara: User
) -> None:
    cloud.refuse_next("profile", "", answer)

    with pytest.raises(error, match=answer.words):
        add_cloud(owner=mara, name="lab", credential=CREDENTIAL)
    assert not Cloud.objects.exists()


def test_a_metadata_address_is_refused_before_anything_is_sent(mara: User) -> None:
    inside = {**CREDENTIAL, "auth": {**CREDENTIAL["auth"], "auth_url": "http://169.254.169.254/v3"}}  # type: ignore[dict-item]

    with pytest.raises(CloudAddressRefused, match="never a cloud's"):
        add_cloud(owner=mara, name="lab", credential=inside)


def test_a_public_installation_refuses_private_addresses(mara: User, settings: Any) -> None:
    settings.ALLOW_PRIVATE_CLOUD_ADDRESSES = False
    inside = {**CREDENTIAL, "auth": {**CREDENTIAL["auth"], "auth_url": "http://127.0.0.1:5000/v3"}}  # type: ignore[dict-item]

    with pytest.raises(CloudAddressRefused, match="allows only public ones"):
        add_cloud(owner=mara, name="lab", credential=inside)


def test_two_people_may_call_their_clouds_alike_and_one_may_not(
    account: Cloud, mara: User, teo: User
) -> None:
    add_cloud(owner=teo, name="lab", credential=CREDENTIAL)

    with pytest.raises(CloudNameTaken):
        add_cloud(owner=mara, name="lab", credential=CREDENTIAL)


def test_a_check_keeps_bad_news_too_and_good_news_after_it(account: Cloud, cloud: FakeCloud) -> None:
    cloud.refuse_next("profile", "", Unreachable("No answer."))

    assert check_cloud(account).status == "unreachable"
    assert Cloud.objects.get(id=account.id).detail == "The cloud does not answer. No answer."
    assert check_cloud(account).status == "ready"
    assert Cloud.objects.get(id=account.id).detail == ""


def test_a_renewed_credential_replaces_the_old_one(account: Cloud, cloud: FakeCloud) -> None:
    cloud.regions = ["RegionOne", "RegionTwo"]
    renewed = {**CREDENTIAL, "region_name": "RegionTwo"}

    renew_credential(account, renewed)

    assert Cloud.objects.get(id=account.id).credential == renewed
    assert Cloud.objects.get(id=account.id).region == "RegionTwo"


def test_a_cloud_on_which_something_stands_is_kept(account: Cloud, deploy: Any) -> None:
    deploy(a_server())

    with pytest.raises(CloudInUse, match="shop"):
        remove_cloud(account)

    deploy(a_server(), "destroy")
    remove_cloud(account)
    assert not Cloud.objects.exists()


def test_clouds_that_nobody_looked_at_for_a_while_are_read_again(account: Cloud, cloud: FakeCloud) -> None:
    assert refresh_clouds(older_than=timedelta(hours=6)) == 0
    Cloud.objects.update(checked_at=timezone.now() - timedelta(hours=7))
    cloud.profile = a_profile(zones=("az9",))

    assert refresh_clouds(older_than=timedelta(hours=6)) == 1

    account.refresh_from_db()
    assert account.profile.zones == ("az9",)
    assert account.checked_at > timezone.now() - timedelta(minutes=5)

"""What OpenStack answers, in the product's words. The texts are real answers."""

from typing import Any

import pytest
import requests
from keystoneauth1 import exceptions as keystone
from openstack import exceptions as sdk

from deployer.cloud.errors import speaking_plainly, translate
from deployer.domain.cloud import (
    Busy,
    CloudError,
    Conflict,
    CredentialsRefused,
    NotFound,
    QuotaExceeded,
    Refused,
    ServerFault,
    Unreachable,
)


def an_answer(status: int, words: str, **headers: str) -> sdk.HttpException:
    response = requests.Response()
    response.status_code, response.url = status, "http://127.0.0.1/v2.0/things"
    response.headers.update({"Content-Type": "application/json"} | headers)
    response._content = ('{"error": {"message": "' + words + '"}}').encode()
    try:
        sdk.raise_from_response(response)
    except sdk.HttpException as error:
        return error
    raise AssertionError("an error status did not raise")


@pytest.mark.parametrize(
    ("status", "words", "kind"),
    [
        (401, "The request you have made requires authentication.", CredentialsRefused),
        (403, "Quota exceeded for cores: Requested 4, but already used 18 of 20 cores", QuotaExceeded),
        (403, "Policy doesn't allow os_compute_api:servers:create to be performed.", Refused),
        (404, "Network 42 could not be found.", NotFound),
        (409, "Quota exceeded for resources: ['floatingip'].", QuotaExceeded),
        (409, "Security Group 42 in use.", Conflict),
        (409, "Load Balancer 42 is immutable and cannot be updated.", Busy),
        (413, "VolumeLimitExceeded: Maximum number of volumes allowed (10) exceeded", QuotaExceeded),
        (400, "Invalid volume: Volume status must be available or error", Conflict),
        (400, "Invalid input for cidr.", Refused),
        (429, "This request was rate-limited.", Busy),
        (500, "Unexpected API Error.", ServerFault),
        (503, "Service Unavailable", ServerFault),
    ],
)
def test_an_answer_becomes_what_it_means(status: int, words: str, kind: type[CloudError]) -> None:
    error = translate(an_answer(status, words))

    assert type(error) is kind
    assert error.words == words


def test_retry_after_is_read_in_seconds_and_never_trips_over_a_date() -> None:
    assert translate(an_answer(503, "Later.", **{"Retry-After": "7"})).retry_after == 7
    assert (
        translate(an_answer(503, "Later.", **{"Retry-After": "Wed, 21 Oct 2026 07:28:00 GMT"})).retry_after
        is None
    )


@pytest.mark.parametrize(
    "error",
    [keystone.ConnectFailure("refused"), keystone.ConnectTimeout("slow"), keystone.DiscoveryFailure("none")],
)
def test_no_answer_is_unreachable(error: Exception) -> None:
    assert isinstance(translate(error), Unreachable)


def test_whom_we_could_not_reach_is_said_without_the_librarys_story() -> None:
    story = "Unable to establish connection to https://cloud.example.org:5000/v3/auth/tokens: Max retries"

    assert (
        translate(keystone.ConnectFailure(story)).words
        == "Nothing answers at https://cloud.example.org:5000."
    )
    assert "cannot be verified" in translate(keystone.SSLError(story)).words


def test_our_own_errors_pass_through_and_others_are_not_hidden() -> None:
    with pytest.raises(NotFound, match="gone"), speaking_plainly():
        raise NotFound("gone")
    with pytest.raises(KeyError), speaking_plainly():
        raise KeyError("a fault of ours")


def test_a_page_of_html_is_one_plain_line() -> None:
    response: Any = requests.Response()
    response.status_code, response.url = 502, "http://127.0.0.1/"
    response.headers["Content-Type"] = "text/html"
    response._content = b"<html><title>502</title><h1>Bad\n  Gateway</h1></html>"
    with pytest.raises(sdk.HttpException) as caught:
        sdk.raise_from_response(response)

    words = translate(caught.value).words
    assert "Bad" in words
    assert "<" not in words
    assert "\n" not in words

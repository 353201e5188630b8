"""When asking again helps, and how long to wait."""

from datetime import UTC, datetime

import pytest

from deployer.domain.cloud import Busy, CloudError, Conflict, QuotaExceeded, Refused, ServerFault, Unreachable
from deployer.domain.retries import MOST_TRIES, decide_retry, in_step, look_again_after


@pytest.mark.parametrize("error", [QuotaExceeded("cores"), Refused("no"), CloudError("?")])
def test_what_cannot_pass_is_final(error: CloudError) -> None:
    assert decide_retry(error, 1) is None


@pytest.mark.parametrize("error", [Conflict("in use"), ServerFault("502"), Unreachable("timeout")])
def test_what_can_pass_is_tried_again_later_and_later_but_not_for_ever(error: CloudError) -> None:
    delays = [retry.delay_seconds for attempt in range(1, 20) if (retry := decide_retry(error, attempt))]

    assert delays == sorted(delays)
    assert delays[:4] == [1, 2, 4, 8]
    assert len(delays) == MOST_TRIES - 1
    assert max(delays) <= 60


def test_the_cloud_says_how_long_to_wait() -> None:
    retry = decide_retry(ServerFault("503", retry_after=12), 1)

    assert retry is not None
    assert retry.delay_seconds == 12


def test_an_absurd_wait_is_shortened() -> None:
    retry = decide_retry(Busy("429", retry_after=86_400), 1)

    assert retry is not None
    assert retry.delay_seconds == 60


def test_waiting_for_a_busy_thing_uses_up_no_try() -> None:
    retry = decide_retry(Busy("immutable"), 500)

    assert retry is not None
    assert not retry.counts


def test_looks_get_calmer_with_time() -> None:
    assert look_again_after(0) < 1
    assert look_again_after(20) < look_again_after(60) <= look_again_after(3600) == 10


@pytest.mark.parametrize(("asked", "kept"), [(0, 0), (1, 500_000), (499_999, 500_000), (500_000, 500_000)])
def test_looks_that_could_be_one_come_at_the_same_moment(asked: int, kept: int) -> None:
    at = datetime(2026, 11, 29, 23, 59, 59, asked, UTC)

    assert in_step(at) == at.replace(microsecond=kept)


def test_no_look_is_put_before_the_moment_that_was_asked_for() -> None:
    at = datetime(2026, 12, 31, 23, 59, 59, 500_001, UTC)

    assert in_step(at) == datetime(2027, 1, 1, tzinfo=UTC)

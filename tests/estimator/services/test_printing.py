"""Files of a frozen version: made by a worker or on the spot, once, and kept."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks
from rest_framework.test import APIClient

from estimator import tasks
from estimator.models import ProposalFile, ProposalVersion
from estimator.services import printing
from tests.estimator.api.proposals_over_api import give_reasons, post

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(api: APIClient) -> ProposalVersion:
    """Frozen, and no worker took its files yet."""
    customer = post(api, "/api/customers/", name="Harbour & Pine")
    design = post(api, "/api/designs/", name="Shop", template="rax-basic")
    proposal = post(api, "/api/proposals/", design=design["id"], customer=customer["id"])
    give_reasons(api, proposal)
    post(api, f"/api/proposals/{proposal['id']}/versions/")
    return ProposalVersion.objects.get()


@pytest.fixture
def worker(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> Callable[[], AbstractContextManager[Any]]:
    """While it is there, what is queued in it is carried out at its end."""
    run = tasks.make_proposal_file
    monkeypatch.setattr(run, "apply_async", lambda said, **_: run(*said))
    return lambda: django_capture_on_commit_callbacks(execute=True)


def states(version: ProposalVersion) -> dict[str, str]:
    return dict(version.files.values_list("ending", "state"))


def files_over_api(api: APIClient, version: ProposalVersion) -> list[dict[str, Any]]:
    (row,) = api.get(f"/api/proposals/{version.proposal_id}/").data["versions"]
    return list(row["files"])


def refuse(*_: Any, **__: Any) -> bytes:
    raise RuntimeError("no room on /secret/disk")


def test_freezing_asks_for_the_files_and_a_worker_makes_them(
    api: APIClient, version: ProposalVersion, worker: Callable[[], AbstractContextManager[Any]]
) -> None:
    assert states(version) == {"pdf": "waiting", "xlsx": "waiting", "docx": "waiting"}

    with worker():
        printing.ask_for_files(version)

    assert states(version) == {"pdf": "ready", "xlsx": "ready", "docx": "ready"}
    pdf = version.files.get(ending="pdf")
    assert api.get(f"/api/proposals/{version.proposal_id}/proposal.pdf").content == bytes(pdf.content)


def test_what_is_not_made_yet_is_made_for_whoever_asks_and_kept(
    api: APIClient, version: ProposalVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"/api/proposals/{version.proposal_id}/proposal.xlsx"

    first = api.get(address).content
    monkeypatch.setattr(printing, "proposal_file", refuse)

    assert api.get(address).content == first
    assert states(version)["xlsx"] == "ready"


def test_other_paper_is_another_file(api: APIClient, version: ProposalVersion) -> None:
    address = f"/api/proposals/{version.proposal_id}/proposal.pdf"

    a4, letter = (api.get(address, {"paper": paper}).content for paper in ("a4", "letter"))

    assert a4 != letter
    assert set(version.files.filter(ending="pdf").values_list("paper", flat=True)) == {"a4", "letter"}


def test_a_failure_says_what_to_do_without_the_machines_words_and_is_tried_again(
    api: APIClient,
    version: ProposalVersion,
    monkeypatch: pytest.MonkeyPatch,
    worker: Callable[[], AbstractContextManager[Any]],
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(printing, "proposal_file", refuse)
        for file in version.files.all():
            printing.make_file(file.id)
    told = files_over_api(api, version)

    with worker():
        answer = api.post(f"/api/proposals/{version.proposal_id}/versions/1/files/")

    assert {(one["state"], one["detail"]) for one in told} == {("failed", printing.NOT_MADE)}
    assert answer.status_code == 202
    assert {one["state"] for one in files_over_api(api, version)} == {"ready"}


def test_a_file_is_made_once_whoever_else_was_told_to(
    version: ProposalVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = version.files.get(ending="xlsx")
    printing.make_file(file.id)
    monkeypatch.setattr(printing, "proposal_file", refuse)

    printing.make_file(file.id)
    printing.make_file(file.id + 1000)

    assert states(version)["xlsx"] == "ready"


def test_what_a_worker_died_over_waits_again_and_what_is_being_made_does_not(
    version: ProposalVersion,
) -> None:
    version.files.update(state=ProposalFile.State.MAKING)
    version.files.filter(ending="pdf").update(changed_at=timezone.now() - timedelta(minutes=3))

    printing.ask_for_files(version)

    assert states(version) == {"pdf": "waiting", "xlsx": "making", "docx": "making"}


def test_files_that_no_worker_takes_say_so_after_some_seconds_and_can_be_queued_again(
    api: APIClient, version: ProposalVersion, worker: Callable[[], AbstractContextManager[Any]]
) -> None:
    at_first = files_over_api(api, version)
    version.files.update(changed_at=timezone.now() - timedelta(seconds=20))
    version.files.filter(ending="docx").update(state=ProposalFile.State.MAKING)

    told = {one["ending"]: one["detail"] for one in files_over_api(api, version)}
    with worker():
        api.post(f"/api/proposals/{version.proposal_id}/versions/1/files/")

    assert {one["detail"] for one in at_first} == {""}
    assert told == {"pdf": printing.NOBODY_AT_IT, "xlsx": printing.NOBODY_AT_IT, "docx": ""}
    assert states(version) == {"pdf": "ready", "xlsx": "ready", "docx": "making"}


def test_asking_again_for_files_that_nobody_took_gives_a_worker_some_seconds_more(
    api: APIClient, version: ProposalVersion
) -> None:
    version.files.update(changed_at=timezone.now() - timedelta(minutes=5))

    api.post(f"/api/proposals/{version.proposal_id}/versions/1/files/")

    assert {one["detail"] for one in files_over_api(api, version)} == {""}


def test_somebody_else_asks_for_nothing(api_of_teo: APIClient, version: ProposalVersion) -> None:
    address = f"/api/proposals/{version.proposal_id}/versions/1/files/"

    assert api_of_teo.post(address).status_code == 404

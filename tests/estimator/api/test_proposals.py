"""Proposals over the API: begun, written, blocked, frozen, fetched; somebody else's are not there."""

import io
import json
import zipfile
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader
from rest_framework.test import APIClient

from estimator.models import ProposalVersion
from tests.estimator.api.proposals_over_api import give_reasons, post, words_of, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposal(api: APIClient) -> dict[str, Any]:
    """Of the hardened basic cloud, for a customer with a mark-up that can be looked for."""
    customer = post(api, "/api/customers/", name="Harbour & Pine", markup_percent="17.3")
    design = post(api, "/api/designs/", name="Shop", template="rax-basic", form="hardened")
    return post(api, "/api/proposals/", design=design["id"], customer=customer["id"])


def test_a_proposal_is_begun_from_one_design_or_several(api: APIClient) -> None:
    design = post(api, "/api/designs/", name="Shop", template="rax-basic")

    first = post(api, "/api/proposals/", design=design["id"])
    second = post(api, "/api/proposals/", designs=[design["id"], design["id"]], title="Two ways")

    assert (first["number"], second["number"]) == ("P-0001", "P-0002")
    assert first["draft"]["title"] == "Shop"
    assert len(second["draft"]["options"]) == 2


def test_what_is_in_the_way_is_answered_whole_and_nothing_is_frozen(
    api: APIClient, proposal: dict[str, Any]
) -> None:
    write(api, proposal, valid_until="2001-01-01")

    answer = api.post(f"/api/proposals/{proposal['id']}/versions/")

    assert answer.status_code == 409
    assert answer.data["code"] == "proposal_blocked"
    assert "valid_until" in {reason["at"] for reason in answer.data["reasons"]}
    assert not ProposalVersion.objects.exists()


def test_what_was_frozen_stays_while_the_design_moves_on(api: APIClient, proposal: dict[str, Any]) -> None:
    give_reasons(api, proposal)
    address = f"/api/proposals/{proposal['id']}"
    first = post(api, f"{address}/versions/")
    assert post(api, f"{address}/versions/")["number"] == first["number"] == 1
    before = api.get(f"{address}/versions/1/").data
    design = before["customer"]["options"][0]

    api.patch(
        f"/api/designs/{proposal['draft']['options'][0]['design']}/document/",
        json.dumps({"components": {"web": {"properties": {"count": 5}}}}),
        content_type="application/merge-patch+json",
    )
    give_reasons(api, proposal)
    second = post(api, f"{address}/versions/")

    assert second["number"] == 2
    assert api.get(f"{address}/versions/1/").data == before
    after = api.get(f"{address}/versions/2/").data["customer"]["options"][0]
    assert after["revision"] == design["revision"] + 1
    changes = api.get(f"{address}/changes/", {"before": 1, "after": 2}).data
    assert {"A month, before tax", "Design"} <= {one["what"] for one in changes}


def test_a_version_can_not_be_written_again(api: APIClient, proposal: dict[str, Any]) -> None:
    give_reasons(api, proposal)
    post(api, f"/api/proposals/{proposal['id']}/versions/")
    version = ProposalVersion.objects.get()
    version.content_hash = "0" * 64

    with pytest.raises(TypeError, match="does not change"):
        version.save()


def test_files_come_from_the_newest_version_and_before_that_say_that_they_are_drafts(
    api: APIClient, proposal: dict[str, Any]
) -> None:
    address = f"/api/proposals/{proposal['id']}"
    draft = words_of(api.get(f"{address}/proposal.pdf").content)
    assert "P-0001, draft" in draft

    give_reasons(api, proposal)
    version = post(api, f"{address}/versions/")
    a4, letter = (api.get(f"{address}/proposal.pdf", {"paper": paper}) for paper in ("a4", "letter"))
    sheet = api.get(f"{address}/proposal.xlsx")

    assert "P-0001, version 1" in words_of(a4.content)
    assert a4["Content-Disposition"] == 'attachment; filename="p-0001-shop.pdf"'
    assert [
        round(float(PdfReader(io.BytesIO(one.content)).pages[0].mediabox.width)) for one in (a4, letter)
    ] == [595, 612]
    assert load_workbook(io.BytesIO(sheet.content)).sheetnames == ["Summary", "Option A"]
    assert (
        api.get(f"{address}/proposal.pdf", {"version": version["number"]}).content
        == api.get(f"{address}/proposal.pdf").content
    )
    assert api.get(f"{address}/proposal.pdf", {"version": 9}).status_code == 404


def test_no_file_for_a_customer_holds_what_it_costs_the_seller(
    api: APIClient, proposal: dict[str, Any]
) -> None:
    option = proposal["draft"]["options"][0]
    extra = {
        "title": "Setting up",
        "quantity": "1",
        "unit_price": "2400",
        "unit_cost": "1811.77",
        "is_once": True,
    }
    assert write(api, proposal, options=[{**option, "extras": [extra]}]).status_code == 200
    give_reasons(api, proposal)
    address = f"/api/proposals/{proposal['id']}"
    post(api, f"{address}/versions/")
    sums = api.get(f"{address}/versions/1/").data["seller"]["options"][0]["sums"]
    assert sums["cost"]["one_time"] == "1811.77"

    pdf = words_of(api.get(f"{address}/proposal.pdf").content)
    with zipfile.ZipFile(io.BytesIO(api.get(f"{address}/proposal.xlsx").content)) as package:
        sheet = b"".join(package.read(name) for name in package.namelist()).decode()

    for secret in ("17.3", "1811.77", "1,811.77", sums["cost"]["monthly"], sums["margin"]["monthly"]):
        assert secret not in pdf
        assert secret not in sheet


@pytest.mark.parametrize(
    ("draft", "at"),
    [
        ({"title": ""}, "draft.title"),
        ({"title": "x" * 201}, "draft.title"),
        ({"term_months": 37}, "draft.term_months"),
        ({"valid_until": "tomorrow"}, "draft.valid_until"),
        ({"paper": "a3"}, "draft.paper"),
        ({"markup_percent": "-1"}, "draft.markup_percent"),
        ({"recommended": "E"}, "draft.recommended"),
        ({"options": [{"design": "x", "view": "cost"}]}, "draft.options.0.view"),
        ({"options": [{"design": "x", "commitment": "5"}]}, "draft.options.0.commitment"),
        (
            {"options": [{"design": "x", "extras": [{"title": "y", "quantity": "1", "unit_price": 0.1}]}]},
            "unit_price",
        ),
        (
            {"options": [{"design": "x", "extras": [{"title": "y", "quantity": "-1", "unit_price": "1"}]}]},
            "quantity",
        ),
        ({"options": [{"design": "x"}] * 5}, "draft.options"),
        ({"reasons": {"a": "x" * 1001}}, "draft.reasons"),
    ],
)
def test_what_nobody_means_is_refused_with_its_place_and_nothing_changes(
    api: APIClient, proposal: dict[str, Any], draft: dict[str, Any], at: str
) -> None:
    answer = write(api, proposal, **draft)

    assert answer.status_code == 400
    assert at in answer.data["reasons"][0]["at"]
    assert api.get(f"/api/proposals/{proposal['id']}/").data["draft"] == proposal["draft"]


def test_somebody_elses_proposal_is_not_there(api_of_teo: APIClient, proposal: dict[str, Any]) -> None:
    for address in ("", "preview/", "proposal.pdf", "proposal.xlsx", "versions/1/", "changes/?before=1"):
        assert api_of_teo.get(f"/api/proposals/{proposal['id']}/{address}").status_code == 404
    assert api_of_teo.post(f"/api/proposals/{proposal['id']}/versions/").status_code == 404
    assert api_of_teo.delete(f"/api/proposals/{proposal['id']}/").status_code == 404
    assert api_of_teo.get("/api/proposals/").data == []


def test_a_design_that_a_customer_was_offered_is_kept(api: APIClient, proposal: dict[str, Any]) -> None:
    give_reasons(api, proposal)
    post(api, f"/api/proposals/{proposal['id']}/versions/")
    design = proposal["draft"]["options"][0]["design"]

    answer = api.delete(f"/api/designs/{design}/")

    assert answer.status_code == 409
    assert "a customer was offered it" in answer.data["detail"]


def test_the_list_tells_of_each_proposal_what_it_comes_to_and_where_it_stands(
    api: APIClient, proposal: dict[str, Any]
) -> None:
    """Amounts are those of the recommended option, and there are none before anything was frozen."""
    (draft,) = api.get("/api/proposals/").data
    option = proposal["draft"]["options"][0]
    write(api, proposal, options=[option, {**option, "discount_percent": "50"}], recommended="B")
    give_reasons(api, proposal)
    address = f"/api/proposals/{proposal['id']}"
    post(api, f"{address}/versions/")
    post(api, f"{address}/versions/1/links/")

    (frozen,) = api.get("/api/proposals/").data

    assert (draft["version"], draft["monthly"], draft["is_shared"]) == (0, "", False)
    assert (draft["number"], draft["customer_name"], draft["designs"]) == (
        "P-0001",
        "Harbour & Pine",
        [option["design"]],
    )
    contents = api.get(f"{address}/versions/1/").data["customer"]
    assert frozen["monthly"] == contents["options"][1]["sums"]["net"]["monthly"]
    assert (frozen["version"], frozen["option"], frozen["currency"]) == (1, "B", contents["currency"])
    assert (frozen["valid_until"], frozen["is_shared"]) == (contents["valid_until"], True)


def test_an_option_holds_to_the_revision_the_book_and_the_use_that_were_chosen(
    api: APIClient, proposal: dict[str, Any]
) -> None:
    option = proposal["draft"]["options"][0]
    design = f"/api/designs/{option['design']}"
    api.patch(f"{design}/", {"price_book": "outscale"}, format="json")
    post(api, f"{design}/revisions/", name="As agreed")
    api.patch(
        f"{design}/document/",
        json.dumps({"components": {"web": {"properties": {"count": 5}}}}),
        content_type="application/merge-patch+json",
    )
    chosen = {"revision": 1, "price_book": "cleura", "price_book_version": 1, "profile": "low"}
    write(api, proposal, options=[option, {**option, **chosen, "commitment": "none", "view": "network"}])

    preview = api.get(f"/api/proposals/{proposal['id']}/preview/").data

    drawn, agreed = preview["customer"]["options"]
    assert (drawn["revision"], agreed["revision"]) == (2, 1)
    assert agreed["picture"]["view"] == "network"
    book = preview["seller"]["options"][1]
    assert (book["price_book"]["key"], book["price_book"]["version"]) == ("cleura", 1)
    assert (book["profile"], preview["seller"]["options"][0]["price_book"]["key"]) == ("low", "outscale")


@pytest.mark.parametrize(
    ("chosen", "code"),
    [
        ({"revision": 99}, "revision_not_found"),
        ({"price_book": "=HYPERLINK(1)"}, "price_book_not_found"),
        ({"price_book": "outscale", "price_book_version": 99}, "price_book_not_found"),
        ({"design": "00000000-0000-0000-0000-000000000000"}, "design_not_found"),
    ],
)
def test_what_an_option_names_and_is_not_there_is_said(
    api: APIClient, proposal: dict[str, Any], chosen: dict[str, Any], code: str
) -> None:
    write(api, proposal, options=[{**proposal["draft"]["options"][0], **chosen}])

    answer = api.get(f"/api/proposals/{proposal['id']}/preview/")

    assert (answer.status_code, answer.data["code"]) == (404, code)


@pytest.fixture
def twice_frozen(api: APIClient, proposal: dict[str, Any]) -> dict[str, Any]:
    """The second version is for fewer months, and says so in words that a spreadsheet could take for more."""
    give_reasons(api, proposal)
    post(api, f"/api/proposals/{proposal['id']}/versions/")
    terms = [{"title": '=HYPERLINK("http://evil.example")', "text": "<b>Paid</b> at once"}]
    write(api, proposal, term_months=12, terms=terms)
    give_reasons(api, proposal)
    return proposal


def test_the_documents_of_a_new_version_say_what_changed_since_the_one_before(
    api: APIClient, twice_frozen: dict[str, Any]
) -> None:
    address = f"/api/proposals/{twice_frozen['id']}"
    first = api.get(f"{address}/proposal.pdf").content

    second = post(api, f"{address}/versions/")
    pdf, text, sheet = (api.get(f"{address}/proposal.{ending}").content for ending in ("pdf", "docx", "xlsx"))

    assert second["changed_since"] == 1
    assert "What changed since version 1" in words_of(pdf)
    assert "Months of the term 36 12" in words_of(pdf)
    assert "What changed since version 1" in {one.text for one in Document(io.BytesIO(text)).paragraphs}
    cells = [cell for row in load_workbook(io.BytesIO(sheet))["Changes"].iter_rows() for cell in row]
    assert "f" not in {cell.data_type for cell in cells}
    assert '=HYPERLINK("http://evil.example")' in {cell.value for cell in cells}
    assert api.get(f"{address}/proposal.pdf", {"version": 1}).content == first
    assert api.get(f"{address}/proposal.pdf").content == pdf


def test_a_seller_may_say_nothing_of_an_earlier_version(api: APIClient, twice_frozen: dict[str, Any]) -> None:
    address = f"/api/proposals/{twice_frozen['id']}"
    assert api.post(f"{address}/versions/", {"since": 7}, format="json").status_code == 404

    version = post(api, f"{address}/versions/", since=0)

    assert (version["number"], version["changed_since"]) == (2, None)
    assert "What changed" not in words_of(api.get(f"{address}/proposal.pdf").content)
    assert "Changes" not in load_workbook(io.BytesIO(api.get(f"{address}/proposal.xlsx").content)).sheetnames


def test_a_proposal_of_several_versions_is_deleted_with_all_of_them(
    api: APIClient, twice_frozen: dict[str, Any]
) -> None:
    post(api, f"/api/proposals/{twice_frozen['id']}/versions/")

    assert api.delete(f"/api/proposals/{twice_frozen['id']}/").status_code == 204
    assert not ProposalVersion.objects.exists()

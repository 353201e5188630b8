from typing import Any

import pytest
from rest_framework.test import APIClient

pytestmark = pytest.mark.django_db
MERGE_PATCH = "application/merge-patch+json"


@pytest.fixture
def design(api: APIClient) -> dict[str, Any]:
    answer = api.post("/api/designs/", {"name": "Web shop", "template": "rax-basic"}, format="json")
    assert answer.status_code == 201
    return answer.json()


def edit(api: APIClient, design: dict[str, Any], patch: object) -> Any:
    import json

    return api.patch(f"/api/designs/{design['id']}/document/", json.dumps(patch), content_type=MERGE_PATCH)


def document_of(api: APIClient, design: dict[str, Any]) -> dict[str, Any]:
    return api.get(f"/api/designs/{design['id']}/").json()["document"]


def test_a_design_starts_as_its_template(design: dict[str, Any]) -> None:
    assert design["version"] == 0
    assert {"web", "lb", "db", "files"} <= design["document"]["components"].keys()


def test_a_blank_design_is_a_design(api: APIClient) -> None:
    answer = api.post("/api/designs/", {"name": "Blank"}, format="json")

    assert answer.status_code == 201
    assert answer.json()["document"]["components"] == {}
    for part in ("resources", "findings", "estimate", "diagram.svg"):
        assert (
            api.get(f"/api/designs/{answer.json()['id']}/{part}" + ("" if "." in part else "/")).status_code
            == 200
        )


def test_an_unknown_template_or_price_book_is_a_404_that_names_the_known_ones(api: APIClient) -> None:
    template = api.post("/api/designs/", {"name": "X", "template": "rax-basik"}, format="json")
    book = api.post("/api/designs/", {"name": "X", "price_book": "outscal"}, format="json")

    assert (template.status_code, template.json()["code"]) == (404, "template_not_found")
    assert "rax-basic" in template.json()["detail"]
    assert (book.status_code, book.json()["code"]) == (404, "price_book_not_found")
    assert "outscale" in book.json()["detail"]


def test_an_edit_gets_the_next_number_and_is_kept(api: APIClient, design: dict[str, Any]) -> None:
    answer = edit(api, design, {"components": {"web": {"properties": {"count": 2}}}})

    assert answer.json() == {"version": 1}
    assert document_of(api, design)["components"]["web"]["properties"]["count"] == 2
    kept = api.get(f"/api/designs/{design['id']}/edits/").json()
    assert [(one["number"], one["author"]) for one in kept] == [(1, "mara")]


@pytest.mark.parametrize(
    ("patch", "at"),
    [
        ({"components": {"web": {"parent": "nowhere"}}}, "components.web.parent"),
        ({"components": {"web": {"properties": {"count": -1}}}}, "components.web.properties.count"),
        ({"components": {"web": {"type": "spaceship"}}}, "components.web.type"),
        ({"components": {"web": None}}, "components.web"),
        ({"format": 2}, "format"),
    ],
)
def test_an_invalid_edit_is_refused_whole_with_its_reasons(
    api: APIClient, design: dict[str, Any], patch: object, at: str
) -> None:
    before = document_of(api, design)

    answer = edit(api, design, patch)

    assert (answer.status_code, answer.json()["code"]) == (409, "edit_refused")
    assert any(reason["at"].startswith(at) and reason["detail"] for reason in answer.json()["reasons"])
    assert document_of(api, design) == before
    assert api.get(f"/api/designs/{design['id']}/").json()["version"] == 0


@pytest.mark.parametrize("body", ["{not json", "[1, 2]", '"text"', "null", "NaN", "[" * 100_000])
def test_an_edit_that_is_no_json_object_is_a_400(api: APIClient, design: dict[str, Any], body: str) -> None:
    answer = api.patch(f"/api/designs/{design['id']}/document/", body, content_type=MERGE_PATCH)

    assert answer.status_code == 400
    assert answer.json()["detail"]


def test_a_huge_edit_is_refused_before_it_is_read(api: APIClient, design: dict[str, Any]) -> None:
    answer = edit(api, design, {"components": {"web": {"label": "x" * 5_000_000}}})

    assert answer.status_code == 413


def test_undo_takes_back_one_edit_after_another_and_redo_puts_them_back(
    api: APIClient, design: dict[str, Any]
) -> None:
    start = document_of(api, design)
    edit(api, design, {"components": {"web": {"properties": {"count": 2}}}})
    between = document_of(api, design)
    edit(api, design, {"components": {"grow": None}} | _links_of(start, "grow"))
    end = document_of(api, design)
    undo, redo = (f"/api/designs/{design['id']}/{word}/" for word in ("undo", "redo"))

    api.post(undo)
    assert document_of(api, design) == between
    api.post(undo)
    assert document_of(api, design) == start
    assert api.post(undo).json()["code"] == "nothing_to_undo"
    api.post(redo)
    assert document_of(api, design) == between
    api.post(redo)
    assert document_of(api, design) == end
    assert api.post(redo).json()["code"] == "nothing_to_undo"
    api.post(undo)
    assert document_of(api, design) == between


def test_a_new_edit_ends_the_redo(api: APIClient, design: dict[str, Any]) -> None:
    edit(api, design, {"components": {"web": {"label": "First"}}})
    api.post(f"/api/designs/{design['id']}/undo/")
    edit(api, design, {"components": {"db": {"label": "Second"}}})

    assert api.post(f"/api/designs/{design['id']}/redo/").json()["code"] == "nothing_to_undo"


def test_somebody_elses_design_looks_as_if_it_were_not_there(
    api_of_teo: APIClient, design: dict[str, Any]
) -> None:
    for path in ("", "document/", "edits/", "resources/", "findings/", "estimate/", "diagram.svg"):
        send = api_of_teo.patch if path == "document/" else api_of_teo.get
        answer = send(f"/api/designs/{design['id']}/{path}")
        assert (answer.status_code, answer.json()["code"]) == (404, "design_not_found"), path
    assert api_of_teo.get("/api/designs/").json() == []


def test_an_address_that_is_no_id_is_not_there_either(api: APIClient) -> None:
    assert api.get("/api/designs/not-a-uuid/").status_code == 404


def test_the_list_shows_money_and_size(api: APIClient, design: dict[str, Any]) -> None:
    (row,) = api.get("/api/designs/").json()

    assert row["component_count"] == len(design["document"]["components"])
    assert row["monthly"]["currency"] == "USD"
    assert float(row["monthly"]["amount"]) > 0
    assert row["deployment"] is None


def test_a_design_can_be_renamed_repriced_and_deleted(api: APIClient, design: dict[str, Any]) -> None:
    address = f"/api/designs/{design['id']}/"

    changed = api.patch(address, {"name": "Shop", "price_book": "outscale"}, format="json").json()

    assert (changed["name"], changed["price_book"]) == ("Shop", "outscale")
    assert api.get(address + "estimate/").json()["currency"] == "EUR"
    assert api.delete(address).status_code == 204
    assert api.get(address).status_code == 404


def test_the_total_follows_an_edit(api: APIClient, design: dict[str, Any]) -> None:
    estimate = f"/api/designs/{design['id']}/estimate/"
    before = api.get(estimate).json()

    edit(api, design, {"components": {"web": {"properties": {"count": 2}}}})

    after = api.get(estimate).json()
    server_lines = [line for line in after["line_items"] if line["key"] == "web/server[1]"]
    assert server_lines
    assert float(after["totals"]["monthly"]) > float(before["totals"]["monthly"])


@pytest.mark.parametrize(("file_format", "start"), [("svg", b"<"), ("png", b"\x89PNG"), ("pdf", b"%PDF")])
def test_the_diagram_comes_in_three_formats(
    api: APIClient, design: dict[str, Any], file_format: str, start: bytes
) -> None:
    answer = api.get(f"/api/designs/{design['id']}/diagram.{file_format}")

    assert answer.status_code == 200
    assert answer.content.startswith(start)
    assert api.get(f"/api/designs/{design['id']}/diagram.gif").status_code == 404


def _links_of(document: dict[str, Any], component: str) -> dict[str, Any]:
    touching = [
        name for name, link in document["links"].items() if component in (link["source"], link["target"])
    ]
    return {"links": dict.fromkeys(touching)}

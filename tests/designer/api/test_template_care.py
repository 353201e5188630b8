"""A design becomes a template; a design follows the newer versions of the template that it began from."""

import copy
from typing import Any

import pytest
from django.contrib.auth.models import User
from rest_framework.test import APIClient

from catalog.models import TemplateVersion
from catalog.selectors import get_template
from catalog.services.templates import draft_template, publish_template, submit_template
from designer.models import Design
from designer.services.designs import create_design

pytestmark = pytest.mark.django_db

SECRET_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHr0 mara@desk"
COUNT = {
    "count": {"title": "Web servers", "type": "integer", "minimum": 1, "maximum": 9, "default": 1,
              "sets": ["components.web.properties.count"]},
}  # fmt: skip


@pytest.fixture
def staff(db: None) -> User:
    return User.objects.create_user("rev", is_staff=True)


def publish(author: User, staff: User, document: Any, *, parameters: Any = None) -> TemplateVersion:
    draft = draft_template(
        key="our-shop", title="Our shop", summary="Ours.", source="Us", price_book="rackspace-public-cloud",
        document=document, parameters=parameters, created_by=author,
    )  # fmt: skip
    return publish_template(submit_template(draft, by=author), by=staff)


def shop(**web: Any) -> Any:
    document = copy.deepcopy(get_template("rax-basic").document)
    document["components"]["web"]["properties"].update(web)
    return document


def begin(owner: User, **said: Any) -> Design:
    return create_design(name="Mine", owner=owner, template_key="our-shop", **said)


def test_a_design_is_written_down_as_a_draft_without_personal_keys(api: APIClient, mara: User) -> None:
    document = copy.deepcopy(get_template("rax-basic").document)
    document["settings"]["ssh_public_key"] = SECRET_KEY
    design = create_design(name="Shop", owner=mara, document=document)

    answer = api.post(
        f"/api/designs/{design.id}/publish/",
        {"key": "our-shop", "title": "Our shop", "summary": "What we always build."},
        format="json",
    )

    assert answer.status_code == 201
    assert (answer.json()["state"], answer.json()["number"], answer.json()["steps"]) == (
        "draft", 1, ["submit"],
    )  # fmt: skip
    assert "ssh_public_key" not in TemplateVersion.objects.get().document["settings"]
    assert TemplateVersion.objects.get().source == "Drawn here by mara"


def test_somebody_else_s_design_is_not_published(api_of_teo: APIClient, mara: User) -> None:
    design = create_design(name="Shop", owner=mara)

    answer = api_of_teo.post(
        f"/api/designs/{design.id}/publish/", {"key": "k", "title": "T", "summary": "S"}, format="json"
    )

    assert answer.status_code == 404
    assert not TemplateVersion.objects.exists()


def test_a_design_is_brought_up_to_the_newer_version_in_one_edit(
    api: APIClient, mara: User, staff: User
) -> None:
    publish(mara, staff, shop())
    design = begin(mara)
    api.patch(
        f"/api/designs/{design.id}/document/",
        {"components": {"web": {"label": "My web"}, "db": {"properties": {"volume_gib": 80}}}},
        format="json",
    )
    newer = shop(count=3)
    newer["components"]["db"]["properties"]["volume_gib"] = 200
    publish(mara, staff, newer)

    told = api.get(f"/api/designs/{design.id}/template-update/").json()
    assert (told["from_version"], told["to_version"]) == (1, 2)
    assert [(one["id"], one["before"], one["after"], one["conflict"]) for one in told["changes"]] == [
        ("components.db.properties.volume_gib", 80, 200, True),
        ("components.web.properties.count", 1, 3, False),
    ]

    answer = api.post(f"/api/designs/{design.id}/template-update/", {"take": []}, format="json")

    assert answer.json() == {"version": 2}
    after = api.get(f"/api/designs/{design.id}/").json()
    web = after["document"]["components"]["web"]
    assert (web["label"], web["properties"]["count"], after["template_version"]) == ("My web", 3, 2)
    assert after["document"]["components"]["db"]["properties"]["volume_gib"] == 80
    again = api.get(f"/api/designs/{design.id}/template-update/").json()
    assert (again["from_version"], again["changes"]) == (2, [])


def test_a_conflict_can_be_taken_from_the_template(api: APIClient, mara: User, staff: User) -> None:
    publish(mara, staff, shop())
    design = begin(mara)
    address = f"/api/designs/{design.id}/"
    api.patch(f"{address}document/", {"components": {"web": {"properties": {"count": 5}}}}, format="json")
    publish(mara, staff, shop(count=3))

    api.post(f"{address}template-update/", {"take": ["components.web.properties.count"]}, format="json")

    web = api.get(address).json()["document"]["components"]["web"]
    assert web["properties"]["count"] == 3


def test_undoing_an_update_also_goes_back_to_the_version_before(
    api: APIClient, mara: User, staff: User
) -> None:
    publish(mara, staff, shop())
    design = begin(mara)
    publish(mara, staff, shop(count=3))
    address = f"/api/designs/{design.id}/"
    api.post(f"{address}template-update/", {}, format="json")

    api.post(f"{address}undo/")
    undone = api.get(address).json()
    assert (undone["document"], undone["template_version"]) == (shop(), 1)
    assert len(api.get(f"{address}template-update/").json()["changes"]) == 1

    api.post(f"{address}redo/")
    redone = api.get(address).json()
    assert (redone["document"]["components"]["web"]["properties"]["count"], redone["template_version"]) == (
        3, 2,
    )  # fmt: skip
    assert api.get(f"{address}template-update/").json()["changes"] == []


def test_an_update_is_undone_after_what_came_later_was_changed_back(
    api: APIClient, mara: User, staff: User
) -> None:
    publish(mara, staff, shop())
    design = begin(mara)
    publish(mara, staff, shop(count=3))
    address = f"/api/designs/{design.id}/"
    update = api.post(f"{address}template-update/", {}, format="json").json()["version"]
    for count in (5, 3):
        api.patch(
            f"{address}document/",
            {"components": {"web": {"properties": {"count": count}}}},
            content_type="application/merge-patch+json",
        )

    answer = api.post(f"{address}undo/", {"edit": update}, format="json")

    assert answer.status_code == 200
    undone = api.get(address).json()
    assert (undone["document"], undone["template_version"]) == (shop(), 1)


def test_an_update_is_not_undone_over_what_was_changed_since(api: APIClient, mara: User, staff: User) -> None:
    publish(mara, staff, shop())
    design = begin(mara)
    publish(mara, staff, shop(count=3))
    address = f"/api/designs/{design.id}/"
    update = api.post(f"{address}template-update/", {}, format="json").json()["version"]
    api.patch(
        f"{address}document/",
        {"components": {"web": {"properties": {"count": 5}}}},
        content_type="application/merge-patch+json",
    )

    answer = api.post(f"{address}undo/", {"edit": update}, format="json")

    assert (answer.status_code, answer.json()["code"]) == (409, "undo_conflict")
    assert api.get(address).json()["template_version"] == 2


@pytest.mark.parametrize("edit", [99, 0, -1, "x", 2**80, [1], {"a": 1}, True])
def test_an_edit_that_is_not_there_is_not_undone(api: APIClient, mara: User, edit: Any) -> None:
    design = create_design(name="Shop", owner=mara, template_key="rax-basic")

    answer = api.post(f"/api/designs/{design.id}/undo/", {"edit": edit}, format="json")

    assert answer.status_code in (400, 409)
    assert answer.json()["detail"]


def test_what_was_chosen_at_the_start_is_no_change(api: APIClient, mara: User, staff: User) -> None:
    publish(mara, staff, shop(), parameters=COUNT)
    design = begin(mara, parameters={"count": 4})
    newer = shop()
    newer["components"]["db"]["label"] = "Data"
    publish(mara, staff, newer, parameters=COUNT)

    changes = api.get(f"/api/designs/{design.id}/template-update/").json()["changes"]

    assert [one["id"] for one in changes] == ["components.db.label"]


def test_a_choice_that_the_newer_version_no_longer_offers_is_dropped(
    api: APIClient, mara: User, staff: User
) -> None:
    publish(mara, staff, shop(), parameters=COUNT)
    design = begin(mara, parameters={"count": 9})
    fewer = {"count": {**COUNT["count"], "maximum": 4}}
    publish(mara, staff, shop(), parameters=fewer)

    api.post(f"/api/designs/{design.id}/template-update/", {}, format="json")

    design.refresh_from_db()
    assert (design.template_version, design.template_parameters) == (2, {})


def test_a_design_up_to_date_has_nothing_to_take(api: APIClient, mara: User) -> None:
    design = create_design(name="Mine", owner=mara, template_key="rax-basic")
    address = f"/api/designs/{design.id}/template-update/"

    assert api.get(address).json()["changes"] == []
    assert api.post(address, {}, format="json").json()["code"] == "template_not_newer"


def test_a_design_drawn_from_nothing_follows_nothing(api: APIClient, mara: User) -> None:
    design = create_design(name="Mine", owner=mara)

    answer = api.get(f"/api/designs/{design.id}/template-update/")

    assert (answer.status_code, answer.json()["code"]) == (409, "no_template_behind")


def test_a_retired_template_has_no_newer_version(api: APIClient, mara: User, staff: User) -> None:
    published = publish(mara, staff, shop())
    design = begin(mara)
    TemplateVersion.objects.filter(pk=published.pk).update(state="retired")

    answer = api.get(f"/api/designs/{design.id}/template-update/")

    assert (answer.status_code, answer.json()["code"]) == (404, "template_not_found")


@pytest.mark.parametrize("take", ["all", [1, {}], ["x" * 1000], None])
def test_hostile_ids_are_refused_and_nothing_is_lost(
    api: APIClient, mara: User, staff: User, take: Any
) -> None:
    publish(mara, staff, shop())
    design = begin(mara)
    publish(mara, staff, shop(count=3))

    answer = api.post(f"/api/designs/{design.id}/template-update/", {"take": take}, format="json")

    assert answer.status_code == 400
    design.refresh_from_db()
    assert (design.version, design.document) == (0, shop())


def test_a_design_begins_hardened_and_with_what_was_chosen(api: APIClient) -> None:
    begun = api.post(
        "/api/designs/",
        {"name": "H", "template": "rax-basic", "form": "hardened", "parameters": {}},
        format="json",
    ).json()

    assert begun["document"] == get_template("rax-basic").drawn("hardened")
    assert (begun["template_version"], begun["template_form"]) == (1, "hardened")


@pytest.mark.parametrize(
    ("said", "status", "code"),
    [
        ({"parameters": {"nothing": 1}}, 400, "template_parameters_invalid"),
        ({"parameters": "many"}, 400, "invalid"),
        ({"form": "rusty"}, 404, "template_form_not_found"),
        ({"template": "", "parameters": {"a": 1}}, 400, "template_parameters_invalid"),
    ],
)
def test_a_start_that_the_template_does_not_offer_makes_no_design(
    api: APIClient, said: Any, status: int, code: str
) -> None:
    answer = api.post("/api/designs/", {"name": "H", "template": "rax-basic", **said}, format="json")

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert not Design.objects.exists()


def test_what_was_chosen_among_other_conflicts_is_looked_at_again(
    api: APIClient, mara: User, staff: User
) -> None:
    publish(mara, staff, shop())
    design = begin(mara)
    publish(mara, staff, shop(count=3))
    address = f"/api/designs/{design.id}/template-update/"

    answer = api.post(address, {"take": ["components.web.properties.count"]}, format="json")

    assert (answer.status_code, answer.json()["code"]) == (409, "template_update_changed")
    design.refresh_from_db()
    assert design.version == 0

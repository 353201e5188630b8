"""Own templates on their way from draft to retired."""

import copy
from typing import Any

import pytest
from django.contrib.auth.models import User
from rest_framework.test import APIClient

from catalog.models import TemplateVersion
from catalog.selectors import get_template, templates
from catalog.services.templates import draft_template, publish_template, submit_template

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(db: None) -> User:
    return User.objects.create_user("rev", is_staff=True, password="look twice")


@pytest.fixture
def api_of_staff(staff: User) -> APIClient:
    client = APIClient()
    client.force_authenticate(staff)
    return client


def a_draft(author: User, **said: Any) -> TemplateVersion:
    contents = {
        "key": "our-shop", "title": "Our shop", "summary": "What we always build.", "source": "Us",
        "price_book": "rackspace-public-cloud", "document": copy.deepcopy(get_template("rax-basic").document),
    }  # fmt: skip
    return draft_template(**{**contents, **said}, created_by=author)


def step(client: APIClient, version: TemplateVersion, name: str, **said: Any) -> Any:
    return client.post(f"/api/template-versions/{version.pk}/{name}/", said, format="json")


def test_a_reviewed_template_is_offered_to_everybody(
    api: APIClient, api_of_staff: APIClient, api_of_teo: APIClient, mara: User
) -> None:
    draft = a_draft(mara)
    assert "our-shop" not in templates()

    assert step(api, draft, "submit").json()["state"] == "review"
    published = step(api_of_staff, draft, "publish").json()

    assert (published["state"], published["author"], published["published_by"]) == (
        "published",
        "mara",
        "rev",
    )
    rows = {row["key"]: row for row in api_of_teo.get("/api/templates/").json()}
    assert (rows["our-shop"]["title"], rows["our-shop"]["version"]) == ("Our shop", 1)
    begun = api_of_teo.post("/api/designs/", {"name": "S", "template": "our-shop"}, format="json").json()
    assert begun["document"] == get_template("rax-basic").document


def test_a_retired_template_is_offered_no_more(api_of_staff: APIClient, mara: User) -> None:
    draft = a_draft(mara)
    step(api_of_staff, draft, "submit")
    step(api_of_staff, draft, "publish")
    assert "our-shop" in templates()

    assert step(api_of_staff, draft, "retire").json()["retired_by"] == "rev"
    assert "our-shop" not in templates()


def test_a_reviewer_gives_a_draft_back_with_a_note(
    api: APIClient, api_of_staff: APIClient, mara: User
) -> None:
    draft = a_draft(mara)
    step(api, draft, "submit")

    returned = step(api_of_staff, draft, "return", note="Name the subnets.").json()

    assert (returned["state"], returned["note"], returned["returned_by"]) == (
        "draft", "Name the subnets.", "rev",
    )  # fmt: skip
    assert a_draft(mara, title="Better").pk == draft.pk, "the author goes on with the same draft"


@pytest.mark.parametrize("name", ["return", "publish"])
def test_only_staff_reviews(api: APIClient, mara: User, name: str) -> None:
    draft = a_draft(mara)
    step(api, draft, "submit")

    refused = step(api, draft, name)

    assert (refused.status_code, refused.json()["code"]) == (403, "reviewers_only")
    draft.refresh_from_db()
    assert draft.state == "review"


def test_an_author_does_not_publish_alone_while_there_is_another_reviewer(
    api_of_staff: APIClient, staff: User, mara: User
) -> None:
    draft = submit_template(a_draft(staff), by=staff)
    User.objects.filter(pk=mara.pk).update(is_staff=True)

    assert step(api_of_staff, draft, "publish").json()["code"] == "author_may_not_publish"
    User.objects.filter(pk=mara.pk).update(is_staff=False)
    assert step(api_of_staff, draft, "publish").json()["state"] == "published"


@pytest.mark.parametrize(("state", "name"), [("draft", "publish"), ("draft", "retire"), ("review", "submit"),
                                             ("published", "return"), ("retired", "publish")])  # fmt: skip
def test_a_step_out_of_turn_is_refused(api_of_staff: APIClient, mara: User, state: str, name: str) -> None:
    draft = a_draft(mara)
    TemplateVersion.objects.filter(pk=draft.pk).update(state=state)

    refused = step(api_of_staff, draft, name)

    assert (refused.status_code, refused.json()["code"]) == (409, "template_step_impossible")


def test_somebody_else_s_draft_looks_like_none(api_of_teo: APIClient, mara: User) -> None:
    draft = a_draft(mara)

    assert api_of_teo.get("/api/template-versions/").json() == []
    assert step(api_of_teo, draft, "submit").status_code == 404
    assert step(api_of_teo, draft, "destroy").status_code == 404


def test_each_person_reads_what_they_may_do_next(api: APIClient, api_of_staff: APIClient, mara: User) -> None:
    a_draft(mara)
    (for_author,) = api.get("/api/template-versions/").json()
    (for_staff,) = api_of_staff.get("/api/template-versions/").json()
    assert (for_author["steps"], for_staff["steps"]) == (["submit"], ["submit"])

    step(api, TemplateVersion.objects.get(), "submit")
    (for_author,) = api.get("/api/template-versions/").json()
    (for_staff,) = api_of_staff.get("/api/template-versions/").json()
    assert (for_author["steps"], for_staff["steps"]) == ([], ["return", "publish"])


def test_a_second_version_takes_the_place_of_the_first(staff: User, mara: User) -> None:
    first = publish_template(submit_template(a_draft(mara), by=mara), by=staff)
    second = a_draft(mara, title="Our better shop")
    assert (first.number, second.number) == (1, 2)
    assert get_template("our-shop").title == "Our shop"

    publish_template(submit_template(second, by=mara), by=staff)

    first.refresh_from_db()
    assert (first.state, get_template("our-shop").version) == ("retired", 2)


def test_what_is_under_review_or_published_never_changes(staff: User, mara: User) -> None:
    version = submit_template(a_draft(mara), by=mara)
    version.title = "Something else"

    with pytest.raises(ValueError, match="its contents don't change"):
        version.save()


def test_an_own_template_that_no_longer_fits_leaves_the_others_alone(staff: User, mara: User) -> None:
    published = publish_template(submit_template(a_draft(mara), by=mara), by=staff)
    broken = {"format": 1, "components": {"x": {"type": "gone"}}, "links": {}}
    TemplateVersion.objects.filter(pk=published.pk).update(document=broken, changed_at="2099-01-01T00:00Z")

    assert "our-shop" not in templates()
    assert "rax-basic" in templates()


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"key": "rax-basic"}, "template_key_taken"),
        ({"key": "Our Shop"}, "template_invalid"),
        ({"key": "../x"}, "template_invalid"),
        ({"key": "x" * 60}, None),
        ({"title": " "}, "template_invalid"),
        ({"document": {"components": {"a": {"type": "nothing"}}}}, "template_invalid"),
        ({"parameters": {"n": {"title": "N", "type": "integer"}}}, "template_invalid"),
    ],
)
def test_a_draft_that_makes_no_template_is_refused(mara: User, said: Any, code: str | None) -> None:
    if code is None:
        assert a_draft(mara, **said).number == 1
        return
    with pytest.raises(ValueError) as refused:
        a_draft(mara, **said)
    assert refused.value.code == code  # type: ignore[attr-defined]

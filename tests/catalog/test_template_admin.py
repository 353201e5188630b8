"""Reviewers act on own templates in the admin."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from catalog.models import TemplateVersion
from catalog.selectors import get_template
from catalog.services.templates import draft_template

pytestmark = pytest.mark.django_db
LIST = "/admin/catalog/templateversion/"


@pytest.fixture
def draft(mara: User) -> TemplateVersion:
    return draft_template(
        key="our-shop", title="Our shop", summary="Ours.", source="Us", price_book="outscale",
        document=get_template("rax-basic").document, created_by=mara,
    )  # fmt: skip


def act(client: Client, action: str, version: TemplateVersion) -> str:
    answer = client.post(LIST, {"action": action, "_selected_action": [version.pk]}, follow=True)
    version.refresh_from_db()
    return answer.content.decode()


def test_a_reviewer_publishes_and_retires_in_the_admin(admin_client: Client, draft: TemplateVersion) -> None:
    assert "Submitted our-shop 1." in act(admin_client, "submit", draft)
    assert "Published our-shop 1." in act(admin_client, "publish", draft)
    assert draft.published_by is not None
    assert "Retired our-shop 1." in act(admin_client, "retire", draft)
    assert draft.state == "retired"


def test_a_refusal_is_told_and_changes_nothing(admin_client: Client, draft: TemplateVersion) -> None:
    assert "so it can&#x27;t be published now." in act(admin_client, "publish", draft)
    assert draft.state == "draft"


def test_a_draft_s_words_and_parameters_can_be_corrected(
    admin_client: Client, draft: TemplateVersion
) -> None:
    page = f"{LIST}{draft.pk}/change/"
    words = {"title": "Better", "summary": "S", "source": "Us", "price_book": "outscale", "note": ""}
    broken = '{"n": {"title": "N", "type": "integer"}}'

    refused = admin_client.post(page, {**words, "parameters": broken}).content.decode()
    assert "has no effect" in refused
    admin_client.post(page, {**words, "parameters": "{}"})

    draft.refresh_from_db()
    assert (draft.title, draft.parameters) == ("Better", {})


def test_a_published_version_can_only_be_looked_at(admin_client: Client, draft: TemplateVersion) -> None:
    act(admin_client, "submit", draft)
    page = admin_client.get(f"{LIST}{draft.pk}/change/").content.decode()

    assert "Our shop" in page
    assert 'name="title"' not in page
    assert admin_client.get(f"{LIST}{draft.pk}/delete/").status_code == 403

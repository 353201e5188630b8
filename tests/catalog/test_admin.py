"""The operator's way to own types: a form that refuses what would break, and actions for each step."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from catalog.models import ComponentTypeVersion
from catalog.services.own_types import publish_type
from tests.catalog.own_types import PROBES, RACKS, a_draft

pytestmark = pytest.mark.django_db
LIST = "/admin/catalog/componenttypeversion/"


@pytest.fixture
def operator(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("olga", password="correct horse"))
    return client


def form(**said: Any) -> dict[str, Any]:
    facts = {
        "key": "rack_probe",
        "like": "server",
        "icon": "bell",
        "label_generic": "Rack probe",
        "label_rackspace": "Rack probe",
        "label_openstack": "Rack probe",
        "label_outscale": "Rack probe",
        "singular": "",
        "summary": "Reads the sensors of a rack.",
        "properties": PROBES,
        "note": "",
    }
    return {**facts, **said}


def act(operator: Client, action: str, *versions: ComponentTypeVersion) -> Any:
    said = {"action": action, "_selected_action": [version.pk for version in versions]}
    return operator.post(LIST, said, follow=True)


def test_an_operator_writes_a_type_publishes_it_and_continues_it(operator: Client) -> None:
    assert operator.post(f"{LIST}add/", form()).status_code == 302
    draft = ComponentTypeVersion.objects.get()
    assert (draft.state, draft.version, str(draft.created_by)) == ("draft", 1, "olga")

    assert "Published rack_probe." in act(operator, "publish", draft).content.decode()
    answer = act(operator, "new_version", draft)
    second = ComponentTypeVersion.objects.get(version=2)
    assert answer.request["PATH_INFO"] == f"{LIST}{second.pk}/change/"
    said = form(properties=RACKS, key="other_key", like="volume", note="Racks, not probes.")
    assert operator.post(f"{LIST}{second.pk}/change/", said).status_code == 302

    second.refresh_from_db()
    # Key and likeness are the type's, not a version's.
    assert (second.key, second.like, second.note) == ("rack_probe", "server", "Racks, not probes.")
    act(operator, "publish", second)
    act(operator, "retire", draft)
    states = ComponentTypeVersion.objects.order_by("version").values_list("state", flat=True)
    assert list(states) == ["retired", "published"]


@pytest.mark.parametrize(
    ("said", "where", "sentence"),
    [
        ({"key": "web_server"}, "key", "web_server is a shipped type. Choose another key."),
        ({"label_outscale": ""}, "label_outscale", "This field is required."),
        ({"properties": "probes: ["}, "properties", "line 1, column 10: is no YAML"),
        ({"properties": "count: {maximum: 999}"}, "properties", "count.maximum: is 200 at most"),
        ({"properties": "probes: {type: integer}"}, "properties", "probes.title: is missing."),
        ({"like": "rack"}, "like", "Select a valid choice."),
        ({"icon": "rocket"}, "icon", "Select a valid choice."),
    ],
)
def test_what_makes_no_type_is_refused_beside_its_field(
    operator: Client, said: dict[str, str], where: str, sentence: str
) -> None:
    answer = operator.post(f"{LIST}add/", form(**said))

    assert answer.status_code == 200
    errors = answer.context["adminform"].form.errors
    assert list(errors) == [where]
    assert any(one.startswith(sentence) for one in errors[where])
    assert not ComponentTypeVersion.objects.exists()


def test_a_published_version_is_shown_and_not_changed(operator: Client, mara: User) -> None:
    version = publish_type(a_draft(), published_by=mara)

    page = operator.get(f"{LIST}{version.pk}/change/").content.decode()
    assert "Reads the sensors of a rack." in page
    assert 'name="_save"' not in page
    assert operator.post(f"{LIST}{version.pk}/change/", form(summary="Other.")).status_code == 403
    assert operator.post(f"{LIST}{version.pk}/delete/", {"post": "yes"}).status_code == 403
    assert ComponentTypeVersion.objects.get().summary == "Reads the sensors of a rack."


def test_a_draft_can_be_thrown_away(operator: Client) -> None:
    draft = a_draft()

    operator.post(f"{LIST}{draft.pk}/delete/", {"post": "yes"})

    assert not ComponentTypeVersion.objects.exists()


def test_actions_that_make_no_sense_say_why(operator: Client, mara: User) -> None:
    published = publish_type(a_draft(), published_by=mara)
    draft = a_draft(key="other_probe")

    assert "published already" in act(operator, "publish", published).content.decode()
    assert "can&#x27;t be retired" in act(operator, "retire", draft).content.decode()
    assert "Choose one version" in act(operator, "new_version", published, draft).content.decode()
    assert "can&#x27;t be continued" in act(operator, "new_version", draft).content.decode()


def test_the_list_says_which_types_no_longer_work(operator: Client) -> None:
    a_draft(like="gone")

    assert "There is no shipped type" in operator.get(LIST).content.decode()


def test_people_without_the_right_see_nothing(client: Client, mara: User) -> None:
    client.force_login(mara)

    assert client.get(LIST).status_code == 302

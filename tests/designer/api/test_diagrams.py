"""GET diagram.svg | .png | .pdf of a design and of a template."""

import json
from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from rest_framework.test import APIClient

from designer.diagrams import render
from designer.services.designs import create_design
from designer.services.templates import publish


@pytest.fixture(autouse=True)
def own_home(settings, tmp_path) -> None:
    settings.HOME = tmp_path


@pytest.mark.django_db
def test_a_templates_diagram_carries_its_title(api: APIClient) -> None:
    answer = api.get("/api/templates/rax-basic/diagram.svg")

    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("image/svg+xml")
    assert b">Basic cloud</title>" in answer.content


@pytest.mark.django_db
def test_layout_and_theme_are_chosen_in_the_address(api: APIClient) -> None:
    pictures = {
        api.get(f"/api/templates/osc-net/diagram.svg?{query}").content
        for query in ("", "layout=placed", "theme=dark", "layout=placed&theme=dark")
    }

    assert len(pictures) == 4
    assert api.get("/api/templates/osc-net/diagram.svg?layout=circular").status_code == 400
    assert api.get("/api/templates/osc-net/diagram.svg?theme=pink").status_code == 400


@pytest.mark.django_db
def test_a_design_too_large_for_a_picture_is_answered_with_the_limit(
    api: APIClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(render, "MAX_COMPONENTS", 5)

    answer = api.get("/api/templates/rax-basic/diagram.png")

    assert (answer.status_code, answer.json()["code"]) == (422, "diagram_too_large")
    assert "holds up to 5" in answer.json()["detail"]


@pytest.mark.django_db
def test_each_view_is_another_picture(api: APIClient) -> None:
    views = ("full", "network", "security", "flow", "cost", "executive")
    pictures = {api.get(f"/api/templates/osc-net/diagram.svg?view={view}").content for view in views}

    assert len(pictures) == 6
    assert api.get("/api/templates/osc-net/diagram.svg?view=x-ray").status_code == 400


@pytest.mark.django_db
def test_the_cost_view_is_priced_with_the_designs_own_book(api: APIClient) -> None:
    made = api.post(
        "/api/designs/",
        {"name": "Shop", "template": "osc-net", "price_book": "rackspace-public-cloud"},
        format="json",
    ).json()

    in_euros = api.get("/api/templates/osc-net/diagram.txt?view=cost").content.decode()
    in_dollars = api.get(f"/api/designs/{made['id']}/diagram.txt?view=cost").content.decode()

    assert "€" in in_euros
    assert "$" in in_dollars
    assert "€" not in in_dollars


@pytest.mark.django_db
def test_the_text_alternative_is_plain_text(api: APIClient) -> None:
    answer = api.get("/api/templates/rax-basic/diagram.txt")

    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.content.decode().startswith("Basic cloud\n===========\n")


@pytest.mark.django_db
def test_a_templates_hardened_form_has_a_picture_of_its_own(api: APIClient) -> None:
    published = api.get("/api/templates/rax-webapp/diagram.svg").content
    hardened = api.get("/api/templates/rax-webapp/diagram.svg?form=hardened").content

    assert published != hardened
    assert api.get("/api/templates/rax-webapp/diagram.svg?form=melted").status_code == 404


@pytest.mark.django_db
def test_naming_changes_what_unlabelled_components_are_called(api: APIClient) -> None:
    made = api.post("/api/designs/", {"name": "Shop"}, format="json").json()
    patch = {"components": {"db": {"type": "object_store"}}}
    edited = api.patch(
        f"/api/designs/{made['id']}/document/", patch, content_type="application/merge-patch+json"
    )
    assert edited.status_code == 200

    said = {
        naming: api.get(f"/api/designs/{made['id']}/diagram.txt?naming={naming}").content
        for naming in ("generic", "rackspace", "openstack")
    }

    assert len(set(said.values())) == 3
    assert api.get(f"/api/designs/{made['id']}/diagram.txt?naming=latin").status_code == 400


@pytest.mark.django_db
def test_a_templates_picture_shows_what_was_chosen(api: APIClient) -> None:
    address = "/api/templates/rax-webapp/diagram.txt"

    chosen = api.get(address, {"parameters": json.dumps({"app_servers": 7})})

    assert chosen.status_code == 200
    assert chosen.content != api.get(address).content


@pytest.mark.django_db
@pytest.mark.parametrize(
    "parameters",
    ["[]", "{", '"x"', "7", "[" * 5000, '{"nothing_such": 1}', '{"app_servers": 10000000}', "{" + " " * 9000],
)
@pytest.mark.parametrize("address", ["/api/templates/rax-webapp/", "/api/templates/rax-webapp/diagram.svg"])
def test_parameters_that_make_no_sense_are_refused(api: APIClient, address: str, parameters: str) -> None:
    answer = api.get(address, {"parameters": parameters})

    assert answer.status_code == 400
    assert answer.json()["detail"]


@pytest.mark.django_db
def test_a_template_answers_with_its_price_for_what_was_chosen(api: APIClient) -> None:
    address = "/api/templates/rax-webapp/"
    drawn = api.get(address).json()

    chosen = api.get(address, {"parameters": '{"app_servers": 7}'}).json()

    assert chosen["parameters"] == drawn["parameters"]
    for form in drawn["forms"]:
        assert Decimal(chosen["monthly_by_form"][form]["amount"]) > Decimal(
            drawn["monthly_by_form"][form]["amount"]
        )
    assert chosen["document"] != drawn["document"]


@pytest.mark.django_db
def test_a_reviewer_sees_the_drawing_of_a_template_before_it_is_published(
    api: APIClient, mara: User, teo: User, api_of_teo: APIClient
) -> None:
    design = create_design(name="Shop", owner=mara, template_key="rax-basic")
    draft = publish(design, key="our-shop", title="Our shop", summary="Ours.", by=mara)
    address = f"/api/template-versions/{draft.id}/diagram.svg"

    assert b"Our shop" in api.get(address).content
    assert api_of_teo.get(address).status_code == 404
    teo.is_staff = True
    teo.save()
    assert api_of_teo.get(address).status_code == 200
    assert api_of_teo.get(address, {"view": "cost"}).status_code == 200
    assert api_of_teo.get(f"/api/template-versions/{10**30}/diagram.svg").status_code == 404

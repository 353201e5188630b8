"""GET diagram.svg | .png | .pdf of a design and of a template."""

import pytest
from rest_framework.test import APIClient

from designer.diagrams import render


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

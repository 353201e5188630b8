"""A picture is drawn once for each content of a design."""

import os
from decimal import Decimal

import pytest

from designer.diagrams import cache
from designer.diagrams.cache import cached_diagram
from designer.diagrams.costs import ComponentCost


@pytest.fixture
def home(settings, tmp_path):
    settings.HOME = tmp_path
    return tmp_path / "diagrams"


@pytest.fixture
def drawings(monkeypatch) -> list[str]:
    """What has really been drawn since the test began."""
    drawn = []
    real = cache.render_diagram

    def counted(document, types, **options):
        drawn.append(
            " ".join(options[name] for name in ("title", "file_format", "layout", "theme", "view", "naming"))
        )
        return real(document, types, **options)

    monkeypatch.setattr(cache, "render_diagram", counted)
    return drawn


def test_the_same_content_is_drawn_once(home, drawings, template, types) -> None:
    design = template("rax-basic")
    first = cached_diagram(design, types, content_hash="a1", title="Shop")
    second = cached_diagram(design, types, content_hash="a1", title="Shop")

    assert first == second
    assert first.startswith(b"<svg")
    assert drawings == ["Shop svg automatic light full generic"]


def test_whatever_changes_the_picture_draws_it_anew(home, drawings, template, types) -> None:
    design = template("rax-basic")
    for options in (
        {"content_hash": "a1", "title": "Shop"},
        {"content_hash": "a2", "title": "Shop"},
        {"content_hash": "a1", "title": "Store"},
        {"content_hash": "a1", "title": "Shop", "layout": "placed"},
        {"content_hash": "a1", "title": "Shop", "theme": "dark"},
        {"content_hash": "a1", "title": "Shop", "file_format": "png"},
        {"content_hash": "a1", "title": "Shop", "view": "network"},
        {"content_hash": "a1", "title": "Shop", "naming": "openstack"},
        {"content_hash": "a1", "title": "Shop", "view": "cost"},
        {"content_hash": "a1", "title": "Shop", "view": "cost", "costs": a_dollar(1)},
        {"content_hash": "a1", "title": "Shop", "view": "cost", "costs": a_dollar(2)},
    ):
        cached_diagram(design, types, **options)

    assert len(drawings) == 11
    assert len(list(home.iterdir())) == 11


def a_dollar(amount: int) -> dict[str, ComponentCost]:
    return {"web": ComponentCost(Decimal(amount), "USD")}


def test_a_new_release_of_the_drawing_code_draws_anew(home, drawings, monkeypatch, template, types) -> None:
    cached_diagram(template("rax-basic"), types, content_hash="a1")
    monkeypatch.setattr(cache, "_drawing_version", lambda: "newer")
    cached_diagram(template("rax-basic"), types, content_hash="a1")

    assert len(drawings) == 2


def test_the_pictures_unused_for_longest_are_forgotten(home, monkeypatch, template, types) -> None:
    design = template("rax-basic")
    picture = cached_diagram(design, types, content_hash="old")
    (old,) = home.iterdir()
    os.utime(old, (1, 1))
    monkeypatch.setattr(cache, "MOST_BYTES", len(picture) * 3 // 2)

    cached_diagram(design, types, content_hash="new")

    assert not old.exists()
    assert len(list(home.iterdir())) == 1


def test_a_folder_that_cannot_be_written_costs_only_time(settings, tmp_path, template, types) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    settings.HOME = blocked

    assert cached_diagram(template("rax-basic"), types, content_hash="a1").startswith(b"<svg")

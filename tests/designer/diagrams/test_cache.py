"""A picture is drawn once for each content of a design."""

import os

import pytest

from designer.diagrams import cache
from designer.diagrams.cache import cached_diagram


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
        drawn.append(f"{options['title']} {options['file_format']} {options['layout']} {options['theme']}")
        return real(document, types, **options)

    monkeypatch.setattr(cache, "render_diagram", counted)
    return drawn


def test_the_same_content_is_drawn_once(home, drawings, template, types) -> None:
    design = template("rax-basic")
    first = cached_diagram(design, types, content_hash="a1", title="Shop")
    second = cached_diagram(design, types, content_hash="a1", title="Shop")

    assert first == second
    assert first.startswith(b"<svg")
    assert drawings == ["Shop svg automatic light"]


def test_whatever_changes_the_picture_draws_it_anew(home, drawings, template, types) -> None:
    design = template("rax-basic")
    for options in (
        {"content_hash": "a1", "title": "Shop"},
        {"content_hash": "a2", "title": "Shop"},
        {"content_hash": "a1", "title": "Store"},
        {"content_hash": "a1", "title": "Shop", "layout": "placed"},
        {"content_hash": "a1", "title": "Shop", "theme": "dark"},
        {"content_hash": "a1", "title": "Shop", "file_format": "png"},
    ):
        cached_diagram(design, types, **options)

    assert len(drawings) == 6
    assert len(list(home.iterdir())) == 6


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

"""Two people on one design: different places both win, the same place goes to the later edit."""

import pytest
from django.contrib.auth.models import User

from designer.errors import UndoConflict
from designer.models import Design
from designer.services.designs import apply_patch, create_design, create_revision, undo

pytestmark = pytest.mark.django_db


@pytest.fixture
def design(mara: User) -> Design:
    return create_design(name="Shop", owner=mara, template_key="rax-basic")


def label(design: Design, component: str) -> str:
    design.refresh_from_db()
    return design.document["components"][component]["label"]


def rename(component: str, name: str) -> dict[str, object]:
    return {"components": {component: {"label": name}}}


def test_edits_of_different_components_both_win(design: Design, mara: User, teo: User) -> None:
    apply_patch(design, rename("web", "Mara's"), author=mara)
    apply_patch(design, rename("db", "Teo's"), author=teo)

    assert (label(design, "web"), label(design, "db")) == ("Mara's", "Teo's")


def test_undo_takes_back_my_edit_and_leaves_my_colleagues(design: Design, mara: User, teo: User) -> None:
    before = label(design, "web")
    apply_patch(design, rename("web", "Mara's"), author=mara)
    apply_patch(design, rename("db", "Teo's"), author=teo)

    undo(design, author=mara)

    assert (label(design, "web"), label(design, "db")) == (before, "Teo's")


def test_undo_is_refused_where_a_colleague_changed_the_same_place_since(
    design: Design, mara: User, teo: User
) -> None:
    apply_patch(design, rename("web", "Mara's"), author=mara)
    apply_patch(design, rename("web", "Teo's"), author=teo)

    with pytest.raises(UndoConflict):
        undo(design, author=mara)

    assert label(design, "web") == "Teo's"


def test_an_unchanged_design_gets_its_last_revision_again(design: Design, mara: User) -> None:
    first = create_revision(design, created_by=mara)
    again = create_revision(design, created_by=mara)
    apply_patch(design, rename("web", "Changed"), author=mara)
    changed = create_revision(design, created_by=mara)

    assert first == again
    assert (first.number, changed.number) == (1, 2)
    assert first.content_hash != changed.content_hash
    assert first.document["components"]["web"]["label"] != "Changed"

"""Designs from before a migration keep working after it."""

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import User

from catalog.selectors import get_template
from designer.models import Design
from designer.services.designs import apply_patch, create_design, undo

pytestmark = pytest.mark.django_db


def test_a_design_from_before_recalls_what_it_began_from(mara: User) -> None:
    design = create_design(name="Old", owner=mara, template_key="rax-basic")
    apply_patch(design, {"components": {"web": {"label": "Mine"}}}, author=mara)
    apply_patch(design, {"components": {"mon": None}, "links": {"mon-www": None}}, author=mara)
    undo(design, author=mara)
    apply_patch(design, {"components": {"web": {"properties": {"count": 4}}}}, author=mara)
    blank = create_design(name="Blank", owner=mara)
    forgotten = {"base_document": None, "template_version": None, "template_form": ""}
    Design.objects.update(**forgotten)

    import_module(
        "designer.migrations.0002_designs_know_what_they_began_from"
    ).recall_what_designs_began_from(apps, None)

    design.refresh_from_db()
    blank.refresh_from_db()
    assert design.base_document == get_template("rax-basic").document
    assert (design.template_version, design.template_form) == (1, "published")
    assert (blank.base_document, blank.template_version) == (None, None)

"""A design becomes a template, and follows the newer versions of the template that it began from."""

import copy
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User

from catalog.domain.templates import (
    PUBLISHED,
    Template,
    TemplateParametersInvalid,
    build_document,
)
from catalog.models import TemplateVersion
from catalog.selectors import component_types, get_template
from catalog.services.templates import draft_template
from designer.domain.document import Json
from designer.domain.merging import Merge, merge
from designer.errors import NoTemplateBehind, TemplateNotNewer, TemplateUpdateChanged
from designer.models import Design, Edit
from designer.services.designs import apply_patch


@dataclass(frozen=True)
class TemplateUpdate:
    """What a newer version of its template would change in a design."""

    from_version: int
    to_version: int
    merge: Merge
    origin: Mapping[str, Any]


def publish(design: Design, *, key: str, title: str, summary: str, by: User) -> TemplateVersion:
    """Write the design down as a draft of an own template, without what is its owner's alone.

    Raises: TemplateKeyTaken, TemplateVersionInvalid.
    """
    author = by.get_full_name() or by.get_username()
    return draft_template(
        key=key,
        title=title,
        summary=summary,
        source=f"Drawn here by {author}",
        price_book=design.price_book,
        document=without_personal_keys(design.document),
        created_by=by,
    )


def without_personal_keys(document: Json) -> Json:
    """Whoever begins from a template must not let its author into their servers unasked."""
    kept = copy.deepcopy(document)
    kept.get("settings", {}).pop("ssh_public_key", None)
    for component in kept.get("components", {}).values():
        component.get("properties", {}).pop("public_key", None)
    return kept


def find_update(design: Design) -> TemplateUpdate:
    """Compare the design with the newest version of its template, built with the design's own choices.

    Raises: NoTemplateBehind, TemplateNotFound when it was retired.
    """
    if not design.template or design.base_document is None or design.template_version is None:
        raise NoTemplateBehind
    template = get_template(design.template)
    form = design.template_form if design.template_form in template.forms() else PUBLISHED
    parameters = _still_fitting(template, form, design.template_parameters)
    is_newer = template.version > design.template_version
    theirs = build_document(template, form=form, parameters=parameters) if is_newer else design.base_document
    return TemplateUpdate(
        from_version=design.template_version,
        to_version=max(template.version, design.template_version),
        merge=merge(design.base_document, theirs, design.document, component_types()),
        origin={
            "template_version": template.version,
            "template_form": form,
            "template_parameters": parameters,
            "base_document": theirs,
        },
    )


def update_from_template(design: Design, *, take: Collection[str], author: User) -> Edit:
    """Bring the design up to the newest version in one edit, taking these conflicts from the template.

    Raises: NoTemplateBehind, TemplateNotFound, TemplateNotNewer, TemplateUpdateChanged when there is no such
    conflict any more, EditRefusedByDesign.
    """
    update = find_update(design)
    if update.to_version == update.from_version:
        raise TemplateNotNewer
    if set(take) - {change.id for change in update.merge.changes if change.conflict}:
        raise TemplateUpdateChanged
    return apply_patch(design, update.merge.patch(take), author=author, origin=dict(update.origin))


def _still_fitting(template: Template, form: str, parameters: Mapping[str, Any]) -> Json:
    """The choices that the newer version still offers, each tried by itself."""
    kept: Json = {}
    for name, value in parameters.items():
        try:
            build_document(template, form=form, parameters={name: value})
        except TemplateParametersInvalid:
            continue
        kept[name] = value
    return kept

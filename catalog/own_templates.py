"""The templates of operators, read from their rows."""

import logging
from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING

from django.db.models import Count, Max

from catalog.domain.component_specs import ComponentType
from catalog.domain.template_files import read_template
from catalog.domain.templates import Template
from catalog.domain.yaml_files import CatalogueBroken
from catalog.errors import TemplateVersionNotFound

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from catalog.models import TemplateVersion

logger = logging.getLogger(__name__)


def read_own_templates(types: Mapping[str, ComponentType]) -> dict[str, Template]:
    """By key. One that no longer fits the types is left out and named in the log: the others go on."""
    from catalog.models import TemplateVersion  # needs Django's apps, which not every reader has

    own: dict[str, Template] = {}
    for version in TemplateVersion.objects.published().order_by("key"):
        try:
            own[version.key] = read_template(version.key, version.facts(), types)
        except CatalogueBroken as broken:
            logger.error("own template left out", extra={"template": str(version), "reason": str(broken)})
    return own


def stamp_of_own_templates() -> Hashable:
    """Changes whenever one is published or retired."""
    from catalog.models import TemplateVersion  # as above

    return tuple(TemplateVersion.objects.published().aggregate(Count("id"), Max("changed_at")).values())


def list_template_versions(user: "User") -> "list[TemplateVersion]":
    """What this person may see, by key, the newest first."""
    from catalog.models import TemplateVersion  # as above

    people = ("created_by", "submitted_by", "returned_by", "published_by", "retired_by")
    return list(TemplateVersion.objects.visible_to(user).select_related(*people).defer("parameters"))


def get_template_version(user: "User", version_id: int) -> "TemplateVersion":
    """Raises: TemplateVersionNotFound, also for somebody else's draft."""
    from catalog.models import TemplateVersion  # as above

    found = TemplateVersion.objects.visible_to(user).filter(id=version_id).first()
    if found is None:
        raise TemplateVersionNotFound
    return found

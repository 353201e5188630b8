"""The own component types of operators, read from their rows."""

import logging
from collections.abc import Hashable, Mapping

from django.db.models import Count, Max

from catalog.domain.component_specs import ComponentType
from catalog.domain.own_types import OwnTypeInvalid, read_own_type, with_own_types

logger = logging.getLogger(__name__)


def read_own_types(shipped: Mapping[str, ComponentType]) -> Mapping[str, ComponentType]:
    """The shipped types and the own ones together; empty when there are no own ones.

    One that no longer fits the shipped types is left out and named in the log: the others go on.
    """
    from catalog.models import ComponentTypeVersion  # needs Django's apps, which not every reader has

    own: list[ComponentType] = []
    for version in ComponentTypeVersion.objects.in_use().order_by("key", "version"):
        try:
            own.append(read_own_type(version.as_written(), shipped))
        except OwnTypeInvalid as invalid:
            logger.error("own type left out", extra={"component_type": str(version), "reason": str(invalid)})
    return with_own_types(shipped, own) if own else {}


def stamp_of_own_types() -> Hashable:
    """Changes whenever one is published or retired."""
    from catalog.models import ComponentTypeVersion  # as above

    return tuple(ComponentTypeVersion.objects.in_use().aggregate(Count("id"), Max("changed_at")).values())

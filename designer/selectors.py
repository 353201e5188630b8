"""Reads of designs worth a name."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils.module_loading import import_string

from catalog.selectors import component_types
from designer.diagrams.costs import ComponentCost
from designer.domain.document import DesignDocument
from designer.domain.expansion import expand
from designer.domain.json_values import hash_of
from designer.domain.parsing import parse_document
from designer.domain.resources import ResourceGraph
from designer.errors import DesignNotFound
from designer.models import Design


def get_design(user: User, design_id: UUID | str) -> Design:
    """Raises: DesignNotFound, also when it is somebody else's."""
    try:
        return Design.objects.visible_to(user).get(id=design_id)
    except (Design.DoesNotExist, ValidationError):  # ValidationError: no UUID at all
        raise DesignNotFound from None


def design_document(document: Mapping[str, Any]) -> DesignDocument:
    """A stored document as values. It was checked when it was stored."""
    return parse_document(document, component_types())


def resource_graph(document: Mapping[str, Any], *, without: frozenset[str] = frozenset()) -> ResourceGraph:
    """What will exist, for a cloud that lacks the services in `without`."""
    return expand(design_document(document), component_types(), without=without)


def content_hash(document: Mapping[str, Any]) -> str:
    """The same for the same document, whatever the order of its keys."""
    return hash_of(document)


def diagram_costs(document: Mapping[str, Any], price_book: str) -> Mapping[str, ComponentCost]:
    """What the diagram's view "cost" shows. An app above knows prices; the settings name its function.

    Raises: PriceBookNotFound.
    """
    costs: Mapping[str, ComponentCost] = import_string(settings.DIAGRAM_COSTS)(document, price_book)
    return costs

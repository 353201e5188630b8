"""What operators add to the shipped catalogue."""

from catalog.models.component_types import ComponentTypeVersion
from catalog.models.price_books import PriceBookChange, PriceBookVersion
from catalog.models.template_versions import TemplateVersion

__all__ = ["ComponentTypeVersion", "PriceBookChange", "PriceBookVersion", "TemplateVersion"]

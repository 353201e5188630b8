"""Where operators write component types, review templates and bring price books in, without code."""

from catalog.admin.component_types import ComponentTypeVersionAdmin
from catalog.admin.price_books import PriceBookVersionAdmin
from catalog.admin.template_versions import TemplateVersionAdmin

__all__ = ["ComponentTypeVersionAdmin", "PriceBookVersionAdmin", "TemplateVersionAdmin"]

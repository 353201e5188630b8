"""Where operators write component types and review templates of their own, without code."""

from catalog.admin.component_types import ComponentTypeVersionAdmin
from catalog.admin.template_versions import TemplateVersionAdmin

__all__ = ["ComponentTypeVersionAdmin", "TemplateVersionAdmin"]

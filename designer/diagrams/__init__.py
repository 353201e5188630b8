"""Pictures of designs: SVG, PNG and PDF, arranged by Graphviz or as placed on the canvas."""

from designer.diagrams.limits import DiagramTimeout, DiagramTooLarge
from designer.diagrams.render import render_diagram

__all__ = ["DiagramTimeout", "DiagramTooLarge", "render_diagram"]

"""`manage.py component_types > docs/component-types.md` writes the page of all component types anew."""

from typing import Any

from django.core.management.base import BaseCommand

from catalog import selectors
from catalog.checks import CATALOGUE
from catalog.domain.type_page import render_page


class Command(BaseCommand):
    help = "Print the page of the shipped component types, in Markdown."
    requires_system_checks = [CATALOGUE]

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(render_page(selectors.shipped_component_types()), ending="")

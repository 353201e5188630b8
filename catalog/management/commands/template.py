"""`manage.py template KEY` prints a template's document, to edit and to give to the other commands."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from catalog.checks import CATALOGUE
from catalog.errors import TemplateNotFound
from catalog.selectors import get_template


class Command(BaseCommand):
    help = "Print a template's document as JSON."
    requires_system_checks = [CATALOGUE]

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("key", metavar="KEY", help="such as rax-basic")
        parser.add_argument("--json", action="store_true", help="the document always is JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            document = get_template(options["key"]).document
        except TemplateNotFound as not_found:
            raise CommandError(str(not_found), returncode=2) from None
        self.stdout.write(json.dumps(document, indent=2, ensure_ascii=False))

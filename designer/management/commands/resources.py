"""`manage.py resources FILE|KEY` shows what will exist in a cloud, in an order in which it can be created."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from catalog.checks import CATALOGUE
from catalog.selectors import component_types
from designer.domain.blueprint import CERTIFICATE_STORE, MANAGED_DATABASES
from designer.domain.expansion import expand
from designer.domain.resources import ResourceGraph, to_json
from designer.management.documents import load_document


class Command(BaseCommand):
    help = "Show the resource graph of a design: what will exist in a cloud."
    requires_system_checks = [CATALOGUE]

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("design", metavar="FILE|KEY", help="a document's file or a template's key")
        parser.add_argument("--json", action="store_true", help="print one JSON list")
        parser.add_argument(
            "--without",
            action="append",
            default=[],
            choices=[MANAGED_DATABASES, CERTIFICATE_STORE],
            help="a service that the cloud lacks; can be given twice",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        loaded = load_document(options["design"])
        graph = expand(loaded.document, component_types(), without=frozenset(options["without"]))
        if options["json"]:
            self.stdout.write(json.dumps(to_json(graph), indent=2, ensure_ascii=False))
        else:
            self._write_table(graph)

    def _write_table(self, graph: ResourceGraph) -> None:
        width = max((len(resource.key) for resource in graph), default=0)
        for resource in graph:
            line = f"{resource.key:{width}}  {resource.properties['name']}"
            self.stdout.write(f"{line}  ({resource.note})" if resource.note else line)
        count = len(graph)
        self.stdout.write(
            f"\n{count} resource{'' if count == 1 else 's'}." if count else "Nothing to create yet."
        )

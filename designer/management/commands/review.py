"""`manage.py review FILE|KEY` shows what the rules notice. Exit status 1 means errors, 2 bad input."""

import json
import sys
from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand

from catalog.checks import CATALOGUE
from catalog.selectors import component_types
from designer.domain.expansion import expand
from designer.domain.findings import Finding, Severity
from designer.domain.rules import review
from designer.management.documents import load_document

HAS_ERRORS = 1
COUNTED_AS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


class Command(BaseCommand):
    help = "Show what the rules notice about a design."
    requires_system_checks = [CATALOGUE]

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("design", metavar="FILE|KEY", help="a document's file or a template's key")
        parser.add_argument("--json", action="store_true", help="print one JSON list")

    def handle(self, *args: Any, **options: Any) -> None:
        document, types = load_document(options["design"]).document, component_types()
        findings = review(document, expand(document, types), types)
        if options["json"]:
            shown = [finding.to_json() for finding in findings]
            self.stdout.write(json.dumps(shown, indent=2, ensure_ascii=False))
        else:
            self._write(findings)
        if any(finding.severity is Severity.ERROR for finding in findings):
            sys.exit(HAS_ERRORS)

    def _write(self, findings: list[Finding]) -> None:
        for finding in findings:
            self.stdout.write(f"{finding.severity.value:8}{finding.rule:8}{finding.summary}")
            self.stdout.write(f"{'':16}{finding.detail}")
        counts = Counter(finding.severity for finding in findings)
        told = [f"{counts[one]} {word}{'' if counts[one] == 1 else 's'}" for one, word in COUNTED_AS.items()]
        self.stdout.write(f"{', '.join(told)}." if findings else "Nothing to remark.")

"""`manage.py template KEY` prints a template's document, to edit and to give to the other commands."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from catalog import selectors
from catalog.checks import CATALOGUE
from catalog.domain.problems import shown
from catalog.domain.templates import HARDENED, PUBLISHED, Template, TemplateParametersInvalid, build_document
from catalog.errors import TemplateFormNotFound, TemplateNotFound

BAD_INPUT = 2  # the exit status


class Command(BaseCommand):
    help = "Print a template's document as JSON, in one of its forms and with what you choose."
    requires_system_checks = [CATALOGUE]

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("key", metavar="KEY", help="such as rax-basic, or rax-basic:hardened")
        parser.add_argument("--form", metavar="FORM", help=f"{PUBLISHED} (the default) or {HARDENED}")
        parser.add_argument(
            "--set",
            metavar="NAME=VALUE",
            action="append",
            default=[],
            help="choose a parameter's value; can be given for each",
        )
        parser.add_argument("--parameters", action="store_true", help="list what can be chosen instead")
        parser.add_argument("--json", action="store_true", help="the document always is JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            template, form = selectors.get_template_form(options["key"])
            form = selectors.checked_form(template, options["form"] or form)
            if options["parameters"]:
                schemas = template.schemas(form)
                listed = json.dumps(schemas, indent=2, ensure_ascii=False) if options["json"] else None
                self.stdout.write(listed or "\n".join(_table(template, schemas)))
                return
            parameters = dict(_chosen(text, template) for text in options["set"])
            document = build_document(template, form=form, parameters=parameters)
        except (TemplateNotFound, TemplateFormNotFound, TemplateParametersInvalid) as refused:
            raise CommandError(str(refused), returncode=BAD_INPUT) from None
        self.stdout.write(json.dumps(document, indent=2, ensure_ascii=False))


def _chosen(text: str, template: Template) -> tuple[str, Any]:
    """`web_servers=3` -> ("web_servers", 3). Texts stand for themselves, all else is JSON."""
    name, equals, value = text.partition("=")
    if not equals:
        raise CommandError(f"--set takes NAME=VALUE, not {shown(text)}.", returncode=BAD_INPUT)
    parameter = template.parameters.get(name)
    if parameter is None or parameter.schema["type"] == "string":
        return name, value
    try:
        return name, json.loads(value)
    except (ValueError, RecursionError):
        return name, value  # refused as a value of the wrong type, in the parameter's own words


def _table(template: Template, schemas: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    if not schemas:
        yield f"There is nothing to choose in {template.key}."
        return
    width = max(map(len, schemas))
    for name, schema in schemas.items():
        default = json.dumps(schema.get("default"), ensure_ascii=False)
        yield f"{name:{width}}  {schema['title']}: {_limits(schema)}. As drawn: {default}."


def _limits(schema: Mapping[str, Any]) -> str:
    unit = f" {schema['x-unit']}" if "x-unit" in schema else ""
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"]))
    if "minimum" in schema or "maximum" in schema:
        return f"{schema.get('minimum', '')} to {schema.get('maximum', 'any')}{unit}".strip()
    return str(schema.get("format") or schema["type"])

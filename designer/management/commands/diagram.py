"""manage.py diagram FILE|KEY -o out.svg: the picture of a design or a template, as SVG, PNG or PDF."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any, cast

from django.core.management.base import BaseCommand

from catalog import selectors
from designer.diagrams import DiagramTimeout, DiagramTooLarge, render_diagram
from designer.diagrams.render import FileFormat
from designer.management.documents import bad_input, load_document

FORMATS = ("svg", "png", "pdf")


class Command(BaseCommand):
    help = "Draws a design (a JSON file, or a template's key) as SVG, PNG or PDF."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "design", metavar="FILE|KEY", help="a design's JSON file, or the key of a template"
        )
        parser.add_argument(
            "-o", "--output", required=True, help="where to write; its ending chooses the format"
        )
        parser.add_argument("--layout", choices=("automatic", "placed"), default="automatic")
        parser.add_argument("--theme", choices=("light", "dark"), default="light")
        parser.add_argument("--title", help="the heading; a template's own title when left out")

    def handle(self, *args: Any, **options: Any) -> None:
        output = Path(options["output"])
        file_format = output.suffix.lower().removeprefix(".")
        if file_format not in FORMATS:
            raise bad_input(
                f"{output.name} ends in none of .svg, .png and .pdf. End it in the format that you want."
            )
        loaded = load_document(options["design"])
        title = options["title"]
        if title is None:
            title = loaded.template.title if loaded.template else loaded.name
        try:
            picture = render_diagram(
                loaded.document,
                selectors.component_types(),
                title=title,
                file_format=cast(FileFormat, file_format),
                layout=options["layout"],
                theme=options["theme"],
            )
            output.write_bytes(picture)
        except (DiagramTooLarge, DiagramTimeout) as error:
            raise bad_input(str(error)) from None
        except OSError as error:
            raise bad_input(f"{output} can't be written: {error.strerror}.") from None
        self.stdout.write(f"{output}: {len(picture) / 1000:,.0f} kB")

"""manage.py diagram FILE|KEY -o out.svg: the picture of a design or a template, as SVG, PNG, PDF or text."""

from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast, get_args

from django.core.management.base import BaseCommand

from catalog import selectors
from catalog.errors import PriceBookNotFound
from designer.diagrams import DiagramTimeout, DiagramTooLarge, render_diagram
from designer.diagrams.costs import ComponentCost
from designer.diagrams.render import FileFormat, LayoutName, ThemeName
from designer.diagrams.subject import Naming
from designer.diagrams.views import VIEWS
from designer.management.documents import LoadedDocument, bad_input, load_document
from designer.selectors import diagram_costs

FORMATS = get_args(FileFormat)


class Command(BaseCommand):
    help = "Draws a design (a JSON file, or a template's key) as SVG, PNG, PDF or text."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "design",
            metavar="FILE|KEY",
            help="a design's JSON file, or the key of a template (KEY:hardened for its other form)",
        )
        parser.add_argument(
            "-o", "--output", required=True, help="where to write; its ending chooses the format"
        )
        parser.add_argument("--view", choices=tuple(VIEWS), default="full", help="what the picture shows")
        parser.add_argument("--layout", choices=get_args(LayoutName), default="automatic")
        parser.add_argument("--theme", choices=get_args(ThemeName), default="light")
        parser.add_argument(
            "--naming",
            choices=get_args(Naming),
            default="generic",
            help="whose names components without a label go by",
        )
        parser.add_argument(
            "--price-book", metavar="KEY", help="for --view cost; a template has one of its own"
        )
        parser.add_argument("--title", help="the heading; a template's own title when left out")

    def handle(self, *args: Any, **options: Any) -> None:
        output = Path(options["output"])
        file_format = output.suffix.lower().removeprefix(".")
        if file_format not in FORMATS:
            raise bad_input(
                f"{output.name} ends in none of .svg, .png, .pdf and .txt. End it in the format you want."
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
                view=options["view"],
                naming=options["naming"],
                costs=_costs(loaded, options["price_book"]) if options["view"] == "cost" else None,
            )
            output.write_bytes(picture)
        except (DiagramTooLarge, DiagramTimeout) as error:
            raise bad_input(str(error)) from None
        except OSError as error:
            raise bad_input(f"{output} can't be written: {error.strerror}.") from None
        self.stdout.write(f"{output}: {len(picture) / 1000:,.0f} kB")


def _costs(loaded: LoadedDocument, price_book: str | None) -> Mapping[str, ComponentCost]:
    price_book = price_book or (loaded.template.price_book if loaded.template else None)
    if price_book is None:
        books = ", ".join(sorted(selectors.price_books()))
        raise bad_input(f"Which prices? Name a price book with --price-book: {books}.")
    try:
        return diagram_costs(loaded.data, price_book)
    except PriceBookNotFound as not_found:
        raise bad_input(str(not_found)) from None
